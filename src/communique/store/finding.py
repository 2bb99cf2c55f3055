"""Any id of any kind → the record it names; a beginning of an id is enough when only one record has it.

Ids read `kind-hexdigits`; both `claim-3f2a9` and plain `3f2a9` are understood, which is what people copy from a table.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

from sqlalchemy import Connection, Select, Table, and_, bindparam, false, func, literal, or_, select, union_all

from communique.records import (
    Actor,
    Article,
    Claim,
    CopyGroup,
    Event,
    Judgement,
    Line,
    LinkedEvent,
    LinkedMeeting,
    Meeting,
    Mention,
    Page,
    Position,
    Problem,
    Run,
    Statement,
    StorageError,
    Timex,
)
from communique.store import linking, schema
from communique.store import schema_linked as linked
from communique.store.mapping.cast import load_actors, load_times, mention_of
from communique.store.mapping.claims import load_claims, load_events, load_meetings
from communique.store.mapping.columns import rows_by_id
from communique.store.mapping.documents import load_articles, page_of, problem_of, run_of
from communique.store.mapping.linked import (
    judgement_of,
    load_copy_groups,
    load_lines,
    load_linked_events,
    load_linked_meetings,
)
from communique.store.mapping.speech import load_positions, load_statements

Kept: TypeAlias = (
    Actor
    | Article
    | Claim
    | CopyGroup
    | Event
    | Judgement
    | Line
    | LinkedEvent
    | LinkedMeeting
    | Meeting
    | Mention
    | Page
    | Position
    | Problem
    | Run
    | Statement
    | Timex
)

SHORTEST_PREFIX = 5  # hex digits shown to people, more where needed to stay unique
AFTER_HEX = "g"  # sorts after every hex digit


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of record: its table, the words its ids may begin with, and how one is loaded."""

    table: Table
    prefixes: tuple[str, ...]
    load: Callable[[Connection, str], Kept | None]


def _times(connection: Connection, each: str) -> Timex | None:
    return load_times(connection, [each]).get(each)


def _mention(connection: Connection, each: str) -> Mention | None:
    return next((mention_of(row) for row in rows_by_id(connection, schema.mentions, [each])), None)


def _page(connection: Connection, each: str) -> Page | None:
    return next((page_of(row) for row in rows_by_id(connection, schema.pages, [each])), None)


def _problem(connection: Connection, each: str) -> Problem | None:
    return next((problem_of(row) for row in rows_by_id(connection, schema.problems, [each])), None)


def _run(connection: Connection, each: str) -> Run | None:
    return next((run_of(row) for row in rows_by_id(connection, schema.runs, [each])), None)


def _judgement(connection: Connection, each: str) -> Judgement | None:
    return next((judgement_of(row) for row in rows_by_id(connection, linked.judgements, [each])), None)


# Where two kinds have an id in common, the first is meant.
KINDS = (
    Kind(schema.claims, ("claim",), lambda connection, each: load_claims(connection, [each]).get(each)),
    Kind(schema.statements, ("statement",), lambda connection, each: load_statements(connection, [each]).get(each)),
    Kind(schema.positions, ("position",), lambda connection, each: load_positions(connection, [each]).get(each)),
    Kind(
        linked.linked_meetings,
        ("linked-meeting", "meeting"),
        lambda connection, each: load_linked_meetings(connection, [each]).get(each),
    ),
    Kind(
        linked.linked_events,
        ("linked-event", "event"),
        lambda connection, each: load_linked_events(connection, [each]).get(each),
    ),
    Kind(linked.lines, ("line",), lambda connection, each: load_lines(connection, [each]).get(each)),
    Kind(
        linked.copy_groups,
        ("copies", "copy-group", "copy"),
        lambda connection, each: load_copy_groups(connection, [each]).get(each),
    ),
    Kind(linked.judgements, ("judgement",), _judgement),
    Kind(schema.meetings, ("meeting",), lambda connection, each: load_meetings(connection, [each]).get(each)),
    Kind(schema.events, ("event",), lambda connection, each: load_events(connection, [each]).get(each)),
    Kind(schema.actors, ("actor",), lambda connection, each: load_actors(connection, [each]).get(each)),
    Kind(schema.articles, ("article",), lambda connection, each: load_articles(connection, [each]).get(each)),
    Kind(schema.mentions, ("mention",), _mention),
    Kind(schema.times, ("timex", "time"), _times),
    Kind(schema.pages, ("page",), _page),
    Kind(schema.runs, ("run",), _run),
    Kind(schema.problems, ("problem",), _problem),
)


def find(connection: Connection, asked: str) -> Kept:
    """The record with that id, or the only one whose id begins so. Raises StorageError when there is none, or several."""
    matches = _matches(connection, asked.strip(), 6)
    if not matches and asked.strip():
        now = _former(connection, asked.strip())
        matches = _matches(connection, now, 1) if now is not None else []
    if not matches:
        raise StorageError(
            f"{asked}: no record has an id that begins so; ids stand in the tables (see `communique claims`)"
        )
    whole = [match for match in matches if match[1] == asked.strip()]
    if len(whole) != 1 and len(matches) > 1:
        listed = ", ".join(each for _, each in matches[:5]) + (", …" if len(matches) > 5 else "")
        raise StorageError(f"{asked}: several ids begin so ({listed}); give more of the id")
    kind, identity = (whole or matches)[0]
    record = kind.load(connection, identity)
    if record is None:
        raise StorageError(f"{identity}: the record has lost it while it was read; run the command again")
    return record


def find_article(connection: Connection, asked: str) -> str:
    """The id of the article that `asked` names: an id or its beginning, the source path or its end, or words of the title.

    Raises StorageError when there is none, or several.
    """
    own = schema.articles.c
    wanted = asked.strip()
    steps = (
        or_(false(), *(own.id.startswith(each, autoescape=True) for each in _beginnings(wanted, ("article",)))),
        or_(own.source == wanted, own.url == wanted),
        own.source.endswith(f"/{wanted}", autoescape=True),
        func.lower(own.title).contains(wanted.lower(), autoescape=True),
    )
    for step in steps if wanted else ():
        found = connection.execute(select(own.id, own.source).where(step).order_by(own.number).limit(6)).all()
        if len(found) == 1:
            return str(found[0][0])
        if found:
            listed = ", ".join(f"{each} ({source})" for each, source in found[:3]) + (", …" if len(found) > 3 else "")
            raise StorageError(f"{asked}: several articles fit ({listed}); give one's id")
    raise StorageError(f"{asked}: no such article in the record; `communique articles` lists those it has")


def short_ids(connection: Connection, ids: Iterable[str]) -> dict[str, str]:
    """For each id the first digits that no other id of the record begins with, at least five."""
    shortened: dict[str, str] = {}
    for identity in ids:
        digits = identity.rpartition("-")[2]
        length = SHORTEST_PREFIX
        while length < len(digits) and len(_matches(connection, digits[:length], 2)) > 1:
            length += 1
        shortened[identity] = digits[:length]
    return shortened


def _matches(connection: Connection, asked: str, most: int) -> list[tuple[Kind, str]]:
    """Up to `most` ids that begin so, with their kinds; one id counts once, whatever rows and kinds have it."""
    if not asked:
        return []
    bounds: dict[str, str | int] = {"most": most}
    for number, kind in enumerate(KINDS):
        for place, prefix in enumerate(kind.prefixes):
            beginning = asked if "-" in asked else f"{prefix}-{asked}"
            fits = beginning.rpartition("-")[0] == prefix
            bounds |= {
                f"first_{number}_{place}": beginning if fits else "",
                f"after_{number}_{place}": f"{beginning}{AFTER_HEX}" if fits else "",
            }
    found: dict[str, Kind] = {}
    for number, identity in connection.execute(_lookup(), bounds):
        found.setdefault(identity, KINDS[number])
    return [(kind, identity) for identity, kind in found.items()][:most]


@lru_cache(maxsize=1)
def _lookup() -> Select[Any]:
    """One query over all kinds, built once: it is asked for every id that a table shows."""
    parts = [
        select(literal(number).label("kind"), kind.table.c.id)
        .where(
            kind.table.c.id >= bindparam(f"first_{number}_{place}"),
            kind.table.c.id < bindparam(f"after_{number}_{place}"),
        )
        .distinct()
        .limit(bindparam("most"))
        .subquery()
        for number, kind in enumerate(KINDS)
        for place, _ in enumerate(kind.prefixes)
    ]
    together = union_all(*(select(part.c.kind, part.c.id) for part in parts)).subquery()
    return select(together.c.kind, together.c.id).order_by(together.c.kind)


def _former(connection: Connection, asked: str) -> str | None:
    """The id of the derived record that now has the member of which an earlier linking made the one that is asked for."""
    own = linked.former_ids.c
    beginnings = [asked] if "-" in asked else [f"{each}-{asked}" for kind in KINDS for each in kind.prefixes]
    fits = or_(false(), *(and_(own.id >= each, own.id < f"{each}{AFTER_HEX}") for each in beginnings))
    members = list(connection.execute(select(own.member_id).where(fits).limit(2)).scalars())
    if len(members) != 1:
        return None
    for kind in (linking.EVENTS, linking.MEETINGS, linking.LINES):
        found = linking.derived_ids(connection, kind, members)
        if found:
            return found[members[0]]
    return None


def _beginnings(asked: str, prefixes: Sequence[str]) -> list[str]:
    if "-" not in asked:
        return [f"{prefix}-{asked}" for prefix in prefixes]
    return [asked] if asked.rpartition("-")[0] in prefixes else []
