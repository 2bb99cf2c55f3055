"""HTML text → the visible lines of the page in order, each with what the markup says about it.

The extractor gives text only; whether a line is a link, a caption or part of a share bar stands in the tags around it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree

INVISIBLE = frozenset({
    "script", "style", "template", "noscript", "svg", "head", "title", "iframe", "object", "canvas", "math", "select",
    "textarea", "audio", "video", "map", "datalist",
})  # fmt: skip
INLINE = frozenset({
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i", "img", "ins",
    "kbd", "label", "mark", "nobr", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup",
    "time", "tt", "u", "var", "wbr",
})  # fmt: skip
HIDING_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
WORD = re.compile(r"[A-Za-z]+")
LETTERS = re.compile(r"\W+")
NEAREST = 7  # ancestors whose class and id are taken as saying something about a line
MAX_NAME = 200  # characters of a class attribute that are looked at


@dataclass(frozen=True, slots=True)
class PageLine:
    """One visible line. `link_share` is the share of its characters inside links, `names` the words of the class, id and
    role of the elements around it, `tags` their tags (nearest NEAREST)."""

    text: str
    key: str
    link_share: float
    names: frozenset[str]
    tags: frozenset[str]


@dataclass(slots=True)
class _Open:
    """An element being walked: is it invisible, a link, and the words that its attributes give to the lines inside."""

    tag: str
    hidden: bool
    names: frozenset[str]


@dataclass(slots=True)
class _Line:
    parts: list[str] = field(default_factory=list)
    linked: int = 0
    seen: bool = False  # something visible stands on it, so that its surroundings are known
    names: frozenset[str] = frozenset()
    tags: frozenset[str] = frozenset()


def parse_page(markup: str) -> etree._Element | None:
    """The tree of the page, None when there is no element at all. Never raises for broken markup."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        return etree.fromstring(markup.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def page_lines(root: etree._Element) -> tuple[PageLine, ...]:
    """All visible lines, in the order of the document."""
    return tuple(_lines(root))


def line_key(text: str) -> str:
    """The letters and digits of a line, lower case: what stays the same when spaces, quotes and dashes differ."""
    return LETTERS.sub("", text).lower()


def _lines(root: etree._Element) -> Iterator[PageLine]:
    opened: list[_Open] = []
    line = _Line()
    hidden = links = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        tag = element.tag if isinstance(element.tag, str) else ""
        breaks = tag not in INLINE
        if event == "start":
            if breaks:
                yield from _finished(line)
                line = _Line()
            opening = _Open(tag, _hides(element, tag), _names(element))
            opened.append(opening)
            hidden += opening.hidden
            links += tag == "a"
            text = element.text
        else:
            if breaks:
                yield from _finished(line)
                line = _Line()
            closing = opened.pop()
            hidden -= closing.hidden
            links -= tag == "a"
            text = element.tail
        if text and not hidden and opened:
            if not line.seen and text.strip():
                line.seen = True
                nearest = opened[-NEAREST:]
                line.names = frozenset().union(*(each.names for each in nearest))
                line.tags = frozenset(each.tag for each in nearest)
            line.parts.append(text)
            line.linked += len(text.strip()) if links else 0
    yield from _finished(line)


def _finished(line: _Line) -> Iterator[PageLine]:
    text = " ".join("".join(line.parts).split())
    if text:
        yield PageLine(text, line_key(text), min(1.0, line.linked / len(text)), line.names, line.tags)


def _hides(element: etree._Element, tag: str) -> bool:
    if tag in INVISIBLE or "hidden" in element.attrib:
        return True
    return bool(HIDING_STYLE.search(element.get("style") or ""))


def _names(element: etree._Element) -> frozenset[str]:
    """Words of class, id and role ("twitter-tweet", "postByline"), lower case; camel case is divided."""
    if element.tag in ("html", "body"):
        return frozenset()
    written = " ".join((element.get(name) or "")[:MAX_NAME] for name in ("class", "id", "role", "itemprop"))
    divided = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", written)
    return frozenset(word.lower() for word in WORD.findall(divided) if len(word) > 2)
