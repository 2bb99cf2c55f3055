"""A stream of bytes with a name → its pages, by the reader for its kind. Packed streams are unpacked on the way, within bounds."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from communique.read.archives import read_archive
from communique.read.feeds import read_feed
from communique.read.json_documents import read_json
from communique.read.json_lines import read_json_lines
from communique.read.kinds import Kind, Packing, kind_of, packing_of
from communique.read.options import ReadOptions
from communique.read.page import MAX_BYTES, NOTHING_TOLD, Told, make_page, problem
from communique.read.rows import Fetch
from communique.read.sniffing import SAMPLE_BYTES
from communique.read.tables import read_table
from communique.read.unpacking import PIECE_BYTES, BrokenOffError, Opened, Source, Unpacked, read_up_to
from communique.records import Page, Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where a stream comes from. `name` decides by its extension where bytes do not; `told` is about a single document,
    `url` the stream's own address; `fetch` reads pages that a feed links to, None forbids it."""

    source: str
    name: str
    fetched_at: datetime | None = None
    url: str | None = None
    told: Told = NOTHING_TOLD
    fetch: Fetch | None = None


def read_stream(
    origin: Origin, stream: Source, options: ReadOptions, *, seekable: BinaryIO | None = None
) -> Iterator[Page | Problem]:
    """Every document in the stream. `seekable` is the file that `stream` reads, where it can be read from any place."""
    opened = Opened(stream, SAMPLE_BYTES)
    packing = packing_of(opened.sample)
    if packing is None:
        yield from _read(origin, opened, options, seekable)
        return
    inner = Opened(Unpacked(opened, packing, options.max_unpacked_bytes), SAMPLE_BYTES)
    if packing_of(inner.sample) is not None:
        yield problem(origin.source, "is packed twice", "unpack it once")
    elif packing is Packing.GZIP and seekable is not None and kind_of(origin.name, inner.sample) is Kind.ARCHIVE:
        yield from read_archive(origin.source, inner, options, seekable=seekable)
    else:
        yield from _read(origin, inner, options, None)


def _read(origin: Origin, opened: Opened, options: ReadOptions, seekable: BinaryIO | None) -> Iterator[Page | Problem]:
    source, fetched_at = origin.source, origin.fetched_at
    if not opened.sample and not opened.broken:
        yield problem(source, "is empty", "remove it from the input, or fetch it again")
        return
    match kind_of(origin.name, opened.sample):
        case Kind.JSON_LINES:
            yield from read_json_lines(source, opened, options, fetched_at, fetch=origin.fetch)
        case Kind.TABLE:
            yield from read_table(source, opened, options, fetched_at, fetch=origin.fetch)
        case Kind.PARQUET:
            yield from _read_parquet(origin, opened, options, seekable)
        case Kind.JSON:
            yield from read_json(source, opened, options, fetched_at, url=origin.url, fetch=origin.fetch)
        case Kind.FEED:
            yield from read_feed(source, opened, fetched_at, url=origin.url, fetch=origin.fetch)
        case Kind.ARCHIVE:
            yield from read_archive(source, opened, options)
        case Kind.DOCUMENT:
            try:
                content = read_up_to(opened, MAX_BYTES)
            except BrokenOffError as error:
                yield problem(source, error.cause, error.remedy)
                return
            yield from make_page(source, content, fetched_at, origin.told)


def _read_parquet(
    origin: Origin, opened: Opened, options: ReadOptions, seekable: BinaryIO | None
) -> Iterator[Page | Problem]:
    """Parquet is read from its end; a stream that is read in order is put into a nameless file first."""
    from communique.read.parquet import read_parquet  # brings pyarrow, which is slow to load and seldom needed

    if seekable is not None:
        seekable.seek(0)
        yield from read_parquet(origin.source, seekable, options, origin.fetched_at, fetch=origin.fetch)
        return
    with tempfile.TemporaryFile() as file:
        try:
            while piece := opened.read(PIECE_BYTES):
                file.write(piece)
        except (BrokenOffError, OSError) as error:
            cause = error.cause if isinstance(error, BrokenOffError) else f"cannot be unpacked ({error.strerror})"
            yield problem(origin.source, cause, "unpack it yourself")
            return
        file.seek(0)
        yield from read_parquet(origin.source, file, options, origin.fetched_at, fetch=origin.fetch)
