"""A record → its place in the timeline and the terms it is found by: what the inverted index `postings` is made of.

A term is a kind and a value: `type:CONSULT`, `status:scheduled`, `outlet:example.com`, `place:CHE`, `place:geneva`, the
parties `actor:ID`, `country:RUS`, `organization:NATO` (whoever acts or speaks for them), and two parties together
`dyad:` with both. The empty term stands for everything. All records of one kind that have a term lie in the
index in timeline order, so that the first page of any list costs the same however long the list is.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from enum import IntEnum
from itertools import combinations

from communique.records import Actor, ActorKind, Article, Claim, CodedArticle, Meeting, Place, Position, Role, Statement
from communique.records.sides import STATE_SECTORS
from communique.store.folding import fold

UNDATED = 4_000_000  # beyond the day number of 9999-12-31
NARROW_DAYS = 31  # a range of more days than a month is walked apart from the others
EVERYTHING = ""
DYAD = "dyad:"  # these terms have numbers below zero, so that an index tells the busiest pairs
BESIDE = "\x1f"  # between the parts of a term that has several: no name has this character

Terms = set[str]


class Kind(IntEnum):
    """The kinds of things in the index; what a person rejected has 100 more."""

    CLAIM = 1
    STATEMENT = 2
    POSITION = 3
    MEETING = 4
    ARTICLE = 5
    EVENT = 6
    LINKED_MEETING = 7
    LINE = 8


REJECTED = 100


class Reach(IntEnum):
    """How far a range of days reaches; see the columns of the same name in the tables."""

    NARROW = 0
    WIDE = 1
    OPEN_START = 2
    UNDATED = 3


def timeline_place(first: date | None, last: date | None) -> dict[str, int]:
    """The columns `reach`, `day` and `ends` of a range of days (inclusive, either side None when open)."""
    if first is None and last is None:
        return {"reach": Reach.UNDATED, "day": UNDATED, "ends": UNDATED}
    ends = last.toordinal() if last is not None else UNDATED
    if first is None:
        return {"reach": Reach.OPEN_START, "day": ends, "ends": ends}
    day = first.toordinal()
    reach = Reach.NARROW if day <= ends <= day + NARROW_DAYS else Reach.WIDE
    return {"reach": reach, "day": day, "ends": ends}


def article_days(article: Article) -> tuple[date | None, date | None]:
    """First and last day that the article may be of."""
    if article.published is not None:
        return article.published.day, article.published.day
    return article.published_between or (None, None)


def group_keys(actor: Actor) -> tuple[str, ...]:
    """Whom the actor acts and speaks for: its country, its organization; nobody, for who stands for himself."""
    primary = actor.sectors[0] if actor.sectors else ""
    keys = []
    if actor.country and (actor.kind is ActorKind.STATE or primary in STATE_SECTORS - {""}):
        keys.append(f"country:{actor.country}")
    if actor.kind is ActorKind.ORGANIZATION:
        keys.append(f"organization:{actor.name}")
    if actor.organization and f"organization:{actor.organization}" not in keys:
        keys.append(f"organization:{actor.organization}")
    return tuple(keys)


def own_key(actor_id: str) -> str:
    """The term of one actor itself."""
    return f"actor:{actor_id}"


def dyad_term(one: str, other: str) -> str:
    """The term of two parties together, in either order."""
    return f"{DYAD}{BESIDE.join(sorted((one, other)))}"


def deed_parts(term: str) -> tuple[str, str, str, str]:
    """Two sides, type and status of what one claim tells between them."""
    one, other, type_, status = term.removeprefix("deed:").split(BESIDE)
    return one, other, type_, status


def _party_terms(roles: Iterable[Role | None], cast: Mapping[str, Actor]) -> Terms:
    ids = {role.actor_id for role in roles if role is not None}
    groups: Terms = set()
    for each in ids:
        keys = group_keys(cast[each]) if each in cast else ()
        groups.update(keys or (own_key(each),))
    return {own_key(each) for each in ids} | groups | {dyad_term(*pair) for pair in combinations(sorted(groups), 2)}


def _deeds(claim: Claim, cast: Mapping[str, Actor]) -> Terms:
    """Every two sides of the claim with its type and status, so that a pair's claims are counted without reading them."""
    ids = {role.actor_id for role in (*claim.actors, *claim.recipients)}
    sides = {(group_keys(cast[each]) if each in cast else ())[:1] or (own_key(each),) for each in ids}
    pairs = combinations(sorted(side for (side,) in sides), 2)
    return {f"deed:{BESIDE.join((*pair, claim.plover_type, claim.status.value))}" for pair in pairs}


def place_terms(name: str | None, country: str | None) -> Terms:
    """The terms of a place: its name without case and accents, its country's ISO code."""
    terms = {f"place:{fold(name)}"} if name else set()
    return terms | ({f"place:{country}"} if country else set())


def _place(place: Place | None) -> Terms:
    return place_terms(place.name, place.country) if place is not None else set()


def claim_terms(claim: Claim, cast: Mapping[str, Actor], outlet: str) -> Terms:
    """What a claim is found by; an announced consultation is found as one too."""
    types = {each for each in (claim.type, claim.like, claim.meeting_type) if each}
    parties = _party_terms((*claim.actors, *claim.recipients), cast)
    return (
        {EVERYTHING, f"outlet:{outlet}", f"status:{claim.status.value}"}
        | {f"type:{each}" for each in types}
        | parties
        | _deeds(claim, cast)
        | _place(claim.place)
    )


def statement_terms(statement: Statement, cast: Mapping[str, Actor], outlet: str) -> Terms:
    """What a statement is found by."""
    own = {EVERYTHING, f"outlet:{outlet}", f"type:{statement.kind.value}", f"status:{statement.act.value}"}
    return own | _party_terms((statement.speaker, statement.addressee, statement.reported_by), cast)


def position_terms(position: Position, cast: Mapping[str, Actor], outlet: str) -> Terms:
    """What a position is found by."""
    own = {EVERYTHING, f"outlet:{outlet}", f"type:{position.issue}", f"status:{position.stance.value}"}
    return own | _party_terms((position.party, *position.of, position.by), cast)


def meeting_terms(meeting: Meeting, cast: Mapping[str, Actor], outlet: str) -> Terms:
    """What a meeting, as one article tells it, is found by."""
    own = {EVERYTHING, f"outlet:{outlet}", f"status:{meeting.status.value}"}
    own |= {f"type:{meeting.format}"} if meeting.format else set()
    return own | _party_terms(meeting.parties, cast) | _place(meeting.place)


def article_terms(coded: CodedArticle, outlet: str) -> Terms:
    """What an article is found by: its outlet, everybody in it, the places and types of its claims."""
    terms = {EVERYTHING, f"outlet:{outlet}"}
    for actor in coded.actors:
        terms |= {own_key(actor.id), *group_keys(actor)}
    for claim in coded.claims:
        terms |= {f"type:{claim.type}", f"status:{claim.status.value}"} | _place(claim.place)
    return terms


def name_keys(quotes: Iterable[str]) -> list[str]:
    """How names are written in `actor_keys`: `called:` and the words without case, accents and article."""
    return sorted({f"called:{bare_name(quote)}" for quote in quotes})


def bare_name(quote: str) -> str:
    """A name as words that can be compared: without case, accents, and the article before it."""
    return " ".join(fold(quote).split()).removeprefix("the ")
