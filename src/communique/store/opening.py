"""A path → an engine on a SQLite record: write-ahead log, foreign keys, patience with other writers.

The driver's own transactions are switched off and BEGIN is sent by us, because sqlite3 opens a transaction late and
not at all before DDL: a migration could then stop half way.
"""

import os
import sqlite3
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool

from communique.records import StorageError
from communique.store.failures import storage_errors
from communique.store.migrations import check_not_newer, migrate, record_version, shipped_migrations
from communique.store.refilling import refill

SMALLEST_RECORD = 512  # bytes: a page of the smallest size
BUSY_TIMEOUT_MS = 10_000  # how long a write waits for another writer
READERS = 8  # connections that are kept open for questions; more are opened where more are asked at once
RECYCLE_S = 60  # a kept connection is opened anew after that: the file may have been replaced by another
CACHE_KIB = 64 * 1024  # of a connection that writes: the index of a large record is written all over
LOG_PAGES = 4_000  # pages in the write-ahead log, 4 KiB each, before they are copied into the file


def open_engine(path: Path, *, create: bool, writable: bool, steps: tuple[str, ...] | None = None) -> Engine:
    """An engine on the record at `path`, brought up to the newest step; with `create` an absent file is made.

    With `writable` False the file is never changed: neither by migration nor by a log beside it, so a record on a
    read-only disk can be read. Raises StorageError when there is no record, or none that can be used.
    """
    known = shipped_migrations() if steps is None else steps
    _check_file(path, create=create)
    engine = create_engine(
        "sqlite://",
        creator=lambda: _connect(path, writable=writable),
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=-1,
        pool_recycle=RECYCLE_S,
    )
    event.listen(engine, "begin", _begin)
    with storage_errors(path):
        if writable:
            # Within one transaction: of two programs that open a new file at once, the second waits and finds it made.
            with engine.connect().execution_options(writes=True) as connection, connection.begin():
                before = record_version(connection, path)
                if not create and before == 0:
                    raise _nothing_there(path)
                migrate(connection, path, known)
                if 0 < before < len(known):
                    refill(connection, before)
        else:
            with engine.connect() as connection:
                found = record_version(connection, path)
            check_not_newer(found, len(known), path)
            if found == 0:
                raise _nothing_there(path)
            if found < len(known):
                engine.dispose()
                return open_engine(path, create=False, writable=True, steps=steps)
    return engine


def _nothing_there(path: Path) -> StorageError:
    return StorageError(
        f"{path}: there is no record here yet; make one with `communique read FILE`, or name another with --record"
    )


def _check_file(path: Path, *, create: bool) -> None:
    """What can be said better than SQLite says it."""
    if path.is_dir():
        raise StorageError(f"{path}: this is a folder, not a record; give a file with --record")
    if not path.exists():
        if not create:
            raise _nothing_there(path)
        if not path.parent.is_dir():
            raise StorageError(f"{path}: the folder {path.parent} does not exist; make it, or choose another --record")
    elif not os.access(path, os.R_OK):
        raise StorageError(f"{path}: permission denied; change the file's permissions, or choose another --record")
    elif 0 < path.stat().st_size < SMALLEST_RECORD:
        # SQLite takes a file of a few bytes for an empty one, and overwrites it. The file is not opened here to look into it:
        # closing it would take away the locks of all connections that this process has to the same record, and another
        # program that closes the record would then remove the log from under them.
        raise StorageError(f"{path}: this file is something else than a record; choose another file with --record")


def _connect(path: Path, *, writable: bool) -> sqlite3.Connection:
    address = f"file:{quote(str(path.absolute()))}"
    if not writable:
        # A record in a folder that we may not write in cannot get its log file; without a log it may be read as it lies.
        frozen = not os.access(path.parent, os.W_OK) and not path.with_name(path.name + "-wal").exists()
        address += "?immutable=1" if frozen else "?mode=ro"
    connection = sqlite3.connect(address, uri=True, isolation_level=None, check_same_thread=False)
    try:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        connection.execute("PRAGMA foreign_keys = ON")
        if writable:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
            connection.execute(f"PRAGMA wal_autocheckpoint = {LOG_PAGES}")
            connection.execute("PRAGMA synchronous = NORMAL")  # a power cut may lose the last article, never more
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def _begin(connection: Connection) -> None:
    """A write takes its lock at once: two that read first and write later would lock each other out."""
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
