"""`/actors`: who is in the record, who deals with whom. `/actors/ID`: one actor; with `?with=ID` what passes between two."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from fastapi import APIRouter, HTTPException, Query, Request, Response

from communique.codebook.countries import load_countries
from communique.records import Actor, StorageError
from communique.serve.pages.caching import KeptRoute
from communique.serve.pages.dyads import Chart, Pair, chart_of, pairs_of
from communique.serve.pages.listing import href, listing
from communique.serve.pages.positions import cells_of
from communique.serve.pages.rows import happenings, statement_rows
from communique.serve.pages.wording import quoted
from communique.serve.query import read_view
from communique.serve.site import site_of
from communique.store import Filters, Record

router = APIRouter(route_class=KeptRoute)

ROWS = 60
NETWORK_PAIRS = 90
PAIRS_LISTED = 14
FEW = 8  # of each kind on an actor's page; a link opens all
NAMED_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorRow:
    """One actor of the list. `about` tells kind, country, organization and office."""

    id: str
    name: str
    about: str
    mentions: int
    articles: int

    @property
    def href(self) -> str:
        """The actor's page."""
        return f"/actors/{self.id}"


@router.get("/actors")
def actors(request: Request) -> Response:
    """The most mentioned first, with the network of the strongest ties."""
    site = site_of(request)
    pairs_asked = request.query_params.multi_items()
    view = read_view(site.record, "actors", pairs_asked, strict=False, default_limit=ROWS)
    part = site.record.cast_slice(view.filters)
    rows = [
        ActorRow(
            id=each.actor.id,
            name=each.actor.name,
            about=about(each.actor),
            mentions=each.mentions,
            articles=each.articles,
        )
        for each in part.items
    ]
    pairs = pairs_of(site.record, Filters(actors=view.filters.actors), NETWORK_PAIRS)
    context = {"rows": rows, "pairs": pairs[:PAIRS_LISTED], "network": network(pairs)}
    return site.render(request, "actors.html", listing(site.record, view, part.next, "/actors") | context)


@router.get("/actors/{asked}")
def actor(request: Request, asked: str, other: str = Query("", alias="with")) -> Response:
    """One actor, or with `with` the dyad of two."""
    site = site_of(request)
    found = _actor(site.record, asked)
    if other:
        return _dyad(request, found, _actor(site.record, other))
    filters = Filters(actors=(found.id,), limit=FEW)
    events, _ = happenings(site.record, filters)
    statements = site.record.statements_slice(filters).items
    lines = site.record.lines_slice(filters).items
    context = {
        "actor": found,
        "about": about(found),
        "events": events,
        "statements": statement_rows(site.record, statements),
        "positions": tuple(cells_of(site.record, lines).items()),
        "issues": {line.id: line.issue for line in lines},
        "pairs": pairs_of(site.record, Filters(actors=(found.id,)), PAIRS_LISTED),
        "counts": {kind: site.record.count(kind, Filters(actors=(found.id,))) for kind in ("events", "statements")},
        "named": _named(site.record, found),
        "query": href("", actor=found.id).removeprefix("?"),
    }
    return site.render(request, "actor.html", context)


def _dyad(request: Request, one: Actor, other: Actor) -> Response:
    site = site_of(request)
    filters = Filters(actors=(one.id, other.id), limit=FEW * 3)
    events, more = happenings(site.record, filters)
    statements = site.record.statements_slice(filters)
    chart: Chart | None = chart_of(site.record, one.id, other.id)
    context: dict[str, Any] = {
        "one": one,
        "other": other,
        "events": events,
        "more": more is not None,
        "statements": statement_rows(site.record, statements.items),
        "more_statements": statements.next is not None,
        "chart": chart,
        "query": f"actor={one.id}&actor={other.id}",
    }
    return site.render(request, "dyad.html", context)


def about(actor: Actor) -> str:
    """Kind, country, organization and office in one line."""
    country = load_countries().by_code.get(actor.country or "")
    parts = (actor.title, actor.organization, country.name if country else actor.country, actor.kind.value)
    own = dict.fromkeys(part for part in parts if part and part != actor.name)
    return ", ".join((*own, *actor.sectors[:2]))


def network(pairs: Sequence[Pair]) -> dict[str, Any]:
    """Nodes and links as the script of the network draws them."""
    nodes: dict[str, dict[str, Any]] = {}
    for pair in pairs:
        for each in (pair.one, pair.other):
            node = nodes.setdefault(each.id, {"id": each.id, "name": each.name, "href": each.href, "weight": 0})
            node["weight"] += pair.claims
    links = [
        {
            "source": pair.one.id,
            "target": pair.other.id,
            "claims": pair.claims,
            "score": round(pair.score, 2),
            "href": pair.href,
        }
        for pair in pairs
    ]
    return {"nodes": list(nodes.values()), "links": links}


def _actor(record: Record, asked: str) -> Actor:
    """The actor with that id, or the only one of that name. Raises HTTPException 404."""
    known = record.actors_by_id([asked]).get(asked)
    if known is not None:
        return known
    try:
        named = record.actors_called(asked)
    except StorageError as error:
        raise HTTPException(404, str(error)) from error
    if not named:
        raise HTTPException(404, f"Nobody in the record is called {asked}.")
    return named[0]


def _named(record: Record, actor: Actor) -> tuple[tuple[str, str, str], ...]:
    """How articles name the actor: the words, where they stand, and by which rule they were understood."""
    mentions = record.mentions_of(actor.id, limit=NAMED_SHOWN * 4)
    quotes = record.quotes([each.span for each in mentions])
    told: dict[str, tuple[str, str, str]] = {}
    for each in mentions:
        if each.span in quotes:
            words = quoted(quotes[each.span], 80)
            told.setdefault(words, (words, f"/articles/{each.span.article_id}#{each.id}", each.reason))
    return tuple(told.values())[:NAMED_SHOWN]
