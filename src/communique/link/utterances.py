"""Positions of one party on one issue → utterances: several reports of one saying are one.

In: positions in order of day, article and place. Out: groups of them, in the order of their first. Two reports tell the same
utterance when stance and addressee agree, their days lie close together, and nothing but the wording differs; where two
different people are quoted, or the days are apart, the words have to be alike too.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from communique.link.words import alike
from communique.records import ActorKind, Sides, Stance

REPORTED_WITHIN_DAYS = 2  # a report lags, or the day turns earlier elsewhere
SAME_OCCASION_DAYS = 1  # what one speaker says again and again on one visit
ALIKE = 0.5  # cosine of the contents' stems


@dataclass(frozen=True, slots=True, kw_only=True)
class Voiced:
    """One position with what is compared: `day` (None: unknown), the sides it is directed at, who is quoted, its stems.

    `sign` is +1 for a demand, offer or support, -1 for opposition or rejection, 0 where it takes no side
    (a question left open, an allegation); `turned` when what
    it is about is the end or the opposite of the issue, `names` when its words name the issue. `by_others` when somebody
    else reports it.
    """

    id: str
    article_id: str
    start: int
    stance: Stance
    sign: int
    turned: bool
    names: bool
    day: date | None
    of: frozenset[str]
    by: str | None
    by_others: bool
    stems: frozenset[str]
    strength: float


@dataclass(slots=True)
class Utterance:
    """Reports of one saying; the first one's day is its day."""

    members: list[Voiced]
    of: set[str] = field(default_factory=set)

    @property
    def first(self) -> Voiced:
        """The earliest report."""
        return self.members[0]

    def add(self, report: Voiced) -> None:
        """One more report."""
        self.members.append(report)
        self.of |= report.of


def utterances(reports: Sequence[Voiced], sides: Sides) -> list[Utterance]:
    """The utterances; each report belongs to exactly one, the nearest before it that it can be one with."""
    made: list[Utterance] = []
    dated: dict[Stance, list[Utterance]] = {}
    undated: dict[Stance, list[Utterance]] = {}
    for report in reports:
        pool = (dated if report.day else undated).setdefault(report.stance, [])
        if report.day is not None:  # days only grow, so what lies too far back never comes near again
            pool[:] = [each for each in pool if _days(each.first, report) <= REPORTED_WITHIN_DAYS]
        fitting = next((each for each in reversed(pool) if _one(each, report, sides)), None)
        if fitting is None:
            fitting = Utterance([report], set(report.of))
            made.append(fitting)
            pool.append(fitting)
        else:
            fitting.add(report)
    return made


def _days(one: Voiced, other: Voiced) -> int:
    return abs((other.day - one.day).days) if one.day and other.day else 0


def _one(told: Utterance, report: Voiced, sides: Sides) -> bool:
    if told.of and report.of and not told.of & report.of:
        return False
    if any(same_content(each, report) for each in told.members):
        return True
    if report.day is None or _days(told.first, report) > SAME_OCCASION_DAYS or told.first.turned != report.turned:
        return False
    return not any(_two_people(each.by, report.by, sides) for each in told.members)


def same_content(one: Voiced, other: Voiced) -> bool:
    """True when two contents share most of what their words say."""
    return one.stems == other.stems or alike(one.stems, other.stems, one.strength, other.strength) >= ALIKE


def _two_people(one: str | None, other: str | None, sides: Sides) -> bool:
    """True when two persons are quoted; a ministry and its spokesman are one voice."""
    if one is None or other is None or one == other:
        return False
    people = [sides.actor(each) for each in (one, other)]
    return all(each is not None and each.kind is ActorKind.PERSON for each in people)
