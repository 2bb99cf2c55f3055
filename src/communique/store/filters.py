"""What a reader may ask for: a name, a type, days, words → conditions on the tables.

An actor is asked for by id, by ISO country code or by name. A country's name stands for whoever acts for it, an
organization's for whoever speaks for it: `Russia` finds what its foreign ministry did. Names are compared without case and
accents; what articles themselves call an actor counts too ("the US"). Only when nothing fits are misspellings tried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from rapidfuzz import fuzz, process
from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Integer,
    Select,
    Table,
    and_,
    column,
    exists,
    false,
    func,
    or_,
    select,
    table,
)

from communique.records import ActorKind, MentionKind
from communique.records.sides import STATE_SECTORS
from communique.store import schema
from communique.store.mapping.cast import fold

SPELLING_CUTOFF = 85.0  # of 100: one wrong letter in seven


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Conditions that all must hold; an empty one asks for everything.

    `actors` must all take part, so two make a dyad. `types` and `statuses` are alternatives, in the words of each kind:
    claims have type and status, statements kind and act, positions issue and stance, meetings format and status. `since`
    and `until` (inclusive) keep what may lie in those days; undated things are then left out. `words` must all stand in
    the article, or as one phrase in double quotes.
    """

    actors: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    article_id: str | None = None
    words: str | None = None
    limit: int | None = None
    places: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    min_confidence: float | None = None
    rejected: bool = False
    after: str | None = None


def actor_ids(connection: Connection, name: str) -> Select[str]:
    """A query for the ids of the actors that `name` stands for; it gives none when nobody is like it."""
    named = actors_called(connection, name)
    if not named and len(name.strip()) == 3:
        return select(schema.actors.c.id).where(_acts_for({name.strip().upper()}))
    rows = connection.execute(select(schema.actors).where(schema.actors.c.id.in_(named))).mappings().all()
    countries = {row["country"] for row in rows if row["kind"] == ActorKind.STATE.value and row["country"]}
    organizations = {row["name"] for row in rows if row["kind"] == ActorKind.ORGANIZATION.value}
    conditions: list[ColumnElement[bool]] = [schema.actors.c.id.in_(named)]
    if countries:
        conditions.append(_acts_for(countries))
    if organizations:
        members = select(schema.cast_members.c.actor_id).where(schema.cast_members.c.organization.in_(organizations))
        conditions.append(schema.actors.c.id.in_(members))
    return select(schema.actors.c.id).where(or_(*conditions))


def _acts_for(countries: set[str]) -> ColumnElement[bool]:
    """True for the state itself and for who serves it, in some article at least; not for its companies and citizens."""
    members = schema.cast_members.c
    serves = exists().where(
        members.actor_id == schema.actors.c.id,
        func.json_extract(members.sectors, "$[0]").in_(STATE_SECTORS - {""}),
    )
    is_state = schema.actors.c.kind == ActorKind.STATE.value
    return schema.actors.c.country.in_(countries) & (is_state | serves)


def actors_called(connection: Connection, name: str) -> list[str]:
    """Ids of the actors that bear this name themselves: by id, full name, part of a name, words used, then spelling."""
    wanted = fold(name.strip())
    if not wanted:
        return []
    actors = schema.actors
    steps: Sequence[ColumnElement[bool]] = (
        actors.c.id.startswith(wanted, autoescape=True) if wanted.startswith("actor-") else false(),
        actors.c.folded == wanted,
        (func.lower(actors.c.country) == wanted) & (actors.c.kind == ActorKind.STATE.value),
        actors.c.id.in_(_called_in_articles(name)),
        (" " + actors.c.folded + " ").contains(f" {wanted} ", autoescape=True),
    )
    for step in steps:
        found = list(connection.execute(select(actors.c.id).where(step)).scalars())
        if found:
            return found
    known = dict(connection.execute(select(actors.c.id, actors.c.folded)).all())
    close = process.extract(wanted, known, scorer=fuzz.WRatio, score_cutoff=SPELLING_CUTOFF, limit=5)
    best = max((score for _, score, _ in close), default=0.0)
    return [actor_id for _, score, actor_id in close if score == best]


def _called_in_articles(name: str) -> Select[str]:
    called = schema.mentions.c.quote.collate("NOCASE").in_([name.strip(), f"the {name.strip()}"])
    return select(schema.mentions.c.actor_id).where(called, schema.mentions.c.kind == MentionKind.NAME.value)


def in_days(
    filters: Filters, first: ColumnElement[date | None], last: ColumnElement[date | None]
) -> ColumnElement[bool]:
    """True for ranges that share a day with the filter's; a range may be open on one side, but not on both."""
    conditions: list[ColumnElement[bool]] = [or_(first.is_not(None), last.is_not(None))]
    if filters.since is not None:
        conditions.append(or_(last.is_(None), last >= filters.since))
    if filters.until is not None:
        conditions.append(or_(first.is_(None), first <= filters.until))
    return and_(*conditions)


def with_words(words: str) -> Select[int]:
    """A query for the row numbers of the articles that hold all the words; quotation marks make a phrase."""
    pieces = words.split('"')
    singles = [word for piece in pieces[0::2] for word in piece.split()]
    asked = " ".join(f'"{part.strip()}"' for part in (*pieces[1::2], *singles) if part.strip()) or '""'
    index = table("article_words", column("rowid", Integer))
    return select(index.c.rowid).where(column("article_words").op("MATCH")(asked))


def held_by(owner: Column[str], roles: Table, names: Sequence[str], actors: Select[str]) -> ColumnElement[bool]:
    """True for owners with one of the actors in one of the named roles; `roles` holds owner id, role and actor id."""
    own = next(each for each in roles.c if each.name.endswith("_id") and each.name != "actor_id")
    return owner.in_(select(own).where(roles.c.actor_id.in_(actors), roles.c.role.in_(names)))
