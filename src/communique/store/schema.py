"""The tables of a record, as SQLAlchemy Core sees them. The SQL that makes them is in `migrations/`; a test compares both.

Naming: a span is three columns (`trigger_start`, `trigger_end`, `trigger_quote`): half-open code points of the
article's text, and the words themselves, so that a reader of the bare tables sees them and a check can compare them.
Tables of parts (evidence, roles …) are keyed by their owner and a position that keeps the order.
"""

from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    Table,
    Text,
)
from sqlalchemy.schema import SchemaItem

metadata = MetaData()


def span_columns(prefix: str = "", *, optional: bool = False, quoted: bool = True) -> list[Column[int] | Column[str]]:
    """Start, end and (unless `quoted` is False) quote, each nullable when `optional`."""
    stem = f"{prefix}_" if prefix else ""
    columns: list[Column[int] | Column[str]] = [
        Column(f"{stem}start", Integer, nullable=optional),
        Column(f"{stem}end", Integer, nullable=optional),
    ]
    return [*columns, Column(f"{stem}quote", Text, nullable=optional)] if quoted else columns


def _article_key() -> Column[str]:
    return Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), nullable=False, index=True)


def _parts(name: str, owner: str, *columns: SchemaItem) -> Table:
    """A table of ordered parts: owner id and position are its key."""
    return Table(
        name,
        metadata,
        Column(f"{owner}_id", ForeignKey(f"{owner}s.id", ondelete="CASCADE"), primary_key=True),
        *columns,
    )


def _position() -> Column[int]:
    return Column("position", Integer, primary_key=True)


def found_by() -> list[Column[Any]]:
    """Place in the timeline and terms, as `store/postings.py` makes them."""
    return [
        Column("reach", Integer, nullable=False),
        Column("day", Integer, nullable=False),
        Column("ends", Integer, nullable=False),
        Column("terms", JSON, nullable=False),
    ]


def _in_article() -> list[Column[Any]]:
    """What finds a row of one article: the article's number (with `position` unique in its kind), timeline, terms."""
    return [Column("article_number", Integer, nullable=False, index=True), *found_by()]


def _rejected() -> Column[bool]:
    """True for what a person rejected, and for what stands on nothing else."""
    return Column("rejected", Boolean, nullable=False, default=False)


def _roles(name: str, owner: str) -> Table:
    """Actors in roles; the span is empty when the role is carried over from another clause.

    The index on actors goes on with role and owner, so that "who took part" is answered from the index alone.
    """
    return _parts(
        name,
        owner,
        Column("role", Text, primary_key=True),
        _position(),
        Column("actor_id", ForeignKey("actors.id"), nullable=False, index=True),
        *span_columns(optional=True),
    )


def _places(name: str, owner: str) -> Table:
    return _parts(
        name,
        owner,
        Column("name", Text, nullable=False),
        *span_columns(),
        Column("country", Text, index=True),
        Column("region", Text),
        Column("latitude", Float),
        Column("longitude", Float),
        Column("geonames_id", Integer),
        Column("precision", Text, nullable=False),
        Column("reason", Text, nullable=False),
    )


schema_version = Table("schema_version", metadata, Column("version", Integer, primary_key=True))

runs = Table(
    "runs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("codebook_hash", Text, nullable=False),
    Column("model_hash", Text, nullable=False),
    Column("settings", Text, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("id", Text, primary_key=True),
    Column("source", Text, nullable=False, index=True),
    Column("content_zlib", LargeBinary, nullable=False),
    Column("content_hash", Text, nullable=False, index=True),
    Column("media_type", Text, nullable=False),
    Column("url", Text),
    Column("fetched_at", DateTime),  # UTC, without a zone: SQLite keeps none
    Column("encoding", Text),
    Column("title", Text),
    Column("published", Date),
    Column("site", Text),
    Column("told_by", Text),
)

# `number` gives the full-text table a row id that VACUUM keeps; `digest` is of everything coded from the page.
articles = Table(
    "articles",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    Column("page_id", ForeignKey("pages.id", ondelete="CASCADE"), nullable=False, unique=True),
    Column("run_id", ForeignKey("runs.id"), nullable=False, index=True),
    Column("digest", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("title", Text),
    Column("url", Text),
    Column("site", Text),
    Column("authors", JSON, nullable=False),
    Column("language", Text),
    Column("machine_translated", Text, nullable=False),
    Column("published", Date, index=True),
    Column("published_source", Text),
    Column("bounded", Boolean, nullable=False),  # tells bounds that are open on both sides from no bounds
    Column("published_after", Date),
    Column("published_before", Date),
    Column("modified", Date),
    Column("fetched", Date),
    Column("outlet", Text, nullable=False, index=True),
    Column("linked", Boolean, nullable=False, default=False),  # False: coded since the articles were linked
    *found_by(),
)

blocks = _parts(
    "blocks", "article", _position(), *span_columns(quoted=False), Column("kind", Text), Column("reason", Text)
)
fragments = _parts("fragments", "article", _position(), *span_columns(), Column("language", Text, nullable=False))
translation_signs = _parts(
    "translation_signs", "article", _position(), *span_columns(), Column("sign", Text, nullable=False)
)
publication_candidates = _parts(
    "publication_candidates",
    "article",
    _position(),
    Column("day", Date, nullable=False),
    Column("source", Text, nullable=False),
)

# `position` is None for a time that only a claim, statement, position or meeting holds.
times = Table(
    "times",
    metadata,
    Column("id", Text, primary_key=True),
    _article_key(),
    Column("position", Integer),
    *span_columns(),
    Column("type", Text, nullable=False),
    Column("value", Text, nullable=False),
    Column("mod", Text),
    Column("earliest", Date, index=True),
    Column("latest", Date),
    Column("precision", Text),  # None: the value names no day range
    Column("anchor", Text, nullable=False),
    Column("anchor_value", Text),
    Column("reason", Text, nullable=False),
)

# What an actor is belongs to `actors`, shared by all articles; what it is called and was at the time to `cast_members`.
actors = Table(
    "actors",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("folded", Text, nullable=False, index=True),  # the name without case and accents, to search in
    Column("kind", Text, nullable=False),
    Column("country", Text, index=True),
    # Counted by triggers on `cast_members`:
    Column("mentions", Integer, nullable=False, default=0),
    Column("articles", Integer, nullable=False, default=0),
)
cast_members = Table(
    "cast_members",
    metadata,
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True),
    Column("actor_id", ForeignKey("actors.id"), primary_key=True, index=True),
    Column("position", Integer, nullable=False),
    Column("sectors", JSON, nullable=False),
    Column("organization", Text),
    Column("title", Text),
    Column("mentions", Integer, nullable=False),  # in this article
    Column("keys", JSON, nullable=False),  # what it is called and acts for here: see `store/postings.py`
    Column("seen", Integer, nullable=False),  # day number of publication, 0 for an undated article
    Column("article_number", Integer, nullable=False),
)
# Actors that people named: the program's own values (the people's stand in `actors`), and the people's sectors, if any.
named_actors = Table(
    "named_actors",
    metadata,
    Column("actor_id", ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("country", Text),
    Column("sectors", JSON(none_as_null=True)),
)
mentions = Table(
    "mentions",
    metadata,
    Column("id", Text, primary_key=True),
    _article_key(),
    Column("position", Integer, nullable=False),
    *span_columns(),
    Column("head", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("actor_id", ForeignKey("actors.id"), index=True),
    Column("candidates", JSON, nullable=False),
    Column("reason", Text, nullable=False),
)

claims = Table(
    "claims",
    metadata,
    Column("id", Text, primary_key=True),
    _article_key(),
    Column("position", Integer, nullable=False),
    Column("type", Text, nullable=False),
    Column("meeting_type", Text),
    Column("modes", JSON, nullable=False),
    Column("contexts", JSON, nullable=False),
    Column("time_id", ForeignKey("times.id"), index=True),
    Column("status", Text, nullable=False),
    *span_columns("status", optional=True),
    *span_columns("trigger"),
    *span_columns("condition", optional=True),
    *span_columns("content", optional=True),
    Column("like_type", Text),  # the PLOVER type that a type of the user's own stands under
    Column("confidence", Float, nullable=False, index=True),
    _rejected(),
    Column("judged", Boolean, nullable=False, default=False),  # by a person, whatever the verdict
    *_in_article(),
)
claim_roles = _roles("claim_roles", "claim")  # roles: actor, recipient, asserted_by
claim_evidence = _parts("claim_evidence", "claim", _position(), *span_columns())
claim_places = _places("claim_places", "claim")
decisions = _parts(
    "decisions",
    "claim",
    _position(),
    Column("field", Text, nullable=False),
    Column("rule", Text, nullable=False),
    Column("confidence", Float, nullable=False),
)

statements = Table(
    "statements",
    metadata,
    Column("id", Text, primary_key=True),
    _article_key(),
    Column("position", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("act", Text, nullable=False),
    *span_columns("source", optional=True),
    *span_columns("cue", optional=True),
    *span_columns("medium", optional=True),
    Column("negated", Boolean, nullable=False),
    Column("time_id", ForeignKey("times.id"), index=True),
    Column("rule", Text, nullable=False),
    *_in_article(),
)
statement_content = _parts("statement_content", "statement", _position(), *span_columns())
statement_roles = _roles("statement_roles", "statement")  # roles: speaker, addressee, reported_by

# `basis` is the id of a claim or a statement of the same article.
positions = Table(
    "positions",
    metadata,
    Column("id", Text, primary_key=True),
    _article_key(),
    Column("position", Integer, nullable=False),
    Column("issue", Text, nullable=False),
    Column("stance", Text, nullable=False),
    *span_columns("content"),
    Column("basis", Text, nullable=False),
    Column("time_id", ForeignKey("times.id"), index=True),
    _rejected(),
    *_in_article(),
)
position_roles = _roles("position_roles", "position")  # roles: party, of, by, asserted_by

meetings = Table(
    "meetings",
    metadata,
    Column("id", Text, primary_key=True),
    _article_key(),
    Column("position", Integer, nullable=False),
    Column("format", Text),
    Column("status", Text, nullable=False),
    Column("time_id", ForeignKey("times.id"), index=True),
    *span_columns("condition", optional=True),
    _rejected(),
    *_in_article(),
)
meeting_parties = _roles("meeting_parties", "meeting")  # role: party
meeting_evidence = _parts("meeting_evidence", "meeting", _position(), *span_columns())
meeting_places = _places("meeting_places", "meeting")
meeting_claims = _parts("meeting_claims", "meeting", _position(), Column("claim_id", Text, nullable=False))

events = Table(
    "events",
    metadata,
    Column("id", Text, primary_key=True),
    _article_key(),
    Column("position", Integer, nullable=False),
    Column("type", Text, nullable=False, index=True),
)
event_claims = _parts(
    "event_claims",
    "event",
    _position(),
    Column("claim_id", ForeignKey("claims.id", ondelete="CASCADE"), nullable=False, index=True),
)

# One row for each article that met the problem; `article_id` is None when no article came of the input.
problems = Table(
    "problems",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("id", Text, nullable=False, index=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), index=True),
    Column("stage", Text, nullable=False),
    Column("source", Text, nullable=False, index=True),
    Column("reason", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("severity", Text, nullable=False),
)
