"""Rows of cells → one Parquet file, with each column's description in its field's metadata (`description`).

pyarrow is imported here and only when a file is written. Written front to back, a row group at a time, so that a pipe will do.
"""

from itertools import islice
from typing import Any, BinaryIO

from communique.export.choices import Choices
from communique.export.tables.catalogue import TABLES
from communique.export.tables.column import AnyTable, ColumnType
from communique.store import Filters, Record

ROW_GROUP = 2_000  # rows in memory at once


def write_parquet(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """One row a record of the kind; gives the number of records."""
    import pyarrow as pa
    from pyarrow.parquet import ParquetWriter

    table = TABLES[(choices.kind if choices else None) or "claims"]
    schema = schema_of(table)
    rows = table.rows(record, filters)
    number = 0
    with ParquetWriter(_Forward(out), schema, compression="zstd") as writer:
        while part := list(islice(rows, ROW_GROUP)):
            columns = [
                pa.array([_storable(cell) for cell in cells], type=field.type)
                for cells, field in zip(zip(*part, strict=True), schema, strict=True)
            ]
            writer.write_table(pa.Table.from_arrays(columns, schema=schema), row_group_size=ROW_GROUP)
            number += len(part)
    return number


def schema_of(table: AnyTable) -> Any:
    """The Arrow schema of a table: the columns' types and descriptions, the table's title and kind."""
    import pyarrow as pa

    types = {
        ColumnType.TEXT: pa.string(),
        ColumnType.TEXTS: pa.list_(pa.string()),
        ColumnType.INTEGER: pa.int64(),
        ColumnType.REAL: pa.float64(),
        ColumnType.DAY: pa.date32(),
        ColumnType.TRUTH: pa.bool_(),
    }
    fields = [
        pa.field(column.name, types[column.type], metadata={"description": column.description})
        for column in table.columns
    ]
    return pa.schema(fields, metadata={"title": table.title, "kind": table.kind})


def _storable(cell: Any) -> Any:
    if isinstance(cell, str):
        return cell.encode("utf-8", "replace").decode() if not cell.isascii() else cell  # no lone surrogates
    return [_storable(each) for each in cell] if isinstance(cell, tuple) else cell


class _Forward:
    """A binary file that is only written to its end, counted here because a pipe cannot tell."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out
        self._place = 0
        self.closed = False

    def write(self, content: Any) -> int:
        """Takes bytes or a buffer of them."""
        held = bytes(content)
        self._out.write(held)
        self._place += len(held)
        return len(held)

    def tell(self) -> int:
        """How many bytes were written."""
        return self._place

    def flush(self) -> None:
        """Nothing is held back here."""

    def close(self) -> None:
        """The file itself belongs to the caller."""
        self.closed = True

    def writable(self) -> bool:
        return True

    def readable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False
