"""What goes wrong with a record file → one StorageError that names the file, the cause and the remedy."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DatabaseError, DataError, IntegrityError, SQLAlchemyError

from communique.records import StorageError

AS_FAULT = "please report this as a fault, with the document"


class UnstorableError(StorageError):
    """One article cannot be stored as it is; the record itself is sound, and unchanged."""


# SQLite's own words (a part of them) → cause and remedy. The first that fits is taken.
CAUSES = (
    ("database or disk is full", "the disk is full; what was stored before is sound: free some space and run it again"),
    ("file is not a database", "not a record: the file is something else; choose another file with --record"),
    ("malformed", "the record is damaged; restore a copy, or read the sources again into another file with --record"),
    ("is locked", "another program is writing to it; wait until that has finished and run it again"),
    ("readonly", "it may not be written; change its permissions or choose another file with --record"),
    ("unable to open", "the file cannot be opened; check that its folder exists and that you may write there"),
    (
        "disk i/o error",
        "the disk fails when it is read or written; check the disk, or choose another file with --record",
    ),
    ("no such table", "the record lacks a table that its version has; restore a copy, or read the sources again"),
)


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turns what the database and the disk report inside the block into StorageError."""
    try:
        yield
    except (DataError, IntegrityError) as error:
        raise UnstorableError(f"{path}: refused by the record ({error.orig}); {AS_FAULT}") from error
    except DatabaseError as error:
        raise StorageError(f"{path}: {_cause(str(error.orig))}") from error
    except SQLAlchemyError as error:
        raise StorageError(f"{path}: {' '.join(str(error).split())}; {AS_FAULT}") from error
    except UnicodeEncodeError as error:
        raise UnstorableError(
            f"{path}: a text holds half of a character pair ({error.reason}) and cannot be stored; repair its encoding"
        ) from error
    except OSError as error:
        if error.errno == errno.ENOSPC:
            raise StorageError(f"{path}: {CAUSES[0][1]}") from error
        reason = error.strerror or str(error)
        raise StorageError(f"{path}: {reason}; check the file, or choose another with --record") from error


def _cause(message: str) -> str:
    lowered = message.lower()
    for words, cause in CAUSES:
        if words in lowered:
            return cause
    return f"the database refused ({message}); nothing was changed: {AS_FAULT}"
