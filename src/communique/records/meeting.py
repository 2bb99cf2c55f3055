"""An announced meeting, as an object with a status."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from communique.records.claim import Role
from communique.records.dates import DateRange, Timex
from communique.records.place import Place
from communique.records.span import Span


class MeetingStatus(StrEnum):
    """How far it has come."""

    ANNOUNCED = "announced"
    CONFIRMED = "confirmed"
    POSTPONED = "postponed"
    CANCELLED = "cancelled"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """`claims` are the ids of the claims it was built from; `evidence` their words; `format` e.g. visit, phone, council."""

    id: str
    article_id: str
    parties: tuple[Role, ...]
    date: Timex | None
    place: Place | None
    format: str | None
    status: MeetingStatus
    evidence: tuple[Span, ...]
    claims: tuple[str, ...]
    condition: Span | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingMove:
    """One word that moved a meeting: the status it gave, the claim that says so, its article and the day it was said (or None)."""

    status: MeetingStatus
    claim_id: str
    article_id: str
    day: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedMeeting:
    """One announced meeting over all articles. `meetings` are the ids of its members, `moves` its status history, oldest first.

    `parties` are actor ids, one for each side. `dates` is what the latest announcement says (a postponed meeting has its new
    date, or None), `status` the latest move's. Same rule for the id as with linked events: made from the first member.
    """

    id: str
    meetings: tuple[str, ...]
    parties: tuple[str, ...]
    dates: DateRange | None
    place: str | None
    country: str | None
    format: str | None
    status: MeetingStatus
    moves: tuple[MeetingMove, ...]
    articles: int
    voices: int
