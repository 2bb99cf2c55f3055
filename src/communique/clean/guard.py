"""HTML text → nothing, or a ReadingError: pages that would occupy a parser for minutes are refused before it sees them.

100,000 nested tags give no text and make extraction quadratic; a scan of the tags costs under a millisecond a page.
"""

import re

from communique.records import ReadingError

MAX_DEPTH = 3_000  # real pages stay below 100
MAX_TAGS = 100_000  # real pages stay below 20,000; more takes an extractor beyond ten seconds
TAG = re.compile(r"<(?:(/?)([a-zA-Z][a-zA-Z0-9:-]{0,40})(?=[\s/>])|!--)")
VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"]
)
SKIPPED = {"!--": "-->", "script": "</script", "style": "</style"}  # what stands inside is no markup
SELF_ENDING = frozenset(
    {"p", "li", "td", "th", "tr", "dd", "dt", "option", "thead", "tbody", "tfoot"}
)  # a next one ends it


def refuse_hostile_markup(markup: str, source: str) -> None:
    """Raises ReadingError when tags are nested deeper than MAX_DEPTH or there are more than MAX_TAGS."""
    depth = tags = position = 0
    open_tags: dict[str, int] = {}
    unclosed: set[str] = set()  # ends that were looked for and are nowhere below, so as not to look for them again
    while found := TAG.search(markup, position):
        position = found.end()
        name = (found.group(2) or "!--").lower()
        end = SKIPPED.get(name)
        if end and not found.group(1):
            position = _after(markup, end, position, unclosed)
        tags += 1
        if name in VOID or end:
            pass
        elif found.group(1):
            if open_tags.get(name, 0):
                open_tags[name] -= 1
                depth -= 1
        elif not (name in SELF_ENDING and open_tags.get(name, 0)):
            open_tags[name] = open_tags.get(name, 0) + 1
            depth += 1
        if depth > MAX_DEPTH:
            raise ReadingError(
                f"{source}: its tags are nested more than {MAX_DEPTH:,} deep, which no article is; save it again or as text"
            )
        if tags > MAX_TAGS:
            raise ReadingError(
                f"{source}: it holds more than {MAX_TAGS:,} tags, which no article does; save the article alone or as text"
            )


def _after(markup: str, end: str, position: int, unclosed: set[str]) -> int:
    """Where the markup goes on after a comment or script; a part that is never closed is not skipped."""
    found = -1 if end in unclosed else markup.find(end, position)
    if found < 0:
        unclosed.add(end)
        return position
    return found + len(end)
