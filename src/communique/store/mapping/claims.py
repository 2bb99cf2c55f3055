"""Claims, meetings and events ↔ rows."""

from collections.abc import Sequence

from sqlalchemy import Connection

from communique.records import Article, Claim, CodedArticle, Event, FieldDecision, Meeting, MeetingStatus, Status
from communique.store import schema
from communique.store.mapping.cast import load_times
from communique.store.mapping.columns import (
    Rows,
    optional_span_of,
    part_rows,
    parts_by_owner,
    place_of,
    place_rows,
    role_rows,
    roles_of,
    rows_by_id,
    span_of,
    span_row,
)


def claim_rows(article: Article, claims: Sequence[Claim]) -> Rows:
    """The claims in order, with roles, evidence, place and decisions."""
    rows: Rows = {
        schema.claims: [],
        schema.claim_roles: [],
        schema.claim_evidence: [],
        schema.claim_places: [],
        schema.decisions: [],
    }
    for position, claim in enumerate(claims):
        rows[schema.claims].append(
            {
                "id": claim.id,
                "article_id": article.id,
                "position": position,
                "type": claim.type,
                "meeting_type": claim.meeting_type,
                "like_type": claim.like,
                "modes": list(claim.modes),
                "contexts": list(claim.contexts),
                "time_id": claim.date.id if claim.date else None,
                "status": claim.status.value,
            }
            | span_row(article, claim.status_span, "status")
            | span_row(article, claim.trigger, "trigger")
            | span_row(article, claim.condition, "condition")
            | span_row(article, claim.content, "content")
        )
        roles = {"actor": claim.actors, "recipient": claim.recipients, "asserted_by": claim.asserted_by}
        rows[schema.claim_roles] += role_rows(article, "claim", claim.id, roles)
        rows[schema.claim_evidence] += part_rows(article, "claim", claim.id, claim.evidence)
        rows[schema.claim_places] += place_rows(article, "claim", claim.id, claim.place)
        rows[schema.decisions] += [
            {
                "claim_id": claim.id,
                "position": number,
                "field": decision.field,
                "rule": decision.rule,
                "confidence": decision.confidence,
            }
            for number, decision in enumerate(claim.decisions)
        ]
    return rows


def load_claims(connection: Connection, ids: Sequence[str]) -> dict[str, Claim]:
    """Claims by id; unknown ids are left out."""
    rows = rows_by_id(connection, schema.claims, ids)
    roles = parts_by_owner(connection, schema.claim_roles, "claim", ids)
    evidence = parts_by_owner(connection, schema.claim_evidence, "claim", ids)
    decisions = parts_by_owner(connection, schema.decisions, "claim", ids)
    places = parts_by_owner(connection, schema.claim_places, "claim", ids)
    times = load_times(connection, [row["time_id"] for row in rows])
    return {
        row["id"]: Claim(
            id=row["id"],
            article_id=(article := row["article_id"]),
            type=row["type"],
            modes=tuple(row["modes"]),
            contexts=tuple(row["contexts"]),
            actors=roles_of(roles[row["id"]], "actor", article),
            recipients=roles_of(roles[row["id"]], "recipient", article),
            date=times.get(row["time_id"]),
            place=place_of(places[row["id"]], article),
            status=Status(row["status"]),
            status_span=optional_span_of(row, article, "status"),
            asserted_by=roles_of(roles[row["id"]], "asserted_by", article),
            trigger=span_of(row, article, "trigger"),
            evidence=tuple(span_of(part, article) for part in evidence[row["id"]]),
            decisions=tuple(
                FieldDecision(field=part["field"], rule=part["rule"], confidence=part["confidence"])
                for part in decisions[row["id"]]
            ),
            meeting_type=row["meeting_type"],
            like=row["like_type"],
            condition=optional_span_of(row, article, "condition"),
            content=optional_span_of(row, article, "content"),
        )
        for row in rows
    }


def meeting_rows(article: Article, meetings: Sequence[Meeting]) -> Rows:
    """The meetings in order, with parties, evidence, place and claims."""
    rows: Rows = {
        schema.meetings: [],
        schema.meeting_parties: [],
        schema.meeting_evidence: [],
        schema.meeting_places: [],
        schema.meeting_claims: [],
    }
    for position, meeting in enumerate(meetings):
        rows[schema.meetings].append(
            {
                "id": meeting.id,
                "article_id": article.id,
                "position": position,
                "format": meeting.format,
                "status": meeting.status.value,
                "time_id": meeting.date.id if meeting.date else None,
            }
            | span_row(article, meeting.condition, "condition")
        )
        rows[schema.meeting_parties] += role_rows(article, "meeting", meeting.id, {"party": meeting.parties})
        rows[schema.meeting_evidence] += part_rows(article, "meeting", meeting.id, meeting.evidence)
        rows[schema.meeting_places] += place_rows(article, "meeting", meeting.id, meeting.place)
        rows[schema.meeting_claims] += [
            {"meeting_id": meeting.id, "position": number, "claim_id": claim}
            for number, claim in enumerate(meeting.claims)
        ]
    return rows


def load_meetings(connection: Connection, ids: Sequence[str]) -> dict[str, Meeting]:
    """Meetings by id; unknown ids are left out."""
    rows = rows_by_id(connection, schema.meetings, ids)
    parties = parts_by_owner(connection, schema.meeting_parties, "meeting", ids)
    evidence = parts_by_owner(connection, schema.meeting_evidence, "meeting", ids)
    places = parts_by_owner(connection, schema.meeting_places, "meeting", ids)
    claims = parts_by_owner(connection, schema.meeting_claims, "meeting", ids)
    times = load_times(connection, [row["time_id"] for row in rows])
    return {
        row["id"]: Meeting(
            id=row["id"],
            article_id=(article := row["article_id"]),
            parties=roles_of(parties[row["id"]], "party", article),
            date=times.get(row["time_id"]),
            place=place_of(places[row["id"]], article),
            format=row["format"],
            status=MeetingStatus(row["status"]),
            evidence=tuple(span_of(part, article) for part in evidence[row["id"]]),
            claims=tuple(part["claim_id"] for part in claims[row["id"]]),
            condition=optional_span_of(row, article, "condition"),
        )
        for row in rows
    }


def event_rows(coded: CodedArticle) -> Rows:
    """The events in order, with their member claims."""
    return {
        schema.events: [
            {"id": event.id, "article_id": coded.article.id, "position": position, "type": event.type}
            for position, event in enumerate(coded.events)
        ],
        schema.event_claims: [
            {"event_id": event.id, "position": number, "claim_id": claim}
            for event in coded.events
            for number, claim in enumerate(event.claims)
        ],
    }


def load_events(connection: Connection, ids: Sequence[str]) -> dict[str, Event]:
    """Events by id; unknown ids are left out."""
    rows = rows_by_id(connection, schema.events, ids)
    members = parts_by_owner(connection, schema.event_claims, "event", ids)
    return {
        row["id"]: Event(id=row["id"], type=row["type"], claims=tuple(part["claim_id"] for part in members[row["id"]]))
        for row in rows
    }
