"""Pages, articles with their blocks and dates, problems and runs ↔ rows."""

import zlib
from collections.abc import Sequence
from datetime import UTC
from typing import Any

from sqlalchemy import Connection

from communique.records import (
    Article,
    Block,
    BlockKind,
    Fragment,
    MediaType,
    Page,
    Problem,
    PublicationDate,
    Run,
    Severity,
    Span,
    TranslationSign,
)
from communique.store import schema
from communique.store.mapping.columns import Row, Rows, parts_by_owner, rows_by_id, span_of, span_row


def page_row(page: Page) -> dict[str, Any]:
    """The page with its bytes compressed."""
    return {
        "id": page.id,
        "source": page.source,
        "content_zlib": zlib.compress(page.content),
        "content_hash": page.content_hash,
        "media_type": page.media_type.value,
        "url": page.url,
        "fetched_at": page.fetched_at.astimezone(UTC).replace(tzinfo=None) if page.fetched_at else None,
        "encoding": page.encoding,
        "title": page.title,
        "published": page.published,
        "site": page.site,
        "told_by": page.told_by,
    }


def page_of(row: Row) -> Page:
    """The page with its bytes."""
    return Page(
        id=row["id"],
        source=row["source"],
        content=zlib.decompress(row["content_zlib"]),
        content_hash=row["content_hash"],
        media_type=MediaType(row["media_type"]),
        url=row["url"],
        fetched_at=row["fetched_at"].replace(tzinfo=UTC) if row["fetched_at"] else None,
        encoding=row["encoding"],
        title=row["title"],
        published=row["published"],
        site=row["site"],
        told_by=row["told_by"],
    )


def article_rows(article: Article, run_id: str, digest: str) -> Rows:
    """The article and its ordered parts."""
    bounds = article.published_between
    own = {
        "id": article.id,
        "page_id": article.page_id,
        "run_id": run_id,
        "digest": digest,
        "source": article.source,
        "text": article.text,
        "title": article.title,
        "url": article.url,
        "site": article.site,
        "authors": list(article.authors),
        "language": article.language,
        "machine_translated": article.machine_translated,
        "published": article.published.day if article.published else None,
        "published_source": article.published.source if article.published else None,
        "bounded": bounds is not None,
        "published_after": bounds[0] if bounds else None,
        "published_before": bounds[1] if bounds else None,
        "modified": article.modified,
        "fetched": article.fetched,
    }
    return {
        schema.articles: [own],
        schema.blocks: [
            _part(article, number)
            | {"start": block.span.start, "end": block.span.end, "kind": block.kind.value, "reason": block.reason}
            for number, block in enumerate(article.blocks)
        ],
        schema.fragments: [
            _part(article, number) | span_row(article, fragment.span) | {"language": fragment.language}
            for number, fragment in enumerate(article.fragments)
        ],
        schema.translation_signs: [
            _part(article, number) | span_row(article, sign.span) | {"sign": sign.sign}
            for number, sign in enumerate(article.translation_signs)
        ],
        schema.publication_candidates: [
            _part(article, number) | {"day": candidate.day, "source": candidate.source}
            for number, candidate in enumerate(article.publication_candidates)
        ],
    }


def _part(article: Article, number: int) -> dict[str, Any]:
    return {"article_id": article.id, "position": number}


def load_articles(connection: Connection, ids: Sequence[str]) -> dict[str, Article]:
    """The articles by id; unknown ids are left out."""
    rows = rows_by_id(connection, schema.articles, ids)
    blocks = parts_by_owner(connection, schema.blocks, "article", ids)
    fragments = parts_by_owner(connection, schema.fragments, "article", ids)
    signs = parts_by_owner(connection, schema.translation_signs, "article", ids)
    candidates = parts_by_owner(connection, schema.publication_candidates, "article", ids)
    return {
        row["id"]: Article(
            id=row["id"],
            page_id=row["page_id"],
            source=row["source"],
            text=row["text"],
            blocks=tuple(
                Block(
                    span=Span(article_id=row["id"], start=part["start"], end=part["end"]),
                    kind=BlockKind(part["kind"]),
                    reason=part["reason"],
                )
                for part in blocks[row["id"]]
            ),
            title=row["title"],
            url=row["url"],
            site=row["site"],
            authors=tuple(row["authors"]),
            language=row["language"],
            fragments=tuple(
                Fragment(span=span_of(part, row["id"]), language=part["language"]) for part in fragments[row["id"]]
            ),
            translation_signs=tuple(
                TranslationSign(span=span_of(part, row["id"]), sign=part["sign"]) for part in signs[row["id"]]
            ),
            machine_translated=row["machine_translated"],
            published=PublicationDate(day=row["published"], source=row["published_source"])
            if row["published"]
            else None,
            modified=row["modified"],
            publication_candidates=tuple(
                PublicationDate(day=part["day"], source=part["source"]) for part in candidates[row["id"]]
            ),
            published_between=(row["published_after"], row["published_before"]) if row["bounded"] else None,
            fetched=row["fetched"],
        )
        for row in rows
    }


def problem_row(problem: Problem, article_id: str | None) -> dict[str, Any]:
    """The problem as met by one article, or (None) by an input that gave no article."""
    return {
        "id": problem.id,
        "article_id": article_id,
        "stage": problem.stage,
        "source": problem.source,
        "reason": problem.reason,
        "remedy": problem.remedy,
        "severity": problem.severity.value,
    }


def problem_of(row: Row) -> Problem:
    """The problem in a row."""
    return Problem(
        id=row["id"],
        stage=row["stage"],
        source=row["source"],
        reason=row["reason"],
        remedy=row["remedy"],
        severity=Severity(row["severity"]),
    )


def run_row(run: Run) -> dict[str, Any]:
    """The run in one row."""
    return {
        "id": run.id,
        "version": run.version,
        "codebook_hash": run.codebook_hash,
        "model_hash": run.model_hash,
        "settings": run.settings,
    }


def run_of(row: Row) -> Run:
    """The run in a row."""
    return Run(
        id=row["id"],
        version=row["version"],
        codebook_hash=row["codebook_hash"],
        model_hash=row["model_hash"],
        settings=row["settings"],
    )
