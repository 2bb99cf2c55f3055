"""What linking derives, and what people judge ↔ rows.

A field's values name their claims by their places in the event's own list; everything else is stored as it is named.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date
from typing import Any

from sqlalchemy import Connection, Table, select

from communique.records import (
    CopyGroup,
    CopyKind,
    DateRange,
    FieldAgreement,
    FieldValue,
    Judgement,
    Line,
    LineEntry,
    LinkedEvent,
    LinkedMeeting,
    MeetingMove,
    MeetingStatus,
    Precision,
    Stance,
    Status,
    Verdict,
)
from communique.store import schema_linked as linked
from communique.store.mapping.columns import CHUNK, Row


def number_of(identity: str) -> int:
    """A derived record's row number: 63 bits of the hash in its id, so that it does not depend on the order of writing."""
    return int(identity.rpartition("-")[2][:16], 16) >> 1


def event_row(event: LinkedEvent) -> dict[str, Any]:
    """The event without its members, timeline and terms."""
    places = {claim: place for place, claim in enumerate(event.claims)}
    return {
        "number": number_of(event.id),
        "id": event.id,
        "type": event.type,
        "meeting_type": event.meeting_type,
        "status": event.status.value,
        "actors": list(event.actors),
        "recipients": list(event.recipients),
        **_days_row(event.dates),
        "place": event.place,
        "country": event.country,
        "modes": list(event.modes),
        "articles": event.articles,
        "voices": event.voices,
        "fields": [
            [
                field.field,
                [
                    [each.value, [places.get(claim, claim) for claim in each.claims], each.voices]
                    for each in field.values
                ],
            ]
            for field in event.fields
        ],
    }


def event_of(row: Row, claims: tuple[str, ...]) -> LinkedEvent:
    """The event in a row, with its members."""
    return LinkedEvent(
        id=row["id"],
        type=row["type"],
        claims=claims,
        status=Status(row["status"]),
        actors=tuple(row["actors"]),
        recipients=tuple(row["recipients"]),
        dates=_dates_of(row),
        place=row["place"],
        country=row["country"],
        modes=tuple(row["modes"]),
        articles=row["articles"],
        voices=row["voices"],
        fields=tuple(
            FieldAgreement(
                field=field,
                values=tuple(
                    FieldValue(
                        value=value,
                        claims=tuple(claims[each] if isinstance(each, int) else each for each in members),
                        voices=voices,
                    )
                    for value, members, voices in values
                ),
            )
            for field, values in row["fields"]
        ),
        meeting_type=row["meeting_type"],
    )


def meeting_row(meeting: LinkedMeeting) -> dict[str, Any]:
    """The meeting without its members, timeline and terms."""
    return {
        "number": number_of(meeting.id),
        "id": meeting.id,
        "parties": list(meeting.parties),
        **_days_row(meeting.dates),
        "place": meeting.place,
        "country": meeting.country,
        "format": meeting.format,
        "status": meeting.status.value,
        "moves": [
            [move.status.value, move.claim_id, move.article_id, move.day.isoformat() if move.day else None]
            for move in meeting.moves
        ],
        "articles": meeting.articles,
        "voices": meeting.voices,
    }


def meeting_of(row: Row, members: tuple[str, ...]) -> LinkedMeeting:
    """The meeting in a row, with its members."""
    return LinkedMeeting(
        id=row["id"],
        meetings=members,
        parties=tuple(row["parties"]),
        dates=_dates_of(row),
        place=row["place"],
        country=row["country"],
        format=row["format"],
        status=MeetingStatus(row["status"]),
        moves=tuple(
            MeetingMove(status=MeetingStatus(status), claim_id=claim, article_id=article, day=_day_of(day))
            for status, claim, article, day in row["moves"]
        ),
        articles=row["articles"],
        voices=row["voices"],
    )


def line_row(line: Line) -> dict[str, Any]:
    """The line without its timeline and terms."""
    return {
        "number": number_of(line.id),
        "id": line.id,
        "issue": line.issue,
        "party": line.party,
        "side": line.side,
        "now": line.now.value,
        "entries": [
            {
                "positions": list(entry.positions),
                "stance": entry.stance.value,
                "day": entry.day.isoformat() if entry.day else None,
                "changed": entry.changed,
                "answers": entry.answers,
                "owed": entry.owed,
                "by_others": entry.by_others,
                "voices": entry.voices,
            }
            for entry in line.entries
        ],
    }


def line_of(row: Row) -> Line:
    """The line in a row."""
    return Line(
        id=row["id"],
        issue=row["issue"],
        party=row["party"],
        side=row["side"],
        now=Stance(row["now"]),
        entries=tuple(
            LineEntry(
                positions=tuple(entry["positions"]),
                stance=Stance(entry["stance"]),
                day=_day_of(entry["day"]),
                changed=entry["changed"],
                answers=entry["answers"],
                owed=entry["owed"],
                by_others=entry["by_others"],
                voices=entry["voices"],
            )
            for entry in row["entries"]
        ),
    )


def line_positions(line: Line) -> list[str]:
    """The ids of all positions of a line, each once, in the order of its entries."""
    return list(dict.fromkeys(each for entry in line.entries for each in entry.positions))


def _day_of(day: str | None) -> date | None:
    return date.fromisoformat(day) if day else None


def _days_row(dates: DateRange | None) -> dict[str, Any]:
    return {
        "earliest": dates.earliest if dates else None,
        "latest": dates.latest if dates else None,
        "precision": dates.precision.value if dates else None,
    }


def _dates_of(row: Row) -> DateRange | None:
    if row["precision"] is None:
        return None
    return DateRange(earliest=row["earliest"], latest=row["latest"], precision=Precision(row["precision"]))


def member_rows(owner: str, number: int | str, member: str, ids: Iterable[str]) -> list[dict[str, Any]]:
    """Rows of members in their order."""
    return [{owner: number, "position": position, member: each} for position, each in enumerate(ids)]


def members_by_owner(
    connection: Connection, table: Table, owner: str, member: str, owners: Sequence[int | str]
) -> dict[int | str, tuple[str, ...]]:
    """The members of each owner, in their order."""
    found: dict[int | str, list[str]] = {each: [] for each in owners}
    for first in range(0, len(owners), CHUNK):
        query = (
            select(table.c[owner], table.c[member])
            .where(table.c[owner].in_(owners[first : first + CHUNK]))
            .order_by(table.c[owner], table.c.position)
        )
        for each, identity in connection.execute(query):
            found[each].append(identity)
    return {each: tuple(ids) for each, ids in found.items()}


def _rows(connection: Connection, table: Table, ids: Sequence[str]) -> Mapping[str, Row]:
    found: dict[str, Row] = {}
    for first in range(0, len(ids), CHUNK):
        query = select(table).where(table.c.id.in_(ids[first : first + CHUNK]))
        found.update((row["id"], row) for row in connection.execute(query).mappings())
    return found


def load_linked_events(connection: Connection, ids: Sequence[str]) -> dict[str, LinkedEvent]:
    """Linked events by id; unknown ids are left out."""
    rows = _rows(connection, linked.linked_events, ids)
    numbers = [row["number"] for row in rows.values()]
    members = members_by_owner(connection, linked.linked_event_claims, "event_number", "claim_id", numbers)
    return {identity: event_of(row, members[row["number"]]) for identity, row in rows.items()}


def load_linked_meetings(connection: Connection, ids: Sequence[str]) -> dict[str, LinkedMeeting]:
    """Linked meetings by id; unknown ids are left out."""
    rows = _rows(connection, linked.linked_meetings, ids)
    numbers = [row["number"] for row in rows.values()]
    members = members_by_owner(connection, linked.linked_meeting_members, "linked_number", "meeting_id", numbers)
    return {identity: meeting_of(row, members[row["number"]]) for identity, row in rows.items()}


def load_lines(connection: Connection, ids: Sequence[str]) -> dict[str, Line]:
    """Lines by id; unknown ids are left out."""
    return {identity: line_of(row) for identity, row in _rows(connection, linked.lines, ids).items()}


def load_copy_groups(connection: Connection, ids: Sequence[str]) -> dict[str, CopyGroup]:
    """Groups of copies by id; unknown ids are left out."""
    rows = _rows(connection, linked.copy_groups, ids)
    members = members_by_owner(connection, linked.copy_members, "group_id", "article_id", list(rows))
    return {
        identity: CopyGroup(
            id=identity, articles=members[identity], kind=CopyKind(row["kind"]), similarity=row["similarity"]
        )
        for identity, row in rows.items()
    }


def judgement_row(judgement: Judgement) -> dict[str, Any]:
    """The judgement in one row."""
    withdrawn = judgement.withdrawn_at
    return {
        "id": judgement.id,
        "verdict": judgement.verdict.value,
        "subject": judgement.subject,
        "other": judgement.other,
        "changes": [list(change) for change in judgement.changes],
        "judge": judgement.judge,
        "judged_at": judgement.judged_at.astimezone(UTC).replace(tzinfo=None),
        "reason": judgement.reason,
        "anchor": judgement.anchor,
        "other_anchor": judgement.other_anchor,
        "withdrawn_at": withdrawn.astimezone(UTC).replace(tzinfo=None) if withdrawn else None,
    }


def judgement_of(row: Row) -> Judgement:
    """The judgement in a row."""
    return Judgement(
        id=row["id"],
        verdict=Verdict(row["verdict"]),
        subject=row["subject"],
        other=row["other"],
        changes=tuple((field, value) for field, value in row["changes"]),
        judge=row["judge"],
        judged_at=row["judged_at"].replace(tzinfo=UTC),
        reason=row["reason"],
        anchor=row["anchor"],
        other_anchor=row["other_anchor"],
        withdrawn_at=row["withdrawn_at"].replace(tzinfo=UTC) if row["withdrawn_at"] else None,
    )
