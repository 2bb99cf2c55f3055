"""The record → what linking reads of it: articles in short, whom to compare with whom, what has changed since it ran last.

Articles are named by their numbers here, which a recoded article keeps. What linking made goes in together with what its next
run needs, in one transaction, and only if nothing was written meanwhile.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, func, insert, select, update
from sqlalchemy.dialects.sqlite import insert as insert_or

from communique.records import Judgement, LinkedEvent, Links, Verdict
from communique.records.reported import ReportedArticle
from communique.store import judging, linking, schema
from communique.store import schema_index as index
from communique.store import schema_linked as linked
from communique.store import schema_linking as own
from communique.store.asking_links import LinkQuestions
from communique.store.mapping.columns import CHUNK
from communique.store.mapping.linked import load_linked_events
from communique.store.mapping.reported import load_reported

ARTICLES_AT_ONCE = 400
KEYS_AT_ONCE = 100_000
PAIRED = (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkState:
    """How the record stands to the last linking. `program` is None when there was none.

    `unlinked` are the articles coded or judged since, `recoded` those of them that were linked before in another state,
    `removed` the articles (number → id) that are there no more.
    """

    revision: str
    program: str | None
    articles: int
    unlinked: tuple[int, ...]
    recoded: tuple[int, ...]
    removed: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysOf:
    """The keys by which one article is found, to be kept for the next linking."""

    number: int
    article_id: str
    keys: "array[int]"


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldOf:
    """One thing that an article tells of meetings (`kind` meeting) or positions (stance; `topic` its issue), in plain form."""

    number: int
    kind: str
    position: int
    topic: str
    told: Mapping[str, Any]


class LinkInputs(LinkQuestions):
    """What linking asks of a record, and how it answers."""

    def link_state(self) -> LinkState:
        """What has changed since the record was linked last."""
        return self._read(_link_state)

    def reported(self, numbers: Sequence[int]) -> list[tuple[int, ReportedArticle]]:
        """Those articles in short, by number; unknown numbers are left out."""
        return self._read(
            lambda connection: [
                each
                for first in range(0, len(numbers), ARTICLES_AT_ONCE)
                for each in load_reported(connection, sorted(numbers)[first : first + ARTICLES_AT_ONCE])
            ]
        )

    def iter_reported(self) -> Iterator[tuple[int, ReportedArticle]]:
        """All articles in short, by number, some hundred in memory at a time."""
        last = -1
        number = schema.articles.c.number
        while True:
            query = select(number).where(number > last).order_by(number).limit(ARTICLES_AT_ONCE)
            part = self._read(
                lambda connection, query=query: load_reported(connection, list(connection.execute(query).scalars()))  # type: ignore[misc]
            )
            if not part:
                return
            yield from part
            last = part[-1][0]

    def numbers_with(self, keys: Iterable[int]) -> dict[int, list[int]]:
        """For each key the numbers of the articles that have it, or had it when they were linked."""
        wanted, table = sorted(set(keys)), own.link_keys.c

        def read(connection: Connection) -> dict[int, list[int]]:
            found: dict[int, list[int]] = defaultdict(list)
            for first in range(0, len(wanted), CHUNK):
                query = select(table.key, table.article_number).where(table.key.in_(wanted[first : first + CHUNK]))
                for key, number in connection.execute(query):
                    found[key].append(number)
            return found

        return self._read(read)

    def kept_keys(self, numbers: Iterable[int]) -> frozenset[int]:
        """The keys that those articles had when they were linked."""
        wanted, table = sorted(set(numbers)), own.link_articles.c

        def read(connection: Connection) -> frozenset[int]:
            found: set[int] = set()
            for first in range(0, len(wanted), CHUNK):
                query = select(table["keys"]).where(table.article_number.in_(wanted[first : first + CHUNK]))
                for packed in connection.execute(query).scalars():
                    found.update(array("q", packed))
            return frozenset(found)

        return self._read(read)

    def numbers_of(self, *, articles: Iterable[str] = (), claims: Iterable[str] = ()) -> set[int]:
        """The numbers of the articles with those ids, and of those that have the claims."""
        table = schema.articles.c

        def read(connection: Connection) -> set[int]:
            ids = set(articles)
            wanted = sorted(set(claims))
            for first in range(0, len(wanted), CHUNK):
                query = select(schema.claims.c.article_id).where(schema.claims.c.id.in_(wanted[first : first + CHUNK]))
                ids.update(connection.execute(query).scalars())
            listed, found = sorted(ids), set[int]()
            for first in range(0, len(listed), CHUNK):
                query = select(table.number).where(table.id.in_(listed[first : first + CHUNK]))
                found.update(connection.execute(query).scalars())
            return found

        return self._read(read)

    def claim_ids(self, numbers: Iterable[int]) -> tuple[str, ...]:
        """The ids of all claims of those articles, rejected ones too."""
        listed, claims = sorted(set(numbers)), schema.claims.c

        def read(connection: Connection) -> tuple[str, ...]:
            found: list[str] = []
            for first in range(0, len(listed), CHUNK):
                query = select(claims.id).where(claims.article_number.in_(listed[first : first + CHUNK]))
                found += connection.execute(query).scalars()
            return tuple(found)

        return self._read(read)

    def outlets_of(self, articles: Iterable[str]) -> dict[str, str]:
        """The outlet of each article with one of those ids."""
        listed, own_ids = sorted(set(articles)), schema.articles.c

        def read(connection: Connection) -> dict[str, str]:
            found: dict[str, str] = {}
            for first in range(0, len(listed), CHUNK):
                query = select(own_ids.id, own_ids.outlet).where(own_ids.id.in_(listed[first : first + CHUNK]))
                found.update(connection.execute(query).all())
            return found

        return self._read(read)

    def events_holding(self, claims: Sequence[str]) -> set[str]:
        """The ids of the events, as linking left them, that any of the claims belongs to."""
        return self._read(lambda connection: set(linking.derived_ids(connection, linking.EVENTS, claims).values()))

    def events_by_id(self, ids: Iterable[str]) -> tuple[LinkedEvent, ...]:
        """The events with those ids, by id."""
        found = self._read(lambda connection: load_linked_events(connection, sorted(set(ids))))
        return tuple(found[each] for each in sorted(found))

    def broken_events(self) -> dict[str, tuple[str, ...]]:
        """Events of which a claim is there no more: their ids with the claims that are left."""
        return self._read(_broken_events)

    def shared_events(self) -> int:
        """How many events two articles or more tell."""
        query = select(func.count()).where(linked.linked_events.c.articles > 1)
        return self._read(lambda connection: connection.execute(query).scalar_one())

    def pair_judgements(self) -> tuple[Judgement, ...]:
        """The judgements on two claims that hold, with the ids that the claims have now."""
        return self._read(_pair_judgements)

    def write_linking(
        self,
        removed_ids: Sequence[str],
        links: Links,
        keys: Sequence[KeysOf],
        told: Sequence[ToldOf],
        *,
        program: str,
        everything: bool,
        revision: str | None,
    ) -> bool:
        """Takes out and puts in, as `replace_links`, and keeps what the next linking needs.

        With `everything` the links stand for the whole record, and what was there before goes. Nothing is written, and
        False given, when the record is at another `revision` by now; with None it is written anyhow, and only the articles in
        `keys` count as linked.
        """
        current = True

        def write(connection: Connection) -> bool:
            nonlocal current
            current = revision is None or _revision(connection) == revision
            if not current:
                return False
            gone = linking.ids_beside(connection, links) if everything else removed_ids
            changed = linking.replace_links(connection, gone, links)
            _keep(connection, keys, told, everything=everything)
            if revision is None:
                _mark(connection, [each.number for each in keys])
            else:
                linking.mark_linked(connection)
            _set_state(connection, "program", program)
            return changed

        self._write(write)
        return current


def _link_state(connection: Connection) -> LinkState:
    articles, kept = schema.articles.c, own.link_articles.c
    state = dict(connection.execute(select(own.link_state.c.name, own.link_state.c.value)).all())
    new = select(articles.number).where(~articles.linked).order_by(articles.number)
    unlinked = list(connection.execute(new).scalars())
    gone = select(kept.article_number, kept.article_id).outerjoin(
        schema.articles, (articles.number == kept.article_number) & (articles.id == kept.article_id)
    )
    known: set[int] = set()
    for first in range(0, len(unlinked), CHUNK):
        query = select(kept.article_number).where(kept.article_number.in_(unlinked[first : first + CHUNK]))
        known.update(connection.execute(query).scalars())
    return LinkState(
        revision=_revision(connection),
        program=state.get("program"),
        articles=connection.execute(select(func.count()).select_from(schema.articles)).scalar_one(),
        unlinked=tuple(unlinked),
        recoded=tuple(number for number in unlinked if number in known),
        removed=dict(connection.execute(gone.where(articles.id.is_(None))).all()),
    )


def _revision(connection: Connection) -> str:
    token, number = connection.execute(select(index.revision.c.token, index.revision.c.number)).one()
    return f"{token}-{number}"


def _set_state(connection: Connection, name: str, value: object) -> None:
    statement = insert_or(own.link_state).values(name=name, value=value)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["name"], set_={"value": statement.excluded["value"]})
    )


def _mark(connection: Connection, numbers: Sequence[int]) -> None:
    articles = schema.articles.c
    for first in range(0, len(numbers), CHUNK):
        there = articles.number.in_(numbers[first : first + CHUNK])
        connection.execute(update(schema.articles).where(there).values(linked=True))


def _keep(connection: Connection, keys: Sequence[KeysOf], told: Sequence[ToldOf], *, everything: bool) -> None:
    kept = own.link_articles
    if everything:
        for table in (own.link_keys, own.link_told, kept):
            connection.execute(delete(table))
    articles = schema.articles.c
    gone = select(kept.c.article_number).outerjoin(
        schema.articles, (articles.number == kept.c.article_number) & (articles.id == kept.c.article_id)
    )
    lost = list(connection.execute(gone.where(articles.id.is_(None))).scalars())
    replaced = [*lost, *(each.number for each in keys)]
    for first in range(0, len(replaced), CHUNK):
        for table in (own.link_told, kept):
            listed = table.c.article_number.in_(replaced[first : first + CHUNK])
            connection.execute(delete(table).where(listed))
    for first in range(0, len(keys), CHUNK):
        part = keys[first : first + CHUNK]
        rows = [
            {"article_number": each.number, "article_id": each.article_id, "keys": each.keys.tobytes()} for each in part
        ]
        connection.execute(insert(kept), rows)
    for first in range(0, len(told), CHUNK):
        connection.execute(insert(own.link_told), [_told_row(each) for each in told[first : first + CHUNK]])
    # In the order of the table, or a hundred thousand articles' keys take minutes.
    pairs = sorted((key, each.number) for each in keys for key in each.keys)
    for first in range(0, len(pairs), KEYS_AT_ONCE):
        statement = "INSERT OR IGNORE INTO link_keys (key, article_number) VALUES (?, ?)"
        connection.exec_driver_sql(statement, pairs[first : first + KEYS_AT_ONCE])


def _told_row(each: ToldOf) -> dict[str, Any]:
    return {
        "article_number": each.number,
        "kind": each.kind,
        "position": each.position,
        "topic": each.topic,
        "told": each.told,
    }


def _broken_events(connection: Connection) -> dict[str, tuple[str, ...]]:
    members, events = linked.linked_event_claims, linked.linked_events
    lost = (
        select(members.c.event_number)
        .outerjoin(schema.claims, schema.claims.c.id == members.c.claim_id)
        .where(schema.claims.c.id.is_(None))
        .distinct()
    )
    found: dict[str, list[str]] = defaultdict(list)
    query = (
        select(events.c.id, members.c.claim_id)
        .join(members, members.c.event_number == events.c.number)
        .where(events.c.number.in_(lost))
    )
    for event, claim in connection.execute(query):
        found[event].append(claim)
    return {event: tuple(claims) for event, claims in found.items()}


def _pair_judgements(connection: Connection) -> tuple[Judgement, ...]:
    made = []
    for judgement in judging.judgements(connection):
        if judgement.verdict in PAIRED and judgement.other is not None:
            subject = _present(connection, judgement.subject, judgement.anchor)
            other = _present(connection, judgement.other, judgement.other_anchor)
            if subject is not None and other is not None and subject != other:
                made.append(replace(judgement, subject=subject, other=other))
    return tuple(made)


def _present(connection: Connection, claim_id: str, anchor: str | None) -> str | None:
    """The claim's id, or that of the claim that has its words now; None when there is none."""
    if connection.execute(select(schema.claims.c.id).where(schema.claims.c.id == claim_id)).first() is not None:
        return claim_id
    return next(iter(judging.claims_at(connection, anchor)), None) if anchor is not None else None
