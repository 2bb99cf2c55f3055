"""An id → how that is known, field by field, with the sentences it stands in; an article's id → its text, a piece at a time."""

from communique.assist.asking import Asked, AskingError
from communique.assist.citing import Item, meaning, shortened, sources_of
from communique.assist.happenings import MEETING_MEANINGS, told_event
from communique.records import BlockKind, Claim, LinkedEvent, LinkedMeeting, Span
from communique.store import ExplainedField, Filters, Plain, Record

FIELDS = 40
WORDS = 3  # quotations of one field
PASSAGES = 8
RELATED = 20
LONGEST_VALUE = 300  # characters
PIECE = 6_000  # characters of an article's text that are sent at once


def explain(record: Record, asked: Asked) -> Item:
    """How something is known. Raises StorageError for an unknown id."""
    explanation = record.explain(asked.text("id") or "")
    articles = {article.id: article for article in explanation.articles}
    spans = [span for field in explanation.fields for span in field.words]
    sources = sources_of(record, [spans, [passage.span for passage in explanation.passages]])
    held = explanation.record
    item: Item = {"id": explanation.id, "kind": explanation.kind}
    if isinstance(held, Claim):
        item |= {"status": held.status.value, "status_means": meaning(held.status, held.plover_type)}
    elif isinstance(held, LinkedEvent):
        claims = record.claims_by_id(held.claims[:PASSAGES])
        event = told_event(held, claims, sources_of(record, claims.values(), _actors(held)))
        item |= {name: event[name] for name in ("status", "status_means", "articles", "voices", "disputed")}
    elif isinstance(held, LinkedMeeting):
        item |= {"status": held.status.value, "status_means": MEETING_MEANINGS[held.status]}
    passages: list[Plain] = []
    for passage in explanation.passages[:PASSAGES]:
        article = articles[passage.span.article_id]
        shown = shortened(article, passage.span)
        own: Item = {"quotation": article.quote(shown), "start": shown.start, "end": shown.end}
        passages.append(own | sources.source(article))

    def words(span: Span) -> Plain:
        shown = shortened(articles[span.article_id], span)
        quotation = articles[span.article_id].quote(shown)
        return {"quotation": quotation, "start": shown.start, "end": shown.end, "article_id": span.article_id}

    def told(field: ExplainedField) -> Item:
        own: Item = {
            "field": field.name,
            "value": field.value[:LONGEST_VALUE],
            "words": [words(span) for span in field.words[:WORDS] if span.article_id in articles],
        }
        if field.rule:
            own["decided_by"] = field.rule
        if field.confidence is not None:
            own["confidence"] = round(field.confidence, 2)
        if field.program is not None:
            own["program_had_said"] = field.program[:LONGEST_VALUE]
        return own

    related: list[Plain] = [{"relation": relation, "id": each} for relation, each in explanation.related[:RELATED]]
    fields: list[Plain] = [told(field) for field in explanation.fields[:FIELDS]]
    return item | {
        "passages": passages,
        "fields": fields,
        "related": related,
        "left_out": {
            "passages": max(0, len(explanation.passages) - PASSAGES),
            "fields": max(0, len(explanation.fields) - FIELDS),
            "related": max(0, len(explanation.related) - RELATED),
        },
    }


def article(record: Record, asked: Asked) -> Item:
    """A piece of an article's text, from a character on.

    Raises StorageError for an unknown article, AskingError for a place behind its end.
    """
    identity = record.find_article(asked.text("id") or "")
    found = record.articles_by_id([identity])[identity]
    start = asked.number("start", 0)
    if start and start >= len(found.text):
        raise AskingError(f"start is {start}, but the article has {len(found.text)} characters")
    sources = sources_of(record, [found.span(0, 1)] if found.text else [])
    item: Item = {
        "title": found.title,
        **sources.source(found),
        "language": found.language,
        "characters": len(found.text),
    }
    if found.text:
        piece = shortened(found, found.span(start, len(found.text)), PIECE)
        aside: list[Plain] = [
            {"start": block.span.start, "end": block.span.end, "because": block.reason}
            for block in found.blocks
            if block.kind is BlockKind.FURNITURE and block.span.overlaps(piece)
        ]
        more = piece.end < len(found.text)
        item |= {
            "start": piece.start,
            "end": piece.end,
            "text": found.quote(piece),
            "not_part_of_the_article": aside[:FIELDS],
            "next_start": piece.end if more else None,
        }
    within = Filters(article_id=identity)
    return item | {
        "claims": record.count("claims", within),
        "statements": record.count("statements", within),
        "published_according_to": found.published.source if found.published else None,
    }


def _actors(event: LinkedEvent) -> set[str]:
    named = {each for field in event.fields for value in field.values for each in value.value.split(",")}
    return {*event.actors, *event.recipients, *(each for each in named if each.startswith("actor-"))}
