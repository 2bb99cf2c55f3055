"""Bytes and where they came from → a Page, or a Problem that says in one line why they are no document."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from communique.read.sniffing import sniff
from communique.records import MediaType, Page, Problem, Severity, make_id, make_problem

MAX_BYTES = 20_000_000  # of one document; the longest articles seen are below 3 MB
STANDARD_INPUT = "-"
MARKUP = re.compile(rb"</?(?:a|b|blockquote|br|div|em|h[1-6]|i|img|li|p|span|strong|ul)(?:\s[^<>]*)?/?>", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What stands beside a document: in its feed, its row, its archive record or its answer's head. `by` names the teller
    of title, day and outlet ("feed", "column"); `encoding` is a declared one; `markup`: text with a single tag is HTML too."""

    url: str | None = None
    title: str | None = None
    published: date | None = None
    site: str | None = None
    by: str | None = None
    encoding: str | None = None
    markup: bool = False


NOTHING_TOLD = Told()


def make_page(
    source: str, content: bytes, fetched_at: datetime | None, told: Told = NOTHING_TOLD
) -> Iterator[Page | Problem]:
    """The page, after it a warning when it holds stray NUL bytes; or one Problem.

    The page's id is made from source and content, and what was told of it where something was: the same file read twice
    is the same page, the same bytes found in two places are two pages (linking tells that they are copies).
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
        id=make_id("page", source, content_hash, *_identity(told)),
        source=source,
        content=content,
        content_hash=content_hash,
        media_type=MediaType.HTML if told.markup and MARKUP.search(content) else sniffed.media_type,
        url=told.url,
        fetched_at=fetched_at,
        encoding=told.encoding,
        title=told.title,
        published=told.published,
        site=told.site,
        told_by=told.by if told.title or told.published or told.site else None,
    )
    if sniffed.nul_bytes:
        reason = f"holds {sniffed.nul_bytes} NUL bytes, which were left out"
        yield problem(source, reason, "check that the file was not damaged on the way", Severity.WARNING)


def _identity(told: Told) -> tuple[str, ...]:
    day = told.published.isoformat() if told.published else ""
    parts = (told.url or "", told.title or "", day, told.site or "")
    return parts if any(parts) else ()


def too_large(source: str, size: int | None) -> Problem:
    """The Problem of a document above MAX_BYTES; `size` in bytes where known."""
    found = f"{size / 1e6:.0f} MB" if size is not None else "more"
    reason = f"is too large ({found}; the limit is {MAX_BYTES / 1e6:.0f} MB a document)"
    return problem(source, reason, "split it into one file for each article")


def problem(source: str, reason: str, remedy: str, severity: Severity = Severity.ERROR) -> Problem:
    """A Problem of this room; signs that are no characters, as a line of JSON may spell them, become question marks."""
    reason = reason.encode("utf-8", "replace").decode()
    return make_problem(stage="read", source=source, reason=reason, remedy=remedy, severity=severity)
