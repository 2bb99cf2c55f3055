"""What the user named (files, folders, patterns, addresses, `-`) → a Page or a Problem for each document, in a stable order.

A file may hold one document or many (JSON lines, tables, feeds, WARC), packed or not; what it is, its bytes say, else its name.
A bad input never stops the others: it becomes a Problem with one line that names the file, the cause and the remedy.
What is passed over inside a folder is counted in a warning, so that nothing disappears silently.
"""

import glob
import os
import stat
from collections.abc import Collection, Iterator, Sequence
from datetime import UTC, datetime
from functools import partial
from typing import BinaryIO

from communique.read.addresses import is_address
from communique.read.documents import Origin, read_stream
from communique.read.fetching import Fetcher, system_fetcher
from communique.read.json_documents import holds_articles
from communique.read.kinds import BY_EXTENSION, ONLY_BY_CONTENT, PACKED_ENDINGS, Kind, extension_of, kind_of, packing_of
from communique.read.options import ReadOptions
from communique.read.page import MAX_BYTES, STANDARD_INPUT, problem, too_large
from communique.read.sniffing import SAMPLE_BYTES, sniff
from communique.read.unpacking import Opened, Unpacked
from communique.read.web import read_address, read_linked
from communique.records import Page, Problem, Severity

EXTENSIONS = frozenset(BY_EXTENSION)  # what a folder is searched for; each also packed, as in .jsonl.gz
NAMED_SKIPS = 3  # so many skipped files are named in the warning, the others are counted


def read_paths(
    paths: Sequence[str],
    *,
    stdin: BinaryIO | None = None,
    own: Collection[str] = (),
    options: ReadOptions | None = None,
    fetcher: Fetcher | None = None,
) -> Iterator[Page | Problem]:
    """Every document once: as named by the user, within a folder sorted by name; `-` is what `stdin` holds.

    A document read with a doubt gives its page and then a warning. No input raises an error. `own` are files and folders of the
    program's own (the record); in a folder they are passed over without a word. Addresses are fetched when `options` say so,
    by `fetcher` if one is given, else by one with this machine's clock and resolver.
    """
    settled = options or ReadOptions()
    fetching = fetcher or (system_fetcher(settled) if settled.fetch else None)
    reading = _Reading(settled, fetching, frozenset(os.path.realpath(each) for each in own))
    ended = False
    try:
        for path in paths:
            yield from reading.standard_input(stdin) if path == STANDARD_INPUT else reading.path(path)
        ended = True
    finally:
        if fetching is not None and fetcher is None:
            fetching.close(keep=ended)


class _Reading:
    """One run over what the user named; `seen` are the files and addresses that were read."""

    def __init__(self, options: ReadOptions, fetcher: Fetcher | None, own: frozenset[str]) -> None:
        self._options = options
        self._fetcher = fetcher
        self._own = own
        self._seen: set[str] = set()
        self._fetch = partial(read_linked, fetcher) if fetcher is not None else None

    def standard_input(self, stdin: BinaryIO | None) -> Iterator[Page | Problem]:
        """One document, or whatever else comes through a pipe."""
        if stdin is None:
            yield problem(STANDARD_INPUT, "standard input is not available", "name a file instead of -")
            return
        try:
            yield from read_stream(Origin(source=STANDARD_INPUT, name="", fetch=self._fetch), stdin, self._options)
        except OSError as error:
            reason = f"standard input broke off ({_cause(error)})"
            yield problem(STANDARD_INPUT, reason, "run the command before it again")

    def path(self, path: str) -> Iterator[Page | Problem]:
        """An address, a pattern, a file or a folder."""
        if not path or "\x00" in path:
            yield problem(path.replace("\x00", "\\0"), "is not a file name", "give the path of a file or folder")
        elif is_address(path):
            if path not in self._seen:
                self._seen.add(path)
                yield from read_address(path, self._fetcher, self._options)
        elif not os.path.lexists(path) and glob.has_magic(path):
            matches = sorted(glob.glob(path, recursive=True))
            if not matches:
                yield problem(path, "matches no file", "check the pattern and the working folder")
            for match in matches:
                yield from self._named(match)
        else:
            yield from self._named(path)

    def _named(self, path: str) -> Iterator[Page | Problem]:
        """A file or folder that the user named, by itself or by a pattern."""
        path = os.path.normpath(path)
        if os.path.isdir(path):
            yield from self._folder(path)
        elif path not in self._seen:
            self._seen.add(path)
            yield from self._file(path)

    def _folder(self, folder: str) -> Iterator[Page | Problem]:
        """All documents below the folder, then one warning that counts the others. Links to folders are not followed."""
        refused: list[OSError] = []
        skipped: list[str] = []
        documents = 0
        for current, subfolders, names in os.walk(folder, onerror=refused.append):
            yield from _refusals(refused)
            subfolders[:] = sorted(name for name in subfolders if not name.startswith("."))
            subfolders[:] = [n for n in subfolders if os.path.realpath(os.path.join(current, n)) not in self._own]
            for name in sorted(names):
                path = os.path.normpath(os.path.join(current, name))
                if os.path.realpath(path) in self._own:
                    continue
                if not _is_wanted(path):
                    skipped.append(path)
                    continue
                documents += 1
                if path not in self._seen:
                    self._seen.add(path)
                    yield from self._file(path)
        listed = len(refused)
        yield from _refusals(refused)
        if skipped:
            examples = ", ".join(os.path.relpath(path, folder) for path in skipped[:NAMED_SKIPS])
            more = f" and {len(skipped) - NAMED_SKIPS} more" if len(skipped) > NAMED_SKIPS else ""
            reason = (
                f"{len(skipped)} {'file was' if len(skipped) == 1 else 'files were'} passed over ({examples}{more})"
            )
            remedy = (
                f"name them directly if they are articles; a folder is searched for {', '.join(sorted(EXTENSIONS))}"
            )
            yield problem(folder, reason, remedy, Severity.WARNING)
        elif not documents and not listed:
            yield problem(folder, "holds no files", "name a folder with articles")

    def _file(self, path: str) -> Iterator[Page | Problem]:
        """One file, of which little is in memory at a time. `fetched_at` is the time of its last change, in UTC."""
        try:
            status = os.stat(path)
            regular = stat.S_ISREG(status.st_mode)
            if not (regular or stat.S_ISFIFO(status.st_mode)):
                yield problem(path, "is neither a file nor a folder", "name a file, or use - for standard input")
                return
            with open(path, "rb") as file:
                if regular and status.st_size > MAX_BYTES and _is_one_document(path, file):
                    yield too_large(path, status.st_size)
                    return
                changed = _changed_at(status.st_mtime)
                origin = Origin(source=path, name=path, fetched_at=changed, fetch=self._fetch)
                yield from read_stream(origin, file, self._options, seekable=file if regular else None)
        except FileNotFoundError:
            yield problem(path, "does not exist (any more)", "check the spelling and the working folder")
        except PermissionError as error:
            yield problem(path, f"cannot be read ({_cause(error)})", "check its permissions")
        except OSError as error:
            yield problem(path, f"cannot be read ({_cause(error)})", "check the path and the disk")


def is_one_document_by_name(name: str) -> bool | None:
    """Whether a file of that name is one document (True) or may hold many (False); None: a folder is not searched for it."""
    if is_address(name):
        return False
    extension = extension_of(name)
    if not extension or name == STANDARD_INPUT:
        return True
    kind = BY_EXTENSION.get(extension)
    return None if kind is None or extension in ONLY_BY_CONTENT else kind is Kind.DOCUMENT


def _refusals(refused: list[OSError]) -> Iterator[Problem]:
    while refused:
        error = refused.pop(0)
        folder = os.path.normpath(str(error.filename))
        yield problem(folder, f"the folder cannot be listed ({_cause(error)})", "check the permissions of the folder")


def _is_wanted(path: str) -> bool:
    """By its extension; a file without one, or with one that says little, by its first bytes.

    What cannot be opened is wanted, so that it is reported.
    """
    name = os.path.basename(path)
    if name.startswith("."):
        return False
    extension = extension_of(name)
    if extension and extension not in ONLY_BY_CONTENT:
        return extension in EXTENSIONS
    if not extension and os.path.splitext(name)[1].lower() in PACKED_ENDINGS:
        return False
    try:
        if not stat.S_ISREG(os.stat(path).st_mode):
            return False
        with open(path, "rb") as file:
            sample = _sample(file)
    except OSError:
        return True
    kind = kind_of(name, sample)
    if extension:
        return kind is Kind.FEED or (kind in (Kind.JSON, Kind.JSON_LINES) and holds_articles(sample))
    return kind is not Kind.DOCUMENT or sniff(sample).media_type is not None


def _sample(file: BinaryIO) -> bytes:
    """The beginning of the file's content, unpacked."""
    opened = Opened(file, SAMPLE_BYTES)
    packing = packing_of(opened.sample)
    return opened.sample if packing is None else Opened(Unpacked(opened, packing, SAMPLE_BYTES), SAMPLE_BYTES).sample


def _is_one_document(path: str, file: BinaryIO) -> bool:
    sample = file.read(SAMPLE_BYTES)
    file.seek(0)
    return packing_of(sample) is None and kind_of(path, sample) is Kind.DOCUMENT


def _changed_at(seconds: float) -> datetime | None:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        return None


def _cause(error: OSError) -> str:
    return (error.strerror or type(error).__name__).lower()
