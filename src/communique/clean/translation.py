"""The article's own lines → traces of machine translation, and whether it looks like one.

The traces matter to what follows: in a translated text an article or a verb may be missing, and the grammar is trusted less.
The check is cheap: patterns and word lists of the codebook, no parse.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.clean.language import Stretch
from communique.codebook.furniture import PLAIN
from communique.codebook.translation_signs import MissingVerb, load_translation_signs

SENTENCE = re.compile(r"[^.!?\n]*(?:\.(?=\w)[^.!?\n]*)*[.!?]?")
TOKEN = re.compile(r"'\w+|[^\W_]+(?:-[^\W_]+)*")
IS = re.compile(r"\b(?:it|he|she|that|there|what|who|here)'s\b", re.IGNORECASE)
PAST = re.compile(r"[a-z]{2,}ed$")
MIN_SENTENCE_WORDS = 8
DOUBLED_SPACE = re.compile(r"\S(?:\u00a0 | \u00a0)\S")


@dataclass(frozen=True, slots=True)
class Trace:
    """Characters `start` to `end` of the article's text that show the sign, and how much they weigh."""

    start: int
    end: int
    sign: str
    weight: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """`verdict` is none, possible or likely."""

    verdict: str
    traces: tuple[Trace, ...]


def judge_translation(text: str, lines: Sequence[tuple[int, int]], fragments: Sequence[Stretch]) -> Judgement:
    """`lines` are the (start, end) of the article's own lines in `text`, `fragments` the stretches in other languages."""
    signs = load_translation_signs()
    traces = [
        Trace(
            each.start,
            each.end,
            "untranslated-fragment",
            signs.fragment_weight if number < signs.max_fragments else 0.0,
        )
        for number, each in enumerate(fragments)
    ]
    for start, end in lines:
        line = text[start:end].translate(PLAIN)  # one character for one, so that offsets stay
        for sign, weight, pattern in signs.patterns:
            traces.extend(_trimmed(line, start, match.span(), sign, weight) for match in pattern.finditer(line))
        traces.extend(
            Trace(start + first, start + last, "missing-verb", signs.missing_verb.weight)
            for first, last in _verbless(line, signs.missing_verb)
        )
        traces.extend(
            Trace(start + match.start(), start + match.end(), "doubled-space", 0.0)
            for match in DOUBLED_SPACE.finditer(text[start:end])
        )
    total = sum(each.weight for each in traces)
    words = sum(len(text[start:end].split()) for start, end in lines)
    verdict = (
        "likely"
        if signs.likely.reached(total, words)
        else "possible"
        if signs.possible.reached(total, words)
        else "none"
    )
    return Judgement(verdict, tuple(sorted(traces, key=lambda each: (each.start, each.end, each.sign))))


def _trimmed(line: str, offset: int, span: tuple[int, int], sign: str, weight: float) -> Trace:
    """The matched words without the end of the sentence before, which some patterns need to see."""
    first, last = span
    found = line[first:last]
    first += len(found) - len(found.lstrip(" .!?\"'"))
    return Trace(offset + min(first, last - 1), offset + last, sign, weight)


def _verbless(line: str, words: MissingVerb) -> Iterator[tuple[int, int]]:
    """Sentences such as "On Monday in Oslo talks between the two ministers on fishing rights." """
    for match in SENTENCE.finditer(line):
        sentence = match.group().strip()
        tokens = TOKEN.findall(sentence)
        lowered = [token.lower() for token in tokens]
        if len(tokens) < MIN_SENTENCE_WORDS or lowered[0] not in words.openings or not sentence.endswith((".", '"')):
            continue
        if words.nouns.isdisjoint(lowered) or any(token in words.verbs or PAST.search(token) for token in lowered):
            continue
        if IS.search(sentence):
            continue
        start = match.start() + match.group().index(sentence[0])
        yield start, start + len(sentence)
