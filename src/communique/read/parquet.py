"""A Parquet file → rows, batch by batch; only the columns that tell of an article are read."""

from collections.abc import Iterator
from datetime import datetime
from typing import BinaryIO

from communique.read.arrow import DamagedParquetError, ParquetTable
from communique.read.columns import NoSuchColumnError, choose_columns
from communique.read.options import ReadOptions
from communique.read.page import problem
from communique.read.rows import Broken, Fetch, Part, Row, row_pages
from communique.records import Page, Problem

AGAIN = "write or copy it again"


def read_parquet(
    source: str, file: BinaryIO, options: ReadOptions, fetched_at: datetime | None, *, fetch: Fetch | None = None
) -> Iterator[Page | Problem]:
    """A page for each row that is an article; rows are numbered from 1. `file` can seek."""
    try:
        table = ParquetTable(file)
        columns = choose_columns(table.columns, options.columns, links_suffice=fetch is not None)
    except DamagedParquetError as error:
        yield problem(source, f"is no readable Parquet file ({error})", AGAIN)
        return
    except NoSuchColumnError as error:
        yield problem(source, str(error), error.remedy)
        return
    if table.unpacked_bytes > options.max_unpacked_bytes:
        limit = f"{options.max_unpacked_bytes / 1e6:,.0f} MB"
        yield problem(source, f"unpacks to more than {limit}", "split it into smaller files")
        return
    top = [name if name in table.columns else name.partition(".")[0] for name in columns.used()]
    parts = _parts(source, table, list(dict.fromkeys(top)))
    yield from row_pages(
        source, parts, unit="row", options=options, fetched_at=fetched_at, header=table.columns, fetch=fetch
    )


def _parts(source: str, table: ParquetTable, columns: list[str]) -> Iterator[Part]:
    number = 0
    try:
        for number, row in enumerate(table.rows(columns), start=1):
            if isinstance(row, str):
                yield Broken(number, number, f"cannot be read ({row})", AGAIN)
            else:
                size = sum(len(value) for value in row.values() if isinstance(value, str | bytes))
                yield Row(number, number, row, size)
    except DamagedParquetError as error:
        yield problem(source, f"is damaged ({error}); rows up to {number:,} were read", AGAIN)
