"""All dates that a document gives for its publication → candidates, best first, and the one that can be trusted, if any.

What the page declares (JSON-LD, meta, microdata), prints ("Posted: Aug 08, 2024") or has in its address is evidence; what
htmldate finds only by an extensive search is a candidate and never a fact. The day that a feed or a table's column tells comes
after what the page declares and before what is found in it. A time in UTC can be a day off from the day on
which readers saw the report: a printed or local date beside it decides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lxml import etree

from communique.clean.extraction import extracted_date
from communique.clean.json_ld import JsonLd
from communique.clean.written_dates import WrittenDate, find_written_date
from communique.codebook.page_dates import load_page_dates
from communique.records import PublicationDate

EARLIEST = date(1990, 1, 1)
PUBLISHED_LABEL = re.compile(
    r"\b(?:posted|published|first published|publication date|publish date|date published|released)\b[\s:]*(?:on|at)?\s*",
    re.IGNORECASE,
)
UPDATED_LABEL = re.compile(r"\b(?:updated|modified|last update)\b[\s:]*", re.IGNORECASE)
LABEL_REACH = 45  # characters between a label and the end of its date
PRINTED_WORDS = 40
PUBLISHED_CLASS = re.compile(r"publish|pubdate|entry-date|post-date|posted|article-date|date-created", re.IGNORECASE)
URL_DAY = re.compile(r"/((?:19|20)\d\d)[/-]?(\d\d|[a-z]{3})[/-]?(\d\d)(?:[/_.-]|$)", re.IGNORECASE)
DATELINE = re.compile(
    r"^\W{0,3}(?!(?:On|In|At|By|Since|From|Until|After|Before)\b)(?:[A-ZÀ-Ý][\w.'’-]*[ ,/(]+(?:(?:and|de|la|el|of|the) )?){1,6}$"
)
DATELINE_END = re.compile(r"^\)?\s*(?:[-–—:/(]|\.\s|$)")
SOURCES_ON_TRUST = frozenset(
    {"json-ld", "meta", "microdata", "printed", "time-element", "url", "htmldate", "date-line", "dateline"}
)


@dataclass(frozen=True, slots=True)
class _Found:
    source: str
    written: WrittenDate
    told: bool = False  # it stands beside the document, not in it

    @property
    def trusted(self) -> bool:
        """What may become the publication day."""
        return self.told or self.source in SOURCES_ON_TRUST


@dataclass(frozen=True, slots=True, kw_only=True)
class Publication:
    """`published` is None when nothing can be trusted; `candidates` keeps every date, best first; `modified` the last change."""

    published: PublicationDate | None
    candidates: tuple[PublicationDate, ...]
    modified: date | None


def page_publication(
    root: etree._Element,
    markup: str,
    json_ld: JsonLd,
    url: str | None,
    lines: Sequence[str],
    fetched: date | None,
    told: PublicationDate | None = None,
) -> Publication:
    """From a page. `lines` are its visible lines; no candidate is later than the day after `fetched` (UTC).

    `told` is the day that a feed or a column gives.
    """
    found = [*_declared(root, json_ld), *_told(told), *_shown(root, url, lines)]
    latest = fetched + timedelta(days=1) if fetched else None
    for extensive, source in ((False, "htmldate"), (True, "htmldate-extensive")):
        if extensive and any(each.trusted for each in found):
            break  # the long search is for pages that declare nothing
        day = extracted_date(markup, extensive=extensive, url=url, latest=latest)
        if day:  # htmldate makes a first of the month of a mere month
            found.append(_Found("month-only" if day.day == 1 else source, WrittenDate(day, 0, 0)))
    publication = _decide(found, latest)
    modified = next((each.day for each in _modified(root, json_ld)), None)
    if modified and (modified < EARLIEST or (publication.published and modified < publication.published.day)):
        modified = None
    return Publication(published=publication.published, candidates=publication.candidates, modified=modified)


def text_publication(
    head: Iterable[str],
    first_paragraphs: Iterable[str],
    fetched: date | None,
    told: PublicationDate | None = None,
    url: str | None = None,
) -> Publication:
    """From plain text: `head` are date lines set aside above the article, `first_paragraphs` may open with a dateline."""
    found: list[_Found] = list(_told(told))
    for line in head:
        labelled = _labelled(line)
        written = labelled or (None if UPDATED_LABEL.search(line) else find_written_date(line))
        if written:
            found.append(_Found("printed" if labelled else "date-line", written))
    for line in first_paragraphs:
        written = find_written_date(line[:120])
        if written and DATELINE.match(line[: written.start]) and DATELINE_END.match(line[written.end :]):
            found.append(_Found("dateline", written))
    found += _of_address(url)
    return _decide(found, fetched + timedelta(days=1) if fetched else None)


def _told(told: PublicationDate | None) -> Iterator[_Found]:
    if told is not None:
        yield _Found(told.source, WrittenDate(told.day, 0, 0), told=True)


def _declared(root: etree._Element, json_ld: JsonLd) -> Iterator[_Found]:
    """What the page says of itself for machines."""
    sources: list[tuple[str, Iterable[str]]] = [
        ("json-ld", [json_ld.published] if json_ld.published else []),
        ("meta", _meta(root, load_page_dates().published)),
        ("microdata", _microdata(root, "datepublished")),
    ]
    for source, texts in sources:
        for text in texts:
            if written := find_written_date(text):
                yield _Found(source, written)


def _shown(root: etree._Element, url: str | None, lines: Sequence[str]) -> Iterator[_Found]:
    """What the page shows to its readers, and its address."""
    for line in lines:
        if len(line.split()) <= PRINTED_WORDS and (written := _labelled(line)):
            yield _Found("printed", written)
            break
    for text in _time_elements(root):
        if written := find_written_date(text):
            yield _Found("time-element", written)
    yield from _of_address(url)


def _of_address(url: str | None) -> Iterator[_Found]:
    if url and (match := URL_DAY.search(url)):
        year, month, day = match.groups()
        written = find_written_date(f"{year}-{month}-{day}" if month.isdigit() else f"{day} {month} {year}")
        if written:
            yield _Found("url", written)


def _decide(found: Sequence[_Found], latest: date | None) -> Publication:
    possible = [
        each
        for each in found
        if (each.told or each.written.day >= EARLIEST) and (latest is None or each.written.day <= latest)
    ]
    trusted = [each for each in possible if each.trusted]
    best = _local(trusted[0], trusted) if trusted else None
    ordered = ([best] if best else []) + possible
    candidates = tuple(dict.fromkeys(PublicationDate(day=each.written.day, source=each.source) for each in ordered))
    return Publication(published=candidates[0] if best else None, candidates=candidates, modified=None)


def _local(first: _Found, trusted: Sequence[_Found]) -> _Found:
    """The day at the place of publication, where the first candidate is a time in UTC near midnight."""
    hour = first.written.utc_hour
    if hour is None:
        return first
    for each in trusted[1:]:
        if each.written.utc_hour is None and each.source != "htmldate" and not each.told:
            difference = (each.written.day - first.written.day).days
            if (difference == -1 and hour < 12) or (difference == 1 and hour >= 10):
                return each
            if difference == 0:
                return first
    return first


def _modified(root: etree._Element, json_ld: JsonLd) -> Iterator[WrittenDate]:
    texts = [json_ld.modified or "", *_meta(root, load_page_dates().modified), *_microdata(root, "datemodified")]
    yield from (written for written in map(find_written_date, texts) if written)


def _meta(root: etree._Element, names: Sequence[str]) -> list[str]:
    contents: dict[str, str] = {}
    for element in root.iter("meta"):
        name = (element.get("property") or element.get("name") or element.get("itemprop") or "").lower()
        content = element.get("content")
        if content and name:
            contents.setdefault(name, content)
    return [contents[name] for name in names if name in contents]


def _microdata(root: etree._Element, name: str) -> list[str]:
    return [
        element.get("content") or element.get("datetime") or (element.text or "")
        for element in root.iter()
        if (element.get("itemprop") or "").lower() == name and element.tag != "meta" and isinstance(element.tag, str)
    ][:1]


def _time_elements(root: etree._Element) -> list[str]:
    """Time elements that say of themselves that they are the publication; one only, or the page is a list of reports."""
    marked = [
        each
        for each in root.iter("time")
        if each.get("pubdate") is not None or PUBLISHED_CLASS.search(each.get("class") or "")
    ]
    return [marked[0].get("datetime") or "".join(marked[0].itertext())] if len(marked) == 1 else []


def _labelled(line: str) -> WrittenDate | None:
    """The date after "Posted", "Published" …; offsets refer to the part after the label."""
    for label in PUBLISHED_LABEL.finditer(line):
        written = find_written_date(line[label.end() : label.end() + LABEL_REACH])
        if written and not UPDATED_LABEL.search(line[label.end() : label.end() + written.start]):
            return written
    return None
