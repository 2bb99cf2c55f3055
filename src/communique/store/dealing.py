"""Who deals with whom: pairs of sides, with the types of what passes between them, the busiest pairs first.

The triggers of the index count every pair with every type and status, so that the busiest pairs are known without reading
a claim. Only where days, places, outlets or words are asked for are the claims themselves counted.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from communique.store import walking
from communique.store.filters import Filters
from communique.store.naming import party_keys, standing_for
from communique.store.postings import BESIDE, DYAD, Kind, deed_parts
from communique.store.walking import sql_text

PAIRS = 200  # pairs that are given when no limit is asked for
CANDIDATES = 10  # for each pair that is wanted, pairs whose types are looked at when only some types are asked for


@dataclass(frozen=True, slots=True, kw_only=True)
class DyadEntry:
    """Two sides, by the ids of actors that stand for them: how many claims have both, and of which types (type, number)."""

    left: str
    right: str
    claims: int
    types: tuple[tuple[str, int], ...]


def dyads(connection: Connection, filters: Filters) -> tuple[DyadEntry, ...]:
    """The busiest pairs of sides in the claims that fit, 200 where there is no limit."""
    limit = PAIRS if filters.limit is None else max(0, filters.limit)
    if filters.actors and not all(party_keys(connection, name) for name in filters.actors):
        return ()
    counted = (
        _claim_by_claim(connection, filters) if _needs_claims(filters) else _as_tallied(connection, filters, limit)
    )
    ordered = sorted(counted.items(), key=lambda pair: (-pair[1].total(), pair[0]))
    entries: list[DyadEntry] = []
    standing: dict[str, str | None] = {}
    for pair, types in ordered:
        if len(entries) == limit:
            break
        for key in pair:
            if key not in standing:
                standing[key] = standing_for(connection, key)
        left, right = (standing[key] for key in pair)
        if left is not None and right is not None:
            listed = tuple(sorted(types.items(), key=lambda each: (-each[1], each[0])))
            entries.append(DyadEntry(left=left, right=right, claims=types.total(), types=listed))
    return tuple(entries)


def _needs_claims(filters: Filters) -> bool:
    return bool(
        filters.since
        or filters.until
        or filters.article_id is not None
        or filters.words is not None
        or filters.places
        or filters.sources
        or filters.min_confidence is not None
        or len(filters.actors) > 2
    )


Counted = Mapping[tuple[str, str], Counter[str]]


def _as_tallied(connection: Connection, filters: Filters, limit: int) -> Counted:
    """The pairs with most claims, as the index has counted them."""
    sql = (
        "SELECT t.text FROM tallies y CROSS JOIN terms t ON t.id = y.term "
        "WHERE y.kind = :kind AND y.term < 0 AND y.number > 0 ORDER BY y.number DESC"
    )
    asked = [set(party_keys(connection, name)) for name in filters.actors]
    wanted = limit * CANDIDATES
    counted: dict[tuple[str, str], Counter[str]] = {}
    looked_at = 0
    for text in connection.execute(sql_text(sql), {"kind": int(Kind.CLAIM)}).scalars():
        one, other = text.removeprefix(DYAD).split(BESIDE)
        if not _are_asked_for(asked, one, other):
            continue
        types = _types_of(connection, one, other, filters)
        if types:
            counted[(one, other)] = types
        looked_at += 1
        if looked_at >= wanted or (len(counted) >= limit and not (filters.types or filters.statuses)):
            break
    return counted


def _are_asked_for(asked: list[set[str]], one: str, other: str) -> bool:
    if len(asked) == 2:
        first, second = asked
        return (one in first and other in second) or (one in second and other in first)
    return not asked or one in asked[0] or other in asked[0]


def _types_of(connection: Connection, one: str, other: str, filters: Filters) -> Counter[str]:
    beginning = f"deed:{one}{BESIDE}{other}{BESIDE}"
    sql = (
        "SELECT t.text, y.number FROM terms t CROSS JOIN tallies y ON y.kind = :kind AND y.term = t.id "
        "WHERE t.text >= :first AND t.text < :after AND y.number > 0"
    )
    bounds = {"kind": int(Kind.CLAIM), "first": beginning, "after": f"{beginning[:-1]}\x20"}
    found = _summed(((text, number) for text, number in connection.execute(sql_text(sql), bounds)), filters)
    return found.get((one, other), Counter())  # none where they are pairs of names only: both stand for one side


def _claim_by_claim(connection: Connection, filters: Filters) -> Counted:
    """The pairs of the claims that fit, counted one by one."""
    numbers: Counter[int] = Counter()
    for walk in walking.walks(connection, walking.CLAIMS, filters, in_order=False):
        rows = (
            f"SELECT {'DISTINCT ' if walk.mixed else ''}t.id, t.terms FROM {walk.source} {walking.CLAIMS.join()} "
            f"WHERE {' AND '.join(walk.where)}"
        )
        sql = f"SELECT j.value, count(*) FROM ({rows}) c CROSS JOIN json_each(c.terms) j GROUP BY j.value"
        for term, number in connection.execute(sql_text(sql), walk.parameters):
            numbers[term] += number
    sql = "SELECT id, text FROM terms WHERE text >= 'deed:' AND text < 'deed;'"
    deeds = ((text, numbers[term]) for term, text in connection.execute(sql_text(sql)) if term in numbers)
    asked = [set(party_keys(connection, name)) for name in filters.actors[:2]]
    counted = _summed(deeds, Filters(types=filters.types, statuses=filters.statuses))
    return {pair: types for pair, types in counted.items() if types and _are_asked_for(asked, *pair)}


def _summed(deeds: Iterable[tuple[str, int]], filters: Filters) -> dict[tuple[str, str], Counter[str]]:
    counted: dict[tuple[str, str], Counter[str]] = {}
    for text, number in deeds:
        one, other, type_, status = deed_parts(text)
        types = counted.setdefault((one, other), Counter())
        if (not filters.types or type_ in filters.types) and (not filters.statuses or status in filters.statuses):
            types[type_] += number
    return counted
