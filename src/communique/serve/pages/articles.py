"""`/articles`: every article by day. `/articles/ID`: one article with its coded words marked, the cards beside it."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from fastapi import APIRouter, HTTPException, Request, Response

from communique.records import Article, BlockKind, CodedArticle, CopyGroup, StorageError
from communique.records.outlet import outlet_of
from communique.serve.pages.caching import KeptRoute
from communique.serve.pages.cards import cards
from communique.serve.pages.dates import day_words
from communique.serve.pages.listing import listing
from communique.serve.pages.originals import original_source, original_text
from communique.serve.pages.segments import paragraphs
from communique.serve.pages.wording import Wording, quoted
from communique.serve.query import ARTICLE_ID, read_view
from communique.serve.site import site_of
from communique.store import Record

router = APIRouter(route_class=KeptRoute)

ROWS = 50
LEAD_LENGTH = 240  # characters of an article's first paragraph in a list


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRow:
    """An article in a list. `day` in words, empty when unknown; `lead` its first words."""

    id: str
    title: str
    outlet: str
    day: str
    lead: str = ""
    translated: str = "none"

    @property
    def href(self) -> str:
        """The article's page."""
        return f"/articles/{self.id}"


def article_row(article: Article, wording: Wording | None = None) -> ArticleRow:
    """The article as a row."""
    body = next((block for block in article.blocks if block.kind is BlockKind.BODY), None)
    return ArticleRow(
        id=article.id,
        title=article.title or (quoted(article.quote(body.span), 90) if body else article.source),
        outlet=outlet_of(article),
        day=day_words(article.published.day) if article.published else "",
        lead=_lead(article.quote(body.span)) if body else "",
        translated=article.machine_translated,
    )


def _lead(words: str) -> str:
    """The first words of a paragraph, cut after a word."""
    folded = " ".join(words.split())
    return folded if len(folded) <= LEAD_LENGTH else folded[:LEAD_LENGTH].rpartition(" ")[0].rstrip(",;:–—- ") + " …"


@router.get("/articles")
def article_list(request: Request) -> Response:
    """All articles, by day of publication."""
    site = site_of(request)
    pairs = request.query_params.multi_items()
    view = read_view(site.record, "articles", pairs, strict=False, default_limit=ROWS)
    part = site.record.articles_slice(view.filters)
    rows = [article_row(each) for each in part.items]
    return site.render(request, "articles.html", {"rows": rows, **listing(site.record, view, part.next, "/articles")})


@router.get("/articles/{asked}")
def article(request: Request, asked: str, view: str = "") -> Response:
    """One article: marked text and cards; `view=original` puts the page as it came beside the cleaned text."""
    site = site_of(request)
    try:
        identity = asked if ARTICLE_ID.fullmatch(asked) else site.record.find_article(asked)
        coded = site.record.coded_article(identity)
    except StorageError as error:
        raise HTTPException(404, str(error)) from error
    wording = Wording(site.record, [*coded.claims, *coded.statements, *coded.positions, *coded.meetings])
    wording.articles[coded.article.id] = coded.article
    events = {each: event.id for each, event in site.record.linked_events_of([c.id for c in coded.claims]).items()}
    context = {
        "article": coded.article,
        "row": article_row(coded.article),
        "paragraphs": paragraphs(coded),
        "cards": cards(coded, wording, events),
        "furniture": sum(block.kind is BlockKind.FURNITURE for block in coded.article.blocks),
        "facts": _facts(coded),
        "address": _web_address(coded.article.url),
        "copies": _copies(site.record, coded.article),
        "problems": coded.problems,
    }
    if view == "original":
        original = {"original": original_text(coded.page), "source": original_source(coded.page)}
        return site.render(request, "original.html", context | original)
    return site.render(request, "article.html", context)


def _facts(coded: CodedArticle) -> tuple[tuple[str, str], ...]:
    """What is known of the article itself, label by label."""
    own = coded.article
    facts = [("Found at", own.source)]
    if own.authors:
        facts.append(("By", ", ".join(own.authors)))
    if own.published:
        facts.append(("Published", f"{day_words(own.published.day)} (read from {own.published.source})"))
    elif own.published_between:
        first, last = own.published_between
        told = " and ".join(day_words(each) if each else "an unknown day" for each in (first, last))
        facts.append(("Published", f"unknown; between {told}, as the text itself tells"))
    else:
        facts.append(("Published", "unknown"))
    others = [each for each in own.publication_candidates if own.published is None or each.day != own.published.day]
    if others:
        facts.append(("Other dates seen", ", ".join(f"{day_words(each.day)} ({each.source})" for each in others)))
    if own.modified:
        facts.append(("Changed", day_words(own.modified)))
    if own.language:
        facts.append(("Language", own.language))
    if own.machine_translated != "none":
        signs = ", ".join(sorted({each.sign.replace("-", " ") for each in own.translation_signs}))
        facts.append(("Machine translation", f"{own.machine_translated}{f' ({signs})' if signs else ''}"))
    return tuple(facts)


def _web_address(url: str | None) -> str | None:
    """The address when it is one that may be linked: nothing but http and https."""
    return url if url and urlsplit(url).scheme in ("http", "https") else None


def _copies(record: Record, article: Article) -> tuple[tuple[CopyGroup, tuple[ArticleRow, ...]], ...]:
    """The groups of copies that the article belongs to, with the other members."""
    found = []
    for group in record.copy_groups([article.id]):
        others = record.articles_by_id(each for each in group.articles if each != article.id)
        found.append((group, tuple(article_row(others[each]) for each in group.articles if each in others)))
    return tuple(found)
