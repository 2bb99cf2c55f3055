"""A record of any kind → how it is known: its fields, each with the words, rule and confidence, and the passages they stand in.

Every explanation of something that came from an article ends at characters of that article; a problem whose input gave no
article is the only one without a passage.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace

from sqlalchemy import Column, Connection, Table, select

from communique.records import (
    Actor,
    Article,
    Claim,
    CopyGroup,
    DateRange,
    Event,
    Fragment,
    Judgement,
    Line,
    LinkedEvent,
    LinkedMeeting,
    Meeting,
    Mention,
    Page,
    Place,
    Position,
    Problem,
    PublicationDate,
    Role,
    Run,
    Span,
    Timex,
    TranslationSign,
)
from communique.store import linking, schema
from communique.store.correcting import JUDGED
from communique.store.explained import ExplainedField, Surroundings
from communique.store.explaining_links import derived_surroundings
from communique.store.finding import Kept
from communique.store.judging import judgements, original_of
from communique.store.mapping.cast import load_actors
from communique.store.mapping.documents import load_articles, run_of
from communique.store.passages import Mark, Passage, opening_passage, passages
from communique.store.queries import event_ids, mentions_of

MENTIONS_SHOWN = 8  # of one actor; the number of all is told
BOUNDS = "published_between"  # one value of two days, not a list
ACTOR_FIELDS = {"actor_id", "candidates", "actors", "recipients", "parties", "party"}
NOT_FIELDS = {
    *("id", "article_id", "page_id", "decisions", "text", "blocks", "content", "claims", "basis", "head", "fields"),
    *("moves", "meetings", "entries", "side", "anchor", "other_anchor"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """`related` are ids of records that this one is made from or belongs to, each with its relation.

    `articles` are those in which the words stand (empty only for a problem whose input gave none), `run` made the first.
    """

    id: str
    kind: str
    record: Kept
    fields: tuple[ExplainedField, ...]
    passages: tuple[Passage, ...]
    related: tuple[tuple[str, str], ...]
    articles: tuple[Article, ...]
    run: Run | None = None


def explain(connection: Connection, record: Kept) -> Explanation:
    """How the record is known."""
    around = _surroundings(connection, record)
    article_ids = around.articles
    articles = load_articles(connection, article_ids)
    original = original_of(connection, record)
    named = load_actors(connection, sorted(_actor_ids(record) | (_actor_ids(original) if original else set())))
    described = [*_with_program(_fields(record, named), original, named), *around.extra]
    found: list[Passage] = []
    for article_id in article_ids:
        marks = [
            Mark(span=span, label=field.name)
            for field in described
            for span in field.words
            if span.article_id == article_id
        ]
        found += passages(articles[article_id], marks) if marks else opening_passage(articles[article_id])
    return Explanation(
        id=record.id,
        kind=re.sub(r"(?<=[a-z])(?=[A-Z])", " ", type(record).__name__).lower(),
        record=record,
        fields=tuple(described),
        passages=tuple(found),
        related=tuple(around.related),
        articles=tuple(articles[each] for each in article_ids),
        run=_run(connection, article_ids),
    )


def _surroundings(connection: Connection, record: Kept) -> Surroundings:
    """Ids that belong to the record, the articles it stands in, and fields that other records give it."""
    if isinstance(record, (Event, LinkedEvent, LinkedMeeting, Line, CopyGroup, Judgement)):
        return derived_surroundings(connection, record)
    if isinstance(record, Article):
        copies = linking.derived_ids(connection, linking.COPIES, [record.id])
        return Surroundings(
            [("page", record.page_id), *(("copies", each) for each in copies.values())], [record.id], []
        )
    if isinstance(record, Page):
        return _in_articles(_ids(connection, schema.articles, schema.articles.c.page_id, record.id))
    if isinstance(record, Run):
        return _in_articles(_ids(connection, schema.articles, schema.articles.c.run_id, record.id, 3))
    if isinstance(record, Problem):
        rows = connection.execute(select(schema.problems.c.article_id).where(schema.problems.c.id == record.id))
        return _in_articles([each for each in rows.scalars() if each is not None][:1])
    if isinstance(record, Actor):
        return _actor_surroundings(connection, record)
    if isinstance(record, (Mention, Timex)):
        return _in_articles([record.span.article_id])
    related = [("article", record.article_id)]
    if isinstance(record, Claim):
        found = linking.derived_ids(connection, linking.EVENTS, [record.id])
        within = event_ids(connection, [record.id])
        related += [("event", each) for each in (*found.values(), *within.values())]
        related += [("judgement", each.id) for each in judgements(connection, record.id)]
    elif isinstance(record, Position):
        related.append(("basis", record.basis))
        related += [("line", each) for each in linking.derived_ids(connection, linking.LINES, [record.id]).values()]
    elif isinstance(record, Meeting):
        related += [("claim", each) for each in record.claims]
        found = linking.derived_ids(connection, linking.MEETINGS, [record.id])
        related += [("meeting", each) for each in found.values()]
    return Surroundings(related, [record.article_id], [])


def _in_articles(ids: list[str]) -> Surroundings:
    return Surroundings([("article", each) for each in ids], ids, [])


def _actor_surroundings(connection: Connection, actor: Actor) -> Surroundings:
    own = schema.actors.c
    everywhere = connection.execute(select(own.mentions).where(own.id == actor.id)).scalar_one()
    shown = mentions_of(connection, actor.id, limit=MENTIONS_SHOWN)
    articles = list(dict.fromkeys(mention.span.article_id for mention in shown))
    more = f", the first {len(shown)} of {everywhere}" if everywhere > len(shown) else ""
    extra = [
        ExplainedField(
            name="named", value=mention.kind.value + more, words=(mention.span,), rule=mention.reason or None
        )
        for mention in shown
    ]
    if not articles:  # somebody who only stands in a role: his articles, without narrower words
        members = schema.cast_members
        articles = list(
            connection.execute(
                select(members.c.article_id).where(members.c.actor_id == actor.id).limit(MENTIONS_SHOWN)
            ).scalars()
        )
    judged = [("judgement", each.id) for each in judgements(connection, actor.id)]
    return Surroundings([*(("mention", mention.id) for mention in shown), *judged], articles, extra)


def _fields(record: Kept, named: dict[str, Actor]) -> list[ExplainedField]:
    decided = {each.field: each for each in record.decisions} if isinstance(record, Claim) else {}
    told_by_reports = {each.field for each in record.fields} if isinstance(record, LinkedEvent) else set()
    told_by_reports |= {"dates"} if "date" in told_by_reports else set()
    listed: list[ExplainedField] = []
    for field in fields(record):
        value = getattr(record, field.name)
        if value is None or value in ((), "") or (field.name in NOT_FIELDS and not _is_words(value)):
            continue
        decision = decided.get(field.name)
        if (isinstance(record, CopyGroup) and field.name == "articles") or field.name in told_by_reports:
            continue
        parts = value if isinstance(value, tuple) and field.name != BOUNDS else (value,)
        for part in parts:
            listed.append(
                ExplainedField(
                    name=field.name,
                    value=_told(part, named),
                    words=_words(part),
                    rule=decision.rule if decision else getattr(part, "reason", None) or None,
                    confidence=decision.confidence if decision else None,
                )
            )
    return listed


def _with_program(
    listed: list[ExplainedField], original: Claim | Actor | None, named: dict[str, Actor]
) -> list[ExplainedField]:
    """The fields, each with what the program itself had said where that differs; fields that a person emptied too."""
    if original is None:
        return listed
    before: dict[str, list[str]] = {}
    for field in _fields(original, named):
        before.setdefault(field.name, []).append(field.value)
    now: dict[str, list[str]] = {}
    for field in listed:
        now.setdefault(field.name, []).append(field.value)
    told = [
        replace(field, program=", ".join(before.get(field.name, [])) or "none")
        if before.get(field.name, []) != now[field.name]
        else field
        for field in listed
    ]
    emptied = [
        ExplainedField(name=name, value="none", rule=JUDGED, confidence=1.0, program=", ".join(values))
        for name, values in before.items()
        if name not in now
    ]
    return [*told, *emptied]


def _is_words(value: object) -> bool:
    return isinstance(value, Span) or (isinstance(value, tuple) and bool(value) and isinstance(value[0], Span))


def _told(value: object, named: dict[str, Actor]) -> str:
    if isinstance(value, Role):
        return _actor_in_words(named.get(value.actor_id), value.actor_id)
    if isinstance(value, Timex):
        return f"{value.value}{f' ({value.mod})' if value.mod else ''}"
    if isinstance(value, Place):
        return ", ".join(part for part in (value.name, value.region, value.country) if part)
    if isinstance(value, str) and value in named:
        return _actor_in_words(named[value], value)
    if isinstance(value, DateRange):
        return " to ".join(
            dict.fromkeys("open" if each is None else str(each) for each in (value.earliest, value.latest))
        )
    if isinstance(value, tuple) and value and isinstance(value[0], str):  # a change: field and value
        return ": ".join(part or "none" for part in value)
    if isinstance(value, tuple):
        return " to ".join("open" if each is None else str(each) for each in value)
    if isinstance(value, Span):
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, PublicationDate):
        return f"{value.day} ({value.source})"
    if isinstance(value, Fragment):
        return value.language
    return value.sign if isinstance(value, TranslationSign) else str(value)


def _actor_in_words(actor: Actor | None, actor_id: str) -> str:
    if actor is None:
        return actor_id
    beside = ", ".join(part for part in (actor.country, actor.organization, *actor.sectors[:1]) if part)
    return f"{actor.name} ({beside})" if beside else actor.name


def _words(value: object) -> tuple[Span, ...]:
    span = value if isinstance(value, Span) else getattr(value, "span", None)
    return (span,) if isinstance(span, Span) else ()


def _actor_ids(record: Kept) -> set[str]:
    """Ids of all actors that stand in the record's fields."""
    found: set[str] = set()
    for field in fields(record):
        value = getattr(record, field.name)
        for part in value if isinstance(value, tuple) else (value,):
            if isinstance(part, Role):
                found.add(part.actor_id)
            elif isinstance(part, str) and field.name in ACTOR_FIELDS:
                found.add(part)
    return found


def _ids(connection: Connection, table: Table, column: Column[str], value: str, most: int | None = None) -> list[str]:
    query = select(table.c.id).where(column == value).order_by(table.c.number).limit(most)
    return list(connection.execute(query).scalars())


def _run(connection: Connection, article_ids: Sequence[str]) -> Run | None:
    if not article_ids:
        return None
    query = select(schema.runs).join(schema.articles, schema.articles.c.run_id == schema.runs.c.id)
    row = connection.execute(query.where(schema.articles.c.id == article_ids[0])).mappings().first()
    return run_of(row) if row is not None else None
