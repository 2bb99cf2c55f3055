"""A date as tables and feeds write it → the day at the place of publication, None where that would be a guess.

The offset of a time is kept to: "2022-01-11T23:30:00-05:00" is the eleventh, whatever day it was in Greenwich.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from enum import Enum

EARLIEST = date(1700, 1, 1)
EMPTY_DAY = date(1970, 1, 1)  # second 0 of the computer's count: a date that was never filled in
SECONDS = range(100_000_000, 10_000_000_000)  # from 1973 to 2286, counted from 1970
LARGEST = 10**20  # more than any count of nanoseconds
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)(?:T?\d{4,6}Z?)?$")
NUMBERS = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?!\d)")
EPOCH = re.compile(r"\d{9,19}(?:\.\d+)?$")
MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), start=1
    )
}
MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
DAY_FIRST = re.compile(rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?[ -]{MONTH}[ ,-]+(\d{{4}})(?!\d)", re.IGNORECASE)
MONTH_FIRST = re.compile(rf"\b{MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+(\d{{4}})(?!\d)", re.IGNORECASE)


class Order(Enum):
    """Which number comes first in 03/04/2022; UNKNOWN when nothing says so."""

    DAY = "day"
    MONTH = "month"
    UNKNOWN = "unknown"


def order_of(values: Iterable[object]) -> Order:
    """From a column's own values: a number above 12 can be no month. UNKNOWN also when they contradict each other."""
    first = second = False
    for value in values:
        match = NUMBERS.match(value.strip()) if isinstance(value, str) else None
        if match:
            first |= int(match[1]) > 12
            second |= int(match[2]) > 12
    if first == second:
        return Order.UNKNOWN
    return Order.DAY if first else Order.MONTH


def is_ambiguous(value: object) -> bool:
    """True for 03/04/2022, which is two different days; not for 13/04/2022 or 04/04/2022."""
    match = NUMBERS.match(value.strip()) if isinstance(value, str) else None
    return bool(match) and match[1] != match[2] and max(int(match[1]), int(match[2])) <= 12 if match else False


def day_of(value: object, order: Order = Order.UNKNOWN) -> date | None:
    """The day of a date, a time, a number of seconds (or milli-, micro-, nanoseconds) or a written date."""
    found = _day(value, order)
    return found if found is not None and found >= EARLIEST and found != EMPTY_DAY else None


def _day(value: object, order: Order) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _counted(value)
    return _written(value.strip(), order) if isinstance(value, str) else None


def _counted(value: float) -> date | None:
    if isinstance(value, int) and abs(value) > LARGEST:
        return None
    for scale in (1, 1_000, 1_000_000, 1_000_000_000):
        seconds = value / scale
        if SECONDS.start <= seconds < SECONDS.stop:
            return datetime.fromtimestamp(seconds, UTC).date()
    return _written(str(value), Order.UNKNOWN) if isinstance(value, int) else None  # 20220111


def _written(text: str, order: Order) -> date | None:
    if match := ISO.match(text):
        return _made(match[1], match[2], match[3])
    if match := COMPACT.match(text):
        return _made(match[1], match[2], match[3])
    if match := NUMBERS.match(text):
        return _numbers(match, order)
    if EPOCH.match(text):
        return _counted(float(text))
    if match := DAY_FIRST.search(text):
        return _made(match[3], MONTHS[match[2][:3].lower()], match[1])
    if match := MONTH_FIRST.search(text):
        return _made(match[3], MONTHS[match[1][:3].lower()], match[2])
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _numbers(match: re.Match[str], order: Order) -> date | None:
    first, second = int(match[1]), int(match[2])
    if first > 12 or (order is Order.DAY and second <= 12):
        return _made(match[3], second, first)
    if second > 12 or order is Order.MONTH or first == second:
        return _made(match[3], first, second)
    return None


def _made(year: str, month: str | int, day: str | int) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
