"""Many documents into a record: counts, problems, a second run, an interruption."""

import os
import sqlite3
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fakes import fake_stages
from handmade import TEXT

from communique.records import ReadingError
from communique.run import ReadCounts, Settings, read_into
from communique.run.reading import code_hash, describe_run
from communique.store import Record


def folder(tmp_path: Path, *names: str) -> str:
    place = tmp_path / "in"
    place.mkdir(exist_ok=True)
    for name in names:
        (place / name).write_text(TEXT, encoding="utf-8")
    return str(place)


def read(tmp_path: Path, *paths: str, **options: Any) -> ReadCounts:
    with Record.open(tmp_path / "r.db", create=True) as record:
        return read_into(record, paths, Settings(), stages=options.pop("stages", fake_stages()), **options)


def test_a_folder_is_read_and_each_document_is_told(tmp_path: Path) -> None:
    told: list[str] = []
    place = folder(tmp_path, "a.txt", "b.txt")
    assert read(tmp_path, place, progress=told.append) == ReadCounts(articles=2, new=2, claims=8, statements=2)
    assert told == [f"{place}/a.txt", f"{place}/b.txt"]


def test_the_same_again_changes_nothing_and_codes_nothing(tmp_path: Path) -> None:
    place = folder(tmp_path, "a.txt", "b.txt")
    read(tmp_path, place)
    before = list(sqlite3.connect(tmp_path / "r.db").iterdump())
    calls: list[str] = []
    counts = read(tmp_path, place, stages=fake_stages(calls))
    assert (counts.articles, counts.new) == (2, 0)
    assert "clean" not in calls
    assert list(sqlite3.connect(tmp_path / "r.db").iterdump()) == before


def test_other_settings_code_anew_with_the_same_ids(tmp_path: Path) -> None:
    place = folder(tmp_path, "a.txt")
    read(tmp_path, place)
    with Record.open(tmp_path / "r.db", writable=True) as record:
        before = set(record.all_ids())
        assert read_into(record, [place], Settings(max_characters=10_000), stages=fake_stages()).new == 1
        assert {each for each in record.all_ids() if not each.startswith("run-")} <= before


def test_bad_documents_become_problems_and_the_others_are_read(tmp_path: Path) -> None:
    place = folder(tmp_path, "a.txt", "b.txt", "c.txt")
    Path(place, "empty.txt").touch()
    good = fake_stages().clean

    def clean(page: Any) -> Any:
        if page.source.endswith("b.txt"):
            raise ReadingError(f"{page.source}: holds no text; check the page")
        return good(page)

    stages = fake_stages()
    bad = fake_stages(clean=lambda page: clean(page) if page.source.endswith("b.txt") else stages.clean(page))
    mixed = {name: getattr(stages, name) for name in stages.__slots__ if name != "clean"}
    told: list[str] = []
    counts = read(
        tmp_path,
        place,
        str(tmp_path / "absent.txt"),
        stages=fake_stages(**mixed | {"clean": bad.clean}),
        report=lambda problem: told.append(problem.source),
    )
    assert (counts.articles, counts.failed) == (2, 3)
    assert told == [f"{place}/b.txt", f"{place}/empty.txt", str(tmp_path / "absent.txt")]
    with Record.open(tmp_path / "r.db") as record:
        assert [problem.source for problem in record.problems() if problem.severity == "error"] == told
        assert record.counts()["pages"] == 3, "the page that could not be cleaned is kept"


def test_an_interruption_keeps_what_is_stored(tmp_path: Path) -> None:
    place = folder(tmp_path, "a.txt", "b.txt", "c.txt")

    def interrupt(source: str) -> None:
        if source.endswith("b.txt"):
            raise KeyboardInterrupt

    counts = read(tmp_path, place, progress=interrupt)
    assert (counts.interrupted, counts.articles) == (True, 2)
    with Record.open(tmp_path / "r.db") as record:
        assert record.counts()["articles"] == 2
    assert read(tmp_path, place) == ReadCounts(articles=3, new=1, claims=4, statements=1)


def test_a_run_names_code_codebook_parser_and_settings() -> None:
    run = describe_run(Settings(), fake_stages())
    assert run.version.endswith(f"+{code_hash()[:12]}")
    assert run.model_hash == "m" * 64
    assert describe_run(Settings(record=Path("elsewhere.db")), fake_stages()) == run, (
        "where it is kept changes no coding"
    )
    assert describe_run(Settings(max_characters=1), fake_stages()).id != run.id


def test_an_article_that_cannot_be_stored_costs_itself_only(tmp_path: Path) -> None:
    place = folder(tmp_path, "a.txt", "b.txt")
    stages = fake_stages()

    def find_cast(annotated: Any, user_actors: Any) -> Any:
        cast = stages.find_cast(annotated, user_actors)
        return replace(cast, actors=()) if annotated.article.source.endswith("a.txt") else cast

    mixed = {name: getattr(stages, name) for name in stages.__slots__} | {"find_cast": find_cast}
    counts = read(tmp_path, place, stages=fake_stages(**mixed))
    assert (counts.articles, counts.failed) == (1, 1)


def test_a_file_name_that_is_no_text_can_be_read(tmp_path: Path) -> None:
    place = folder(tmp_path)
    try:
        Path(place, os.fsdecode(b"caf\xe9.txt")).write_text(TEXT, encoding="utf-8")
    except OSError:
        pytest.skip("this file system refuses such names")
    assert read(tmp_path, place).articles == 1
    with Record.open(tmp_path / "r.db") as record:
        assert record.articles()[0].source == f"{place}/caf\\udce9.txt"
