"""All pages in one router, and what their templates know beside their own context."""

from datetime import date

from fastapi import APIRouter
from jinja2 import Environment

from communique.codebook.event_types import QUADS
from communique.serve.pages import (
    actors,
    articles,
    events,
    front,
    maps,
    meetings,
    positions,
    reviewing,
    searching,
    sources,
    submitting,
    timeline,
)
from communique.serve.pages.dates import day_words, range_words
from communique.serve.pages.listing import formats, href

PAGES = (
    ("/timeline", "Timeline"),
    ("/positions", "Positions"),
    ("/meetings", "Meetings"),
    ("/actors", "Actors"),
    ("/map", "Map"),
    ("/articles", "Articles"),
    ("/sources", "Sources"),
    ("/problems", "Problems"),
)
MODULES = (
    front,
    submitting,
    articles,
    timeline,
    events,
    positions,
    meetings,
    actors,
    maps,
    searching,
    sources,
    reviewing,
)


def router() -> APIRouter:
    """Every page of the reading room."""
    whole = APIRouter()
    for module in MODULES:
        whole.include_router(module.router)
    return whole


def prepare(environment: Environment) -> None:
    """Filters and names that all templates know."""
    environment.filters["day"] = lambda day: day_words(day) if isinstance(day, date) else ""
    environment.filters["days"] = range_words
    environment.filters["percent"] = lambda share: f"{round(share * 100)} %"
    environment.filters["signed"] = lambda score: f"{score:+.1f}".replace("-", "−")
    environment.filters["counted"] = counted
    environment.globals["QUADS"] = QUADS
    environment.globals["NAVIGATION"] = PAGES
    environment.globals["href"] = href
    environment.globals["formats_of"] = formats


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """`1 report`, `2 reports`, `1,000 reports`."""
    return f"{number:,} {noun if number == 1 else plural or f'{noun}s'}"
