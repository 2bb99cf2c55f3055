"""One bare sentence through the stages, for benchmarks that give no article around it."""

from functools import lru_cache

from communique.records import Article, Block, BlockKind, CodedArticle, MediaType, Page, Span, make_id
from communique.run.pipeline import Settings, code_page
from communique.run.stages import Stages, installed_stages


def bare_article(text: str) -> Article:
    """A text as one body block: nothing is set aside, no title is looked for. Raises ValueError when it is empty."""
    identity = make_id("article", text)
    block = Block(span=Span(article_id=identity, start=0, end=len(text)), kind=BlockKind.BODY)
    page_id = make_id("page", text)
    return Article(id=identity, page_id=page_id, source="sentence", text=text, blocks=(block,), language="en")


def sentence_article(page: Page) -> Article:
    """The page's text as one body block."""
    return bare_article(page.content.decode("utf-8"))


def code_sentence(sentence: str) -> CodedArticle:
    """The coding of one sentence. Raises ValueError when the sentence is empty."""
    content = sentence.encode("utf-8")
    page = Page(
        id=make_id("page", sentence), source="sentence", content=content, content_hash="", media_type=MediaType.TEXT
    )
    coded = code_page(page, Settings(), _stages())
    if not isinstance(coded, CodedArticle):
        raise ValueError(f"sentence {sentence[:60]!r}: {coded.reason}")
    return coded


@lru_cache(maxsize=1)
def _stages() -> Stages:
    from dataclasses import replace

    return replace(installed_stages(), clean=sentence_article)
