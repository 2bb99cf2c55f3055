"""`/sources`: the outlets, how much each gave and how much of it was copied. `/problems`: what could not be read or coded."""

from dataclasses import dataclass

from fastapi import APIRouter, Request, Response

from communique.serve.pages.articles import ArticleRow, article_row
from communique.serve.pages.caching import KeptRoute
from communique.serve.pages.listing import formats, href, listing
from communique.serve.query import read_view
from communique.serve.site import site_of
from communique.store import Record

router = APIRouter(route_class=KeptRoute)

LOOKED_AT = 150  # newest articles among which copies are shown
GROUPS_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Copies:
    """Copies of one report: how close they are, the first one and those that came after."""

    kind: str
    similarity: float
    first: ArticleRow
    others: tuple[ArticleRow, ...]


@router.get("/sources")
def sources(request: Request) -> Response:
    """All outlets, and copies among the newest articles."""
    site = site_of(request)
    outlets = site.record.outlets()
    most = max((each.articles for each in outlets), default=1)
    context = {
        "outlets": [(each, href("/articles", source=each.outlet), 100 * each.articles / most) for each in outlets],
        "copies": copies(site.record),
        "formats": formats("sources", ""),
    }
    return site.render(request, "sources.html", context)


@router.get("/problems")
def problems(request: Request) -> Response:
    """In the order they were met; by stage and severity."""
    site = site_of(request)
    view = read_view(site.record, "problems", request.query_params.multi_items(), strict=False)
    part = site.record.problems_slice(view.filters)
    context = listing(site.record, view, part.next, "/problems")
    return site.render(request, "problems.html", {"problems": part.items, **context})


def copies(record: Record) -> tuple[Copies, ...]:
    """Groups of copies that reach into the newest articles, the largest first."""
    groups = record.copy_groups([each.id for each in record.newest(LOOKED_AT)])
    shown = sorted(groups, key=lambda each: (-len(each.articles), each.id))[:GROUPS_SHOWN]
    articles = record.articles_by_id({each for group in shown for each in group.articles})
    made = []
    for group in shown:
        rows = [article_row(articles[each]) for each in group.articles if each in articles]
        if len(rows) > 1:
            made.append(
                Copies(kind=group.kind.value, similarity=group.similarity, first=rows[0], others=tuple(rows[1:]))
            )
    return tuple(made)
