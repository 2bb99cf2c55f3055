"""Times, actors and mentions ↔ rows.

An actor's row is shared by every article that names it. Sectors, organization and title are as of one article's date
("former minister" in one, "minister" in another), so they stand in `cast_members`, once for each article.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, literal_column, select

from communique.records import (
    Actor,
    ActorKind,
    Anchor,
    Article,
    CodedArticle,
    DateRange,
    Mention,
    MentionKind,
    Precision,
    Timex,
    TimexType,
)
from communique.store import schema
from communique.store.failures import UnstorableError
from communique.store.folding import fold
from communique.store.mapping.columns import CHUNK, Row, Rows, rows_by_id, span_of, span_row

BY_JUDGEMENT = 1_000_000  # places in the cast from here on are of actors that a person put into a role

MEMBER_COLUMNS = (
    schema.cast_members.c.sectors,
    schema.cast_members.c.organization,
    schema.cast_members.c.title,
    schema.named_actors.c.sectors.label("named_sectors"),
)


def time_rows(coded: CodedArticle) -> list[dict[str, Any]]:
    """The article's times in order, then those that only a claim, statement, position or meeting holds (position None)."""
    held = {time.id: time for time in coded.times}
    rows = [time_row(coded.article, time, position) for position, time in enumerate(coded.times)]
    dates = [claim.date for claim in coded.claims] + [statement.date for statement in coded.statements]
    dates += [position.date for position in coded.positions] + [meeting.date for meeting in coded.meetings]
    for time in (date for date in dates if date is not None):
        if time.id not in held:
            held[time.id] = time
            rows.append(time_row(coded.article, time, None))
        if held[time.id] != time:
            raise UnstorableError(
                f"{coded.article.source}: two different times have the id {time.id}; nothing of this article was stored: "
                "please report this as a fault"
            )
    return rows


def time_row(article: Article, time: Timex, position: int | None) -> dict[str, Any]:
    """The time as a row; `position` None for one that only another record holds."""
    own = {
        "id": time.id,
        "article_id": article.id,
        "position": position,
        "type": time.type.value,
        "value": time.value,
        "mod": time.mod,
        "earliest": time.dates.earliest if time.dates else None,
        "latest": time.dates.latest if time.dates else None,
        "precision": time.dates.precision.value if time.dates else None,
        "anchor": time.anchor.value,
        "anchor_value": time.anchor_value,
        "reason": time.reason,
    }
    return own | span_row(article, time.span)


def time_of(row: Row) -> Timex:
    """The time in a row."""
    dates = None
    if row["precision"] is not None:
        dates = DateRange(earliest=row["earliest"], latest=row["latest"], precision=Precision(row["precision"]))
    return Timex(
        id=row["id"],
        span=span_of(row, row["article_id"]),
        type=TimexType(row["type"]),
        value=row["value"],
        mod=row["mod"],
        dates=dates,
        anchor=Anchor(row["anchor"]),
        anchor_value=row["anchor_value"],
        reason=row["reason"],
    )


def load_times(connection: Connection, ids: Sequence[str | None]) -> dict[str | None, Timex]:
    """Times by id; None among the ids is passed over."""
    wanted = sorted({each for each in ids if each is not None})
    return {row["id"]: time_of(row) for row in rows_by_id(connection, schema.times, wanted)}


def actor_row(actor: Actor) -> dict[str, Any]:
    """What an actor is, the same for all articles."""
    return {
        "id": actor.id,
        "name": actor.name,
        "folded": fold(actor.name),
        "kind": actor.kind.value,
        "country": actor.country,
    }


def name_word_rows(row: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The words of an actor's name, each once; `row` is the actor's."""
    return [{"word": word, "actor_id": row["id"]} for word in sorted(set(row["folded"].split()))]


def cast_rows(coded: CodedArticle) -> Rows:
    """What the article says of its actors, and the mentions."""
    article = coded.article
    return {
        schema.cast_members: [
            {
                "article_id": article.id,
                "actor_id": actor.id,
                "position": position,
                "sectors": list(actor.sectors),
                "organization": actor.organization,
                "title": actor.title,
            }
            for position, actor in enumerate(coded.actors)
        ],
        schema.mentions: [
            {
                "id": mention.id,
                "article_id": article.id,
                "position": position,
                "head": mention.head,
                "kind": mention.kind.value,
                "actor_id": mention.actor_id,
                "candidates": list(mention.candidates),
                "reason": mention.reason,
            }
            | span_row(article, mention.span)
            for position, mention in enumerate(coded.mentions)
        ],
    }


def load_cast(connection: Connection, article_id: str) -> tuple[Actor, ...]:
    """The actors of one article as it describes them (where people named one, as they did), in its order."""
    query = (
        select(schema.actors, *MEMBER_COLUMNS)
        .join(schema.cast_members, schema.cast_members.c.actor_id == schema.actors.c.id)
        .outerjoin(schema.named_actors, schema.named_actors.c.actor_id == schema.actors.c.id)
        .where(schema.cast_members.c.article_id == article_id)
        .order_by(schema.cast_members.c.position)
    )
    return tuple(_actor_of(row) for row in connection.execute(query).mappings())


def load_actors(connection: Connection, ids: Sequence[str]) -> dict[str, Actor]:
    """Actors by id, each as its latest article describes it (by publication day, then by place in the record)."""
    found: dict[str, Actor] = {}
    each, latest = schema.cast_members.alias("each_member"), schema.cast_members
    newest = (
        select(literal_column("each_member.rowid"))
        .where(each.c.actor_id == schema.actors.c.id)
        .order_by(each.c.seen.desc(), each.c.article_number.desc())
        .limit(1)
        .correlate(schema.actors)
        .scalar_subquery()
    )
    for first in range(0, len(ids), CHUNK):
        query = (
            select(schema.actors, *MEMBER_COLUMNS)
            .select_from(schema.actors)
            .outerjoin(schema.named_actors, schema.named_actors.c.actor_id == schema.actors.c.id)
            .join(latest, literal_column("cast_members.rowid") == newest)
            .where(schema.actors.c.id.in_(ids[first : first + CHUNK]))
        )
        found.update((row["id"], _actor_of(row)) for row in connection.execute(query).mappings())
    return found


def _actor_of(row: Row) -> Actor:
    return Actor(
        id=row["id"],
        name=row["name"],
        kind=ActorKind(row["kind"]),
        country=row["country"],
        sectors=tuple(row["sectors"] if row["named_sectors"] is None else row["named_sectors"]),
        organization=row["organization"],
        title=row["title"],
    )


def mention_of(row: Row) -> Mention:
    """The mention in a row."""
    return Mention(
        id=row["id"],
        span=span_of(row, row["article_id"]),
        head=row["head"],
        kind=MentionKind(row["kind"]),
        actor_id=row["actor_id"],
        candidates=tuple(row["candidates"]),
        reason=row["reason"],
    )
