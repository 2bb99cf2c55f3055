"""Stages that give the hand-made coding back, so that their order and their failures can be tested."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from handmade import TEXT, coded_article

from communique.read.page import make_page
from communique.records import Annotated, Article, Cast, CodedArticle, Page, Timex
from communique.run.stages import Stages


@dataclass(frozen=True)
class Found:
    times: tuple[Timex, ...]
    published_between: tuple[date | None, date | None] | None = None


def page(source: str = "talks.txt", content: bytes = TEXT.encode()) -> Page:
    made = next(make_page(source, content, None))
    assert isinstance(made, Page)
    return made


def fake_stages(calls: list[str] | None = None, **replaced: Callable[..., Any]) -> Stages:
    """Stages that read any page as the hand-made article; `calls` gets their names in order, `replaced` overrides some."""
    noted: list[str] = [] if calls is None else calls
    current: dict[str, CodedArticle] = {}

    def clean(page: Page) -> Article:
        coded = coded_article(page.source)
        current["coded"] = coded
        return replace(coded.article, page_id=page.id, published=None)

    steps: dict[str, Callable[..., Any]] = {
        "clean": clean,
        "annotate": lambda article: Annotated(article=article, tokens=(), sentences=(), entities=()),
        "find_times": lambda annotated: Found(current["coded"].times, (date(2031, 3, 3), None)),
        "find_cast": lambda annotated, user_actors: Cast(
            actors=current["coded"].actors, mentions=current["coded"].mentions
        ),
        "find_places": lambda annotated: (),
        "with_states": lambda cast, places: cast,
        "find_statements": lambda annotated, cast, times: current["coded"].statements,
        "code_claims": lambda annotated, cast, times, places, statements: current["coded"].claims,
        "find_positions": lambda annotated, cast, claims, statements: current["coded"].positions,
        "link_events": lambda claims, actors: current["coded"].events,
        "find_meetings": lambda article, claims, actors: current["coded"].meetings,
        "model_hash": lambda: "m" * 64,
    } | replaced

    def noting(name: str, step: Callable[..., Any]) -> Callable[..., Any]:
        def called(*arguments: Any) -> Any:
            noted.append(name)
            return step(*arguments)

        return called

    return Stages(**{name: noting(name, step) for name, step in steps.items()})
