"""Happenings → PLOVER JSON: one object a happening in one JSON array, with text, offsets and citation of each report.

Fields are those of the PLOVER 2.0 draft (id, date, enddate, actor, recipient, event, mode, context, quad_code, event_scale,
event_loc, event_text, text, text_info, cite_info, coder, comment). `event_text`, `text`, `text_info` and `cite_info` are lists,
since a happening has several reports; entries of equal number belong together. `date` and `enddate` are the first and last
possible day.
"""

import json
from typing import BinaryIO

from communique import __version__
from communique.codebook.event_types import load_event_types
from communique.export.choices import Choices
from communique.export.gathering import address_of
from communique.export.happenings import Happening, Report, Taking, happenings
from communique.export.scores import score_of
from communique.records import outlet_of
from communique.store import Filters, Plain, Record

CODEBOOK = "PLOVER 2.0 draft"


def write_plover(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """A JSON array, one object a line; gives their number."""
    number = 0
    out.write(b"[")
    for happening in happenings(record, filters, choices or Choices()):
        out.write(b",\n" if number else b"\n")
        out.write(json.dumps(told(happening), ensure_ascii=False).encode("utf-8", "backslashreplace"))
        number += 1
    out.write(b"\n]\n")
    return number


def told(happening: Happening) -> dict[str, Plain]:
    """One happening as PLOVER has it."""
    dates = happening.dates
    return {
        "id": happening.id,
        "date": dates.earliest.isoformat() if dates and dates.earliest else None,
        "enddate": dates.latest.isoformat() if dates and dates.latest else None,
        "actor": [_party(each) for each in happening.actors],
        "recipient": [_party(each) for each in happening.recipients],
        "event": [happening.coded],
        "mode": list(happening.modes),
        "context": list(happening.contexts),
        "quad_code": load_event_types().quad(happening.coded),
        "event_scale": score_of(happening.coded, happening.modes),
        "event_loc": _place(happening),
        "event_text": [report.article.quote(report.claim.trigger) for report in happening.reports],
        "text": [report.quote for report in happening.reports],
        "text_info": [
            {"sequence": number, "start": report.span.start, "end": report.span.end}
            for number, report in enumerate(happening.reports, start=1)
        ],
        "cite_info": [_citation(report) for report in happening.reports],
        "coder": f"communique {__version__}",
        "comment": _comment(happening),
    }


def _party(taking: Taking) -> Plain:
    actor = taking.actor
    return {
        "name": taking.name,
        "id": taking.actor_id,
        "country": actor.country if actor else None,
        "sector": list(actor.sectors) if actor else [],
        "title": actor.title if actor else None,
        "text": taking.quote or None,
    }


def _place(happening: Happening) -> Plain:
    place = happening.place
    if place is None and not happening.place_name and not happening.country:
        return None
    return {
        "name": happening.place_name,
        "country": happening.country,
        "region": place.region if place else None,
        "lat": place.latitude if place else None,
        "lon": place.longitude if place else None,
        "geonames_id": place.geonames_id if place else None,
        "precision": place.precision if place else None,
    }


def _citation(report: Report) -> Plain:
    article = report.article
    return {
        "url": address_of(article),
        "title": article.title,
        "language": article.language,
        "publication": outlet_of(article),
        "date": article.published.day.isoformat() if article.published else None,
        "license": None,
        "codebook": CODEBOOK,
        "version": __version__,
        "article_id": article.id,
        "claim_id": report.claim.id,
    }


def _comment(happening: Happening) -> str:
    """What PLOVER has no field for: the status, the user's own type, counts, and the fields in dispute."""
    parts = [f"status: {happening.status.value}"]
    parts += [f"type: {happening.own_type}"] if happening.own_type != happening.coded else []
    parts += [f"announced: {happening.meeting_type}"] if happening.meeting_type else []
    parts += [f"articles: {happening.articles}", f"voices: {happening.voices}"]
    parts += [f"disputed: {', '.join(happening.disputed)}"] if happening.disputed else []
    return "; ".join(parts)
