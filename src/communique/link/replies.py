"""Who asked what of whom, and which utterance answers it.

In: the demands and questions on one issue, and one party's utterances on it. Out: for an utterance the position that it
responds to: its own side's unanswered question, or the latest demand made of that side.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from communique.records import Stance

REPLIES = frozenset({Stance.OFFERS, Stance.SUPPORTS, Stance.OPPOSES, Stance.REJECTS})
OPEN_DAYS = 120  # a demand of last year is not what today's refusal answers


@dataclass(frozen=True, slots=True, kw_only=True)
class Demand:
    """A demand of one side; `of` are the sides it is made of (empty: whom it may concern)."""

    position: str
    side: str
    of: frozenset[str]
    day: date


class Demands:
    """The dated demands on one issue."""

    def __init__(self, demands: Iterable[Demand]) -> None:
        self._to: dict[str, list[Demand]] = {}
        self._from: dict[str, list[Demand]] = {}
        for each in sorted(demands, key=lambda each: (each.day, each.position)):
            self._from.setdefault(each.side, []).append(each)
            for side in sorted(each.of):
                self._to.setdefault(side, []).append(each)

    def answered(self, side: str, of: frozenset[str], day: date) -> Demand | None:
        """The latest demand that what `side` tells `of` on that day responds to: one made of it, by those it speaks to."""
        made = [_latest(self._to.get(side, []), day, of)]
        made += [_latest(self._from.get(other, []), day, frozenset()) for other in sorted(of - {side})]
        found = [each for each in made if each is not None and each.side != side and (not each.of or side in each.of)]
        return max(found, key=lambda each: (each.day, each.position), default=None)


def _latest(demands: list[Demand], day: date, of: frozenset[str]) -> Demand | None:
    """The last one up to that day that is not too old and, where somebody is spoken to, was made by one of them."""
    place = bisect_right(demands, day, key=lambda each: each.day)
    for each in reversed(demands[max(0, place - 50) : place]):
        if (day - each.day).days > OPEN_DAYS:
            return None
        if not of or each.side in of:
            return each
    return None
