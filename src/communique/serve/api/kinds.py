"""Every list of the API in one table: how its pages, its whole and its single records are read, told and described."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import BaseModel

from communique.records import (
    Actor,
    Article,
    Claim,
    Line,
    LinkedEvent,
    LinkedMeeting,
    Position,
    Problem,
    Statement,
)
from communique.serve.api.models import extended, model_of
from communique.serve.api.telling import (
    LONG_FIELDS,
    Item,
    tell,
    tell_articles,
    tell_cast,
    tell_claims,
    tell_events,
    tell_lines,
    tell_meetings,
)
from communique.store import Filters, Record
from communique.store.listing import Slice
from communique.store.queries import OutletEntry

EXPORT_PAGE = 500  # records read at once for an export of everything


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list. `name` stands in its address and names its grammar; `item` describes what `tell` makes of its records.

    `page` reads one page, `everything` all of it with flat memory.
    """

    name: str
    title: str
    item: type[BaseModel]
    page: Callable[[Record, Filters], Slice[Any]]
    everything: Callable[[Record, Filters], Iterator[Any]]
    tell: Callable[[Record, Sequence[Any]], list[Item]]


ClaimItem = extended(
    "ClaimItem",
    Claim,
    "A claim, the event that it reports and the confidence of its weakest field.",
    event_id=str | None,
    confidence=float,
)
EventItem = extended(
    "EventItem",
    LinkedEvent,
    "A happening over all articles, names for its actor ids, and the fields about which reports differ.",
    names=dict[str, str],
    disputed=list[str],
)
MeetingItem = extended(
    "MeetingItem", LinkedMeeting, "A meeting over all articles, and names for its parties.", names=dict[str, str]
)
LineItem = extended("LineItem", Line, "One party's stances on one issue over time, and its name.", names=dict[str, str])
ArticleItem = extended("ArticleItem", Article, "An article without its text.", without=LONG_FIELDS, characters=int)
ActorItem = extended("ActorItem", Actor, "An actor, and how often it is named.", mention_count=int, article_count=int)


def paged(read: Callable[[Record, Filters], Slice[Any]]) -> Callable[[Record, Filters], Iterator[Any]]:
    """All of a list, page by page."""

    def everything(record: Record, filters: Filters) -> Iterator[Any]:
        left = filters.limit
        asked = filters
        while True:
            size = EXPORT_PAGE if left is None else min(left, EXPORT_PAGE)
            part = read(record, replace(asked, limit=size))
            yield from part.items
            if left is not None:
                left -= len(part.items)
            if part.next is None or left == 0:
                return
            asked = replace(asked, after=part.next)

    return everything


def _outlets(record: Record, _: Filters) -> Slice[Any]:
    return Slice(record.outlets(), None)


LISTINGS: Mapping[str, Listing] = {
    each.name: each
    for each in (
        Listing(
            name="claims",
            title="Claims: what one article reports, in timeline order",
            item=ClaimItem,
            page=Record.claims_slice,
            everything=Record.iter_claims,
            tell=tell_claims,
        ),
        Listing(
            name="events",
            title="Events: claims of all articles that report the same happening",
            item=EventItem,
            page=Record.events_slice,
            everything=Record.iter_events,
            tell=tell_events,
        ),
        Listing(
            name="statements",
            title="Statements: who said what, in whose words",
            item=model_of(Statement),
            page=Record.statements_slice,
            everything=Record.iter_statements,
            tell=tell,
        ),
        Listing(
            name="positions",
            title="Positions: where a party stands on an issue, in one article",
            item=model_of(Position),
            page=Record.positions_slice,
            everything=Record.iter_positions,
            tell=tell,
        ),
        Listing(
            name="lines",
            title="Lines: one party's stances on one issue over time",
            item=LineItem,
            page=Record.lines_slice,
            everything=paged(Record.lines_slice),
            tell=tell_lines,
        ),
        Listing(
            name="meetings",
            title="Meetings: each announced meeting over all articles, with its status history",
            item=MeetingItem,
            page=Record.linked_meetings_slice,
            everything=Record.iter_linked_meetings,
            tell=tell_meetings,
        ),
        Listing(
            name="actors",
            title="Actors: everybody in the record, the most mentioned first",
            item=ActorItem,
            page=Record.cast_slice,
            everything=paged(Record.cast_slice),
            tell=tell_cast,
        ),
        Listing(
            name="articles",
            title="Articles: what was read, by day of publication",
            item=ArticleItem,
            page=Record.articles_slice,
            everything=Record.iter_articles,
            tell=tell_articles,
        ),
        Listing(
            name="problems",
            title="Problems: what could not be read or coded, and why",
            item=model_of(Problem),
            page=Record.problems_slice,
            everything=paged(Record.problems_slice),
            tell=tell,
        ),
        Listing(
            name="sources",
            title="Sources: the outlets, with what each gave",
            item=model_of(OutletEntry),
            page=_outlets,
            everything=paged(_outlets),
            tell=tell,
        ),
    )
}
