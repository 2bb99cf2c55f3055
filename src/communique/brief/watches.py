"""Saved searches: what was asked and what was told already, in a small JSON file beside the record.

The file is replaced as a whole, never written into, and only one program changes it at a time; so a cron line that is stopped
half way tells the same again instead of losing it.
"""

import contextlib
import json
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

from communique.brief.asking import days_back
from communique.records import ConfigurationError, StorageError

try:
    import fcntl
except ImportError:  # Windows: two commands at once are then not told apart
    fcntl = None  # type: ignore[assignment]

NAME = re.compile(r"[\w][\w .-]{0,59}")
ENDING = ".watches.json"
VERSION = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """`since` and `until` are days (ISO) or, for `since`, a stretch as `7d`; `mail` is to whom it goes by itself.

    `told` are the keys of sentences that were told; `last` is the day of the last run (ISO), None before the first.
    """

    name: str
    about: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    since: str | None = None
    until: str | None = None
    mail: tuple[str, ...] = ()
    last: str | None = None
    told: frozenset[str] = field(default_factory=frozenset)


def watches_path(record: Path) -> Path:
    """Where the watches of a record are kept."""
    return record.with_name(record.name + ENDING)


def check_name(name: str) -> str:
    """The name. Raises ConfigurationError where it would not be one on a command line."""
    if not NAME.fullmatch(name):
        raise ConfigurationError(f"watch: {name!r} cannot be a name; use letters, digits, spaces, dots and hyphens")
    return name


def load(path: Path) -> dict[str, Watch]:
    """The watches by name; none where there is no file. Raises StorageError when it is damaged."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise StorageError(f"{path}: cannot be read ({error.strerror}); check its rights") from error
    except ValueError as error:
        raise StorageError(
            f"{path}: is damaged ({error}); correct it, or move it away and add the watches anew"
        ) from error
    try:
        if found["version"] != VERSION:
            raise StorageError(
                f"{path}: is of another version of communique ({found['version']}); bring that up to date"
            )
        return {each["name"]: _watch(each) for each in found["watches"]}
    except (KeyError, TypeError, ValueError) as error:
        raise StorageError(f"{path}: is no file of watches ({error}); move it away and add the watches anew") from error


def change(path: Path, alter: Callable[[dict[str, Watch]], dict[str, Watch]]) -> None:
    """Replaces the watches by what `alter` makes of them, as one step. Raises StorageError."""
    with _alone(path):
        _save(path, alter(load(path)))


def tell(path: Path, name: str, keys: frozenset[str], day: date) -> None:
    """Keeps that the watch told those keys. One that was removed meanwhile stays removed."""

    def alter(watches: dict[str, Watch]) -> dict[str, Watch]:
        known = watches.get(name)
        if known is None:
            return watches
        return watches | {name: replace(known, told=known.told | keys, last=day.isoformat())}

    change(path, alter)


def _watch(told: dict[str, Any]) -> Watch:
    lists: dict[str, Any] = {
        each: tuple(map(str, told.get(each, ()))) for each in ("about", "actors", "sources", "mail")
    }
    since = told.get("since")
    if since is not None and days_back(since) is None:
        date.fromisoformat(since)
    return Watch(
        name=str(told["name"]),
        since=since,
        until=told.get("until"),
        last=told.get("last"),
        told=frozenset(map(str, told.get("told", ()))),
        **lists,
    )


def _save(path: Path, watches: dict[str, Watch]) -> None:
    listed = [asdict(each) | {"told": sorted(each.told)} for _, each in sorted(watches.items())]
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with draft.open("w", encoding="utf-8") as file:
            json.dump({"version": VERSION, "watches": listed}, file, ensure_ascii=False, indent=1)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
    except OSError as error:
        raise StorageError(f"{path}: cannot be written ({error.strerror}); check its folder") from error
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Waits until no other command changes the file."""
    try:
        file = path.with_name(f".{path.name}.lock").open("w")
    except OSError as error:
        raise StorageError(f"{path}: cannot be written ({error.strerror}); check its folder") from error
    with file:
        if fcntl is not None:
            fcntl.flock(file, fcntl.LOCK_EX)
        yield
