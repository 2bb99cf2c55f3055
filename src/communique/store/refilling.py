"""An older record, its tables just brought up to date → what later versions derive of each article, filled in.

A migration is SQL; what has to be read from the records themselves (days, terms, names) is filled in here, with the code
that fills it in for a new article.
"""

from collections.abc import Callable, Mapping

from sqlalchemy import Connection, func, insert, select, text, update

from communique.records import outlet_of
from communique.store import schema
from communique.store import schema_index as index
from communique.store.indexing import index_anew
from communique.store.loading import load_coded
from communique.store.mapping.cast import name_word_rows


def _index_all(connection: Connection) -> None:
    """Version 2: every article and what was coded of it gets its place in the inverted index."""
    connection.execute(
        text("UPDATE actors SET articles = (SELECT count(*) FROM cast_members m WHERE m.actor_id = actors.id)")
    )
    own = schema.actors.c
    for identity, folded in connection.execute(select(own.id, own.folded)).all():
        if words := name_word_rows({"id": identity, "folded": folded}):
            connection.execute(insert(index.name_words), words)
    for identity in connection.execute(select(schema.articles.c.id)).scalars().all():
        coded = load_coded(connection, identity)
        index_anew(connection, coded)
        is_it = schema.articles.c.id == identity
        connection.execute(update(schema.articles).where(is_it).values(outlet=outlet_of(coded.article)))
        for claim in coded.claims:
            is_claim = schema.claims.c.id == claim.id
            connection.execute(update(schema.claims).where(is_claim).values(confidence=claim.confidence))


REFILLED: Mapping[int, Callable[[Connection], None]] = {2: _index_all}


def refill(connection: Connection, version: int) -> None:
    """Fills in what the versions after `version` derive; the tables are those of the newest already."""
    if connection.execute(select(func.count()).select_from(schema.articles)).scalar_one() == 0:
        return
    for number, fill in REFILLED.items():
        if number > version:
            fill(connection)
