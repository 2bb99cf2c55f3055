"""What went wrong with one input, kept in the record: one bad document never stops a run, and nothing is lost."""

from dataclasses import dataclass
from enum import StrEnum

from communique.records.ids import make_id


class Severity(StrEnum):
    """`error`: the input gave nothing; `warning`: it was read, with something left out or doubtful."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """`stage` is the room that met it (read, clean, annotate, …), `source` the file, address or record it is about."""

    id: str
    stage: str
    source: str
    reason: str
    remedy: str
    severity: Severity = Severity.ERROR


def make_problem(*, stage: str, source: str, reason: str, remedy: str, severity: Severity = Severity.ERROR) -> Problem:
    """A problem with its id made from stage, source and reason."""
    identity = make_id("problem", stage, source, reason)
    return Problem(id=identity, stage=stage, source=source, reason=reason, remedy=remedy, severity=severity)
