"""Days and units → TIMEX3 values, and values → the days they cover. Plain calendar arithmetic; nothing here reads text.

Units are written as in durations: D, W, M, Q, Y, 10Y (decade), 100Y (century); weeks are ISO weeks (Monday first).
"""

import re
from calendar import monthrange
from datetime import date, timedelta

from communique.records import DateRange, Precision

SEASON_MONTHS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}  # first month; three months each, winter into the next year
DAYS = {"D": 1, "W": 7, "2W": 14}
MONTHS = {"M": 1, "Q": 3, "Y": 12, "10Y": 120, "100Y": 1200}
UNKNOWN = {"D": "XXXX-XX-XX", "W": "XXXX-WXX", "2W": "XXXX-WXX", "M": "XXXX-XX", "Q": "XXXX-QX", "Y": "XXXX"}
VALUE = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d))?|W(?P<week>\d\d)(?P<weekend>-WE)?|Q(?P<quarter>[1-4])"
    r"|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?(?:T(?P<clock>[\w:]+))?"
)


def shifted(day: date, unit: str, count: int) -> date:
    """The day `count` units away; the day of the month is cut to the month's length. Raises OverflowError outside 1-9999."""
    if unit in DAYS:
        return day + timedelta(days=DAYS[unit] * count)
    months = day.year * 12 + day.month - 1 + MONTHS[unit] * count
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        raise OverflowError(f"year {year} is outside the calendar")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def value_at(day: date | None, unit: str) -> str:
    """The unit in which the day lies, as a TIMEX3 value; X for what is unknown when there is no day."""
    if day is None:
        return UNKNOWN.get(unit, "XXXX")
    if unit == "D":
        return day.isoformat()
    if unit in ("W", "2W"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}"
    if unit == "M":
        return f"{day.year:04}-{day.month:02}"
    if unit == "Q":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    return {"Y": f"{day.year:04}", "10Y": f"{day.year:04}"[:3], "100Y": f"{day.year:04}"[:2]}[unit]


def near_weekday(day: date, weekday: int, *, forward: bool, today: bool) -> date:
    """The nearest day with that ISO weekday on one side of `day`; `today` says whether `day` itself counts."""
    distance = (weekday - day.isoweekday()) % 7 if forward else (day.isoweekday() - weekday) % 7
    if distance == 0 and not today:
        distance = 7
    return day + timedelta(days=distance if forward else -distance)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous computus)."""
    century, rest = divmod(year, 100)
    golden = year % 19
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    shift = (golden + 11 * epact + 22 * sunday) // 451
    month, day = divmod(epact + sunday - 7 * shift + 114, 31)
    return date(year, month, day + 1)


def holiday(rule: str, year: int) -> date:
    """`12-25`, `easter-2`, or month-weekday-which with an optional `+days` (`11-4-4`: fourth Thursday of November)."""
    if rule.startswith("easter"):
        return easter(year) + timedelta(days=int(rule.removeprefix("easter")))
    if rule.count("-") == 1:
        month, day = rule.split("-")
        return date(year, int(month), int(day))
    rule, _, extra = rule.partition("+")
    month, weekday, which = rule.split("-")
    if which == "last":
        end = date(year, int(month), monthrange(year, int(month))[1])
        return near_weekday(end, int(weekday), forward=False, today=True)
    first = near_weekday(date(year, int(month), 1), int(weekday), forward=True, today=True)
    return first + timedelta(days=7 * (int(which) - 1) + int(extra or 0))


def season_value(day: date) -> str:
    """The season in which the day lies; January and February belong to the winter that began the year before."""
    if day.month < 3:
        return f"{day.year - 1:04}-WI"
    code = {1: "SP", 2: "SU", 3: "FA", 4: "WI"}[day.month // 3]
    return f"{day.year:04}-{code}"


def day_range(value: str, publication: date | None = None) -> DateRange | None:
    """The days that a DATE or TIME value covers; None when it names none. References need the publication day."""
    if value.endswith("_REF"):
        if publication is None:
            return None
        early, late = {"PAST_REF": (None, publication), "FUTURE_REF": (publication, None)}.get(
            value, (publication, publication)
        )
        return DateRange(earliest=early, latest=late, precision=Precision.REFERENCE)
    if re.fullmatch(r"\d{2,3}", value):
        years = 10 ** (4 - len(value))
        first = max(int(value) * years, 1)
        precision = Precision.DECADE if len(value) == 3 else Precision.CENTURY
        return DateRange(
            earliest=date(first, 1, 1), latest=date(int(value) * years + years - 1, 12, 31), precision=precision
        )
    if value.startswith("FY") and value[2:].isdigit():  # fiscal years begin anywhere in the year before or in that year
        year = int(value[2:])
        return DateRange(earliest=date(year - 1, 1, 1), latest=date(year, 12, 31), precision=Precision.YEAR)
    found = VALUE.fullmatch(value)
    try:
        return _range(found) if found else None
    except ValueError:
        return None


def _range(found: re.Match[str]) -> DateRange:
    year, parts = int(found["year"]), found.groupdict()
    if parts["day"]:
        day = date(year, int(parts["month"]), int(parts["day"]))
        return DateRange(earliest=day, latest=day, precision=_clock_precision(parts["clock"]))
    if parts["week"]:
        monday = date.fromisocalendar(year, int(parts["week"]), 1)
        first = monday + timedelta(days=5 if parts["weekend"] else 0)
        precision = Precision.WEEKEND if parts["weekend"] else Precision.WEEK
        return DateRange(earliest=first, latest=monday + timedelta(days=6), precision=precision)
    if parts["month"]:
        return _months(year, int(parts["month"]), 1, Precision.MONTH)
    if parts["quarter"]:
        return _months(year, 3 * int(parts["quarter"]) - 2, 3, Precision.QUARTER)
    if parts["half"]:
        return _months(year, 6 * int(parts["half"]) - 5, 6, Precision.HALF)
    if parts["season"]:
        return _months(year, SEASON_MONTHS[parts["season"]], 3, Precision.SEASON)
    return _months(year, 1, 12, Precision.YEAR)


def _months(year: int, month: int, count: int, precision: Precision) -> DateRange:
    first = date(year, month, 1)
    return DateRange(earliest=first, latest=shifted(first, "M", count) - timedelta(days=1), precision=precision)


def _clock_precision(clock: str | None) -> Precision:
    if clock is None:
        return Precision.DAY
    return Precision.MINUTE if ":" in clock else Precision.PART_OF_DAY
