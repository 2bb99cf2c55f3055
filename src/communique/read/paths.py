"""What the user named (files, folders, patterns, `-`) → a Page or a Problem for each document, in a stable order.

A bad input never stops the others: it becomes a Problem with one line that names the file, the cause and the remedy.
What is passed over inside a folder is counted in a warning, so that nothing disappears silently.
"""

import glob
import os
import stat
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from typing import BinaryIO

from communique.read.page import MAX_BYTES, STANDARD_INPUT, make_page, problem, too_large
from communique.read.sniffing import SAMPLE_BYTES, sniff
from communique.records import Page, Problem, Severity

EXTENSIONS = frozenset({".html", ".htm", ".xhtml", ".txt", ".md"})
NAMED_SKIPS = 3  # so many skipped files are named in the warning, the others are counted


def read_paths(paths: Sequence[str], *, stdin: BinaryIO | None, own: Collection[str] = ()) -> Iterator[Page | Problem]:
    """Every document once: as named by the user, within a folder sorted by name; `-` is one document from `stdin`.

    A document read with a doubt gives its page and then a warning. No input raises an error. `own` are files of the
    program's own (the record); in a folder they are passed over without a word.
    """
    seen: set[str] = set()
    ours = frozenset(os.path.realpath(each) for each in own)
    for path in paths:
        found = _read_standard_input(stdin) if path == STANDARD_INPUT else _read_path(path, seen, ours)
        yield from found


def _read_standard_input(stdin: BinaryIO | None) -> Iterator[Page | Problem]:
    if stdin is None:
        yield problem(STANDARD_INPUT, "standard input is not available", "name a file instead of -")
        return
    try:
        content = stdin.read(MAX_BYTES + 1)
    except OSError as error:
        yield problem(STANDARD_INPUT, f"standard input broke off ({_cause(error)})", "run the command before it again")
        return
    yield from make_page(STANDARD_INPUT, content, None)


def _read_path(path: str, seen: set[str], own: frozenset[str]) -> Iterator[Page | Problem]:
    if not path or "\x00" in path:
        yield problem(path.replace("\x00", "\\0"), "is not a file name", "give the path of a file or folder")
        return
    if not os.path.lexists(path) and glob.has_magic(path):
        matches = sorted(glob.glob(path, recursive=True))
        if not matches:
            yield problem(path, "matches no file", "check the pattern and the working folder")
        for match in matches:
            yield from _read_named(match, seen, own)
        return
    yield from _read_named(path, seen, own)


def _read_named(path: str, seen: set[str], own: frozenset[str]) -> Iterator[Page | Problem]:
    """A file or folder that the user named, by itself or by a pattern."""
    path = os.path.normpath(path)
    if os.path.isdir(path):
        yield from _read_folder(path, seen, own)
    elif path not in seen:
        seen.add(path)
        yield from _read_file(path)


def _read_folder(folder: str, seen: set[str], own: frozenset[str]) -> Iterator[Page | Problem]:
    """All documents below the folder, then one warning that counts the other files. Links to folders are not followed."""
    refused: list[OSError] = []
    skipped: list[str] = []
    documents = 0
    for current, subfolders, names in os.walk(folder, onerror=refused.append):
        yield from _refusals(refused)
        subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
        for name in sorted(names):
            path = os.path.normpath(os.path.join(current, name))
            if os.path.realpath(path) in own:
                continue
            if not _is_wanted(path):
                skipped.append(path)
                continue
            documents += 1
            if path not in seen:
                seen.add(path)
                yield from _read_file(path)
    listed = len(refused)
    yield from _refusals(refused)
    if skipped:
        examples = ", ".join(os.path.relpath(path, folder) for path in skipped[:NAMED_SKIPS])
        more = f" and {len(skipped) - NAMED_SKIPS} more" if len(skipped) > NAMED_SKIPS else ""
        reason = f"{len(skipped)} {'file was' if len(skipped) == 1 else 'files were'} passed over ({examples}{more})"
        remedy = f"name them directly if they are articles; a folder is searched for {', '.join(sorted(EXTENSIONS))}"
        yield problem(folder, reason, remedy, Severity.WARNING)
    elif not documents and not listed:
        yield problem(folder, "holds no files", "name a folder with HTML or text files")


def _refusals(refused: list[OSError]) -> Iterator[Problem]:
    while refused:
        error = refused.pop(0)
        folder = os.path.normpath(str(error.filename))
        yield problem(folder, f"the folder cannot be listed ({_cause(error)})", "check the permissions of the folder")


def _is_wanted(path: str) -> bool:
    """By its extension; a file without one by its first bytes. What cannot be opened is wanted, so that it is reported."""
    name = os.path.basename(path)
    if name.startswith("."):
        return False
    extension = os.path.splitext(name)[1].lower()
    if extension:
        return extension in EXTENSIONS
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as file:
            sample = file.read(SAMPLE_BYTES)
    except OSError:
        return True
    return sniff(sample).media_type is not None


def _read_file(path: str) -> Iterator[Page | Problem]:
    """One file, at most MAX_BYTES of it in memory. `fetched_at` is the time of its last change, in UTC."""
    try:
        status = os.stat(path)
        if not (stat.S_ISREG(status.st_mode) or stat.S_ISFIFO(status.st_mode)):
            yield problem(path, "is neither a file nor a folder", "name a file, or use - for standard input")
            return
        if status.st_size > MAX_BYTES:
            yield too_large(path, status.st_size)
            return
        with open(path, "rb") as file:
            content = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        yield problem(path, "does not exist (any more)", "check the spelling and the working folder")
        return
    except PermissionError as error:
        yield problem(path, f"cannot be read ({_cause(error)})", "check its permissions")
        return
    except OSError as error:
        yield problem(path, f"cannot be read ({_cause(error)})", "check the path and the disk")
        return
    yield from make_page(path, content, _changed_at(status.st_mtime))


def _changed_at(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _cause(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
