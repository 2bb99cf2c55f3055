"""The tables by which records are found, as SQLAlchemy Core sees them: kept by triggers, and made of what others hold.

The inverted index `postings` tells which rows have a term, in timeline order; `tallies` how many they are. `revision` is a
number that every write raises.
"""

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from communique.store.schema import metadata

# In how many articles an actor is called so, or acts for that side; kept by triggers on `cast_members`.
actor_keys = Table(
    "actor_keys",
    metadata,
    Column("key", Text, primary_key=True),
    Column("actor_id", Text, primary_key=True),
    Column("articles", Integer, nullable=False),
)
# The words of each actor's folded name.
name_words = Table(
    "name_words",
    metadata,
    Column("word", Text, primary_key=True),
    Column("actor_id", ForeignKey("actors.id", ondelete="CASCADE"), primary_key=True, index=True),
)

# The inverted index: which rows have a term, in timeline order. Triggers on every table with `terms` keep it.
terms = Table(
    "terms", metadata, Column("id", Integer, primary_key=True), Column("text", Text, nullable=False, unique=True)
)
postings = Table(
    "postings",
    metadata,
    *(
        Column(name, Integer, primary_key=True)
        for name in ("kind", "term", "reach", "day", "ends", "number", "position")
    ),
)

tallies = Table(
    "tallies",
    metadata,
    Column("kind", Integer, primary_key=True),
    Column("term", Integer, primary_key=True),
    Column("number", Integer, nullable=False),
)

revision = Table(
    "revision", metadata, Column("token", Text, primary_key=True), Column("number", Integer, nullable=False)
)
