"""Where an annotator's quote stands in an article's text.

Quotes are compared in a plain form (straight quotation marks, one space for any run of white space, no zero-width
characters), because the same page comes out of different readers with other spaces. Results are spans of the text itself.
"""

from collections.abc import Iterator

from communique.records import Article, BlockKind, Span

PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‛": "'", "‚": "'",
        "–": "-", "—": "-", "−": "-", "‑": "-", "\u200b": None, "\u00ad": None, "\ufeff": None,
    }
)  # fmt: skip


def plain(text: str) -> str:
    """The form in which quotes are compared."""
    return " ".join(text.translate(PLAIN).split())


class Locator:
    """Finds quotes in one article; passages that are coded go before those set aside as furniture."""

    def __init__(self, article: Article) -> None:
        characters: list[str] = []
        offsets: list[int] = []
        for offset, raw in enumerate(article.text):
            character = raw.translate(PLAIN)
            if raw.isspace():
                character = " "
            if not character or (character == " " and characters and characters[-1] == " "):
                continue
            characters.append(character)
            offsets.append(offset)
        self._article = article
        self._text = "".join(characters)
        self._offsets = offsets
        self._furniture = [each.span for each in article.blocks if each.kind is BlockKind.FURNITURE]

    def everywhere(self, quote: str, *, whole_words: bool = False) -> list[Span]:
        """All places of the quote, furniture included, in text order; overlapping finds of one quote count once."""
        return list(self._finds(plain(quote), whole_words))

    def coded(self, quote: str, *, whole_words: bool = False) -> list[Span]:
        """The places of the quote that are not in furniture."""
        return [span for span in self._finds(plain(quote), whole_words) if not self.in_furniture(span)]

    def first(self, quote: str, after: str | None = None) -> Span | None:
        """The place meant: directly behind `after`, else the next one after it, else the first; None when absent."""
        found = self.coded(quote, whole_words=True) or self.coded(quote) or self.everywhere(quote)
        if not found or after is None:
            return found[0] if found else None
        ends = [span.end for span in self.coded(after) or self.everywhere(after)]
        directly = [
            span
            for span in found
            for end in ends
            if not plain(self._article.text[end : span.start]) and end <= span.start
        ]
        following = [span for span in found if ends and span.start >= ends[0]]
        return (directly or following or found)[0]

    def in_furniture(self, span: Span) -> bool:
        """True when most of the span was set aside as furniture."""
        return sum(shared(span, block) for block in self._furniture) * 2 > span.end - span.start

    def is_line(self, span: Span) -> bool:
        """True when nothing else stands on the span's line."""
        text = self._article.text
        before = text[text.rfind("\n", 0, span.start) + 1 : span.start]
        end = text.find("\n", span.end)
        return not before.strip() and not text[span.end : end if end >= 0 else len(text)].strip()

    def _finds(self, quote: str, whole_words: bool) -> Iterator[Span]:
        if not quote:
            return
        start = self._text.find(quote)
        while start >= 0:
            end = start + len(quote)
            if not whole_words or not (self._cuts_word(start) or self._cuts_word(end)):
                yield self._article.span(self._offsets[start], self._offsets[end - 1] + 1)
                start = self._text.find(quote, end)
            else:
                start = self._text.find(quote, start + 1)

    def _cuts_word(self, boundary: int) -> bool:
        inside = 0 < boundary < len(self._text)
        return inside and self._text[boundary - 1].isalnum() and self._text[boundary].isalnum()


def shared(first: Span, second: Span) -> int:
    """The number of characters that two spans have in common."""
    return (
        max(0, min(first.end, second.end) - max(first.start, second.start))
        if first.article_id == second.article_id
        else 0
    )


def mostly_shared(first: Span, second: Span) -> bool:
    """True when the spans share at least half of the shorter one."""
    return 2 * shared(first, second) >= min(first.end - first.start, second.end - second.start)
