"""What goes into a record comes out equal, whatever it is; writing twice changes nothing; recoding replaces a whole."""

import sqlite3
from dataclasses import fields, is_dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from handmade import LATER_RUN, RUN, coded_article, problem
from hypothesis import given, settings
from strategies import coded_articles, runs

from communique.records import CodedArticle, Run
from communique.store import Filters, Record, UnstorableError


def dump(path: Path) -> list[str]:
    with sqlite3.connect(path) as connection:
        return list(connection.iterdump())


@settings(max_examples=120, deadline=None)
@given(coded_articles(), runs)
def test_everything_comes_back_equal(coded: CodedArticle, run: Run) -> None:
    with TemporaryDirectory() as folder, Record.open(Path(folder) / "r.db", create=True) as record:
        assert record.add(coded, run)
        assert record.coded_article(coded.article.id) == coded
        assert record.runs() == (run,)
        assert not record.add(coded, run)


def test_the_examples_fill_every_field_of_every_record_type() -> None:
    """A field that is added to a record type must be added to the examples, or the round trip would not see it lost."""
    seen: dict[str, set[str]] = {}

    def note(value: object) -> None:
        if is_dataclass(value):
            for field in fields(value):
                seen.setdefault(f"{type(value).__name__}.{field.name}", set()).add(repr(getattr(value, field.name)))
                note(getattr(value, field.name))
        elif isinstance(value, tuple):
            for each in value:
                note(each)

    @settings(max_examples=100, deadline=None, database=None, derandomize=True)
    @given(coded_articles())
    def gather(coded: CodedArticle) -> None:
        note(coded)

    gather()
    assert {name for name, values in seen.items() if len(values) < 2} == set()
    assert {name.split(".")[0] for name in seen} >= {"Claim", "Statement", "Position", "Meeting", "Event", "Problem"}


@settings(max_examples=40, deadline=None)
@given(coded_articles(), coded_articles(), runs)
def test_a_second_article_leaves_the_first_or_replaces_it(first: CodedArticle, second: CodedArticle, run: Run) -> None:
    with TemporaryDirectory() as folder, Record.open(Path(folder) / "r.db", create=True) as record:
        record.add(first, run)
        record.add(second, run)
        assert record.coded_article(second.article.id).claims == second.claims
        if first.article.id != second.article.id and first.page.id != second.page.id:
            found = record.coded_article(first.article.id)
            assert replace(found, actors=()) == replace(first, actors=())
            assert {actor.id for actor in found.actors} == {actor.id for actor in first.actors}


def test_hand_made_article_comes_back_equal(tmp_path: Path) -> None:
    coded = coded_article()
    with Record.open(tmp_path / "r.db", create=True) as record:
        record.add(coded, RUN)
    with Record.open(tmp_path / "r.db") as record:
        assert record.coded_article(coded.article.id) == coded


def test_writing_twice_changes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    with Record.open(path, create=True) as record:
        record.add(coded_article(), RUN)
        record.add_problem(problem())
        before = dump(path)
        assert not record.add(coded_article(), RUN)
        assert not record.add_problem(problem())
        assert dump(path) == before


def test_which_pages_a_run_has_coded_is_told_for_many_at_once(tmp_path: Path) -> None:
    first, second = coded_article("a.txt"), coded_article("b.txt")
    ids = [first.page.id, second.page.id, "page-unknown"]
    with Record.open(tmp_path / "r.db", create=True) as record:
        record.add(first, RUN)
        record.add(second, LATER_RUN)
        assert record.were_coded(ids, RUN.id) == {first.page.id}
        assert record.were_coded(ids * 20_000, LATER_RUN.id) == {second.page.id}
        assert record.were_coded([], RUN.id) == frozenset()


def test_another_version_replaces_what_was_coded_but_never_the_page(tmp_path: Path) -> None:
    coded = coded_article()
    kept = coded.claims[0]
    recoded = replace(
        coded,
        page=replace(coded.page, url="https://elsewhere.example/"),
        claims=(kept,),
        events=(),
        statements=(),
        positions=(),
        meetings=(),
        actors=coded.actors[:2],
        mentions=coded.mentions[:2],
    )
    with Record.open(tmp_path / "r.db", create=True) as record:
        record.add(coded, RUN)
        assert record.add(recoded, LATER_RUN)
        found = record.coded_article(coded.article.id)
        assert found == replace(recoded, page=coded.page)
        assert record.counts()["pages"] == record.counts()["articles"] == 1
        assert [actor.name for actor in (entry.actor for entry in record.cast())] == ["Norland", "Sudria"]
        assert record.runs() == (RUN, LATER_RUN)
        assert len(record.claims(Filters(words="frank useful"))) == 1


def test_the_same_words_from_two_sources_are_two_articles(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as record:
        record.add(coded_article("a.txt"), RUN)
        record.add(coded_article("b.txt"), RUN)
        assert record.counts()["articles"] == 2
        assert record.counts()["actors"] == 3
        assert len(record.claims()) == 8


def test_a_source_that_reads_well_now_loses_its_old_problem(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as record:
        record.add_problem(problem("talks.txt"))
        record.add_problem(problem("other.txt"))
        record.add(coded_article("talks.txt"), RUN)
        assert [each.source for each in record.problems() if each.stage == "read"] == ["other.txt"]


def test_a_page_that_gave_no_article_is_kept_with_its_problem(tmp_path: Path) -> None:
    page = coded_article().page
    with Record.open(tmp_path / "r.db", create=True) as record:
        record.add_problem(problem(page.source), page)
        assert record.find(page.id) == page


def test_a_span_outside_the_article_is_refused_and_nothing_is_stored(tmp_path: Path) -> None:
    coded = coded_article()
    wrong = replace(coded.claims[0], trigger=replace(coded.claims[0].trigger, end=len(coded.article.text) + 5))
    with Record.open(tmp_path / "r.db", create=True) as record:
        with pytest.raises(UnstorableError, match="are not words of"):
            record.add(replace(coded, claims=(wrong, *coded.claims[1:])), RUN)
        assert set(record.counts().values()) == {0}


def test_what_contradicts_itself_is_refused_as_a_whole(tmp_path: Path) -> None:
    coded = coded_article()
    with Record.open(tmp_path / "r.db", create=True) as record:
        for broken in (
            replace(coded, actors=()),
            replace(coded, claims=(coded.claims[0], *coded.claims)),
            replace(coded, article=replace(coded.article, title="half a pair \ud800")),
        ):
            with pytest.raises(UnstorableError):
                record.add(broken, RUN)
        assert set(record.counts().values()) == {0}
