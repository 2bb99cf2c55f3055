"""Positions over time → where each party stands on an issue, how it came there, and the words."""

from collections.abc import Mapping

from communique.assist.asking import Asked, AskingError
from communique.assist.citing import Item, Sources, sources_of
from communique.assist.happenings import not_linked
from communique.codebook.issues import load_issues
from communique.records import Line, LineEntry, Position
from communique.store import Filters, Plain, Record

ENTRIES = 8  # of a line, the latest
QUOTED = 2  # reports of one entry
NAMED = 30  # issues that are named where one is unknown


def positions(record: Record, asked: Asked) -> Item:
    """One page of the lines that fit: a party's stances on an issue, the oldest first. Raises AskingError for an unknown issue."""
    issues = tuple(_issue(record, each) for each in asked.texts("issue"))
    filters = Filters(
        types=issues,
        actors=tuple(filter(None, [asked.text("party")])),
        statuses=asked.texts("stance"),
        since=asked.day("since"),
        until=asked.day("until"),
        limit=asked.limit,
        after=asked.text("cursor"),
    )
    part = record.lines_slice(filters)
    shown = [each for line in part.items for entry in line.entries[-ENTRIES:] for each in entry.positions[:QUOTED]]
    found = record.positions_by_id(shown)
    sources = sources_of(record, found.values(), {line.party for line in part.items})
    results: list[Plain] = [_told_line(line, found, sources) for line in part.items]
    answer: Item = {"lines_found": record.count("lines", filters), "results": results, "next_cursor": part.next}
    return answer | not_linked(record)


def _told_line(line: Line, found: Mapping[str, Position], sources: Sources) -> Item:
    return {
        "id": line.id,
        "issue": line.issue,
        "party": sources.names([line.party])[0],
        "stance_now": line.now.value,
        "earlier_entries_left_out": max(0, len(line.entries) - ENTRIES),
        "entries": [_told_entry(entry, found, sources) for entry in line.entries[-ENTRIES:]],
    }


def _told_entry(entry: LineEntry, found: Mapping[str, Position], sources: Sources) -> Item:
    item: Item = {
        "stance": entry.stance.value,
        "day": entry.day.isoformat() if entry.day else None,
        "voices": entry.voices,
        "said_by": "others about the party" if entry.by_others else "the party itself",
        "reports": [_told_position(found[each], sources) for each in entry.positions[:QUOTED] if each in found],
    }
    if entry.changed:
        item["changed"] = "the direction differs from the entry before"
    if entry.answers:
        item["answers"] = entry.answers
    if entry.owed:
        item["owed"] = "a question to the party that no later entry answers"
    return item


def _told_position(position: Position, sources: Sources) -> Item:
    item: Item = {"id": position.id}
    if position.by:
        item["voiced_by"] = sources.roles([position.by])
    if position.asserted_by:
        item["according_to"] = sources.roles([position.asserted_by])
    if position.of:
        item["directed_at"] = sources.roles(position.of)
    return item | sources.cite(position.content)


def _issue(record: Record, asked: str) -> str:
    """The issue's name as the record has it: itself, else the only one with these words in its name."""
    if record.count("lines", Filters(types=(asked,))):
        return asked
    there = {line.issue for line in record.lines()}
    wanted = asked.casefold()
    fitting = [each for each in sorted(there) if each.casefold() == wanted]
    fitting = fitting or [each for each in sorted(there) if wanted in each.casefold()]
    if len(fitting) == 1:
        return fitting[0]
    if asked in {issue.name for issue in load_issues()}:
        return asked
    listed = ", ".join(fitting or sorted(there)[:NAMED]) or "none yet"
    raise AskingError(f"issue {asked!r} is not one of this record; it has {listed}")
