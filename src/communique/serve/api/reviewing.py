"""Review: GET /api/review, the least certain claims first; POST, GET and DELETE /api/judgements."""

from typing import Annotated
from urllib.parse import urlencode

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field
from starlette.responses import Response

from communique.records import Judgement, Verdict
from communique.serve.access import LONGEST_NAME
from communique.serve.api.answering import answer, only, tag_of, unchanged
from communique.serve.api.documenting import failures, parameters
from communique.serve.api.kinds import ClaimItem
from communique.serve.api.models import EXACT, model_of, page_of
from communique.serve.api.telling import tell_claims
from communique.serve.judging import LONGEST_CHANGE, LONGEST_REASON, Decision, keep_judgement, withdraw_judgement
from communique.serve.problems import RefusedError
from communique.serve.query import DEFAULT_LIMIT, HIGHEST_LIMIT, read_view
from communique.serve.security import Writer
from communique.serve.site import site_of
from communique.store import Plain, Texts, plain

NOTHING = Texts({}, {})
JUDGEMENT = "^judgement-[0-9a-f]{16}$"
JudgementId = Annotated[str, Path(pattern=JUDGEMENT, description="A judgement's id.")]
Subject = Annotated[
    str | None,
    Query(pattern=r"^([a-z]{1,12}-){1,2}[0-9a-f]{16}$", description="Only what is about this claim or actor."),
]
SUBJECT = r"^([a-z]{1,12}-){0,2}[0-9a-f]{5,16}$"
Change = Annotated[str, Field(max_length=LONGEST_CHANGE)]


class JudgementIn(BaseModel):
    """`same`, `different`, `unsure` judge two claims; `confirmed`, `corrected`, `rejected` one; `named` an actor.

    `corrected` may change type, status, modes, date, place, actors, recipients (comma separated ids); `named` name, country, kind,
    sectors. Empty values stand for none.
    """

    model_config = EXACT
    verdict: Verdict
    subject: str = Field(pattern=SUBJECT, description="A claim's id, or an actor's.")
    other: str | None = Field(None, pattern=SUBJECT, description="The second claim's id.")
    changes: dict[str, Change] = Field(default_factory=dict, max_length=10)
    reason: str = Field("", max_length=LONGEST_REASON)
    judge: str | None = Field(None, max_length=LONGEST_NAME, description="Who judges; else the name signed in with.")


def router() -> APIRouter:
    """The routes of review."""
    routes = APIRouter(tags=["review"])
    routes.add_api_route(
        "/api/review",
        queue,
        methods=["GET"],
        operation_id="list_review",
        summary="Claims that nobody has judged, the least certain first",
        response_model=page_of("ReviewPage", ClaimItem),
        responses=failures(304, 404),
        openapi_extra={"parameters": parameters("review")},
    )
    routes.add_api_route(
        "/api/judgements",
        show_judgements,
        methods=["GET"],
        operation_id="list_judgements",
        summary="What people decided, the latest first",
        response_model=page_of("JudgementsPage", model_of(Judgement)),
        responses=failures(304),
    )
    routes.add_api_route(
        "/api/judgements",
        judge,
        methods=["POST"],
        operation_id="judge",
        summary="Judge a claim, two claims, or name an actor",
        status_code=201,
        response_model=model_of(Judgement),
        responses=failures(400, 404, 408, 413),
    )
    routes.add_api_route(
        "/api/judgements/{id}",
        show_judgement,
        methods=["GET"],
        operation_id="get_judgement",
        summary="One judgement",
        response_model=model_of(Judgement),
        responses=failures(404),
    )
    routes.add_api_route(
        "/api/judgements/{id}",
        undo,
        methods=["DELETE"],
        operation_id="withdraw_judgement",
        summary="Undo a judgement; it is kept as withdrawn",
        status_code=204,
        response_class=Response,
        responses=failures(404),
    )
    return routes


def queue(request: Request) -> Response:
    """Claims that wait for a judgement."""
    record = site_of(request).record
    view = read_view(record, "review", request.query_params.multi_items())
    tag = tag_of(record.revision())
    known = unchanged(request, tag)
    if known is not None:
        return known
    part = record.review_slice(view.filters)
    following = f"{request.url.path}?{view.query(after=part.next)}" if part.next is not None else None
    headers = {"link": f'<{following}>; rel="next"'} if following else {}
    items: list[Plain] = [*tell_claims(record, part.items)]
    return answer({"items": items, "next": following}, tag=tag, headers=headers)


def show_judgements(
    request: Request,
    subject: Subject = None,
    withdrawn: Annotated[bool, Query(description="Also those that were withdrawn.")] = False,
    limit: Annotated[int, Query(ge=1, le=HIGHEST_LIMIT, description="At most so many on a page.")] = DEFAULT_LIMIT,
    after: Annotated[str | None, Query(pattern=JUDGEMENT, description="The last judgement of the page before.")] = None,
) -> Response:
    """What was decided, the latest first; `after` is the last judgement of the page before."""
    only(request, ("subject", "withdrawn", "limit", "after"))
    record = site_of(request).record
    tag = tag_of(record.revision())
    known = unchanged(request, tag)
    if known is not None:
        return known
    found = record.judgements(subject, active=not withdrawn)
    ordered = sorted(found, key=lambda each: (each.judged_at, each.id), reverse=True)
    ids = [each.id for each in ordered]
    first = ids.index(after) + 1 if after in ids else 0
    shown = ordered[first : first + limit]
    following = None
    if first + limit < len(ordered):
        asked = {
            "subject": subject,
            "withdrawn": "true" if withdrawn else None,
            "limit": str(limit),
            "after": shown[-1].id,
        }
        following = f"{request.url.path}?{urlencode({name: value for name, value in asked.items() if value})}"
    headers = {"link": f'<{following}>; rel="next"'} if following else {}
    return answer({"items": plain(shown, NOTHING), "next": following}, tag=tag, headers=headers)


def judge(request: Request, visitor: Writer, told: JudgementIn) -> Response:
    """Keeps a judgement; the articles are linked again in the background."""
    only(request)
    decision = Decision(
        verdict=told.verdict,
        subject=told.subject,
        other=told.other,
        changes=told.changes,
        reason=told.reason,
        judge=told.judge or visitor.name,
    )
    kept = keep_judgement(site_of(request), decision)
    return answer(plain(kept, NOTHING), status=201, headers={"location": f"/api/judgements/{kept.id}"})


def show_judgement(request: Request, id: JudgementId) -> Response:
    """One judgement, also a withdrawn one."""
    only(request)
    found = next((each for each in site_of(request).record.judgements(active=False) if each.id == id), None)
    if found is None:
        raise RefusedError(404, "There is no judgement with that id.")
    return answer(plain(found, NOTHING))


def undo(request: Request, visitor: Writer, id: JudgementId) -> Response:
    """The record says again what it said before."""
    only(request)
    withdraw_judgement(site_of(request), id)
    return Response(status_code=204)
