"""A bare text through all of the program's stages: each line is one block of body text, nothing is set aside."""

from dataclasses import replace
from datetime import date
from functools import cache

from communique.records import (
    Article,
    Block,
    BlockKind,
    CodedArticle,
    MediaType,
    Page,
    PublicationDate,
    Span,
    make_id,
)
from communique.run.pipeline import code_page
from communique.run.settings import Settings
from communique.run.stages import installed_stages


@cache
def coded(text: str, published: date | None) -> CodedArticle:
    """The coded text; `published` is its publication day. Fails when a stage reports a problem."""
    page = Page(id=make_id("page", text), source="case", content=b"", content_hash="", media_type=MediaType.TEXT)
    identity = make_id("article", page.id, str(published))
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            blocks.append(
                Block(span=Span(article_id=identity, start=start, end=start + len(line)), kind=BlockKind.BODY)
            )
        start += len(line) + 1
    article = Article(
        id=identity,
        page_id=page.id,
        source="case",
        text=text,
        blocks=tuple(blocks),
        language="en",
        published=PublicationDate(day=published, source="case") if published else None,
    )
    stages = installed_stages()
    result = code_page(page, Settings(), replace(stages, clean=lambda _: article))
    assert isinstance(result, CodedArticle), result
    assert not result.problems, result.problems
    return result
