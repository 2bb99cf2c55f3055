"""All formats by name: what the command line and the reading room offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from communique.export.choices import Choices
from communique.export.json_lines import write_jsonl
from communique.export.parquet import write_parquet
from communique.export.separated import write_csv
from communique.export.tables.catalogue import TABLES
from communique.store import Filters, Record


class Write(Protocol):
    """Writes what the filters keep of the record into a binary file that is open for writing; gives the number of entries.

    Streams: memory stays flat. Raises StorageError for the record, OSError for the file.
    """

    def __call__(self, record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None, /) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """`kinds` are the kinds of records that it holds, the first unless another is asked for.

    `beside` are further files: the ending of the name → how it is written; those in `extended` only on demand. `binary`: no
    terminal shows it. `extra` is the package and the name of the extra that must be installed, None where none is needed.
    """

    name: str
    title: str
    media_type: str
    extension: str
    kinds: tuple[str, ...]
    write: Write
    beside: Mapping[str, Write]
    extended: Mapping[str, Write]
    binary: bool = False
    extra: tuple[str, str] | None = None


NONE: Mapping[str, Write] = {}

FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            name="csv",
            title="Comma-separated values (RFC 4180), a row a record",
            media_type="text/csv; charset=utf-8",
            extension=".csv",
            kinds=tuple(TABLES),
            write=write_csv,
            beside=NONE,
            extended=NONE,
        ),
        Format(
            name="jsonl",
            title="JSON lines, the whole record with every span",
            media_type="application/x-ndjson",
            extension=".jsonl",
            kinds=tuple(TABLES),
            write=write_jsonl,
            beside=NONE,
            extended=NONE,
        ),
        Format(
            name="parquet",
            title="Apache Parquet with typed columns",
            media_type="application/vnd.apache.parquet",
            extension=".parquet",
            kinds=tuple(TABLES),
            write=write_parquet,
            beside=NONE,
            extended=NONE,
            binary=True,
        ),
    )
}
