"""GET /api/KIND/ID: one record with what belongs to it; GET /api/explain/ID: how anything of the record is known.

An id may be given by its first digits, as the tables show them, as long as only one record begins so.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel
from starlette.responses import Response

from communique.records import (
    Actor,
    Article,
    Claim,
    CodedArticle,
    Position,
    Problem,
    Statement,
    StorageError,
)
from communique.records import (
    Meeting as ReportedMeeting,
)
from communique.serve.api.answering import answer, not_found, only, tag_of, unchanged
from communique.serve.api.documenting import failures
from communique.serve.api.explanations import ExplanationModel, tell_explanation
from communique.serve.api.kinds import ClaimItem, EventItem, LineItem, MeetingItem
from communique.serve.api.models import joined, model_of
from communique.serve.api.telling import Item, tell, tell_claims, tell_events, tell_lines, tell_meetings
from communique.serve.problems import RefusedError
from communique.serve.site import site_of
from communique.store import Record
from communique.store.queries import OutletEntry

Id = Annotated[
    str, Path(pattern=r"^([a-z]{1,12}-){0,2}[0-9a-f]{1,16}$", max_length=42, description="An id, or its first digits.")
]
Outlet = Annotated[str, Path(min_length=1, max_length=200, description="The outlet's name, as the list has it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class Single:
    """How one record is read and described."""

    title: str
    model: type[BaseModel]
    read: Callable[[Record, str], Item]


def router() -> APIRouter:
    """One route for each kind, one for explanations, one for outlets."""
    routes = APIRouter()
    for name, single in SINGLES.items():
        routes.add_api_route(
            f"/api/{name}/{{id}}",
            _shower(single),
            methods=["GET"],
            operation_id=f"get_{name}",
            summary=single.title,
            tags=[name],
            response_model=single.model,
            responses=failures(304, 404),
        )
    routes.add_api_route(
        "/api/sources/{outlet}",
        show_source,
        methods=["GET"],
        operation_id="get_sources",
        summary="An outlet, with what it gave",
        tags=["sources"],
        response_model=model_of(OutletEntry),
        responses=failures(304, 404),
    )
    return routes


def show_source(request: Request, outlet: Outlet) -> Response:
    """One outlet."""

    def read(record: Record, asked: str) -> Item:
        found = [each for each in record.outlets() if each.outlet == asked]
        if not found:
            raise RefusedError(404, "The record has nothing from an outlet of that name.")
        return tell(record, found)[0]

    return _shown(request, read, outlet)


def _shower(single: Single) -> Callable[[Request, str], Response]:
    def handle(request: Request, id: Id) -> Response:
        return _shown(request, single.read, id)

    return handle


def _shown(request: Request, read: Callable[[Record, str], Item], asked: str) -> Response:
    only(request)
    record = site_of(request).record
    tag = tag_of(record.revision())
    known = unchanged(request, tag)
    if known is not None:
        return known
    try:
        return answer(read(record, asked), tag=tag)
    except StorageError as error:
        raise not_found(error, asked) from error


def _of(kind: type, tell_them: Callable[[Record, Any], list[Item]] = tell) -> Callable[[Record, str], Item]:
    """Reads the record of that kind which `asked` names."""
    word = kind.__name__.lower()

    def read(record: Record, asked: str) -> Item:
        found = record.find(asked if "-" in asked else f"{word}-{asked}")
        if not isinstance(found, kind):
            raise RefusedError(404, f"{asked} names something else; /api/explain/{asked} tells what.")
        return tell_them(record, [found])[0]

    return read


def _event(record: Record, asked: str) -> Item:
    event = record.event(asked)
    claims = record.claims_by_id(event.claims)
    reports = tell_claims(record, [claims[each] for each in event.claims if each in claims])
    return tell_events(record, [event])[0] | {"reports": [*reports]}


def _meeting(record: Record, asked: str) -> Item:
    meeting = record.linked_meeting(asked)
    members = record.meetings_by_id(meeting.meetings)
    reports = tell(record, [members[each] for each in meeting.meetings if each in members])
    return tell_meetings(record, [meeting])[0] | {"reports": [*reports]}


def _line(record: Record, asked: str) -> Item:
    line = record.line(asked)
    ids = [each for entry in line.entries for each in entry.positions]
    members = record.positions_by_id(ids)
    reports = tell(record, [members[each] for each in ids if each in members])
    return tell_lines(record, [line])[0] | {"reports": [*reports]}


def coded(record: Record, asked: str) -> Item:
    """Everything that one article gave."""
    found = record.find(asked if "-" in asked else f"article-{asked}")
    if not isinstance(found, Article):
        raise RefusedError(404, f"{asked} names something else; /api/explain/{asked} tells what.")
    return tell(record, [record.coded_article(found.id)])[0]


SINGLES: Mapping[str, Single] = {
    "claims": Single(title="One claim", model=ClaimItem, read=_of(Claim, tell_claims)),
    "events": Single(
        title="One event with the claims that report it",
        model=joined("EventDetail", EventItem, "An event, and its claims in order.", reports=list[ClaimItem]),  # type: ignore[valid-type]
        read=_event,
    ),
    "statements": Single(title="One statement", model=model_of(Statement), read=_of(Statement)),
    "positions": Single(title="One position", model=model_of(Position), read=_of(Position)),
    "lines": Single(
        title="One line with the positions it is made of",
        model=joined("LineDetail", LineItem, "A line, and its positions.", reports=list[model_of(Position)]),  # type: ignore[misc]
        read=_line,
    ),
    "meetings": Single(
        title="One meeting with what each article announces",
        model=joined(
            "MeetingDetail",
            MeetingItem,
            "A meeting, and what each article announces of it.",
            reports=list[model_of(ReportedMeeting)],  # type: ignore[misc]
        ),
        read=_meeting,
    ),
    "actors": Single(title="One actor", model=model_of(Actor), read=_of(Actor)),
    "articles": Single(title="One article with all that was coded from it", model=model_of(CodedArticle), read=coded),
    "problems": Single(title="One problem", model=model_of(Problem), read=_of(Problem)),
    "explain": Single(title="How something is known, down to the words", model=ExplanationModel, read=tell_explanation),
}
