"""Words of calendar expressions → TIMEX3 values: dates, weekdays, months, quarters, seasons, years, holidays.

Each function takes the words of one match and the frame they are read against, and returns None when the words turn out
to name no such time (31 February). Its name is what a rule of codebook/data/times.yaml gives under `means`.
"""

from calendar import monthrange
from collections.abc import Callable
from datetime import date, timedelta

from communique.resolve.time_calendar import (
    UNKNOWN,
    day_range,
    holiday,
    near_weekday,
    season_value,
    shifted,
    value_at,
)
from communique.resolve.time_frame import Frame, Meaning, Source, Tense, Words

Reader = Callable[[Words, Frame], Meaning | None]
FEW_DAYS = 2  # nobody says "last Monday" on a Tuesday or Wednesday and means the day before or the one before that
MOSTLY_PAST_MONTHS = 3  # without a tense, a month is ahead only when it begins within this time: news is mostly past
UNRESOLVED = "no publication date and no date in the text to complete it from"


def date_(words: Words, frame: Frame) -> Meaning | None:
    """Any mixture of year, month, day and weekday; a missing year is inferred."""
    month, day = words.month(), words.integer("day")
    if month is None or (day is not None and not 1 <= day <= monthrange(2000, month)[1]):
        return None
    year = words.integer("year")
    tail = f"-{month:02}" + (f"-{day:02}" if day else "")
    if year is not None:
        return Meaning(value=f"{year:04}{tail}") if day_range(f"{year:04}{tail}") else None
    found = year_of(frame, lambda each: _first_day(each, month, day), words.weekday(), whole_month=day is None)
    return _with_year(found, lambda known: known + tail, frame)


def _first_day(year: int, month: int, day: int | None) -> date:
    return date(year, month, min(day or 1, monthrange(year, month)[1]))


def _with_year(found: tuple[int, Source] | None, build: Callable[[str], str], frame: Frame) -> Meaning:
    if found is None:
        return Meaning(value=build("XXXX"), source=Source.UNKNOWN, note=UNRESOLVED)
    year, source = found
    if source is Source.PUBLICATION:
        note = f"year from the publication date {frame.publication} ({_told(frame.tense)})"
    else:
        note = f"year from the date {frame.year_hint} in the text, the nearest in order of telling"
    return Meaning(value=build(f"{year:04}"), source=source, note=note)


def _told(tense: Tense) -> str:
    return {Tense.PAST: "told as past", Tense.FUTURE: "told as ahead", Tense.NONE: "nearest"}[tense]


def year_of(
    frame: Frame, day_in: Callable[[int], date], weekday: int | None = None, *, whole_month: bool = False
) -> tuple[int, Source] | None:
    """The year for what recurs each year on `day_in(year)`: by tense from the publication, else near the hint.

    `whole_month`: the day stands for its month, which still lies ahead on any of its days. A weekday, where one is given,
    rules out the years in which it does not fall on that day.
    """
    anchor = frame.publication or frame.year_hint
    if anchor is None:
        return None
    days = {year: day_in(year) for year in range(max(anchor.year - 1, 1), min(anchor.year + 1, 9999) + 1)}
    if weekday is not None:
        days = {year: day for year, day in days.items() if day.isoweekday() == weekday} or days
    if frame.tense is Tense.PAST and frame.latest is not None:
        days = {year: day for year, day in days.items() if day <= frame.latest} or days
    if frame.publication is None:
        return min(days, key=lambda year: abs((days[year] - anchor).days)), Source.TEXT
    before = [year for year, day in days.items() if day <= anchor]
    start = anchor.replace(day=1) if whole_month else anchor
    after = [year for year, day in days.items() if day >= start]
    if frame.tense is Tense.FUTURE and after:
        return min(after), Source.PUBLICATION
    if frame.tense is Tense.NONE and after:
        nearest = min(after, key=lambda year: days[year])
        if days[nearest] <= shifted(anchor, "M", MOSTLY_PAST_MONTHS):
            return nearest, Source.PUBLICATION
    return (max(before) if before else min(days)), Source.PUBLICATION


def numeric_date(words: Words, frame: Frame) -> Meaning | None:
    """1/2/2021 in either order: dots mean day first; else whichever is a date, or the one nearer to the publication."""
    first, second, year = words.integer("first"), words.integer("second"), words.integer("numeric_year")
    if first is None or second is None or year is None:
        return None
    year += 2000 if year < 50 else 1900 if year < 100 else 0
    month_first, day_first = f"{year:04}-{first:02}-{second:02}", f"{year:04}-{second:02}-{first:02}"
    orders = [day_first] if words.parts["mark"] == "." else [month_first, day_first]
    possible = [(each, span.earliest) for each in orders if (span := day_range(each)) and span.earliest]
    if not possible:
        return None
    publication = frame.publication
    if publication is not None:
        possible.sort(key=lambda each: abs((each[1] - publication).days))
    return Meaning(value=possible[0][0], note="month first" if possible[0][0] == month_first else "day first")


def day_of_month(words: Words, frame: Frame) -> Meaning | None:
    """As in "on the 13th": in the month of the day told before it, else of the publication."""
    day, anchor = words.integer("day_ordinal"), frame.prior_day or frame.publication
    if anchor is None:
        return Meaning(value=f"XXXX-XX-{day:02}", source=Source.UNKNOWN, note=UNRESOLVED)
    value = f"{value_at(anchor, 'M')}-{day:02}"
    if frame.tense is Tense.PAST and frame.publication and value > frame.publication.isoformat():
        value = f"{value_at(shifted(anchor, 'M', -1), 'M')}-{day:02}"
    source = Source.PRIOR if frame.prior_day else Source.PUBLICATION
    return Meaning(value=value, source=source, note=f"month of {anchor}") if day_range(value) else None


def weekday(words: Words, frame: Frame) -> Meaning | None:
    """A bare weekday: back from the publication day unless the clause is about something ahead."""
    number = words.weekday()
    if number is None:
        return None
    if frame.publication is None:
        return Meaning(value=f"XXXX-WXX-{number}", source=Source.UNKNOWN, note=UNRESOLVED)
    day = near_weekday(frame.publication, number, forward=frame.tense is Tense.FUTURE, today=True)
    note = f"{'next' if frame.tense is Tense.FUTURE else 'last'} such day from the publication date {frame.publication}"
    return Meaning(value=day.isoformat(), source=Source.PUBLICATION, note=note)


def near_weekday_(words: Words, frame: Frame) -> Meaning | None:
    """As in "last Monday", "the following Tuesday", "Monday of last week"."""
    number, direction = words.weekday(), words.direction() or 0
    from_prior = words.relates_to_prior() and frame.prior_day is not None
    anchor = frame.prior_day if from_prior else frame.publication
    if number is None:
        return None
    if anchor is None:
        return Meaning(value=f"XXXX-WXX-{number}", source=Source.UNKNOWN, note=UNRESOLVED)
    if words.settings.get("whole_week"):
        day = date.fromisocalendar(*anchor.isocalendar()[:2], number) + timedelta(days=7 * direction)
    elif direction == 0:
        day = date.fromisocalendar(*anchor.isocalendar()[:2], number)
        if frame.tense is Tense.FUTURE and day < anchor:
            day += timedelta(days=7)
    else:
        day = near_weekday(anchor, number, forward=direction > 0, today=False)
        if not from_prior and abs((day - anchor).days) <= FEW_DAYS and " past " not in f" {words.text.lower()} ":
            day += timedelta(days=7 * direction)
    return _from_anchor(day.isoformat(), anchor, from_prior)


def _from_anchor(value: str, anchor: date, from_prior: bool) -> Meaning:
    source = Source.PRIOR if from_prior else Source.PUBLICATION
    told = "the day told before it" if from_prior else "the publication date"
    return Meaning(value=value, source=source, note=f"from {told}, {anchor}")


def near_month(words: Words, frame: Frame) -> Meaning | None:
    """As in "last September", "this May", "next January"."""
    month, direction = words.month(), words.direction()
    if direction is None:
        direction = -1 if "previous" in words.text.lower() else 1
    if month is None:
        return None
    anchor = frame.publication
    if anchor is None:
        return Meaning(value=f"XXXX-{month:02}", source=Source.UNKNOWN, note=UNRESOLVED)
    year = anchor.year
    if direction < 0 and month >= anchor.month:
        year -= 1
    elif direction > 0 and month <= anchor.month:
        year += 1
    elif direction == 0 and frame.tense is Tense.PAST and month > anchor.month:
        year -= 1
    return _from_anchor(f"{year:04}-{month:02}", anchor, False)


def near_year_month(words: Words, frame: Frame) -> Meaning | None:
    """As in "October of next year", "March 20 last year"."""
    month, day, direction = words.month(), words.integer("day"), words.direction() or 0
    if month is None:
        return None
    tail = f"-{month:02}" + (f"-{day:02}" if day else "")
    if frame.publication is None:
        return Meaning(value=f"XXXX{tail}", source=Source.UNKNOWN, note=UNRESOLVED)
    value = f"{frame.publication.year + direction:04}{tail}"
    return _from_anchor(value, frame.publication, False) if day_range(value) else None


def year(words: Words, frame: Frame) -> Meaning | None:
    """Four digits."""
    number = words.integer("year")
    return Meaning(value=f"{number:04}") if number else None


def short_year(words: Words, frame: Frame) -> Meaning | None:
    """'82: of this century when that is not far ahead of the publication, else of the last."""
    number = words.integer("short_year")
    if number is None:
        return None
    now = frame.publication.year if frame.publication else 2030
    return Meaning(value=str(2000 + number if 2000 + number <= now + 10 else 1900 + number), note="century inferred")


def range_year(words: Words, frame: Frame) -> Meaning | None:
    """The second year of 2010-11."""
    first, second = words.integer("first_year"), words.integer("short_year")
    if first is None or second is None or second <= first % 100:
        return None
    return Meaning(value=f"{first // 100}{second:02}", note=f"century of {first}")


def decade(words: Words, frame: Frame) -> Meaning | None:
    """The 1990s, the 70s, the sixties; the 1300s are a century, the 2000s a decade."""
    mod = {"early": "START", "mid": "MID", "late": "END"}.get(words.parts.get("part", "").lower())
    if words.has("decade"):
        digits = words.parts["decade"][:4]
        return Meaning(value=digits[:2] if digits.endswith("00") and digits != "2000" else digits[:3], mod=mod)
    tens = words.integer("tens") or int(words.lists["decade_word"].get(words.parts.get("decade_word", "").lower(), 0))
    return Meaning(value=f"19{tens // 10}", mod=mod, note="taken as of the twentieth century")


def century(words: Words, frame: Frame) -> Meaning | None:
    """The 19th century is 18."""
    mod = {"early": "START", "mid": "MID", "late": "END"}.get(words.parts.get("part", "").lower())
    number = words.integer("century") or int(words.meaning("ordinal"))
    return Meaning(value=f"{number - 1:02}", mod=mod)


def period_of_year(words: Words, frame: Frame) -> Meaning | None:
    """Quarters and halves: "the third quarter of 2009", "the first half", "Q3"."""
    if words.has("code"):
        code = words.parts["code"][:2].upper()
    else:
        letter = "Q" if words.parts["period"].lower() == "quarter" else "H"
        word = words.parts["nth"].lower()
        last = "4" if letter == "Q" else "2"
        code = letter + (last if word in ("final", "last") else words.lists["ordinal"][word])
    if int(code[1]) > (4 if code[0] == "Q" else 2):
        return None
    if words.has("year"):
        return Meaning(value=f"{words.integer('year'):04}-{code}")
    months = 3 if code[0] == "Q" else 6
    first_month = months * (int(code[1]) - 1) + 1
    if (words.has("direction") or words.has("the_year")) and frame.publication:
        shift = words.direction() or 0
        return _from_anchor(f"{frame.publication.year + shift:04}-{code}", frame.publication, False)
    month = first_month if frame.tense is not Tense.FUTURE else first_month + months - 1
    backward = frame if frame.tense is Tense.FUTURE else _told_as_past(frame)
    found = year_of(backward, lambda each: date(each, month, 1), whole_month=True)
    return _with_year(found, lambda known: f"{known}-{code}", frame)


def _told_as_past(frame: Frame) -> Frame:
    return Frame(
        publication=frame.publication,
        latest=frame.latest,
        tense=Tense.PAST,
        year_hint=frame.year_hint,
        prior=frame.prior,
    )


def week_of_month(words: Words, frame: Frame) -> Meaning | None:
    """The last week is the last that lies wholly in the month; the others are counted by their Thursdays, as ISO weeks are."""
    month, which = words.month(), words.parts["which"].lower()
    if month is None:
        return None

    def week(year_number: int) -> str:
        if which in ("last", "final"):
            sunday = near_weekday(
                date(year_number, month, monthrange(year_number, month)[1]), 7, forward=False, today=True
            )
            return value_at(sunday, "W")
        thursday = near_weekday(date(year_number, month, 1), 4, forward=True, today=True)
        return value_at(thursday + timedelta(days=7 * (int(words.lists["ordinal"][which]) - 1)), "W")

    year_number = words.integer("year")
    if year_number is not None:
        return Meaning(value=week(year_number))
    found = year_of(frame, lambda each: date(each, month, 1), whole_month=True)
    return _with_year(found, lambda known: week(int(known)) if known != "XXXX" else "XXXX-WXX", frame)


def season(words: Words, frame: Frame) -> Meaning | None:
    """As in "last summer", "the fall of 1989", "in spring"."""
    code = words.meaning("season")
    if words.has("year"):
        return Meaning(value=f"{words.integer('year'):04}-{code}")
    if frame.publication is None:
        return Meaning(value=f"XXXX-{code}", source=Source.UNKNOWN, note=UNRESOLVED)
    shift = words.direction("year_direction")
    if shift is not None:
        return _from_anchor(f"{frame.publication.year + shift:04}-{code}", frame.publication, False)
    this = season_value(frame.publication)
    order = ["SP", "SU", "FA", "WI"]
    begun = int(this[:4]) if order.index(code) <= order.index(this[5:]) else int(this[:4]) - 1
    direction = words.direction()
    if direction is None:
        direction = 1 if frame.tense is Tense.FUTURE else -1
        ahead = begun + 1 if f"{begun}-{code}" != this else begun
        value = f"{ahead if direction > 0 else begun}-{code}"
    elif direction < 0:
        past_one = f"{begun}-{code}" == this and "this past" not in words.text.lower()
        value = f"{begun - 1 if past_one else begun}-{code}"
    elif direction > 0:
        value = f"{begun + 1}-{code}"
    else:
        value = f"{begun if frame.tense is Tense.PAST or f'{begun}-{code}' == this else int(this[:4])}-{code}"
    return _from_anchor(value, frame.publication, False)


def fiscal_year(words: Words, frame: Frame) -> Meaning | None:
    """Fiscal years keep their own mark: no calendar year is claimed for them."""
    if words.has("year"):
        return Meaning(value=f"FY{words.integer('year'):04}")
    if frame.publication is None:
        return Meaning(value="FYXXXX", source=Source.UNKNOWN, note=UNRESOLVED)
    return _from_anchor(f"FY{frame.publication.year + (words.direction() or 0):04}", frame.publication, False)


def weekend(words: Words, frame: Frame) -> Meaning | None:
    """The weekend of an ISO week; a bare one is the last unless the clause is about something ahead."""
    if frame.publication is None:
        return Meaning(value="XXXX-WXX-WE", source=Source.UNKNOWN, note=UNRESOLVED)
    direction = words.direction()
    on_weekend = frame.publication.isoweekday() >= 6
    if direction is None:
        direction = 0 if frame.tense is Tense.FUTURE or on_weekend else -1
    elif direction == 0 and frame.tense is Tense.PAST and not on_weekend:
        direction = -1
    value = value_at(frame.publication + timedelta(days=7 * direction), "W") + "-WE"
    return _from_anchor(value, frame.publication, False)


def holiday_(words: Words, frame: Frame) -> Meaning | None:
    """Holidays on fixed days and those that the calendar moves."""
    name = words.parts["holiday"].lower()
    rule = words.lists["fixed_holiday"].get(name) or words.lists["moving_holiday"][name]
    if words.has("year"):
        return Meaning(value=holiday(rule, int(words.parts["year"])).isoformat())
    direction = words.direction()
    if direction is not None and frame.publication is not None:
        shift = direction
        this_year = holiday(rule, frame.publication.year)
        if (direction < 0 and this_year < frame.publication) or (direction > 0 and this_year > frame.publication):
            shift = 0
        return _from_anchor(holiday(rule, frame.publication.year + shift).isoformat(), frame.publication, False)
    found = year_of(frame, lambda each: holiday(rule, each))
    if found is None:
        unknown = f"XXXX-{rule}" if rule.count("-") == 1 and rule[0].isdigit() else UNKNOWN["D"]
        return Meaning(value=unknown, source=Source.UNKNOWN, note=UNRESOLVED)
    return _with_year(found, lambda known: holiday(rule, int(known)).isoformat(), frame)


CALENDAR_MEANINGS: dict[str, Reader] = {
    "date": date_,
    "numeric_date": numeric_date,
    "day_of_month": day_of_month,
    "weekday": weekday,
    "near_weekday": near_weekday_,
    "near_month": near_month,
    "near_year_month": near_year_month,
    "year": year,
    "short_year": short_year,
    "range_year": range_year,
    "decade": decade,
    "century": century,
    "period_of_year": period_of_year,
    "week_of_month": week_of_month,
    "season": season,
    "fiscal_year": fiscal_year,
    "weekend": weekend,
    "holiday": holiday_,
}
