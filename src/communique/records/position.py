"""Where a party stands on an issue, and the words that say so."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from communique.records.claim import Role
from communique.records.dates import Timex
from communique.records.span import Span


class Stance(StrEnum):
    """What the party does about the issue."""

    DEMANDS = "demands"
    OFFERS = "offers"
    SUPPORTS = "supports"
    OPPOSES = "opposes"
    REJECTS = "rejects"
    UNANSWERED = "unanswered"


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """`party` holds the stance, `of` is whom it is directed at, `by` the person who voiced it for the party.

    `asserted_by` is set when somebody else than the party reports it. `basis` is the id of the claim or statement
    it was read from, or of the article where the words are in neither.
    """

    id: str
    article_id: str
    issue: str
    party: Role
    stance: Stance
    content: Span
    basis: str
    of: tuple[Role, ...] = ()
    by: Role | None = None
    asserted_by: Role | None = None
    date: Timex | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LineEntry:
    """One point of a line: the positions (ids; several reports of one utterance are one entry), the stance and day they give.

    `changed` is True when the stance differs in direction from the entry before; `answers` is the position id of the demand
    or question that it responds to; `owed` is True for an unanswered question that no later entry answers.
    `by_others` is True when nobody of the party itself is quoted for it.
    """

    positions: tuple[str, ...]
    stance: Stance
    day: date | None
    changed: bool = False
    answers: str | None = None
    owed: bool = False
    by_others: bool = False
    voices: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One party's stances on one issue over time, oldest first, undated last. `party` is an actor id that stands for the side.

    `now` is the stance of the latest dated entry (of the last one when none is dated).
    """

    id: str
    issue: str
    party: str
    side: str
    now: Stance
    entries: tuple[LineEntry, ...]
