"""A WARC file, packed or not → the pages in it, record by record; fastwarc lives here and nowhere else.

A record cut off or damaged is a Problem. In a file packed by gzip, where each record is packed by itself, reading goes on with
the next record after the damage.
"""

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import Any, BinaryIO

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from communique.read.options import ReadOptions
from communique.read.page import MAX_BYTES, Told, make_page, problem
from communique.read.payload import UndecodableError, decoded_payload
from communique.read.rows import address_in
from communique.read.unpacking import PIECE_BYTES, BrokenOffError, Source
from communique.records import Page, Problem, Severity

WANTED = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
TEXTS = frozenset({"text/html", "application/xhtml+xml", "text/plain", "application/octet-stream", ""})
READ_STATUS = frozenset({200, 203})
MEMBER = b"\x1f\x8b\x08"  # the first bytes of a gzip member
AGAIN = "fetch the archive again"
REASONS_NAMED = 8


def read_archive(
    source: str, stream: Source, options: ReadOptions, *, seekable: BinaryIO | None = None
) -> Iterator[Page | Problem]:
    """A page for each response in HTML or text. `seekable` is the file itself when it is packed by gzip; `stream` is then
    not read. Offsets in sources are those of the records in the file as it is (packed, where `seekable` is given)."""
    archive = _Archive(source, options)
    start: int | None = 0
    while start is not None:
        if seekable is not None:
            seekable.seek(start)
        failed: Exception | None = None
        counted = _Counted(seekable or stream, start)
        try:
            yield from archive.pages(counted)
        except (OSError, ValueError, _PanickedError, BrokenOffError) as error:
            failed = error
        if archive.full:
            break
        start = None
        if isinstance(failed, BrokenOffError):
            yield problem(source, f"{failed.cause}; {archive.kept()}", failed.remedy)
        elif failed is not None:
            start = _next_member(seekable, archive.last + 1 if archive.damaged_at is None else archive.damaged_at + 1)
            yield from archive.damaged(failed, start)
    yield from archive.end()


class _PanickedError(Exception):
    """The library gave up in a way that is no ordinary exception."""


class _Counted:
    """The stream as fastwarc wants it, with the offset that it has reached."""

    def __init__(self, source: Source, start: int) -> None:
        self._source = source
        self._position = start

    def read(self, size: int = -1, /) -> bytes:
        piece = self._source.read(PIECE_BYTES if size < 0 else size)
        self._position += len(piece)
        return piece

    def tell(self) -> int:
        return self._position

    def seek(self, offset: int, whence: int = 0, /) -> int:
        raise OSError("this stream is read in order")

    def close(self) -> None:
        """The file is closed by whom it was opened."""


class _Archive:
    """One archive on its way to pages. `last` is the offset of the last sound record, `full` says that reading stopped."""

    def __init__(self, source: str, options: ReadOptions) -> None:
        self.last = -1
        self.damaged_at: int | None = None
        self.full = False
        self._source = source
        self._options = options
        self._records = 0
        self._unpacked = 0
        self._repeats = 0
        self._passed_over: Counter[str] = Counter()
        self._told_damage: set[int] = set()

    def pages(self, stream: _Counted) -> Iterator[Page | Problem]:
        """Raises what fastwarc raises for damaged data."""
        iterator: Any = _guarded(ArchiveIterator, stream, record_types=WANTED | WarcRecordType.unknown)
        while (record := _guarded(next, iterator, None)) is not None:
            self._repeats = self._repeats + 1 if record.stream_pos == self.last else 0
            content = _payload(record)
            self._records += 1
            self.last, self.damaged_at = record.stream_pos, None
            place = f"{self._source}@{self.last}" + (f"+{self._repeats}" if self._repeats else "")
            yield from self._pages_of(record, content, place)
            self._unpacked += record.content_length
            if self._unpacked > self._options.max_unpacked_bytes:
                self.full = True
                reason = f"holds more than {self._options.max_unpacked_bytes / 1e6:,.0f} MB; {self.kept()}"
                yield problem(self._source, reason, "split it, if it is right")
                return

    def _pages_of(self, record: WarcRecord, content: bytes, place: str) -> Iterator[Page | Problem]:
        head = record.http_headers if record.is_http_parsed else None
        declared = record.headers.get("WARC-Target-URI")
        if record.record_type is WarcRecordType.unknown or declared is None or len(content) < _due(record):
            yield problem(place, "is cut off or damaged", AGAIN)
            return
        address = declared.strip().removeprefix("<").removesuffix(">")
        media_type = (record.http_content_type if head else record.headers.get("Content-Type")) or ""
        status = head.status_code if head else 200
        passed_over = _unwanted(address, media_type.partition(";")[0].strip().lower(), status)
        if passed_over:
            self._passed_over[passed_over] += 1
            return
        if record.record_type is WarcRecordType.response and head is None:
            yield problem(place, "is an answer without a head", AGAIN)
            return
        coding = (head.get("Content-Encoding") or "") if head else ""
        chunked = "chunked" in ((head.get("Transfer-Encoding") or "") if head else "").lower()
        try:
            content = decoded_payload(content, coding, chunked=chunked, limit=MAX_BYTES)
        except UndecodableError as error:
            yield problem(place, str(error), AGAIN)
            return
        told = Told(url=address_in(address), encoding=record.http_charset if head else None)
        yield from make_page(place, content, _date(record), told)

    def damaged(self, error: Exception, goes_on: int | None) -> Iterator[Problem]:
        """One Problem for each stretch of damage, however many members in it are tried. `goes_on`: where reading resumes."""
        after = self.last
        self.damaged_at = goes_on
        if after in self._told_damage:
            return
        self._told_damage.add(after)
        told = " ".join(str(error).split())[:80]
        where = f"after the record at byte {after:,}" if after >= 0 else "at its beginning"
        remedy = AGAIN if goes_on is None else f"{AGAIN}; what can be read after the damage was read"
        yield problem(self._source, f"is damaged {where} ({told}); {self.kept()}", remedy)

    def kept(self) -> str:
        """What a Problem says of the part before the damage."""
        return f"{self._records:,} records before it were kept"

    def end(self) -> Iterator[Problem]:
        """What was passed over, counted."""
        total = self._passed_over.total()
        if total:
            named = [f"{count:,} × {cause}" for cause, count in self._passed_over.most_common(REASONS_NAMED)]
            rest = len(self._passed_over) - REASONS_NAMED
            others = f" and {rest} other kinds" if rest > 0 else ""
            reason = f"{total:,} of {self._records:,} records were passed over ({', '.join(named)}{others})"
            yield problem(self._source, reason, "nothing to do: only whole pages and texts are read", Severity.WARNING)
        elif not self._records:
            yield problem(self._source, "holds no pages", "check that it is a WARC file of answers", Severity.WARNING)


def _payload(record: WarcRecord) -> bytes:
    """The body of an answer, at most MAX_BYTES and one more."""
    pieces: list[bytes] = []
    room = MAX_BYTES + 1
    while room > 0 and (piece := _guarded(record.reader.read, min(room, 1 << 20))):
        pieces.append(piece)
        room -= len(piece)
    return b"".join(pieces)


def _due(record: WarcRecord) -> int:
    """How many bytes a sound record gives; more than any when its head is cut off."""
    if record.headers.get("Content-Length") is None:
        return MAX_BYTES + 2
    is_cut = record.record_type is WarcRecordType.response and not record.content_length and not record.is_http_parsed
    return MAX_BYTES + 2 if is_cut else min(record.content_length, MAX_BYTES + 1)


def _unwanted(address: str, media_type: str, status: int | None) -> str | None:
    if not address.lower().startswith(("http://", "https://")):
        return f"{address.partition(':')[0][:20]} address"
    if status not in READ_STATUS:
        return f"status {status}"
    return None if media_type in TEXTS else media_type[:60]


def _date(record: WarcRecord) -> datetime | None:
    try:
        return record.record_date
    except (ValueError, TypeError, OverflowError):
        return None


def _guarded(call: Any, *arguments: Any, **named: Any) -> Any:
    """The call's result; a panic of the library, which is no Exception, is raised as one."""
    try:
        return call(*arguments, **named)
    except BaseException as error:
        if isinstance(error, Exception | KeyboardInterrupt | SystemExit | GeneratorExit):
            raise
        raise _PanickedError(str(error)) from error


def _next_member(file: BinaryIO | None, start: int) -> int | None:
    """The offset of the next gzip member from `start` on; a few bytes that only look like one cost another attempt."""
    if file is None:
        return None
    file.seek(start)
    offset, kept = start, b""
    while piece := file.read(PIECE_BYTES):
        found = (kept + piece).find(MEMBER)
        if found >= 0:
            return offset - len(kept) + found
        offset += len(piece)
        kept = (kept + piece)[-(len(MEMBER) - 1) :]
    return None
