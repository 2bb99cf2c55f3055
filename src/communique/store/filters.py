"""What a reader may ask for: names, types, days, places, outlets, words → conditions on the inverted index."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import product

from sqlalchemy import Connection

from communique.store.folding import fold
from communique.store.indexing import known_terms
from communique.store.naming import party_keys
from communique.store.postings import EVERYTHING, REJECTED, Kind, dyad_term, own_key

MOST_DYADS = 16  # combinations of two names' meanings that are looked up as pairs
WITHOUT_DYADS = {Kind.ARTICLE, Kind.LINE}


@dataclass(frozen=True, slots=True, kw_only=True)
class Filters:
    """Conditions that all must hold; an empty one asks for everything.

    `actors` must all take part, so two make a dyad. `types` and `statuses` are alternatives, in the words of each kind:
    claims have type and status, statements kind and act, positions issue and stance, meetings format and status, actors
    kind, problems stage and severity. Linked events are also found by status `disputed`, lines by `changed` and `owed`.
    `since` and `until` (inclusive) keep what may lie in those days; undated things are then left out. `words` must all
    stand in the article, or as one phrase in double quotes. `places` are ISO alpha-3 codes or names, `sources` outlets, any
    of which will do. `min_confidence` is asked of claims. With `rejected` what a person rejected is given too. `limit` is
    the size of an answer or of one page; `after` the cursor of the page before.
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


@dataclass(frozen=True, slots=True)
class Conditions:
    """Filters as the index understands them: one term of every group must be there; kinds as `postings` numbers them."""

    kinds: tuple[int, ...]
    groups: tuple[tuple[int, ...], ...]
    since: int | None
    until: int | None

    @property
    def dated(self) -> bool:
        """True when only some days are asked for."""
        return self.since is not None or self.until is not None


def conditions(connection: Connection, kind: Kind, filters: Filters) -> Conditions | None:
    """The conditions; None when the record has no such term at all, so that nothing can fit."""
    groups = list(_parties(connection, kind, filters.actors))
    groups += [{f"type:{each}" for each in filters.types}] if filters.types else []
    groups += [{f"status:{each}" for each in filters.statuses}] if filters.statuses else []
    groups += [{f"outlet:{each.strip().lower()}" for each in filters.sources}] if filters.sources else []
    groups += [{term for each in filters.places for term in _place(each)}] if filters.places else []
    numbers = known_terms(connection, {EVERYTHING}.union(*groups))
    known = [tuple(sorted(numbers[term] for term in group if term in numbers)) for group in groups]
    if not all(known):
        return None
    return Conditions(
        kinds=(kind, kind + REJECTED) if filters.rejected else (kind,),
        groups=tuple(dict.fromkeys(known)) or ((numbers[EVERYTHING],),),
        since=filters.since.toordinal() if filters.since else None,
        until=filters.until.toordinal() if filters.until else None,
    )


def _parties(connection: Connection, kind: Kind, names: Iterable[str]) -> Iterable[set[str]]:
    """Groups of terms for the names, one each; two countries or organizations that stand for one another share one."""
    asked = [set(party_keys(connection, name)) for name in names]
    yield from asked
    if kind in WITHOUT_DYADS or len(asked) < 2:
        return
    first, second = asked[:2]
    pairs = {(one, other) for one, other in product(first, second) if one != other}
    grouped = not any(each.startswith(own_key("")) for each in first | second)
    if grouped and not first & second and len(pairs) <= MOST_DYADS:
        yield {dyad_term(one, other) for one, other in pairs}


def _place(asked: str) -> set[str]:
    name = asked.strip()
    return {f"place:{fold(name)}"} | ({f"place:{name.upper()}"} if len(name) == 3 else set())


def as_match(words: str) -> str:
    """The words as a question to the full-text index: all of them, phrases in their quotation marks."""
    pieces = words.split('"')
    singles = [word for piece in pieces[0::2] for word in piece.split()]
    return " ".join(f'"{part.strip()}"' for part in (*pieces[1::2], *singles) if part.strip()) or '""'
