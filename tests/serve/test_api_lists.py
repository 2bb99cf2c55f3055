"""Lists: filters, pages, formats, tags; and what is refused by name."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from reading_room import asking, make_record, make_room

from communique.serve.api.kinds import LISTINGS
from communique.store import Record

PROBLEM = "application/problem+json"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with asking(make_room(make_record(tmp_path / "talks.db"))) as made:
        yield made


def items(client: TestClient, address: str) -> list[dict[str, Any]]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    found: list[dict[str, Any]] = answer.json()["items"]
    return found


@pytest.mark.parametrize("name", LISTINGS)
def test_every_list_is_what_the_openapi_says(client: TestClient, name: str) -> None:
    told = items(client, f"/api/{name}")
    for item in told:
        LISTINGS[name].item.model_validate_json(json.dumps(item))
    linked = {"events", "meetings", "lines"}  # these stand empty until the articles are linked
    assert told or name in linked


def test_claims_have_their_words(client: TestClient) -> None:
    met = next(each for each in items(client, "/api/claims") if each["trigger"]["quote"] == "met")
    assert met["type"] == "CONSULT"
    assert [role["name"] for role in met["actors"]] == ["Norland", "Sudria"]
    assert met["place"]["span"]["quote"] == "Port Vell"
    assert met["confidence"] == 0.8


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("type=CONSULT", 6),
        ("type=request", 2),
        ("type=REQUEST&type=AGREE", 4),
        ("status=scheduled", 2),
        ("actor=Norland&actor=Sudria", 8),
        ("actor=Nobody", 0),
        ("since=2031-03-10", 2),
        ("until=2031-02", 2),
        ("place=NRL", 2),
        ("source=gazette.example", 4),
        ("q=patrol", 8),
        ('words="frank and useful"', 8),
        ("words=absent", 0),
        ("confidence=0.85", 6),
        ("limit=3", 3),
    ],
)
def test_filters(client: TestClient, query: str, count: int) -> None:
    assert len(items(client, f"/api/claims?{query}")) == count


def test_other_lists_have_filters_of_their_own(client: TestClient) -> None:
    assert len(items(client, "/api/statements?act=assert&kind=mixed&actor=Ada Holm")) == 2
    assert len(items(client, "/api/positions?issue=navigation&stance=demands")) == 2
    assert len(items(client, "/api/actors?kind=person")) == 1
    assert len(items(client, "/api/articles?source=gazette.example")) == 1
    assert len(items(client, "/api/problems?severity=error")) == 1


def test_an_article_may_be_named_by_its_path(client: TestClient) -> None:
    whole = items(client, "/api/articles?source=gazette.example")[0]["id"]
    for name in ("talks.txt", whole):
        assert len(items(client, f"/api/claims?article={name}")) == 4
    assert client.get("/api/claims?article=nowhere.txt").status_code == 404


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("colour=red", "colour"),
        ("type=", "type"),
        ("words=%20", "words"),
        ("type=MEETING", "type"),
        ("status=finished", "status"),
        ("since=yesterday", "since"),
        ("until=2031-02-30", "until"),
        ("since=2031&since=2032", "since"),
        ("limit=0", "limit"),
        ("limit=100000", "limit"),
        ("limit=ten", "limit"),
        ("confidence=2", "confidence"),
        ("rejected=perhaps", "rejected"),
        ("words=%00", "words"),
        ("words=" + "x" * 201, "words"),
        ("&".join(["actor=A" + str(number) for number in range(13)]), "actor"),
        ("after=nowhere", "after"),
        ("after=1-2-3", "after"),
        ("issue=navigation", "issue"),
        ("format=pdf", "format"),
    ],
)
def test_what_cannot_be_asked_is_refused_by_name(client: TestClient, query: str, name: str) -> None:
    answer = client.get(f"/api/claims?{query}")
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    told = answer.json()
    assert told["status"] == 422
    assert [each["name"] for each in told["errors"]] == [name]


def test_all_faults_are_told_at_once(client: TestClient) -> None:
    told = client.get("/api/claims?colour=red&since=x&limit=x").json()
    assert {each["name"] for each in told["errors"]} == {"colour", "since", "limit"}


@pytest.mark.parametrize(
    "value",
    ["'; DROP TABLE claims; --", '" OR 1=1', "%", "_", "../../etc/passwd", "{{7*7}}", "NEAR(", "a*", "^a", "-a"],
)
@pytest.mark.parametrize("name", ["actor", "words", "place", "source", "article"])
def test_nothing_is_taken_for_a_command(client: TestClient, name: str, value: str) -> None:
    answer = client.get("/api/claims", params={name: value})
    assert answer.status_code in (200, 404)
    assert len(items(client, "/api/claims")) == 8


@pytest.mark.parametrize("name", ["claims", "statements", "actors", "articles", "problems"])
def test_pages_follow_one_another(client: TestClient, name: str) -> None:
    whole = [each["id"] for each in items(client, f"/api/{name}")]
    found: list[str] = []
    address = f"/api/{name}?limit=1"
    while address:
        answer = client.get(address)
        found += [each["id"] for each in answer.json()["items"]]
        address = answer.json()["next"]
        linked = answer.headers.get("link")
        assert linked == (f'<{address}>; rel="next"' if address else None)
    assert found == whole
    assert len(whole) > 1


def test_the_next_page_keeps_the_filters(client: TestClient) -> None:
    address = client.get("/api/claims?type=consult&type=request&limit=2&source=gazette.example").json()["next"]
    assert address.startswith("/api/claims?type=CONSULT&type=REQUEST&source=gazette.example&limit=2&after=")
    assert len(items(client, address)) == 2


def test_json_lines_are_the_same_items(client: TestClient) -> None:
    answer = client.get("/api/claims?type=CONSULT&format=jsonl")
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert answer.headers["content-disposition"] == 'attachment; filename="claims.jsonl"'
    assert [json.loads(line) for line in answer.text.splitlines()] == items(client, "/api/claims?type=CONSULT")
    same = client.get("/api/claims?type=CONSULT", headers={"accept": "application/x-ndjson"})
    assert same.text == answer.text


def test_csv_is_exactly_the_view(client: TestClient) -> None:
    answer = client.get("/api/claims?type=CONSULT&format=csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert [row["id"] for row in rows] == [each["id"] for each in items(client, "/api/claims?type=CONSULT")]
    same = client.get("/api/claims?type=CONSULT", headers={"accept": "text/csv"})
    assert same.text == answer.text


def test_an_export_that_cannot_begin_is_refused_as_a_page_is(client: TestClient) -> None:
    for name in ("claims", "lines", "actors", "problems"):
        answer = client.get(f"/api/{name}?format=jsonl&after=nowhere")
        assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM), name


def test_an_export_is_whole_unless_a_limit_is_asked_for(client: TestClient) -> None:
    assert len(client.get("/api/claims?format=jsonl").text.splitlines()) == 8
    assert len(client.get("/api/claims?format=jsonl&limit=3").text.splitlines()) == 3


def test_a_client_that_has_the_answer_gets_none(client: TestClient, tmp_path: Path) -> None:
    first = client.get("/api/claims")
    tag = first.headers["etag"]
    assert client.get("/api/claims", headers={"if-none-match": tag}).status_code == 304
    assert client.get("/api/claims", headers={"if-none-match": f'"other", {tag}'}).status_code == 304
    from handmade import RUN, coded_article

    with Record.open(tmp_path / "talks.db", writable=True) as record:
        record.add(coded_article("third.txt"), RUN)
    again = client.get("/api/claims", headers={"if-none-match": tag})
    assert again.status_code == 200
    assert again.headers["etag"] != tag
    assert len(again.json()["items"]) == 12


def test_methods_that_are_not_there(client: TestClient) -> None:
    answer = client.request("OPTIONS", "/api/claims")
    assert (answer.status_code, answer.headers["content-type"]) == (405, PROBLEM)
    assert "GET" in answer.headers["allow"]
