"""Events → an Atom feed (RFC 4287): those of the articles that came last, the newest article's first.

A feed is read from its top, so it holds the newest 100 events, or as many as the filters' limit; each entry quotes every report
with a link to its article, or to the marked words where the record is served.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from html import escape
from typing import BinaryIO
from xml.etree import ElementTree as Xml

from communique import __version__
from communique.export.choices import Choices
from communique.export.days import iso_of
from communique.export.gathering import address_of
from communique.export.happenings import Happening, Report, happenings
from communique.export.safe_text import for_xml, one_line
from communique.records import make_id, outlet_of
from communique.store import Filters, Record

NAMESPACE = "http://www.w3.org/2005/Atom"
ENTRIES = 100
NEWEST_ARTICLES = 300  # whose events are looked through
MOST_LISTED = 5_000  # events among which the last are sought when the newest articles give too few
UNKNOWN_DAY = date(1970, 1, 1)  # `updated` must be there: RFC 4287, section 4.1.2


def write_atom(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """One feed; gives the number of its entries."""
    chosen = choices or Choices()
    found = list(_newest(record, filters, filters.limit or ENTRIES))
    found.sort(key=lambda each: (updated(each), each.id), reverse=True)
    feed = Xml.Element("feed", xmlns=NAMESPACE)
    view = replace(filters, limit=None, after=None)
    identity = "urn:communique:events" if view == Filters() else f"urn:communique:{make_id('events', repr(view))}"
    _text(feed, "id", identity)
    _text(feed, "title", "Communiqué: events as the articles report them")
    _text(feed, "updated", _stamp(max(map(updated, found), default=UNKNOWN_DAY)))
    _text(feed, "generator", "communique").set("version", __version__)
    _text(Xml.SubElement(feed, "author"), "name", "Communiqué")
    if chosen.address and view == Filters():
        Xml.SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{chosen.address.rstrip('/')}/atom")
    feed.extend(_entry(each, chosen) for each in found)
    out.write(Xml.tostring(feed, encoding="utf-8", xml_declaration=True) + b"\n")
    return len(found)


def updated(happening: Happening) -> date:
    """The last day on which a report of it was published or, where none tells its day, obtained."""
    days = [each.article.published.day for each in happening.reports if each.article.published]
    days = days or [each.article.fetched for each in happening.reports if each.article.fetched]
    return max(days, default=UNKNOWN_DAY)


def _newest(record: Record, filters: Filters, most: int) -> Iterator[Happening]:
    """The events that fit and that the latest articles report; where these are too few, the last of the timeline too."""
    seen: set[str] = set()
    ids = [filters.article_id] if filters.article_id else [each.id for each in record.newest(NEWEST_ARTICLES)]
    whole = replace(filters, limit=None, after=None)
    for article_id in ids:
        for each in happenings(record, replace(whole, article_id=article_id), Choices(), all_statuses=True):
            if len(seen) < most and each.id not in seen:
                seen.add(each.id)
                yield each
        if len(seen) >= most:
            return
    if filters.article_id is None and record.count("events", whole) <= MOST_LISTED:
        for each in reversed(deque(happenings(record, whole, Choices(), all_statuses=True), maxlen=most)):
            if len(seen) < most and each.id not in seen:
                seen.add(each.id)
                yield each


def _entry(happening: Happening, choices: Choices) -> Xml.Element:
    entry = Xml.Element("entry")
    _text(entry, "id", f"urn:communique:{happening.id}")
    _text(entry, "title", title(happening))
    _text(entry, "updated", _stamp(updated(happening)))
    first = happening.first.article.published
    if first is not None:
        _text(entry, "published", _stamp(first.day))
    href = choices.page("events", happening.id) or _web(happening.first)
    if href:
        Xml.SubElement(entry, "link", rel="alternate", href=for_xml(href))
    Xml.SubElement(entry, "category", term=happening.own_type, scheme="urn:communique:type")
    Xml.SubElement(entry, "category", term=happening.status.value, scheme="urn:communique:status")
    _text(entry, "content", _content(happening, choices)).set("type", "html")
    return entry


def title(happening: Happening) -> str:
    """Who, to whom, what, whether it took place, when and where: `Russia → NATO: REQUEST (occurred), 2021-12-10`."""
    who = ", ".join(each.name for each in happening.actors) or "Somebody"
    whom = ", ".join(each.name for each in happening.recipients)
    circumstances = [part for part in (iso_of(happening.dates), happening.place_name) if part]
    parts = [f"{who} → {whom}" if whom else who, f": {happening.own_type} ({happening.status.value})"]
    return one_line("".join(parts) + "".join(f", {each}" for each in circumstances))


def _content(happening: Happening, choices: Choices) -> str:
    articles = f"{happening.articles} article{'' if happening.articles == 1 else 's'}"
    voices = f"{happening.voices} independent voice{'' if happening.voices == 1 else 's'}"
    disputed = f"; the reports differ about {', '.join(happening.disputed)}" if happening.disputed else ""
    lines = [f"<p>{escape(f'{articles}, {voices}{disputed}')}</p>"]
    for report in happening.reports:
        href = choices.words(report.article.id, report.claim.id) or _web(report)
        where = escape(_source(report))
        source = f'<a href="{escape(href)}">{where}</a>' if href else where
        place = f"characters {report.span.start}–{report.span.end}"
        lines.append(f"<blockquote>{escape(one_line(report.quote))}</blockquote><p>{source}, {place}</p>")
    return "".join(lines)


def _source(report: Report) -> str:
    article = report.article
    day = f", {article.published.day.isoformat()}" if article.published else ""
    address = "" if _web(report) else f", {address_of(article)}"
    return one_line(f"{outlet_of(article)}{day}{address}")


def _web(report: Report) -> str | None:
    """The article's address, if it is one that a feed reader may open."""
    url = report.article.url
    return url if url and url.startswith(("http://", "https://")) else None


def _stamp(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(parent: Xml.Element, tag: str, text: str) -> Xml.Element:
    element = Xml.SubElement(parent, tag)
    element.text = for_xml(text)
    return element
