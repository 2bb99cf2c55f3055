"""A record → sorted JSON lines: byte for byte the same for records with equal content, however these were made.

One line for every article with all that was coded of it, page without article, problem of an input that gave none, run of
an article, derived record and judgement: `kind`, `id`, then the record in its exchange form. Row numbers and the time of day
at which a page was fetched are left out: they tell how the record was made.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time
from typing import Any, TextIO

from sqlalchemy import Connection, Table, exists, select

from communique.records import Page
from communique.store import schema
from communique.store import schema_linked as linked
from communique.store.exchange import coded_to_plain, to_plain
from communique.store.loading import load_coded
from communique.store.mapping.columns import rows_by_id
from communique.store.mapping.documents import page_of, problem_of, run_of
from communique.store.mapping.linked import (
    judgement_of,
    load_copy_groups,
    load_lines,
    load_linked_events,
    load_linked_meetings,
)

CHUNK = 200  # ids whose records are read at once


@dataclass(frozen=True, slots=True)
class Dumped:
    """A kind of line: the ids it has, in order, and how some of them become plain values."""

    kind: str
    table: Table
    tell: Callable[[Connection, Sequence[str]], Iterable[Any]]
    condition: Any = True


def _articles(connection: Connection, ids: Sequence[str]) -> Iterator[Any]:
    runs = {row["id"]: row["run_id"] for row in rows_by_id(connection, schema.articles, ids)}
    for each in ids:
        coded = load_coded(connection, each)
        yield {"run_id": runs[each], **coded_to_plain(replace(coded, page=_by_day(coded.page)))}


def _by_day(page: Page) -> Page:
    """The page without the time of day."""
    if page.fetched_at is None:
        return page
    return replace(page, fetched_at=datetime.combine(page.fetched_at.astimezone(UTC).date(), time(), UTC))


def _loaded(load: Callable[[Connection, Sequence[str]], dict[str, Any]]) -> Callable[[Connection, Sequence[str]], Any]:
    return lambda connection, ids: map(to_plain, map(load(connection, ids).__getitem__, ids))


def _rows(table: Table, record_of: Callable[[Any], Any]) -> Callable[[Connection, Sequence[str]], Iterator[Any]]:
    def tell(connection: Connection, ids: Sequence[str]) -> Iterator[Any]:
        found = {row["id"]: record_of(row) for row in rows_by_id(connection, table, ids)}
        return map(to_plain, map(found.__getitem__, ids))

    return tell


KINDS = (
    Dumped("article", schema.articles, _articles),
    Dumped("copies", linked.copy_groups, _loaded(load_copy_groups)),
    Dumped("event", linked.linked_events, _loaded(load_linked_events)),
    Dumped("judgement", linked.judgements, _rows(linked.judgements, judgement_of)),
    Dumped("line", linked.lines, _loaded(load_lines)),
    Dumped("meeting", linked.linked_meetings, _loaded(load_linked_meetings)),
    Dumped(
        "page",
        schema.pages,
        _rows(schema.pages, lambda row: _by_day(page_of(row))),
        ~exists().where(schema.articles.c.page_id == schema.pages.c.id),
    ),
    Dumped("problem", schema.problems, _rows(schema.problems, problem_of), schema.problems.c.article_id.is_(None)),
    Dumped(
        "run",
        schema.runs,
        _rows(schema.runs, run_of),
        exists().where(schema.articles.c.run_id == schema.runs.c.id),
    ),
)


def dump(connection: Connection, out: TextIO) -> int:
    """Writes the whole record and gives the number of lines; memory stays flat."""
    lines = 0
    for dumped in KINDS:
        own, after = dumped.table.c.id, ""
        while True:
            query = select(own).where(own > after, dumped.condition).distinct().order_by(own).limit(CHUNK)
            ids = list(connection.execute(query).scalars())
            if not ids:
                break
            for identity, told in zip(ids, dumped.tell(connection, ids), strict=True):
                line = {"kind": dumped.kind, "id": identity, "record": told}
                out.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
            lines += len(ids)
            after = ids[-1]
    return lines
