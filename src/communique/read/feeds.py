"""RSS and Atom → entries; feedparser lives here and nowhere else. A damaged feed gives the entries that can be read."""

import io
import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from urllib.parse import urljoin

from communique.read.days import day_of
from communique.read.entries import Entries, Entry, site_of_feed
from communique.read.page import MAX_BYTES, problem, too_large
from communique.read.rows import Fetch, address_in, title_in
from communique.read.unpacking import BrokenOffError, Opened, read_up_to
from communique.records import Page, Problem, Severity

AGAIN = "fetch it again, or tell those who publish it"
OWN_ENTITIES = re.compile(rb"<!ENTITY", re.IGNORECASE)
HEAD_BYTES = 5_000


def read_feed(
    source: str, opened: Opened, fetched_at: datetime | None, *, url: str | None = None, fetch: Fetch | None = None
) -> Iterator[Page | Problem]:
    """A page for each entry. `url` is the feed's own address where it has one; `fetch` reads linked pages, None forbids it."""
    try:
        content = read_up_to(opened, MAX_BYTES)
    except BrokenOffError as error:
        yield problem(source, error.cause, error.remedy)
        return
    if len(content) > MAX_BYTES:
        yield too_large(source, None)
        return
    if OWN_ENTITIES.search(content[:HEAD_BYTES]):
        yield problem(source, "defines entities of its own, as only a trap does", "look at it before you read it")
        return
    parsed = _parse(content, url)
    if parsed is None:
        yield problem(source, "is no feed that can be read", AGAIN)
        return
    entries = parsed.entries
    if parsed.bozo and not _other_encoding(parsed.bozo_exception):
        told = " ".join(str(parsed.bozo_exception).split())[:100]
        reason = f"is a damaged feed ({told}); {len(entries)} entries could be read"
        yield problem(source, reason, AGAIN, Severity.WARNING if entries else Severity.ERROR)
    elif not entries:
        yield problem(source, "is a feed without entries", "try again later", Severity.WARNING)
    reading = Entries(source, fetched_at, fetch)
    home = address_in(parsed.feed.get("link")) or url
    outlet = title_in(parsed.feed.get("title"))
    for number, found in enumerate(entries, start=1):
        yield from reading.pages(number, _entry(found, outlet, home))
    yield from reading.end()


def _parse(content: bytes, url: str | None) -> Any:
    """What feedparser reads; it is given a stream, so that it never takes the content for an address. None when it fails."""
    import feedparser  # type: ignore[import-untyped, unused-ignore]  # slow to load, and most documents are no feeds

    headers = {"content-type": "application/xml", **({"content-location": url} if url else {})}
    try:
        return feedparser.parse(io.BytesIO(content), response_headers=headers, sanitize_html=False)
    except Exception:  # a parser of broken markup fails in ways that are its own
        return None


def _other_encoding(told: Exception) -> bool:
    """True when all that is wrong is an encoding other than the one that was declared."""
    import feedparser  # type: ignore[import-untyped, unused-ignore]

    return isinstance(told, feedparser.CharacterEncodingOverride)


def _entry(found: dict[str, Any], outlet: str | None, home: str | None) -> Entry:
    url = address_in(found.get("link")) or _joined(home, found.get("link"))
    origin = found.get("source")
    origin_title = title_in(origin.get("title")) if isinstance(origin, Mapping) else None
    contents = [each for each in found.get("content", ()) if each.get("value", "").strip()]
    contents.sort(key=lambda each: "html" not in each.get("type", ""))
    summary = (found.get("summary") or "").strip()
    content = contents[0]["value"] if contents else None
    if content is not None and summary == content.strip():
        summary = ""
    return Entry(
        id=title_in(found.get("id")),
        title=title_in(found.get("title")),
        url=url,
        published=day_of(dict.get(found, "published")) or day_of(dict.get(found, "updated")),
        site=origin_title or site_of_feed(outlet, url, home),
        content=content,
        summary=summary or None,
    )


def _joined(home: str | None, link: object) -> str | None:
    """A link that is relative to the feed's own site."""
    try:
        return address_in(urljoin(home, link)) if home and isinstance(link, str) and link else None
    except ValueError:
        return None
