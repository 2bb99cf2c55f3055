"""`communique read` with tables and addresses: the options reach the reader, and refusals are one line."""

import json
import sys
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from calling import Command
from handmade import TEXT

from communique.store import Record

sys.path.insert(0, str(Path(__file__).parent.parent / "read"))
from webbing import send, serving


def test_columns_by_name_and_by_wish(command: Command, folder: Path) -> None:
    (folder / "news.jsonl").write_text(json.dumps({"leib": TEXT, "tag": "2022-01-11"}) + "\n", encoding="utf-8")
    code, _, err = command("read", "news.jsonl")
    assert code == 1
    assert "its columns are leib, tag" in err
    code, out, err = command("read", "news.jsonl", "--column", "text=leib", "--column", "date=tag")
    assert (code, err) == (0, "")
    assert out.startswith("Read 1 article into communique.db (1 new or recoded)")
    with Record.open(folder / "communique.db") as record:
        assert [article.source for article in record.articles()] == ["news.jsonl#1"]


@pytest.mark.parametrize(
    ("pair", "cause"),
    [("text", "is not NAME=COLUMN"), ("body=text", "body is no field; it may be id, title, text, url, date, source")],
)
def test_a_column_option_that_means_nothing(command: Command, folder: Path, pair: str, cause: str) -> None:
    code, out, err = command("read", "news.jsonl", "--column", pair)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert cause in err
    assert not (folder / "communique.db").exists()


def test_nothing_is_fetched_unless_asked_for(command: Command, folder: Path) -> None:
    code, _, err = command("read", "https://harbour.example/news")
    assert code == 1
    assert err.startswith("communique: https://harbour.example/news: is an address")
    assert "--fetch" in err


def test_fetching_and_asking_again(command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.read.fetching.time.sleep", lambda seconds: None)

    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path != "/news":
            send(handler, b"", 404)
        elif handler.headers.get("If-None-Match") == "v1":
            send(handler, b"", 304)
        else:
            send(handler, TEXT.encode(), Content_Type="text/plain", ETag="v1")

    with serving(answer) as base:
        refused = command("read", f"{base}/news", "--fetch")
        assert "loopback address" in refused[2]
        code, out, _ = command("read", f"{base}/news", "--fetch", "--allow-private")
        assert (code, out.partition(" into")[0]) == (0, "Read 1 article")
        code, out, err = command("read", f"{base}/news", "--fetch", "--allow-private")
        assert code == 0
        assert out == "Nothing has changed since it was fetched; communique.db is as it was.\n"
        assert "has not changed since it was read" in err
    assert (folder / "communique.db-fetched.json").is_file()
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    assert "passed over" not in command("read", ".")[2]
