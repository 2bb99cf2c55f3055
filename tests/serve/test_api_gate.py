"""The gate: what never reaches a handler, and what every answer says to the browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from reading_room import BASE, BEARER, READ, WRITE, asking, make_record, make_room

from communique.serve.access import COOKIE
from communique.serve.rates import Rate
from communique.serve.security import MAX_BODY_BYTES
from communique.serve.site import static_url

PROBLEM = "application/problem+json"


@pytest.fixture
def record(tmp_path: Path) -> Path:
    return make_record(tmp_path / "talks.db")


@pytest.fixture
def reading(record: Path) -> Iterator[TestClient]:
    with asking(make_room(record)) as client:
        yield client


@pytest.fixture
def writing(record: Path) -> Iterator[TestClient]:
    with asking(make_room(record, write=True)) as client:
        yield client


@pytest.mark.parametrize("path", ["/healthz", "/nothing-here", "/api/claims", "/openapi.json", "/static/nothing.css"])
def test_every_answer_keeps_script_and_frames_out(reading: TestClient, path: str) -> None:
    headers = reading.get(path).headers
    policy = headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_only_files_whose_address_tells_their_content_are_kept_for_long(reading: TestClient) -> None:
    address = static_url("icon.svg")
    assert "immutable" in reading.get(address).headers["cache-control"]
    assert reading.get("/static/nothing.css?v=1").headers["cache-control"] == "private, no-cache"
    assert reading.get("/api/claims?v=1").headers["cache-control"] == "private, no-cache"


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "localhost@evil.example", "[::1", "169.254.169.254"]
)
def test_other_names_of_this_machine_are_refused(reading: TestClient, host: str) -> None:
    answer = reading.get("/healthz", headers={"host": host})
    assert answer.status_code == 421
    assert answer.headers["content-type"] == PROBLEM


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "[::1]:9", "LOCALHOST"])
def test_names_of_this_machine_are_answered(reading: TestClient, host: str) -> None:
    assert reading.get("/healthz", headers={"host": host}).status_code == 200


def test_a_read_only_server_refuses_every_change(reading: TestClient) -> None:
    for method in ("POST", "PUT", "DELETE", "PATCH"):
        answer = reading.request(method, "/api/articles", headers=BEARER)
        assert (answer.status_code, answer.headers["content-type"]) == (403, PROBLEM)
        assert "--write" in answer.json()["detail"]


def test_writing_needs_the_token(writing: TestClient) -> None:
    for headers in ({}, {"authorization": "Bearer guess"}, {"cookie": f"{COOKIE}=guess"}):
        answer = writing.post("/api/judgements", json={}, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert writing.post("/api/judgements", json={}, headers=BEARER).status_code == 422


def test_a_cookie_alone_does_not_write(writing: TestClient) -> None:
    assert writing.post("/login", data={"token": WRITE, "next": "/"}).status_code == 303
    assert writing.post("/api/judgements", json={}).status_code == 403
    access = writing.app.state.site.access  # type: ignore[attr-defined]
    word = access.visitor(None, writing.cookies[COOKIE]).csrf
    assert writing.post("/api/judgements", json={}, headers={"x-csrf-token": word}).status_code == 422
    assert writing.post("/api/judgements", json={}, headers={"x-csrf-token": word[:-1]}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_what_another_site_sends_is_refused(writing: TestClient, headers: dict[str, str]) -> None:
    answer = writing.post("/api/judgements", json={}, headers=BEARER | headers)
    assert answer.status_code == 403
    assert writing.post("/api/judgements", json={}, headers=BEARER | {"origin": BASE}).status_code == 422


def test_the_cookie_is_for_this_site_and_not_for_script(writing: TestClient) -> None:
    told = writing.post("/login", data={"token": WRITE}).headers["set-cookie"].lower()
    assert "httponly" in told
    assert "samesite=strict" in told
    assert "path=/" in told


def test_the_printed_link_signs_in_once(record: Path) -> None:
    app = make_room(record, read_token=READ)
    code = app.state.site.access.one_time_code()
    with asking(app) as client:
        assert client.get("/api/articles").status_code == 401
        assert client.get(f"/enter/{code}").status_code == 200
        assert client.get("/api/articles").status_code == 200
    with asking(app) as client:
        assert client.get(f"/enter/{code}").status_code == 403


def test_with_a_read_token_nothing_is_shown_without_it(record: Path) -> None:
    with asking(make_room(record, read_token=READ)) as client:
        for path in ("/api/claims", "/openapi.json", "/nothing-here"):
            assert client.get(path).status_code == 401
        led = client.get("/timeline?actor=A", headers={"accept": "text/html"})
        assert (led.status_code, led.headers["location"]) == (303, "/login?next=%2Ftimeline%3Factor%3DA")
        assert client.get("/healthz").status_code == 200
        assert client.get("/openapi.json", headers={"authorization": f"Bearer {READ}"}).status_code == 200
        assert client.post("/api/judgements", headers={"authorization": f"Bearer {READ}"}).status_code == 403


def test_bodies_are_bounded_by_their_told_length(writing: TestClient) -> None:
    answer = writing.post("/api/articles", content=b"x" * (MAX_BODY_BYTES + 1), headers=BEARER)
    assert answer.status_code == 413


def test_bodies_are_bounded_while_they_arrive(writing: TestClient) -> None:
    sent = 0

    def endless() -> Iterator[bytes]:
        nonlocal sent
        while sent < 4 * MAX_BODY_BYTES:
            sent += 100_000
            yield b"x" * 100_000

    answer = writing.post("/api/articles", content=endless(), headers=BEARER | {"content-type": "text/plain"})
    assert answer.status_code == 413


def test_long_addresses_are_refused(reading: TestClient) -> None:
    assert reading.get("/api/claims?words=" + "x" * 9_000).status_code == 414


def test_too_many_requests_wait(record: Path) -> None:
    with asking(make_room(record, rates={"read": Rate(0.1, 2)})) as client:
        found = [client.get("/healthz") for _ in range(3)]
    assert [each.status_code for each in found] == [200, 200, 429]
    assert int(found[-1].headers["retry-after"]) >= 1


def test_guessing_tokens_is_slowed(record: Path) -> None:
    with asking(make_room(record, write=True, rates={"sign-in": Rate(0.01, 3)})) as client:
        wrong = {"authorization": "Bearer guess"}
        found = [client.post("/api/judgements", headers=wrong).status_code for _ in range(4)]
        assert found == [401, 401, 401, 429]
        assert client.post("/login", data={"token": "guess"}).status_code == 429


def test_a_fault_of_the_program_shows_nothing_of_it(record: Path, caplog: pytest.LogCaptureFixture) -> None:
    app = make_room(record)

    def broken() -> None:
        raise RuntimeError("secret of the inside")

    app.add_api_route("/api/broken", broken)
    with asking(app) as client:
        answer = client.get("/api/broken")
    assert (answer.status_code, answer.headers["content-type"]) == (500, PROBLEM)
    assert "secret" not in answer.text
    assert "content-security-policy" in answer.headers
    assert "secret of the inside" in caplog.text


def test_a_record_that_cannot_be_read_is_told_without_its_path(record: Path) -> None:
    app = make_room(record)
    record.write_bytes(b"SQLite format 3\x00" + b"\xff" * 5_000)
    with asking(app) as client:
        answer = client.get("/api/claims")
    assert answer.status_code == 503
    assert str(record) not in answer.text
    assert record.name not in answer.text


def routes_of(router: Any) -> Iterator[Any]:
    """Every route, also of the routers that were included."""
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if inner is not None:
            yield from routes_of(inner)
        else:
            yield route


def test_every_route_that_changes_something_asks_for_a_writer(record: Path) -> None:
    from communique.serve.security import require_writer

    found = 0
    for route in routes_of(make_room(record, write=True)):
        unsafe = set(getattr(route, "methods", None) or ()) - {"GET", "HEAD", "OPTIONS"}
        if unsafe and route.path not in ("/login", "/logout"):
            found += 1
            calls = [each.call for each in route.dependant.dependencies]
            assert require_writer in calls, f"{unsafe} {route.path} asks nobody whether he may"
    assert found >= 3
