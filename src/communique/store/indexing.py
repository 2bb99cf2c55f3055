"""A coded article → the columns by which its rows are found, and the numbers of terms.

The index itself (`postings`) is kept by triggers: here is only what goes into the rows.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from communique.records import Article, Claim, CodedArticle, Meeting, MentionKind, Position, Statement, Timex, outlet_of
from communique.store import schema
from communique.store import schema_index as index
from communique.store.mapping.columns import CHUNK, Rows
from communique.store.postings import (
    DYAD,
    Terms,
    article_days,
    article_terms,
    claim_terms,
    group_keys,
    meeting_terms,
    name_keys,
    position_terms,
    statement_terms,
    timeline_place,
)


def term_numbers(connection: Connection, texts: Iterable[str]) -> dict[str, int]:
    """The numbers of the terms; those that are new get one, pairs of parties one below zero."""
    wanted = sorted(set(texts))
    known = known_terms(connection, wanted)
    missing = [text for text in wanted if text not in known]
    if not missing:
        return known
    own = index.terms.c.id
    last, lowest = connection.execute(select(func.max(own), func.min(own))).one()
    rows = []
    for text in missing:
        if text.startswith(DYAD):
            lowest -= 1
        else:
            last += 1
        rows.append({"id": lowest if text.startswith(DYAD) else last, "text": text})
    connection.execute(insert(index.terms), rows)
    return known | {row["text"]: row["id"] for row in rows}


def known_terms(connection: Connection, texts: Iterable[str]) -> dict[str, int]:
    """The numbers of those terms that the record has."""
    wanted = list(texts)
    known: dict[str, int] = {}
    own = index.terms.c
    for first in range(0, len(wanted), CHUNK):
        query = select(own.text, own.id).where(own.text.in_(wanted[first : first + CHUNK]))
        known.update((text, number) for text, number in connection.execute(query))
    return known


@dataclass(frozen=True, slots=True)
class Found:
    """Where a row stands in the timeline, and its terms as words."""

    place: dict[str, int]
    terms: Terms


def found_rows(coded: CodedArticle) -> dict[Table, list[Found]]:
    """For each row of the article's tables, in their order, what it is found by."""
    cast = {actor.id: actor for actor in coded.actors}
    outlet = outlet_of(coded.article)
    first, last = article_days(coded.article)
    own_day = timeline_place(first, last)

    def of_article(date: Timex | None) -> dict[str, int]:
        if date is None or date.dates is None or (date.dates.earliest is None and date.dates.latest is None):
            return own_day
        return timeline_place(date.dates.earliest or first, date.dates.latest or last)

    return {
        schema.articles: [Found(own_day, article_terms(coded, outlet))],
        schema.claims: [Found(_day(each.date), claim_terms(each, cast, outlet)) for each in coded.claims],
        schema.statements: [
            Found(of_article(each.date), statement_terms(each, cast, outlet)) for each in coded.statements
        ],
        schema.positions: [
            Found(of_article(each.date), position_terms(each, cast, outlet)) for each in coded.positions
        ],
        schema.meetings: [Found(_day(each.date), meeting_terms(each, cast, outlet)) for each in coded.meetings],
    }


def _day(date: Timex | None) -> dict[str, int]:
    return timeline_place(date.dates.earliest, date.dates.latest) if date and date.dates else timeline_place(None, None)


def add_found_columns(connection: Connection, rows: Rows, coded: CodedArticle, number: int) -> None:
    """Puts into the rows what they are found by; `number` is the article's."""
    found = found_rows(coded)
    numbers = term_numbers(connection, {term for each in found.values() for one in each for term in one.terms})
    for table, places in found.items():
        for row, one in zip(rows[table], places, strict=True):
            row.update(one.place)
            row["terms"] = sorted(numbers[term] for term in one.terms)
            row["number" if table is schema.articles else "article_number"] = number
    rows[schema.articles][0]["outlet"] = outlet_of(coded.article)
    for row, claim in zip(rows[schema.claims], coded.claims, strict=True):
        row["confidence"] = claim.confidence
    _count_cast(rows[schema.cast_members], coded, number)


def index_anew(connection: Connection, coded: CodedArticle) -> None:
    """Finds out anew by what the stored rows of the article are found, and writes where that differs from what is there."""
    articles = schema.articles.c
    number = connection.execute(select(articles.number).where(articles.id == coded.article.id)).scalar_one()
    found = found_rows(coded)
    numbers = term_numbers(connection, {term for each in found.values() for one in each for term in one.terms})
    for table, places in found.items():
        own = table.c
        key = own.number if table is schema.articles else own.article_number
        ids = [each.id for each in _records(coded, table)]
        query = select(own.id, own.reach, own.day, own.ends, own.terms, key).where(
            own.id.in_(bindparam("ids", expanding=True))
        )
        present = {
            row[0]: tuple(row[1:])
            for first in range(0, len(ids), CHUNK)
            for row in connection.execute(query, {"ids": ids[first : first + CHUNK]})
        }
        for identity, one in zip(ids, places, strict=True):
            terms = sorted(numbers[term] for term in one.terms)
            values = {**one.place, "terms": terms, key.name: number}
            if present[identity] != (*one.place.values(), terms, number):
                connection.execute(update(table).where(own.id == identity).values(values))
    rows: list[dict[str, Any]] = [{} for _ in coded.actors]
    _count_cast(rows, coded, number)
    members = schema.cast_members.c
    for actor, row in zip(coded.actors, rows, strict=True):
        of_actor = (members.article_id == coded.article.id, members.actor_id == actor.id)
        connection.execute(update(schema.cast_members).where(*of_actor).values(row))


def _records(coded: CodedArticle, table: Table) -> Sequence[Article | Claim | Statement | Position | Meeting]:
    if table is schema.articles:
        return (coded.article,)
    kinds: dict[Table, Sequence[Claim | Statement | Position | Meeting]] = {
        schema.claims: coded.claims,
        schema.statements: coded.statements,
        schema.positions: coded.positions,
        schema.meetings: coded.meetings,
    }
    return kinds[table]


def _count_cast(rows: list[dict[str, Any]], coded: CodedArticle, number: int) -> None:
    """How often each actor is named in the article, what it is called there, and for whom it acts."""
    named = Counter(mention.actor_id for mention in coded.mentions)
    quotes: dict[str | None, set[str]] = {}
    for mention in coded.mentions:
        if mention.kind is MentionKind.NAME:
            quotes.setdefault(mention.actor_id, set()).add(coded.article.quote(mention.span))
    for row, actor in zip(rows, coded.actors, strict=True):
        row["seen"] = coded.article.published.day.toordinal() if coded.article.published else 0
        row["article_number"] = number
        row["mentions"] = named[actor.id]
        row["keys"] = [*group_keys(actor), *name_keys(quotes.get(actor.id, ()))]
