"""What passes between two sides: ties with their balance, and the conflict-cooperation score over time.

Scores are the codebook's (PLOVER, Goldstein-like, -10 to 10), the mean over events that took place: what was only announced,
demanded, threatened, denied or remembered does not count. Said is not done.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from communique.codebook.event_types import load_event_types
from communique.records import LinkedEvent, Status
from communique.serve.pages.dates import day_words
from communique.serve.pages.wording import Name, Wording, quad_of
from communique.store import Filters, Record

HAPPENED = (Status.OCCURRED.value, Status.ONGOING.value)
MOST_EVENTS = 4000
GAP_PERIODS = 6
WIDTH, HEIGHT, MIDDLE, LEFT = 900.0, 300.0, 140.0, 34.0
REACH = 110.0  # units of the drawing for a score of 10, and for the fullest bar
PERIODS = ((70, "day"), (500, "week"), (3000, "month"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A tie: `score` is the mean over its claims, `share` the part of them that cooperates."""

    one: Name
    other: Name
    claims: int
    cooperation: int
    conflict: int
    score: float

    @property
    def href(self) -> str:
        """The dyad's page."""
        return f"/actors/{self.one.id}?with={self.other.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A day, week, month or year of a dyad; offsets are units of the drawing. `since` and `until` are ISO days."""

    label: str
    since: str
    until: str
    cooperation: int
    conflict: int
    score: float
    x: float
    width: float
    up: float
    down: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """The drawing: bars, the score's lines as SVG points (broken where nothing happened for long), labels as (x, text)."""

    unit: str
    periods: tuple[Period, ...]
    lines: tuple[str, ...]
    ticks: tuple[tuple[float, str], ...]
    events: int
    mean: float
    fullest: int


LOOKED_AT = 3  # times as many pairs as are shown: the index's order is not quite that of their claims
MOST_LOOKED_AT = 200


def pairs_of(record: Record, filters: Filters, most: int) -> tuple[Pair, ...]:
    """The strongest ties, with names."""
    entries = record.dyads(replace(filters, limit=max(most, min(MOST_LOOKED_AT, most * LOOKED_AT))))[:most]
    wording = Wording(record, (), [each for entry in entries for each in (entry.left, entry.right)])
    return tuple(
        Pair(
            one=wording.name(entry.left),
            other=wording.name(entry.right),
            claims=entry.claims,
            cooperation=sum(number for kind, number in entry.types if quad_of(kind) in (1, 2)),
            conflict=sum(number for kind, number in entry.types if quad_of(kind) in (3, 4)),
            score=sum(score_of(kind) * number for kind, number in entry.types) / max(1, entry.claims),
        )
        for entry in entries
    )


def score_of(event_type: str, modes: Iterable[str] = ()) -> float:
    """The score of a type, or of its first scored mode; 0 for what the codebook does not know."""
    known = load_event_types().types.get(event_type)
    if known is None:
        return 0.0
    return float(next((known.mode_scores[mode] for mode in modes if mode in known.mode_scores), known.score))


def chart_of(record: Record, one: str, other: str) -> Chart | None:
    """The score over time between two actors; None when nothing dated passed between them."""
    filters = Filters(actors=(one, other), statuses=HAPPENED)
    dated: list[tuple[date, LinkedEvent]] = []
    for event in islice(record.iter_events(filters), MOST_EVENTS):
        if event.dates is not None and event.dates.earliest is not None and event.dates.latest is not None:
            dated.append((event.dates.earliest, event))
    if not dated:
        return None
    dated.sort(key=lambda each: (each[0], each[1].id))
    span = (dated[-1][0] - dated[0][0]).days
    unit = next((name for days, name in PERIODS if span <= days), "year")
    groups: dict[date, list[LinkedEvent]] = defaultdict(list)
    for day, event in dated:
        groups[_begin(day, unit)].append(event)
    first, last = min(groups), _after(max(groups), unit)
    whole = (last - first).days
    fullest = max(
        max(sum(quad_of(event.type) < 3 for event in each), sum(quad_of(event.type) > 2 for event in each))
        for each in groups.values()
    )
    periods = tuple(
        _period(begin, unit, events, first, whole, max(1, fullest)) for begin, events in sorted(groups.items())
    )
    scores = [score_of(event.type, event.modes) for _, event in dated]
    return Chart(
        unit=unit,
        periods=periods,
        lines=_lines(periods, (WIDTH - LEFT) / whole * {"day": 1, "week": 7, "month": 30.4, "year": 365}[unit]),
        ticks=_ticks(first, last),
        events=len(dated),
        mean=sum(scores) / len(scores),
        fullest=fullest,
    )


def _period(begin: date, unit: str, events: list[LinkedEvent], first: date, whole: int, fullest: int) -> Period:
    after = _after(begin, unit)
    cooperation = sum(quad_of(event.type) in (1, 2) for event in events)
    conflict = sum(quad_of(event.type) in (3, 4) for event in events)
    score = sum(score_of(event.type, event.modes) for event in events) / len(events)
    wide = (WIDTH - LEFT) * (after - begin).days / whole
    return Period(
        label=day_words(begin) if unit == "day" else f"{unit} of {day_words(begin)}" if unit == "week" else
        f"{begin:%B %Y}" if unit == "month" else str(begin.year),
        since=begin.isoformat(),
        until=(after - timedelta(days=1)).isoformat(),
        cooperation=cooperation,
        conflict=conflict,
        score=score,
        x=LEFT + (WIDTH - LEFT) * (begin - first).days / whole + min(1.0, wide / 8),
        width=max(2.0, min(wide - min(2.0, wide / 4), 42.0)),
        up=REACH * cooperation / fullest,
        down=REACH * conflict / fullest,
        y=MIDDLE - score / 10 * REACH,
    )  # fmt: skip


def _lines(periods: tuple[Period, ...], step: float) -> tuple[str, ...]:
    """The score's points, a new line after every gap of more than GAP_PERIODS."""
    lines: list[list[str]] = []
    before = float("-inf")
    for each in periods:
        if each.x - before > step * GAP_PERIODS:
            lines.append([])
        lines[-1].append(f"{each.x + each.width / 2:.1f},{each.y:.1f}")
        before = each.x
    return tuple(" ".join(line) for line in lines if len(line) > 1)


def _begin(day: date, unit: str) -> date:
    if unit == "week":
        return day - timedelta(days=day.weekday())
    if unit == "month":
        return day.replace(day=1)
    return day.replace(month=1, day=1) if unit == "year" else day


def _after(begin: date, unit: str) -> date:
    if unit == "month":
        return (begin + timedelta(days=31)).replace(day=1)
    if unit == "year":
        return (begin + timedelta(days=366)).replace(month=1, day=1)
    return begin + timedelta(days=7 if unit == "week" else 1)


def _ticks(first: date, last: date) -> tuple[tuple[float, str], ...]:
    """Up to seven labels, evenly over the days."""
    whole = (last - first).days
    number = min(7, whole)
    days = [first + timedelta(days=whole * each // number) for each in range(number)]
    told = "%d %b %Y" if whole < 500 else "%b %Y"
    return tuple((LEFT + (WIDTH - LEFT) * (day - first).days / whole, f"{day:{told}}".lstrip("0")) for day in days)
