"""GeoJSON, Atom, Web Annotations and FollowTheMoney: written, read by other libraries, equal to the record's values."""

import json
from typing import Any

import feedparser
import jsonschema
import pytest
from awkward import QUOTED, URL, written

from communique.export.annotations import ANNOTATED
from communique.export.choices import Choices
from communique.records import Span, Status
from communique.store import Filters, Record

SERVED = "http://127.0.0.1:8000"
POINT = {
    "type": "object",
    "required": ["type", "coordinates"],
    "properties": {
        "type": {"const": "Point"},
        "coordinates": {
            "type": "array",
            "minItems": 2,
            "maxItems": 2,
            "prefixItems": [
                {"type": "number", "minimum": -180, "maximum": 180},
                {"type": "number", "minimum": -90, "maximum": 90},
            ],
        },
    },
}
GEOJSON: dict[str, Any] = {  # RFC 7946, sections 3.1.2, 3.2 and 3.3
    "type": "object",
    "required": ["type", "features"],
    "properties": {
        "type": {"const": "FeatureCollection"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "geometry", "properties"],
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": "string"},
                    "geometry": POINT,
                    "properties": {"type": "object"},
                },
            },
        },
    },
}
SELECTORS = {
    "TextQuoteSelector": {"type", "exact", "prefix", "suffix"},
    "TextPositionSelector": {"type", "start", "end"},
}
ANNOTATIONS: dict[str, Any] = {  # Web Annotation Data Model, sections 3.1, 3.2.5, 3.3.6, 4 and 5.2
    "type": "object",
    "required": ["@context", "id", "type", "items"],
    "properties": {
        "@context": {"const": "http://www.w3.org/ns/anno.jsonld"},
        "type": {"const": "AnnotationPage"},
        "items": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["id", "type", "body", "target"],
                "properties": {
                    "id": {"type": "string", "format": "uri"},
                    "type": {"const": "Annotation"},
                    "body": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": ["type", "value", "purpose"],
                            "properties": {
                                "type": {"const": "TextualBody"},
                                "value": {"type": "string", "minLength": 1},
                            },
                        },
                    },
                    "target": {
                        "type": "array",
                        "minItems": 1,
                        "items": {"type": "object", "required": ["type", "source", "selector"]},
                    },
                },
            },
        },
    },
}


def test_geojson_read_back_is_the_record(record: Record) -> None:
    choices = Choices(address=SERVED)
    told = json.loads(written(record, "geojson", choices=choices))
    jsonschema.validate(told, GEOJSON)
    events = {each.id: each for each in record.events() if each.place}
    assert [each["id"] for each in told["features"]] == list(events)
    articles = {each.id: each for each in record.articles()}
    for feature in told["features"]:
        event, properties = events[feature["id"]], feature["properties"]
        assert feature["geometry"]["coordinates"] == [-2.25, 1.5]  # longitude first
        assert (properties["type"], properties["status"]) == (event.type, event.status.value)
        assert (properties["articles"], properties["voices"]) == (event.articles, event.voices)
        assert properties["disputed"] == list(event.disputed) == ["place"]
        assert [each["id"] for each in properties["actors"]] == list(event.actors)
        assert properties["page"] == f"{SERVED}/events/{event.id}"
        assert [each["claim_id"] for each in properties["reports"]] == list(event.claims)
        for report in properties["reports"]:
            article = articles[report["article_id"]]
            assert article.text[report["start"] : report["end"]] == report["quotation"]
            assert report["article_address"] == (article.url or article.source)
    assert sum(choices.left_out.values()) == len(record.events()) - len(events)


def test_atom_read_back_is_the_record(record: Record) -> None:
    feed = feedparser.parse(written(record, "atom"))
    assert not feed.bozo
    assert feed.version == "atom10"
    events = {f"urn:communique:{each.id}": each for each in record.events()}
    assert {each.id for each in feed.entries} == set(events)
    days = [each.updated for each in feed.entries]
    assert days == sorted(days, reverse=True)
    assert feed.feed.updated == days[0] == "2031-03-06T00:00:00Z"
    claims = {each.id: each for each in record.claims()}
    articles = {each.id: each for each in record.articles()}
    for each in feed.entries:
        event = events[each.id]
        assert [tag.term for tag in each.tags] == [event.type, event.status.value]
        for member in event.claims:
            span = claims[member].evidence[0]
            text = " ".join(articles[span.article_id].quote(span).split())
            assert f"<blockquote>{text}</blockquote>" in each.content[0].value.replace("&amp;", "&")
            assert f"characters {span.start}–{span.end}" in each.content[0].value
    talks = next(each for each in feed.entries if "CONSULT (occurred)" in each.title)
    assert talks.title == "Norland, Sudria: CONSULT (occurred), 2031-03-03, Port Vell"
    assert f'href="{URL.replace("&", "&amp;")}"' in talks.content[0].value


def test_atom_links_to_the_pages_where_the_record_is_served(record: Record) -> None:
    feed = feedparser.parse(written(record, "atom", choices=Choices(address=SERVED)))
    assert all(each.link == f"{SERVED}/events/{each.id.removeprefix('urn:communique:')}" for each in feed.entries)


def test_atom_holds_no_more_than_the_limit_and_heeds_filters(record: Record) -> None:
    assert len(feedparser.parse(written(record, "atom", Filters(limit=2))).entries) == 2
    asked = feedparser.parse(written(record, "atom", Filters(types=("REQUEST",))))
    assert [each.tags[0].term for each in asked.entries] == ["REQUEST"]
    assert asked.feed.id != feedparser.parse(written(record, "atom")).feed.id  # another view is another feed


def spans_in(value: object) -> set[tuple[str, int, int]]:
    from dataclasses import fields, is_dataclass

    if isinstance(value, Span):
        return {(value.article_id, value.start, value.end)}
    if isinstance(value, tuple):
        return {span for each in value for span in spans_in(each)}
    if is_dataclass(value):
        return {span for each in fields(value) for span in spans_in(getattr(value, each.name))}
    return set()


def test_annotations_have_every_span_of_the_record(record: Record) -> None:
    told = json.loads(written(record, "annotations"))
    jsonschema.validate(told, ANNOTATIONS, format_checker=jsonschema.FormatChecker())
    articles = {f"urn:communique:{each.id}": each for each in record.articles()}
    found: dict[str, set[tuple[str, int, int]]] = {}
    for each in told["items"]:
        whole = each["target"][0]
        article = articles[whole["source"]["id"]]
        quote, position = whole["selector"]
        assert [set(quote), set(position)] == [SELECTORS[quote["type"]], SELECTORS[position["type"]]]
        start, end = position["start"], position["end"]
        assert article.text[start:end] == quote["exact"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in article.text
        assert [target["source"] for target in each["target"][1:]] == ([article.url] if article.url else [])
        thing = each["id"].removeprefix("urn:communique:").partition("#")[0]
        found.setdefault(thing, set()).add((article.id, start, end))
    kinds = (record.claims(), record.statements(), record.positions(), record.meetings())
    assert found == {each.id: spans_in(each) for kind in kinds for each in kind}
    assert len({each["id"] for each in told["items"]}) == len(told["items"])


@pytest.mark.parametrize("kind", ANNOTATED)
def test_annotations_of_one_kind(record: Record, kind: str) -> None:
    told = json.loads(written(record, "annotations", choices=Choices(kind=kind)))["items"]
    assert {each["id"].split(":")[2].partition("-")[0] for each in told} == {kind.removesuffix("s")}


def test_annotations_are_linked_data(record: Record) -> None:
    """Read as RDF by rdflib, with the few terms of the context that they use (its address is not asked)."""
    rdflib = pytest.importorskip("rdflib")
    told = json.loads(written(record, "annotations", choices=Choices(kind="positions")))
    oa, value = "http://www.w3.org/ns/oa#", "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
    told["@context"] = {
        "id": "@id", "type": "@type", "@vocab": oa, "items": "http://www.w3.org/ns/activitystreams#items", "value": value,
        "body": {"@id": f"{oa}hasBody", "@type": "@id"}, "target": {"@id": f"{oa}hasTarget", "@type": "@id"},
        "source": {"@id": f"{oa}hasSource", "@type": "@id"}, "selector": {"@id": f"{oa}hasSelector", "@type": "@id"},
    }  # fmt: skip
    graph = rdflib.Graph().parse(data=json.dumps(told), format="json-ld")
    rows = graph.query(
        "PREFIX oa: <http://www.w3.org/ns/oa#> SELECT DISTINCT ?words WHERE { ?each a oa:Annotation ;"
        " oa:hasTarget/oa:hasSelector ?at . ?at a oa:TextQuoteSelector ; oa:exact ?words }"
    )
    articles = {each.id: each for each in record.articles()}
    expected = {articles[span[0]].text[span[1] : span[2]] for each in record.positions() for span in spans_in(each)}
    assert {str(row[0]) for row in rows} == expected


def test_follow_the_money_read_back_is_the_record(record: Record) -> None:
    model = pytest.importorskip("followthemoney").model
    entities: dict[str, Any] = {}
    for line in written(record, "ftm").splitlines():
        told = json.loads(line)
        proxy = model.get_proxy(told)
        assert proxy.schema.validate(told) is None
        entities[proxy.id] = proxy
    events = [each for each in record.events() if each.status is not Status.DENIED]
    assert {each.id for each in entities.values() if each.schema.name == "Event"} == {each.id for each in events}
    claims, articles = {each.id: each for each in record.claims()}, {each.id: each for each in record.articles()}
    for event in events:
        proxy = entities[event.id]
        assert set(proxy.get("involved")) == {*event.actors, *event.recipients}
        assert set(proxy.get("proof")) == {claims[each].article_id for each in event.claims}
        for member in event.claims:
            report, span = entities[member], claims[member].evidence[0]
            assert report.get("document") == [span.article_id]
            assert report.get("entity") == [event.id]
            assert report.first("summary") == " ".join(articles[span.article_id].quote(span).split())
            assert f"characters {span.start}-{span.end}" in report.first("description")
    demand = next(each for each in events if each.type == "REQUEST")
    assert entities[demand.id].get("date") == ["2031-02"]
    assert QUOTED in {each.first("name") for each in entities.values() if each.schema.name == "Organization"}
    links = [each for proxy in entities.values() for each in proxy.itervalues() if each[0].type.name == "entity"]
    referred = {value for _, value in links}
    assert referred <= entities.keys()
