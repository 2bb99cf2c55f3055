"""A record made by hand, with what formats stumble over; and how a format of it is written into memory."""

import io
from dataclasses import replace
from datetime import date
from pathlib import Path

from handmade import RUN, coded_article
from linked import links_of

from communique.export.choices import Choices
from communique.export.formats import FORMATS
from communique.records import (
    ActorKind,
    Claim,
    CodedArticle,
    DateRange,
    LinkedEvent,
    Precision,
    Role,
    Status,
    make_actor,
    make_id,
)
from communique.store import Filters, Record

URL = "https://gazette.example/talks?a=1&b=2"
FORMULA = '=HYPERLINK("https://evil.example";"click")'
QUOTED = 'The "Strait" League; north|south\\'


def first() -> CodedArticle:
    """The talks, from a file."""
    return coded_article()


def second() -> CodedArticle:
    """The talks again, from the web."""
    made = coded_article(URL, published=date(2031, 3, 6))
    return replace(made, article=replace(made.article, url=URL, site="The Gazette"))


def third() -> CodedArticle:
    """An article whose title is a formula and whose actor has every separator in its name; a denial, a type of the user's own."""
    made = coded_article("archive.jsonl#7", published=None)
    league = make_actor(name=QUOTED, kind=ActorKind.ORGANIZATION, sectors=("NGO", "REL"))
    talks, met, planned, demand = made.claims
    role = Role(actor_id=league.id, span=None)
    own = replace(demand, type="WATER", like="COERCE", modes=(), actors=(role, *demand.actors))
    denied = replace(met, status=Status.DENIED, place=None)
    undated = replace(planned, date=None)
    return replace(
        made,
        article=replace(made.article, title=FORMULA, fetched=None),
        actors=(*made.actors, league),
        claims=(talks, denied, undated, own),
    )


def linked_event(claim: Claim, **values: object) -> LinkedEvent:
    """An event of one claim."""
    fields: dict[str, object] = {
        "actors": tuple(role.actor_id for role in claim.actors),
        "recipients": tuple(role.actor_id for role in claim.recipients),
        "dates": claim.date.dates if claim.date else None,
        "place": None,
        "country": None,
        "modes": claim.modes,
        "articles": 1,
        "voices": 1,
        "fields": (),
    }
    made = {
        "id": make_id("event", "linked", claim.id),
        "type": claim.type,
        "claims": (claim.id,),
        "status": claim.status,
    }
    return LinkedEvent(**(made | fields | values))  # type: ignore[arg-type]


def make_record(path: Path) -> Path:
    """The record of the three articles, linked."""
    coded = (first(), second(), third())
    links = links_of(*coded[:2])
    _, denied, undated, own = coded[2].claims
    month = DateRange(earliest=date(2031, 2, 1), latest=date(2031, 2, 28), precision=Precision.MONTH)
    events = (linked_event(denied), linked_event(undated), linked_event(own, dates=month))
    with Record.open(path, create=True) as record:
        for each in coded:
            record.add(each, RUN)
        record.write_links(replace(links, events=(*links.events, *events)))
    return path


def written(record: Record, name: str, filters: Filters | None = None, choices: Choices | None = None) -> bytes:
    """What the format writes."""
    out = io.BytesIO()
    FORMATS[name].write(record, filters or Filters(), out, choices or Choices())
    return out.getvalue()
