"""Submissions and judgements: what is taken, what is refused, what comes of it."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from reading_room import BEARER, FakeCoder, asking, make_record, make_room

from communique.records import MediaType
from communique.serve.rates import Rate

PROBLEM = "application/problem+json"


@pytest.fixture
def app(tmp_path: Path) -> FastAPI:
    return make_room(make_record(tmp_path / "talks.db"), write=True)


@pytest.fixture
def client(app: FastAPI) -> Iterator[TestClient]:
    with asking(app) as made:
        made.headers.update(BEARER)
        yield made


def coder(app: FastAPI) -> FakeCoder:
    found = app.state.site.jobs._coder
    assert isinstance(found, FakeCoder)
    return found


def claim_ids(client: TestClient) -> list[str]:
    return [each["id"] for each in client.get("/api/claims").json()["items"]]


def test_a_text_comes_back_coded(client: TestClient, app: FastAPI) -> None:
    answer = client.post(
        "/api/articles", content="Talks. Ärger.", headers={"content-type": "text/plain; charset=utf-8"}
    )
    assert answer.status_code == 201, answer.text
    told = answer.json()
    assert told["job"]["state"] == "done"
    assert len(told["articles"][0]["claims"]) == 4
    identity = told["articles"][0]["article"]["id"]
    assert answer.headers["location"] == f"/api/articles/{identity}"
    assert client.get(f"/api/articles/{identity}").json() == told["articles"][0]
    submission = coder(app).submissions[0]
    assert submission is not None
    assert (submission.content, submission.media_type, submission.encoding) == (
        "Talks. Ärger.".encode(),
        MediaType.TEXT,
        "utf-8",
    )


def test_json_tells_what_is_known_beside_the_text(client: TestClient, app: FastAPI) -> None:
    document = {
        "html": "<p>Talks.</p>",
        "url": "https://gazette.example/a?b=c",
        "title": "Talks",
        "published": "2031-03-04",
        "site": "The Gazette",
    }
    assert client.post("/api/articles", json=document).status_code == 201
    submission = coder(app).submissions[0]
    assert submission is not None
    assert submission.media_type is MediaType.HTML
    assert submission.url == "https://gazette.example/a?b=c"
    assert (submission.title, str(submission.published), submission.site) == ("Talks", "2031-03-04", "The Gazette")


def test_one_may_watch_instead_of_waiting(client: TestClient) -> None:
    answer = client.post("/api/articles?wait=0", content="Talks.", headers={"content-type": "text/plain"})
    assert answer.status_code == 202
    address = answer.headers["location"]
    job: dict[str, Any] = answer.json()
    assert address == f"/api/jobs/{job['id']}"
    for _ in range(100):
        job = client.get(address).json()
        if job["state"] == "done":
            break
        time.sleep(0.02)
    assert (job["state"], len(job["articles"])) == ("done", 1)


def test_what_gives_no_article_says_why(client: TestClient) -> None:
    answer = client.post("/api/articles", content="fail", headers={"content-type": "text/plain"})
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM)
    assert "is empty" in answer.json()["detail"]


@pytest.mark.parametrize(
    ("content", "media_type", "status"),
    [
        ("", "text/plain", 422),
        ("  \n", "text/html", 422),
        ("x", "application/pdf", 415),
        ("x", "", 415),
        ("{", "application/json", 422),
        ("[]", "application/json", 422),
        ("{}", "application/json", 422),
        ('{"text": ""}', "application/json", 422),
        ('{"text": "a", "html": "b"}', "application/json", 422),
        ('{"text": "a", "colour": "red"}', "application/json", 422),
        ('{"text": "a", "url": "file:///etc/passwd"}', "application/json", 422),
        ('{"text": "a", "url": "javascript:alert(1)"}', "application/json", 422),
        ('{"text": "a", "url": "http://user:word@host/"}', "application/json", 422),
        ('{"text": "a", "published": "soon"}', "application/json", 422),
        ('{"text": "\\ud800"}', "application/json", 422),
        ("[" * 100_000, "application/json", 422),
        ('{"url": "https://gazette.example/a"}', "application/json", 403),
        ('{"url": "/etc/passwd"}', "application/json", 422),
    ],
)
def test_what_is_no_document_is_refused(
    client: TestClient, app: FastAPI, content: str, media_type: str, status: int
) -> None:
    answer = client.post("/api/articles", content=content, headers={"content-type": media_type})
    assert (answer.status_code, answer.headers["content-type"]) == (status, PROBLEM)
    assert coder(app).submissions == []


def test_addresses_are_fetched_only_where_the_server_was_started_so(tmp_path: Path) -> None:
    app = make_room(make_record(tmp_path / "talks.db"), write=True, fetch=True)
    with asking(app) as client:
        answer = client.post("/api/articles", json={"url": "https://gazette.example/a"}, headers=BEARER)
    assert answer.status_code == 201
    submission = coder(app).submissions[0]
    assert submission is not None
    assert (submission.content, submission.url) == (None, "https://gazette.example/a")


def test_coding_has_a_rate_of_its_own(tmp_path: Path) -> None:
    app = make_room(make_record(tmp_path / "talks.db"), write=True, rates={"code": Rate(0.01, 1)})
    with asking(app) as client:
        headers = BEARER | {"content-type": "text/plain"}
        found = [client.post("/api/articles", content="Talks.", headers=headers).status_code for _ in range(2)]
    assert found == [201, 429]


def test_unknown_jobs(client: TestClient) -> None:
    assert client.get("/api/jobs/" + "0" * 32).status_code == 404
    assert client.get("/api/jobs/..").status_code == 404


def test_the_least_certain_claims_come_first(client: TestClient) -> None:
    told = client.get("/api/review").json()
    found = [each["confidence"] for each in told["items"]]
    assert found == sorted(found)
    assert len(found) == 8


def test_a_judged_claim_leaves_the_queue_until_it_is_undone(client: TestClient) -> None:
    claim = client.get("/api/review?limit=1").json()["items"][0]["id"]
    answer = client.post("/api/judgements", json={"verdict": "confirmed", "subject": claim, "judge": "Ada"})
    assert answer.status_code == 201, answer.text
    kept = answer.json()
    assert (kept["subject"], kept["judge"], kept["verdict"]) == (claim, "Ada", "confirmed")
    assert kept["anchor"].startswith("article-")
    assert client.get(f"/api/judgements?subject={claim}").json()["items"] == [kept]
    assert client.get(answer.headers["location"]).json() == kept
    assert claim not in [each["id"] for each in client.get("/api/review").json()["items"]]
    assert client.delete(f"/api/judgements/{kept['id']}").status_code == 204
    assert claim in [each["id"] for each in client.get("/api/review").json()["items"]]
    assert client.delete(f"/api/judgements/{kept['id']}").status_code == 404
    assert client.get("/api/judgements").json()["items"] == []
    assert len(client.get("/api/judgements?withdrawn=true").json()["items"]) == 1


def test_a_rejected_claim_is_left_out(client: TestClient) -> None:
    claim = claim_ids(client)[0]
    assert client.post("/api/judgements", json={"verdict": "rejected", "subject": claim}).status_code == 201
    assert claim not in claim_ids(client)
    assert claim in [each["id"] for each in client.get("/api/claims?rejected=true").json()["items"]]


def test_a_corrected_claim_stands_as_the_person_said(client: TestClient) -> None:
    claim = next(each["id"] for each in client.get("/api/claims?type=REQUEST").json()["items"])
    changes = {"status": "threatened", "date": "2031-02-14", "place": ""}
    answer = client.post("/api/judgements", json={"verdict": "corrected", "subject": claim, "changes": changes})
    assert answer.status_code == 201, answer.text
    told = client.get(f"/api/claims/{claim}").json()
    assert (told["status"], told["date"]["value"]) == ("threatened", "2031-02-14")
    decided = {each["field"]: each["rule"] for each in told["decisions"]}
    assert decided["status"] == "judgement"
    client.delete(f"/api/judgements/{answer.json()['id']}")
    assert client.get(f"/api/claims/{claim}").json()["status"] == "occurred"


def test_an_actor_can_be_named(client: TestClient) -> None:
    actor = next(each["id"] for each in client.get("/api/actors?kind=person").json()["items"])
    changes = {"name": "Ada Holm-Berg"}
    assert client.post("/api/judgements", json={"verdict": "named", "subject": actor, "changes": changes}).is_success
    assert client.get(f"/api/actors/{actor}").json()["name"] == "Ada Holm-Berg"


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"verdict": "maybe"}, "body.verdict"),
        ({"subject": "../claim"}, "body.subject"),
        ({"colour": "red"}, "body.colour"),
        ({"other": "OTHER"}, "other"),
        ({"verdict": "same"}, "other"),
        ({"verdict": "same", "other": "SELF"}, "other"),
        ({"changes": {"type": "CONSULT"}}, "changes"),
        ({"verdict": "corrected"}, "changes"),
        ({"verdict": "corrected", "changes": {"type": "MEETING"}}, "changes.type"),
        ({"verdict": "corrected", "changes": {"status": "x"}}, "changes.status"),
        ({"verdict": "corrected", "changes": {"date": "2031-13"}}, "changes.date"),
        ({"verdict": "corrected", "changes": {"actors": "actor-0"}}, "changes.actors"),
        ({"verdict": "corrected", "changes": {"modes": "<b>"}}, "changes.modes"),
        ({"verdict": "corrected", "changes": {"place": "a\u0000b"}}, "changes.place"),
        ({"verdict": "corrected", "changes": {"name": "Ada"}}, "changes.name"),
        ({"verdict": "named", "changes": {"name": "Ada"}}, "subject"),
        ({"reason": "x" * 3000}, "body.reason"),
    ],
)
def test_judgements_that_make_no_sense_are_refused(client: TestClient, changes: dict[str, Any], name: str) -> None:
    one, other = claim_ids(client)[:2]
    body = {"verdict": "confirmed", "subject": one} | changes
    if body.get("other"):
        body["other"] = {"OTHER": other, "SELF": one}[body["other"]]
    answer = client.post("/api/judgements", json=body)
    assert (answer.status_code, answer.headers["content-type"]) == (422, PROBLEM), answer.text
    assert [each["name"] for each in answer.json()["errors"]] == [name]
    assert client.get("/api/judgements?withdrawn=true").json()["items"] == []


def test_what_is_not_there_cannot_be_judged(client: TestClient) -> None:
    body = {"verdict": "confirmed", "subject": "claim-0000000000000000"}
    assert client.post("/api/judgements", json=body).status_code == 404


def test_two_claims_can_be_judged_the_same(client: TestClient) -> None:
    one, other = claim_ids(client)[:2]
    answer = client.post(
        "/api/judgements", json={"verdict": "same", "subject": other, "other": one, "reason": "same day"}
    )
    assert answer.status_code == 201
    assert sorted([answer.json()["subject"], answer.json()["other"]]) == sorted([one, other])
