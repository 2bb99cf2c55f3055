"""Names, days and deeds → the clauses that a digest is composed of. The phrases are in data/phrases.yaml."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib.resources import files
from typing import Any

from communique.codebook.files import parse_yaml
from communique.records import DateRange, LinkedEvent, MeetingStatus, Precision, SpeechAct

QUOTE_LENGTH = 260  # characters of a quotation; the link shows all
QUOTATION_MARKS = '“”"„«»'
MOST_NAMES = 5


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of the data file."""

    types: dict[str, dict[str, Any]]
    other: dict[str, str]
    acts: dict[str, dict[str, str]]
    negated: dict[str, str]
    moves: dict[str, str]
    ahead: dict[str, str]
    fields: dict[str, str]
    with_the: frozenset[str]

    def deed(self, event: LinkedEvent, plover_type: str, trigger: str, who: Sequence[str], whom: Sequence[str]) -> str:
        """What took place: `the United States and Russia held talks`. `trigger` are the words that name it in a report."""
        own = self.types.get(plover_type, {})
        modes = own.get("modes", {})
        chosen = own.get("words", {}).get(trigger.lower())
        chosen = chosen or next((modes[mode] for mode in event.modes if mode in modes), None) or own or self.other
        pattern: str = chosen["past"] if whom else chosen["alone"]
        return pattern.format(who=self.names(who) or "somebody", whom=self.names(whom), type=event.type)

    def speech(self, act: SpeechAct, negated: bool, who: str, whom: str | None) -> str:
        """`Sergei Ryabkov told the United States`."""
        chosen = self.negated if negated else self.acts[act.value]
        return chosen["to" if whom else "alone"].format(who=self.name(who), whom=self.name(whom or ""))

    def became(self, status: MeetingStatus) -> str:
        """What a word did to a meeting: `was postponed`."""
        return self.moves[status.value]

    def name(self, name: str) -> str:
        """A name inside a sentence: `the United States`."""
        folded = " ".join(name.split())
        return f"the {folded}" if folded in self.with_the else folded

    def names(self, names: Iterable[str]) -> str:
        """`A`, `A and B`, `A, B and C`; each once, long lists cut with the number of the others."""
        each = list(dict.fromkeys(self.name(name) for name in names))
        if len(each) > MOST_NAMES:
            each = [*each[: MOST_NAMES - 1], f"{len(each) - MOST_NAMES + 1} others"]
        return each[0] if len(each) == 1 else f"{', '.join(each[:-1])} and {each[-1]}" if each else ""


@lru_cache(maxsize=1)
def load_phrases() -> Phrases:
    """The packaged phrases. Raises CodebookError when the file is malformed."""
    name = "data/phrases.yaml"
    entry = parse_yaml((files("communique.brief") / name).read_text(encoding="utf-8"), name)
    return Phrases(
        types=entry["types"],
        other=entry["other"],
        acts=entry["acts"],
        negated=entry["negated"],
        moves=entry["moves"],
        ahead=entry["ahead"],
        fields=entry["fields"],
        with_the=frozenset(entry["with_the"]),
    )


def day_words(day: date, *, year: bool = True) -> str:
    """`10 January 2022`, without the year where it is told elsewhere."""
    return f"{day.day} {day:%B %Y}" if year else f"{day.day} {day:%B}"


def when(dates: DateRange | None, *, year: bool = True) -> str:
    """As an opening of a sentence: `On 10 January`, `In January 2022`, `Between 10 and …`; empty when nothing is known."""
    if dates is None or (dates.earliest is None and dates.latest is None):
        return ""
    first, last = dates.earliest, dates.latest
    if first is None or last is None:
        bound = first or last
        assert bound is not None
        return f"On or {'after' if first else 'before'} {day_words(bound, year=year)}"
    if first == last:
        return f"On {day_words(first, year=year)}"
    if dates.precision is Precision.YEAR and first.year == last.year:
        return f"In {first.year}"
    if dates.precision is Precision.MONTH and (first.year, first.month) == (last.year, last.month):
        return f"In {first:%B %Y}"
    return f"Between {day_words(first, year=year)} and {day_words(last, year=year)}"


def quoted(words: str, most: int = QUOTE_LENGTH) -> str:
    """Words in quotation marks (their own where they bring some), line breaks folded, cut after a word where too long."""
    folded = " ".join(words.split())
    if len(folded) > most:
        folded = (folded[:most].rpartition(" ")[0] or folded[:most]).rstrip(",;:–—- ") + " …"
    return folded if not folded or any(mark in folded for mark in QUOTATION_MARKS) else f"“{folded}”"


def counted(number: int, noun: str) -> str:
    """`1 report`, `2 reports`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def uncapitalized(text: str) -> str:
    """A clause that began a sentence, inside of one; a name keeps its capital."""
    first, rest = text.split(" ", 1) if " " in text else (text, "")
    return f"{first.lower()} {rest}" if first in ("On", "In", "Between", "Before", "After", "The", "Somebody") else text


def heard(articles: int, voices: int) -> str:
    """In brackets, how many reports of how many outlets; empty for a single report."""
    return f" ({counted(articles, 'report')}, {counted(voices, 'outlet')})" if articles > 1 else ""


def opened(text: str) -> str:
    """The text with a capital at its start."""
    return text[:1].upper() + text[1:]
