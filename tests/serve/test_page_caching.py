"""Pages are kept for readers, never beyond a change of the record, and never for who has signed in."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from handmade import RUN, coded_article
from linked_room import make_linked_record
from reading_room import WRITE, asking, make_room

from communique.serve.pages import caching
from communique.store import Record

HTML = {"accept": "text/html"}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    make_linked_record(tmp_path / "talks.db")
    return tmp_path / "talks.db"


@pytest.fixture
def client(path: Path) -> Iterator[TestClient]:
    with asking(make_room(path, write=True)) as made:
        yield made


def add_article(path: Path, source: str) -> None:
    with Record.open(path, writable=True) as record:
        record.add(coded_article(source), RUN)


def articles(client: TestClient) -> int:
    return client.get("/articles", headers=HTML).text.count('class="headline title"')


def test_a_kept_page_is_the_same_page_with_the_same_headers(client: TestClient) -> None:
    first, second = (client.get("/timeline?actor=Norland", headers=HTML) for _ in range(2))
    assert first.text == second.text
    assert {name: first.headers[name] for name in ("content-type", "content-security-policy")} == {
        name: second.headers[name] for name in ("content-type", "content-security-policy")
    }


def test_an_unchanged_record_is_not_asked_twice(client: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "FRESH_SECONDS", 0.0)
    assert articles(client) == 2

    def refuse(*_: object) -> None:
        raise AssertionError("the record was asked again")

    monkeypatch.setattr(Record, "articles_slice", refuse)
    assert articles(client) == 2


def test_a_changed_record_is_shown_when_the_moment_is_over(
    client: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "FRESH_SECONDS", 3600.0)
    assert articles(client) == 2
    add_article(path, "later.txt")
    assert articles(client) == 2
    monkeypatch.setattr(caching, "FRESH_SECONDS", 0.0)
    assert articles(client) == 3


def test_who_has_signed_in_sees_a_change_at_once(
    client: TestClient, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caching, "FRESH_SECONDS", 3600.0)
    assert articles(client) == 2
    client.post("/login", data={"token": WRITE, "name": "Mara"})
    add_article(path, "later.txt")
    assert articles(client) == 3
    assert "Sign out Mara" in client.get("/articles", headers=HTML).text
    client.cookies.clear()
    assert "Sign out Mara" not in client.get("/articles", headers=HTML).text


def test_the_shelf_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "KEPT_BYTES", 1_000)
    shelf = caching.Shelf()
    for number in (*range(15), 14):  # the last one twice: it takes the place of itself
        shelf.keep(f"/{number}", caching.Kept("1", 0.0, b"x" * 100, "text/html"))
    assert [number for number in range(15) if shelf.find(f"/{number}") is not None] == list(range(5, 15))
