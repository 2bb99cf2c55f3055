"""Days as formats without a field for precision can have them: ISO 8601 in as many parts as the words support."""

from calendar import monthrange
from datetime import date

from communique.records import DateRange


def iso_of(dates: DateRange | None) -> str:
    """`2022-01-10` for a day, `2022-01` for a month, `2022` for a year, `2022-01-10/2022-01-12` for other ranges.

    A range that is open on one side has `..` there (ISO 8601-2, section 9.2.5); empty when nothing is known.
    """
    if dates is None or (dates.earliest is None and dates.latest is None):
        return ""
    first, last = dates.earliest, dates.latest
    if first is None or last is None:
        return f"{first.isoformat() if first else '..'}/{last.isoformat() if last else '..'}"
    if first == last:
        return first.isoformat()
    if first.day == 1 and last == date(last.year, last.month, monthrange(last.year, last.month)[1]):
        if (first.year, first.month) == (last.year, last.month):
            return f"{first:%Y-%m}"
        if first.year == last.year and (first.month, last.month) == (1, 12):
            return f"{first:%Y}"
    return f"{first.isoformat()}/{last.isoformat()}"


def exact_day(dates: DateRange | None) -> date | None:
    """The day, where only one is possible."""
    return dates.earliest if dates is not None and dates.earliest == dates.latest else None
