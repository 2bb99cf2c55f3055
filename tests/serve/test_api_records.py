"""Single records, explanations and the document that describes all of it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from reading_room import asking, make_record, make_room

from communique.serve.api.records import SINGLES

PROBLEM = "application/problem+json"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    with asking(make_room(make_record(tmp_path / "talks.db"))) as made:
        yield made


def first(client: TestClient, name: str) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/api/{name}").json()["items"][0]
    return found


@pytest.mark.parametrize("name", ["claims", "statements", "positions", "actors", "articles", "problems"])
def test_a_record_by_its_id(client: TestClient, name: str) -> None:
    identity = first(client, name)["id"]
    answer = client.get(f"/api/{name}/{identity}")
    assert answer.status_code == 200
    SINGLES[name].model.model_validate_json(answer.text)
    told = answer.json()
    assert (told["article"]["id"] if name == "articles" else told["id"]) == identity


def test_a_record_by_the_first_digits_of_its_id(client: TestClient) -> None:
    claim = first(client, "claims")
    digits = claim["id"].removeprefix("claim-")[:12]
    assert client.get(f"/api/claims/{digits}").json() == claim


def test_an_article_brings_all_that_was_coded_from_it(client: TestClient) -> None:
    told = client.get(f"/api/articles/{first(client, 'articles')['id']}").json()
    assert [len(told[name]) for name in ("claims", "statements", "positions", "meetings", "mentions")] == [
        4,
        1,
        1,
        1,
        4,
    ]
    assert told["article"]["text"].startswith("Norland and Sudria")
    assert isinstance(told["page"]["content"], int)
    spans = [claim["trigger"] for claim in told["claims"]]
    assert all(span["quote"] == told["article"]["text"][span["start"] : span["end"]] for span in spans)


@pytest.mark.parametrize("name", ["claims", "statements", "positions", "meetings", "actors", "articles", "problems"])
def test_everything_can_be_explained(client: TestClient, name: str) -> None:
    if name == "meetings":
        identity = client.get(f"/api/articles/{first(client, 'articles')['id']}").json()["meetings"][0]["id"]
    else:
        identity = first(client, name)["id"]
    answer = client.get(f"/api/explain/{identity}")
    assert answer.status_code == 200, answer.text
    SINGLES["explain"].model.model_validate_json(answer.text)
    told = answer.json()
    assert told["id"] == identity
    for passage in told["passages"]:
        assert all(passage["start"] <= mark["span"]["start"] < passage["end"] for mark in passage["marks"])
        assert all(mark["span"]["quote"] in passage["text"] for mark in passage["marks"])


@pytest.mark.parametrize("name", SINGLES)
def test_what_is_not_there_is_404(client: TestClient, name: str) -> None:
    answer = client.get(f"/api/{name}/{name.removesuffix('s')}-0000000000000000")
    assert (answer.status_code, answer.headers["content-type"]) == (404, PROBLEM)
    assert answer.json()["title"] == "Not Found"


def test_an_id_of_another_kind_is_told_apart(client: TestClient) -> None:
    claim = first(client, "claims")["id"]
    answer = client.get(f"/api/statements/{claim}")
    assert answer.status_code == 404
    assert f"/api/explain/{claim}" in answer.json()["detail"]


@pytest.mark.parametrize("identity", ["x", "claim-XYZ", "..%2f..%2fetc", "claim-%00", "a" * 200, "claim-' OR 1=1"])
def test_what_is_no_id_is_422(client: TestClient, identity: str) -> None:
    answer = client.get(f"/api/claims/{identity}")
    assert answer.status_code in (404, 422)
    assert answer.headers["content-type"] == PROBLEM


def test_single_records_take_no_parameters(client: TestClient) -> None:
    answer = client.get(f"/api/claims/{first(client, 'claims')['id']}?colour=red")
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["name"] == "colour"


def test_a_source_by_its_name(client: TestClient) -> None:
    source = next(each for each in client.get("/api/sources").json()["items"] if each["outlet"] == "gazette.example")
    assert source["articles"] == 1
    assert client.get("/api/sources/gazette.example").json() == source
    assert client.get("/api/sources/nothing.example").status_code == 404


def test_the_document_describes_every_route_and_its_failures(client: TestClient) -> None:
    told = client.get("/openapi.json").json()
    assert "/api/claims" in told["paths"]
    assert "/login" not in told["paths"]
    for path, operations in told["paths"].items():
        for method, operation in operations.items():
            assert operation["summary"], (method, path)
            assert "application/problem+json" in operation["responses"]["422"]["content"], (method, path)
            assert "HTTPValidationError" not in json.dumps(operation)
    claims = told["paths"]["/api/claims"]["get"]["parameters"]
    types = next(each for each in claims if each["name"] == "type")
    assert "CONSULT" in types["schema"]["items"]["examples"]
    span = told["components"]["schemas"]["Span"]
    assert set(span["required"]) == {"article_id", "start", "end", "quote"}
    assert span["additionalProperties"] is False
