"""A record of any kind → how it is known: its fields, each with the words, rule and confidence, and the passages they stand in.

Every explanation of something that came from an article ends at characters of that article; a problem whose input gave no
article is the only one without a passage.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from sqlalchemy import Column, Connection, Table, func, select

from communique.records import (
    Actor,
    Article,
    Claim,
    Event,
    Fragment,
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
from communique.store import schema
from communique.store.finding import Kept
from communique.store.mapping.cast import load_actors
from communique.store.mapping.claims import load_claims
from communique.store.mapping.documents import load_articles, run_of
from communique.store.passages import Mark, Passage, opening_passage, passages
from communique.store.queries import mentions_of

MENTIONS_SHOWN = 8  # of one actor; the number of all is told
BOUNDS = "published_between"  # one value of two days, not a list
NOT_FIELDS = {"id", "article_id", "page_id", "decisions", "text", "blocks", "content", "claims", "basis", "head"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedField:
    """A field's value in words, the spans it stands on (none: it is carried over or inferred), and what decided it."""

    name: str
    value: str
    words: tuple[Span, ...] = ()
    rule: str | None = None
    confidence: float | None = None


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
    related, article_ids, extra = _surroundings(connection, record)
    articles = load_articles(connection, article_ids)
    named = load_actors(connection, sorted(_actor_ids(record)))
    described = [*_fields(record, named), *extra]
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
        kind=type(record).__name__.lower(),
        record=record,
        fields=tuple(described),
        passages=tuple(found),
        related=tuple(related),
        articles=tuple(articles[each] for each in article_ids),
        run=_run(connection, article_ids),
    )


def _surroundings(
    connection: Connection, record: Kept
) -> tuple[list[tuple[str, str]], list[str], list[ExplainedField]]:
    """Ids that belong to the record, the articles it stands in, and fields that other records give it."""
    if isinstance(record, Article):
        return [("page", record.page_id)], [record.id], []
    if isinstance(record, Page):
        ids = _ids(connection, schema.articles, schema.articles.c.page_id, record.id)
        return [("article", each) for each in ids], ids, []
    if isinstance(record, Run):
        ids = _ids(connection, schema.articles, schema.articles.c.run_id, record.id, 3)
        return [("article", each) for each in ids], ids, []
    if isinstance(record, Problem):
        rows = connection.execute(select(schema.problems.c.article_id).where(schema.problems.c.id == record.id))
        ids = [each for each in rows.scalars() if each is not None][:1]
        return [("article", each) for each in ids], ids, []
    if isinstance(record, Event):
        claims = load_claims(connection, record.claims)
        members = [claims[each] for each in record.claims]
        extra = [ExplainedField(name="reported", value=each.status.value, words=each.evidence) for each in members]
        return [("claim", each) for each in record.claims], _unique(each.article_id for each in members), extra
    if isinstance(record, Actor):
        return _actor_surroundings(connection, record)
    if isinstance(record, (Mention, Timex)):
        return [("article", record.span.article_id)], [record.span.article_id], []
    related = [("article", record.article_id)]
    if isinstance(record, Claim):
        rows = connection.execute(
            select(schema.event_claims.c.event_id).where(schema.event_claims.c.claim_id == record.id)
        )
        related += [("event", each) for each in rows.scalars()]
    elif isinstance(record, Position):
        related.append(("basis", record.basis))
    elif isinstance(record, Meeting):
        related += [("claim", each) for each in record.claims]
    return related, [record.article_id], []


def _actor_surroundings(
    connection: Connection, actor: Actor
) -> tuple[list[tuple[str, str]], list[str], list[ExplainedField]]:
    own = schema.mentions.c
    everywhere = connection.execute(select(func.count()).where(own.actor_id == actor.id)).scalar_one()
    shown = mentions_of(connection, actor.id, limit=MENTIONS_SHOWN)
    articles = _unique(mention.span.article_id for mention in shown)
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
    return [("mention", mention.id) for mention in shown], articles, extra


def _fields(record: Kept, named: dict[str, Actor]) -> list[ExplainedField]:
    decided = {each.field: each for each in record.decisions} if isinstance(record, Claim) else {}
    listed: list[ExplainedField] = []
    for field in fields(record):
        value = getattr(record, field.name)
        if value is None or value == () or (field.name in NOT_FIELDS and not _is_words(value)):
            continue
        decision = decided.get(field.name)
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
            elif isinstance(part, str) and field.name in ("actor_id", "candidates"):
                found.add(part)
    return found


def _ids(connection: Connection, table: Table, column: Column[str], value: str, most: int | None = None) -> list[str]:
    query = select(table.c.id).where(column == value).order_by(table.c.number).limit(most)
    return list(connection.execute(query).scalars())


def _unique(ids: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(ids))


def _run(connection: Connection, article_ids: Sequence[str]) -> Run | None:
    if not article_ids:
        return None
    query = select(schema.runs).join(schema.articles, schema.articles.c.run_id == schema.runs.c.id)
    row = connection.execute(query.where(schema.articles.c.id == article_ids[0])).mappings().first()
    return run_of(row) if row is not None else None
