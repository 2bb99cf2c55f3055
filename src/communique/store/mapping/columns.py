"""What all mappings share: spans, roles, places and ordered parts, to rows and back.

Rows are mappings from column name to value: here and in the mappings beside it, and nowhere else, values are Any.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from sqlalchemy import Connection, RowMapping, Table, select

from communique.records import Article, Place, Role, Span
from communique.store.failures import UnstorableError

Row: TypeAlias = RowMapping
Rows: TypeAlias = dict[Table, list[dict[str, Any]]]

CHUNK = 500  # ids in one query: SQLite allows 32,766 variables, older builds 999


def span_row(article: Article, span: Span | None, prefix: str = "") -> dict[str, Any]:
    """The three columns of a span, None for no span. Raises UnstorableError for a span that is not one of this article."""
    stem = f"{prefix}_" if prefix else ""
    if span is None:
        return {f"{stem}start": None, f"{stem}end": None, f"{stem}quote": None}
    if span.article_id != article.id or span.end > len(article.text):
        raise UnstorableError(
            f"{article.source}: characters {span.start}-{span.end} of {span.article_id} are not words of {article.id} "
            f"({len(article.text)} characters); nothing of this article was stored: please report this as a fault"
        )
    return {f"{stem}start": span.start, f"{stem}end": span.end, f"{stem}quote": article.quote(span)}


def span_of(row: Row, article_id: str, prefix: str = "") -> Span:
    """The span in the three columns."""
    stem = f"{prefix}_" if prefix else ""
    return Span(article_id=article_id, start=row[f"{stem}start"], end=row[f"{stem}end"])


def optional_span_of(row: Row, article_id: str, prefix: str = "") -> Span | None:
    """The span in the three columns, None when they are empty."""
    return None if row[f"{prefix}_start" if prefix else "start"] is None else span_of(row, article_id, prefix)


def role_rows(
    article: Article, owner: str, owner_id: str, roles: Mapping[str, Iterable[Role | None]]
) -> list[dict[str, Any]]:
    """Rows for the actors in each named role, in order."""
    return [
        {f"{owner}_id": owner_id, "role": name, "position": position, "actor_id": role.actor_id}
        | span_row(article, role.span)
        for name, holders in roles.items()
        for position, role in enumerate(holder for holder in holders if holder is not None)
    ]


def roles_of(rows: Sequence[Row], name: str, article_id: str) -> tuple[Role, ...]:
    """The actors in one role, in order; `rows` are those of one owner."""
    return tuple(
        Role(actor_id=row["actor_id"], span=optional_span_of(row, article_id)) for row in rows if row["role"] == name
    )


def role_of(rows: Sequence[Row], name: str, article_id: str) -> Role | None:
    """The one actor in a role, or None."""
    return next(iter(roles_of(rows, name, article_id)), None)


def part_rows(article: Article, owner: str, owner_id: str, spans: Iterable[Span]) -> list[dict[str, Any]]:
    """Rows for spans in order."""
    return [
        {f"{owner}_id": owner_id, "position": position} | span_row(article, span) for position, span in enumerate(spans)
    ]


def place_rows(article: Article, owner: str, owner_id: str, place: Place | None) -> list[dict[str, Any]]:
    """One row, or none."""
    if place is None:
        return []
    own = {
        "name": place.name,
        "country": place.country,
        "region": place.region,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "geonames_id": place.geonames_id,
        "precision": place.precision,
        "reason": place.reason,
    }
    return [{f"{owner}_id": owner_id} | span_row(article, place.span) | own]


def place_of(rows: Sequence[Row], article_id: str) -> Place | None:
    """The place in the one row, or None when there is none."""
    if not rows:
        return None
    row = rows[0]
    return Place(
        name=row["name"],
        span=span_of(row, article_id),
        country=row["country"],
        region=row["region"],
        latitude=row["latitude"],
        longitude=row["longitude"],
        geonames_id=row["geonames_id"],
        precision=row["precision"],
        reason=row["reason"],
    )


def rows_by_id(connection: Connection, table: Table, ids: Sequence[str], column: str = "id") -> list[Row]:
    """The rows whose `column` is one of the ids, ordered by that column, then `position` where the table has one."""
    found: list[Row] = []
    for first in range(0, len(ids), CHUNK):
        query = select(table).where(table.c[column].in_(ids[first : first + CHUNK])).order_by(table.c[column])
        if "position" in table.c:
            query = query.order_by(table.c.position)
        found.extend(connection.execute(query).mappings())
    return found


def parts_by_owner(connection: Connection, table: Table, owner: str, ids: Sequence[str]) -> dict[str, list[Row]]:
    """The parts of each owner in order; an owner without parts has an empty list."""
    grouped: dict[str, list[Row]] = {each: [] for each in ids}
    for row in rows_by_id(connection, table, ids, f"{owner}_id"):
        grouped[row[f"{owner}_id"]].append(row)
    return grouped
