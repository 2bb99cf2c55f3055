"""POLECAT, PLOVER, GDELT and the twin: written, read by other libraries, equal to the record's values."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import jsonschema
import pandas as pd
import polars as pl
import pytest
from awkward import URL, written

from communique.codebook.crosswalks import load_crosswalk
from communique.codebook.event_types import load_event_types
from communique.export import gdelt, polecat
from communique.export.choices import Choices
from communique.export.formats import FORMATS
from communique.records import Status
from communique.store import Filters, Record

POLECAT = (Path(__file__).parent / "polecat_columns.txt").read_text(encoding="utf-8").splitlines()
PARTY: dict[str, Any] = {
    "type": "object",
    "required": ["name", "id", "country", "sector", "title", "text"],
    "additionalProperties": False,
    "properties": {"name": {"type": "string", "minLength": 1}, "sector": {"type": "array", "items": {"type": "string"}}}
    | {name: {"type": ["string", "null"]} for name in ("id", "country", "title", "text")},
}
PLOVER: dict[str, Any] = {
    "type": "array",
    "items": {
        "type": "object",
        "additionalProperties": False,
        "required": [
            "id", "date", "enddate", "actor", "recipient", "event", "mode", "context", "quad_code", "event_scale", "event_loc",
            "event_text", "text", "text_info", "cite_info", "coder", "comment",
        ],
        "properties": {
            "id": {"type": "string", "pattern": "^[a-z-]+-[0-9a-f]{16}$"},
            "date": {"type": ["string", "null"], "format": "date"},
            "enddate": {"type": ["string", "null"], "format": "date"},
            "actor": {"type": "array", "items": PARTY},
            "recipient": {"type": "array", "items": PARTY},
            "event": {"type": "array", "minItems": 1, "items": {"enum": sorted(load_event_types().types)}},
            "mode": {"type": "array", "items": {"type": "string"}},
            "context": {"type": "array", "items": {"type": "string"}},
            "quad_code": {"enum": [1, 2, 3, 4]},
            "event_scale": {"type": "number", "minimum": -10, "maximum": 10},
            "event_loc": {"type": ["object", "null"]},
            "event_text": {"type": "array", "items": {"type": "string"}},
            "text": {"type": "array", "items": {"type": "string"}},
            "text_info": {"type": "array", "items": {"type": "object", "required": ["sequence", "start", "end"]}},
            "cite_info": {
                "type": "array",
                "items": {
                    "type": "object",
                    "required": ["url", "title", "language", "publication", "license", "codebook", "version"],
                },
            },
            "coder": {"type": "string"},
            "comment": {"type": "string"},
        },
    },
}  # fmt: skip


def test_polecat_has_its_forty_columns() -> None:
    assert [column.name for column in polecat.COLUMNS] == POLECAT
    assert len(POLECAT) == 40


@pytest.mark.parametrize("library", ["polars", "pandas"])
def test_polecat_read_back_is_the_record(record: Record, library: str) -> None:
    content = written(record, "polecat")
    if library == "polars":
        rows = pl.read_csv(io.BytesIO(content), separator="\t", infer_schema=False).fill_null("")
        told = {row["Event ID"]: row for row in rows.iter_rows(named=True)}
    else:
        frame = pd.read_csv(io.BytesIO(content), sep="\t", dtype=str, keep_default_na=False)
        told = {row["Event ID"]: row for row in frame.to_dict("records")}
    events = {each.id: each for each in record.events() if each.status in (Status.OCCURRED, Status.SCHEDULED)}
    assert told.keys() == events.keys()
    assert len(told) == 5
    actors = record.actors_by_id(actor for event in events.values() for actor in (*event.actors, *event.recipients))
    articles = record.articles_by_id(each.article_id for each in record.claims())
    for identity, event in events.items():
        row = told[identity]
        first = record.claims_by_id(event.claims)[event.claims[0]]
        article = articles[first.article_id]
        assert row["Event Type"] == first.plover_type
        assert row["Event Mode"] == ";".join(event.modes)
        assert row["Country"] == (event.country or "")
        assert row["Placename"] == (event.place or "")
        assert row["Actor Name"].split(";") == [actors[each].name.replace(";", ",") for each in event.actors]
        assert row["Actor Country"] == ";".join(actors[each].country or "" for each in event.actors)
        assert row["Language"] == article.language
        assert row["Publication Date"] == (article.published.day.isoformat() if article.published else "")
        assert float(row["Intensity"]) == {"CONSULT": 4, "AGREE": 2.5, "REQUEST": -1, "COERCE": -7}[row["Event Type"]]
    talks = next(row for row in told.values() if row["Event Type"] == "CONSULT")
    assert (talks["Event Date"], talks["City"], talks["Raw Placename"]) == ("2031-03-03", "Port Vell", "Port Vell")
    assert (talks["Latitude"], talks["Longitude"], talks["Feature Type"]) == ("1.5", "-2.25", "PPL")
    assert (talks["Quad Code"], talks["Contexts"]) == ("1", "diplomatic")
    assert (talks["Story People"], talks["Story Locations"]) == ("Ada Holm", "Port Vell")
    demand = next(row for row in told.values() if row["Event Type"] == "REQUEST")
    assert demand["Event Date"] == "2031-02"  # a month stays a month


def test_cow_numbers_stand_beside_their_actors() -> None:
    from communique.codebook.country_codes import load_country_codes

    codes = load_country_codes()
    assert {each: codes[each].cow for each in ("USA", "RUS", "CHN", "UKR", "SSD")} == {
        "USA": 2, "RUS": 365, "CHN": 710, "UKR": 369, "SSD": 626,
    }  # fmt: skip
    members = [each.cow for iso, each in codes.items() if each.cow and iso not in ("SUN", "YUG")]
    assert len(members) == len(set(members)) == 195


def test_what_did_not_happen_stays_out_unless_asked_for(record: Record) -> None:
    choices = Choices()
    content = written(record, "polecat", choices=choices)
    assert {detail for _, detail in choices.left_out} == {"denied"}
    assert len(content.splitlines()) == 1 + 5
    denied = written(record, "polecat", Filters(statuses=("denied",)))
    assert len(denied.splitlines()) == 1 + 1


def test_a_limit_counts_what_is_written(record: Record) -> None:
    for number in (1, 2, 4):
        assert len(json.loads(written(record, "plover", Filters(limit=number)))) == number


def test_one_row_a_claim(record: Record) -> None:
    told = json.loads(written(record, "plover", choices=Choices(kind="claims")))
    claims = [claim for claim in record.claims() if claim.status is not Status.DENIED]
    assert [each["id"] for each in told] == [claim.id for claim in claims]
    assert {each["comment"].count("voices: 1") for each in told} == {1}


def test_plover_read_back_is_the_record(record: Record) -> None:
    told = json.loads(written(record, "plover"))
    jsonschema.validate(told, PLOVER, format_checker=jsonschema.FormatChecker())
    events = {each.id: each for each in record.events()}
    articles = {each.id: each for each in record.articles()}
    for each in told:
        event = events[each["id"]]
        claims = record.claims_by_id(event.claims)
        assert each["date"] == (event.dates.earliest.isoformat() if event.dates and event.dates.earliest else None)
        assert each["enddate"] == (event.dates.latest.isoformat() if event.dates and event.dates.latest else None)
        assert [party["id"] for party in each["actor"]] == list(event.actors)
        assert [cited["claim_id"] for cited in each["cite_info"]] == list(event.claims)
        assert [info["sequence"] for info in each["text_info"]] == list(range(1, len(event.claims) + 1))
        for text, where, cited in zip(each["text"], each["text_info"], each["cite_info"], strict=True):
            article = articles[cited["article_id"]]
            assert article.text[where["start"] : where["end"]] == text
            assert cited["url"] == (article.url or article.source)
            assert claims[cited["claim_id"]].article_id == article.id
    own = next(each for each in told if "type: WATER" in each["comment"])
    assert own["event"] == ["COERCE"]
    assert own["quad_code"] == 4


def test_gdelt_tables_have_the_columns_of_version_two(record: Record) -> None:
    assert len(gdelt.EVENT_COLUMNS) == 61
    assert len(gdelt.MENTION_COLUMNS) == 16
    names = [column.name for column in gdelt.EVENT_COLUMNS]
    assert names[:6] == ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "Actor1Code"]
    assert names[25:35] == [
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
        "NumSources", "NumArticles", "AvgTone",
    ]  # fmt: skip
    assert names[-2:] == ["DATEADDED", "SOURCEURL"]


def test_gdelt_read_back_is_the_record(record: Record) -> None:
    names = [column.name for column in gdelt.EVENT_COLUMNS]
    frame = pl.read_csv(
        io.BytesIO(written(record, "gdelt")), separator="\t", has_header=False, new_columns=names, infer_schema=False
    )
    rows = {row["GLOBALEVENTID"]: row for row in frame.fill_null("").iter_rows(named=True)}
    events = {str(int(each.id[-16:-1], 16)): each for each in record.events() if each.status is not Status.DENIED}
    assert rows.keys() == events.keys()
    for number, event in events.items():
        row = rows[number]
        assert int(number) < 2**63
        assert (int(row["NumMentions"]), int(row["NumSources"]), int(row["NumArticles"])) == (
            len(event.claims),
            event.voices,
            event.articles,
        )
        assert row["EventBaseCode"] == row["EventCode"] == f"{row['EventRootCode']}0"
    roots = {row["EventRootCode"]: row for row in rows.values()}
    assert set(roots) == {"04", "03", "10", "17"}
    talks, demand = roots["04"], roots["10"]
    assert (talks["SQLDATE"], talks["MonthYear"], talks["Year"]) == ("20310303", "203103", "2031")
    assert float(talks["FractionDate"]) == pytest.approx(2031 + 93 / 365, abs=1e-4)
    assert (talks["Actor1CountryCode"], talks["Actor2CountryCode"], talks["Actor1Code"]) == ("NRL", "SDR", "NRLGOV")
    assert (talks["ActionGeo_Type"], talks["ActionGeo_Lat"], talks["ActionGeo_Long"]) == ("4", "1.5", "-2.25")
    assert (talks["IsRootEvent"], talks["DATEADDED"], talks["SOURCEURL"]) == ("1", "20310304000000", "talks.txt")
    assert (demand["SQLDATE"], demand["MonthYear"], demand["Year"]) == ("", "203102", "2031")  # no day is invented


def test_gdelt_mentions_are_the_claims_of_the_events(record: Record) -> None:
    out = io.BytesIO()
    FORMATS["gdelt"].beside[".mentions.tsv"](record, Filters(), out, Choices())
    rows = list(csv.reader(io.StringIO(out.getvalue().decode()), delimiter="\t"))
    assert {len(row) for row in rows} == {16}
    claims = {claim.id: claim for claim in record.claims() if claim.status is not Status.DENIED}
    linked = record.linked_events_of(claims)
    told = [dict(zip((column.name for column in gdelt.MENTION_COLUMNS), row, strict=True)) for row in rows]
    assert sorted(row["Extras"] for row in told) == sorted(linked)
    for row in told:
        claim = claims[row["Extras"]]
        assert int(row["GLOBALEVENTID"]) == int(linked[claim.id].id[-16:-1], 16)
        assert int(row["ActionCharOffset"]) == claim.trigger.start
        assert int(row["Confidence"]) == round(claim.confidence * 100)
        assert row["MentionType"] == ("1" if row["MentionIdentifier"] == URL else "2")
    met = next(row for row in told if claims[row["Extras"]].modes == ("visit",))
    assert met["SentenceID"] == "2"


def test_every_type_of_plover_has_a_cameo_root() -> None:
    crosswalk = load_crosswalk("cameo")
    for name, event_type in load_event_types().types.items():
        for mode in ("", *event_type.mode_scores):
            assert crosswalk.label(name, (mode,), "occurred", "") in {f"{number:02}" for number in range(2, 21)}, (
                name,
                mode,
            )
    known = load_event_types().types
    assert all(row.modes <= set(known[row.type].mode_scores) for row in crosswalk.rows)


@pytest.mark.parametrize("name", ["polecat", "gdelt"])
def test_the_twin_leads_every_entry_to_its_words(record: Record, name: str) -> None:
    out = io.BytesIO()
    FORMATS[name].extended[".words.csv"](record, Filters(), out, Choices())
    rows = list(csv.DictReader(io.StringIO(out.getvalue().decode(), newline="")))
    entries = [line.split("\t")[0] for line in written(record, name).decode().splitlines()]
    assert {row["id" if name == "polecat" else "number"] for row in rows} == set(entries) - {"Event ID"}
    articles = {each.id: each for each in record.articles()}
    for row in rows:
        text = articles[row["article_id"]].text
        assert text[int(row["quotation_start"]) : int(row["quotation_end"])] == row["quotation"]
        assert text[int(row["trigger_start"]) : int(row["trigger_end"])] == row["trigger"]
        assert record.event(row["claim_id"]).id == row["id"]
