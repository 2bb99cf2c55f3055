"""A stream → its lines with their numbers, one at a time; a line too long for memory is passed over and reported."""

import codecs
import re
from collections.abc import Iterator

from communique.read.page import MAX_BYTES
from communique.read.sniffing import wide_encoding
from communique.read.unpacking import PIECE_BYTES, Source

LONE = re.compile("[\ud800-\udfff]")  # half of a character beyond the first 65,536, or a byte that is no UTF-8
Line = tuple[int, bytes | None]  # its number from 1, and its bytes without the line end; None when it is too long


def lines_of(source: Source, limit: int = MAX_BYTES) -> Iterator[Line]:
    """Raises BrokenOffError where the stream breaks; a line cut off there is not given."""
    number = 1
    waiting: list[bytes] = []
    length = 0
    too_long = False
    while piece := source.read(PIECE_BYTES):
        first, *others = piece.split(b"\n")
        for position, part in enumerate((first, *others)):
            if position:
                yield number, None if too_long else _ended(waiting)
                number, waiting, length, too_long = number + 1, [], 0, False
            length += len(part)
            if length > limit:
                waiting, too_long = [], True
            elif part:
                waiting.append(part)
    if too_long or waiting:
        yield number, None if too_long else _ended(waiting)


def _ended(parts: list[bytes]) -> bytes:
    return b"".join(parts).removesuffix(b"\r")


class AsUtf8:
    """A stream in UTF-16 or UTF-32 as one in UTF-8; one in any other encoding as it is, without a byte order mark."""

    def __init__(self, source: Source, sample: bytes) -> None:
        encoding = wide_encoding(sample)
        self._decoder = codecs.getincrementaldecoder(encoding)("replace") if encoding else None
        self._source = source
        self._begun = False

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes of the original at once. Raises BrokenOffError as the source does."""
        while True:
            piece = self._source.read(size)
            if self._decoder is not None:
                text = self._decoder.decode(piece, final=not piece)
                given = text.removeprefix("\ufeff").encode("utf-8", "replace") if text else b""
            else:
                given = piece if self._begun else piece.removeprefix(codecs.BOM_UTF8)
            self._begun = True
            if given or not piece:
                return given


def sample_text(sample: bytes) -> str:
    """The first bytes of a stream as text, in whatever Unicode encoding they are."""
    return sample.decode(wide_encoding(sample) or "utf-8", "replace").removeprefix("\ufeff")


def text_of(line: bytes) -> str:
    """As UTF-8; bytes that are none are kept as lone surrogates, so that `bytes_of` gives them back as they were."""
    return line.decode("utf-8", "surrogateescape")


def bytes_of(text: str) -> bytes:
    """The bytes that `text_of` read; lone surrogates that a line spelled out become question marks."""
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "replace")


def readable(text: str) -> str:
    """For titles and names: bytes that are no UTF-8 are taken as windows-1252, and all white space as single spaces."""
    if not text.isascii() and LONE.search(text):
        whole = all("\udc80" <= sign <= "\udcff" for sign in LONE.findall(text))
        text = bytes_of(text).decode("windows-1252" if whole else "utf-8", "replace")
    return " ".join(text.replace("\x00", "").split())
