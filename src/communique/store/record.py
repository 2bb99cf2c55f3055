"""The record on disk: coded articles in, questions answered. One file, one writer at a time, any number of readers meanwhile.

Every call is one transaction on a connection of its own: what it reads is one state of the record, what it writes is there
whole or not at all. Objects of this class can be shared between threads.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, Table, func, select

from communique.records import (
    Actor,
    Article,
    Claim,
    CodedArticle,
    Event,
    Meeting,
    Mention,
    Page,
    Position,
    Problem,
    Run,
    Statement,
    StorageError,
)
from communique.store import explaining, finding, queries, schema
from communique.store.failures import storage_errors
from communique.store.filters import Filters, actors_called
from communique.store.loading import load_coded
from communique.store.mapping.cast import load_actors
from communique.store.mapping.claims import load_events
from communique.store.mapping.documents import load_articles, run_of
from communique.store.opening import open_engine
from communique.store.writing import write_coded, write_free_problem

T = TypeVar("T")

NO_FILTERS = Filters()


class Record(AbstractContextManager["Record"]):
    """A record file. Every method raises StorageError, in one line, when the file cannot be read or written."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.path = path
        self._engine = engine

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, writable: bool = False) -> Self:
        """The record at `path`; `create` makes an absent one (and means `writable`). Raises StorageError."""
        place = Path(path)
        return cls(open_engine(place, create=create, writable=writable or create), place)

    def close(self) -> None:
        """Lets go of the file."""
        self._engine.dispose()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # Writing

    def add(self, coded: CodedArticle, run: Run) -> bool:
        """Stores all of one article in one transaction; False when the record has exactly this already.

        What an earlier run made of the same page is replaced as a whole; the page itself is never overwritten.
        """
        return self._write(lambda connection: write_coded(connection, coded, run))

    def was_coded(self, page_id: str, run_id: str) -> bool:
        """True when the record holds what that run made of the page."""
        own = schema.articles.c
        query = select(own.id).where(own.page_id == page_id, own.run_id == run_id)
        return self._read(lambda connection: connection.execute(query).first() is not None)

    def add_problem(self, problem: Problem, page: Page | None = None) -> bool:
        """Keeps the problem of an input that gave no article, and its page where there is one; False when it is known."""
        return self._write(lambda connection: write_free_problem(connection, problem, page))

    # Reading

    def claims(self, filters: Filters = NO_FILTERS) -> tuple[Claim, ...]:
        """The claims that fit, in timeline order."""
        return self._read(lambda connection: queries.claims(connection, filters))

    def statements(self, filters: Filters = NO_FILTERS) -> tuple[Statement, ...]:
        """The statements that fit, in timeline order."""
        return self._read(lambda connection: queries.statements(connection, filters))

    def positions(self, filters: Filters = NO_FILTERS) -> tuple[Position, ...]:
        """The positions that fit, in timeline order."""
        return self._read(lambda connection: queries.positions(connection, filters))

    def meetings(self, filters: Filters = NO_FILTERS) -> tuple[Meeting, ...]:
        """The meetings that fit, in timeline order."""
        return self._read(lambda connection: queries.meetings(connection, filters))

    def cast(self, filters: Filters = NO_FILTERS) -> tuple[queries.CastEntry, ...]:
        """The actors that fit, the most mentioned first."""
        return self._read(lambda connection: queries.cast(connection, filters))

    def articles(self, filters: Filters = NO_FILTERS) -> tuple[Article, ...]:
        """The articles that fit, by publication day."""
        return self._read(lambda connection: queries.articles(connection, filters))

    def problems(self, filters: Filters = NO_FILTERS) -> tuple[Problem, ...]:
        """The problems that fit, in the order they were met."""
        return self._read(lambda connection: queries.problems(connection, filters))

    def runs(self) -> tuple[Run, ...]:
        """The runs that made what the record holds."""
        return self._read(
            lambda connection: tuple(run_of(row) for row in connection.execute(select(schema.runs)).mappings())
        )

    def coded_article(self, article_id: str) -> CodedArticle:
        """All of one article, equal to what was stored. Raises StorageError for an unknown id."""
        return self._read(lambda connection: load_coded(connection, article_id))

    def events_of(self, claim_ids: Sequence[str]) -> dict[str, Event]:
        """For each claim that belongs to one, its event."""

        def read(connection: Connection) -> dict[str, Event]:
            members = queries.event_ids(connection, claim_ids)
            events = load_events(connection, sorted(set(members.values())))
            return {claim: events[event] for claim, event in members.items()}

        return self._read(read)

    def actors_by_id(self, ids: Iterable[str]) -> dict[str, Actor]:
        """The actors with those ids, each as its latest article describes it; unknown ids are left out."""
        return self._read(lambda connection: load_actors(connection, sorted(set(ids))))

    def articles_by_id(self, ids: Iterable[str]) -> dict[str, Article]:
        """The articles with those ids; unknown ids are left out."""
        return self._read(lambda connection: load_articles(connection, sorted(set(ids))))

    def actors_called(self, name: str) -> tuple[Actor, ...]:
        """The actors that bear the name themselves, without those who act for them."""

        def read(connection: Connection) -> tuple[Actor, ...]:
            return tuple(load_actors(connection, actors_called(connection, name)).values())

        return self._read(read)

    def mentions_of(self, actor_id: str, article_id: str | None = None) -> tuple[Mention, ...]:
        """All mentions of one actor, article by article, in text order; in one article only, where that is given."""
        return self._read(lambda connection: queries.mentions_of(connection, actor_id, article_id))

    def find(self, asked: str) -> finding.Kept:
        """The record with that id, or the only one whose id begins so. Raises StorageError for none, or several."""
        return self._read(lambda connection: finding.find(connection, asked))

    def find_article(self, asked: str) -> str:
        """The id of the article named by id, path or words of its title. Raises StorageError for none, or several."""
        return self._read(lambda connection: finding.find_article(connection, asked))

    def short_ids(self, ids: Iterable[str]) -> dict[str, str]:
        """For each id the first digits that tell it from all others of the record."""
        return self._read(lambda connection: finding.short_ids(connection, ids))

    def explain(self, asked: str) -> explaining.Explanation:
        """How the record with that id (or the beginning of one) is known. Raises StorageError for none, or several."""
        return self._read(lambda connection: explaining.explain(connection, finding.find(connection, asked)))

    def counts(self) -> dict[str, int]:
        """How many of each kind the record holds: pages, articles, claims …"""
        tables: tuple[Table, ...] = tuple(kind.table for kind in finding.KINDS)
        return self._read(
            lambda connection: {
                table.name: connection.execute(select(func.count(table.c.id.distinct()))).scalar_one()
                for table in tables
            }
        )

    def all_ids(self) -> tuple[str, ...]:
        """Every id in the record, kind by kind."""
        return self._read(
            lambda connection: tuple(
                identity
                for kind in finding.KINDS
                for identity in connection.execute(
                    select(kind.table.c.id).distinct().order_by(kind.table.c.id)
                ).scalars()
            )
        )

    def _read(self, question: Callable[[Connection], T]) -> T:
        with storage_errors(self.path), self._engine.connect() as connection, connection.begin():
            return question(connection)

    def _write(self, change: Callable[[Connection], bool]) -> bool:
        with (
            storage_errors(self.path),
            self._engine.connect().execution_options(writes=True) as connection,
            connection.begin(),
        ):
            return change(connection)


__all__ = ["NO_FILTERS", "Filters", "Record", "StorageError"]
