"""Records → one JSON object a line: all fields of the record type, as `--json` and the API give them, and two beside.

`words` are the spans that the record stands on, with their quotations; `sources` tells where those articles are to be found.
Lines end with LF, text is UTF-8 (jsonlines.org).
"""

import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any, BinaryIO

from communique.export.choices import Choices
from communique.export.gathering import Known, address_of
from communique.export.tables.catalogue import TABLES
from communique.records import (
    Article,
    Claim,
    Line,
    LinkedEvent,
    LinkedMeeting,
    Meeting,
    Position,
    Span,
    Statement,
    outlet_of,
)
from communique.store import CastEntry, Filters, Plain, Record, Texts, plain


def write_jsonl(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """One line a record of the kind; gives the number of records."""
    number = 0
    for part, known in TABLES[(choices.kind if choices else None) or "claims"].read(record, filters):
        for thing in part:
            line = json.dumps(item(thing, known), ensure_ascii=False, separators=(",", ":"))
            out.write(line.encode("utf-8", "backslashreplace") + b"\n")
            number += 1
    return number


def item(thing: object, known: Known) -> dict[str, Plain]:
    """The record's plain form with its event, names, words and articles."""
    texts = Texts(known.articles, known.actors)
    if isinstance(thing, CastEntry):
        told = _fields(thing.actor, texts)
        return told | {"mention_count": thing.mentions, "article_count": thing.articles}
    told = _fields(thing, texts)
    if isinstance(thing, Article):
        return told | {"outlet": outlet_of(thing), "address": address_of(thing)}
    spans = list(dict.fromkeys(spans_of(thing, known)))
    articles = dict.fromkeys(span.article_id for span in spans)
    return (
        told
        | _beside(thing, known)
        | {
            "words": [plain(span, texts) for span in spans],
            "sources": [where(known.articles[each]) for each in articles if each in known.articles],
        }
    )


def where(article: Article) -> dict[str, Plain]:
    """Where an article is to be found."""
    return {
        "id": article.id,
        "address": address_of(article),
        "title": article.title,
        "outlet": outlet_of(article),
        "published": article.published.day.isoformat() if article.published else None,
    }


def spans_of(thing: object, known: Known) -> Iterator[Span]:
    """The words that a record stands on: its clauses, or those of its members."""
    if isinstance(thing, Claim):
        yield from thing.evidence or (thing.trigger,)
    elif isinstance(thing, Statement):
        yield from thing.content
    elif isinstance(thing, Position):
        yield thing.content
    elif isinstance(thing, Meeting):
        yield from thing.evidence
    elif isinstance(thing, LinkedEvent):
        yield from _spans(known.claims, thing.claims, known)
    elif isinstance(thing, LinkedMeeting):
        yield from _spans(known.meetings, thing.meetings, known)
        yield from _spans(known.claims, [move.claim_id for move in thing.moves], known)
    elif isinstance(thing, Line):
        yield from _spans(known.positions, [each for entry in thing.entries for each in entry.positions], known)


def _spans(members: Any, ids: Any, known: Known) -> Iterator[Span]:
    for each in ids:
        if each in members:
            yield from spans_of(members[each], known)


def _beside(thing: object, known: Known) -> dict[str, Plain]:
    if isinstance(thing, Claim):
        event = known.events.get(thing.id)
        return {"event_id": event.id if event else None, "confidence": thing.confidence}
    if isinstance(thing, LinkedEvent):
        return {"names": _names((*thing.actors, *thing.recipients), known), "disputed": list(thing.disputed)}
    if isinstance(thing, LinkedMeeting):
        return {"names": _names(thing.parties, known)}
    return {"names": _names((thing.party,), known)} if isinstance(thing, Line) else {}


def _names(ids: tuple[str, ...], known: Known) -> dict[str, Plain]:
    return {each: known.actors[each].name for each in ids if each in known.actors}


def _fields(thing: object, texts: Texts) -> dict[str, Plain]:
    assert is_dataclass(thing)
    return {field.name: plain(getattr(thing, field.name), texts) for field in fields(thing)}
