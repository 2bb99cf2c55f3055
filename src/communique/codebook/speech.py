"""The words that introduce speech (data/speech.yaml), indexed for look-up by lemma and part of speech."""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from communique.codebook.files import read_yaml
from communique.records import CodebookError, SpeechAct

PARTS = {"verbs": "VERB", "nouns": "NOUN", "adjectives": "ADJ"}
LISTS = {
    "according_nouns", "carriers", "experiencing", "quoting", "telling", "hearsay", "made", "clausal", "connectors",
    "media", "medium_prepositions",
    "addressee_prepositions", "documents", "demonstratives", "nobodies",
}  # fmt: skip
SHAPES = {"clause", "quote", "to", "ask", "object", "as", "name", "gerund"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeechWords:
    """`frames[part, lemma]` maps a frame (see the data file's head) to the speech act that it does there.

    `according` are the fixed word sequences before a source ("according to"); the other fields are sets of lemmas.
    """

    frames: dict[tuple[str, str], dict[str, SpeechAct]]
    according: tuple[tuple[str, ...], ...]
    according_nouns: frozenset[str]
    carriers: frozenset[str]
    experiencing: frozenset[str]
    telling: frozenset[str]
    hearsay: frozenset[str]
    made: frozenset[str]
    clausal: frozenset[str]
    connectors: frozenset[str]
    quoting: frozenset[str]
    media: frozenset[str]
    medium_prepositions: frozenset[str]
    addressee_prepositions: frozenset[str]
    documents: frozenset[str]
    demonstratives: frozenset[str]
    nobodies: frozenset[str]


@lru_cache(maxsize=1)
def load_speech_words() -> SpeechWords:
    """The packaged table. Raises CodebookError on a missing key, an unknown frame or an unknown act."""
    return build_speech_words(read_yaml("speech.yaml"))


def build_speech_words(entry: dict[str, Any]) -> SpeechWords:
    """Plain values of a speech file → the table. Raises CodebookError that names what is wrong."""
    if set(entry) != {*PARTS, *LISTS, "according"}:
        expected = ", ".join(sorted({*PARTS, *LISTS, "according"}))
        raise CodebookError(f"codebook file speech.yaml: needs exactly the keys {expected}")
    frames: dict[tuple[str, str], dict[str, SpeechAct]] = {}
    for key, part in PARTS.items():
        for group in entry[key]:
            for frame in group["frames"]:
                if frame not in SHAPES and frame[-1] not in "+-":
                    raise CodebookError(f"codebook file speech.yaml: unknown frame {frame!r} under {key}; see its head")
                for lemma in group["words"]:
                    frames.setdefault((part, lemma), {}).setdefault(frame, _act(group["act"]))
    return SpeechWords(
        frames=frames,
        according=tuple(tuple(each["words"]) for each in entry["according"]),
        **{name: frozenset(entry[name]) for name in LISTS},
    )


def _act(name: str) -> SpeechAct:
    try:
        return SpeechAct(name)
    except ValueError as error:
        raise CodebookError(
            f"codebook file speech.yaml: unknown act {name!r}; use one of SpeechAct's values"
        ) from error
