"""A compressed stream → its content in pieces, bounded: a small file may unpack to more than any disk holds.

What unpacks is handed on as long as it lasts; then comes one BrokenOffError that says why there is no more.
"""

import bz2
import lzma
import zlib
from collections.abc import Callable
from typing import Protocol

from communique.read.kinds import Packing
from communique.records import ReadingError

PIECE_BYTES = 1 << 16  # read at once from the packed file
BOMB_FROM_BYTES = 100_000_000  # unpacked; below it any ratio is harmless
BOMB_RATIO = 500  # no text packs so well: a page of one repeated letter does


class BrokenOffError(ReadingError):
    """The stream ends before its end; `cause` and `remedy` are for a Problem."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(f"{cause}; {remedy}")
        self.cause = cause
        self.remedy = remedy


class Source(Protocol):
    """What is read from: a file, a pipe, or another of these."""

    def read(self, size: int = -1, /) -> bytes: ...


class _Decoder(Protocol):
    """The common part of bz2's and lzma's decompressors."""

    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /, max_length: int = -1) -> bytes: ...


class _Inflate:
    """zlib's decompressor with the manners of the two others."""

    def __init__(self) -> None:
        self._zlib = zlib.decompressobj(wbits=31)

    @property
    def eof(self) -> bool:
        return self._zlib.eof

    @property
    def needs_input(self) -> bool:
        return not self._zlib.unconsumed_tail

    @property
    def unused_data(self) -> bytes:
        return self._zlib.unused_data

    def decompress(self, data: bytes, /, max_length: int = -1) -> bytes:
        return self._zlib.decompress(self._zlib.unconsumed_tail + data, max(max_length, 0))


MAKERS: dict[Packing, Callable[[], _Decoder]] = {
    Packing.GZIP: _Inflate,
    Packing.BZIP2: bz2.BZ2Decompressor,
    Packing.XZ: lzma.LZMADecompressor,
}


def _zstd(packed: "_Counted") -> Source:
    from communique.read.arrow import open_zstd  # pyarrow is slow to load and seldom needed

    return open_zstd(packed)


class Unpacked:
    """A stream of one or more packed members. `read` gives at most the size asked for, empty bytes at the end."""

    def __init__(self, packed: Source, packing: Packing, max_bytes: int) -> None:
        self._packed = packed
        self._packing = packing
        self._max_bytes = max_bytes
        self._zstd = _zstd(_Counted(packed, self)) if packing is Packing.ZSTD else None
        self._decoder: _Decoder | None = None
        self._left = b""
        self.packed_bytes = 0
        self.unpacked_bytes = 0

    def read(self, size: int = -1, /) -> bytes:
        """Raises BrokenOffError when the packed data are damaged, cut off or unpack to too much."""
        wanted = PIECE_BYTES if size < 0 else min(size, PIECE_BYTES)
        if wanted == 0:
            return b""
        try:
            piece = self._zstd.read(wanted) if self._zstd is not None else self._decoded(wanted)
        except (OSError, EOFError, ValueError, zlib.error, lzma.LZMAError) as error:
            raise BrokenOffError(
                f"is damaged ({self._packing.value}: {_one_line(error)})", "fetch or copy it again"
            ) from error
        self.unpacked_bytes += len(piece)
        self._check_size()
        return piece

    def _decoded(self, wanted: int) -> bytes:
        while True:
            if (self._decoder is None or self._decoder.eof) and not self._next_member():
                return b""
            assert self._decoder is not None
            piece = self._left
            self._left = b""
            if not piece and self._decoder.needs_input:
                piece = self._piece()
                if not piece:
                    raise EOFError("it is cut off")
            unpacked = self._decoder.decompress(piece, wanted)
            if unpacked:
                return unpacked

    def _next_member(self) -> bool:
        """True when another member begins. Zero bytes after the last are padding, as in files from tapes."""
        rest = self._decoder.unused_data if self._decoder is not None else b""
        first = self._decoder is None
        while not rest.lstrip(b"\x00"):
            rest = self._piece()
            if not rest:
                if first:
                    raise EOFError("it is empty")
                return False
        self._left = rest if first else rest.lstrip(b"\x00")
        self._decoder = MAKERS[self._packing]()
        return True

    def _piece(self) -> bytes:
        piece = self._packed.read(PIECE_BYTES)
        self.packed_bytes += len(piece)
        return piece

    def _check_size(self) -> None:
        if self.unpacked_bytes > self._max_bytes:
            raise BrokenOffError(
                f"unpacks to more than {self._max_bytes / 1e6:,.0f} MB",
                "unpack it yourself and split it, if it is right",
            )
        if self.unpacked_bytes > BOMB_FROM_BYTES and self.unpacked_bytes > BOMB_RATIO * max(self.packed_bytes, 1):
            raise BrokenOffError(
                f"unpacks to more than {BOMB_RATIO} times its size, as only a trap does",
                "unpack it yourself, if it is right",
            )


class _Counted:
    """Hands the packed bytes to a reader that takes a file, and counts them."""

    closed = False

    def __init__(self, packed: Source, owner: Unpacked) -> None:
        self._packed = packed
        self._owner = owner

    def read(self, size: int = -1, /) -> bytes:
        piece = self._packed.read(size)
        self._owner.packed_bytes += len(piece)
        return piece

    def readable(self) -> bool:
        return True

    def writable(self) -> bool:
        return False

    def seekable(self) -> bool:
        return False


class Opened:
    """A stream whose beginning was looked at: `sample` is given again by `read`, then the rest."""

    def __init__(self, source: Source, sample_bytes: int) -> None:
        self._source = source
        self._fault: BrokenOffError | None = None
        pieces: list[bytes] = []
        length = 0
        try:
            while length < sample_bytes and (piece := source.read(sample_bytes - length)):
                pieces.append(piece)
                length += len(piece)
        except BrokenOffError as error:
            self._fault = error
        self.sample = self._waiting = b"".join(pieces)

    @property
    def broken(self) -> bool:
        """True when the stream broke within its sample."""
        return self._fault is not None

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes, empty at the end. Raises BrokenOffError after what came before it was given."""
        if self._waiting:
            end = len(self._waiting) if size < 0 else size
            piece, self._waiting = self._waiting[:end], self._waiting[end:]
            return piece
        if self._fault is not None:
            raise self._fault
        return self._source.read(PIECE_BYTES if size < 0 else size)


def read_up_to(source: Source, limit: int) -> bytes:
    """All there is, but no more than `limit` + 1 bytes. Raises BrokenOffError."""
    pieces: list[bytes] = []
    room = limit + 1
    while room > 0 and (piece := source.read(min(room, PIECE_BYTES))):
        pieces.append(piece)
        room -= len(piece)
    return b"".join(pieces)


def _one_line(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
