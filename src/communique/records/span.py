"""A half-open range of characters of one article: what every value of the record stands on."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Span:
    """Characters `start` to `end` (half open, in Unicode code points) of the text of the article `article_id`."""

    article_id: str
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"span {self.start}-{self.end} of article {self.article_id} is empty or reversed")

    def of(self, text: str) -> str:
        """The quoted characters; `text` is the text of the article that the span names."""
        return text[self.start : self.end]

    def overlaps(self, other: "Span") -> bool:
        """True when both spans share at least one character of the same article."""
        return self.article_id == other.article_id and self.start < other.end and other.start < self.end

    def covers(self, other: "Span") -> bool:
        """True when `other` lies wholly inside this span."""
        return self.article_id == other.article_id and self.start <= other.start and other.end <= self.end
