"""Where a party stands on an issue, and the words that say so."""

from dataclasses import dataclass
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
