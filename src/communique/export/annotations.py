"""Every span of claims, statements, positions and announced meetings → a W3C Web Annotation (Recommendation of 23 February 2017).

One AnnotationPage in JSON-LD. The target is the article's cleaned text, of which TextQuoteSelector quotes the words with what
stands around them and TextPositionSelector counts code points from 0; an article with an address on the web has a
second target there with the quotation alone, since offsets of the cleaned text would mean nothing.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, BinaryIO

from communique import __version__
from communique.export import gathering
from communique.export.choices import Choices
from communique.export.gathering import Known, address_of
from communique.records import Article, Claim, Meeting, Position, Role, Span, Statement
from communique.store import Filters, Plain, Record

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  # characters of prefix and suffix
CREATOR: Plain = {"type": "Software", "name": f"communique {__version__}"}


@dataclass(frozen=True, slots=True)
class Marked:
    """A span, the field of the record that it gives, and that field's value in words."""

    field: str
    value: str
    span: Span | None


def write_annotations(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """One page of annotations of the kind, or of all kinds where none is chosen; gives the number of annotations."""
    chosen = choices or Choices()
    head: dict[str, Plain] = {"@context": CONTEXT, "id": "urn:communique:annotations", "type": "AnnotationPage"}
    out.write(json.dumps(head)[:-1].encode() + b', "items": [')
    number = 0
    for kind in (chosen.kind,) if chosen.kind else ANNOTATED:
        read, marks = KINDS[kind]
        for part, known in read(record, filters):
            for thing in part:
                for each in annotations(thing, marks(thing, known), known):
                    out.write(b",\n" if number else b"\n")
                    out.write(json.dumps(each, ensure_ascii=False).encode("utf-8", "backslashreplace"))
                    number += 1
    out.write(b"\n]}\n")
    return number


def annotations(thing: Any, marks: Iterator[Marked], known: Known) -> Iterator[dict[str, Plain]]:
    """The annotations of one record; those of one field are numbered."""
    numbers: dict[str, int] = {}
    for mark in marks:
        article = known.article(mark.span) if mark.span else None
        if mark.span is None or article is None:
            continue
        number = numbers[mark.field] = numbers.get(mark.field, -1) + 1
        kind = type(thing).__name__.lower()
        yield {
            "id": f"urn:communique:{thing.id}#{mark.field}-{number}",
            "type": "Annotation",
            "motivation": "classifying",
            "creator": CREATOR,
            "body": [
                {"type": "TextualBody", "purpose": "tagging", "value": f"{kind}.{mark.field}"},
                {"type": "TextualBody", "purpose": "classifying", "value": mark.value},
            ],
            "target": targets(article, mark.span),
        }


def targets(article: Article, span: Span) -> list[Plain]:
    """Where the words stand: in the cleaned text, and on the web where the article has an address there."""
    quote: Plain = {
        "type": "TextQuoteSelector",
        "exact": article.quote(span),
        "prefix": article.text[max(0, span.start - AROUND) : span.start],
        "suffix": article.text[span.end : span.end + AROUND],
    }
    position: Plain = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    source: dict[str, Plain] = {
        "id": f"urn:communique:{article.id}",
        "type": "Text",
        "format": "text/plain",
        "label": address_of(article),
    }
    if article.language:
        source["language"] = article.language
    found: list[Plain] = [{"type": "SpecificResource", "source": source, "selector": [quote, position]}]
    if article.url and article.url.startswith(("http://", "https://")):
        found.append({"type": "SpecificResource", "source": article.url, "selector": quote})
    return found


def _roles(field: str, roles: tuple[Role, ...], known: Known) -> Iterator[Marked]:
    for role in roles:
        yield Marked(field, known.name(role.actor_id), role.span)


def _role(field: str, role: Role | None, known: Known) -> Iterator[Marked]:
    yield from _roles(field, (role,) if role else (), known)


def _claim(claim: Claim, known: Known) -> Iterator[Marked]:
    yield Marked("trigger", "/".join((claim.type, *claim.modes)), claim.trigger)
    yield from (Marked("evidence", claim.type, span) for span in claim.evidence)
    yield Marked("status", claim.status.value, claim.status_span)
    yield from _roles("actors", claim.actors, known)
    yield from _roles("recipients", claim.recipients, known)
    yield from _roles("asserted_by", claim.asserted_by, known)
    if claim.date is not None:
        yield Marked("date", claim.date.value, claim.date.span)
    if claim.place is not None:
        country = f", {claim.place.country}" if claim.place.country else ""
        yield Marked("place", f"{claim.place.name}{country}", claim.place.span)
    yield Marked("condition", "condition", claim.condition)
    yield Marked("content", "content", claim.content)


def _statement(said: Statement, known: Known) -> Iterator[Marked]:
    yield from (Marked("content", f"{said.act.value}, {said.kind.value}", span) for span in said.content)
    yield Marked("source", known.name(said.speaker.actor_id) if said.speaker else "unresolved", said.source)
    yield Marked("cue", said.act.value, said.cue)
    yield from _role("addressee", said.addressee, known)
    yield from _role("reported_by", said.reported_by, known)
    yield Marked("medium", "medium", said.medium)
    if said.date is not None:
        yield Marked("date", said.date.value, said.date.span)


def _position(position: Position, known: Known) -> Iterator[Marked]:
    yield Marked("content", f"{position.stance.value}: {position.issue}", position.content)
    yield from _role("party", position.party, known)
    yield from _roles("of", position.of, known)
    yield from _role("by", position.by, known)
    yield from _role("asserted_by", position.asserted_by, known)
    if position.date is not None:
        yield Marked("date", position.date.value, position.date.span)


def _meeting(meeting: Meeting, known: Known) -> Iterator[Marked]:
    yield from (Marked("evidence", meeting.status.value, span) for span in meeting.evidence)
    yield from _roles("parties", meeting.parties, known)
    if meeting.date is not None:
        yield Marked("date", meeting.date.value, meeting.date.span)
    if meeting.place is not None:
        yield Marked("place", meeting.place.name, meeting.place.span)
    yield Marked("condition", "condition", meeting.condition)


KINDS: Mapping[str, tuple[Callable[[Record, Filters], Any], Callable[[Any, Known], Iterator[Marked]]]] = {
    "claims": (gathering.claims, _claim),
    "statements": (gathering.statements, _statement),
    "positions": (gathering.positions, _position),
    "meetings": (gathering.announcements, _meeting),
}
ANNOTATED = tuple(KINDS)
