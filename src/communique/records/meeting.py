"""An announced meeting, as an object with a status."""

from dataclasses import dataclass
from enum import StrEnum

from communique.records.claim import Role
from communique.records.dates import Timex
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
