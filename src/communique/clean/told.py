"""What a feed, table or archive tells of a document beside its content → its title in the article's text, its day a candidate.

A text without its headline gets the told one as its first line: a headline says who did what, and it is to be coded like any
other. Where the text has it already, nothing is added.
"""

from collections.abc import Sequence
from datetime import date

from communique.clean.drafts import Placed
from communique.clean.layout import line_key
from communique.clean.metadata import SITE_SUFFIX
from communique.records import BlockKind, Page, PublicationDate

EARLIEST = date(1700, 1, 1)  # archives of newspapers are older than the web
UNNAMED = "told"
ALIKE = 0.6  # share of words that two forms of one headline have in common


def told_day(page: Page) -> PublicationDate | None:
    """The day that stands beside the document, None where there is none."""
    if page.published is None or page.published < EARLIEST:
        return None
    return PublicationDate(day=page.published, source=page.told_by or UNNAMED)


def told_title(page: Page) -> str | None:
    """The title that stands beside the document, without the outlet's name at its end."""
    if not page.title:
        return None
    match = SITE_SUFFIX.search(page.title)
    if match is None:
        return page.title
    suffix = line_key(match.group())
    return page.title[: match.start()] if "|" in match.group() or suffix == line_key(page.site or "") else page.title


def with_title(text: str, placed: Sequence[Placed], title: str) -> tuple[str, tuple[Placed, ...]]:
    """The text that begins with its title, and its lines in place; one of them is the TITLE."""
    own = next((number for number, each in enumerate(placed) if each.kind is not BlockKind.FURNITURE), None)
    first = placed[own] if own is not None else None
    line = text[first.start : first.end] if first is not None else ""
    if first is not None and (line_key(line) == line_key(title) or _is_form_of(line, title)):
        others = [each for each in placed if each is not first]
        return text, tuple(
            sorted([_of_kind(first, BlockKind.TITLE), *map(_no_title, others)], key=lambda each: each.start)
        )
    if line_key(line).startswith(line_key(title)):
        return text, tuple(placed)  # the title opens the first paragraph, on its line
    shift = len(title) + 2
    moved = (Placed(each.start + shift, each.end + shift, each.kind, each.reason) for each in map(_no_title, placed))
    return f"{title}\n\n{text}", (Placed(0, len(title), BlockKind.TITLE), *moved)


def _is_form_of(line: str, title: str) -> bool:
    """Two forms of one headline, such as with the outlet's name and without; a paragraph is no form of any."""
    words, others = set(line.lower().split()), set(title.lower().split())
    return "\n" not in line and len(words & others) >= ALIKE * max(len(words), len(others))


def _no_title(each: Placed) -> Placed:
    return _of_kind(each, BlockKind.BODY) if each.kind is BlockKind.TITLE else each


def _of_kind(each: Placed, kind: BlockKind) -> Placed:
    return Placed(each.start, each.end, kind)
