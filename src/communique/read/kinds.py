"""A file's name and first bytes → which reader takes it, and how it is packed.

Names lie, so bytes that leave no doubt come first; the extension settles what bytes cannot (a table looks like prose).
"""

import json
import os
import re
from enum import StrEnum

from communique.read.sniffing import HTML_OPENING, wide_encoding


class Kind(StrEnum):
    """The forms in which articles come. A DOCUMENT is one article, all others may hold many."""

    DOCUMENT = "document"
    JSON_LINES = "JSON lines"
    JSON = "JSON"
    TABLE = "table"
    PARQUET = "Parquet"
    FEED = "feed"
    ARCHIVE = "WARC"


class Packing(StrEnum):
    """How a file is compressed."""

    GZIP = "gzip"
    BZIP2 = "bzip2"
    XZ = "xz"
    ZSTD = "zstd"


BY_EXTENSION = {
    ".html": Kind.DOCUMENT,
    ".htm": Kind.DOCUMENT,
    ".xhtml": Kind.DOCUMENT,
    ".txt": Kind.DOCUMENT,
    ".md": Kind.DOCUMENT,
    ".jsonl": Kind.JSON_LINES,
    ".ndjson": Kind.JSON_LINES,
    ".json": Kind.JSON,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".parquet": Kind.PARQUET,
    ".rss": Kind.FEED,
    ".atom": Kind.FEED,
    ".xml": Kind.FEED,
    ".warc": Kind.ARCHIVE,
}
ONLY_BY_CONTENT = frozenset({".xml", ".json"})  # in a folder most of them are something else
PACKED_ENDINGS = {
    ".gz": Packing.GZIP,
    ".bz2": Packing.BZIP2,
    ".xz": Packing.XZ,
    ".zst": Packing.ZSTD,
}
PACKED_BY = {
    b"\x1f\x8b": Packing.GZIP,
    b"BZh": Packing.BZIP2,
    b"\xfd7zXZ\x00": Packing.XZ,
    b"\x28\xb5\x2f\xfd": Packing.ZSTD,
}
FEED_OPENING = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]{0,200}\?>\s*)?(?:<\?[^>]{0,500}\?>\s*|<!--.{0,2000}?-->\s*|<!DOCTYPE\s+(?!html)[^>\[]{0,300}(?:\[.{0,20000}?\]\s*)?>\s*)*"
    rb"<(?:rss|(?:\w+:)?feed|rdf:RDF)[\s>]",
    re.IGNORECASE | re.DOTALL,
)
JSON_FEED = re.compile(rb'"version"\s*:\s*"https?:\\?/\\?/(?:www\.)?jsonfeed\.org')
JSON_BLANK = b" \t\r\n\xef\xbb\xbf"
OBJECTS = re.compile(rb"\[\s*(?:\{|\])")
WIDE_FEED = re.compile(r"\s*(?:<\?xml[^>]{0,200}\?>\s*)?<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)


def extension_of(name: str) -> str:
    """The last ending, lower case, without that of a packing: `.jsonl` of `news.JSONL.gz`; may be empty."""
    stem, ending = os.path.splitext(os.path.basename(name))
    if ending.lower() in PACKED_ENDINGS:
        ending = os.path.splitext(stem)[1]
    return ending.lower()


def packing_of(sample: bytes) -> Packing | None:
    """By its first bytes."""
    return next((packing for signature, packing in PACKED_BY.items() if sample.startswith(signature)), None)


def kind_of(name: str, sample: bytes) -> Kind:
    """`sample` is the beginning of the unpacked content. Never raises; what nothing else claims is a document."""
    by_content = _by_content(sample)
    if by_content is not None:
        return by_content
    by_name = BY_EXTENSION.get(extension_of(name), Kind.DOCUMENT)
    if by_name is Kind.FEED or (by_name is Kind.JSON and not _opens_json(sample)):
        return Kind.DOCUMENT  # a page in XHTML, some other XML: as before
    if by_name in (Kind.PARQUET, Kind.ARCHIVE):
        return Kind.DOCUMENT  # it lacks the signature: the document's reader says what it is
    if by_name in (Kind.TABLE, Kind.JSON_LINES) and HTML_OPENING.match(sample[:2_000].decode("utf-8", "replace")):
        return Kind.DOCUMENT  # a page of an error in place of a download
    return by_name


def _by_content(sample: bytes) -> Kind | None:
    if sample.startswith(b"PAR1"):
        return Kind.PARQUET
    if sample.startswith(b"WARC/"):
        return Kind.ARCHIVE
    if FEED_OPENING.match(sample):
        return Kind.FEED
    wide = wide_encoding(sample)
    if wide:
        return Kind.FEED if WIDE_FEED.match(sample[:4_000].decode(wide, "replace").lstrip("\ufeff")) else None
    return _json_kind(sample.lstrip(JSON_BLANK), complete=len(sample) < 2_000)


def _json_kind(opening: bytes, *, complete: bool) -> Kind | None:
    """JSON Feed and arrays are read whole; objects, one to a line, are streamed."""
    if opening.startswith(b"["):
        return Kind.JSON if OBJECTS.match(opening) else None
    if not opening.startswith(b"{"):
        return None
    first, line_end, rest = opening.partition(b"\n")
    if JSON_FEED.search(opening[:4_000]) and not rest.lstrip().startswith(b"{"):
        return Kind.JSON
    if _is_object(first):
        return Kind.JSON_LINES
    if not line_end and not complete and re.match(rb'\{\s*"[^"\n]{1,200}"\s*:', first):
        return Kind.JSON_LINES  # a first line longer than the sample
    if re.match(rb'\{\s*\n\s*"[^"\n]{1,200}"\s*:', opening):
        return Kind.JSON  # one object over several lines
    return None


def _opens_json(sample: bytes) -> bool:
    return sample.lstrip(JSON_BLANK)[:1] in (b"{", b"[")


def _is_object(line: bytes) -> bool:
    try:
        found = json.loads(line.decode("utf-8", "surrogateescape"))
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and bool(found)
