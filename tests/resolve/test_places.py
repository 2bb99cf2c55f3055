"""Place mentions: cases in files, and properties of every article: spans quote their text, in order, without overlap."""

import itertools
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st

from communique.annotate import annotate
from communique.records import Article, Block, BlockKind, Place, Span
from communique.resolve import find_places

FOLDER = Path(__file__).parent / "places"
WORDS = [
    "Paris",
    "Texas",
    "the",
    "border",
    "with",
    "in",
    ",",
    "Syria",
    "of",
    "Tripoli",
    "western",
    "Jordan",
    "St.",
    "said",
    "-",
]


def cases(name: str) -> list[Any]:
    loaded = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return [pytest.param(case, id=case["comment"]) for case in loaded]


def places_of(*paragraphs: str) -> tuple[Article, tuple[Place, ...]]:
    text, blocks = "\n".join(paragraphs), []
    start = 0
    for paragraph in paragraphs:
        span = Span(article_id="article-1", start=start, end=start + len(paragraph))
        blocks.append(Block(span=span, kind=BlockKind.BODY))
        start += len(paragraph) + 1
    article = Article(id="article-1", page_id="page-1", source="-", text=text, blocks=tuple(blocks))
    return article, find_places(annotate(article))


def values(places: tuple[Place, ...]) -> list[list[str | None]]:
    return [[place.name, place.country, str(place.precision)] for place in places]


@pytest.mark.parametrize("case", [*cases("synthetic.yaml"), *cases("negative.yaml")])
def test_cases(case: dict[str, Any]) -> None:
    article, places = places_of(case["text"])
    assert values(places) == case["places"]
    for place in places:
        assert place.reason
        assert article.quote(place.span).strip()


def test_the_article_decides_between_namesakes() -> None:
    _, alone = places_of("A wall fell down in Birmingham.")
    _, abroad = places_of("The governor of Alabama sent help.", "A wall fell down in Birmingham.")
    assert [place.country for place in alone] == ["GBR"]
    assert abroad[-1].country == "USA"
    assert abroad[-1].region == "Alabama"


def test_a_surname_of_the_article_is_no_town_later() -> None:
    _, places = places_of("Police questioned Terry Crutcher and Ana Machado.", "Later Machado was freed.")
    assert places == ()


def test_a_town_has_its_place_in_the_gazetteer() -> None:
    _, (place,) = places_of("Dockers met in Rotterdam.")
    assert (place.latitude, place.longitude) == pytest.approx((51.92, 4.48), abs=0.1)
    assert place.geonames_id == 2747891


def test_a_part_of_a_country_lies_on_its_side() -> None:
    _, (west, east) = places_of("It rained in western Turkey and in eastern Turkey.")
    assert west.longitude is not None
    assert east.longitude is not None
    assert west.longitude < 31 < 38 < east.longitude


def test_a_border_has_the_other_side_from_the_article() -> None:
    _, (chad, border) = places_of("Chad sent troops.", "They stopped at the border with Sudan.")
    assert chad.country == "TCD"
    assert border.country is None
    assert "SDN and TCD" in border.reason
    assert border.latitude is not None


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=14))
@example(["border", "with", "Texas", "border"])
def test_spans_are_in_order_and_quote_the_text(words: list[str]) -> None:
    article, places = places_of(" ".join(words))
    spans = [place.span for place in places]
    assert all(one.end <= other.start for one, other in itertools.pairwise(spans))
    assert all(article.quote(span) == article.quote(span).strip() != "" for span in spans)
    assert places_of(" ".join(words))[1] == places
