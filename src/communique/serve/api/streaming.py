"""A view of any size → a file in the asked format, sent while it is read: memory stays flat, and a reader that leaves ends it.

JSON lines are the items of the API itself. The other formats are written by `export` into a small pipe, from which the answer
is taken; when the visitor goes away, or takes nothing for a minute, the writing stops.
"""

import io
import json
import queue
import threading
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any, BinaryIO, cast

from anyio import CapacityLimiter
from anyio.to_thread import run_sync
from fastapi import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Receive, Scope, Send

from communique.export.choices import Choices
from communique.export.formats import FORMATS, Write
from communique.serve.api.kinds import Listing
from communique.serve.problems import RefusedError
from communique.serve.query import View
from communique.store import Record

JSON_LINES = "jsonl"
CHUNK = 200  # records told at once
PIECE_BYTES = 65_536
PIECES_AHEAD = 4
PATIENCE_SECONDS = 60.0
TURN_SECONDS = 0.5  # after which either end of a pipe looks whether the other is still there
MOST_STREAMS = 8  # at once: each keeps a thread and a connection to the record


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """A format of the whole view: `write` puts it into a binary file."""

    name: str
    media_type: str
    extension: str
    write: Callable[[Record, Listing, View, BinaryIO], None]
    attached: bool = True  # a file to be kept; else to be read where it is, as feeds are


def downloads_of(kind: str) -> Mapping[str, Download]:
    """The formats that one kind of list has, by name."""
    lines = Download(name=JSON_LINES, media_type="application/x-ndjson", extension=".jsonl", write=_write_lines)
    found = {JSON_LINES: lines}
    for name, each in FORMATS.items():
        if kind in each.kinds and each.installed and name not in (JSON_LINES, "json"):
            # Plain application/json is what pages of the list are.
            media_type = f"application/vnd.{name}+json" if each.media_type == "application/json" else each.media_type
            found[name] = Download(
                name=name, media_type=media_type, extension=each.extension, write=written_by(each.write)
            )
    return found


def asked_format(request: Request, downloads: Mapping[str, Download]) -> Download | None:
    """The format that `?format=` or the Accept header asks for; None for a page of JSON. Raises RefusedError."""
    names = request.query_params.getlist("format")
    if names:
        if len(names) == 1 and names[0] in downloads:
            return downloads[names[0]]
        if names == ["json"]:
            return None
        known = ", ".join(("json", *downloads))
        raise RefusedError(422, "The query asks for what cannot be asked.", faults=[("format", f"is none of {known}")])
    accepted = [part.partition(";")[0].strip().lower() for part in request.headers.get("accept", "").split(",")]
    for wanted in accepted:
        if wanted in ("application/json", "*/*", "text/html"):
            return None
        found = next((each for each in downloads.values() if each.media_type.partition(";")[0] == wanted), None)
        if found is not None:
            return found
    return None


class Streams:
    """Gives out whole views, a few at a time."""

    def __init__(self) -> None:
        self._places = threading.BoundedSemaphore(MOST_STREAMS)
        self._limiter = CapacityLimiter(MOST_STREAMS)  # threads of their own: pages do not wait for exports

    def answer(
        self,
        record: Record,
        listing: Listing,
        view: View,
        download: Download,
        headers: Mapping[str, str] | None = None,
    ) -> Response:
        """The view as a file to be kept. Raises RefusedError when too many are being sent."""
        if not self._places.acquire(blocking=False):
            raise RefusedError(
                503, "Too many exports are being sent; try again in a minute.", headers={"retry-after": "60"}
            )
        pipe = Pipe()

        def write() -> None:
            try:
                download.write(record, listing, view, cast(BinaryIO, pipe))
                pipe.flush()
                pipe.finish(None)
            except BrokenPipeError:
                pass  # nobody reads it any more
            except Exception as error:
                pipe.finish(error)
            finally:
                self._places.release()

        threading.Thread(target=write, name=f"export {listing.name}", daemon=True).start()
        name = f"{listing.name}{download.extension}"
        held = "attachment" if download.attached else "inline"
        told = {"content-disposition": f'{held}; filename="{name}"', "vary": "accept"} | dict(headers or {})
        return _PipeResponse(pipe, self._limiter, download.media_type, told)


def _write_lines(record: Record, listing: Listing, view: View, out: BinaryIO) -> None:
    found = listing.everything(record, view.filters)
    while chunk := list(islice(found, CHUNK)):
        for item in listing.tell(record, chunk):
            out.write(json.dumps(item, ensure_ascii=False, separators=(",", ":")).encode() + b"\n")


def written_by(write: Write, address: str | None = None) -> Callable[[Record, Listing, View, BinaryIO], None]:
    """A format of `export`; its links lead to the pages at `address`, or without one to the articles themselves."""

    def written(record: Record, listing: Listing, view: View, out: BinaryIO) -> None:
        write(record, view.filters, out, Choices(kind=listing.name, address=address))

    return written


class Pipe(io.BufferedIOBase):
    """A file that one thread writes and an answer takes piece by piece; a full pipe makes the writer wait."""

    def __init__(self) -> None:
        self._waiting: queue.Queue[bytes | Exception | None] = queue.Queue(PIECES_AHEAD)
        self._piece = bytearray()
        self._left = threading.Event()

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        """Takes bytes. Raises BrokenPipeError when nobody reads any more."""
        self._piece += data
        if len(self._piece) >= PIECE_BYTES:
            self.flush()
        return len(data)

    def flush(self) -> None:
        if self._piece:
            piece, self._piece = bytes(self._piece), bytearray()
            self._put(piece)

    def finish(self, error: Exception | None) -> None:
        """The end of it; an error is raised where the answer is made, so that the connection is cut."""
        try:
            self._put(error)
        except BrokenPipeError:
            return

    def take(self) -> bytes | None:
        """The next piece; None at the end, or when nobody reads any more. Raises the writer's error."""
        piece: bytes | Exception | None = None
        while not self._left.is_set():
            try:
                piece = self._waiting.get(timeout=TURN_SECONDS)
                break
            except queue.Empty:
                continue
        if isinstance(piece, Exception):
            raise piece
        return piece

    def leave(self) -> None:
        """Nobody reads any more."""
        self._left.set()

    def _put(self, piece: bytes | Exception | None) -> None:
        waited = 0.0
        while not self._left.is_set() and waited < PATIENCE_SECONDS:
            try:
                return self._waiting.put(piece, timeout=TURN_SECONDS)
            except queue.Full:
                waited += TURN_SECONDS
        raise BrokenPipeError


class _PipeResponse(StreamingResponse):
    """What a pipe gives; what goes wrong before the first piece is raised before the answer begins, and told as a problem."""

    def __init__(self, pipe: Pipe, limiter: CapacityLimiter, media_type: str, headers: Mapping[str, str]) -> None:
        super().__init__(self._pieces(), media_type=media_type, headers=headers)
        self._pipe = pipe
        self._limiter = limiter
        self._first: bytes | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Sends it."""
        try:
            self._first = await run_sync(self._pipe.take, limiter=self._limiter, abandon_on_cancel=True)
            await super().__call__(scope, receive, send)
        finally:
            self._pipe.leave()

    async def _pieces(self) -> AsyncIterator[bytes]:
        piece = self._first
        while piece is not None:
            yield piece
            piece = await run_sync(self._pipe.take, limiter=self._limiter, abandon_on_cancel=True)
