"""The numbered steps from an empty file to today's record, oldest first.

Each step is a file of SQL, `NNNN_name.sql`, and is never edited once a release has written records with it: a change of
the tables is the next number. A record tells its version in the table `schema_version`.
"""

import sqlite3
from collections.abc import Iterator, Sequence
from importlib.resources import files
from pathlib import Path

from sqlalchemy import Connection, text

from communique.records import StorageError


def shipped_migrations() -> tuple[str, ...]:
    """The SQL of every step, in order: step 1 first."""
    found = sorted(
        (entry for entry in files("communique.store.migrations").iterdir() if entry.name.endswith(".sql")),
        key=lambda entry: entry.name,
    )
    return tuple(entry.read_text(encoding="utf-8") for entry in found)


def record_version(connection: Connection, path: Path) -> int:
    """The version of the record, 0 for an empty file. Raises StorageError for a database that is no record."""
    tables = {row[0] for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'table'"))}
    if not tables:
        return 0
    if "schema_version" not in tables:
        raise StorageError(
            f"{path}: this is a database of another program, not a record; choose another file with --record"
        )
    return connection.execute(text("SELECT max(version) FROM schema_version")).scalar() or 0


def migrate(connection: Connection, path: Path, steps: Sequence[str]) -> None:
    """Brings the record up to the last step, all within the transaction that is open on the connection.

    Raises StorageError when the record was written by a newer version of the program.
    """
    found = record_version(connection, path)
    check_not_newer(found, len(steps), path)
    for number, step in enumerate(steps[found:], found + 1):
        for statement in _statements(step):
            connection.exec_driver_sql(statement)
        connection.execute(text("INSERT INTO schema_version (version) VALUES (:number)"), {"number": number})


def check_not_newer(found: int, known: int, path: Path) -> None:
    """Raises StorageError when the record's version is above the last one this program knows."""
    if found > known:
        raise StorageError(
            f"{path}: written by a newer version of communique (record version {found}, this program knows {known}); "
            "update communique, or read into another file with --record"
        )


def _statements(script: str) -> Iterator[str]:
    """One statement at a time: `executescript` would commit the open transaction and so break a step in two."""
    statement = ""
    for line in script.splitlines(keepends=True):
        if not statement and (not line.strip() or line.startswith("--")):
            continue
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
