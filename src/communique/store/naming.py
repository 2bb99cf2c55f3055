"""A name → the actors that bear it, and the terms under which what they do is found.

An actor is asked for by id, by ISO country code or by name. A country's name stands for whoever acts for it, an
organization's for whoever speaks for it: `Russia` finds what its foreign ministry did. Names are compared without case and
accents; what articles themselves call an actor counts too ("the US"). Only when nothing fits are misspellings tried.
"""

from collections.abc import Callable, Iterator

from rapidfuzz import fuzz, process
from sqlalchemy import Connection, select

from communique.records import ActorKind
from communique.store import schema
from communique.store import schema_index as index
from communique.store.folding import fold
from communique.store.indexing import known_terms
from communique.store.mapping.columns import CHUNK, Row
from communique.store.postings import bare_name, own_key

SPELLING_CUTOFF = 85.0  # of 100: one wrong letter in seven
WORD_CUTOFF = 75.0  # of 100, for one word: those that come nearer than this are looked at as whole names
ID_LENGTH = len("actor-") + 16


def party_keys(connection: Connection, name: str) -> tuple[str, ...]:
    """The terms that `name` stands for, any of which will do: a country's, an organization's, else the actors' own."""
    keys = [key for row in _rows(connection, actors_called(connection, name)) if (key := _key(row))]
    if keys:
        return tuple(dict.fromkeys(keys))
    code = f"country:{name.strip().upper()}"  # a country that only its servants are named of
    return (code,) if known_terms(connection, [code]) else ()


def _key(row: Row) -> str:
    if row["kind"] == ActorKind.STATE.value and row["country"]:
        return f"country:{row['country']}"
    if row["kind"] == ActorKind.ORGANIZATION.value:
        return f"organization:{row['name']}"
    return own_key(row["id"])


def standing_for(connection: Connection, key: str) -> str | None:
    """The id of the actor that stands for a side: the state or organization itself, else who is named most for it."""
    kind, _, value = key.partition(":")
    if kind == "actor":
        return value
    own, keys = schema.actors.c, index.actor_keys.c
    itself = (
        (own.country == value, own.kind == ActorKind.STATE.value)
        if kind == "country"
        else (own.folded == fold(value), own.name == value, own.kind == ActorKind.ORGANIZATION.value)
    )
    most = (own.mentions.desc(), own.id)
    members = select(own.id).join(index.actor_keys, keys.actor_id == own.id).where(keys.key == key)
    for query in (select(own.id).where(*itself), members):
        found = connection.execute(query.order_by(*most).limit(1)).scalar()
        if found is not None:
            return str(found)
    return None


def actors_called(connection: Connection, name: str) -> list[str]:
    """Ids of the actors that bear this name themselves: by id, full name, part of a name, words used, then spelling."""
    wanted = fold(name).strip()
    if not wanted:
        return []
    steps: tuple[Callable[[Connection, str], list[str]], ...] = (
        _by_id,
        _by_name,
        _by_code,
        _by_use,
        _by_part,
        _by_spelling,
    )
    return next((found for step in steps if (found := step(connection, wanted))), [])


def _by_id(connection: Connection, wanted: str) -> list[str]:
    if not wanted.startswith("actor-"):
        return []
    own = schema.actors.c.id
    return list(connection.execute(select(own).where(own >= wanted, own < f"{wanted}g").order_by(own)).scalars())


def _by_name(connection: Connection, wanted: str) -> list[str]:
    own = schema.actors.c
    return list(connection.execute(select(own.id).where(own.folded == wanted).order_by(own.id)).scalars())


def _by_code(connection: Connection, wanted: str) -> list[str]:
    own = schema.actors.c
    query = select(own.id).where(own.country == wanted.upper(), own.kind == ActorKind.STATE.value).order_by(own.id)
    return list(connection.execute(query).scalars())


def _by_use(connection: Connection, wanted: str) -> list[str]:
    own = index.actor_keys.c
    query = select(own.actor_id).where(own.key == f"called:{bare_name(wanted)}").order_by(own.actor_id)
    return list(connection.execute(query).scalars())


def _by_part(connection: Connection, wanted: str) -> list[str]:
    found = _with_words(connection, wanted.split())
    return [row["id"] for row in _rows(connection, found) if f" {wanted} " in f" {row['folded']} "]


def _with_words(connection: Connection, words: list[str]) -> list[str]:
    """The actors whose names have all the words."""
    own = index.name_words.c
    query = select(own.actor_id).where(own.word == words[0]).order_by(own.actor_id)
    for word in words[1:]:
        query = query.where(own.actor_id.in_(select(own.actor_id).where(own.word == word)))
    return list(connection.execute(query).scalars())


def _by_spelling(connection: Connection, wanted: str) -> list[str]:
    """The actors with the name that is spelled most like it; only names with a word like one of its words are compared."""
    own = index.name_words.c
    vocabulary = list(connection.execute(select(own.word).distinct()).scalars())
    near: dict[str, None] = {}
    for word in wanted.split():
        near |= dict.fromkeys(
            each
            for each, _, _ in process.extract(word, vocabulary, scorer=fuzz.ratio, score_cutoff=WORD_CUTOFF, limit=50)
        )
    ids = list(connection.execute(select(own.actor_id).where(own.word.in_(near)).distinct()).scalars())
    known = {row["id"]: row["folded"] for row in _rows(connection, ids)}
    close = process.extract(wanted, known, scorer=fuzz.WRatio, score_cutoff=SPELLING_CUTOFF, limit=5)
    best = max((score for _, score, _ in close), default=0.0)
    return [actor_id for _, score, actor_id in close if score == best]


def _rows(connection: Connection, ids: list[str]) -> Iterator[Row]:
    for first in range(0, len(ids), CHUNK):
        yield from connection.execute(
            select(schema.actors).where(schema.actors.c.id.in_(ids[first : first + CHUNK]))
        ).mappings()
