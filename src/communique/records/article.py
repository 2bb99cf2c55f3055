"""The cleaned document: one text, of which some blocks are article and some are furniture set aside with a reason."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from communique.records.span import Span


class BlockKind(StrEnum):
    """Only TITLE and BODY are coded."""

    TITLE = "title"
    BODY = "body"
    EMBEDDED = "embedded"  # an embedded post: quoted words of somebody else, coded as that account's statement
    FURNITURE = "furniture"


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One line or paragraph. `reason` says why furniture was set aside (e.g. `comment-form`), None elsewhere."""

    span: Span
    kind: BlockKind
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragment:
    """A stretch in another language than the article's; `language` is ISO 639-1. It is never parsed as English."""

    span: Span
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationSign:
    """A trace of machine translation: `sign` is its kind (e.g. `untranslated-fragment`, `missing-article`)."""

    span: Span
    sign: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicationDate:
    """A candidate publication day: `source` says where it was read (e.g. `json-ld`, `meta`, `dateline`, `htmldate`)."""

    day: date
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """All spans refer to `text` (code points). `language` is ISO 639-1 or None; `machine_translated` is none | possible | likely.

    `published` is None when no candidate is trustworthy; then `published_between` may hold bounds read from the
    text itself (inclusive; either side None when open). `publication_candidates` keeps every date seen, best first.
    """

    id: str
    page_id: str
    source: str
    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    url: str | None = None
    site: str | None = None
    authors: tuple[str, ...] = ()
    language: str | None = None
    fragments: tuple[Fragment, ...] = ()
    translation_signs: tuple[TranslationSign, ...] = ()
    machine_translated: str = "none"
    published: PublicationDate | None = None
    modified: date | None = None
    publication_candidates: tuple[PublicationDate, ...] = ()
    published_between: tuple[date | None, date | None] | None = None
    fetched: date | None = None

    def span(self, start: int, end: int) -> Span:
        """A span of this article."""
        return Span(article_id=self.id, start=start, end=end)

    def quote(self, span: Span) -> str:
        """The characters that `span` quotes."""
        return span.of(self.text)
