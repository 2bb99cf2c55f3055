"""Words of relative expressions, clock times, durations and sets → TIMEX3 values.

Same form as time_meanings.py: each function takes the words of a match and the frame, and returns None when the words
name no time. Units away from a day keep the unit's precision: "two years ago" is a year, "three days ago" a day.
"""

from datetime import date, timedelta

from communique.resolve.time_calendar import UNKNOWN, day_range, shifted, value_at
from communique.resolve.time_frame import Frame, Meaning, Source, Tense, Words
from communique.resolve.time_meanings import CALENDAR_MEANINGS, UNRESOLVED, Reader


def _unknown(value: str) -> Meaning:
    return Meaning(value=value, source=Source.UNKNOWN, note=UNRESOLVED)


def _from(frame: Frame, value: str, *, prior: bool = False) -> Meaning:
    anchor = f"the expression before it, {frame.prior}" if prior else f"the publication date {frame.publication}"
    return Meaning(value=value, source=Source.PRIOR if prior else Source.PUBLICATION, note=f"from {anchor}")


def reference(words: Words, frame: Frame) -> Meaning | None:
    """A value that the rule itself gives."""
    return Meaning(value=str(words.settings["value"]))


def day_from_publication(words: Words, frame: Frame) -> Meaning | None:
    """Today, yesterday, tomorrow."""
    if frame.publication is None:
        return _unknown(UNKNOWN["D"])
    return _from(frame, (frame.publication + timedelta(days=words.settings["days"])).isoformat())


def part_from_publication(words: Words, frame: Frame) -> Meaning | None:
    """This morning, last night, tonight."""
    part = words.settings.get("part") or words.meaning("part_of_day")
    if frame.day_of_time is not None:
        return Meaning(value=f"{frame.day_of_time}T{part}", source=Source.PRIOR, note="with the day beside it")
    if frame.publication is None:
        return _unknown(f"{UNKNOWN['D']}T{part}")
    return _from(frame, f"{frame.publication + timedelta(days=words.settings['days'])}T{part}")


def _day_for_time(frame: Frame) -> Meaning:
    if frame.day_of_time is not None:
        return Meaning(value=frame.day_of_time, source=Source.PRIOR, note="with the day beside it")
    if frame.prior_day is not None:
        note = f"on the day told before it, {frame.prior_day}"
        return Meaning(value=frame.prior_day.isoformat(), source=Source.PRIOR, note=note)
    return _from(frame, frame.publication.isoformat()) if frame.publication else _unknown(UNKNOWN["D"])


def part_of_prior(words: Words, frame: Frame) -> Meaning | None:
    """A part of the day it is joined with, or of the day told before it."""
    day = _day_for_time(frame)
    value, text = day.value, words.text.lower()
    if frame.day_of_time is None and frame.prior_day is not None:
        shift = 1 if text.startswith(("the next", "the following")) else -1 if text.startswith("the previous") else 0
        value = (frame.prior_day + timedelta(days=shift)).isoformat()
    position = words.parts.get("position", "").lower()
    mod = {"early": "START", "mid": "MID", "late": "END"}.get(position)
    return Meaning(value=f"{value}T{words.meaning('part_of_day')}", source=day.source, note=day.note, mod=mod)


def clock(words: Words, frame: Frame) -> Meaning | None:
    """A time on the clock; `Z` where the zone is UTC, no zone otherwise (the value is local time)."""
    digits = words.parts.get("clock")
    hour = int(digits) if digits else int(words.number("number_word") or 0)
    minutes = int(words.parts.get("minutes", "0"))
    half = words.parts.get("half_day", "").lower()[:1]
    extra = words.parts.get("extra", "").lower()
    if hour > (12 if half else 24) or (half and hour == 0):
        return None
    if (half == "p" and hour < 12) or (not half and extra in ("afternoon", "evening", "night") and hour < 12):
        hour += 12
    elif half == "a" and hour == 12:
        hour = 0
    zone = words.lists["zone"].get(words.parts.get("zone", "").lower(), "")
    offset = any(sign in words.text.split(words.parts.get("zone", "\0"))[-1] for sign in "+-") if zone else False
    day = _day_for_time(frame)
    value = f"{day.value}T{hour:02}:{minutes:02}{zone if not offset else ''}"
    return Meaning(value=value, source=day.source, note=day.note)


def near_unit(words: Words, frame: Frame) -> Meaning | None:
    """Last week, next month, this year; "the previous year" counts from the expression before it."""
    unit, direction = words.unit(), words.direction() or 0
    anchor, prior = frame.publication, False
    if words.relates_to_prior() and frame.prior and (told := day_range(frame.prior)) and told.earliest:
        anchor, prior = told.earliest, True
    if anchor is None:
        return _unknown(UNKNOWN.get(unit, "XXXX"))
    mod = words.settings.get("mod")
    found = _from(frame, value_at(shifted(anchor, unit, direction), unit), prior=prior)
    return Meaning(value=found.value, source=found.source, note=found.note, mod=mod)


def _count(words: Words) -> float | None:
    if words.has("half"):
        return 0.5
    return 1.0 if words.has("one") and not words.has("number") else words.number()


def units_from_publication(words: Words, frame: Frame) -> Meaning | None:
    """So many units ago, from now, or in so many units' time."""
    count, sign, unit = _count(words), int(words.settings["sign"]), words.unit()
    if count is None:
        return Meaning(value="PAST_REF" if sign < 0 else "FUTURE_REF", note="the number is vague")
    if unit.startswith("T"):
        return _from(frame, frame.publication.isoformat()) if frame.publication else _unknown(UNKNOWN["D"])
    if frame.publication is None:
        return _unknown(UNKNOWN.get(unit, "XXXX"))
    return _from(frame, _units_away(frame.publication, unit, sign * count, words.has("anchor_word")))


def _units_away(anchor: date, unit: str, count: float, to_the_day: bool) -> str:
    if count != int(count):  # half a year, a year and a half
        smaller = {"Y": ("M", 12), "10Y": ("Y", 10), "100Y": ("Y", 100), "W": ("D", 7), "M": ("D", 30)}.get(unit)
        if smaller is None:
            return anchor.isoformat()
        return value_at(shifted(anchor, smaller[0], round(count * smaller[1])), smaller[0])
    day = shifted(anchor, unit, int(count))
    if to_the_day or (unit == "W" and abs(count) == 1):  # "a week ago" is said of the same weekday
        return day.isoformat()
    return value_at(day, "Y" if unit in ("10Y", "100Y") else unit)


def units_from_prior(words: Words, frame: Frame) -> Meaning | None:
    """So many units later or earlier: from the expression told before, else from the publication."""
    count, sign, unit = _count(words), int(words.settings["sign"]), words.unit()
    if count is None:
        return Meaning(value="PAST_REF" if sign < 0 else "FUTURE_REF", note="the number is vague")
    if unit.startswith("T"):  # hours keep the day they are counted from: which hour is not known
        return _day_for_time(frame)
    told = day_range(frame.prior) if frame.prior else None
    if unit == "Y" and frame.prior and "-Q" in frame.prior:
        return _from(frame, f"{int(frame.prior[:4]) + sign * int(count)}{frame.prior[4:]}", prior=True)
    order = ["D", "W", "2W", "M", "Q", "Y", "10Y", "100Y"]
    if told and told.earliest and frame.prior:
        finest = next((each for each in order if value_at(told.earliest, each) == frame.prior), "D")
        if order.index(finest) <= order.index(unit):
            return _from(frame, _units_away(told.earliest, unit, sign * count, False), prior=True)
        return _unknown(UNKNOWN.get(unit, "XXXX"))
    if frame.publication is None or sign > 0:
        return _unknown(UNKNOWN.get(unit, "XXXX"))
    return _from(frame, _units_away(frame.publication, unit, sign * count, False))


def same_period(words: Words, frame: Frame) -> Meaning | None:
    """That day, the same week: the unit in which the expression before it lies, else the publication."""
    unit = words.unit()
    if unit == "D":
        anchor, prior = (frame.prior_day, True) if frame.prior_day else (frame.publication, False)
    else:
        told = day_range(frame.prior) if frame.prior else None
        anchor, prior = (told.earliest, True) if told and told.earliest else (frame.publication, False)
    return _from(frame, value_at(anchor, unit), prior=prior) if anchor else _unknown(UNKNOWN.get(unit, "XXXX"))


def beside_prior(words: Words, frame: Frame) -> Meaning | None:
    """The next, following or previous day: beside the day told before it, else beside the publication day."""
    direction = words.direction() or 0
    anchor, prior = (frame.prior_day, True) if frame.prior_day else (frame.publication, False)
    if anchor is None:
        return _unknown(UNKNOWN["D"])
    return _from(frame, (anchor + timedelta(days=direction)).isoformat(), prior=prior)


def same_last_year(words: Words, frame: Frame) -> Meaning | None:
    """As in "the same quarter last year": the period told before it, one year back."""
    if frame.prior and frame.prior[:4].isdigit():
        year = words.integer("year") or int(frame.prior[:4]) - 1
        return _from(frame, f"{year:04}{frame.prior[4:7]}", prior=True)
    if frame.publication is None:
        return _unknown("XXXX")
    return _from(frame, f"{words.integer('year') or frame.publication.year - 1:04}")


def that_time(words: Words, frame: Frame) -> Meaning | None:
    """The time told before it."""
    if frame.prior and not frame.prior.startswith("X"):
        return _from(frame, frame.prior, prior=True)
    return Meaning(value="FUTURE_REF" if frame.tense is Tense.FUTURE else "PAST_REF", note="no time is told before it")


def _period(count: str, unit: str) -> str:
    if unit.startswith("T"):
        return f"PT{count}{unit[1:]}"
    size = unit[:-1]
    if size:  # decades, centuries, fortnights in years and weeks
        count = count if count == "X" else f"{float(count) * int(size):g}"
    return f"P{count}{unit[-1]}"


def duration(words: Words, frame: Frame) -> Meaning | None:
    """So many units long; X when the number is vague."""
    unit = words.unit()
    count: float | None
    if words.has("vague") or words.has("many"):
        count = None
    elif words.has("number"):
        count = words.number()
        if count and "half" in words.text.lower() and count == int(count):
            count += 0.5
    else:
        count = 1.0
    return Meaning(value=_period("X" if count is None else f"{count:.10g}", unit))


def half_duration(words: Words, frame: Frame) -> Meaning | None:
    """Half an hour, a year and a half, three quarters of an hour."""
    unit, text = words.unit(), words.text.lower()
    if "quarter" in text.split(" of ")[0]:
        return Meaning(value=f"PT{45 if text.startswith('three') else 15}M") if unit == "TH" else None
    if text.rstrip().endswith("and a half"):
        return Meaning(value=_period("1.5", unit))
    whole = {"TH": "PT30M", "TM": "PT30S", "D": "PT12H", "Y": "P6M", "10Y": "P5Y", "100Y": "P50Y"}
    return Meaning(value=whole.get(unit, _period("0.5", unit)))


def mixed_duration(words: Words, frame: Frame) -> Meaning | None:
    """Two years and six months."""
    units = {**words.lists["unit"], **words.lists["unit_plural"]}
    big, small = units[words.parts["big"].lower()], units[words.parts["small"].lower()]
    first, second = words.number(), words.number("number2")
    if first is None or second is None or (big.startswith("T") and not small.startswith("T")):
        return None
    joint = "T" if small.startswith("T") and not big.startswith("T") else ""
    return Meaning(value=f"{_period(f'{first:g}', big)}{joint}{second:g}{small[-1]}")


def vague_duration(words: Words, frame: Frame) -> Meaning | None:
    """Years, days, a decades-long dispute."""
    units = {**words.lists["unit"], **words.lists["unit_plural"]}
    unit = units[(words.parts.get("unit_plural") or words.parts["unit_stem"] + "s").lower()]
    return Meaning(value=_period("X", unit))


def every_weekday(words: Words, frame: Frame) -> Meaning | None:
    """Every Monday, on Mondays."""
    return Meaning(value=f"XXXX-WXX-{words.weekday()}")


def every_month(words: Words, frame: Frame) -> Meaning | None:
    """Every May."""
    return Meaning(value=f"XXXX-{words.month():02}")


def every_part(words: Words, frame: Frame) -> Meaning | None:
    """Every morning."""
    return Meaning(value=f"XXXX-XX-XXT{words.meaning('part_of_day')}")


def every_units(words: Words, frame: Frame) -> Meaning | None:
    """Every two years, every other day."""
    if words.has("other"):
        return Meaning(value=_period("2", words.unit()))
    count = words.number()
    return Meaning(value=_period("X" if count is None else f"{count:g}", words.unit()))


def times_a_unit(words: Words, frame: Frame) -> Meaning | None:
    """Twice a week."""
    return Meaning(value=_period("1", words.unit()))


MEANINGS: dict[str, Reader] = CALENDAR_MEANINGS | {
    "reference": reference,
    "day_from_publication": day_from_publication,
    "part_from_publication": part_from_publication,
    "part_of_prior": part_of_prior,
    "clock": clock,
    "near_unit": near_unit,
    "units_from_publication": units_from_publication,
    "units_from_prior": units_from_prior,
    "same_period": same_period,
    "beside_prior": beside_prior,
    "same_last_year": same_last_year,
    "that_time": that_time,
    "duration": duration,
    "half_duration": half_duration,
    "mixed_duration": mixed_duration,
    "vague_duration": vague_duration,
    "every_weekday": every_weekday,
    "every_month": every_month,
    "every_part": every_part,
    "every_units": every_units,
    "times_a_unit": times_a_unit,
}
