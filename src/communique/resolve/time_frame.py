"""What an expression is read against (the frame), what its words hold (the words), and what comes out (the meaning)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Tense(StrEnum):
    """Where the clause around an expression lies, seen from the publication."""

    PAST = "past"
    FUTURE = "future"
    NONE = "none"


class Source(StrEnum):
    """What completed the value."""

    WORDS = "words"
    PUBLICATION = "publication"
    TEXT = "text"  # an explicit date elsewhere in the text gave the year
    PRIOR = "prior"  # the expression before it in the text
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """`publication` is the day the text was published (None: unknown), `latest` the last day on which it can have been written.

    `year_hint` is a day known from the text, near which dates without a year are placed when there is no publication day.
    `prior` is the value of the calendar expression before this one, `prior_day` the last that names a day, and
    `day_of_time` the value of the day to which a clock time or part of day belongs, where the text joins them.
    """

    publication: date | None = None
    latest: date | None = None
    tense: Tense = Tense.NONE
    year_hint: date | None = None
    prior: str | None = None
    prior_day: date | None = None
    day_of_time: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """A TIMEX3 value and what it was completed from; `note` says how, for a reader."""

    value: str
    source: Source = Source.WORDS
    note: str = ""
    mod: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """The named parts of one match, the settings of its rule, and the word lists to look them up in."""

    text: str
    parts: Mapping[str, str]
    settings: Mapping[str, Any]
    lists: Mapping[str, Mapping[str, str]]

    def has(self, name: str) -> bool:
        """True when that part took part in the match."""
        return name in self.parts

    def meaning(self, list_name: str, part: str | None = None) -> str:
        """The meaning of a part in a word list. Raises KeyError when the list has no such word."""
        word = re.sub(r"\s+", " ", self.parts[part or list_name]).lower()
        return self.lists[list_name].get(word) or self.lists[list_name][word.rstrip(".")]

    def integer(self, part: str) -> int | None:
        """The digits of a part ("10th" → 10), None when it is absent."""
        digits = re.sub(r"\D", "", self.parts.get(part, ""))
        return int(digits) if digits else None

    def month(self) -> int | None:
        """1 to 12."""
        if self.has("month_number"):
            return int(self.parts["month_number"])
        if not self.has("month"):
            return None
        if self.parts["month"].isdigit():
            return int(self.parts["month"])
        word = self.parts["month"].lower().rstrip(".")
        return int(self.lists["month_name"].get(word) or self.lists["month_short"][word])

    def weekday(self) -> int | None:
        """ISO number, Monday 1."""
        word = (self.parts.get("weekday") or self.parts.get("weekdays", "")).lower().rstrip(".")
        if not word:
            return None
        names = self.lists["weekday_name"]
        return int(names.get(word) or names.get(word.removesuffix("s")) or self.lists["weekday_short"][word])

    def direction(self, part: str = "direction") -> int | None:
        """-1 last, 0 this, 1 next; None when there is no such word."""
        return int(self.lists["direction"][self._plain(part)]) if self.has(part) else None

    def relates_to_prior(self) -> bool:
        """Words like "the following …" and "the previous …" count from what was told before, "next" and "last" from today."""
        return self._plain("direction").split()[-1] in ("following", "previous", "preceding", "prior")

    def unit(self) -> str:
        """The unit as in durations (D, W, M, TH …). Raises KeyError when there is none."""
        for part, name in (
            ("unit", "unit"),
            ("unit_plural", "unit_plural"),
            ("unit_one", "unit"),
            ("one_unit", "unit"),
        ):
            if self.has(part):
                return self.meaning(name, part)
        return self.lists["unit"][self.parts["unit_once"].lower()]

    def number(self, part: str = "number") -> float | None:
        """The number as written in digits or words ("two and a half" → 2.5); None when it is vague."""
        return number_of(self._plain(part), self.lists) if self.has(part) else None

    def _plain(self, part: str) -> str:
        return re.sub(r"\s+", " ", self.parts.get(part, "this")).lower()


def number_of(words: str, lists: Mapping[str, Mapping[str, str]]) -> float:
    """Digits or number words → number ("twenty-five" → 25). Raises KeyError for a word that is no number."""
    plain = re.sub(r"\s*(?:and (?:a|one) half|1/2|½)$", "", words)
    extra = 0.5 if plain != words else 0.0
    if plain in lists["number_phrase"]:
        return float(lists["number_phrase"][plain]) + extra
    if plain[:1].isdigit():
        return float(plain.replace(",", "")) + extra
    total = 0.0
    for word in re.split(r"[- ]+", plain):
        if word != "and":
            size = float(lists["number_word"][word])
            total = max(total, 1) * size if size >= 100 else total + size
    return total + extra
