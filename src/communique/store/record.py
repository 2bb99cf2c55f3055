"""The record on disk: coded articles in, questions answered. One file, one writer at a time, any number of readers meanwhile.

Every call is one transaction on a connection of its own: what it reads is one state of the record, what it writes is there
whole or not at all. Objects of this class can be shared between threads. The questions are in `asking` and `asking_links`.
"""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TextIO

from sqlalchemy import Connection, Table, func, select

from communique.records import Actor, Claim, CodedArticle, Judgement, Links, Page, Problem, Run, StorageError
from communique.store import dumping, explaining, finding, judging, linking, schema
from communique.store import schema_index as index
from communique.store.asking import NO_FILTERS
from communique.store.filters import Filters
from communique.store.mapping.documents import run_of
from communique.store.told_inputs import ToldInputs
from communique.store.writing import write_coded, write_free_problem


class Record(ToldInputs):
    """A record file. Every method raises StorageError, in one line, when the file cannot be read or written."""

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

    def were_coded(self, page_ids: Iterable[str], run_id: str) -> frozenset[str]:
        """Those of the pages of which the record holds what that run made; asked at once, as each question has its cost."""
        own = schema.articles.c
        wanted = func.json_each(json.dumps(sorted(set(page_ids)))).table_valued("value")
        query = select(own.page_id).where(own.page_id.in_(select(wanted.c.value)), own.run_id == run_id)
        return self._read(lambda connection: frozenset(connection.execute(query).scalars()))

    def add_problem(self, problem: Problem, page: Page | None = None) -> bool:
        """Keeps the problem of an input that gave no article, and its page where there is one; False when it is known."""
        return self._write(lambda connection: write_free_problem(connection, problem, page))

    def write_links(self, links: Links) -> bool:
        """Replaces everything that linking derived before; every article counts as linked then. False: nothing changed."""
        return self._write(lambda connection: linking.write_links(connection, links))

    def replace_links(self, removed_ids: Sequence[str], links: Links, *, complete: bool = True) -> bool:
        """Takes out the derived records with those ids and puts in `links`; the others stay. False: nothing changed.

        With `complete` every article counts as linked then.
        """

        def replace(connection: Connection) -> bool:
            changed = linking.replace_links(connection, removed_ids, links)
            return (linking.mark_linked(connection) if complete else False) or changed

        return self._write(replace)

    # What people decide

    def judge(self, judgement: Judgement) -> bool:
        """Keeps a person's judgement and applies it at once; False when it is known. Raises StorageError where it cannot be.

        It stands through later runs, by the id of its claim or else by the words at `anchor`, until it is withdrawn.
        """
        return self._write(lambda connection: judging.keep_judgement(connection, judgement))

    def withdraw(self, judgement_id: str, when: datetime) -> bool:
        """Undoes a judgement: what the program had said holds again. False when there is none that could be undone."""
        return self._write(lambda connection: judging.withdraw_judgement(connection, judgement_id, when))

    def judgements(self, subject: str | None = None, active: bool = True) -> tuple[Judgement, ...]:
        """The judgements, in the order they were made: about one claim or actor, and (`active`) only those that hold."""
        return self._read(lambda connection: judging.judgements(connection, subject, active=active))

    def program_said(self, asked: str) -> Claim | Actor | None:
        """What the program itself had said of a judged claim or actor; None where no judgement changed it."""
        return self._read(lambda connection: judging.original_of(connection, finding.find(connection, asked)))

    # About the record as a whole; what was coded and linked is asked for in the classes above

    def runs(self) -> tuple[Run, ...]:
        """The runs that made what the record holds."""
        return self._read(
            lambda connection: tuple(run_of(row) for row in connection.execute(select(schema.runs)).mappings())
        )

    def revision(self) -> str:
        """A word that changes whenever anything is written."""
        own = index.revision.c
        row = self._read(lambda connection: connection.execute(select(own.token, own.number)).one())
        return f"{row.token}-{row.number}"

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
                table.name: connection.execute(
                    select(func.count(table.c.id.distinct()) if table is schema.problems else func.count()).select_from(
                        table
                    )
                ).scalar_one()
                for table in tables
            }
        )

    def dump(self, out: TextIO) -> int:
        """Writes the whole record as sorted JSON lines, the same for records of equal content; gives their number."""
        return self._read(lambda connection: dumping.dump(connection, out))

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


__all__ = ["NO_FILTERS", "Filters", "Record", "StorageError"]
