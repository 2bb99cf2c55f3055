"""The order of the stages, and what becomes of a document on which one fails."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from fakes import fake_stages, page
from handmade import coded_article

from communique.records import (
    CodebookError,
    CodedArticle,
    CodingError,
    ConfigurationError,
    Problem,
    ReadingError,
    Severity,
)
from communique.run.pipeline import Settings, code_page


def raising(error: BaseException) -> Any:
    def step(*arguments: Any) -> Any:
        raise error

    return step


def test_the_stages_run_in_order_and_everything_is_handed_on() -> None:
    calls: list[str] = []
    coded = code_page(page(), Settings(), fake_stages(calls))
    whole = coded_article()
    assert isinstance(coded, CodedArticle)
    assert calls == [
        *("clean", "annotate", "find_times", "find_cast", "find_places", "with_states", "find_statements"),
        *("code_claims", "find_positions", "link_events", "find_meetings"),
    ]
    for name in ("times", "actors", "mentions", "claims", "statements", "events", "positions", "meetings"):
        assert getattr(coded, name) == getattr(whole, name)
    assert coded.problems == ()


def test_bounds_from_the_text_reach_the_article_before_the_cast_is_found() -> None:
    seen: list[Any] = []

    def find_cast(annotated: Any, user_actors: Any) -> Any:
        seen.append(annotated.article.published_between)
        return coded_article_cast()

    def coded_article_cast() -> Any:
        from communique.records import Cast

        return Cast(actors=(), mentions=())

    coded = code_page(page(), Settings(), fake_stages(find_cast=find_cast))
    assert seen == [(date(2031, 3, 3), None)]
    assert isinstance(coded, CodedArticle)
    assert coded.article.published_between == (date(2031, 3, 3), None)


def test_a_page_that_cannot_be_cleaned_is_a_problem() -> None:
    error = ReadingError("talks.txt: tags nest deeper than 3,000; save the page again")
    problem = code_page(page(), Settings(), fake_stages(clean=raising(error)))
    assert isinstance(problem, Problem)
    assert (problem.stage, problem.source) == ("clean", "talks.txt")
    assert (problem.reason, problem.remedy) == ("tags nest deeper than 3,000", "save the page again")


@pytest.mark.parametrize("stage", ["clean", "find_times", "find_cast", "code_claims", "link_events", "find_meetings"])
@pytest.mark.parametrize(
    "error", [ValueError("no\nsuch thing"), RecursionError(), MemoryError(), CodingError("x: y; z")]
)
def test_a_stage_that_fails_costs_one_document_only(stage: str, error: Exception) -> None:
    coded = code_page(page(), Settings(), fake_stages(**{stage: raising(error)}))
    if stage == "clean":
        assert isinstance(coded, Problem)
        found = coded
    else:
        assert isinstance(coded, CodedArticle)
        assert coded.claims == ()
        found = coded.problems[0]
    assert found.severity is Severity.ERROR
    assert "\n" not in found.reason + found.remedy


@pytest.mark.parametrize(
    ("stage", "error"), [("annotate", CodingError("no parser")), ("code_claims", CodebookError("bad"))]
)
def test_what_is_wrong_with_the_installation_is_raised(stage: str, error: Exception) -> None:
    with pytest.raises(type(error)):
        code_page(page(), Settings(), fake_stages(**{stage: raising(error)}))


def test_another_language_is_kept_but_not_coded() -> None:
    calls: list[str] = []
    foreign = replace(coded_article().article, language="ru")
    coded = code_page(page(), Settings(), fake_stages(calls, clean=lambda page: foreign))
    assert isinstance(coded, CodedArticle)
    assert coded.article == foreign
    assert coded.problems[0].reason == "not coded: language ru; only English is coded so far"
    assert calls == ["clean"]


def test_an_article_above_the_limit_is_kept_but_not_coded() -> None:
    coded = code_page(page(), Settings(max_characters=50), fake_stages())
    assert isinstance(coded, CodedArticle)
    assert "characters are more than 50" in coded.problems[0].reason
    assert coded.claims == ()


def test_a_users_own_actors_reach_the_cast(tmp_path: Path) -> None:
    seen: list[Any] = []
    good = fake_stages()

    def find_cast(annotated: Any, user_actors: Any) -> Any:
        seen.extend(entry.name for entry in user_actors)
        return good.find_cast(annotated, user_actors)

    own = tmp_path / "own.yaml"
    own.write_text("- {name: River League, aliases: [RL], kind: organization, sector: [REB], country: null}\n")
    mixed = {name: getattr(good, name) for name in good.__slots__} | {"find_cast": find_cast}
    code_page(page(), Settings(actors=own), fake_stages(**mixed))
    assert seen == ["River League"]
    own.write_text("- {name: River League}\n")
    with pytest.raises(ConfigurationError, match=r"own\.yaml"):
        code_page(page(), Settings(actors=own), good)
