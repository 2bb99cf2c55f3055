"""A record of version 1 comes to the newest version with all it held, and answers as one that was made anew."""

import sqlite3
from dataclasses import replace
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from handmade import RUN, TEXT, coded_article, problem

from communique.store import Filters, Record
from communique.store.migrations import shipped_migrations

SOURCES = ("wire/talks.txt", "wire/copy.txt", "gazette/talks.txt")


def fill(path: Path) -> Path:
    with Record.open(path, create=True) as record:
        for source in SOURCES:
            coded = coded_article(source, TEXT, None if source == SOURCES[1] else date(2031, 3, 4))
            record.add(replace(coded, claims=tuple(replace(each, like=None) for each in coded.claims)), RUN)
        record.add_problem(problem())
    return path


def of_version_1(path: Path, like: Path) -> Path:
    """A record of version 1 that holds what the other one does."""
    with sqlite3.connect(path) as connection:
        connection.executescript(shipped_migrations()[0])
        connection.execute("INSERT INTO schema_version VALUES (1)")
        connection.execute("ATTACH ? AS newer", (str(like),))
        named = "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'article_words%'"
        for (table,) in connection.execute(named).fetchall():
            if table in ("schema_version", "judgements"):
                continue
            columns = ", ".join(f'"{row[1]}"' for row in connection.execute(f"PRAGMA main.table_info({table})"))
            connection.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM newer.{table}")
    return path


def index_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """What the inverted index and the names hold, with terms as words."""
    with sqlite3.connect(path) as connection:
        queries = {
            "postings": "SELECT p.kind, t.text, p.reach, p.day, p.ends, p.number, p.position "
            "FROM postings p JOIN terms t ON t.id = p.term",
            "tallies": "SELECT y.kind, t.text, y.number FROM tallies y JOIN terms t ON t.id = y.term WHERE y.number > 0",
            "actor_keys": 'SELECT "key", actor_id, articles FROM actor_keys',
            "name_words": "SELECT word, actor_id FROM name_words",
            "actors": "SELECT id, mentions, articles FROM actors",
            "articles": "SELECT id, outlet FROM articles",
            "claims": "SELECT id, confidence, article_number FROM claims",
            "cast": "SELECT article_id, actor_id, mentions, keys, seen, article_number FROM cast_members",
        }
        return {name: sorted(connection.execute(sql).fetchall()) for name, sql in queries.items()}


@pytest.mark.parametrize("writable", [False, True], ids=["opened to be read", "opened to be written"])
def test_an_old_record_becomes_equal_to_a_new_one(tmp_path: Path, writable: bool) -> None:
    new = fill(tmp_path / "new.db")
    old = of_version_1(tmp_path / "old.db", new)
    with Record.open(old, writable=writable) as migrated, Record.open(new) as fresh:
        told: list[str] = []
        for record in (migrated, fresh):
            out = StringIO()
            record.dump(out)
            told.append(out.getvalue())
        assert told[0] == told[1]
        for filters in (
            Filters(),
            Filters(actors=("Norland", "SDR")),
            Filters(places=("NRL",)),
            Filters(sources=("wire",)),
        ):
            assert migrated.claims(filters) == fresh.claims(filters)
            assert migrated.count("claims", filters) == fresh.count("claims", filters)
        assert migrated.cast() == fresh.cast()
        assert migrated.unlinked() == fresh.unlinked()
    assert index_of(old) == index_of(new)


def test_an_old_record_is_written_on(tmp_path: Path) -> None:
    old = of_version_1(tmp_path / "old.db", fill(tmp_path / "new.db"))
    with Record.open(old, writable=True) as record:
        assert record.add(coded_article("herald/talks.txt"), RUN)
        assert record.count("claims") == 16
        assert [entry.outlet for entry in record.outlets()] == ["wire", "gazette", "herald"]
