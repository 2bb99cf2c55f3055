"""Bytes and where they came from → a Page, or a Problem that says in one line why they are no document."""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from communique.read.sniffing import sniff
from communique.records import Page, Problem, Severity, make_id, make_problem

MAX_BYTES = 20_000_000  # of one document; the longest articles seen are below 3 MB
STANDARD_INPUT = "-"


def make_page(source: str, content: bytes, fetched_at: datetime | None) -> Iterator[Page | Problem]:
    """The page, after it a warning when it holds stray NUL bytes; or one Problem.

    The page's id is made from source and content: the same file read twice is the same page, the same bytes found in
    two places are two pages (linking tells that they are copies).
    """
    if len(content) > MAX_BYTES:
        yield too_large(source, None)
        return
    if not content.strip():
        yield problem(source, "is empty", "remove it from the input, or fetch it again")
        return
    sniffed = sniff(content)
    if sniffed.media_type is None:
        yield problem(source, f"is {sniffed.what}, not a web page or text", "save the article as HTML or plain text")
        return
    content_hash = hashlib.sha256(content).hexdigest()
    yield Page(
        id=make_id("page", source, content_hash),
        source=source,
        content=content,
        content_hash=content_hash,
        media_type=sniffed.media_type,
        fetched_at=fetched_at,
    )
    if sniffed.nul_bytes:
        reason = f"holds {sniffed.nul_bytes} NUL bytes, which were left out"
        yield problem(source, reason, "check that the file was not damaged on the way", Severity.WARNING)


def too_large(source: str, size: int | None) -> Problem:
    """The Problem of a document above MAX_BYTES; `size` in bytes where known."""
    found = f"{size / 1e6:.0f} MB" if size is not None else "more"
    reason = f"is too large ({found}; the limit is {MAX_BYTES / 1e6:.0f} MB a document)"
    return problem(source, reason, "split it into one file for each article")


def problem(source: str, reason: str, remedy: str, severity: Severity = Severity.ERROR) -> Problem:
    """A Problem of this room."""
    return make_problem(stage="read", source=source, reason=reason, remedy=remedy, severity=severity)
