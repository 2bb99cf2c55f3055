"""What a feed says of one report, in whatever form it came → the report's page.

A feed gives the whole text or an extract. An extract is read with its title, and a warning says that there is more; with a
fetcher at hand the linked page takes its place.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from communique.read.faults import Faults
from communique.read.page import Told, make_page, problem
from communique.read.rows import Fetch
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


class Entries:
    """The entries of one feed on their way to pages. `fetch` reads a linked page, None forbids it."""

    def __init__(self, source: str, fetched_at: datetime | None, fetch: Fetch | None) -> None:
        self.faults = Faults(source, "entry")
        self._source = source
        self._fetched_at = fetched_at
        self._fetch = fetch
        self._unchanged = 0

    def pages(self, number: int, entry: Entry) -> Iterator[Page | Problem]:
        """The page of one entry, perhaps with a warning. `number` counts the feed's entries from 1."""
        place = f"{self._source}#{entry.id or number}"
        told = Told(
            url=entry.url, title=entry.title, published=entry.published, site=entry.site, by="feed", markup=True
        )
        text = entry.content
        if text is None and entry.summary is not None and is_whole(entry.summary):
            text = entry.summary
        if text is not None:
            yield from make_page(place, text.encode("utf-8", "replace"), self._fetched_at, told)
            return
        if self._fetch is not None and entry.url is not None:
            linked = list(self._fetch(entry.url, told))
            yield from linked
            self._unchanged += not linked
            if not linked or any(isinstance(each, Page) for each in linked):
                return
        yield from self._extract(place, number, entry, told)

    def end(self) -> Iterator[Problem]:
        """What is told once for the whole feed."""
        yield from self.faults.rest()
        if self._unchanged:
            pages = "page has" if self._unchanged == 1 else "pages have"
            reason = f"{self._unchanged:,} linked {pages} not changed since they were read"
            yield problem(self._source, reason, "nothing to do", Severity.WARNING)

    def _extract(self, place: str, number: int, entry: Entry, told: Told) -> Iterator[Page | Problem]:
        to_fetch = self._fetch is None and entry.url is not None
        if entry.summary is None:
            remedy = "read the linked page with --fetch" if to_fetch else "look for the report elsewhere"
            yield from self.faults.add(number, number, "has no text, only a title", remedy, place=place)
            return
        remedy = "--fetch reads the linked page" if to_fetch else "look for the report elsewhere"
        for made in make_page(place, entry.summary.encode("utf-8", "replace"), self._fetched_at, told):
            yield made
            if isinstance(made, Page):
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
