"""Dates that keep their precision: a month stays a month, and the reason for every inferred part is kept."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from communique.records.span import Span


class TimexType(StrEnum):
    """The four TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


class Precision(StrEnum):
    """The finest unit that the words support."""

    MINUTE = "minute"
    HOUR = "hour"
    PART_OF_DAY = "part-of-day"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half-year"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    REFERENCE = "reference"  # PRESENT_REF, PAST_REF, FUTURE_REF
    NONE = "none"  # durations and sets


class Anchor(StrEnum):
    """What an incomplete expression was completed from."""

    NONE = "none"  # the words are complete in themselves
    PUBLICATION = "publication"  # the publication date
    BOUNDS = "bounds"  # publication bounds read from the text
    TEXT = "text"  # an explicit date elsewhere in the text
    UNRESOLVED = "unresolved"  # nothing to complete it from: the value keeps X for what is unknown


@dataclass(frozen=True, slots=True, kw_only=True)
class DateRange:
    """First and last possible day (inclusive; None = open on that side), as far as `precision` allows."""

    earliest: date | None
    latest: date | None
    precision: Precision

    def overlaps(self, other: "DateRange") -> bool:
        """True when some day lies in both ranges."""
        starts_before_other_ends = self.earliest is None or other.latest is None or self.earliest <= other.latest
        ends_after_other_starts = self.latest is None or other.earliest is None or other.earliest <= self.latest
        return starts_before_other_ends and ends_after_other_starts


@dataclass(frozen=True, slots=True, kw_only=True)
class Timex:
    """A time expression of the text with its TIMEX3 value (ISO-TimeML 1.2.1; `mod` as there, e.g. APPROX, MORE_THAN).

    `dates` is None for durations, sets and values that name no day range. `anchor` says what completed it and
    `anchor_value` the ISO date it was completed from; `reason` is one line for a reader, e.g. "year from the
    explicit date 'December 10, 2021' in the text".
    """

    id: str
    span: Span
    type: TimexType
    value: str
    mod: str | None = None
    dates: DateRange | None = None
    anchor: Anchor = Anchor.NONE
    anchor_value: str | None = None
    reason: str = ""
