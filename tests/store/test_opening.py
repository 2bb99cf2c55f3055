"""Records of all ages and files that are none: each gives a record, or one line with the cause and a remedy."""

import sqlite3
from pathlib import Path

import pytest
from handmade import RUN, coded_article, problem
from sqlalchemy import create_engine, event, inspect

from communique.records import StorageError
from communique.store import Record
from communique.store.migrations import shipped_migrations
from communique.store.opening import open_engine
from communique.store.schema import metadata


def made(path: Path) -> Path:
    with Record.open(path, create=True) as record:
        record.add(coded_article(), RUN)
    return path


def refusal(path: Path, *, create: bool = False, writable: bool = False) -> str:
    with pytest.raises(StorageError) as caught:
        Record.open(path, create=create, writable=writable)
    message = str(caught.value)
    assert message.startswith(f"{path}: ")
    assert "\n" not in message
    return message


def test_the_migrations_make_the_tables_that_the_program_expects(tmp_path: Path) -> None:
    Record.open(tmp_path / "r.db", create=True).close()
    found = inspect(create_engine(f"sqlite:///{tmp_path / 'r.db'}"))
    for table in metadata.sorted_tables:
        assert [column["name"] for column in found.get_columns(table.name)] == [column.name for column in table.c]
        nullable = {column["name"] for column in found.get_columns(table.name) if column["nullable"]}
        assert nullable == {column.name for column in table.c if column.nullable}, table.name
        keys = {tuple(key["constrained_columns"]) for key in found.get_foreign_keys(table.name)}
        assert keys == {(column.name,) for column in table.c if column.foreign_keys}, table.name
        indexed = {index["column_names"][0] for index in found.get_indexes(table.name) if index["column_names"]}
        assert indexed >= {column.name for column in table.c if column.index}, table.name


def test_an_older_record_is_migrated_and_keeps_what_it_holds(tmp_path: Path) -> None:
    path = made(tmp_path / "r.db")
    steps = (*shipped_migrations(), "ALTER TABLE runs ADD COLUMN host TEXT;\nUPDATE runs SET host = 'unknown';\n")
    for writable in (False, True):
        open_engine(path, create=False, writable=writable, steps=steps).dispose()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT host FROM runs").fetchall() == [("unknown",)]
        assert connection.execute("SELECT max(version) FROM schema_version").fetchone() == (len(steps),)


def test_a_migration_that_fails_in_the_middle_leaves_the_record_as_it_was(tmp_path: Path) -> None:
    path = made(tmp_path / "r.db")
    before = list(sqlite3.connect(path).iterdump())
    steps = (*shipped_migrations(), "CREATE TABLE half (id TEXT);\n", "INSERT INTO nowhere VALUES (1);\n")
    with pytest.raises(StorageError):
        open_engine(path, create=False, writable=True, steps=steps)
    assert list(sqlite3.connect(path).iterdump()) == before


def test_a_newer_record_is_refused_whether_read_or_written(tmp_path: Path) -> None:
    path = made(tmp_path / "r.db")
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO schema_version VALUES (99)")
    for writable in (False, True):
        assert "newer version of communique (record version 99" in refusal(path, writable=writable)


def test_the_record_is_a_write_ahead_log_with_foreign_keys(tmp_path: Path) -> None:
    path = made(tmp_path / "r.db")
    assert sqlite3.connect(path).execute("PRAGMA journal_mode").fetchone() == ("wal",)
    engine = open_engine(path, create=False, writable=True)
    with engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
        assert (connection.exec_driver_sql("PRAGMA busy_timeout").scalar() or 0) > 1000
        assert connection.exec_driver_sql("PRAGMA foreign_key_check").all() == []


@pytest.mark.parametrize(
    "content", [b"%PDF-1.7 not a record at all" * 50, b"x", b"SQLite format 3\x00" + b"\xff" * 4096]
)
def test_a_file_of_another_kind_is_refused_and_left_alone(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "other.db"
    path.write_bytes(content)
    for writable in (False, True):
        refusal(path, writable=writable)
    assert path.read_bytes() == content


def test_another_programs_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE contacts (name TEXT)")
    assert "another program" in refusal(path, create=True)


def test_an_absent_record_is_not_made_by_looking(tmp_path: Path) -> None:
    path = tmp_path / "absent.db"
    assert "communique read" in refusal(path)
    assert "communique read" in refusal(path, writable=True)
    assert not path.exists()
    path.touch()
    assert "communique read" in refusal(path)


def test_a_folder_and_a_missing_folder(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path, create=True)
    assert "does not exist" in refusal(tmp_path / "no" / "r.db", create=True)


def test_a_locked_record_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.store.opening.BUSY_TIMEOUT_MS", 50)
    path = made(tmp_path / "r.db")
    with Record.open(path, writable=True) as record:
        holder = sqlite3.connect(path, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError, match="another program is writing"):
            record.add_problem(problem())
        assert len(record.claims()) == 4, "readers go on while somebody writes"
        holder.execute("ROLLBACK")
        assert record.add_problem(problem())


def test_a_record_that_may_not_be_written_can_be_read(tmp_path: Path) -> None:
    path = made(tmp_path / "r.db")
    with Record.open(path) as record, pytest.raises(StorageError, match="may not be written"):
        record.add_problem(problem())
    with Record.open(path) as record:
        assert len(record.claims()) == 4


def test_a_full_disk_says_so_and_what_was_stored_stays(tmp_path: Path) -> None:
    path = made(tmp_path / "r.db")
    engine = open_engine(path, create=False, writable=True)
    with engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar() or 0
    big = coded_article("big.txt", coded_article().article.text + " More words follow." * 40_000)
    with Record.open(path, writable=True) as record:
        record._engine.dispose()  # what is said below holds of connections made from here on
        event.listen(record._engine, "connect", lambda each, _: each.execute(f"PRAGMA max_page_count = {pages + 2}"))
        with pytest.raises(StorageError, match="disk is full"):
            record.add(big, RUN)
        assert record.counts()["articles"] == 1
        assert record.coded_article(coded_article().article.id) == coded_article()
