"""A date as pages write it ("2019-11-19T01:19:34Z", "Nov. 18, 2019", "19 November 2019 07:09 GMT") → a day.

Only forms that leave no doubt are read: 03/04/2019 is the fourth of March in one country and the third of April in another.
"""

import re
from dataclasses import dataclass
from datetime import date

MONTHS = {
    name[:3]: number
    for number, name in enumerate(
        (
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ),
        start=1,
    )
}
MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\b\.?"
)
ISO = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)"
    r"(?:[T ](\d\d):?\d\d(?::?\d\d(?:[.,]\d+)?)?\s*(Z|UTC|[+-]\d\d:?\d\d)?)?"
)
DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?{MONTH},?\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
MONTH_FIRST = re.compile(rf"\b{MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)(?!\d)", re.IGNORECASE)
COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?:\D|$)")
UTC_OFFSET = re.compile(r"^(?:Z|UTC|[+-]00:?00)$")


@dataclass(frozen=True, slots=True)
class WrittenDate:
    """`start` and `end` are offsets in the text it was read from. `utc_hour` is set when the time is given in UTC or
    without a zone: the day at the place of publication may then be the one before or after."""

    day: date
    start: int
    end: int
    utc_hour: int | None = None


def find_written_date(text: str) -> WrittenDate | None:
    """The first complete date in the text, None when there is none that is certain."""
    found = [each for each in (_iso(text), _day_first(text), _month_first(text)) if each]
    return min(found, key=lambda each: each.start, default=None) or _compact(text)


def _iso(text: str) -> WrittenDate | None:
    match = ISO.search(text)
    if not match:
        return None
    year, month, day, hour, offset = match.groups()
    utc_hour = int(hour) if hour and (not offset or UTC_OFFSET.match(offset)) else None
    return _made(match, int(year), int(month), int(day), utc_hour)


def _day_first(text: str) -> WrittenDate | None:
    match = DAY_FIRST.search(text)
    return _made(match, int(match[3]), MONTHS[match[2][:3].lower()], int(match[1])) if match else None


def _month_first(text: str) -> WrittenDate | None:
    match = MONTH_FIRST.search(text)
    return _made(match, int(match[3]), MONTHS[match[1][:3].lower()], int(match[2])) if match else None


def _compact(text: str) -> WrittenDate | None:
    match = COMPACT.match(text.strip())
    return _made(match, int(match[1]), int(match[2]), int(match[3])) if match else None


def _made(match: re.Match[str], year: int, month: int, day: int, utc_hour: int | None = None) -> WrittenDate | None:
    try:
        return WrittenDate(date(year, month, day), match.start(), match.end(), utc_hour)
    except ValueError:
        return None
