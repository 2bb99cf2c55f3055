"""Rows of a table (JSON lines, CSV, Parquet) → a Page for each, what is broken as Problems; memory stays flat.

The first rows are looked at together, to see which columns there are and how dates are written; the others pass one by one.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from itertools import chain
from urllib.parse import urlsplit

from communique.read.columns import Columns, NoSuchColumnError, choose_columns, named
from communique.read.days import Order, day_of, is_ambiguous, order_of
from communique.read.faults import Faults
from communique.read.lines import bytes_of, readable
from communique.read.options import ReadOptions
from communique.read.page import Told, make_page, problem
from communique.records import Page, Problem, Severity

HEAD_ROWS = 500
HEAD_BYTES = 8_000_000
MAX_COLUMNS = 1_000  # names that are remembered; lines of JSON may each bring new ones
MAX_TITLE = 500  # characters; what is longer is no title
NO_ADDRESS = re.compile("[\\s\ud800-\udfff]")
EMPTY = frozenset({"", "nan", "none", "null", "n/a", "na", "-", "untitled", "no title", "[removed]", "<na>"})
NAMES_INSIDE = (
    "name",
    "title",
    "rendered",
    "domain",
    "href",
    "id",
    "text",
    "value",
)  # of an object in place of a string
INLINE_TAG = re.compile(
    r"</?(?:a|abbr|b|br|cite|em|font|h[1-6]|i|mark|p|q|small|span|strong|sub|sup|u)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
TEXTS_INSIDE = ("text", "rendered", "html", "value", "body", "content")


@dataclass(frozen=True, slots=True)
class Row:
    """`first` and `last` are its line numbers (or both its row number); `size` about its bytes."""

    first: int
    last: int
    values: Mapping[str, object]
    size: int


@dataclass(frozen=True, slots=True)
class Broken:
    """A part of the table that gives no row, and why."""

    first: int
    last: int
    cause: str
    remedy: str


Part = Row | Broken | Problem
Fetch = Callable[
    [str, Told], Iterator[Page | Problem]
]  # gives nothing for a page that has not changed since it was read


def row_pages(
    source: str,
    parts: Iterator[Part],
    *,
    unit: str,
    options: ReadOptions,
    fetched_at: datetime | None,
    header: Sequence[str] | None = None,
    fetch: Fetch | None = None,
) -> Iterator[Page | Problem]:
    """`header` are the columns where the table has such a thing; otherwise they are those of the first rows.

    `fetch` reads the page that a row without text links to; None forbids it.
    """
    faults = Faults(source, unit)
    head = list(_head(parts))
    present = list(header) if header is not None else _keys(head)
    if not present or not head:
        yield from _without_rows(source, chain(head, parts), faults, unit)
        return
    try:
        columns = choose_columns(present, options.columns, links_suffice=fetch is not None)
    except NoSuchColumnError as error:
        yield problem(source, str(error), error.remedy)
        return
    if columns.only_summary:
        reason = f"has no column of whole texts; only the extracts in {columns.of['text'][0]} were read"
        yield problem(source, reason, "name a better one with --column text=COLUMN, if there is one", Severity.WARNING)
    order = order_of(row.values.get(name) for row in head if isinstance(row, Row) for name in columns.of["date"])
    pages = _Pages(source, options, columns, order, dict.fromkeys(present), fetched_at, faults, fetch)
    for part in chain(head, parts):
        if isinstance(part, Row):
            yield from pages.of(part)
        elif isinstance(part, Broken):
            yield from faults.add(part.first, part.last, part.cause, part.remedy)
        else:
            yield part
    yield from faults.rest()
    yield from pages.warnings(unit)


def _head(parts: Iterator[Part]) -> Iterator[Part]:
    size = 0
    for number, part in enumerate(parts, start=1):
        yield part
        size += part.size if isinstance(part, Row) else 0
        if number >= HEAD_ROWS or size > HEAD_BYTES:
            return


def _keys(head: Sequence[Part]) -> list[str]:
    found = dict.fromkeys(key for part in head if isinstance(part, Row) for key in part.values)
    return list(found)[:MAX_COLUMNS]


def _without_rows(source: str, parts: Iterator[Part], faults: Faults, unit: str) -> Iterator[Problem]:
    nothing = True
    for part in parts:
        nothing = False
        if isinstance(part, Broken):
            yield from faults.add(part.first, part.last, part.cause, part.remedy)
        elif isinstance(part, Problem):
            yield part
    yield from faults.rest()
    if nothing:
        yield problem(source, f"holds no {unit}s", "check that it was written to its end")


class _Pages:
    """The rows of one table on their way to pages; counts what is told once at the end."""

    def __init__(
        self,
        source: str,
        options: ReadOptions,
        columns: Columns,
        order: Order,
        known: dict[str, None],
        fetched_at: datetime | None,
        faults: Faults,
        fetch: Fetch | None,
    ) -> None:
        self._source = source
        self._options = options
        self._columns = columns
        self._order = order
        self._known = known
        self._fetched_at = fetched_at
        self._faults = faults
        self._fetch = fetch
        self._unchanged = 0
        self._ambiguous = 0
        self._ambiguous_example = ""
        self._doubts = 0
        self._first_doubt = 0

    def of(self, row: Row) -> Iterator[Page | Problem]:
        """The row's page, or what is wrong with the row."""
        if len(self._known) < MAX_COLUMNS and not row.values.keys() <= self._known.keys():
            self._known |= dict.fromkeys(row.values)
            links_suffice = self._fetch is not None
            self._columns = choose_columns([*self._known], self._options.columns, links_suffice=links_suffice)
        content, told = self._content(row), self._told(row)
        if content is None and self._fetch is not None and told.url is not None:
            linked = list(self._fetch(told.url, told))
            yield from linked
            self._unchanged += not linked
            return
        if content is None:
            has = named([name for name, value in row.values.items() if value not in (None, "")])
            yield from self._faults.add(row.first, row.last, f"has no text (it has {has})", "fill in its text")
            return
        source = f"{self._source}#{self._own_id(row) or row.first}"
        for made in make_page(source, content, self._fetched_at, told):
            if isinstance(made, Page):
                yield made
            elif made.severity is Severity.ERROR:
                yield from self._faults.add(row.first, row.last, made.reason, made.remedy)
            else:
                self._doubts += 1
                self._first_doubt = self._first_doubt or row.first

    def warnings(self, unit: str) -> Iterator[Problem]:
        """What was doubtful in rows that were read."""
        if self._ambiguous:
            reason = (
                f"{self._ambiguous:,} dates such as {self._ambiguous_example} can be read as two days and were left out"
            )
            yield problem(self._source, reason, "write them as YYYY-MM-DD", Severity.WARNING)
        if self._unchanged:
            pages = "page has" if self._unchanged == 1 else "pages have"
            reason = f"{self._unchanged:,} linked {pages} not changed since they were read"
            yield problem(self._source, reason, "nothing to do", Severity.WARNING)
        if self._doubts:
            reason = f"{self._doubts:,} {unit}s hold NUL bytes, which were left out (first {unit} {self._first_doubt})"
            yield problem(self._source, reason, "check that it was not damaged on the way", Severity.WARNING)

    def _content(self, row: Row) -> bytes | None:
        for value in self._values(row, "text"):
            if isinstance(value, bytes) and value.strip():
                return value
            text = text_in(value)
            if text is not None and text.strip().lower() not in EMPTY:
                return bytes_of(text)
        return None

    def _told(self, row: Row) -> Told:
        title = next((title for value in self._values(row, "title") if (title := title_in(value))), None)
        site = next((site for value in self._values(row, "source") if (site := site_in(value))), None)
        url = next((url for value in self._values(row, "url") if (url := address_in(value))), None)
        if url is None:
            others = [*self._values(row, "id"), *self._values(row, "source")]
            url = next((url for value in others if (url := address_in(value))), None)
        published = None
        for value in self._values(row, "date"):
            published = day_of(value, self._order)
            if published is not None:
                break
            if is_ambiguous(value):
                self._ambiguous += 1
                self._ambiguous_example = self._ambiguous_example or str(value)
        return Told(url=url, title=title, published=published, site=site, by="column")

    def _own_id(self, row: Row) -> str | None:
        """The row's id, where the user named its column: then it tells the row better than its number."""
        if "id" not in self._columns.wished:
            return None
        return next((name for value in self._values(row, "id") if (name := title_in(value))), None)

    def _values(self, row: Row, field: str) -> Iterator[object]:
        for column in self._columns.of[field]:
            value: object = row.values.get(column)
            if value is None and "." in column:
                value = row.values
                for name in column.split("."):
                    value = value.get(name) if isinstance(value, Mapping) else None
            if value is not None:
                yield value


def text_in(value: object) -> str | None:
    """A text as it stands, a list of paragraphs, or the text inside an object."""
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence) and not isinstance(value, bytes):
        texts = [text for each in value if (text := text_in(each)) is not None]
        return "\n\n".join(texts) if texts else None
    if isinstance(value, Mapping):
        return next((text for name in TEXTS_INSIDE if (text := text_in(value.get(name))) is not None), None)
    return None


def title_in(value: object) -> str | None:
    """One line without entities; a number is written out."""
    if isinstance(value, Mapping):
        return next((found for name in NAMES_INSIDE if (found := title_in(value.get(name)))), None)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(value) if value == value else None
    if not isinstance(value, str):
        return None
    title = readable(INLINE_TAG.sub("", unescape(value)))
    return title if title.lower() not in EMPTY and len(title) <= MAX_TITLE else None


def site_in(value: object) -> str | None:
    """The outlet's name; of an address its host without www."""
    name = title_in(value)
    if name is not None and name.lower().startswith(("http://", "https://")):
        try:
            name = urlsplit(name).hostname
        except ValueError:
            return None
    return name.removeprefix("www.") if name else None


def address_in(value: object) -> str | None:
    """A web address, None for anything else."""
    address = value.strip() if isinstance(value, str) else ""
    if not address.lower().startswith(("http://", "https://")) or NO_ADDRESS.search(address):
        return None
    try:
        return address if urlsplit(address).hostname else None
    except ValueError:
        return None
