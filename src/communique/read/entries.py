"""What a feed says of one report, in whatever form it came → the report's page.

A feed gives the whole text or an extract. An extract is read with its title, and a warning says that there is more; with a
fetcher at hand the linked page takes its place.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from communique.read.faults import Faults
from communique.read.page import Told, make_page, problem
from communique.records import Page, Problem, Severity

WHOLE_WORDS = 150  # of a description above which it is the report and not an extract
CUT_OFF = re.compile(
    r"(?:\.\.\.|…|\[(?:\.\.\.|…|&#8230;|&hellip;)\]|&hellip;|read (?:more|on)\W*|continue reading\W*)\s*(?:</?\w[^>]*>\s*)*$",
    re.I,
)
TAG = re.compile(r"<[^>]{0,2000}>")
PARTS = re.compile(r"\s+[|–—·•»:-]+\s+|:\s+|\s+>\s+")
LETTERS = re.compile(r"[\W_]+")
SHORT_LABEL = 3  # letters, as in com, org, co

Fetch = Callable[[str, Told], Iterator[Page | Problem]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One report of a feed. `content` is the whole text (HTML or not), `summary` an extract of it; None where absent."""

    id: str | None
    title: str | None
    url: str | None
    published: date | None
    site: str | None
    content: str | None
    summary: str | None


def entry_pages(
    source: str, number: int, entry: Entry, fetched_at: datetime | None, faults: Faults, fetch: Fetch | None
) -> Iterator[Page | Problem]:
    """The page of one entry, perhaps with a warning. `number` counts the feed's entries from 1."""
    place = f"{source}#{entry.id or number}"
    told = Told(url=entry.url, title=entry.title, published=entry.published, site=entry.site, by="feed", markup=True)
    text = entry.content
    if text is None and entry.summary is not None and is_whole(entry.summary):
        text = entry.summary
    if text is not None:
        yield from make_page(place, text.encode("utf-8", "replace"), fetched_at, told)
        return
    if fetch is not None and entry.url is not None:
        arrived = False
        for found in fetch(entry.url, told):
            arrived |= isinstance(found, Page) or found.severity is Severity.WARNING
            yield found
        if arrived:
            return
    if entry.summary is None:
        remedy = "read the linked page with --fetch" if fetch is None and entry.url else "look for the report elsewhere"
        yield from faults.add(number, number, "has no text, only a title", remedy, place=place)
        return
    extract = entry.summary
    for made in make_page(place, extract.encode("utf-8", "replace"), fetched_at, told):
        yield made
        if isinstance(made, Page):
            remedy = "--fetch reads the linked page" if fetch is None and entry.url else "look for the report elsewhere"
            yield problem(place, "only a summary was there, and only it was read", remedy, Severity.WARNING)


def is_whole(description: str) -> bool:
    """True for a description that is the report itself: long, and not cut off."""
    return len(TAG.sub(" ", description).split()) >= WHOLE_WORDS and not CUT_OFF.search(description)


def site_of_feed(title: str | None, address: str | None, home: str | None) -> str | None:
    """The outlet in a feed's title ("World | Harbour Gazette"): the part that the entry's host is named after.

    A title in one part is the name where the entry stands on the feed's own site. Where neither tells, None: the host is name
    enough, and better than a section or a collector of other outlets' reports.
    """
    parts = [part.strip() for part in PARTS.split(title or "") if part.strip()]
    host = _host(address or home)
    named_after = [
        part for part in parts if len(key := LETTERS.sub("", part).lower()) > 2 and key in LETTERS.sub("", host)
    ]
    if named_after:
        return named_after[0]
    own_site = address is None or home is None or _domain(host) == _domain(_host(home))
    return parts[0] if len(parts) == 1 and own_site else None


def _host(address: str | None) -> str:
    try:
        return urlsplit(address or "").hostname or ""
    except ValueError:
        return ""


def _domain(host: str) -> str:
    """The last two labels, and one more where the last but one is a short common one ("co.uk")."""
    labels = host.split(".")
    wanted = 3 if len(labels) > 2 and len(labels[-2]) <= SHORT_LABEL and len(labels[-1]) == SHORT_LABEL - 1 else 2
    return ".".join(labels[-wanted:])
