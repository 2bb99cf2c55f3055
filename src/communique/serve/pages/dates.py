"""Days in words: 10 January 2022, early January 2022, autumn 2021; the precision of the source is kept."""

import re
from datetime import date

from communique.records import DateRange, Precision, Timex

PART_OF_YEAR = re.compile(r"(\d{4})-(SP|SU|FA|WI|Q[1-4]|H[12])$")
PARTS = {
    "SP": "spring", "SU": "summer", "FA": "autumn", "WI": "winter", "Q1": "first quarter of", "Q2": "second quarter of",
    "Q3": "third quarter of", "Q4": "last quarter of", "H1": "first half of", "H2": "second half of",
}  # fmt: skip
REFERENCES = {"PRESENT_REF": "now", "PAST_REF": "earlier", "FUTURE_REF": "later"}
MODIFIERS = {
    "START": "early ", "MID": "mid-", "END": "late ", "APPROX": "about ", "BEFORE": "before ", "ON_OR_BEFORE": "by ",
    "AFTER": "after ", "ON_OR_AFTER": "from ",
}  # fmt: skip
UNKNOWN = "date unknown"


def day_words(day: date) -> str:
    """`10 January 2022`."""
    return f"{day.day} {day:%B} {day.year}"


def range_words(dates: DateRange | None) -> str:
    """A range as precise as it is; empty for none."""
    if dates is None or (dates.earliest is None and dates.latest is None):
        return ""
    first, last = dates.earliest, dates.latest
    if first is None or last is None:
        return f"by {day_words(last)}" if last else f"from {day_words(first)}" if first else ""
    if first == last:
        return day_words(first)
    if dates.precision is Precision.YEAR and first.year == last.year:
        return str(first.year)
    if dates.precision is Precision.MONTH and (first.year, first.month) == (last.year, last.month):
        return f"{first:%B} {first.year}"
    if dates.precision is Precision.DECADE:
        return f"{first.year // 10 * 10}s"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{day_words(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} – {day_words(last)}"
    return f"{day_words(first)} – {day_words(last)}"


def timex_words(time: Timex | None) -> str:
    """A time expression's value in words; empty for None, `date unknown` where nothing completes it."""
    if time is None:
        return ""
    if time.dates is None or time.dates.earliest is None:
        return UNKNOWN if "X" in time.value else REFERENCES.get(time.value, time.value)
    named = PART_OF_YEAR.match(time.value)
    plain = f"{PARTS[named[2]]} {named[1]}" if named else range_words(time.dates)
    return MODIFIERS.get(time.mod or "", "") + plain
