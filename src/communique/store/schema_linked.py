"""The tables of what linking derives and of what people judge, as SQLAlchemy Core sees them.

Derived rows name their members by id, without a foreign key: a member may be coded anew before the articles are linked
again. `number` is made from the id, so that equal links have equal rows in whatever order they came.
"""

from sqlalchemy import JSON, Column, Date, DateTime, Float, ForeignKey, Integer, Table, Text
from sqlalchemy.schema import SchemaItem

from communique.store.schema import found_by, metadata


def _derived(name: str, *columns: SchemaItem) -> Table:
    return Table(
        name,
        metadata,
        Column("number", Integer, primary_key=True),
        Column("id", Text, nullable=False, unique=True),
        *columns,
        *found_by(),
    )


def _days() -> list[Column[object]]:
    return [Column("earliest", Date), Column("latest", Date), Column("precision", Text)]


def _members(name: str, owner: str, table: str, member: str) -> Table:
    return Table(
        name,
        metadata,
        Column(owner, ForeignKey(f"{table}.number", ondelete="CASCADE"), primary_key=True),
        Column("position", Integer, primary_key=True),
        Column(member, Text, nullable=False, index=True),
    )


copy_groups = Table(
    "copy_groups",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("similarity", Float, nullable=False),
)
copy_members = Table(
    "copy_members",
    metadata,
    Column("group_id", ForeignKey("copy_groups.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("article_id", Text, nullable=False, index=True),
)

# `fields`: [[field, [[value, [places of its claims in the event's list], voices], …]], …]
linked_events = _derived(
    "linked_events",
    Column("type", Text, nullable=False),
    Column("meeting_type", Text),
    Column("status", Text, nullable=False),
    Column("actors", JSON, nullable=False),
    Column("recipients", JSON, nullable=False),
    *_days(),
    Column("place", Text),
    Column("country", Text),
    Column("modes", JSON, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("voices", Integer, nullable=False),
    Column("fields", JSON, nullable=False),
)
linked_event_claims = _members("linked_event_claims", "event_number", "linked_events", "claim_id")

# `moves`: [[status, claim id, article id, ISO day or null], …]
linked_meetings = _derived(
    "linked_meetings",
    Column("parties", JSON, nullable=False),
    *_days(),
    Column("place", Text),
    Column("country", Text),
    Column("format", Text),
    Column("status", Text, nullable=False),
    Column("moves", JSON, nullable=False),
    Column("articles", Integer, nullable=False),
    Column("voices", Integer, nullable=False),
)
linked_meeting_members = _members("linked_meeting_members", "linked_number", "linked_meetings", "meeting_id")

# `entries`: one object an entry, with the fields of LineEntry
lines = _derived(
    "lines",
    Column("issue", Text, nullable=False, index=True),
    Column("party", Text, nullable=False),
    Column("side", Text, nullable=False),
    Column("now", Text, nullable=False),
    Column("entries", JSON, nullable=False),
)
line_positions = _members("line_positions", "line_number", "lines", "position_id")

former_ids = Table(
    "former_ids", metadata, Column("id", Text, primary_key=True), Column("member_id", Text, nullable=False)
)

judgements = Table(
    "judgements",
    metadata,
    Column("id", Text, primary_key=True),
    Column("verdict", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("other", Text, index=True),
    Column("changes", JSON, nullable=False),
    Column("judge", Text, nullable=False),
    Column("judged_at", DateTime, nullable=False),  # UTC, without a zone
    Column("reason", Text, nullable=False),
    Column("anchor", Text, index=True),
    Column("other_anchor", Text),
    Column("withdrawn_at", DateTime),
)
claim_originals = Table(
    "claim_originals",
    metadata,
    Column("claim_id", ForeignKey("claims.id", ondelete="CASCADE"), primary_key=True),
    Column("claim", JSON, nullable=False),
)
