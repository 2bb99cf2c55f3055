"""Words → the articles that have them, the passages where they stand, and what was coded from those passages."""

import re
import unicodedata
from dataclasses import replace

from communique.assist.asking import Asked
from communique.assist.citing import Item, shortened, sources_of
from communique.assist.telling import told_claim, told_statement
from communique.records import Article, BlockKind, Claim, Span, Statement
from communique.store import Filters, Mark, Plain, Record
from communique.store.passages import passages

PASSAGES = 3  # of an article
CODED = 4  # claims, and statements, of an article
PHRASES = re.compile(r'"([^"]+)"|(\S+)')


def search(record: Record, asked: Asked) -> Item:
    """One page of the articles that have all the words, by day."""
    words = asked.text("words") or ""
    filters = Filters(
        words=words,
        actors=asked.texts("actor"),
        since=asked.day("since"),
        until=asked.day("until"),
        sources=asked.texts("outlet"),
        limit=asked.limit,
        after=asked.text("cursor"),
    )
    part = record.articles_slice(filters)
    places = {article.id: _places(article, words) for article in part.items}
    claims: list[Claim] = []
    statements: list[Statement] = []
    for article in part.items:
        within = Filters(article_id=article.id)
        claims += [each for each in record.claims(within) if _meets(each.evidence, places[article.id])][:CODED]
        statements += [each for each in record.statements(within) if _meets(each.content, places[article.id])][:CODED]
    sources = sources_of(
        record, [claims, statements, *([article.span(0, 1)] for article in part.items if article.text)]
    )
    events = record.linked_events_of([claim.id for claim in claims])
    results: list[Plain] = []
    for article in part.items:
        found: list[Plain] = [_passage(article, span) for span in places[article.id][:PASSAGES]]
        coded: list[Plain] = [
            told_claim(claim, sources, events[claim.id].id if claim.id in events else None)
            for claim in claims
            if claim.article_id == article.id
        ]
        coded += [told_statement(each, sources) for each in statements if each.article_id == article.id]
        results.append({"title": article.title, **sources.source(article), "passages": found, "coded": coded})
    counted = record.count("articles", replace(filters, after=None))
    return {"articles_found": counted, "results": results, "next_cursor": part.next}


def _passage(article: Article, span: Span) -> Item:
    shown = shortened(article, span)
    return {"quotation": article.quote(shown), "start": shown.start, "end": shown.end}


def _places(article: Article, words: str) -> list[Span]:
    """The sentences that have the words, those with most different ones first; furniture is left out."""
    text = _folded(article.text)
    marks: list[Mark] = []
    for phrase, word in PHRASES.findall(words):
        wanted = r"\W+".join(re.escape(each) for each in re.findall(r"\w+", _folded(phrase or word)))
        if wanted:
            marks += [
                Mark(span=article.span(match.start(), match.end()), label=wanted)
                for match in re.finditer(rf"\b{wanted}\b", text)
            ]
    set_aside = [block.span for block in article.blocks if block.kind is BlockKind.FURNITURE]
    marks = [mark for mark in marks if not any(each.covers(mark.span) for each in set_aside)]
    found = sorted(
        passages(article, marks), key=lambda each: (-len({mark.label for mark in each.marks}), each.span.start)
    )
    return [each.span for each in found]


def _folded(text: str) -> str:
    """Lower case without accents, letter for letter, so that places in it are places in the text."""
    return "".join(_plain_letter(letter) for letter in text)


def _plain_letter(letter: str) -> str:
    lowered = unicodedata.normalize("NFD", letter)[0].lower()
    return lowered if len(lowered) == 1 else letter


def _meets(spans: tuple[Span, ...], places: list[Span]) -> bool:
    return any(span.overlaps(place) for span in spans for place in places)
