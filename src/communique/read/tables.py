"""CSV and TSV → rows. Delimiter and quoting are read off the first lines; a row that does not fit its header is broken."""

import csv
import re
from collections import deque
from collections.abc import Iterator, Sequence
from datetime import datetime

from communique.read.lines import AsUtf8, lines_of, readable, sample_text, text_of
from communique.read.options import ReadOptions
from communique.read.page import MAX_BYTES, problem
from communique.read.rows import Broken, Fetch, Part, Row, row_pages
from communique.read.unpacking import BrokenOffError, Opened
from communique.records import Page, Problem

MAX_FIELD = 2_000_000  # characters; an article may have half of that. It bounds what a stray quotation mark swallows
DELIMITERS = ",;\t|"
QUOTED = re.compile(r'"(?:[^"]|"")*"')
QUOTED_IN_TSV = re.compile(r'(?:^|\t)"(?:[^"\t]|"")*"(?:\t|\r?$)', re.MULTILINE)
NAMED_DELIMITER = re.compile(r"sep=(.)$", re.IGNORECASE)
CORRECT = "check the quotation marks and delimiters around it"


def read_table(
    source: str, opened: Opened, options: ReadOptions, fetched_at: datetime | None, *, fetch: Fetch | None = None
) -> Iterator[Page | Problem]:
    """A page for each row that is an article; rows are numbered by the line on which they begin."""
    if csv.field_size_limit() < MAX_FIELD:
        csv.field_size_limit(MAX_FIELD)  # the module's own is below the length of long reports
    table = _Table(source, opened)
    header = table.header()
    if header is None:
        told = [part for part in table.lines.told if isinstance(part, Problem)]
        yield from told
        if not told:
            yield problem(source, "holds no rows", "check that it was written to its end")
        return
    parts = table.parts(header)
    yield from row_pages(source, parts, unit="line", options=options, fetched_at=fetched_at, header=header, fetch=fetch)


class _Lines:
    """The table's lines for the csv module; those of a row that proved broken can be given once more.

    `number` is the last line given, `of_row` the lines of the present row, `told` what the module never sees.
    """

    def __init__(self, source: str, opened: Opened) -> None:
        self.number = 0
        self.of_row: list[tuple[int, str]] = []
        self.told: list[Broken | Problem] = []
        self._source = source
        self._again: deque[tuple[int, str]] = deque()
        self._rest = self._texts(AsUtf8(opened, opened.sample))

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else next(self._rest)
        self.number = line[0]
        self.of_row.append(line)
        return line[1]

    def give_again(self) -> None:
        """All lines of the present row but its first, which is the broken one."""
        self._again.extendleft(reversed(self.of_row[1:]))
        self.number = self.of_row[0][0]

    def _texts(self, stream: AsUtf8) -> Iterator[tuple[int, str]]:
        number = 0
        try:
            for number, line in lines_of(stream):
                if line is None:
                    self.told.append(Broken(number, number, f"is longer than {MAX_BYTES / 1e6:.0f} MB", CORRECT))
                else:
                    yield number, text_of(line) + "\n"
        except BrokenOffError as error:
            self.told.append(problem(self._source, f"{error.cause}; lines up to {number:,} were read", error.remedy))


class _Table:
    """One file on its way through the csv module."""

    def __init__(self, source: str, opened: Opened) -> None:
        self.lines = _Lines(source, opened)
        self._reader: Iterator[list[str]] = iter(())
        self._sample = sample_text(opened.sample)

    def header(self) -> list[str] | None:
        """The names of the columns; None for an empty file."""
        lines = self._sample.splitlines()
        named = NAMED_DELIMITER.match(lines[0].strip()) if lines else None
        if named:
            next(self.lines, None)
        first = next((line for line in lines[1 if named else 0 :] if line.strip()), "")
        delimiter = named[1] if named else max(DELIMITERS, key=QUOTED.sub("", first).count)
        unquoted = delimiter == "\t" and not QUOTED_IN_TSV.search(self._sample)
        if unquoted:
            self._reader = csv.reader(self.lines, delimiter=delimiter, quoting=csv.QUOTE_NONE, strict=True)
        else:
            self._reader = csv.reader(self.lines, delimiter=delimiter, strict=True)
        row = self._next()
        return [readable(name) for name in row] if isinstance(row, list) else None

    def parts(self, header: Sequence[str]) -> Iterator[Part]:
        """The rows below the header. Of a broken one the first line is given up and the others are tried as rows."""
        while True:
            row = self._next()
            yield from self.lines.told
            self.lines.told.clear()
            if row is None:
                return
            first, last = self.lines.of_row[0][0], self.lines.number
            fault = _fault(row, header, one_line=first == last)
            if fault is not None:
                self.lines.give_again()
                yield Broken(first, first, fault, CORRECT)
            elif isinstance(row, list):
                values: dict[str, str] = {}
                for name, value in zip(header, row, strict=False):
                    values.setdefault(name, value)
                yield Row(first, last, values, sum(map(len, row)))

    def _next(self) -> list[str] | str | None:
        """The next row that is not empty, the csv module's complaint, or None at the end."""
        row: list[str] | None = []
        try:
            while row is not None and not any(row):
                self.lines.of_row.clear()
                row = next(self._reader, None)
        except csv.Error as error:
            return " ".join(str(error).split())
        return row


def _fault(row: list[str] | str, header: Sequence[str], *, one_line: bool) -> str | None:
    """Why it is no row of this table, None when it is. A short row on one line only lacks its last values."""
    if isinstance(row, str):
        return f"is no valid row ({row})"
    if len(row) > len(header) and any(row[len(header) :]):
        return f"has too many columns ({len(row)}, the header {len(header)})"
    if len(row) < len(header) and not one_line:
        return f"has too few columns over several lines ({len(row)}, the header {len(header)})"
    return None
