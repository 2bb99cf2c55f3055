"""Bytes → text. Declarations lie (windows-1251 served as UTF-8), so what the bytes themselves say comes first.

Order: byte order mark or the zero bytes of UTF-16; valid UTF-8; UTF-8 with a few damaged places; the declared encoding
when it is another one and gives letters, not control signs; a statistical guess; windows-1252, which never fails.
"""

import codecs
import re
import unicodedata
from dataclasses import dataclass

from charset_normalizer import from_bytes

from communique.clean.language import language_score

SAMPLE_BYTES = 100_000  # for the statistical guess
MAX_DAMAGED_SHARE = 0.05  # of the characters beyond ASCII; a text in another encoding has most of them damaged
HEAD_BYTES = 4_096  # a page declares its encoding in its first kilobyte, rarely later
LAST_RESORT = "windows-1252"
REPLACEMENT = "\ufffd"
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
DECLARED = re.compile(
    rb"""(?:charset\s*=\s*["']?|<\?xml[^>]{0,80}encoding\s*=\s*["'])\s*([A-Za-z0-9_.:-]{2,30})""", re.IGNORECASE
)
MARKUP = re.compile(rb"<(?:script|style)\b.*?</(?:script|style)>|<[^>]{0,2000}>|&#?\w{1,8};", re.IGNORECASE | re.DOTALL)
CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
NO_ENCODINGS_OF_PAGES = frozenset({"idna", "punycode", "unicode-escape", "raw-unicode-escape", "undefined", "utf-7"})
SYNONYMS = {"latin-1": LAST_RESORT, "iso8859-1": LAST_RESORT, "ascii": LAST_RESORT}  # as browsers read them


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text without control signs, line ends as `\\n`; `encoding` is the one that was used."""

    text: str
    encoding: str


def decode(content: bytes, declared: str | None = None) -> Decoded:
    """The text of a page or file. `declared` is what its sender said (HTTP), None when unknown. Never raises."""
    encoding = _encoding(content, declared)
    text = content.decode(encoding, errors="replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\x0c", "\n")
    return Decoded(CONTROLS.sub("", text).removeprefix("\ufeff"), encoding)


def _encoding(content: bytes, declared: str | None) -> str:
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return encoding
    wide = _wide(content)
    if wide:
        return wide
    text = content.decode("utf-8", errors="replace")
    damaged = text.count(REPLACEMENT)
    beyond_ascii = len(text) - len(text.encode("ascii", errors="ignore"))
    if damaged <= MAX_DAMAGED_SHARE * beyond_ascii:
        return "utf-8"
    prose = MARKUP.sub(b" ", content[: 5 * SAMPLE_BYTES])[:SAMPLE_BYTES]
    for name in (declared, _declared_inside(content)):
        known = _known(name)
        if known and known != "utf-8" and _reads_well(prose, known):
            return known
    best = from_bytes(prose).best()
    return _best_latin(prose, _known(best.encoding if best else None) or LAST_RESORT)


def _best_latin(prose: bytes, guess: str) -> str:
    """Encodings of Western and Central Europe share their bytes ("è" is "č"): the one that reads like a language is right."""
    letters = [each for each in prose.decode(guess, errors="replace") if not each.isascii() and each.isalpha()]
    if not all("LATIN" in unicodedata.name(each, "") for each in letters):
        return guess
    candidates = dict.fromkeys([LAST_RESORT, guess, "cp1250", "cp1254"])  # where two read as well, the commonest
    return max(candidates, key=lambda name: round(language_score(prose.decode(name, errors="replace")), 1))


def _wide(content: bytes) -> str | None:
    """UTF-16 without a mark: in Latin script every second byte is zero."""
    sample = content[:HEAD_BYTES]
    pairs = len(sample) // 2
    if pairs < 4:
        return None
    even, odd = sample[0::2].count(b"\x00"), sample[1::2].count(b"\x00")
    if odd > 0.6 * pairs and even < 0.05 * pairs:
        return "utf-16-le"
    return "utf-16-be" if even > 0.6 * pairs and odd < 0.05 * pairs else None


def _declared_inside(content: bytes) -> str | None:
    found = DECLARED.search(content[:HEAD_BYTES])
    return found.group(1).decode("ascii") if found else None


def _known(name: str | None) -> str | None:
    """The codec's own name, None for what is no text encoding. Latin-1 and ASCII are read as windows-1252."""
    if not name:
        return None
    try:
        found = codecs.lookup(name).name
        "a".encode(found)
    except (LookupError, ValueError, UnicodeError):
        return None
    return None if found.replace("_", "-") in NO_ENCODINGS_OF_PAGES else SYNONYMS.get(found, found)


def _reads_well(prose: bytes, encoding: str) -> bool:
    """True when all bytes are characters of that encoding and none of them a control sign."""
    try:
        text = codecs.getincrementaldecoder(encoding)().decode(prose)
    except UnicodeError:
        return False
    return not CONTROLS.search(text)
