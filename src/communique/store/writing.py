"""CodedArticle → rows, in one transaction: an article is in the record whole, or as it was before."""

import hashlib
import json
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, func, insert, select

from communique.records import CodedArticle, Page, Problem, Run
from communique.store import schema
from communique.store import schema_index as index
from communique.store.exchange import to_plain
from communique.store.indexing import add_found_columns
from communique.store.judging import judge_article
from communique.store.mapping.cast import actor_row, cast_rows, name_word_rows, time_rows
from communique.store.mapping.claims import claim_rows, event_rows, meeting_rows
from communique.store.mapping.columns import CHUNK, Rows
from communique.store.mapping.documents import article_rows, page_row, problem_row, run_row
from communique.store.mapping.speech import position_rows, statement_rows


def write_coded(connection: Connection, coded: CodedArticle, run: Run) -> bool:
    """Stores all of the article, replacing what an earlier run gave for the same page. False when nothing would change."""
    digest = content_digest(coded)
    page = coded.page
    known = connection.execute(
        select(schema.articles.c.run_id, schema.articles.c.digest).where(schema.articles.c.page_id == page.id)
    ).first()
    # A source that reads well now has none of the problems that kept it out before.
    connection.execute(
        delete(schema.problems).where(schema.problems.c.source == page.source, schema.problems.c.article_id.is_(None))
    )
    if known is not None and (known.run_id, known.digest) == (run.id, digest):
        return False
    _insert_missing(connection, schema.runs, [run_row(run)])
    own = (schema.articles.c.page_id == page.id) | (schema.articles.c.id == coded.article.id)
    number = _article_number(connection, own)
    left = list(
        connection.execute(select(schema.cast_members.c.actor_id).join(schema.articles).where(own).distinct()).scalars()
    )
    connection.execute(delete(schema.articles).where(own))
    _insert_missing(connection, schema.pages, [page_row(page)])  # a page is never overwritten
    new_actors = _insert_missing(connection, schema.actors, [actor_row(actor) for actor in coded.actors])
    if words := [each for row in new_actors for each in name_word_rows(row)]:
        connection.execute(insert(index.name_words), words)
    tables = _article_tables(coded, run.id, digest)
    add_found_columns(connection, tables, coded, number)
    for table, rows in tables.items():
        if rows:
            connection.execute(insert(table), rows)
    judge_article(connection, coded.article.id, coded.claims, coded.actors)
    for first in range(0, len(left), CHUNK):
        unused = ~exists().where(schema.cast_members.c.actor_id == schema.actors.c.id)
        connection.execute(delete(schema.actors).where(schema.actors.c.id.in_(left[first : first + CHUNK]), unused))
    return True


def _article_number(connection: Connection, own: ColumnElement[bool]) -> int:
    """The number of the article that is replaced, so that it keeps its place; for a new one the next."""
    numbers = schema.articles.c.number
    kept = connection.execute(select(func.min(numbers)).where(own)).scalar()
    return kept if kept is not None else (connection.execute(select(func.max(numbers))).scalar() or 0) + 1


def _article_tables(coded: CodedArticle, run_id: str, digest: str) -> Rows:
    """Every table's rows, in an order that foreign keys allow."""
    article = coded.article
    return (
        article_rows(article, run_id, digest)
        | {schema.times: time_rows(coded)}
        | cast_rows(coded)
        | claim_rows(article, coded.claims)
        | statement_rows(article, coded.statements)
        | position_rows(article, coded.positions)
        | meeting_rows(article, coded.meetings)
        | event_rows(coded)
        | {schema.problems: [problem_row(problem, article.id) for problem in coded.problems]}
    )


def write_free_problem(connection: Connection, problem: Problem, page: Page | None) -> bool:
    """Keeps a problem of an input that gave no article, and its page. False when the record has the problem already."""
    if page is not None:
        _insert_missing(connection, schema.pages, [page_row(page)])
    own = (schema.problems.c.id == problem.id, schema.problems.c.article_id.is_(None))
    if connection.execute(select(schema.problems.c.id).where(*own)).first() is not None:
        return False
    connection.execute(insert(schema.problems), [problem_row(problem, None)])
    return True


def content_digest(coded: CodedArticle) -> str:
    """SHA-256 (hex) of everything coded from the page; the page stands in it by its id, for it never changes."""
    told = {field.name: getattr(coded, field.name) for field in fields(coded) if field.name != "page"}
    parts = [coded.page.id, *(to_plain(each, coded.article.id) for each in told.values())]
    return hashlib.sha256(json.dumps(parts).encode("ascii")).hexdigest()


def _insert_missing(connection: Connection, table: Table, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Inserts those whose id the table has not, and gives them back."""
    inserted: list[dict[str, Any]] = []
    wanted = {row["id"]: row for row in rows}
    ids = list(wanted)
    for first in range(0, len(ids), CHUNK):
        chunk = ids[first : first + CHUNK]
        present = set(connection.execute(select(table.c.id).where(table.c.id.in_(chunk))).scalars())
        missing = [wanted[each] for each in chunk if each not in present]
        if missing:
            connection.execute(insert(table), missing)
            inserted += missing
    return inserted
