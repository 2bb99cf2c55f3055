"""`/review`: claims that nobody has judged, the least certain first. `/review/ID`: one claim to judge.

Only for who may write. What is decided goes through `keep_judgement`, as everything that the API takes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, HTTPException, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool

from communique.records import Claim, Judgement, Status, StorageError, Verdict
from communique.serve.entering import local
from communique.serve.judging import ACTOR_FIELDS, CLAIM_FIELDS, Decision, keep_judgement, withdraw_judgement
from communique.serve.pages.dates import day_words
from communique.serve.pages.events import Report, reports_of
from communique.serve.pages.listing import listing
from communique.serve.pages.rows import EventRow, claim_rows, event_rows
from communique.serve.pages.wording import Wording
from communique.serve.problems import RefusedError
from communique.serve.query import event_type_names, read_view
from communique.serve.security import Writer
from communique.serve.site import site_of, visitor_of
from communique.store import CastEntry, Filters, Record

router = APIRouter()

QUEUE_LENGTH = 30
NEAR_DAYS = 5
NEAR_SHOWN = 10
LATEST_SHOWN = 30
LISTS = ("actors", "recipients")  # fields that a form sends once for each value


@dataclass(frozen=True, slots=True, kw_only=True)
class JudgementRow:
    """A judgement as a list shows it. `words` opens what it is about."""

    id: str
    verdict: str
    changes: str
    judge: str
    day: str
    reason: str
    words: str
    withdrawn: bool


def writers_only(request: Request) -> None:
    """Sends who may not write to the sign-in page."""
    if not visitor_of(request).may_write:
        raise RefusedError(
            403, "Reviewing is for who has signed in with the token that the server printed at its start."
        )


@router.get("/review", dependencies=[Depends(writers_only)])
def queue(request: Request) -> Response:
    """What waits for a judgement, and what was decided last."""
    site = site_of(request)
    pairs = request.query_params.multi_items()
    view = read_view(site.record, "review", pairs, strict=False, default_limit=QUEUE_LENGTH)
    part = site.record.review_slice(view.filters)
    context = {
        "rows": claim_rows(site.record, part.items),
        "judgements": judgement_rows(site.record, site.record.judgements(active=False))[:LATEST_SHOWN],
    }
    return site.render(request, "review.html", listing(site.record, view, part.next, "/review") | context)


@router.get("/review/{asked}", dependencies=[Depends(writers_only)])
def claim(request: Request, asked: str) -> Response:
    """One claim with the form of its fields, and the events it may belong to."""
    site = site_of(request)
    try:
        found = site.record.find(asked)
    except StorageError as error:
        raise HTTPException(404, str(error)) from error
    if not isinstance(found, Claim):
        raise HTTPException(404, f"{asked} is no claim.")
    wording = Wording(site.record, [found])
    cast = site.record.cast(Filters(article_id=found.article_id))
    own = site.record.linked_events_of([found.id]).get(found.id)
    context = {
        "claim": found,
        "row": claim_rows(site.record, [found], wording)[0],
        "report": reports_of(site.record, [found], wording)[0],
        "values": _values(found),
        "cast": _cast(cast, found, wording),
        "types": event_type_names(),
        "statuses": tuple(Status),
        "event": own,
        "members": _members(site.record, found, own.claims if own else ()),
        "near": _near(site.record, found, own.id if own else ""),
        "judgements": judgement_rows(site.record, site.record.judgements(found.id, active=False)),
    }
    return site.render(request, "review_claim.html", context)


@router.post("/review/judge")
async def judge(
    request: Request,
    visitor: Writer,
    verdict: Annotated[Verdict, Form()],
    subject: Annotated[str, Form(max_length=60)],
    other: Annotated[str, Form(max_length=60)] = "",
    reason: Annotated[str, Form(max_length=2_000)] = "",
    back: Annotated[str, Form(max_length=2_000)] = "/review",
) -> Response:
    """Keeps what the form says; of a correction only the fields that differ from `was-FIELD`."""
    sent = await request.form()
    changes: dict[str, str] = {}
    names = ACTOR_FIELDS if verdict is Verdict.NAMED else CLAIM_FIELDS if verdict is Verdict.CORRECTED else ()
    for name in names:
        if f"was-{name}" not in sent:
            continue
        values = [str(each).strip() for each in sent.getlist(name) if str(each).strip()]
        value = ",".join(values) if name in LISTS else (values[0] if values else "")
        if value != str(sent[f"was-{name}"]):
            changes[name] = value
    decision = Decision(
        verdict=verdict, subject=subject, other=other or None, changes=changes, reason=reason, judge=visitor.name
    )
    await run_in_threadpool(keep_judgement, site_of(request), decision)
    return RedirectResponse(local(back), 303)


@router.post("/review/undo")
def undo(
    request: Request,
    visitor: Writer,
    judgement: Annotated[str, Form(max_length=60)],
    back: Annotated[str, Form(max_length=2_000)] = "/review",
) -> Response:
    """The record says again what the program had said."""
    withdraw_judgement(site_of(request), judgement)
    return RedirectResponse(local(back), 303)


def judgement_rows(record: Record, judgements: Sequence[Judgement]) -> tuple[JudgementRow, ...]:
    """Judgements, the latest first."""
    ordered = sorted(judgements, key=lambda each: (each.judged_at, each.id), reverse=True)[:LATEST_SHOWN]
    claims = record.claims_by_id([each.subject for each in ordered])
    made = []
    for each in ordered:
        about = claims.get(each.subject)
        words = f"/articles/{about.article_id}#{about.id}" if about else f"/actors/{each.subject}"
        if about is None and not each.subject.startswith("actor-"):
            words = f"/articles/{each.anchor.partition(':')[0]}" if each.anchor else "/review"
        made.append(
            JudgementRow(
                id=each.id,
                verdict=each.verdict.value,
                changes=", ".join(f"{name}: {value or 'none'}" for name, value in each.changes),
                judge=each.judge,
                day=day_words(each.judged_at.date()),
                reason=each.reason,
                words=words,
                withdrawn=each.withdrawn_at is not None,
            )
        )
    return tuple(made)


def _values(claim: Claim) -> dict[str, str]:
    """The claim's fields as the form shows them, in a judgement's own form."""
    dates = claim.date.dates if claim.date else None
    day = dates.earliest if dates else None
    told = ""
    if day is not None and dates is not None:
        told = {"year": f"{day.year}", "month": f"{day:%Y-%m}"}.get(dates.precision.value, day.isoformat())
    return {
        "type": claim.type,
        "status": claim.status.value,
        "modes": ", ".join(claim.modes),
        "date": told,
        "place": claim.place.name if claim.place else "",
        "actors": ",".join(dict.fromkeys(role.actor_id for role in claim.actors)),
        "recipients": ",".join(dict.fromkeys(role.actor_id for role in claim.recipients)),
    }


def _cast(entries: Sequence[CastEntry], claim: Claim, wording: Wording) -> tuple[tuple[str, str, bool, bool], ...]:
    """Everybody of the article: id, name, acts in the claim, receives in it; the actors of the claim first."""
    actors = {role.actor_id for role in claim.actors}
    recipients = {role.actor_id for role in claim.recipients}
    named = {each: wording.name(each).name for each in (*actors, *recipients)}
    for entry in entries:
        named.setdefault(entry.actor.id, entry.actor.name)
    listed = [(each, name, each in actors, each in recipients) for each, name in named.items()]
    return tuple(sorted(listed, key=lambda each: (not each[2], not each[3], each[1])))


def _members(record: Record, claim: Claim, ids: Sequence[str]) -> tuple[Report, ...]:
    """The other reports of the claim's event."""
    claims = record.claims_by_id([each for each in ids if each != claim.id][:NEAR_SHOWN])
    listed = list(claims.values())
    return reports_of(record, listed, Wording(record, listed))


def _near(record: Record, claim: Claim, own: str) -> tuple[tuple[EventRow, str], ...]:
    """Events of the same days and actor to which the claim may belong: each with the id of its first claim."""
    dates = claim.date.dates if claim.date else None
    if dates is None or dates.earliest is None or not claim.actors:
        return ()
    filters = Filters(
        actors=(claim.actors[0].actor_id,),
        since=dates.earliest - timedelta(days=NEAR_DAYS),
        until=(dates.latest or dates.earliest) + timedelta(days=NEAR_DAYS),
        limit=NEAR_SHOWN,
    )
    events = [each for each in record.events_slice(filters).items if each.id != own and claim.id not in each.claims]
    first = {each.id: each.claims[0] for each in events}
    return tuple((row, first[row.id]) for row in event_rows(record, events))
