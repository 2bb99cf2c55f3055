"""A JSON file read whole: a JSON Feed, a list of articles, an answer of a search interface that holds one, a single article."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from communique.read.columns import has_text_column, named
from communique.read.days import day_of
from communique.read.entries import Entries, Entry, site_of_feed
from communique.read.lines import AsUtf8
from communique.read.options import ReadOptions
from communique.read.page import problem
from communique.read.rows import Broken, Fetch, Part, Row, address_in, row_pages, title_in
from communique.read.unpacking import BrokenOffError, Opened, read_up_to
from communique.records import Page, Problem, Severity

MAX_JSON_BYTES = 50_000_000  # in memory it takes some ten times as much; JSON lines have no such bound
MAX_DEPTH = 3


def read_json(
    source: str,
    opened: Opened,
    options: ReadOptions,
    fetched_at: datetime | None,
    *,
    url: str | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Page | Problem]:
    """A page for each article in it; `url` is a feed's own address where it has one."""
    try:
        content = read_up_to(AsUtf8(opened, opened.sample), MAX_JSON_BYTES)
    except BrokenOffError as error:
        yield problem(source, error.cause, error.remedy)
        return
    if len(content) > MAX_JSON_BYTES:
        limit = f"{MAX_JSON_BYTES / 1e6:.0f} MB"
        yield problem(
            source, f"is one JSON value of more than {limit}", "write it as JSON lines, one article to a line"
        )
        return
    try:
        found = json.loads(content.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError) as error:
        told = " ".join(str(error).split())[:80]
        yield problem(source, f"is no valid JSON ({told})", "correct it; JSON lines are named .jsonl")
        return
    if isinstance(found, dict) and "jsonfeed.org/" in str(found.get("version", "")):
        yield from _feed(source, found, fetched_at, url, fetch)
        return
    rows = _rows(found, options, MAX_DEPTH)
    if rows is None:
        has = f"; its fields are {named([str(name) for name in found])}" if isinstance(found, dict) else ""
        yield problem(source, f"holds no articles that can be told{has}", "name their text with --column text=COLUMN")
        return
    parts = (_part(number, each) for number, each in enumerate(rows, start=1))
    yield from row_pages(source, parts, unit="entry", options=options, fetched_at=fetched_at, fetch=fetch)


def holds_articles(sample: bytes) -> bool:
    """Whether JSON found in a folder looks like articles, by the names in its first bytes."""
    names = [part.rpartition(b'"')[2].decode("utf-8", "replace") for part in sample.split(b'":')]
    return has_text_column(names) or b"jsonfeed.org" in sample


def _part(number: int, found: object) -> Part:
    if not isinstance(found, dict):
        return Broken(number, number, "is no object with fields", "leave it out")
    return Row(number, number, found, 1_000)


def _rows(found: object, options: ReadOptions, depth: int) -> list[Any] | None:
    """The list of objects in it that has texts; an object with a text is a list of one."""
    wished = {column.partition(".")[0] for field, column in options.columns if field == "text"}
    if isinstance(found, list):
        return found if any(isinstance(each, dict) for each in found[:100]) else None
    if not isinstance(found, dict) or depth == 0:
        return None
    lists = [each for each in found.values() if isinstance(each, list | dict)]
    for each in lists:
        rows = _rows(each, options, depth - 1)
        if rows and any(isinstance(row, dict) and _is_article(row, wished) for row in rows[:100]):
            return rows
    return [found] if _is_article(found, wished) else None


def _is_article(row: Mapping[str, object], wished: set[str]) -> bool:
    return not wished.isdisjoint(row) or has_text_column(row)


def _feed(
    source: str, feed: Mapping[str, Any], fetched_at: datetime | None, url: str | None, fetch: Fetch | None
) -> Iterator[Page | Problem]:
    """A JSON Feed, version 1 or 1.1 (jsonfeed.org)."""
    items = feed.get("items")
    items = items if isinstance(items, list) else []
    if not items:
        yield problem(source, "is a feed without entries", "try again later", Severity.WARNING)
    reading = Entries(source, fetched_at, fetch)
    home = address_in(feed.get("home_page_url")) or address_in(feed.get("feed_url")) or url
    for number, item in enumerate(items, start=1):
        if not isinstance(item, dict):
            yield from reading.faults.add(number, number, "is no object with fields", "tell those who publish it")
            continue
        address = address_in(item.get("url")) or address_in(item.get("external_url"))
        entry = Entry(
            id=title_in(item.get("id")),
            title=title_in(item.get("title")),
            url=address,
            published=day_of(item.get("date_published")) or day_of(item.get("date_modified")),
            site=site_of_feed(title_in(feed.get("title")), address, home),
            content=_text(item, "content_html") or _text(item, "content_text"),
            summary=_text(item, "summary"),
        )
        yield from reading.pages(number, entry)
    yield from reading.end()


def _text(item: Mapping[str, Any], name: str) -> str | None:
    text = item.get(name)
    return text if isinstance(text, str) and text.strip() else None
