"""The tables that linking keeps for its next run, as SQLAlchemy Core sees them; `link_inputs` reads and writes them."""

from sqlalchemy import JSON, Column, Index, Integer, LargeBinary, Table, Text

from communique.store.schema import metadata

# Which articles to compare a new one with. A key that an article has no more stays until all are linked anew.
link_keys = Table(
    "link_keys",
    metadata,
    Column("key", Integer, primary_key=True),
    Column("article_number", Integer, primary_key=True),
)
# `keys`: those the article had when it was linked, eight bytes each.
link_articles = Table(
    "link_articles",
    metadata,
    Column("article_number", Integer, primary_key=True),
    Column("article_id", Text, nullable=False),
    Column("keys", LargeBinary, nullable=False),
)
# `program`: which program linked.
link_state = Table(
    "link_state", metadata, Column("name", Text, primary_key=True), Column("value", JSON, nullable=False)
)
# What each article tells of meetings and positions; `topic` is a position's issue, empty for a meeting.
link_told = Table(
    "link_told",
    metadata,
    Column("article_number", Integer, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("topic", Text, nullable=False),
    Column("told", JSON, nullable=False),
    Index("ix_link_told_topic", "kind", "topic"),
)
