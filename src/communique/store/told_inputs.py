"""The record → what linking reads of it to follow meetings and positions: articles that tell of them, and who is who.

What an article tells is kept in plain form, so that a new article costs the reading of one issue, not of all articles.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, Table, or_, select

from communique.records import Actor, ActorKind, Claim, CodedArticle, MediaType, Meeting, Page, Position
from communique.store import schema
from communique.store import schema_linked as linked
from communique.store import schema_linking as own
from communique.store.exchange import from_plain, to_plain
from communique.store.link_inputs import LinkInputs, ToldOf
from communique.store.mapping.cast import time_of
from communique.store.mapping.claims import load_claims, load_meetings
from communique.store.mapping.columns import CHUNK, rows_by_id
from communique.store.mapping.documents import load_articles
from communique.store.mapping.speech import load_positions

T = TypeVar("T")
P = TypeVar("P", Claim, Meeting, Position)

MEETING, STANCE = "meeting", "stance"
ABOUT_MEETINGS = ("CONSULT", "REJECT")  # types of claims that tell of meetings, beside those that announce one


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBy:
    """An article's day of publication (or None) and its outlet."""

    day: date | None
    outlet: str


class ToldInputs(LinkInputs):
    """What linking asks of a record about meetings and positions."""

    def iter_telling(self, numbers: Sequence[int] | None = None) -> Iterator[tuple[int, CodedArticle]]:
        """The articles (of those numbers) that tell of meetings or positions, without what has nothing to do with either.

        Their pages are empty, and what people rejected is left out.
        """
        listed = sorted(numbers) if numbers is not None else self._read(_telling)
        for first in range(0, len(listed), CHUNK):
            part = listed[first : first + CHUNK]
            yield from self._read(lambda connection, part=part: _load_telling(connection, part))  # type: ignore[misc]

    def told(self, kind: type[T], name: str, topics: Iterable[str] | None = None) -> list[tuple[int, T]]:
        """What was kept of all articles under that name (of some topics), each with its article's number."""
        table = own.link_told.c
        query = select(table.article_number, table.told).where(table.kind == name)
        if topics is not None:
            query = query.where(table.topic.in_(sorted(topics)))
        rows = self._read(lambda connection: connection.execute(query).all())
        return [(number, from_plain(kind, told)) for number, told in rows]

    def topics_of(self, numbers: Iterable[int]) -> tuple[bool, frozenset[str]]:
        """Whether those articles told of meetings, and the issues they told of, when they were linked."""
        table, listed = own.link_told.c, sorted(set(numbers))

        def read(connection: Connection) -> tuple[bool, frozenset[str]]:
            found: set[tuple[str, str]] = set()
            for first in range(0, len(listed), CHUNK):
                chosen = table.article_number.in_(listed[first : first + CHUNK])
                query = select(table.kind, table.topic).where(chosen).distinct()
                found.update((kind, topic) for kind, topic in connection.execute(query))
            return any(kind == MEETING for kind, _ in found), frozenset(
                topic for kind, topic in found if kind == STANCE
            )

        return self._read(read)

    def told_by(self, articles: Iterable[str]) -> dict[str, ToldBy]:
        """Day and outlet of each article with one of those ids."""
        listed, table = sorted(set(articles)), schema.articles.c

        def read(connection: Connection) -> dict[str, ToldBy]:
            found: dict[str, ToldBy] = {}
            for first in range(0, len(listed), CHUNK):
                query = select(table.id, table.published, table.outlet).where(
                    table.id.in_(listed[first : first + CHUNK])
                )
                found.update(
                    (row.id, ToldBy(day=row.published, outlet=row.outlet)) for row in connection.execute(query)
                )
            return found

        return self._read(read)

    def actors_as_told(self, ids: Iterable[str], without: Iterable[int] = ()) -> frozenset[Actor]:
        """Every description that articles (but those of the numbers `without`) give of the actors, titles left out."""
        listed, left_out = sorted(set(ids)), set(without)

        def read(connection: Connection) -> frozenset[Actor]:
            return frozenset(
                actor
                for first in range(0, len(listed), CHUNK)
                for actor in _descriptions(connection, listed[first : first + CHUNK], left_out)
            )

        return self._read(read)

    def cast_of(self, numbers: Iterable[int]) -> frozenset[str]:
        """The ids of everybody in those articles."""
        listed, table = sorted(set(numbers)), schema.cast_members.c

        def read(connection: Connection) -> frozenset[str]:
            found: set[str] = set()
            for first in range(0, len(listed), CHUNK):
                ids = select(schema.articles.c.id).where(schema.articles.c.number.in_(listed[first : first + CHUNK]))
                found.update(connection.execute(select(table.actor_id).where(table.article_id.in_(ids))).scalars())
            return frozenset(found)

        return self._read(read)

    def line_ids(self, issues: Iterable[str]) -> tuple[str, ...]:
        """The ids of the lines on those issues."""
        table = linked.lines.c
        query = select(table.id).where(table.issue.in_(sorted(issues)))
        return self._read(lambda connection: tuple(connection.execute(query).scalars()))

    def linked_meeting_ids(self) -> tuple[str, ...]:
        """The ids of all meetings over all articles."""
        return self._read(lambda connection: tuple(connection.execute(select(linked.linked_meetings.c.id)).scalars()))


def told_of(number: int, kind: str, position: int, topic: str, told: object) -> ToldOf:
    """A record of what an article tells, in the form in which it is kept."""
    return ToldOf(number=number, kind=kind, position=position, topic=topic, told=to_plain(told))


def _telling(connection: Connection) -> list[int]:
    claims, positions = schema.claims.c, schema.positions.c
    about = or_(claims.type.in_(ABOUT_MEETINGS), claims.meeting_type.is_not(None))
    meeting = select(claims.article_number).where(about, ~claims.rejected)
    stance = select(positions.article_number).where(~positions.rejected)
    return sorted(connection.execute(meeting.union(stance)).scalars())


def _load_telling(connection: Connection, numbers: Sequence[int]) -> list[tuple[int, CodedArticle]]:
    own_articles = schema.articles.c
    ids = {
        identity: number
        for number, identity in connection.execute(
            select(own_articles.number, own_articles.id).where(own_articles.number.in_(numbers))
        )
    }
    articles = load_articles(connection, list(ids))
    claims = _in_order(load_claims, connection, schema.claims, ids)
    meetings = _in_order(load_meetings, connection, schema.meetings, ids)
    positions = _in_order(load_positions, connection, schema.positions, ids)
    times = defaultdict(list)
    for row in rows_by_id(connection, schema.times, list(ids), "article_id"):
        if row["position"] is not None:
            times[row["article_id"]].append(time_of(row))
    return [
        (
            number,
            CodedArticle(
                page=_no_page(articles[identity].page_id),
                article=articles[identity],
                times=tuple(times[identity]),
                claims=tuple(claims[identity]),
                meetings=tuple(meetings[identity]),
                positions=tuple(positions[identity]),
            ),
        )
        for identity, number in sorted(ids.items(), key=lambda each: each[1])
    ]


def _in_order(
    load: Callable[[Connection, Sequence[str]], dict[str, P]],
    connection: Connection,
    table: Table,
    articles: Iterable[str],
) -> dict[str, list[P]]:
    """Each article's records of one kind in its order, without those that people rejected."""
    query = select(table.c.id).where(table.c.article_id.in_(list(articles)), ~table.c.rejected)
    ids = list(connection.execute(query.order_by(table.c.article_id, table.c.position)).scalars())
    loaded = load(connection, ids)
    found: dict[str, list[P]] = defaultdict(list)
    for each in ids:
        found[loaded[each].article_id].append(loaded[each])
    return found


def _no_page(identity: str) -> Page:
    return Page(id=identity, source="", content=b"", content_hash="", media_type=MediaType.TEXT)


def _descriptions(connection: Connection, ids: Sequence[str], without: set[int]) -> Iterator[Actor]:
    members, actors, named = schema.cast_members.c, schema.actors.c, schema.named_actors.c
    query = (
        select(
            actors.id, actors.name, actors.kind, actors.country, members.sectors, members.organization,
            named.sectors.label("named_sectors"),
        )
        .select_from(schema.cast_members)
        .join(schema.actors, actors.id == members.actor_id)
        .outerjoin(schema.named_actors, named.actor_id == actors.id)
        .where(members.actor_id.in_(ids))
        .distinct()
    )  # fmt: skip
    if without:
        query = query.where(members.article_number.not_in(sorted(without)))
    for row in connection.execute(query):
        yield Actor(
            id=row.id,
            name=row.name,
            kind=ActorKind(row.kind),
            country=row.country,
            sectors=tuple(row.sectors if row.named_sectors is None else row.named_sectors),
            organization=row.organization,
        )


__all__ = ["MEETING", "STANCE", "ToldBy", "ToldInputs", "told_of"]
