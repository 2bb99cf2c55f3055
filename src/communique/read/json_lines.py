"""JSON lines → rows: one object to a line. What is no object is a broken line; the others are read."""

import json
from collections.abc import Iterator
from datetime import datetime

from communique.read.lines import AsUtf8, lines_of, text_of
from communique.read.options import ReadOptions
from communique.read.page import MAX_BYTES, problem
from communique.read.rows import Broken, Fetch, Part, Row, row_pages
from communique.read.unpacking import BrokenOffError, Opened
from communique.records import Page, Problem

CORRECT = "correct the line or leave it out"


def read_json_lines(
    source: str, opened: Opened, options: ReadOptions, fetched_at: datetime | None, *, fetch: Fetch | None = None
) -> Iterator[Page | Problem]:
    """A page for each line that is an article."""
    parts = _parts(source, opened)
    yield from row_pages(source, parts, unit="line", options=options, fetched_at=fetched_at, fetch=fetch)


def _parts(source: str, opened: Opened) -> Iterator[Part]:
    number = 0
    try:
        for number, line in lines_of(AsUtf8(opened, opened.sample)):
            if line is None:
                yield Broken(number, number, f"is longer than {MAX_BYTES / 1e6:.0f} MB", CORRECT)
            elif line.strip():
                yield _row(number, line)
    except BrokenOffError as error:
        yield problem(source, f"{error.cause}; lines up to {number:,} were read", error.remedy)


def _row(number: int, line: bytes) -> Part:
    try:
        found = json.loads(text_of(line))
    except ValueError as error:
        return Broken(number, number, f"is no valid JSON ({_told(error)})", CORRECT)
    except RecursionError:
        return Broken(number, number, "is JSON nested too deeply", CORRECT)
    if not isinstance(found, dict):
        return Broken(number, number, "is JSON, but no object with fields", CORRECT)
    return Row(number, number, found, len(line))


def _told(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"{error.msg.lower()} at character {error.pos + 1}"
    return " ".join(str(error).split())[:80]
