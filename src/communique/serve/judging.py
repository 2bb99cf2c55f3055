"""What a person decides about the record → a Judgement, checked field by field before it is kept.

For the forms of the pages as for the API. The words that a judgement is about are kept beside the id, so that it finds its claim
again when a later version of the program reads the article anew.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from communique.records import (
    Actor,
    ActorKind,
    Claim,
    Judgement,
    Status,
    StorageError,
    Verdict,
    make_judgement,
)
from communique.serve.access import LONGEST_NAME
from communique.serve.problems import RefusedError
from communique.serve.query import event_type_names
from communique.serve.site import Site
from communique.store import Record

PAIRED = frozenset({Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE})
CLAIM_FIELDS = ("type", "status", "modes", "date", "place", "actors", "recipients")
ACTOR_FIELDS = ("name", "country", "kind", "sectors")
LONGEST_CHANGE = 400
LONGEST_REASON = 2_000

ISO_DATE = re.compile(r"([1-9][0-9]{3})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")
CODES = re.compile(r"[A-Z]{3}(, ?[A-Z]{3})*")
MODES = re.compile(r"[a-z][a-z -]{0,40}(, ?[a-z][a-z -]{0,40}){0,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody sends: `subject` and `other` are ids or their first digits."""

    verdict: Verdict
    subject: str
    other: str | None = None
    changes: Mapping[str, str] = field(default_factory=dict)
    reason: str = ""
    judge: str


def keep_judgement(site: Site, decision: Decision) -> Judgement:
    """Keeps it and gives what was kept. Raises RefusedError (404 for unknown ids, 422 for what makes no sense)."""
    record = site.record
    kind = Actor if decision.verdict is Verdict.NAMED else Claim
    subject = _found(record, decision.subject, kind)
    other = None
    if decision.verdict in PAIRED:
        if not decision.other:
            raise _wrong("other", f"is needed: {decision.verdict} judges two claims")
        other = _found(record, decision.other, Claim)
        if other.id == subject.id:
            raise _wrong("other", "is the same claim")
    elif decision.other:
        raise _wrong("other", f"makes no sense: {decision.verdict} judges one record")
    judgement = make_judgement(
        verdict=decision.verdict,
        subject=subject.id,
        other=other.id if other else None,
        changes=_changes(record, decision),
        judge=decision.judge.strip()[:LONGEST_NAME] or "reader",
        judged_at=site.now(),
        reason=decision.reason.strip(),
        anchor=_anchor(subject),
        other_anchor=_anchor(other) if other else None,
    )
    record.judge(judgement)
    site.jobs.link_again()
    return judgement


def withdraw_judgement(site: Site, judgement_id: str) -> None:
    """Undoes a judgement: the record says again what the program had said. Raises RefusedError."""
    if not site.record.withdraw(judgement_id, site.now()):
        raise RefusedError(404, "There is no judgement with that id, or it was withdrawn before.")
    site.jobs.link_again()


def _found(record: Record, asked: str, kind: type[Actor] | type[Claim]) -> Actor | Claim:
    word = kind.__name__.lower()
    try:
        found = record.find(asked if "-" in asked else f"{word}-{asked}")
    except StorageError as error:
        if ("-" not in asked and str(error).startswith(f"{word}-{asked}: ")) or str(error).startswith(f"{asked}: "):
            raise RefusedError(404, f"No {word} has the id {asked}.") from None
        raise
    if not isinstance(found, (Actor, Claim)) or not isinstance(found, kind):
        raise _wrong("subject", f"names no {word}")
    return found


def _anchor(subject: Actor | Claim) -> str | None:
    if isinstance(subject, Actor):
        return None
    return f"{subject.article_id}:{subject.trigger.start}-{subject.trigger.end}"


def _changes(record: Record, decision: Decision) -> tuple[tuple[str, str], ...]:
    """The changes in the order of the fields, each checked."""
    changing = {Verdict.CORRECTED: CLAIM_FIELDS, Verdict.NAMED: ACTOR_FIELDS}
    known = changing.get(decision.verdict, ())
    if decision.changes and not known:
        raise _wrong("changes", f"make no sense: {decision.verdict} changes nothing")
    if known and not decision.changes:
        raise _wrong("changes", f"are needed: any of {', '.join(known)}")
    faults = [(f"changes.{name}", f"is none of {', '.join(known)}") for name in decision.changes if name not in known]
    made: list[tuple[str, str]] = []
    for name in known:
        if name not in decision.changes:
            continue
        value = decision.changes[name].strip()
        fault = _fault(record, name, value)
        if fault:
            faults.append((f"changes.{name}", fault))
        made.append((name, value))
    if faults:
        raise RefusedError(422, "The judgement cannot be kept.", faults=faults)
    return tuple(made)


def _fault(record: Record, name: str, value: str) -> str | None:
    """What is wrong with the new value of a field; None when nothing is."""
    if len(value) > LONGEST_CHANGE or not value.isprintable():
        return f"is longer than {LONGEST_CHANGE} characters, or holds characters that cannot be printed"
    if name == "type":
        return _none_of(value, event_type_names())
    if name == "status":
        return _none_of(value, Status)
    if name == "kind":
        return _none_of(value, ActorKind)
    if name == "modes":
        return None if not value or MODES.fullmatch(value) else "is no list of modes with commas between"
    if name == "date":
        return (
            None if not value or _is_date(value) else f"{value!r} is no day, month or year (2022-01-10, 2022-01, 2022)"
        )
    if name == "country":
        return None if not value or re.fullmatch("[A-Z]{3}", value) else "is no ISO code of three letters"
    if name == "sectors":
        return None if not value or CODES.fullmatch(value) else "is no list of codes of three letters"
    if name in ("actors", "recipients"):
        return _unknown_actors(record, value)
    return "is empty" if name == "name" and not value else None


def _unknown_actors(record: Record, value: str) -> str | None:
    asked = [each.strip() for each in value.split(",") if each.strip()]
    known = record.actors_by_id(asked)
    unknown = [each for each in asked if each not in known]
    return f"no actor has the id {', '.join(unknown)}" if unknown else None


def _is_date(value: str) -> bool:
    match = ISO_DATE.fullmatch(value)
    try:
        return match is not None and bool(date(int(match[1]), int(match[2] or 1), int(match[3] or 1)))
    except ValueError:
        return False


def _none_of(value: str, known: Iterable[str]) -> str | None:
    listed = [str(each) for each in known]
    return None if value in listed else f"{value!r} is none of {', '.join(listed)}"


def _wrong(name: str, reason: str) -> RefusedError:
    return RefusedError(422, "The judgement cannot be kept.", faults=[(name, reason)])
