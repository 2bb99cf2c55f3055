"""A claim as the program made it, and the judgements on it → the claim as it stands. Nothing of the program's is lost.

The judgements hold in the order in which they were made: a correction after a rejection takes the claim back in, a second
correction goes on from the first.
"""

import calendar
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from communique.records import (
    Actor,
    ActorKind,
    Claim,
    DateRange,
    FieldDecision,
    Judgement,
    Place,
    Precision,
    Role,
    Status,
    StorageError,
    Timex,
    TimexType,
    Verdict,
    make_id,
)

JUDGED = "judgement"
NAMABLE = ("name", "country", "kind", "sectors")
CORRECTABLE = ("type", "status", "modes", "date", "place", "actors", "recipients")
ON_ONE_CLAIM = (Verdict.CONFIRMED, Verdict.CORRECTED, Verdict.REJECTED)
ON_TWO_CLAIMS = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)

ISO_DAY = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{2})(?:-(?P<day>\d{2}))?)?")


@dataclass(frozen=True, slots=True)
class Standing:
    """A claim as it stands after some judgements."""

    claim: Claim
    rejected: bool = False


def standing(claim: Claim, judgements: Sequence[Judgement], place_called: Callable[[str], Place | None]) -> Standing:
    """The claim after the judgements, the oldest first; `place_called` knows the record's places by their names."""
    rejected = False
    for judgement in judgements:
        rejected = judgement.verdict is Verdict.REJECTED
        if judgement.verdict is Verdict.CONFIRMED:
            claim = replace(
                claim, decisions=tuple(replace(each, rule=JUDGED, confidence=1.0) for each in claim.decisions)
            )
        elif judgement.verdict is Verdict.CORRECTED:
            for field, value in judgement.changes:
                claim = _changed(claim, field, value.strip(), place_called)
    return Standing(claim, rejected)


def _changed(claim: Claim, field: str, value: str, place_called: Callable[[str], Place | None]) -> Claim:
    made = {
        "type": lambda: replace(claim, type=value, like=None if value != claim.type else claim.like),
        "status": lambda: replace(claim, status=Status(value), status_span=None),
        "modes": lambda: replace(claim, modes=_listed(value)),
        "date": lambda: replace(claim, date=_date(claim, value)),
        "place": lambda: replace(claim, place=_place(claim, value, place_called)),
        "actors": lambda: replace(claim, actors=_roles(claim, value)),
        "recipients": lambda: replace(claim, recipients=_roles(claim, value)),
    }[field]()
    decision = FieldDecision(field=field, rule=JUDGED, confidence=1.0)
    kept = [decision if each.field == field else each for each in made.decisions]
    return replace(made, decisions=tuple(kept if decision in kept else [*kept, decision]))


def _listed(value: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(part.strip() for part in value.split(",") if part.strip()))


def _roles(claim: Claim, value: str) -> tuple[Role, ...]:
    """The actors in a role, each with the words that name it in this claim, where there are any."""
    known = {role.actor_id: role for role in (*claim.actors, *claim.recipients, *claim.asserted_by)}
    return tuple(known.get(each, Role(actor_id=each, span=None)) for each in _listed(value))


def _date(claim: Claim, value: str) -> Timex | None:
    if not value:
        return None
    first, last, precision = days_of(value)
    span = claim.date.span if claim.date is not None else claim.trigger
    return Timex(
        id=make_id("timex", claim.id, JUDGED, value),
        span=span,
        type=TimexType.DATE,
        value=value,
        dates=DateRange(earliest=first, latest=last, precision=precision),
        reason="given by a person",
    )


def days_of(value: str) -> tuple[date, date, Precision]:
    """First and last day of an ISO day, month or year. Raises ValueError for anything else."""
    found = ISO_DAY.fullmatch(value)
    if found is None:
        raise ValueError(f"{value} is no ISO day, month or year")
    year, month, day = (int(found[name]) if found[name] else None for name in ("year", "month", "day"))
    assert year is not None
    if month is None:
        return date(year, 1, 1), date(year, 12, 31), Precision.YEAR
    if day is None:
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]), Precision.MONTH
    return date(year, month, day), date(year, month, day), Precision.DAY


def _place(claim: Claim, value: str, place_called: Callable[[str], Place | None]) -> Place | None:
    if not value:
        return None
    span = claim.place.span if claim.place is not None else claim.trigger
    known = place_called(value)
    if known is None:
        return Place(name=value, span=span, reason="given by a person")
    return replace(known, span=span, reason="given by a person")


def named(actor: Actor, judgements: Sequence[Judgement]) -> Actor:
    """The actor as people named it, the oldest judgement first. Its id stays."""
    for judgement in judgements:
        changes = {field: value.strip() for field, value in judgement.changes}
        actor = replace(
            actor,
            name=changes.get("name", actor.name),
            country=(changes["country"].upper() or None) if "country" in changes else actor.country,
            kind=ActorKind(changes["kind"]) if "kind" in changes else actor.kind,
            sectors=_listed(changes["sectors"]) if "sectors" in changes else actor.sectors,
        )
    return actor


def check(judgement: Judgement) -> None:
    """Raises StorageError, in one line, for a judgement that cannot be applied whatever the record holds."""
    changes: Mapping[str, str] = dict(judgement.changes)
    if judgement.verdict in ON_TWO_CLAIMS and (judgement.other is None or judgement.other == judgement.subject):
        raise StorageError(
            f"{judgement.subject}: `{judgement.verdict.value}` judges two claims; name the other one too"
        )
    if judgement.verdict is Verdict.CORRECTED:
        if not changes:
            raise StorageError(f"{judgement.subject}: a correction without a value; say what is to be changed")
        for field, value in changes.items():
            _check_change(judgement.subject, field, value.strip())
    if judgement.verdict is Verdict.NAMED:
        _check_name(judgement.subject, changes)


def _check_name(subject: str, changes: Mapping[str, str]) -> None:
    unknown = [field for field in changes if field not in NAMABLE]
    if unknown or not changes:
        raise StorageError(
            f"{subject}: {', '.join(unknown) or 'nothing'} is to be named; these can: {', '.join(NAMABLE)}"
        )
    if "name" in changes and not changes["name"].strip():
        raise StorageError(f"{subject}: an actor needs a name")
    if "kind" in changes and changes["kind"].strip() not in {each.value for each in ActorKind}:
        raise StorageError(f"{subject}: {changes['kind']} is no kind; these are: {', '.join(ActorKind)}")


def _check_change(subject: str, field: str, value: str) -> None:
    if field not in CORRECTABLE:
        raise StorageError(f"{subject}: {field} cannot be corrected; these can: {', '.join(CORRECTABLE)}")
    if field == "status" and value not in {each.value for each in Status}:
        raise StorageError(f"{subject}: {value} is no status; these are: {', '.join(each.value for each in Status)}")
    if field == "type" and not value:
        raise StorageError(f"{subject}: a claim needs a type")
    if field == "date" and value:
        try:
            days_of(value)
        except ValueError:
            raise StorageError(
                f"{subject}: {value} is no date; give a day (2022-01-10), a month (2022-01) or a year, or nothing"
            ) from None
