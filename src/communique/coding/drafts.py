"""A frame match on its way to a claim: what each step of the coding adds to it."""

from dataclasses import dataclass

from communique.coding.classifier import Labels
from communique.coding.dating import Dating
from communique.coding.matching import Match
from communique.coding.prototypes import Borne
from communique.coding.settling import Settled
from communique.coding.status import StatusReading
from communique.records import Role, Statement


@dataclass(frozen=True, slots=True)
class Draft:
    """A match on its way to a claim."""

    match: Match
    reading: StatusReading
    settled: Settled
    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    statement: Statement | None
    dating: Dating | None
    recipient_rule: str
    modes: tuple[str, ...]
    labels: Labels | None = None  # what the model read at it
    own: Borne | None = None  # the type of the user's own codebook that it bears
    overruled: bool = False  # the model's type stands against the frame's
