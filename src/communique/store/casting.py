"""Filters → actors, the most mentioned first, with how often they are named and in how many articles."""

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select, text

from communique.records import Actor
from communique.store import schema
from communique.store.filters import Filters
from communique.store.listing import PAGE, Slice
from communique.store.mapping.cast import load_actors
from communique.store.naming import party_keys
from communique.store.postings import own_key
from communique.store.walking import Parameters, matching_articles, not_a_cursor

MOST_COUNTED = 3_000  # articles whose casts are added up for an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class CastEntry:
    """An actor as its latest article describes it, with how often it is named (mentions) and in how many articles."""

    actor: Actor
    mentions: int
    articles: int


def cast(connection: Connection, filters: Filters) -> tuple[CastEntry, ...]:
    """The actors that fit (`actors`, `types` = kind, `article_id`, `words`, `sources`), the most mentioned first.

    Mentions and articles are counted in the articles that fit; where these are more than 3,000, in the whole record.
    """
    return _entries(connection, filters, filters.limit)[0]


def cast_part(connection: Connection, filters: Filters) -> Slice[CastEntry]:
    """One page of `cast`."""
    limit = max(0, PAGE if filters.limit is None else filters.limit)
    entries, names = _entries(connection, filters, limit + 1)
    shown = entries[:limit]
    more = len(entries) > limit > 0
    cursor = json.dumps([shown[-1].mentions, names[limit - 1], shown[-1].actor.id]) if more else None
    return Slice(shown, cursor)


def count_cast(connection: Connection, filters: Filters) -> int:
    """How many actors fit."""
    source, where, parameters = _asked(connection, filters)
    sql = f"SELECT count(*) FROM {source} WHERE {where}"
    return int(connection.execute(text(sql), parameters).scalar_one())


def _entries(connection: Connection, filters: Filters, limit: int | None) -> tuple[tuple[CastEntry, ...], list[str]]:
    source, where, parameters = _asked(connection, filters)
    if filters.after is not None:
        parameters |= _of_cursor(filters.after)
        where += " AND a.mentions <= :mentions AND (a.mentions < :mentions OR (a.name, a.id) > (:name, :id))"
    sql = (
        f"SELECT a.id, a.mentions, a.articles, a.name FROM {source} WHERE {where} "
        "ORDER BY a.mentions DESC, a.name, a.id LIMIT :most"
    )
    rows = connection.execute(text(sql), {**parameters, "most": -1 if limit is None else limit}).all()
    found = load_actors(connection, [row[0] for row in rows])
    entries = tuple(CastEntry(actor=found[row[0]], mentions=row[1], articles=row[2]) for row in rows)
    return entries, [row[3] for row in rows]


def _asked(connection: Connection, filters: Filters) -> tuple[str, str, Parameters]:
    """Source `a` with id, name, mentions and articles, condition, parameters."""
    where = ["a.articles > 0"]
    parameters: Parameters = {}
    for number, name in enumerate(filters.actors):
        keys = party_keys(connection, name)
        own = own_key("")
        parameters[f"keys{number}"] = json.dumps(keys)
        parameters[f"ids{number}"] = json.dumps([key.removeprefix(own) for key in keys if key.startswith(own)])
        where.append(
            f'(a.id IN (SELECT actor_id FROM actor_keys WHERE "key" IN (SELECT value FROM json_each(:keys{number}))) '
            f"OR a.id IN (SELECT value FROM json_each(:ids{number})))"
        )
    if len(filters.types) == 1:
        where.append("a.kind = :kind")
        parameters["kind"] = filters.types[0]
    elif filters.types:
        where.append("a.kind IN (SELECT value FROM json_each(:kinds))")
        parameters["kinds"] = json.dumps(filters.types)
    numbers = _articles(connection, filters)
    if numbers is None:
        return "actors a", " AND ".join(where), parameters
    parameters["numbers"] = json.dumps(sorted(numbers))
    among = "(SELECT value FROM json_each(:numbers))"
    if len(numbers) > MOST_COUNTED:
        where.append(f"EXISTS (SELECT 1 FROM cast_members m WHERE m.actor_id = a.id AND m.article_number IN {among})")
        return "actors a", " AND ".join(where), parameters
    source = (
        "(SELECT o.id, o.name, o.kind, sum(m.mentions) AS mentions, count(*) AS articles FROM articles r "
        "CROSS JOIN cast_members m ON m.article_id = r.id CROSS JOIN actors o ON o.id = m.actor_id "
        f"WHERE r.number IN {among} GROUP BY o.id) a"
    )
    return source, " AND ".join(where), parameters


def _articles(connection: Connection, filters: Filters) -> set[int] | None:
    """The numbers of the articles that are asked for; None when all are."""
    own = schema.articles.c
    asked: list[Iterable[int]] = []
    if filters.article_id is not None:
        asked.append(connection.execute(select(own.number).where(own.id == filters.article_id)).scalars())
    if filters.sources:
        outlets = [each.strip().lower() for each in filters.sources]
        asked.append(connection.execute(select(own.number).where(own.outlet.in_(outlets))).scalars())
    if filters.words is not None:
        asked.append(matching_articles(connection, filters.words))
    return set.intersection(*map(set, asked)) if asked else None


def _of_cursor(cursor: str) -> Parameters:
    try:
        mentions, name, identity = json.loads(cursor)
    except (ValueError, TypeError):
        raise not_a_cursor(cursor) from None
    if not (isinstance(mentions, int) and isinstance(name, str) and isinstance(identity, str)):
        raise not_a_cursor(cursor)
    return {"mentions": mentions, "name": name, "id": identity}
