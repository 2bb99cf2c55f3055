"""Outcomes ↔ one Parquet file, written whole or not at all. The adapter to pyarrow on this side.

One row a document, in order: what it is, who published it when, how much was coded, its bytes, and the whole coding as JSON.
The same outcomes give the same bytes. The file's own metadata holds its manifest line.
"""

import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa  # type: ignore[import-untyped, unused-ignore]
import pyarrow.parquet as pq  # type: ignore[import-untyped, unused-ignore]

from communique.records import Page, Problem, StorageError
from communique.run.manifest import ShardLine, line_of_json
from communique.run.outcomes import Failed, Outcome
from communique.store.exchange import coded_from_plain, coded_to_plain, from_plain, to_plain

LINE_KEY = b"communique.shard"  # key of the manifest line in the file's metadata
FORMAT_KEY = b"communique.format"
FORMAT = b"1"
ARTICLE, FAILED, PROBLEM = "article", "failed", "problem"
SCHEMA = pa.schema(
    [
        pa.field("kind", pa.string(), nullable=False),
        pa.field("source", pa.string(), nullable=False),
        pa.field("page_id", pa.string()),
        pa.field("article_id", pa.string()),
        pa.field("url", pa.string()),
        pa.field("site", pa.string()),
        pa.field("title", pa.string()),
        pa.field("published", pa.date32()),
        pa.field("language", pa.string()),
        pa.field("claims", pa.int32()),
        pa.field("statements", pa.int32()),
        pa.field("content", pa.binary()),
        pa.field("value", pa.string(), nullable=False),
    ]
)


class ResultsError(StorageError):
    """A file of results cannot be used; the record is sound."""


def shard_file(folder: Path, key: str) -> Path:
    """Where the result of that work lies."""
    return folder / f"{key}.parquet"


def write_shard(place: Path, line: ShardLine, outcomes: Sequence[Outcome]) -> None:
    """The file, complete and on the disk, or none. Raises StorageError naming the file and the cause."""
    schema = SCHEMA.with_metadata({LINE_KEY: line.as_json().encode("ascii"), FORMAT_KEY: FORMAT})
    table = pa.Table.from_pylist([_row(outcome) for outcome in outcomes], schema=schema)
    sink = pa.BufferOutputStream()
    pq.write_table(table, sink, compression="zstd", write_page_checksum=True, use_dictionary=False)
    write_whole(place, sink.getvalue().to_pybytes())


def write_whole(place: Path, content: bytes) -> None:
    """The bytes under that name, or nothing: never a part of them. Raises StorageError."""
    passing = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    try:
        with passing.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(passing, place)
        _sync_folder(place.parent)
    except OSError as error:
        passing.unlink(missing_ok=True)
        raise StorageError(
            f"{place}: results cannot be written ({error.strerror or error}); free some space or choose another folder "
            "with --keep-shards"
        ) from error


def _sync_folder(folder: Path) -> None:
    """The new name, too, outlives a power cut (where a folder can be opened at all)."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def line_of_file(place: Path) -> ShardLine | None:
    """The manifest line inside the file; None when the file is no shard, or a broken one."""
    try:
        metadata = pq.read_metadata(place).metadata or {}
    except (OSError, pa.ArrowException):
        return None
    if metadata.get(FORMAT_KEY) != FORMAT:
        return None
    return line_of_json(metadata.get(LINE_KEY, b"").decode("utf-8", "replace"))


def read_shard(place: Path) -> Iterator[tuple[str | None, "StoredOutcome"]]:
    """Page id (None for a problem without a page) and the outcome, still packed, of each row in order.

    Raises ResultsError when the file is no shard or is damaged.
    """
    try:
        with pq.ParquetFile(place, page_checksum_verification=True) as file:
            table = file.read(use_threads=False)
    except (OSError, pa.ArrowException) as error:
        raise ResultsError(f"{place}: not a readable file of results ({_cause(error)}); make it again") from error
    if table.schema.names != SCHEMA.names:
        raise ResultsError(f"{place}: a table, but none of results; `communique read` takes tables of articles")
    for row in table.to_pylist():
        yield row["page_id"], StoredOutcome(place, row)


def without_content(page: Page) -> Page:
    """The page without its bytes, which have a column of their own; their hash stays."""
    return replace(page, content=b"")


class StoredOutcome:
    """One row of a shard, unpacked only when it is wanted."""

    def __init__(self, place: Path, row: dict[str, Any]) -> None:
        self._place, self._row = place, row

    @property
    def source(self) -> str:
        """Where the document came from."""
        return str(self._row["source"])

    @property
    def is_article(self) -> bool:
        """False for a page that gave no article, and for a problem without a page."""
        return bool(self._row["kind"] == ARTICLE)

    def unpack(self) -> Outcome:
        """The outcome, equal to what was written. Raises ResultsError when the row does not hold one."""
        try:
            value = json.loads(self._row["value"])
            if self._row["kind"] == PROBLEM:
                return from_plain(Problem, value)
            if self._row["kind"] == FAILED:
                page = from_plain(Page, value["page"])
                return Failed(page=self._filled(page), problem=from_plain(Problem, value["problem"]))
            coded = coded_from_plain(value)
        except (ValueError, TypeError, KeyError) as error:
            raise ResultsError(
                f"{self._place}: the result of {self.source} cannot be read ({_cause(error)}); code it again with this version"
            ) from error
        return replace(coded, page=self._filled(coded.page))

    def _filled(self, page: Page) -> Page:
        return replace(page, content=self._row["content"])


def _row(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, Problem):
        return {"kind": PROBLEM, "source": _utf8(outcome.source), "value": _json(to_plain(outcome))}
    page = outcome.page
    row: dict[str, Any] = {
        "source": _utf8(page.source),
        "page_id": page.id,
        "url": _utf8(page.url),
        "content": page.content,
    }
    if isinstance(outcome, Failed):
        value = {"page": to_plain(without_content(page)), "problem": to_plain(outcome.problem)}
        return row | {"kind": FAILED, "value": _json(value)}
    article = outcome.article
    return row | {
        "kind": ARTICLE,
        "article_id": article.id,
        "url": _utf8(article.url),
        "site": _utf8(article.site),
        "title": _utf8(article.title),
        "published": article.published.day if article.published else None,
        "language": article.language,
        "claims": len(outcome.claims),
        "statements": len(outcome.statements),
        "value": _json(coded_to_plain(replace(outcome, page=without_content(page)))),
    }


def _json(value: Any) -> str:
    """JSON that a person can read; escaped as ASCII only where a text holds half of a character pair."""
    told = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    try:
        told.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, separators=(",", ":"))
    return told


def _utf8(text: str | None) -> str | None:
    return None if text is None else text.encode("utf-8", "backslashreplace").decode("utf-8")


def _cause(error: Exception) -> str:
    return " ".join(str(error).split())[:200] or type(error).__name__
