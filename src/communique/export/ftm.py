"""Happenings → FollowTheMoney entities, one JSON object a line: events, actors, articles, and what ties articles to events.

followthemoney (the extra `ftm`) is imported here and only when entities are made; its own schema cleans every value. A
Documentation entity has the id of the claim and quotes its clause with the offsets. Actors and articles are written once: their
ids, not they, are kept in memory.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from communique.export.choices import Choices
from communique.export.days import iso_of
from communique.export.gathering import address_of
from communique.export.happenings import Happening, Report, Taking, happenings
from communique.export.safe_text import one_line
from communique.records import Actor, ActorKind, Article, outlet_of
from communique.store import Filters, Record

SCHEMATA = {
    ActorKind.STATE: "PublicBody",
    ActorKind.BODY: "PublicBody",
    ActorKind.ORGANIZATION: "Organization",
    ActorKind.PERSON: "Person",
    ActorKind.GROUP: "LegalEntity",  # unnamed people: the widest schema that can act
}


def write_ftm(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """Entities, one a line; gives the number of happenings among them. Raises ImportError without the extra."""
    from followthemoney import model

    written: set[str] = set()
    number = 0
    for happening in happenings(record, filters, choices or Choices()):
        number += 1
        for entity in entities(happening, model, choices or Choices()):
            if entity.id not in written:
                if entity.schema.name != "Event":
                    written.add(entity.id)
                line = json.dumps(entity.to_dict(), ensure_ascii=False, separators=(",", ":"), sort_keys=True)
                out.write(line.encode("utf-8", "backslashreplace") + b"\n")
    return number


def entities(happening: Happening, model: Any, choices: Choices) -> Iterator[Any]:
    """The event, then its actors, articles and reports, as entity proxies of followthemoney's model."""
    yield _event(happening, model, choices)
    for taking in (*happening.actors, *happening.recipients):
        yield _actor(taking, model)
    for report in happening.reports:
        yield _article(report.article, model)
        yield _report(happening, report, model, choices)


def _event(happening: Happening, model: Any, choices: Choices) -> Any:
    entity = model.make_entity("Event")
    entity.id = happening.id
    actors = ", ".join(each.name for each in happening.actors)
    recipients = ", ".join(each.name for each in happening.recipients)
    parties = " → ".join(part for part in (actors, recipients) if part)
    entity.add("name", one_line(f"{happening.coded}: {parties}" if parties else happening.coded))
    entity.add("recordId", happening.id)
    entity.add("keywords", [happening.coded, *happening.modes, *happening.contexts])
    entity.add("involved", [each.actor_id for each in (*happening.actors, *happening.recipients)])
    entity.add("location", happening.place_name)
    entity.add("country", happening.country)
    day = iso_of(happening.dates)
    if day and "/" not in day:  # FollowTheMoney's dates may be a month or a year
        entity.add("date", day)
    elif happening.dates is not None:
        entity.add("startDate", happening.dates.earliest)
        entity.add("endDate", happening.dates.latest)
    entity.add("summary", one_line(happening.first.quote))
    entity.add("description", f"status: {happening.status.value}; voices: {happening.voices}")
    entity.add("proof", [report.article.id for report in happening.reports])
    entity.add("sourceUrl", choices.page("events", happening.id) or happening.first.article.url)
    return entity


def _actor(taking: Taking, model: Any) -> Any:
    actor = taking.actor or Actor(id=taking.actor_id, name=taking.name, kind=ActorKind.GROUP)
    entity = model.make_entity(SCHEMATA[actor.kind])
    entity.id = actor.id
    entity.add("name", actor.name)
    entity.add("country", actor.country)
    entity.add("keywords", actor.sectors)
    if actor.kind is ActorKind.PERSON:
        entity.add("position", actor.title)
    return entity


def _article(article: Article, model: Any) -> Any:
    entity = model.make_entity("Article")
    entity.id = article.id
    entity.add("title", article.title or address_of(article))
    entity.add("publisher", outlet_of(article))
    entity.add("author", article.authors)
    entity.add("language", article.language)
    entity.add("publishedAt", article.published.day if article.published else None)
    entity.add("sourceUrl", article.url)
    entity.add("fileName", None if article.url else article.source)
    return entity


def _report(happening: Happening, report: Report, model: Any, choices: Choices) -> Any:
    entity = model.make_entity("Documentation")
    entity.id = report.claim.id if report.claim.id != happening.id else f"{report.claim.id}-report"
    entity.add("document", report.article.id)
    entity.add("entity", happening.id)
    entity.add("role", "reports")
    entity.add("status", report.claim.status.value)
    entity.add("recordId", report.claim.id)
    entity.add("date", report.article.published.day if report.article.published else None)
    entity.add("summary", one_line(report.quote))
    entity.add("description", f"characters {report.span.start}-{report.span.end} of {address_of(report.article)}")
    entity.add("publisher", outlet_of(report.article))
    entity.add("sourceUrl", choices.words(report.article.id, report.claim.id) or report.article.url)
    return entity
