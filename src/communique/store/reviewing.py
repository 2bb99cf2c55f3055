"""Filters → the claims that nobody has judged, the least certain first: the queue of a reviewer.

Where many fit they are walked along the index of confidence; few are fetched and sorted.
"""

from collections.abc import Iterator
from typing import TypeAlias

from sqlalchemy import Connection

from communique.records import Claim
from communique.store.filters import Filters, conditions
from communique.store.listing import PAGE, Slice
from communique.store.mapping.claims import load_claims
from communique.store.postings import Kind
from communique.store.walking import (
    CLAIMS,
    Parameters,
    day_conditions,
    looked_up,
    not_a_cursor,
    sql_text,
    tally,
    walks,
)

MOST_SORTED = 20_000

Waiting: TypeAlias = tuple[float, int, int, str]  # confidence, article number, position, id


def review_part(connection: Connection, filters: Filters) -> Slice[Claim]:
    """One page of the claims that fit and that nobody has judged, the least certain first."""
    limit = max(0, PAGE if filters.limit is None else filters.limit)
    rows = _waiting(connection, filters, limit + 1)
    found = load_claims(connection, [row[-1] for row in rows[:limit]])
    following = None
    if len(rows) > limit > 0:
        confidence, number, position, _ = rows[limit - 1]
        following = f"{confidence!r}-{number:x}-{position:x}"
    return Slice(tuple(found[row[-1]] for row in rows[:limit]), following)


def _waiting(connection: Connection, filters: Filters, limit: int) -> list[Waiting]:
    behind = ""
    place: Parameters = {}
    if filters.after is not None:
        behind = "AND (t.confidence, t.article_number, t.position) > (:least, :after_number, :after_position) "
        place = _of_cursor(filters.after)
    found: set[Waiting] = set()
    for source, parameters, mixed in _sources(connection, filters):
        once = "DISTINCT " if mixed else ""
        sql = (
            f"SELECT {once}t.confidence, t.article_number, t.position, t.id FROM {source} AND NOT t.judged {behind}"
            "ORDER BY t.confidence, t.article_number, t.position LIMIT :most"
        )
        rows = connection.execute(sql_text(sql), {**parameters, **place, "most": limit})
        found |= {(row[0], row[1], row[2], row[3]) for row in rows}
    return sorted(found)[:limit]


def _sources(connection: Connection, filters: Filters) -> Iterator[tuple[str, Parameters, bool]]:
    """The claims `t` that fit, as sources with their conditions, and whether one of these gives some of them twice."""
    asked = conditions(connection, Kind.CLAIM, filters)
    if asked is None:
        return
    of_articles = filters.words is not None or filters.article_id is not None
    if of_articles or min(tally(connection, asked.kinds, group) for group in asked.groups) <= MOST_SORTED:
        for walk in walks(connection, CLAIMS, filters, in_order=False):
            yield f"{walk.source} {CLAIMS.join()} WHERE {' AND '.join(walk.where)}", walk.parameters, walk.mixed
        return
    where, parameters = looked_up(asked.groups, "t", str(int(Kind.CLAIM)), "t.article_number")
    days, bounds = day_conditions(asked, None, "t")
    if filters.min_confidence is not None:
        where.append("t.confidence >= :confidence")
        parameters["confidence"] = filters.min_confidence
    yield f"claims t WHERE {' AND '.join([*where, *days])}", {**parameters, **bounds}, False


def _of_cursor(cursor: str) -> Parameters:
    try:
        confidence, number, position = cursor.rsplit("-", 2)
        return {"least": float(confidence), "after_number": int(number, 16), "after_position": int(position, 16)}
    except ValueError:
        raise not_a_cursor(cursor) from None
