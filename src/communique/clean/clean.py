"""Page → Article: main text and furniture apart, metadata, publication date, language, foreign fragments, translation.

An article in another language than English is an article like any other; whether it can be coded is for `run` to say.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date

from communique.clean.decoding import decode
from communique.clean.drafts import Placed, joined
from communique.clean.extraction import extracted_metadata, main_lines
from communique.clean.guard import refuse_hostile_markup
from communique.clean.json_ld import read_json_ld
from communique.clean.language import Stretch, foreign_stretches, language_of
from communique.clean.layout import page_lines, parse_page
from communique.clean.metadata import Metadata, is_whole_page, read_metadata
from communique.clean.page_text import article_drafts, fallback_lines, lines_of_piece
from communique.clean.plain_text import place_lines
from communique.clean.publication import Publication, page_publication, text_publication
from communique.clean.told import told_day, told_title, with_title
from communique.clean.translation import judge_translation
from communique.codebook.furniture import load_furniture
from communique.records import (
    Article,
    Block,
    BlockKind,
    Fragment,
    MediaType,
    Page,
    ReadingError,
    Span,
    TranslationSign,
    make_id,
)

MAX_ARTICLE_CHARACTERS = 1_000_000  # what the parser takes; the longest reports seen are below 100,000
MAX_PAGE_LINES = 15_000  # of a page that are looked at; the longest live reports have some 5,000
OWN_KINDS = (BlockKind.TITLE, BlockKind.BODY)
DATED_REASONS = frozenset({"timestamp", "byline"})
HEAD_LINES = 8  # furniture above the article in which a date line is looked for
FIRST_PARAGRAPHS = 2


@dataclass(frozen=True, slots=True)
class _Reading:
    """What both readers give: the text, its lines in place, and what the document says about itself."""

    text: str
    placed: tuple[Placed, ...]
    metadata: Metadata
    publication: Publication


def clean(page: Page) -> Article:
    """The article of one page. Its id is made from the page's, so that a second run gives the same.

    Raises ReadingError with one line (source, cause, remedy) when the page is refused or holds no article.
    """
    markup = decode(page.content, page.encoding).text
    reading = _read_page(page, markup) if page.media_type is MediaType.HTML else _read_text(page, markup)
    return _article(page, reading)


def _read_page(page: Page, markup: str) -> _Reading:
    refuse_hostile_markup(markup, page.source)
    root = parse_page(markup)
    if root is None:
        raise _no_article(page)
    furniture = load_furniture()
    lines = page_lines(root)[:MAX_PAGE_LINES]
    json_ld = read_json_ld(root)
    metadata = read_metadata(root, markup, json_ld, extracted_metadata(markup), told_title(page))
    main: Sequence[str] = main_lines(markup)
    if page.told_by and not is_whole_page(root):
        main = lines_of_piece(main, lines, furniture)
    _refuse_length(page, sum(map(len, main)))
    drafts = article_drafts(main, lines, metadata.title, furniture)
    if not drafts:
        drafts = article_drafts(fallback_lines(lines, furniture), lines, metadata.title, furniture)
    if not drafts:
        raise _no_article(page)
    text, placed = joined(drafts)
    url = page.url or metadata.url
    shown = [line.text for line in lines]
    publication = page_publication(root, markup, json_ld, url, shown, _fetched(page), told_day(page))
    return _Reading(text, placed, metadata, publication)


def _read_text(page: Page, text: str) -> _Reading:
    _refuse_length(page, len(text))
    placed = place_lines(text, load_furniture())
    own = [text[each.start : each.end] for each in placed if each.kind is BlockKind.BODY]
    if not own:
        raise _no_article(page)
    title = next((text[each.start : each.end] for each in placed if each.kind is BlockKind.TITLE), None)
    head = [text[each.start : each.end] for each in placed[:HEAD_LINES] if each.reason in DATED_REASONS]
    publication = text_publication(head, own[:FIRST_PARAGRAPHS], _fetched(page), told_day(page), page.url)
    told = told_title(page)
    if told:
        text, placed = with_title(text, placed, told)
        title = next((text[each.start : each.end] for each in placed if each.kind is BlockKind.TITLE), told)
    return _Reading(text, placed, Metadata(title=title, authors=(), site=None, url=None), publication)


def _article(page: Page, reading: _Reading) -> Article:
    article_id = make_id("article", page.id)

    def span(start: int, end: int) -> Span:
        return Span(article_id=article_id, start=start, end=end)

    text, metadata, publication = reading.text, reading.metadata, reading.publication
    own = [(each.start, each.end) for each in reading.placed if each.kind in OWN_KINDS]
    language = language_of("\n".join(text[start:end] for start, end in own))
    spoken = [(each.start, each.end) for each in reading.placed if each.kind is not BlockKind.FURNITURE]
    fragments = _fragments(text, spoken, language)
    judgement = judge_translation(text, own if language == "en" else (), fragments)
    return Article(
        id=article_id,
        page_id=page.id,
        source=page.source,
        text=text,
        blocks=tuple(
            Block(span=span(each.start, each.end), kind=each.kind, reason=each.reason) for each in reading.placed
        ),
        title=metadata.title,
        url=page.url or metadata.url,
        site=metadata.site or page.site,
        authors=metadata.authors,
        language=language,
        fragments=tuple(Fragment(span=span(each.start, each.end), language=each.language) for each in fragments),
        translation_signs=tuple(
            TranslationSign(span=span(each.start, each.end), sign=each.sign) for each in judgement.traces
        ),
        machine_translated=judgement.verdict,
        published=publication.published,
        modified=publication.modified,
        publication_candidates=publication.candidates,
        fetched=_fetched(page),
    )


def _fragments(text: str, spans: Sequence[tuple[int, int]], language: str | None) -> list[Stretch]:
    return [
        Stretch(start + each.start, start + each.end, each.language)
        for start, end in spans
        for each in foreign_stretches(text[start:end], language)
    ]


def _fetched(page: Page) -> date | None:
    return page.fetched_at.astimezone(UTC).date() if page.fetched_at else None


def _refuse_length(page: Page, characters: int) -> None:
    if characters > MAX_ARTICLE_CHARACTERS:
        raise ReadingError(
            f"{page.source}: its text is longer than {MAX_ARTICLE_CHARACTERS:,} characters, which no article is; "
            "split it into one file for each article"
        )


def _no_article(page: Page) -> ReadingError:
    return ReadingError(
        f"{page.source}: no article text was found in it; check that it is a report and not a list of links"
    )
