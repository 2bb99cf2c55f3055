"""A page as it was found → text that is safe to show beside the cleaned article: never markup that a browser would run.

HTML is read for its visible text only, furniture and all; scripts and styles are left out, every other word is kept in order.
"""

from html.parser import HTMLParser

from communique.records import MediaType, Page

SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head"})
UNCLOSED = frozenset({"head", "svg", "noscript"})
BLOCKS = frozenset(
    ("p", "div", "section", "article", "header", "footer", "nav", "aside", "main", "h1", "h2", "h3", "h4", "h5", "h6")
) | {"li", "ul", "ol", "table", "tr", "blockquote", "figure", "form", "br", "hr"}
MOST_CHARACTERS = 400_000  # of an original shown; more helps nobody to compare


def original_text(page: Page) -> tuple[str, ...]:
    """The paragraphs of the page as it came, at most MOST_CHARACTERS in all."""
    source = original_source(page)
    if page.media_type is not MediaType.HTML:
        return tuple(line for line in source.splitlines() if line.strip())
    reader = _VisibleText()
    reader.feed(source)
    reader.close()
    return reader.lines()


def original_source(page: Page) -> str:
    """The page's characters; the declared encoding, UTF-8, then Latin-1 (which fits any bytes)."""
    content = page.content[: MOST_CHARACTERS * 4]
    for encoding in (page.encoding, "utf-8-sig"):
        try:
            if encoding:
                return content.decode(encoding)[:MOST_CHARACTERS]
        except (UnicodeDecodeError, LookupError):
            continue
    return content.decode("latin-1")[:MOST_CHARACTERS]


class _VisibleText(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._lines: list[list[str]] = [[]]
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS or tag == "body":  # what a page forgot to close ends here
            while self._silent and self._silent[-1] in UNCLOSED:
                self._silent.pop()
        if tag in SILENT:
            self._silent.append(tag)
        elif tag in BLOCKS:
            self._lines.append([])

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag == self._silent[-1]:
            self._silent.pop()
        elif tag in BLOCKS:
            self._lines.append([])

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._lines[-1].append(data)

    def lines(self) -> tuple[str, ...]:
        joined = (" ".join("".join(line).split()) for line in self._lines)
        return tuple(line for line in joined if line)
