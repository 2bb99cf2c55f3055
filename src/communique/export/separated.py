"""Rows of cells → separated values: RFC 4180 with commas for CSV, the same with tabs, in UTF-8.

Lines end with CR LF in CSV (RFC 4180, section 2.1), with LF where tabs separate. Text is guarded against spreadsheets that run it.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from typing import BinaryIO

from communique.export.choices import Choices
from communique.export.safe_text import guarded
from communique.export.tables.catalogue import TABLES
from communique.export.tables.column import Cell
from communique.store import Filters, Record

BETWEEN = "|"  # of the values of a list; one that stands in a value is written \|, a backslash \\


def write_csv(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """One row a record of the kind under a header; gives the number of records."""
    table = TABLES[(choices.kind if choices else None) or "claims"]
    header = [column.name for column in table.columns]
    return write_rows(out, header, table.rows(record, filters))


def write_rows(
    out: BinaryIO, header: Sequence[str], rows: Iterable[Sequence[Cell]], *, delimiter: str = ",", headed: bool = True
) -> int:
    """The rows as separated values; gives their number. A lone surrogate, which UTF-8 cannot hold, becomes `?`."""
    lines = io.StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n" if delimiter == "," else "\n")
    if headed:
        writer.writerow(header)
    number = 0
    for row in rows:
        number += 1
        writer.writerow([written(cell) for cell in row])
        if lines.tell() > 65_536:
            _flush(lines, out)
    _flush(lines, out)
    return number


def written(cell: Cell) -> str:
    """A cell as text; only text is guarded, so that -2.25 stays a number."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, str):
        return guarded(cell)
    if isinstance(cell, tuple):
        return guarded(BETWEEN.join(each.replace("\\", "\\\\").replace(BETWEEN, f"\\{BETWEEN}") for each in cell))
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def listed(text: str) -> tuple[str, ...]:
    """The list that `written` made this text of (one empty value and none are written alike)."""
    values, current, escaped = [], "", False
    for letter in text:
        if escaped or letter not in ("\\", BETWEEN):
            current, escaped = current + letter, False
        elif letter == "\\":
            escaped = True
        else:
            values.append(current)
            current = ""
    return (*values, current) if text else ()


def _flush(lines: io.StringIO, out: BinaryIO) -> None:
    out.write(lines.getvalue().encode("utf-8", "replace"))
    lines.seek(0)
    lines.truncate()
