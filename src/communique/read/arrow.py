"""pyarrow lives here: a Parquet file → its rows one at a time, and zstd → its content."""

from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, Protocol

import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

BATCH_ROWS = 64  # of articles, some 300 KB
BUFFER_BYTES = 1 << 20  # without it a whole column of a row group is in memory, which may be all the texts
UNREADABLE = (pa.ArrowException, ValueError, OverflowError, LookupError)  # LookupError: a time zone nobody knows


class Readable(Protocol):
    """A stream of content."""

    def read(self, size: int = -1, /) -> bytes: ...


class DamagedParquetError(Exception):
    """pyarrow cannot read (on); the message is its own, in one line."""


class ParquetTable:
    """An open Parquet file. `columns` are its names at the top, `unpacked_bytes` what its columns unpack to."""

    def __init__(self, file: BinaryIO) -> None:
        """Raises DamagedParquetError."""
        try:
            self._file = pq.ParquetFile(file, memory_map=False, pre_buffer=False, buffer_size=BUFFER_BYTES)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise DamagedParquetError(_one_line(error)) from error
        self.columns: tuple[str, ...] = tuple(self._file.schema_arrow.names)
        groups = [self._file.metadata.row_group(number) for number in range(self._file.metadata.num_row_groups)]
        self.unpacked_bytes: int = sum(group.total_byte_size for group in groups)

    def rows(self, columns: Sequence[str]) -> Iterator[dict[str, Any] | str]:
        """The values of those columns, row by row, or what is wrong with the row.

        Raises DamagedParquetError after the rows that can be read.
        """
        batches = self._file.iter_batches(batch_size=BATCH_ROWS, columns=list(columns), use_threads=False)
        while True:
            try:
                batch = next(batches, None)
            except (pa.ArrowException, OSError, ValueError) as error:
                raise DamagedParquetError(_one_line(error)) from error
            if batch is None:
                return
            columns_here = dict(zip(batch.schema.names, map(_coarser, batch.columns), strict=True))
            for number in range(batch.num_rows):
                try:
                    row = {name: column[number].as_py() for name, column in columns_here.items()}
                except UNREADABLE as error:
                    yield _one_line(error)
                else:
                    yield row


def open_zstd(packed: Any) -> Readable:
    """A stream of unpacked content; its `read` raises OSError for damaged data."""
    stream: Readable = pa.CompressedInputStream(pa.PythonFile(packed, mode="r"), "zstd")
    return stream


def _coarser(column: Any) -> Any:
    """Times in nanoseconds as microseconds, which Python has."""
    if pa.types.is_timestamp(column.type) and column.type.unit == "ns":
        return column.cast(pa.timestamp("us", column.type.tz), safe=False)
    return column


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:160] or type(error).__name__
