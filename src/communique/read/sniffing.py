"""The first bytes of a file → what it is: HTML, text, or something that is no text at all, with its name.

Names and extensions lie (a page saved as .txt, a PDF saved as .html), so the bytes decide. Nothing is decoded for good
here: that is the work of `clean`.
"""

import codecs
import re
from dataclasses import dataclass

from communique.records import MediaType

SAMPLE_BYTES = 65_536
MAX_CONTROL_SHARE = 0.05  # of random bytes a tenth are control characters, of any text next to none
MAX_NUL_SHARE = 0.01  # above it a file that is not UTF-8 is no text with accidents, but binary

SIGNATURES = {
    b"%PDF-": "a PDF document",
    b"\x89PNG\r\n": "a PNG image",
    b"\xff\xd8\xff": "a JPEG image",
    b"GIF8": "a GIF image",
    b"PK\x03\x04": "a ZIP archive or office document",
    b"\x1f\x8b": "a gzip archive",
    b"BZh": "a bzip2 archive",
    b"\xfd7zXZ\x00": "an xz archive",
    b"\x28\xb5\x2f\xfd": "a zstd archive",
    b"7z\xbc\xaf\x27\x1c": "a 7z archive",
    b"\x7fELF": "a program",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "an old office document",
    b"SQLite format 3\x00": "a SQLite database",
    b"{\\rtf": "a rich text document",
    b"PAR1": "a Parquet file",
    b"OggS": "a sound file",
    b"ID3": "a sound file",
}
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
HTML_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<"
    r"(?:!doctype\s+html|html|head|body|title|meta|article|main|section|header|div|p|h[1-6]|span|table|ul|ol|blockquote)"
    r"(?=[\s/>])",
    re.IGNORECASE | re.DOTALL,
)
HTML_TAG = re.compile(
    r"</?(?:p|div|span|a|h[1-6]|ul|ol|li|table|tr|td|br|img|script|style|section|header|footer|body|blockquote|em|strong)"
    r"(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
TAGS_THAT_MAKE_HTML = 3


@dataclass(frozen=True, slots=True)
class Sniffed:
    """`media_type` is None when the bytes are no text; `what` then says what they seem to be. `nul_bytes` counts strays."""

    media_type: MediaType | None
    what: str = ""
    nul_bytes: int = 0


def sniff(content: bytes) -> Sniffed:
    """What the bytes are. Never raises; UTF-16 and UTF-32 are text, with a byte order mark or without."""
    wide = wide_encoding(content)
    if wide:
        return Sniffed(_media_type(content[:SAMPLE_BYTES].decode(wide, errors="replace")))
    for signature, what in SIGNATURES.items():
        if content.startswith(signature):
            return Sniffed(None, what)
    sample = content[:SAMPLE_BYTES]
    nul_bytes = content.count(b"\x00")
    if len(CONTROLS.findall(sample)) - sample.count(b"\x00") > MAX_CONTROL_SHARE * len(sample):
        return Sniffed(None, "a binary file", nul_bytes)
    if nul_bytes > MAX_NUL_SHARE * len(content) and (nul_bytes > len(content) // 10 or not _is_utf8(sample)):
        return Sniffed(None, "a binary file", nul_bytes)
    return Sniffed(_media_type(sample.decode("utf-8", errors="replace")), "", nul_bytes)


def wide_encoding(content: bytes) -> str | None:
    """The name of a UTF-16 or UTF-32 encoding when a byte order mark or the pattern of zero bytes says so, else None."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if content.startswith(mark):
            return None if encoding == "utf-8-sig" else encoding
    sample = content[: SAMPLE_BYTES // 16]
    pairs = len(sample) // 2
    if pairs < 4:
        return None
    even, odd = sample[0::2].count(b"\x00"), sample[1::2].count(b"\x00")
    if odd > 0.6 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    if even > 0.6 * pairs and odd < 0.05 * pairs:
        return "utf-16-be"
    return None


def _media_type(text: str) -> MediaType:
    text = text.lstrip("\ufeff\x00")
    if HTML_OPENING.match(text) or len(HTML_TAG.findall(text)) >= TAGS_THAT_MAKE_HTML:
        return MediaType.HTML
    return MediaType.TEXT


def _is_utf8(sample: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(sample)
    except UnicodeDecodeError:
        return False
    return True
