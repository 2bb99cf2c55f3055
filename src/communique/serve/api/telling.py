"""Records → items of the API: their plain form, with names and quotations looked up for a whole page at once.

What only a list adds stands beside the record's own fields: the event of a claim, names for the bare actor ids of what is linked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import fields, is_dataclass

from communique.records import Article, Claim, Line, LinkedEvent, LinkedMeeting
from communique.store import CastEntry, Plain, Record, Texts, plain
from communique.store.mentioned import mentioned_in

Item = dict[str, Plain]
LONG_FIELDS = ("text", "blocks", "fragments", "translation_signs")  # of an article; its own address has them


def texts_of(record: Record, things: Iterable[object]) -> Texts:
    """The articles that are quoted and the actors that stand in roles anywhere inside the things."""
    articles, actors = mentioned_in(things)
    return Texts(record.articles_by_id(articles), record.actors_by_id(actors))


def tell(record: Record, things: Sequence[object]) -> list[Item]:
    """The plain form of each."""
    texts = texts_of(record, things)
    return [_item(thing, texts) for thing in things]


def tell_claims(record: Record, claims: Sequence[Claim]) -> list[Item]:
    """Claims with the event they report and their weakest field's confidence."""
    events = record.linked_events_of([claim.id for claim in claims])
    told = tell(record, claims)
    for claim, item in zip(claims, told, strict=True):
        event = events.get(claim.id)
        item["event_id"] = event.id if event else None
        item["confidence"] = claim.confidence
    return told


def tell_events(record: Record, events: Sequence[LinkedEvent]) -> list[Item]:
    """Events with the names of their actors and the fields that reports differ about."""
    told = _named(record, events, [(*event.actors, *event.recipients) for event in events])
    for event, item in zip(events, told, strict=True):
        item["disputed"] = list(event.disputed)
    return told


def tell_meetings(record: Record, meetings: Sequence[LinkedMeeting]) -> list[Item]:
    """Meetings with the names of their parties."""
    return _named(record, meetings, [meeting.parties for meeting in meetings])


def tell_lines(record: Record, lines: Sequence[Line]) -> list[Item]:
    """Lines with the name of their party."""
    return _named(record, lines, [(line.party,) for line in lines])


def tell_articles(record: Record, articles: Sequence[Article]) -> list[Item]:
    """Articles without their text."""
    told = []
    for article in articles:
        item = _item(article, Texts({}, {}), leave=LONG_FIELDS)
        item["characters"] = len(article.text)
        told.append(item)
    return told


def tell_cast(record: Record, entries: Sequence[CastEntry]) -> list[Item]:
    """Actors with how often they are mentioned, and in how many articles."""
    told = []
    for entry in entries:
        item = _item(entry.actor, Texts({}, {}))
        item["mention_count"] = entry.mentions
        item["article_count"] = entry.articles
        told.append(item)
    return told


def _named(record: Record, things: Sequence[object], ids: Sequence[Sequence[str]]) -> list[Item]:
    actors = record.actors_by_id({each for some in ids for each in some})
    told = []
    for thing, some in zip(things, ids, strict=True):
        item = _item(thing, Texts({}, {}))
        item["names"] = {each: actors[each].name for each in some if each in actors}
        told.append(item)
    return told


def _item(thing: object, texts: Texts, leave: Sequence[str] = ()) -> Item:
    assert is_dataclass(thing)
    return {field.name: plain(getattr(thing, field.name), texts) for field in fields(thing) if field.name not in leave}
