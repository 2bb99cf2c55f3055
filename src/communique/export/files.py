"""A format and a place → the finished file and those beside it: each is there whole or not at all."""

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from communique.export.choices import Choices
from communique.export.formats import Format, Write
from communique.records import ConfigurationError
from communique.store import Filters, Record

STANDARD_OUTPUT = Path("-")


def check(format: Format, place: Path, choices: Choices, *, extended: bool) -> None:
    """What can be known to be wrong before any work. Raises ConfigurationError, in one line."""
    if choices.kind is not None and choices.kind not in format.kinds:
        known = ", ".join(format.kinds)
        raise ConfigurationError(f"export {format.name}: has no {choices.kind}; --kind may be {known}")
    if format.extra is not None and not format.installed:
        package, extra = format.extra
        raise ConfigurationError(f"export {format.name}: needs {package}; pip install 'communique[{extra}]'")
    if extended and not format.extended:
        having = "its entries hold article, quotation and offsets already"
        raise ConfigurationError(f"export {format.name}: has no extended twin, {having}; leave out --extended")
    if place == STANDARD_OUTPUT:
        if extended:
            raise ConfigurationError(
                "export: --extended writes a second file beside the first; give --out a file's name"
            )
        if format.binary and sys.stdout.isatty():
            raise ConfigurationError(f"export {format.name}: is nothing for a terminal; give --out a file's name")


def export(
    record: Record, filters: Filters, format: Format, place: Path, choices: Choices, *, extended: bool = False
) -> tuple[int, tuple[Path, ...]]:
    """Writes the format to `place` (`-`: standard output) and gives the number of entries and the files.

    What belongs beside it goes to the same name with an ending of its own. Raises ConfigurationError for a place that cannot be
    written; then no file has changed.
    """
    if place == STANDARD_OUTPUT:
        number = format.write(record, filters, sys.stdout.buffer, choices)
        sys.stdout.buffer.flush()
        return number, ()
    written: dict[Path, Write] = {place: format.write}
    for ending, write in {**format.beside, **(format.extended if extended else {})}.items():
        written[place.with_name(place.name + ending)] = write
    with _files(written) as opened:
        numbers = []
        for number, (path, write) in enumerate(written.items()):
            own = choices if number == 0 else replace(choices, left_out=type(choices.left_out)())
            with _told(path):
                numbers.append(write(record, filters, opened[path], own))
    return numbers[0], tuple(written)


@contextmanager
def _files(wanted: Mapping[Path, Write]) -> Iterator[dict[Path, BinaryIO]]:
    """New files, which take their names together when all of them are whole; a failure leaves none behind."""
    opened: dict[Path, BinaryIO] = {}
    drafts: dict[Path, Path] = {}
    try:
        for path in wanted:
            with _told(path):
                real = Path(os.path.realpath(path))
                if real.is_dir():
                    raise IsADirectoryError(21, "is a folder")
                if real.exists() and not real.is_file():  # a device or a pipe
                    opened[path] = real.open("wb")
                    continue
                draft = real.with_name(f".{real.name}.{os.getpid()}.part")
                drafts[path] = draft
                opened[path] = draft.open("wb")
        yield opened
        for path, file in opened.items():
            with _told(path):
                file.flush()
                if path in drafts:
                    os.fsync(file.fileno())
                file.close()
        for path, draft in drafts.items():
            with _told(path):
                draft.replace(os.path.realpath(path))
    finally:
        for file in opened.values():
            try:
                file.close()
            except OSError:  # a full disk, told before
                continue
        for draft in drafts.values():
            draft.unlink(missing_ok=True)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError(f"{path}: cannot be written ({reason}); give --out another place") from error
