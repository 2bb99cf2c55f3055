"""Rows → articles as linking reads them: only the columns it needs, so that all articles of a record can be read."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Row, select

from communique.records import Actor, ActorKind, BlockKind, DateRange, Precision, Status
from communique.records.reported import CODED_KINDS, Party, ReportedArticle, ReportedClaim, party_of, sentence_around
from communique.store import schema

ROLES = ("actor", "recipient")


def load_reported(connection: Connection, numbers: Sequence[int]) -> list[tuple[int, ReportedArticle]]:
    """The articles with those numbers (not more than a query may name), by number; what people rejected is left out."""
    own = schema.articles.c
    query = select(own.number, own.id, own.outlet, own.published, own.title, own.text).where(own.number.in_(numbers))
    rows = sorted(connection.execute(query).all())
    ids = [row.id for row in rows]
    texts = {row.id: row.text for row in rows}
    bodies = _bodies(connection, ids, texts)
    claims = _claims(connection, ids, texts)
    events = _events(connection, ids, {claim.id: claim.position for each in claims.values() for claim in each})
    return [
        (
            row.number,
            ReportedArticle(
                id=row.id,
                outlet=row.outlet,
                day=row.published,
                title=row.title or "",
                text=bodies.get(row.id, ""),
                claims=tuple(claims.get(row.id, ())),
                events=tuple(events.get(row.id, ())),
            ),
        )
        for row in rows
    ]


def _bodies(connection: Connection, ids: Sequence[str], texts: dict[str, str]) -> dict[str, str]:
    """As `body_text`: the body's blocks, or all that is coded where there are none."""
    own = schema.blocks.c
    query = (
        select(own.article_id, own.start, own.end, own.kind)
        .where(own.article_id.in_(ids), own.kind.in_([kind.value for kind in CODED_KINDS]))
        .order_by(own.article_id, own.position)
    )
    body: dict[str, list[str]] = defaultdict(list)
    coded: dict[str, list[str]] = defaultdict(list)
    for article, start, end, kind in connection.execute(query):
        coded[article].append(texts[article][start:end])
        if kind == BlockKind.BODY.value:
            body[article].append(texts[article][start:end])
    return {article: "\n".join(body.get(article) or parts) for article, parts in coded.items()}


def _claims(connection: Connection, ids: Sequence[str], texts: dict[str, str]) -> dict[str, list[ReportedClaim]]:
    own, times, places, evidence = schema.claims.c, schema.times.c, schema.claim_places.c, schema.claim_evidence.c
    first = (evidence.claim_id == own.id) & (evidence.position == 0)
    query = (
        select(
            own.id, own.article_id, own.position, own.type, own.status, own.trigger_quote, own.trigger_start, own.trigger_end,
            own.modes, own.meeting_type, times.earliest, times.latest, times.precision, places.name, places.country,
            places.precision.label("reach"), evidence.start, evidence.end, own.content_quote,
        )
        .select_from(schema.claims)
        .outerjoin(schema.times, times.id == own.time_id)
        .outerjoin(schema.claim_places, places.claim_id == own.id)
        .outerjoin(schema.claim_evidence, first)
        .where(own.article_id.in_(ids), ~own.rejected)
        .order_by(own.article_id, own.position)
    )  # fmt: skip
    rows = connection.execute(query).all()
    parties = _parties(connection, ids)
    found: dict[str, list[ReportedClaim]] = defaultdict(list)
    for row in rows:
        found[row.article_id].append(_claim(row, texts[row.article_id], parties))
    return found


def _claim(row: Row[*tuple[Any, ...]], text: str, parties: dict[tuple[str, str], list[Party]]) -> ReportedClaim:
    start, end = (row.trigger_start, row.trigger_end) if row.start is None else (row.start, row.end)
    dates = None
    if row.precision is not None:
        dates = DateRange(earliest=row.earliest, latest=row.latest, precision=Precision(row.precision))
    return ReportedClaim(
        id=row.id,
        position=row.position,
        type=row.type,
        status=Status(row.status),
        trigger=row.trigger_quote,
        sentence=sentence_around(text, start, end),
        actors=tuple(parties.get((row.id, "actor"), ())),
        recipients=tuple(parties.get((row.id, "recipient"), ())),
        modes=tuple(row.modes),
        meeting_type=row.meeting_type,
        dates=dates,
        place=row.name,
        country=row.country,
        town=row.reach == "town",
        content=row.content_quote or "",
    )


def _parties(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], list[Party]]:
    """The parties of each claim in each role, in order; what an actor is, it is as its own article describes it."""
    cast = _cast(connection, ids)
    own, claims = schema.claim_roles.c, schema.claims.c
    query = (
        select(own.claim_id, own.role, own.actor_id, claims.article_id)
        .join(schema.claims, claims.id == own.claim_id)
        .where(claims.article_id.in_(ids), own.role.in_(ROLES))
        .order_by(own.claim_id, own.role, own.position)
    )
    found: dict[tuple[str, str], list[Party]] = defaultdict(list)
    for claim, role, actor, article in connection.execute(query):
        party = cast.get((article, actor))
        found[claim, role].append(party if party is not None else party_of(actor, None))
    return found


def _cast(connection: Connection, ids: Sequence[str]) -> dict[tuple[str, str], Party]:
    members, actors, named = schema.cast_members.c, schema.actors.c, schema.named_actors.c
    query = (
        select(
            members.article_id, actors.id, actors.name, actors.kind, actors.country, members.sectors, members.organization,
            named.sectors.label("named_sectors"),
        )
        .join(schema.actors, actors.id == members.actor_id)
        .outerjoin(schema.named_actors, named.actor_id == actors.id)
        .where(members.article_id.in_(ids))
    )  # fmt: skip
    return {
        (row.article_id, row.id): party_of(
            row.id,
            Actor(
                id=row.id,
                name=row.name,
                kind=ActorKind(row.kind),
                country=row.country,
                sectors=tuple(row.sectors if row.named_sectors is None else row.named_sectors),
                organization=row.organization,
            ),
        )
        for row in connection.execute(query)
    }


def _events(connection: Connection, ids: Iterable[str], positions: dict[str, int]) -> dict[str, list[tuple[int, ...]]]:
    """The articles' own events, by the positions of their claims; without claims that were left out."""
    own, parts = schema.events.c, schema.event_claims.c
    query = (
        select(own.article_id, own.id, parts.claim_id)
        .join(schema.event_claims, parts.event_id == own.id)
        .where(own.article_id.in_(list(ids)))
        .order_by(own.article_id, own.position, parts.position)
    )
    events: dict[str, dict[str, list[int]]] = defaultdict(dict)
    for article, event, claim in connection.execute(query):
        if claim in positions:
            events[article].setdefault(event, []).append(positions[claim])
    return {article: [tuple(each) for each in found.values()] for article, found in events.items()}
