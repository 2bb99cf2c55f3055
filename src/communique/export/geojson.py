"""Happenings with a place → GeoJSON (RFC 7946): one point feature each, longitude first, WGS 84 degrees.

The point is the place's centre: `place_precision` says whether that is a town's, a region's or a country's.
"""

import json
from typing import BinaryIO

from communique.codebook.event_types import load_event_types
from communique.export.choices import Choices
from communique.export.days import iso_of
from communique.export.gathering import address_of
from communique.export.happenings import Happening, Report, Taking, happenings
from communique.export.scores import score_of
from communique.records import outlet_of
from communique.store import Filters, Plain, Record

NO_PLACE = "no report gives a place that the gazetteer locates"


def write_geojson(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """One feature collection, a feature a line; gives their number."""
    chosen = choices or Choices()
    number = 0
    out.write(b'{"type":"FeatureCollection","features":[')
    for happening in happenings(record, filters, chosen, all_statuses=True):
        place = happening.place
        if place is None or place.latitude is None or place.longitude is None:
            chosen.left_out[NO_PLACE, "without a place" if place is None else "not located"] += 1
            continue
        feature = {
            "type": "Feature",
            "id": happening.id,
            "geometry": {"type": "Point", "coordinates": [place.longitude, place.latitude]},
            "properties": _properties(happening, chosen),
        }
        out.write(b",\n" if number else b"\n")
        out.write(json.dumps(feature, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace"))
        number += 1
    out.write(b"\n]}\n")
    return number


def _properties(happening: Happening, choices: Choices) -> dict[str, Plain]:
    dates, place = happening.dates, happening.place
    assert place is not None
    return {
        "type": happening.own_type,
        "plover_type": happening.type,
        "modes": list(happening.modes),
        "status": happening.status.value,
        "quad": load_event_types().quad(happening.type),
        "score": score_of(happening.type, happening.modes),
        "date": iso_of(dates) or None,
        "first_day": dates.earliest.isoformat() if dates and dates.earliest else None,
        "last_day": dates.latest.isoformat() if dates and dates.latest else None,
        "actors": [_party(each) for each in happening.actors],
        "recipients": [_party(each) for each in happening.recipients],
        "place": place.name,
        "country": place.country,
        "place_precision": place.precision,
        "articles": happening.articles,
        "voices": happening.voices,
        "disputed": list(happening.disputed),
        "page": choices.page("events", happening.id),
        "reports": [_report(each) for each in happening.reports],
    }


def _party(taking: Taking) -> Plain:
    return {"id": taking.actor_id, "name": taking.name, "country": taking.actor.country if taking.actor else None}


def _report(report: Report) -> Plain:
    article = report.article
    return {
        "claim_id": report.claim.id,
        "article_id": article.id,
        "article_address": address_of(article),
        "outlet": outlet_of(article),
        "published": article.published.day.isoformat() if article.published else None,
        "quotation": report.quote,
        "start": report.span.start,
        "end": report.span.end,
    }
