"""Records as they stream by → chunks with what their ids stand for: memory stays flat, and no id is looked up alone."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from communique.records import (
    Actor,
    Article,
    Claim,
    Line,
    LinkedEvent,
    LinkedMeeting,
    Meeting,
    Position,
    Span,
    Statement,
)
from communique.store import CastEntry, Filters, Record
from communique.store.mentioned import mentioned_in

T = TypeVar("T")

CHUNK = 200  # records, or members of linked records, whose articles are in memory at once


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the ids of one chunk stand for. `events` are the linked events by their claims' ids; unknown ids are absent."""

    articles: Mapping[str, Article] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    claims: Mapping[str, Claim] = field(default_factory=dict)
    events: Mapping[str, LinkedEvent] = field(default_factory=dict)
    meetings: Mapping[str, Meeting] = field(default_factory=dict)
    positions: Mapping[str, Position] = field(default_factory=dict)

    def article(self, span: Span) -> Article | None:
        """The article that a span quotes."""
        return self.articles.get(span.article_id)

    def quote(self, span: Span | None) -> str | None:
        """The words of a span, as they stand in the article; None without one."""
        article = self.article(span) if span else None
        return article.quote(span) if article and span else None

    def name(self, actor_id: str) -> str:
        """An actor's name; its id where the record does not know it."""
        actor = self.actors.get(actor_id)
        return actor.name if actor else actor_id


Gathered = Iterator[tuple[list[T], Known]]


def address_of(article: Article) -> str:
    """Where the article can be found: its address on the web, else its file or place in an archive."""
    return article.url or article.source


def claims(record: Record, filters: Filters) -> Gathered[Claim]:
    """Claims with their articles, actors and linked events."""
    for part in chunked(record.iter_claims(filters)):
        events = record.linked_events_of([claim.id for claim in part])
        yield part, _known(record, part, events=events)


def statements(record: Record, filters: Filters) -> Gathered[Statement]:
    """Statements with their articles and actors."""
    for part in chunked(record.iter_statements(filters)):
        yield part, _known(record, part)


def positions(record: Record, filters: Filters) -> Gathered[Position]:
    """Positions with their articles and actors."""
    for part in chunked(record.iter_positions(filters)):
        yield part, _known(record, part)


def announcements(record: Record, filters: Filters) -> Gathered[Meeting]:
    """Meetings as single articles announce them, with articles and actors."""
    for part in chunked(record.iter_meetings(filters)):
        yield part, _known(record, part)


def events(record: Record, filters: Filters) -> Gathered[LinkedEvent]:
    """Linked events with their claims, and these with their articles and actors."""
    for part in chunked(record.iter_events(filters), lambda event: len(event.claims)):
        members = record.claims_by_id(each for event in part for each in event.claims)
        named = {each for event in part for each in (*event.actors, *event.recipients)}
        by_claim = {claim: event for event in part for claim in event.claims}
        yield part, _known(record, members.values(), named, claims=members, events=by_claim)


def meetings(record: Record, filters: Filters) -> Gathered[LinkedMeeting]:
    """Linked meetings with their members and the claims that moved them, and these with their articles and actors."""
    for part in chunked(
        record.iter_linked_meetings(filters), lambda meeting: len(meeting.meetings) + len(meeting.moves)
    ):
        members = record.meetings_by_id(each for meeting in part for each in meeting.meetings)
        moved = record.claims_by_id(move.claim_id for meeting in part for move in meeting.moves)
        named = {each for meeting in part for each in meeting.parties}
        things = [*members.values(), *moved.values()]
        yield part, _known(record, things, named, meetings=members, claims=moved)


def lines(record: Record, filters: Filters) -> Gathered[Line]:
    """Lines with their positions, and these with their articles and actors."""
    for part in chunked(paged(record.lines_slice, filters), lambda line: len(line.entries)):
        ids = [each for line in part for entry in line.entries for each in entry.positions]
        members = record.positions_by_id(ids)
        yield part, _known(record, members.values(), {line.party for line in part}, positions=members)


def cast(record: Record, filters: Filters) -> Gathered[CastEntry]:
    """Actors with how often they are named."""
    for part in chunked(paged(record.cast_slice, filters)):
        yield part, Known()


def articles(record: Record, filters: Filters) -> Gathered[Article]:
    """Articles."""
    for part in chunked(record.iter_articles(filters)):
        yield part, Known()


def chunked(things: Iterable[T], weight: Callable[[T], int] = lambda _: 1) -> Iterator[list[T]]:
    """The things in lists of about CHUNK in weight, at least one in each."""
    part: list[T] = []
    weighed = 0
    for thing in things:
        own = weight(thing)
        if part and weighed + own > CHUNK:
            yield part
            part, weighed = [], 0
        part.append(thing)
        weighed += own
    if part:
        yield part


def paged(read: Callable[[Filters], Any], filters: Filters) -> Iterator[Any]:
    """All of a list that is read slice by slice, or the first `filters.limit` of it."""
    left, after = filters.limit, filters.after
    while left is None or left > 0:
        part = read(replace(filters, limit=CHUNK if left is None else min(CHUNK, left), after=after))
        yield from part.items
        left = None if left is None else left - len(part.items)
        after = part.next
        if after is None:
            return


def _known(record: Record, things: Iterable[object], named: Iterable[str] = (), **known: Any) -> Known:
    """What the things' spans and roles stand for, and what the actor ids `named` do."""
    article_ids, actor_ids = mentioned_in(things)
    actor_ids |= set(named)
    return Known(articles=record.articles_by_id(article_ids), actors=record.actors_by_id(actor_ids), **known)
