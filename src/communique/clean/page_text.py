"""Lines of the main text and of the whole page → the article's lines in order, and all that a reader sees around them.

The extractor's lines are found again in the page, so that the markup can say what they are (link, caption, post from
elsewhere). What it left out follows the article as furniture, each line once and up to a bound: nothing is lost, and
nothing of it is coded.
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Container, Sequence

from communique.clean.drafts import Draft
from communique.clean.features import ENDING, PARAGRAPH_WORDS, Line, count_words
from communique.clean.furniture import reasons_to_set_aside
from communique.clean.layout import PageLine, line_key
from communique.codebook.furniture import Furniture
from communique.records import BlockKind

MAX_SET_ASIDE_CHARACTERS = 20_000  # of page furniture that is kept in the text; the page's bytes keep the rest
MIN_KEY = 12  # letters from which a line is looked for inside others
TITLE_WITHIN = 8  # lines of the main text among which its headline is looked for
LABEL_WORDS = 6  # a line above the headline of up to so many words is a label
MAX_LINKED = 0.4  # share of a paragraph inside links above which it is no paragraph
MAX_BETWEEN = 2  # other lines between two paragraphs below the end of what the extractor found
MOST_OF_PIECE = 0.9  # of the characters that are not furniture
SIGNATURE = "— "
SIGNATURE_MARK = "(@"
POST_LINKS = ("pic.twitter.com/", "https://t.co/", "pic.x.com/")


class PageIndex:
    """The lines of a page, to be found again by what is left of them in the extractor's output."""

    def __init__(self, lines: Sequence[PageLine]) -> None:
        self.lines = lines
        self.starts: list[int] = []
        position = 0
        for line in lines:
            self.starts.append(position)
            position += len(line.key)
        self.joined = "".join(line.key for line in lines)
        self.by_key: dict[str, list[int]] = {}
        for number, line in enumerate(lines):
            self.by_key.setdefault(line.key, []).append(number)
        self.cursor = 0

    def find(self, text: str) -> range:
        """The numbers of the page lines that the text was taken from, next to the last one found; empty when unknown."""
        key = line_key(text)
        exact = self.by_key.get(key, [])
        if exact:
            number = next((each for each in exact if each >= self.cursor), exact[-1])
            self.cursor = number
            return range(number, number + 1)
        if len(key) < MIN_KEY:
            return range(0)
        start = self.joined.find(key, self.starts[self.cursor] if self.starts else 0)
        if start < 0:
            start = self.joined.find(key)
        if start < 0:
            return range(0)
        first = bisect_right(self.starts, start) - 1
        last = bisect_right(self.starts, start + len(key) - 1)
        self.cursor = first
        return range(first, last)


def article_drafts(
    main: Sequence[str], page: Sequence[PageLine], title: str | None, furniture: Furniture
) -> list[Draft]:
    """Title, body, embedded posts and furniture; an empty list when no line is left for the body."""
    index = PageIndex(page)
    main, places = _with_dropped_lines(main, [index.find(line) for line in main], page, furniture)
    lines = [
        Line(text, _merged(text, [page[number] for number in place])) for text, place in zip(main, places, strict=True)
    ]
    reasons = reasons_to_set_aside(lines, furniture)
    headline = _headline(main, title)
    drafts: list[Draft] = []
    if title and headline is None:
        drafts.append(Draft(title, BlockKind.TITLE))
    for number, (line, reason) in enumerate(zip(lines, reasons, strict=True)):
        if number == headline:
            drafts.append(Draft(line.text, BlockKind.TITLE))
        elif headline is not None and number < headline and count_words(line.text) <= LABEL_WORDS:
            drafts.append(Draft(line.text, BlockKind.FURNITURE, reason or "section-label"))
        elif _is_embedded(lines, number, furniture):
            drafts.append(Draft(line.text, BlockKind.EMBEDDED))
        else:
            drafts.append(Draft(line.text, BlockKind.FURNITURE if reason else BlockKind.BODY, reason))
    if not any(draft.kind is BlockKind.BODY for draft in drafts):
        return []
    return [*drafts, *_around(page, {number for place in places for number in place}, drafts, furniture)]


def fallback_lines(page: Sequence[PageLine], furniture: Furniture) -> list[str]:
    """For a page in which the extractor finds no article: its paragraphs, when it has any."""
    reasons = reasons_to_set_aside([Line(line.text, line) for line in page], furniture)
    kept = [line.text for line, reason in zip(page, reasons, strict=True) if reason is None]
    return kept if any(count_words(text) >= PARAGRAPH_WORDS and ENDING.search(text) for text in kept) else []


def lines_of_piece(main: Sequence[str], page: Sequence[PageLine], furniture: Furniture) -> Sequence[str]:
    """For a piece of markup that a feed or a table gives as the report itself: all its lines but for furniture, unless the
    extractor, which is made for whole pages, has found most of them."""
    reasons = reasons_to_set_aside([Line(line.text, line) for line in page], furniture)
    own = [line.text for line, reason in zip(page, reasons, strict=True) if reason is None]
    return main if sum(map(len, main)) >= MOST_OF_PIECE * sum(map(len, own)) else own


def _with_dropped_lines(
    main: Sequence[str], places: Sequence[range], page: Sequence[PageLine], furniture: Furniture
) -> tuple[list[str], list[range]]:
    """The main lines with those put back that the extractor dropped: within the article, quoted posts and paragraphs in the
    same surroundings as its own; below its end, paragraphs that follow at once in the surroundings of most."""
    used = {number for place in places for number in place}
    if not used:
        return list(main), list(places)
    own = Counter((page[number].names, page[number].tags) for number in used if "p" in page[number].tags)
    inside = range(min(used), max(used) + 1)
    dropped = [n for n in inside if n not in used and _is_of_article(page[n], own, furniture)]
    usual = {surroundings for surroundings, _ in own.most_common(1) if surroundings[0]}
    last = inside[-1]
    while following := [
        n
        for n in range(last + 1, last + 2 + MAX_BETWEEN)
        if n < len(page) and _is_of_article(page[n], usual, furniture)
    ]:
        last = following[0]
        dropped.append(last)
    lines, found = list(main), list(places)
    for number in reversed(dropped):
        after = max((at for at, place in enumerate(places) if place and place.start < number), default=-1) + 1
        lines.insert(after, page[number].text)
        found.insert(after, range(number, number + 1))
    return lines, found


def _is_of_article(
    line: PageLine, surroundings: Container[tuple[frozenset[str], frozenset[str]]], furniture: Furniture
) -> bool:
    if "blockquote" in line.tags and not furniture.embedded_names.isdisjoint(line.names):
        return True
    is_paragraph = count_words(line.text) >= PARAGRAPH_WORDS and bool(ENDING.search(line.text))
    return is_paragraph and line.link_share < MAX_LINKED and (line.names, line.tags) in surroundings


def _merged(text: str, found: Sequence[PageLine]) -> PageLine:
    """What the markup says of a line that may stand on several lines of the page; nothing when it was not found."""
    if not found:
        return PageLine(text, line_key(text), 0.0, frozenset(), frozenset({"p"}))
    length = sum(len(line.text) for line in found)
    return PageLine(
        text,
        line_key(text),
        sum(line.link_share * len(line.text) for line in found) / length,
        frozenset.intersection(*(line.names for line in found)),
        frozenset.intersection(*(line.tags for line in found)),
    )


def _headline(main: Sequence[str], title: str | None) -> int | None:
    """The number of the line that is the title, among the first ones."""
    key = line_key(title or "")
    return next((number for number, line in enumerate(main[:TITLE_WITHIN]) if key and line_key(line) == key), None)


def _is_embedded(lines: Sequence[Line], number: int, furniture: Furniture) -> bool:
    """A post from elsewhere: by the class of its quotation, or in plain form by its signature line "— Name (@name) date"."""
    line = lines[number]
    page = line.on_page
    if page is not None and "blockquote" in page.tags and not furniture.embedded_names.isdisjoint(page.names):
        return True
    return is_post_signature(line.text) or (
        number + 1 < len(lines) and is_post_signature(lines[number + 1].text) and has_post_link(line.text)
    )


def is_post_signature(text: str) -> bool:
    """The last line of an embedded post."""
    return text.startswith(SIGNATURE) and SIGNATURE_MARK in text


def has_post_link(text: str) -> bool:
    """Words of a post mostly end with its own short link."""
    return any(link in text for link in POST_LINKS)


def _around(page: Sequence[PageLine], used: set[int], drafts: Sequence[Draft], furniture: Furniture) -> list[Draft]:
    seen = {line_key(draft.text) for draft in drafts}
    everything = "".join(line_key(draft.text) for draft in drafts)
    reasons = reasons_to_set_aside([Line(line.text, line) for line in page], furniture)
    kept: list[Draft] = []
    room = MAX_SET_ASIDE_CHARACTERS
    for number, (line, reason) in enumerate(zip(page, reasons, strict=True)):
        if number in used or not line.key or line.key in seen or (len(line.key) >= MIN_KEY and line.key in everything):
            continue
        seen.add(line.key)
        room -= len(line.text) + 1
        if room < 0:
            break
        kept.append(Draft(line.text, BlockKind.FURNITURE, reason or "outside-main-text"))
    return kept
