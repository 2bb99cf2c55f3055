"""Links → rows: what linking derived replaces what it derived before, all of it or the parts that changed.

A derived record that is given up keeps its id as a former one of the member it was made from (its first claim, meeting or
position), so that a bookmarked event is found again under its new id.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, delete, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from communique.records import CopyGroup, DateRange, Line, LinkedEvent, LinkedMeeting, Links
from communique.store import schema
from communique.store import schema_index as index
from communique.store import schema_linked as linked
from communique.store.indexing import term_numbers
from communique.store.mapping.columns import CHUNK
from communique.store.mapping.linked import (
    event_row,
    line_positions,
    line_row,
    meeting_row,
    member_rows,
    members_by_owner,
    number_of,
)
from communique.store.postings import EVERYTHING, Terms, own_key, place_terms, timeline_place

T = TypeVar("T")

BATCH = 1_000  # derived records written at once
OF_ONE_REPORT = ("type:", "status:", "deed:")  # terms that members do not hand on


@dataclass(frozen=True, slots=True)
class Derived:
    """A table of derived records, and the table of its members: their owner's column and their own."""

    table: Table
    key: str
    members: Table
    owner: str
    member: str


EVENTS = Derived(linked.linked_events, "number", linked.linked_event_claims, "event_number", "claim_id")
MEETINGS = Derived(linked.linked_meetings, "number", linked.linked_meeting_members, "linked_number", "meeting_id")
LINES = Derived(linked.lines, "number", linked.line_positions, "line_number", "position_id")
COPIES = Derived(linked.copy_groups, "id", linked.copy_members, "group_id", "article_id")


def write_links(connection: Connection, links: Links) -> bool:
    """Replaces all that linking derived before, and notes that every article is linked. False when nothing changes."""
    changed = replace_links(connection, ids_beside(connection, links), links)
    return mark_linked(connection) or changed


def ids_beside(connection: Connection, links: Links) -> list[str]:
    """The ids of all derived records that are not among these."""
    given = {each.id for group in (links.events, links.meetings, links.lines, links.copies) for each in group}
    return [
        each
        for kind in (EVENTS, MEETINGS, LINES, COPIES)
        for each in connection.execute(select(kind.table.c.id)).scalars()
        if each not in given
    ]


def mark_linked(connection: Connection) -> bool:
    """Notes that linking has seen every article. False when it had before."""
    own = schema.articles
    return connection.execute(update(own).where(~own.c.linked).values(linked=True)).rowcount > 0


def replace_links(connection: Connection, removed_ids: Sequence[str], links: Links) -> bool:
    """Takes out the derived records with those ids and puts in `links`, each in place of the one with its id, if any.

    False when nothing changes. Former ids stay known.
    """
    changed = _remove(connection, removed_ids)
    for events in _batches(links.events):
        changed = _put(connection, EVENTS, _event_rows(connection, events)) or changed
    for meetings in _batches(links.meetings):
        changed = _put(connection, MEETINGS, _meeting_rows(connection, meetings)) or changed
    for lines in _batches(links.lines):
        changed = _put(connection, LINES, _line_rows(connection, lines)) or changed
    for copies in _batches(links.copies):
        changed = _put(connection, COPIES, _copy_rows(copies)) or changed
    return changed


Rows = list[tuple[dict[str, Any], tuple[str, ...]]]  # a row and the ids of its members


def _event_rows(connection: Connection, events: Sequence[LinkedEvent]) -> Rows:
    handed = _handed_on(connection, schema.claims, [each.claims for each in events])
    terms = [
        handed_on
        | {f"type:{each.type}", f"status:{each.status.value}"}
        | ({f"type:{each.meeting_type}"} if each.meeting_type else set())
        | ({"status:disputed"} if each.disputed else set())
        | place_terms(each.place, each.country)
        for each, handed_on in zip(events, handed, strict=True)
    ]
    rows = [event_row(each) | _place(each.dates) for each in events]
    return _with_terms(connection, rows, terms, [each.claims for each in events])


def _meeting_rows(connection: Connection, meetings: Sequence[LinkedMeeting]) -> Rows:
    handed = _handed_on(connection, schema.meetings, [each.meetings for each in meetings])
    terms = [
        handed_on
        | {f"status:{each.status.value}", *(own_key(party) for party in each.parties)}
        | ({f"type:{each.format}"} if each.format else set())
        | place_terms(each.place, each.country)
        for each, handed_on in zip(meetings, handed, strict=True)
    ]
    rows = [meeting_row(each) | _place(each.dates) for each in meetings]
    return _with_terms(connection, rows, terms, [each.meetings for each in meetings])


def _line_rows(connection: Connection, lines: Sequence[Line]) -> Rows:
    positions = [tuple(line_positions(each)) for each in lines]
    handed = _handed_on(connection, schema.positions, positions)
    terms = [
        {term for term in handed_on if term.startswith("outlet:")}
        | {EVERYTHING, f"type:{each.issue}", f"status:{each.now.value}", each.side, own_key(each.party)}
        | ({"status:changed"} if any(entry.changed for entry in each.entries) else set())
        | ({"status:owed"} if any(entry.owed for entry in each.entries) else set())
        for each, handed_on in zip(lines, handed, strict=True)
    ]
    rows: list[dict[str, Any]] = []
    for each in lines:
        days = [entry.day for entry in each.entries if entry.day is not None]
        rows.append(line_row(each) | timeline_place(min(days, default=None), max(days, default=None)))
    return _with_terms(connection, rows, terms, positions)


def _copy_rows(copies: Sequence[CopyGroup]) -> Rows:
    return [({"id": each.id, "kind": each.kind.value, "similarity": each.similarity}, each.articles) for each in copies]


def _place(dates: DateRange | None) -> dict[str, int]:
    return timeline_place(dates.earliest, dates.latest) if dates else timeline_place(None, None)


def _with_terms(
    connection: Connection, rows: list[dict[str, Any]], terms: list[Terms], members: Sequence[tuple[str, ...]]
) -> Rows:
    numbers = term_numbers(connection, set().union(*terms))
    for row, own in zip(rows, terms, strict=True):
        row["terms"] = sorted(numbers[term] for term in own)
    return list(zip(rows, members, strict=True))


def _handed_on(connection: Connection, table: Table, members: Sequence[tuple[str, ...]]) -> list[Terms]:
    """For each list of members the terms that they hand on: parties, dyads, places, outlets."""
    ids = [each for group in members for each in group]
    found: dict[str, list[int]] = {}
    for first in range(0, len(ids), CHUNK):
        query = select(table.c.id, table.c.terms).where(table.c.id.in_(ids[first : first + CHUNK]))
        found.update((identity, terms) for identity, terms in connection.execute(query))
    numbers = sorted({number for terms in found.values() for number in terms})
    texts: dict[int, str] = {}
    for first in range(0, len(numbers), CHUNK):
        own = index.terms.c
        query = select(own.id, own.text).where(own.id.in_(numbers[first : first + CHUNK]))
        texts.update((number, text) for number, text in connection.execute(query) if not text.startswith(OF_ONE_REPORT))
    return [
        {EVERYTHING} | {texts[number] for each in group for number in found.get(each, ()) if number in texts}
        for group in members
    ]


def _put(connection: Connection, kind: Derived, rows: Rows) -> bool:
    """Writes the rows that the table has not, or has otherwise. False when it has all of them."""
    keys = [row[kind.key] for row, _ in rows]
    present: dict[Any, Mapping[str, Any]] = {}
    for first in range(0, len(keys), CHUNK):
        query = select(kind.table).where(kind.table.c[kind.key].in_(keys[first : first + CHUNK]))
        present.update((row[kind.key], dict(row)) for row in connection.execute(query).mappings())
    held = members_by_owner(connection, kind.members, kind.owner, kind.member, list(present))
    fresh = [
        (row, members)
        for row, members in rows
        if (old := present.get(row[kind.key])) is None or old != row or held[row[kind.key]] != members
    ]
    if not fresh:
        return False
    _delete(connection, kind, [row[kind.key] for row, _ in fresh if row[kind.key] in present])
    connection.execute(insert(kind.table), [row for row, _ in fresh])
    listed = [each for row, ids in fresh for each in member_rows(kind.owner, row[kind.key], kind.member, ids)]
    if listed:
        connection.execute(insert(kind.members), listed)
    return True


def _remove(connection: Connection, ids: Sequence[str]) -> bool:
    changed = False
    for kind in (EVENTS, MEETINGS, LINES, COPIES):
        for first in range(0, len(ids), CHUNK):
            own = kind.table.c
            query = select(own[kind.key], own.id).where(own.id.in_(ids[first : first + CHUNK]))
            present = dict(connection.execute(query).all())
            if not present:
                continue
            changed = True
            held = members_by_owner(connection, kind.members, kind.owner, kind.member, list(present))
            former = [{"id": each, "member_id": held[key][0]} for key, each in present.items() if held[key]]
            if former and kind is not COPIES:
                statement = insert_or(linked.former_ids)
                statement = statement.on_conflict_do_update(
                    index_elements=["id"], set_={"member_id": statement.excluded.member_id}
                )
                connection.execute(statement, former)
            _delete(connection, kind, list(present))
    return changed


def _delete(connection: Connection, kind: Derived, keys: Sequence[Any]) -> None:
    for first in range(0, len(keys), CHUNK):
        connection.execute(delete(kind.table).where(kind.table.c[kind.key].in_(keys[first : first + CHUNK])))


def _batches(values: Sequence[T]) -> Iterator[Sequence[T]]:
    return (values[first : first + BATCH] for first in range(0, len(values), BATCH))


def derived_ids(connection: Connection, kind: Derived, member_ids: Sequence[str]) -> dict[str, str]:
    """For each member that belongs to a derived record of this kind, that record's id."""
    found: dict[str, str] = {}
    own, table = kind.members.c, kind.table.c
    for first in range(0, len(member_ids), CHUNK):
        query = (
            select(own[kind.member], table.id)
            .join(kind.table, table[kind.key] == own[kind.owner])
            .where(own[kind.member].in_(member_ids[first : first + CHUNK]))
        )
        found.update((member, identity) for member, identity in connection.execute(query))
    return found


__all__ = [
    "COPIES",
    "EVENTS",
    "LINES",
    "MEETINGS",
    "derived_ids",
    "ids_beside",
    "mark_linked",
    "number_of",
    "replace_links",
    "write_links",
]
