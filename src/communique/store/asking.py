"""The questions that a record answers about what was coded from its articles."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from typing import TypeVar

from sqlalchemy import Connection

from communique.records import (
    Actor,
    Article,
    Claim,
    CodedArticle,
    Event,
    Meeting,
    Mention,
    Position,
    Problem,
    Span,
    Statement,
    StorageError,
)
from communique.store import casting, dealing, listing, queries, reviewing
from communique.store.filters import Filters
from communique.store.listing import CHUNK, Kept, Slice
from communique.store.loading import load_coded
from communique.store.mapping.cast import load_actors
from communique.store.mapping.claims import load_claims, load_events, load_meetings
from communique.store.mapping.documents import load_articles
from communique.store.mapping.speech import load_positions, load_statements
from communique.store.naming import actors_called
from communique.store.record_file import RecordFile

T = TypeVar("T")

NO_FILTERS = Filters()

COUNTED: dict[str, Callable[[Connection, Filters], int]] = {
    "claims": listing.CLAIMS.count,
    "statements": listing.STATEMENTS.count,
    "positions": listing.POSITIONS.count,
    "meetings": listing.MEETINGS.count,
    "events": listing.EVENTS.count,
    "linked_meetings": listing.LINKED_MEETINGS.count,
    "lines": listing.LINES.count,
    "articles": listing.ARTICLES.count,
    "cast": casting.count_cast,
    "problems": queries.count_problems,
}


class Questions(RecordFile):
    """Lists in timeline order: whole (`claims`), a page (`claims_slice`) or streamed (`iter_claims`)."""

    def claims(self, filters: Filters = NO_FILTERS) -> tuple[Claim, ...]:
        """The claims that fit, in timeline order."""
        return self._read(lambda connection: listing.CLAIMS.all(connection, filters))

    def statements(self, filters: Filters = NO_FILTERS) -> tuple[Statement, ...]:
        """The statements that fit, in timeline order."""
        return self._read(lambda connection: listing.STATEMENTS.all(connection, filters))

    def positions(self, filters: Filters = NO_FILTERS) -> tuple[Position, ...]:
        """The positions that fit, in timeline order."""
        return self._read(lambda connection: listing.POSITIONS.all(connection, filters))

    def meetings(self, filters: Filters = NO_FILTERS) -> tuple[Meeting, ...]:
        """The meetings that fit, as each article tells them, in timeline order."""
        return self._read(lambda connection: listing.MEETINGS.all(connection, filters))

    def articles(self, filters: Filters = NO_FILTERS) -> tuple[Article, ...]:
        """The articles that fit, by publication day."""
        return self._read(lambda connection: listing.ARTICLES.all(connection, filters))

    def cast(self, filters: Filters = NO_FILTERS) -> tuple[casting.CastEntry, ...]:
        """The actors that fit, the most mentioned first."""
        return self._read(lambda connection: casting.cast(connection, filters))

    def problems(self, filters: Filters = NO_FILTERS) -> tuple[Problem, ...]:
        """The problems that fit, in the order they were met."""
        return self._read(lambda connection: queries.problems(connection, filters))

    # A page at a time: `filters.limit` records (100 where none is given) behind the cursor `filters.after`

    def claims_slice(self, filters: Filters = NO_FILTERS) -> Slice[Claim]:
        """One page of the claims that fit."""
        return self._read(lambda connection: listing.CLAIMS.part(connection, filters))

    def statements_slice(self, filters: Filters = NO_FILTERS) -> Slice[Statement]:
        """One page of the statements that fit."""
        return self._read(lambda connection: listing.STATEMENTS.part(connection, filters))

    def positions_slice(self, filters: Filters = NO_FILTERS) -> Slice[Position]:
        """One page of the positions that fit."""
        return self._read(lambda connection: listing.POSITIONS.part(connection, filters))

    def meetings_slice(self, filters: Filters = NO_FILTERS) -> Slice[Meeting]:
        """One page of the meetings that fit."""
        return self._read(lambda connection: listing.MEETINGS.part(connection, filters))

    def articles_slice(self, filters: Filters = NO_FILTERS) -> Slice[Article]:
        """One page of the articles that fit."""
        return self._read(lambda connection: listing.ARTICLES.part(connection, filters))

    def cast_slice(self, filters: Filters = NO_FILTERS) -> Slice[casting.CastEntry]:
        """One page of the actors that fit."""
        return self._read(lambda connection: casting.cast_part(connection, filters))

    def problems_slice(self, filters: Filters = NO_FILTERS) -> Slice[Problem]:
        """One page of the problems that fit."""
        return self._read(lambda connection: queries.problems_part(connection, filters))

    # Streamed: a chunk in memory at a time, each chunk one state of the record

    def iter_claims(self, filters: Filters = NO_FILTERS) -> Iterator[Claim]:
        """The claims that fit, one after another."""
        return self._stream(listing.CLAIMS, filters)

    def iter_statements(self, filters: Filters = NO_FILTERS) -> Iterator[Statement]:
        """The statements that fit, one after another."""
        return self._stream(listing.STATEMENTS, filters)

    def iter_positions(self, filters: Filters = NO_FILTERS) -> Iterator[Position]:
        """The positions that fit, one after another."""
        return self._stream(listing.POSITIONS, filters)

    def iter_meetings(self, filters: Filters = NO_FILTERS) -> Iterator[Meeting]:
        """The meetings that fit, one after another."""
        return self._stream(listing.MEETINGS, filters)

    def iter_articles(self, filters: Filters = NO_FILTERS) -> Iterator[Article]:
        """The articles that fit, one after another."""
        return self._stream(listing.ARTICLES, filters)

    def count(self, kind: str, filters: Filters = NO_FILTERS) -> int:
        """How many of the kind (claims, statements, events, cast …) fit, whatever the limit. Raises StorageError."""
        if kind not in COUNTED:
            raise StorageError(f"{kind}: no kind that is counted; the kinds are {', '.join(COUNTED)}")
        return self._read(lambda connection: COUNTED[kind](connection, filters))

    # By id, and what belongs to a record

    def coded_article(self, article_id: str) -> CodedArticle:
        """All of one article, equal to what was stored. Raises StorageError for an unknown id."""
        return self._read(lambda connection: load_coded(connection, article_id))

    def claims_by_id(self, ids: Iterable[str]) -> dict[str, Claim]:
        """The claims with those ids; unknown ids are left out, here and below."""
        return self._by_id(load_claims, ids)

    def statements_by_id(self, ids: Iterable[str]) -> dict[str, Statement]:
        """The statements with those ids."""
        return self._by_id(load_statements, ids)

    def positions_by_id(self, ids: Iterable[str]) -> dict[str, Position]:
        """The positions with those ids."""
        return self._by_id(load_positions, ids)

    def meetings_by_id(self, ids: Iterable[str]) -> dict[str, Meeting]:
        """The meetings, as articles tell them, with those ids."""
        return self._by_id(load_meetings, ids)

    def actors_by_id(self, ids: Iterable[str]) -> dict[str, Actor]:
        """The actors with those ids, each as its latest article describes it."""
        return self._by_id(load_actors, ids)

    def named_in(self, article_ids: Iterable[str]) -> dict[str, queries.NamedIn]:
        """For each of the articles the names of its actors and of its claims' places."""
        return self._by_id(queries.named_in, article_ids)

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """The articles with those ids."""
        return self._by_id(load_articles, ids)

    def events_of(self, claim_ids: Sequence[str]) -> dict[str, Event]:
        """For each claim that belongs to an event of its own article, that event."""

        def read(connection: Connection) -> dict[str, Event]:
            members = queries.event_ids(connection, claim_ids)
            events = load_events(connection, sorted(set(members.values())))
            return {claim: events[event] for claim, event in members.items()}

        return self._read(read)

    def actors_called(self, name: str) -> tuple[Actor, ...]:
        """The actors that bear the name themselves, without those who act for them."""

        def read(connection: Connection) -> tuple[Actor, ...]:
            return tuple(load_actors(connection, actors_called(connection, name)).values())

        return self._read(read)

    def mentions_of(
        self, actor_id: str, article_id: str | None = None, limit: int | None = None
    ) -> tuple[Mention, ...]:
        """Mentions of one actor, article by article, in text order; in one article only, and `limit` at most, where given."""
        return self._read(lambda connection: queries.mentions_of(connection, actor_id, article_id, limit))

    def quotes(self, spans: Sequence[Span]) -> dict[Span, str]:
        """The words of each span; spans of articles that the record does not hold are left out."""
        return self._read(lambda connection: queries.quotes(connection, spans))

    # The record as a whole

    def newest(self, limit: int) -> tuple[Article, ...]:
        """The articles that came last, the latest first."""
        return self._read(lambda connection: queries.newest(connection, limit))

    def outlets(self) -> tuple[queries.OutletEntry, ...]:
        """All outlets, the one with most articles first."""
        return self._read(queries.outlets)

    def dyads(self, filters: Filters = NO_FILTERS) -> tuple[dealing.DyadEntry, ...]:
        """Who deals with whom in the claims that fit: the busiest pairs of sides first, 200 where there is no limit."""
        return self._read(lambda connection: dealing.dyads(connection, filters))

    def review_slice(self, filters: Filters = NO_FILTERS) -> Slice[Claim]:
        """One page of the claims that fit and that nobody has judged, the least certain first."""
        return self._read(lambda connection: reviewing.review_part(connection, filters))

    def _by_id(self, load: Callable[[Connection, Sequence[str]], dict[str, T]], ids: Iterable[str]) -> dict[str, T]:
        return self._read(lambda connection: load(connection, sorted(set(ids))))

    def _stream(self, kept: Kept[T], filters: Filters) -> Iterator[T]:
        left, after = filters.limit, filters.after
        while left is None or left > 0:
            part = replace(filters, limit=CHUNK if left is None else min(CHUNK, left), after=after)
            page = self._read(lambda connection, part=part: kept.part(connection, part))  # type: ignore[misc]
            yield from page.items
            left = None if left is None else left - len(page.items)
            after = page.next
            if after is None:
                return
