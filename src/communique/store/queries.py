"""Questions about a record that are no walk through the timeline: problems, outlets, who deals with whom, mentions, arrival."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, func, select, text

from communique.records import ActorKind, Article, Mention, Problem, Span
from communique.store import schema
from communique.store.filters import Filters
from communique.store.listing import PAGE, Slice
from communique.store.mapping.cast import mention_of
from communique.store.mapping.columns import rows_by_id
from communique.store.mapping.documents import load_articles, problem_of
from communique.store.walking import not_a_cursor


@dataclass(frozen=True, slots=True, kw_only=True)
class OutletEntry:
    """An outlet: how many articles, of which days, and how many of them copy an article that came earlier."""

    outlet: str
    articles: int
    first: date | None
    last: date | None
    copies: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedIn:
    """Who and what an article names: the names of its actors with their kinds, in its order, and of its claims' places."""

    actors: tuple[tuple[str, ActorKind], ...] = ()
    places: tuple[str, ...] = ()


def problems(connection: Connection, filters: Filters) -> tuple[Problem, ...]:
    """The problems that fit (`types` = stage, `statuses` = severity, article), each once, in the order they were met."""
    return _problems(connection, filters, filters.limit)[0]


def problems_part(connection: Connection, filters: Filters) -> Slice[Problem]:
    """One page of `problems`."""
    limit = max(0, PAGE if filters.limit is None else filters.limit)
    found, numbers = _problems(connection, filters, limit + 1)
    return Slice(found[:limit], str(numbers[limit - 1]) if len(found) > limit > 0 else None)


def _problems(connection: Connection, filters: Filters, limit: int | None) -> tuple[tuple[Problem, ...], list[int]]:
    own = schema.problems.c
    earlier = schema.problems.alias()
    query = select(schema.problems).order_by(own.number).limit(limit)
    first = select(func.min(earlier.c.number)).where(earlier.c.id == own.id)
    if filters.types:
        query = query.where(own.stage.in_(filters.types))
    if filters.statuses:
        query = query.where(own.severity.in_(filters.statuses))
    if filters.article_id is not None:
        query = query.where(own.article_id == filters.article_id)
        first = first.where(earlier.c.article_id == filters.article_id)
    if filters.after is not None:
        if not filters.after.isdecimal() or len(filters.after) > 18:
            raise not_a_cursor(filters.after)
        query = query.where(own.number > int(filters.after))
    rows = connection.execute(query.where(own.number == first.scalar_subquery())).mappings().all()
    return tuple(problem_of(row) for row in rows), [row["number"] for row in rows]


def count_problems(connection: Connection, filters: Filters) -> int:
    """How many different problems fit."""
    own = schema.problems.c
    query = select(func.count(own.id.distinct()))
    if filters.types:
        query = query.where(own.stage.in_(filters.types))
    if filters.statuses:
        query = query.where(own.severity.in_(filters.statuses))
    if filters.article_id is not None:
        query = query.where(own.article_id == filters.article_id)
    return int(connection.execute(query).scalar_one())


def quotes(connection: Connection, spans: Sequence[Span]) -> dict[Span, str]:
    """The words of each span whose article is in the record, without loading more of the articles than their texts."""
    own = schema.articles.c
    wanted = func.json_each(json.dumps(sorted({each.article_id for each in spans}))).table_valued("value")
    query = select(own.id, own.text).where(own.id.in_(select(wanted.c.value)))
    texts: dict[str, str] = {row.id: row.text for row in connection.execute(query)}
    return {each: texts[each.article_id][each.start : each.end] for each in spans if each.article_id in texts}


def newest(connection: Connection, limit: int) -> tuple[Article, ...]:
    """The articles that came last, the latest first."""
    own = schema.articles.c
    ids = list(connection.execute(select(own.id).order_by(own.number.desc()).limit(limit)).scalars())
    found = load_articles(connection, ids)
    return tuple(found[each] for each in ids)


def outlets(connection: Connection) -> tuple[OutletEntry, ...]:
    """All outlets, the one with most articles first."""
    own = schema.articles.c
    rows = connection.execute(
        select(own.outlet, func.count(), func.min(own.published), func.max(own.published)).group_by(own.outlet)
    ).all()
    counted = connection.execute(
        text(
            "SELECT a.outlet, count(*) FROM copy_members m CROSS JOIN articles a ON a.id = m.article_id "
            "WHERE m.position > 0 GROUP BY a.outlet"
        )
    )
    copied: dict[str, int] = dict(counted.all())
    entries = (
        OutletEntry(outlet=name, articles=number, first=first, last=last, copies=copied.get(name, 0))
        for name, number, first, last in rows
    )
    return tuple(sorted(entries, key=lambda entry: (-entry.articles, entry.outlet)))


def event_ids(connection: Connection, claim_ids: Sequence[str]) -> dict[str, str]:
    """For each claim that belongs to an event of its article, the event's id."""
    rows = rows_by_id(connection, schema.event_claims, claim_ids, "claim_id")
    return {row["claim_id"]: row["event_id"] for row in rows}


def named_in(connection: Connection, article_ids: Sequence[str]) -> dict[str, NamedIn]:
    """What each of the articles (not many at once) names."""
    members, actors = schema.cast_members, schema.actors
    who = (
        select(members.c.article_id, actors.c.name, actors.c.kind)
        .join(actors, actors.c.id == members.c.actor_id)
        .where(members.c.article_id.in_(article_ids))
        .order_by(members.c.article_id, members.c.position)
    )
    claims, places = schema.claims, schema.claim_places
    where = (
        select(claims.c.article_id, places.c.name)
        .join(places, places.c.claim_id == claims.c.id)
        .where(claims.c.article_id.in_(article_ids))
        .order_by(claims.c.article_id, claims.c.position)
    )
    named: dict[str, list[tuple[str, ActorKind]]] = {each: [] for each in article_ids}
    for article, name, kind in connection.execute(who):
        named[article].append((name, ActorKind(kind)))
    placed: dict[str, dict[str, None]] = {each: {} for each in article_ids}
    for article, name in connection.execute(where):
        placed[article][name] = None
    return {each: NamedIn(actors=tuple(named[each]), places=tuple(placed[each])) for each in article_ids}


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
