"""CSV and TSV → rows. Delimiter and quoting are read off the first lines; a row that does not fit its header is broken."""

import csv
import re
from collections.abc import Iterator, Sequence
from datetime import datetime

from communique.read.lines import AsUtf8, lines_of, readable, sample_text, text_of
from communique.read.options import ReadOptions
from communique.read.page import MAX_BYTES, problem
from communique.read.rows import Broken, Part, Row, row_pages
from communique.read.unpacking import BrokenOffError, Opened
from communique.records import Page, Problem

MAX_FIELD = 2_000_000  # characters; an article may have half of that. It bounds what a stray quotation mark swallows
DELIMITERS = ",;\t|"
QUOTED = re.compile(r'"(?:[^"]|"")*"')
QUOTED_IN_TSV = re.compile(r'(?:^|\t)"(?:[^"\t]|"")*"(?:\t|\r?$)', re.MULTILINE)
NAMED_DELIMITER = re.compile(r"sep=(.)$", re.IGNORECASE)
CORRECT = "check the quotation marks and delimiters around it"


def read_table(
    source: str, opened: Opened, options: ReadOptions, fetched_at: datetime | None
) -> Iterator[Page | Problem]:
    """A page for each row that is an article; rows are numbered by the line on which they begin."""
    if csv.field_size_limit() < MAX_FIELD:
        csv.field_size_limit(MAX_FIELD)  # the module's own is below the length of long reports
    table = _Table(source, opened)
    header = table.header()
    if header is None:
        told = [part for part in table.told if isinstance(part, Problem)]
        yield from told
        if not told:
            yield problem(source, "holds no rows", "check that it was written to its end")
        return
    parts = table.parts(header)
    yield from row_pages(source, parts, unit="line", options=options, fetched_at=fetched_at, header=header)


class _Table:
    """One file on its way through the csv module. `told` are problems of lines that the module never sees."""

    def __init__(self, source: str, opened: Opened) -> None:
        self.told: list[Part] = []
        self._source = source
        self._number = 0  # lines given to the csv module or passed over
        self._first = 0  # the line on which the last row began
        self._lines = self._texts(AsUtf8(opened, opened.sample))
        self._reader: Iterator[list[str]] = iter(())
        self._sample = sample_text(opened.sample)

    def header(self) -> list[str] | None:
        """The names of the columns; None for an empty file."""
        lines = self._sample.splitlines()
        named = NAMED_DELIMITER.match(lines[0].strip()) if lines else None
        if named:
            next(self._lines, None)
        first = next((line for line in lines[1 if named else 0 :] if line.strip()), "")
        delimiter = named[1] if named else max(DELIMITERS, key=QUOTED.sub("", first).count)
        unquoted = delimiter == "\t" and not QUOTED_IN_TSV.search(self._sample)
        self._reader = csv.reader(
            self._lines, delimiter=delimiter, quoting=csv.QUOTE_NONE if unquoted else csv.QUOTE_MINIMAL
        )
        row = self._next()
        return [readable(name) for name in row] if isinstance(row, list) else None

    def parts(self, header: Sequence[str]) -> Iterator[Part]:
        """The rows below the header."""
        while True:
            row = self._next()
            first, last = self._first, self._number
            yield from self.told
            self.told.clear()
            if row is None:
                return
            if isinstance(row, str):
                yield Broken(first, last, f"is no valid row ({row})", CORRECT)
            elif len(row) > len(header) and any(row[len(header) :]):
                yield Broken(first, last, f"has {len(row)} columns, the header {len(header)}", CORRECT)
            elif len(row) < len(header) and last > first:
                yield Broken(first, last, f"has {len(row)} columns over several lines", CORRECT)
            else:
                values = dict(zip(reversed(header[: len(row)]), reversed(row[: len(header)]), strict=False))
                yield Row(first, last, values, sum(map(len, row)))

    def _next(self) -> list[str] | str | None:
        """The next row that is not empty, the csv module's complaint, or None at the end."""
        row: list[str] | None = []
        try:
            while row is not None and not any(row):
                self._first = self._number + 1
                row = next(self._reader, None)
        except csv.Error as error:
            return " ".join(str(error).split())
        return row

    def _texts(self, stream: AsUtf8) -> Iterator[str]:
        try:
            for number, line in lines_of(stream):
                self._number = number
                if line is None:
                    self.told.append(Broken(number, number, f"is longer than {MAX_BYTES / 1e6:.0f} MB", CORRECT))
                else:
                    yield text_of(line) + "\n"
        except BrokenOffError as error:
            reason = f"{error.cause}; lines up to {self._number:,} were read"
            self.told.append(problem(self._source, reason, error.remedy))
