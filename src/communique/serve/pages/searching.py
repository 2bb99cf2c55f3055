"""`/search`: words in the articles with the places where they stand, actors of that name, and events under any conditions."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from communique.records import Article, StorageError
from communique.serve.pages.actors import about
from communique.serve.pages.articles import ArticleRow, article_row
from communique.serve.pages.caching import KeptRoute
from communique.serve.pages.listing import listing
from communique.serve.pages.rows import happenings
from communique.serve.query import read_view
from communique.serve.site import site_of
from communique.store import Filters, Record

router = APIRouter(route_class=KeptRoute)

AROUND = 90  # characters on either side of a found word
SNIPPETS = 3  # of one article
ARTICLES_SHOWN = 20
NAMED_SHOWN = 8
EVENTS_SHOWN = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An article with the stretches in which the words stand, as (text, is it a found word) pieces, each with its address."""

    row: ArticleRow
    snippets: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]


@router.get("/search")
def search(request: Request) -> Response:
    """`q` are the words; every condition of the timeline narrows the events."""
    site = site_of(request)
    view = read_view(site.record, "events", request.query_params.multi_items(), strict=False)
    words = view.filters.words or ""
    asked = bool(view.pairs)
    filters = Filters(
        words=words or None,
        since=view.filters.since,
        until=view.filters.until,
        sources=view.filters.sources,
        limit=ARTICLES_SHOWN,
    )
    articles = site.record.articles_slice(filters) if words else None
    events, following = happenings(site.record, replace(view.filters, limit=EVENTS_SHOWN)) if asked else ((), None)
    beside = [(name, value) for name, value in view.pairs if name in ("since", "until", "source")]
    context = {
        "asked": words,
        "searched": asked,
        "named": _named(site.record, words) if words else (),
        "found": [found(each, words) for each in articles.items] if articles else [],
        "articles_count": site.record.count("articles", filters) if words else 0,
        "all_articles": "/articles?"
        + "&".join(f"{name}={quote(value)}" for name, value in [("words", words), *beside]),
        "events": events,
        "timeline": f"/timeline?{view.conditions}",
    }
    return site.render(request, "search.html", listing(site.record, view, following, "/search") | context)


def found(article: Article, words: str) -> Found:
    """The stretches of an article in which searched words stand."""
    phrases = [each.strip() for each in re.findall(r'"([^"]+)"', words)]
    singles = re.sub(r'"[^"]*"?', " ", words).split()
    wanted = sorted({each for each in (*phrases, *singles) if each}, key=lambda each: (-len(each), each))
    row = article_row(article)
    if not wanted:
        return Found(row=row, snippets=())
    pattern = re.compile("|".join(rf"\b{re.escape(each)}\w*" for each in wanted), re.IGNORECASE)
    hits = [(match.start(), match.end()) for match in pattern.finditer(article.text)]
    stretches: list[tuple[int, int]] = []
    for start, end in _telling(article.text, hits):
        if len(stretches) < SNIPPETS and not any(first <= start and end <= last for first, last in stretches):
            stretches.append(_edges(article.text, start, end))
    snippets = []
    for first, last in sorted(stretches):
        inside = [hit for hit in hits if first <= hit[0] and hit[1] <= last]
        words = article.text[inside[0][0] : inside[0][1]]
        snippets.append((f"{row.href}#:~:text={quote(words, safe='')}", _pieces(article.text, first, last, inside)))
    return Found(row=row, snippets=tuple(snippets))


def _telling(text: str, hits: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The first place of each found word, the longest word first, then all other places."""
    first = {text[start:end].lower(): (start, end) for start, end in reversed(hits)}
    leading = sorted(first.values(), key=lambda hit: (hit[0] - hit[1], hit))
    return [*leading, *(hit for hit in hits if hit not in leading)]


def _edges(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch around a word: inside its line, cut between words."""
    first = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    stop = text.find("\n", end)
    last = min(stop if stop >= 0 else len(text), end + AROUND)
    while first > 0 and first < start and not text[first - 1].isspace():
        first += 1
    while last < len(text) and last > end and not text[last].isspace():
        last -= 1
    return first, last


def _pieces(text: str, first: int, last: int, hits: Sequence[tuple[int, int]]) -> tuple[tuple[str, bool], ...]:
    pieces: list[tuple[str, bool]] = []
    reached = first
    for start, end in hits:
        pieces += [(text[reached:start], False), (text[start:end], True)]
        reached = end
    return (*((piece, hit) for piece, hit in pieces if piece), (text[reached:last], False))


def _named(record: Record, words: str) -> tuple[tuple[str, str, str], ...]:
    """Actors that are called so: address, name, who it is."""
    try:
        actors = record.actors_called(words.replace('"', ""))
    except StorageError:
        return ()
    return tuple((f"/actors/{each.id}", each.name, about(each)) for each in actors[:NAMED_SHOWN])
