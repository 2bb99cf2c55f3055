"""The lexicon of page furniture (data/furniture.yaml), compiled for look-up: a line → the reason to set it aside, or None."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from communique.codebook.files import read_yaml
from communique.records import CodebookError

KEYS = {"whole", "starts", "contains", "pattern", "made_of", "max_words", "zones", "opens_list", "needs_number"}
ZONES = ("head", "inside", "tail")
PLAIN = str.maketrans("\u00a0\u2007\u202f\u2009\u200a\t“”„«»‘’‛‚‐‑", '      """""\'\'\'\'--')
MAX_CHARACTERS = 1_000  # longer lines are never furniture by their words
LEADING = " \t»›>→►▶▸•·●○◦■□▪*#|-–—[("
CLOSING = " .:!?)]…|>»›→*+▼▾↓✕×"
SENTENCE_END = re.compile(r"[.!?…][\"')\]]*$")
STRONG_MARK = re.compile(r"\s*[:|>»→]|\s[-–—]\s|\s\s")
NUMBERS = re.compile(r"[(\[]?\d[\d.,:/%-]*(?:st|nd|rd|th|h|am|pm)?[)\]]?$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason with the ways its lines read; see the head of the data file."""

    name: str
    whole: frozenset[str]
    starts: tuple[str, ...]
    contains: re.Pattern[str] | None
    patterns: tuple[re.Pattern[str], ...]
    made_of: frozenset[str]
    needs_number: bool
    max_words: int
    zones: frozenset[str]
    opens_list: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Scoring:
    """Feature weights and the sum above which a line is furniture."""

    threshold: float
    weights: dict[str, float]

    def score(self, features: Mapping[str, float]) -> float:
        """The weighted sum of the features; a feature without weight counts nothing."""
        return sum(self.weights.get(name, 0.0) * value for name, value in features.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Furniture:
    """All reasons in the order of the file, the attribute words by reason, the scorings for text and for page lines."""

    reasons: tuple[Reason, ...]
    names: dict[str, str]
    paragraph_names: frozenset[str]
    embedded_names: frozenset[str]
    sentence_words: int
    kept_sentence_words: int
    text_scoring: Scoring
    page_scoring: Scoring

    def reason_for(self, line: str, zone: str) -> Reason | None:
        """The first reason that the words of the line give; `zone` is head, inside or tail."""
        if len(line) > MAX_CHARACTERS:
            return None
        cased = plain_line(line).strip(LEADING)
        lowered = cased.lower()
        words = len(lowered.split())
        bare = _bare(lowered)
        for reason in self.reasons:
            if words <= reason.max_words and zone in reason.zones and self._reads_so(reason, cased, lowered, bare):
                return reason
        return None

    def is_bare_heading(self, line: str, reason: Reason) -> bool:
        """True when the line is nothing but a phrase of that reason ("Related stories:")."""
        lowered = plain_line(line).strip(LEADING).lower()
        bare = _bare(lowered)
        return bare in reason.whole or bare in {start.rstrip(CLOSING) for start in reason.starts}

    def names_reason(self, names: Iterable[str]) -> str | None:
        """The reason that class and id words give, None when they say nothing."""
        return next((self.names[name] for name in sorted(names) if name in self.names), None)

    def _reads_so(self, reason: Reason, cased: str, lowered: str, bare: str) -> bool:
        if bare in reason.whole or lowered in reason.whole:
            return True
        if lowered.startswith(reason.starts) and any(self._starts(lowered, start) for start in reason.starts):
            return True
        if reason.contains and reason.contains.search(lowered):
            return True
        if any(pattern.search(cased) for pattern in reason.patterns):
            return True
        return bool(reason.made_of) and _made_of(lowered, reason)

    def _starts(self, lowered: str, start: str) -> bool:
        if not lowered.startswith(start) or (start[-1].isalpha() and lowered[len(start) : len(start) + 1].isalpha()):
            return False
        if not SENTENCE_END.search(lowered) or len(lowered.split()) <= self.sentence_words:
            return True
        rest = lowered[len(start) :]
        return not start[-1].isalpha() or bool(STRONG_MARK.match(rest))


@lru_cache(maxsize=1)
def load_furniture() -> Furniture:
    """The packaged lexicon. Raises CodebookError on an unknown key or a malformed pattern."""
    entry = read_yaml("furniture.yaml")
    expected = {"defaults", "phrases", "names", "embedded_names", "scores"}
    if set(entry) != expected:
        raise CodebookError(f"codebook file furniture.yaml: needs exactly the keys {', '.join(sorted(expected))}")
    names: dict[str, list[str]] = entry["names"]
    scores = entry["scores"]
    reasons = tuple(_reason(name, each, entry["defaults"]["max_words"]) for name, each in entry["phrases"].items())
    return Furniture(
        reasons=reasons,
        names={word: reason for reason, words in names.items() if reason != "paragraphs" for word in words},
        paragraph_names=frozenset(names["paragraphs"]),
        embedded_names=frozenset(entry["embedded_names"]),
        sentence_words=entry["defaults"]["sentence_words"],
        kept_sentence_words=scores["kept_sentence_words"],
        text_scoring=_scoring(scores["text"]),
        page_scoring=_scoring(scores["page"]),
    )


def _bare(lowered: str) -> str:
    """Without final signs and a final number: "Comments (12)" → "comments"."""
    return re.sub(r"\s*[(\[]?\d*[)\]]?$", "", lowered.rstrip(CLOSING)).rstrip(CLOSING)


def _scoring(entry: dict[str, Any]) -> Scoring:
    return Scoring(
        threshold=float(entry["threshold"]), weights={name: float(each) for name, each in entry["weights"].items()}
    )


def plain_line(line: str) -> str:
    """The line with plain quotes and hyphens, and single ordinary spaces."""
    return " ".join(line.translate(PLAIN).split())


def _reason(name: str, entry: dict[str, Any], max_words: int) -> Reason:
    unknown = set(entry) - KEYS
    if unknown:
        raise CodebookError(f"codebook file furniture.yaml: {name} has the unknown keys {', '.join(sorted(unknown))}")
    try:
        patterns = tuple(re.compile(each) for each in entry.get("pattern", ()))
    except re.error as error:
        raise CodebookError(
            f"codebook file furniture.yaml: a pattern of {name} cannot be read ({error}); correct it"
        ) from error
    return Reason(
        name=name,
        whole=frozenset(str(each).lower() for each in entry.get("whole", ())),
        starts=tuple(str(each).lower() for each in entry.get("starts", ())),
        contains=_any_of(entry.get("contains", ())),
        patterns=patterns,
        made_of=frozenset(str(entry.get("made_of", "")).split()),
        needs_number=bool(entry.get("needs_number", False)),
        max_words=entry.get("max_words", max_words),
        zones=frozenset(entry.get("zones", ZONES)),
        opens_list=bool(entry.get("opens_list", False)),
    )


def _any_of(phrases: Iterable[str]) -> re.Pattern[str] | None:
    """The phrases as whole words: "adblock" must not be found in "roadblocks"."""
    parts = [
        rf"(?<!\w){re.escape(str(each).lower())}" + (r"(?!\w)" if str(each)[-1].isalnum() else "") for each in phrases
    ]
    return re.compile("|".join(parts)) if parts else None


def _made_of(lowered: str, reason: Reason) -> bool:
    tokens = [token.strip(",|·•–—-/()[]:;") for token in re.split(r"[\s|/]+", lowered)]
    tokens = [token for token in tokens if token]
    numbers = [token for token in tokens if NUMBERS.match(token)]
    words = [token for token in tokens if token not in numbers]
    if reason.needs_number and not numbers:
        return False
    return bool(tokens) and (bool(words) or reason.needs_number) and all(word in reason.made_of for word in words)
