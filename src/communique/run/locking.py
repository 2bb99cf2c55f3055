"""A folder that one program at a time works in. The lock goes with the program, even if that is killed."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from communique.records import StorageError

try:
    import fcntl
except ImportError:  # Windows: two runs into one record at once are then not told apart
    fcntl = None  # type: ignore[assignment]

LOCK = ".lock"


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Raises StorageError when another program has the folder. Raises OSError when no file can be made there."""
    with (folder / LOCK).open("w") as file:
        if fcntl is not None:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError as error:
                raise StorageError(
                    f"{folder}: another `communique read` is at work here; wait until it has finished, or name another "
                    "folder with --keep-shards"
                ) from error
        yield
