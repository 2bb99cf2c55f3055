"""Gold meetings and positions and the program's, over all articles.

A meeting is found by its parties and by its date or place; it is right when its status is. A line of positions is
found by issue and party; it is right when the stance it ends with is one of those that fit, and its turns are told on
the days of the gold's turns (one day early or late allowed), none more, none less.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from communique.evaluate.assignment import assign
from communique.evaluate.linked_gold import Days, GoldMeeting, GoldPosition, LinkedGold
from communique.evaluate.linked_record import LinkedRecord
from communique.evaluate.locating import plain
from communique.records import Actor, DateRange, Line, LinkedMeeting

SLACK = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingScore:
    """`right` of `expected`, of which `found`; the parts that make it right; a line for each that is not."""

    right: int
    found: int
    expected: int
    parts: tuple[tuple[str, int], ...]
    errors: tuple[str, ...]

    def as_json(self) -> dict[str, int]:
        """The counts."""
        return {"right": self.right, "found": self.found, "expected": self.expected} | dict(self.parts)


def score_meetings(gold: LinkedGold, record: LinkedRecord) -> StandingScore:
    """`parts`: how many have the right `dates`, and the right `histories` (the statuses in order, each once)."""
    meetings = record.links.meetings
    order = [_meeting_candidates(wanted, meetings, record.actors) for wanted in gold.meetings]
    pairs, errors = assign(order), list[str]()
    right = dated = historic = 0
    for number, wanted in enumerate(gold.meetings):
        if number not in pairs:
            errors.append(f"meeting {wanted.id}: missed")
            continue
        found = meetings[pairs[number]]
        moves = list(dict.fromkeys(move.status.value for move in found.moves))
        should = list(dict.fromkeys(status.value for status, _ in wanted.history))
        right += found.status is wanted.status
        dated += within(found.dates, wanted.date)
        historic += moves == should
        if found.status is not wanted.status:
            errors.append(f"meeting {wanted.id}: is {found.status}, should be {wanted.status}")
        if moves != should:
            errors.append(f"meeting {wanted.id}: was {', '.join(moves)}, should have been {', '.join(should)}")
    return StandingScore(
        right=right,
        found=len(pairs),
        expected=len(gold.meetings),
        parts=(("dates", dated), ("histories", historic)),
        errors=tuple(errors),
    )


def _meeting_candidates(
    wanted: GoldMeeting, meetings: tuple[LinkedMeeting, ...], actors: Mapping[str, Actor]
) -> list[int]:
    ranked = []
    for number, each in enumerate(meetings):
        parties = [actors[party] for party in each.parties if party in actors]
        if not all(any(is_party(names, actor) for actor in parties) for names in wanted.parties):
            continue
        dated, placed = within(each.dates, wanted.date), wanted.place is not None and each.place == wanted.place
        if dated or placed:
            ranked.append((not dated, not placed, -each.articles, number))
    return [number for *_, number in sorted(ranked)]


def score_positions(gold: LinkedGold, record: LinkedRecord) -> StandingScore:
    """`parts`: how many have the right stance `now`, and the right `changes` of those for which they are asked."""
    lines = record.links.lines
    order = [_line_candidates(wanted, lines, record.actors) for wanted in gold.positions]
    pairs, errors = assign(order), list[str]()
    right = now = turned = 0
    for number, wanted in enumerate(gold.positions):
        name = f"position of {wanted.party[0]} on {wanted.issue[0]}"
        if number not in pairs:
            errors.append(f"{name}: missed")
            continue
        found = lines[pairs[number]]
        stands = found.now in wanted.now
        turns = [entry.day for entry in found.entries if entry.changed]
        same = wanted.changes is None or same_turns(turns, wanted.changes)
        now, turned, right = now + stands, turned + same, right + (stands and same)
        if not stands:
            errors.append(f"{name}: is {found.now}, should be {' or '.join(wanted.now)}")
        if not same and wanted.changes is not None:
            should = ", ".join(str(first) for first, _ in wanted.changes) or "never"
            errors.append(f"{name}: turns {', '.join(map(str, turns)) or 'never'}, should turn {should}")
    return StandingScore(
        right=right,
        found=len(pairs),
        expected=len(gold.positions),
        parts=(("now", now), ("changes", turned)),
        errors=tuple(errors),
    )


def _line_candidates(wanted: GoldPosition, lines: tuple[Line, ...], actors: Mapping[str, Actor]) -> list[int]:
    ranked = []
    for number, line in enumerate(lines):
        actor = actors.get(line.party)
        if line.issue not in wanted.issue or actor is None or not is_party(wanted.party, actor):
            continue
        days = [entry.day for entry in line.entries if entry.day is not None]
        meets = any(wanted.first - SLACK <= day <= wanted.last + SLACK for day in days)
        ranked.append((not meets, wanted.issue.index(line.issue), -len(line.entries), number))
    return [number for *_, number in sorted(ranked)]


def is_party(names: tuple[str, ...], actor: Actor) -> bool:
    """True when one of the names is the actor's country (a code in capitals), its own or its organisation's."""
    own = {plain(each).lower() for each in (actor.name, actor.organization) if each}
    return any(name == actor.country or plain(name).lower() in own for name in names)


def within(dates: DateRange | None, wanted: Days) -> bool:
    """True when the dates are known and overlap the wanted days."""
    if dates is None or (dates.earliest is None and dates.latest is None):
        return False
    first, last = wanted
    return (dates.earliest or date.min) <= last and first <= (dates.latest or date.max)


def same_turns(turns: list[date | None], wanted: tuple[Days, ...]) -> bool:
    """True when each turn falls on days of a wanted one and each wanted one is told."""
    fitting = [
        [number for number, day in enumerate(turns) if day is not None and first - SLACK <= day <= last + SLACK]
        for first, last in wanted
    ]
    return len(turns) == len(wanted) == len(assign(fitting))
