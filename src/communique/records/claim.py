"""One coded event as one article reports it."""

from dataclasses import dataclass
from enum import StrEnum

from communique.records.dates import Timex
from communique.records.place import Place
from communique.records.span import Span


class Status(StrEnum):
    """Whether the event that the claim's type names took place, as the words have it."""

    OCCURRED = "occurred"
    ONGOING = "ongoing"
    SCHEDULED = "scheduled"
    DEMANDED = "demanded"
    THREATENED = "threatened"
    HYPOTHETICAL = "hypothetical"
    DENIED = "denied"
    ASKED = "asked"
    HISTORICAL = "historical"


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """An actor in a role, and the words that name it (None when it is carried over, e.g. the subject of the clause above)."""

    actor_id: str
    span: Span | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldDecision:
    """What decided a field, and how sure: `field` is a field of Claim, `rule` a rule or model name, confidence 0 to 1."""

    field: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """`type` is a PLOVER 2.0 event type; `meeting_type` says what an announced future event will be (CONSULT for a meeting).

    `trigger` are the words that name the event, `evidence` the clauses it stands on (the first is the main one).
    `status_span` are the words that decided the status (None when it is the plain past or present). `asserted_by` are
    the speakers who report it; empty means the article's own voice. `condition` quotes an if-clause that it hangs on,
    `content` what is demanded, promised, refused or criticised, where the claim is about something. `like` is set where
    `type` is one of the user's own codebook: the PLOVER type that it stands under.
    """

    id: str
    article_id: str
    type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    date: Timex | None
    place: Place | None
    status: Status
    status_span: Span | None
    asserted_by: tuple[Role, ...]
    trigger: Span
    evidence: tuple[Span, ...]
    decisions: tuple[FieldDecision, ...]
    meeting_type: str | None = None
    condition: Span | None = None
    content: Span | None = None
    like: str | None = None

    @property
    def plover_type(self) -> str:
        """The type by which exports and scores know the claim."""
        return self.like or self.type

    @property
    def confidence(self) -> float:
        """The weakest field's confidence."""
        return min((each.confidence for each in self.decisions), default=0.0)
