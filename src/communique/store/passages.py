"""Spans of an article → the passages they stand in: whole sentences, with the places of the words inside them.

The record keeps no grammar, so a sentence here ends at a stop, question or exclamation mark before a space, or at the end
of its block. That is for reading only; nothing is coded from it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from communique.records import Article, Block, Span

SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[^\W\d_a-z])")


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """Words inside a passage: code points of the article, and what they were read as."""

    span: Span
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Consecutive sentences of one block; `text` are the article's characters `span`, `marks` lie inside them in text order."""

    span: Span
    text: str
    marks: tuple[Mark, ...]


def passages(article: Article, marks: Sequence[Mark]) -> tuple[Passage, ...]:
    """The passages that hold the marks, in text order, each character at most once."""
    ordered = sorted(set(marks), key=lambda mark: (mark.span.start, -mark.span.end, mark.label))
    stretches: list[tuple[int, int]] = []
    for mark in ordered:
        start, end = _sentences(article, mark.span)
        if stretches and start <= stretches[-1][1]:
            stretches[-1] = (stretches[-1][0], max(end, stretches[-1][1]))
        else:
            stretches.append((start, end))
    return tuple(
        Passage(
            span=(span := article.span(start, end)),
            text=article.quote(span),
            marks=tuple(mark for mark in ordered if span.covers(mark.span)),
        )
        for start, end in stretches
    )


def opening_passage(article: Article) -> tuple[Passage, ...]:
    """Where the article begins: what stands for it when nothing narrower does. Empty for an article without text."""
    block = next(iter(article.blocks), None)
    if block is None:
        return (
            passages(article, [Mark(span=article.span(0, len(article.text)), label="article")]) if article.text else ()
        )
    return passages(article, [Mark(span=block.span, label=block.kind.value)])


def _sentences(article: Article, span: Span) -> tuple[int, int]:
    """Start and end of the sentences in which the span stands."""
    first = _block_at(article, span.start)
    last = _block_at(article, span.end - 1)
    start = first.span.start if first else span.start
    end = last.span.end if last else span.end
    for boundary in SENTENCE_END.finditer(article.text, start, end):
        if boundary.end() <= span.start:
            start = boundary.end()
        elif boundary.start() >= span.end - 1:
            end = boundary.start() + len(boundary.group().rstrip())
            break
    return min(start, span.start), max(end, span.end)


def _block_at(article: Article, offset: int) -> Block | None:
    return next((block for block in article.blocks if block.span.start <= offset < block.span.end), None)
