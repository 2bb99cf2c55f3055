"""Filters → the records that fit, in timeline order: all of them, a page with the place of the next, or their number.

Statements and positions seldom carry a date of their own; they are ordered and filtered by their article's day then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from sqlalchemy import Connection

from communique.records import Article, Claim, Line, LinkedEvent, LinkedMeeting, Meeting, Position, Statement
from communique.store import counting, walking
from communique.store.filters import Filters
from communique.store.mapping.claims import load_claims, load_meetings
from communique.store.mapping.documents import load_articles
from communique.store.mapping.linked import load_lines, load_linked_events, load_linked_meetings
from communique.store.mapping.speech import load_positions, load_statements

T = TypeVar("T")

PAGE = 100  # records of a page when no limit is asked for
CHUNK = 500  # records that are read at once when all are asked for


@dataclass(frozen=True, slots=True)
class Slice(Generic[T]):
    """One page of a list: its records, and the cursor of the page behind it (None when there is none)."""

    items: tuple[T, ...]
    next: str | None


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """A kind of record that can be listed, and how some of them are loaded by their ids."""

    listed: walking.Listed
    load: Callable[[Connection, Sequence[str]], dict[str, T]]

    def part(self, connection: Connection, filters: Filters) -> Slice[T]:
        """The page that the filters' `after` and `limit` name."""
        limit = max(0, PAGE if filters.limit is None else filters.limit)
        rows = walking.page(connection, self.listed, filters, walking.of_cursor(filters.after), limit + 1)
        ids = [row[-1] for row in rows[:limit]]
        found = self.load(connection, ids)
        more = len(rows) > limit > 0
        return Slice(tuple(found[each] for each in ids), walking.as_cursor(rows[limit - 1]) if more else None)

    def all(self, connection: Connection, filters: Filters) -> tuple[T, ...]:
        """All that fit, or the first `limit` of them."""
        gathered: list[T] = []
        wanted, after = filters.limit, filters.after
        while wanted is None or len(gathered) < wanted:
            size = CHUNK if wanted is None else min(CHUNK, wanted - len(gathered))
            page = self.part(connection, replace(filters, limit=size, after=after))
            gathered += page.items
            after = page.next
            if after is None:
                break
        return tuple(gathered)

    def count(self, connection: Connection, filters: Filters) -> int:
        """How many fit; `limit` and `after` do not matter."""
        return counting.count(connection, self.listed, filters)


CLAIMS: Kept[Claim] = Kept(walking.CLAIMS, load_claims)
STATEMENTS: Kept[Statement] = Kept(walking.STATEMENTS, load_statements)
POSITIONS: Kept[Position] = Kept(walking.POSITIONS, load_positions)
MEETINGS: Kept[Meeting] = Kept(walking.MEETINGS, load_meetings)
ARTICLES: Kept[Article] = Kept(walking.ARTICLES, load_articles)
EVENTS: Kept[LinkedEvent] = Kept(walking.EVENTS, load_linked_events)
LINKED_MEETINGS: Kept[LinkedMeeting] = Kept(walking.LINKED_MEETINGS, load_linked_meetings)
LINES: Kept[Line] = Kept(walking.LINES, load_lines)
