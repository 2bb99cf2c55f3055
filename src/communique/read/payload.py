"""The body of an HTTP answer as it was sent → its content: chunks put together, gzip unpacked, within a limit.

Archives often keep the head of the answer as it was and the body unpacked, so the bytes decide whether anything is to be done.
"""

import re
import zlib

CHUNK_HEAD = re.compile(rb"([0-9A-Fa-f]{1,8})(?:;[^\r\n]{0,200})?\r\n")
GZIP = b"\x1f\x8b"
UNREADABLE = frozenset({"br", "zstd", "compress"})
TAG = b"<"


class UndecodableError(Exception):
    """The body cannot be unpacked; the message is the cause."""


def decoded_payload(content: bytes, coding: str, *, chunked: bool, limit: int) -> bytes:
    """At most `limit` + 1 bytes. `coding` is the answer's Content-Encoding. Raises UndecodableError."""
    if chunked and CHUNK_HEAD.match(content):
        content = _without_chunks(content)
    if content.startswith(GZIP):
        return _unpacked(content, 31, limit)
    name = coding.strip().lower()
    if name == "deflate" and content[:1] == b"\x78":
        return _unpacked(content, 15, limit)
    if name in UNREADABLE and TAG not in content[:2_000]:
        raise UndecodableError(f"is encoded as {name}, which is not read")
    return content


def _without_chunks(content: bytes) -> bytes:
    """The chunks' content; what does not go on as chunks is left as it is."""
    pieces: list[bytes] = []
    position = 0
    while match := CHUNK_HEAD.match(content, position):
        size = int(match[1], 16)
        if size == 0:
            return b"".join(pieces)
        pieces.append(content[match.end() : match.end() + size])
        position = match.end() + size + 2
    if position >= len(content):
        return b"".join(pieces)
    raise UndecodableError("is damaged between its chunks")


def _unpacked(content: bytes, wbits: int, limit: int) -> bytes:
    decoder = zlib.decompressobj(wbits=wbits)
    try:
        unpacked = decoder.decompress(content, limit + 1)
    except zlib.error as error:
        raise UndecodableError(f"is damaged ({error})") from error
    if not decoder.eof and len(unpacked) <= limit:
        raise UndecodableError("is cut off")
    return unpacked
