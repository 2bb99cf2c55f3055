"""A PLOVER type and modes → quad class, score, and the type under which PLOVER files an event that is still ahead."""

from collections.abc import Iterable, Sequence

from communique.codebook.contexts import load_contexts
from communique.codebook.event_types import load_event_types
from communique.records import Status

ANNOUNCED = {"CONSULT", "SUPPORT", "COOPERATE", "AID"}
DONE = (Status.OCCURRED, Status.ONGOING, Status.SCHEDULED)


def score_of(plover_type: str, modes: Sequence[str]) -> float:
    """The Goldstein-like score of PLOVER 2.0: that of the mode farthest from 0, of the type where it has no known mode."""
    event_type = load_event_types().types[plover_type]
    own = [event_type.mode_scores[mode] for mode in modes if mode in event_type.mode_scores]
    return float(max(own, key=abs, default=event_type.score))


def coded_type(plover_type: str, status: Status) -> str:
    """The type in formats that have no status: an announced CONSULT, SUPPORT, COOPERATE or AID is an AGREE (PLOVER 2.0)."""
    return "AGREE" if status is Status.SCHEDULED and plover_type in ANNOUNCED else plover_type


def countable(plover_type: str, status: Status) -> bool:
    """True for what formats without a status may hold: it happened, goes on, or its announcement did (as AGREE).

    "Said is not done": there a denial, question, demand, threat, condition or anniversary would read as the deed.
    """
    return status in DONE and (status is not Status.SCHEDULED or coded_type(plover_type, status) == "AGREE")


def in_order(contexts: Iterable[str]) -> tuple[str, ...]:
    """Contexts in the codebook's order, each once; unknown ones last."""
    known = list(load_contexts().definitions)
    return tuple(sorted(set(contexts), key=lambda each: (known.index(each) if each in known else len(known), each)))
