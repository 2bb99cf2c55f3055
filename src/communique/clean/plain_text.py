"""Text that somebody scraped or saved → its lines placed as title, article and furniture; no character is changed.

Lines of a hard-wrapped text are put together to paragraphs, because a sentence must not end where a line does.
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from communique.clean.drafts import Placed
from communique.clean.features import ENDING, Line, count_words
from communique.clean.furniture import reasons_to_set_aside
from communique.clean.page_text import has_post_link, is_post_signature
from communique.codebook.furniture import Furniture
from communique.records import BlockKind

TITLE_WORDS = range(3, 31)
TITLE_END = re.compile(r"""[.…:;,]["”'’»)\]]*$""")
WRAP_WIDTH = range(50, 111)  # characters of the longest line of a hard-wrapped text
MIN_WRAPPED_LINES = 4
MOSTLY = 0.75  # a text with blank lines between its paragraphs has full lines only inside them
FULL_LINE = 0.66  # share of the longest line from which a line is taken to go on in the next


def place_lines(text: str, furniture: Furniture) -> tuple[Placed, ...]:
    """Spans without surrounding spaces, in order; they cover every character that is not a space."""
    spans = _paragraphs(text)
    lines = [Line(" ".join(text[start:end].split())) for start, end in spans]
    reasons = reasons_to_set_aside(lines, furniture)
    title = _title(text, spans, reasons)
    return tuple(
        Placed(start, end, *_kind(lines, number, title, reasons[number])) for number, (start, end) in enumerate(spans)
    )


def _kind(lines: Sequence[Line], number: int, title: int | None, reason: str | None) -> tuple[BlockKind, str | None]:
    if number == title:
        return BlockKind.TITLE, None
    following = lines[number + 1].text if number + 1 < len(lines) else ""
    if is_post_signature(lines[number].text) or (is_post_signature(following) and has_post_link(lines[number].text)):
        return BlockKind.EMBEDDED, None
    return (BlockKind.FURNITURE, reason) if reason else (BlockKind.BODY, None)


def _title(text: str, spans: Sequence[tuple[int, int]], reasons: Sequence[str | None]) -> int | None:
    """The first line that is not furniture, when it reads like a headline and something follows that does not."""
    for number, (start, end) in enumerate(spans):
        line = text[start:end]
        if reasons[number] is not None:
            continue
        follows = any(reasons[later] is None for later in range(number + 1, len(spans)))
        if "\n" in line or count_words(line) not in TITLE_WORDS or TITLE_END.search(line) or not follows:
            return None
        return number
    return None


def _paragraphs(text: str) -> list[tuple[int, int]]:
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]+", text) if match.group().strip()]
    width = _wrap_width(text, lines)
    groups: list[tuple[int, int]] = []
    goes_on = False
    for number, (start, end) in enumerate(lines):
        adjoins = number > 0 and text[lines[number - 1][1] : start] == "\n"
        indented = text[start].isspace()
        if goes_on and adjoins and not indented:
            groups[-1] = (groups[-1][0], end)
        else:
            groups.append((start, end))
        goes_on = width is not None and len(text[start:end].strip()) >= FULL_LINE * width
    return [_stripped(text, start, end) for start, end in groups]


def _wrap_width(text: str, lines: Sequence[tuple[int, int]]) -> int | None:
    """The width of a hard-wrapped text, None when each line is a paragraph of its own.

    In a wrapped text the first word of the next line would not have fitted on the line before it.
    """
    width = max((end - start for start, end in lines), default=0)
    inner = [
        (text[start:end], text[following:stop].split(maxsplit=1)[0])
        for (start, end), (following, stop) in pairwise(lines)
        if text[end:following] == "\n"
    ]
    if len(inner) < MIN_WRAPPED_LINES or width not in WRAP_WIDTH:
        return None
    full = sum(len(line.rstrip()) + 1 + len(next_word) > width for line, next_word in inner)
    open_ends = sum(not ENDING.search(line.rstrip()) for line, _ in inner)
    return width if full >= MOSTLY * len(inner) and open_ends >= len(inner) / 2 else None


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - (len(piece) - len(piece.rstrip()))
