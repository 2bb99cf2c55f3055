"""Filters → ids in timeline order, for each kind of record; the mappings then load the records themselves.

Timeline order: by first possible day, the narrower range first, undated last, then article and place in it.
Statements and positions seldom carry a date of their own; they are ordered and filtered by their article's day then.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Select, Table, func, or_, select

from communique.records import Actor, Article, Claim, Meeting, Mention, Position, Problem, Statement
from communique.store import schema
from communique.store.filters import Filters, actor_ids, held_by, in_days, with_words
from communique.store.mapping.cast import load_actors, mention_of
from communique.store.mapping.claims import load_claims, load_meetings
from communique.store.mapping.columns import rows_by_id
from communique.store.mapping.documents import load_articles, problem_of
from communique.store.mapping.speech import load_positions, load_statements

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Dated:
    """How one kind of coded record is filtered: its table, who takes part, and which columns `types` and `statuses` mean."""

    table: Table
    roles: Table
    takes_part: tuple[str, ...]
    types: tuple[Column[Any], ...]
    statuses: Column[Any]
    by_article_day: bool


CLAIMS = Dated(
    schema.claims,
    schema.claim_roles,
    ("actor", "recipient"),
    (schema.claims.c.type, schema.claims.c.meeting_type),
    schema.claims.c.status,
    by_article_day=False,
)
STATEMENTS = Dated(
    schema.statements,
    schema.statement_roles,
    ("speaker", "addressee", "reported_by"),
    (schema.statements.c.kind,),
    schema.statements.c.act,
    by_article_day=True,
)
POSITIONS = Dated(
    schema.positions,
    schema.position_roles,
    ("party", "of", "by"),
    (schema.positions.c.issue,),
    schema.positions.c.stance,
    by_article_day=True,
)
MEETINGS = Dated(
    schema.meetings,
    schema.meeting_parties,
    ("party",),
    (schema.meetings.c.format,),
    schema.meetings.c.status,
    by_article_day=False,
)


def claims(connection: Connection, filters: Filters) -> tuple[Claim, ...]:
    """The claims that fit, in timeline order."""
    return _loaded(connection, CLAIMS, filters, load_claims)


def statements(connection: Connection, filters: Filters) -> tuple[Statement, ...]:
    """The statements that fit, in timeline order."""
    return _loaded(connection, STATEMENTS, filters, load_statements)


def positions(connection: Connection, filters: Filters) -> tuple[Position, ...]:
    """The positions that fit, in timeline order."""
    return _loaded(connection, POSITIONS, filters, load_positions)


def meetings(connection: Connection, filters: Filters) -> tuple[Meeting, ...]:
    """The meetings that fit, in timeline order."""
    return _loaded(connection, MEETINGS, filters, load_meetings)


def _loaded(
    connection: Connection,
    kind: Dated,
    filters: Filters,
    load: Callable[[Connection, Sequence[str]], dict[str, T]],
) -> tuple[T, ...]:
    ids = list(connection.execute(_ordered_ids(connection, kind, filters)).scalars())
    found = load(connection, ids)
    return tuple(found[each] for each in ids)


def _ordered_ids(connection: Connection, kind: Dated, filters: Filters) -> Select[str]:
    own, times, articles = kind.table.c, schema.times.c, schema.articles.c
    first: Any = times.earliest
    last: Any = times.latest
    if kind.by_article_day:
        first = func.coalesce(times.earliest, articles.published, articles.published_after)
        last = func.coalesce(times.latest, articles.published, articles.published_before)
    query = (
        select(own.id)
        .join(schema.articles, articles.id == own.article_id)
        .outerjoin(schema.times, times.id == own.time_id)
        .order_by(func.coalesce(first, last).is_(None), func.coalesce(first, last), last, articles.number, own.position)
    )
    for name in filters.actors:
        query = query.where(held_by(own.id, kind.roles, kind.takes_part, actor_ids(connection, name)))
    if filters.types:
        query = query.where(or_(*(column.in_(filters.types) for column in kind.types)))
    if filters.statuses:
        query = query.where(kind.statuses.in_(filters.statuses))
    if filters.since is not None or filters.until is not None:
        query = query.where(in_days(filters, first, last))
    if filters.article_id is not None:
        query = query.where(own.article_id == filters.article_id)
    if filters.words is not None:
        query = query.where(articles.number.in_(with_words(filters.words)))
    return query if filters.limit is None else query.limit(filters.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class CastEntry:
    """An actor as its latest article describes it, with how often it is named (mentions) and in how many articles."""

    actor: Actor
    mentions: int
    articles: int


def cast(connection: Connection, filters: Filters) -> tuple[CastEntry, ...]:
    """The actors that fit (`actors`, `types` = kind, article, words), the most mentioned first."""
    members, mentions = schema.cast_members, schema.mentions
    named = select(mentions.c.actor_id, func.count().label("times")).group_by(mentions.c.actor_id)
    chosen = select(members.c.actor_id, func.count().label("articles")).group_by(members.c.actor_id)
    if filters.article_id is not None:
        named = named.where(mentions.c.article_id == filters.article_id)
        chosen = chosen.where(members.c.article_id == filters.article_id)
    if filters.words is not None:
        numbers = schema.articles.c.number.in_(with_words(filters.words))
        chosen = chosen.where(members.c.article_id.in_(select(schema.articles.c.id).where(numbers)))
    for name in filters.actors:
        chosen = chosen.where(members.c.actor_id.in_(actor_ids(connection, name)))
    counted, seen = chosen.subquery(), named.subquery()
    often = func.coalesce(seen.c.times, 0)
    query = (
        select(schema.actors.c.id, often, counted.c.articles)
        .join(counted, counted.c.actor_id == schema.actors.c.id)
        .outerjoin(seen, seen.c.actor_id == schema.actors.c.id)
        .order_by(often.desc(), schema.actors.c.name, schema.actors.c.id)
    )
    if filters.types:
        query = query.where(schema.actors.c.kind.in_(filters.types))
    if filters.limit is not None:
        query = query.limit(filters.limit)
    rows = connection.execute(query).all()
    found = load_actors(connection, [actor_id for actor_id, _, _ in rows])
    return tuple(
        CastEntry(actor=found[actor_id], mentions=times, articles=articles) for actor_id, times, articles in rows
    )


def articles(connection: Connection, filters: Filters) -> tuple[Article, ...]:
    """The articles that fit (days, article, words), by publication day, undated last."""
    own = schema.articles.c
    first = func.coalesce(own.published, own.published_after)
    query = select(own.id).order_by(first.is_(None), first, own.number)
    if filters.since is not None or filters.until is not None:
        query = query.where(in_days(filters, first, func.coalesce(own.published, own.published_before)))
    if filters.article_id is not None:
        query = query.where(own.id == filters.article_id)
    if filters.words is not None:
        query = query.where(own.number.in_(with_words(filters.words)))
    if filters.limit is not None:
        query = query.limit(filters.limit)
    ids = list(connection.execute(query).scalars())
    found = load_articles(connection, ids)
    return tuple(found[each] for each in ids)


def problems(connection: Connection, filters: Filters) -> tuple[Problem, ...]:
    """The problems that fit (`types` = stage, `statuses` = severity, article), each once, in the order they were met."""
    own = schema.problems.c
    query = select(schema.problems).order_by(own.number)
    if filters.types:
        query = query.where(own.stage.in_(filters.types))
    if filters.statuses:
        query = query.where(own.severity.in_(filters.statuses))
    if filters.article_id is not None:
        query = query.where(own.article_id == filters.article_id)
    unique = {row["id"]: problem_of(row) for row in connection.execute(query).mappings()}
    return tuple(unique.values())[: filters.limit]


def event_ids(connection: Connection, claim_ids: Sequence[str]) -> dict[str, str]:
    """For each claim that belongs to an event, the event's id."""
    rows = rows_by_id(connection, schema.event_claims, claim_ids, "claim_id")
    return {row["claim_id"]: row["event_id"] for row in rows}


def mentions_of(
    connection: Connection, actor_id: str, article_id: str | None = None, limit: int | None = None
) -> tuple[Mention, ...]:
    """The mentions of one actor, by article, in text order."""
    own = schema.mentions.c
    query = select(schema.mentions).where(own.actor_id == actor_id).order_by(own.article_id, own.position)
    if article_id is not None:
        query = query.where(own.article_id == article_id)
    if limit is not None:
        query = query.limit(limit)
    return tuple(mention_of(row) for row in connection.execute(query).mappings())
