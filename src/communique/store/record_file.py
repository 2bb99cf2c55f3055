"""A path → a record file that questions and changes can be put to, each in one transaction.

Questions take connections from a pool. Changes share one connection, which stays open: its cache stays warm, and the
write-ahead log is not copied into the file at the end of every one.
"""

import threading
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, update

from communique.store import schema_index as index
from communique.store.failures import storage_errors
from communique.store.opening import open_engine

T = TypeVar("T")


class RecordFile(AbstractContextManager["RecordFile"]):
    """A record file. Every method raises StorageError, in one line, when the file cannot be read or written."""

    def __init__(self, engine: Engine, path: Path) -> None:
        self.path = path
        self._engine = engine
        self._writer: Connection | None = None
        self._one_writer = threading.Lock()

    @classmethod
    def open(cls, path: Path | str, *, create: bool = False, writable: bool = False) -> Self:
        """The record at `path`; `create` makes an absent one (and means `writable`). Raises StorageError."""
        place = Path(path)
        return cls(open_engine(place, create=create, writable=writable or create), place)

    def __enter__(self) -> Self:
        return self

    def close(self) -> None:
        """Lets go of the file."""
        with self._one_writer:
            self._let_go()
        self._engine.dispose()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _read(self, question: Callable[[Connection], T]) -> T:
        with storage_errors(self.path), self._engine.connect() as connection, connection.begin():
            return question(connection)

    def _write(self, change: Callable[[Connection], bool]) -> bool:
        """Carries the change out whole or not at all; a change that tells it changed something makes a new revision."""
        with storage_errors(self.path), self._one_writer:
            if self._writer is None:
                self._writer = self._engine.connect().execution_options(writes=True)
            try:
                with self._writer.begin():
                    changed = change(self._writer)
                    if changed:
                        own = index.revision
                        self._writer.execute(update(own).values(number=own.c.number + 1))
                    return changed
            except BaseException:
                self._let_go()
                raise

    def _let_go(self) -> None:
        if self._writer is not None:
            self._writer.invalidate()  # not back into the pool: it may be in any state
            self._writer.close()
            self._writer = None
