"""The tables that linking keeps for its next run, as SQLAlchemy Core sees them; `link_inputs` reads and writes them."""

from sqlalchemy import JSON, Column, Integer, LargeBinary, Table, Text

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
# `program`: which program linked; `judgements`: the ids of those on two claims that it heeded.
link_state = Table(
    "link_state", metadata, Column("name", Text, primary_key=True), Column("value", JSON, nullable=False)
)
