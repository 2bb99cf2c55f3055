"""Many documents by shards: the record is that of a plain read, whoever works, however the work is cut, whatever dies."""

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dumping import dump
from stub_stages import LOG, stub_stages, write_pages

from communique.read import read_paths
from communique.records import CodingError, ConfigurationError, StorageError
from communique.run import ReadCounts, Settings, read_documents
from communique.run import many as many_module
from communique.run.executing import Here, Work
from communique.run.loading import load_results
from communique.run.locking import locked
from communique.run.manifest import append_line
from communique.run.many import Plan, read_many, shards_folder
from communique.run.pool import Pool
from communique.run.shards import Shard, code_shard
from communique.store import Record


def documents(*places: Path) -> Any:
    return read_paths([str(place) for place in places], stdin=None)


def plain(record: Path, *places: Path) -> str:
    """The record of a plain read, as text."""
    with Record.open(record, create=True) as opened:
        read_documents(opened, documents(*places), Settings(), stages=stub_stages())
    return dump(record)


def many(record: Path, plan: Plan, *places: Path, **options: Any) -> ReadCounts:
    with Record.open(record, create=True) as opened:
        return read_many(opened, documents(*places), Settings(), plan, make_stages=stub_stages, **options)


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Seven good pages, one that gives no article, an empty file and one that is passed over."""
    folder = write_pages(tmp_path / "in", 7)
    (folder / "003b.txt").write_text("BROKEN")
    (folder / "005b.txt").touch()
    (folder / "picture.png").write_bytes(b"\x89PNG\r\n")
    return folder


def test_the_record_does_not_tell_how_it_was_made(tmp_path: Path, pages: Path) -> None:
    expected = plain(tmp_path / "plain.db", pages)
    told: list[str] = []
    for number, (workers, size) in enumerate([(2, 1), (3, 2), (2, 50)]):
        record = tmp_path / f"{number}.db"
        counts = many(record, Plan(workers=workers, shard_documents=size), pages, progress=told.append)
        assert counts == ReadCounts(articles=7, new=7, failed=2, warnings=1, claims=28, statements=7)
        assert dump(record) == expected, f"{workers} workers, {size} documents a shard"
        assert not shards_folder_of(record).exists()
    assert len(told) == 3 * 8


def shards_folder_of(record: Path) -> Path:
    with Record.open(record) as opened:
        return shards_folder(opened)


def test_a_second_run_changes_nothing_and_starts_nobody(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record = tmp_path / "r.db"
    (pages / "003b.txt").unlink()
    many(record, Plan(workers=2, shard_documents=2), pages)
    before = dump(record)

    def nobody(*arguments: Any) -> Any:
        raise AssertionError("a worker was started for nothing")

    monkeypatch.setattr(many_module, "Pool", nobody)
    counts = many(record, Plan(workers=2, shard_documents=3), pages)
    assert (counts.articles, counts.new, counts.failed, counts.warnings) == (7, 0, 1, 1)
    assert dump(record) == before


def test_few_documents_are_read_directly(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = write_pages(tmp_path / "in", 3)
    started: list[int] = []

    def counted(work: Work, workers: int) -> Here:
        started.append(workers)
        return Here(work)

    monkeypatch.setattr(many_module, "Pool", counted)
    monkeypatch.setattr(many_module, "default_workers", lambda: 2)
    for number, (plan, expected) in enumerate([(Plan(), 0), (Plan(workers=1), 0), (Plan(workers=2), 1)]):
        started.clear()
        assert many(tmp_path / f"{number}.db", plan, pages).articles == 3
        assert len(started) == expected
    started.clear()
    monkeypatch.setattr(many_module, "MANY", 3)
    assert many(tmp_path / "many.db", Plan(), pages).articles == 3
    assert started == [2]
    one = write_pages(tmp_path / "one", 1)
    assert many(tmp_path / "one.db", Plan(workers=2), one).articles == 1
    assert started == [2], "one document needs no second process"


def test_kept_results_load_elsewhere_with_the_same_ids(tmp_path: Path, pages: Path) -> None:
    expected = plain(tmp_path / "plain.db", pages)
    kept = tmp_path / "kept"
    many(tmp_path / "r.db", Plan(workers=1, keep=kept, shard_documents=3), pages)
    assert dump(tmp_path / "r.db") == expected
    with Record.open(tmp_path / "other.db", create=True) as other:
        first = load_results(other, [kept])
        assert first == ReadCounts(articles=7, new=7, failed=2, warnings=1, claims=28, statements=7)
        assert load_results(other, [kept]).new == 0
    assert dump(tmp_path / "other.db") == expected
    files = sorted(kept.glob("*.parquet"))
    with Record.open(tmp_path / "backwards.db", create=True) as other:
        load_results(other, files[::-1])
    assert dump(tmp_path / "backwards.db") == expected


def test_kept_results_are_not_made_twice(tmp_path: Path, pages: Path) -> None:
    kept = tmp_path / "kept"
    plan = Plan(workers=1, keep=kept, shard_documents=3)
    many(tmp_path / "r.db", plan, pages)
    before = {place: place.stat().st_mtime_ns for place in kept.glob("*.parquet")}
    assert len(before) == 3
    assert many(tmp_path / "another.db", plan, pages).new == 7
    assert {place: place.stat().st_mtime_ns for place in kept.glob("*.parquet")} == before
    assert dump(tmp_path / "another.db") == dump(tmp_path / "r.db")


@pytest.mark.parametrize("plan", [Plan(workers=2, shard_documents=50), Plan(workers=1), Plan()])
def test_what_a_killed_run_had_finished_is_stored_first(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch, plan: Plan
) -> None:
    record, log = tmp_path / "r.db", tmp_path / "log"
    folder = tmp_path / "r.db.shards"
    folder.mkdir()
    found = tuple(documents(pages))
    line = code_shard(Shard(number=1, documents=found[:3]), Settings(), folder, stub_stages())
    append_line(folder, line)
    code_shard(Shard(number=2, documents=found[5:7]), Settings(), folder, stub_stages())
    code_shard(Shard(number=0, documents=found[3:5]), Settings(max_characters=9), folder, stub_stages())
    (folder / "shard-0000000000000000.parquet").write_bytes(b"spoilt")
    (folder / ".shard-1.parquet.99.tmp").write_bytes(b"half")
    monkeypatch.setenv(LOG, str(log))
    counts = many(record, plan, pages)
    assert counts == ReadCounts(articles=7, new=7, failed=2, warnings=1, claims=28, statements=7)
    assert len(log.read_text().splitlines()) == 8 - 3 - 2
    assert not folder.exists()
    assert dump(record) == plain(tmp_path / "plain.db", pages)


def test_what_is_no_result_becomes_a_problem(tmp_path: Path, pages: Path) -> None:
    kept = tmp_path / "kept"
    many(tmp_path / "r.db", Plan(workers=1, keep=kept, shard_documents=3), pages)
    (kept / "notes.parquet").write_text("no table")
    (tmp_path / "nothing").mkdir()
    told: list[str] = []
    with Record.open(tmp_path / "other.db", create=True) as other:
        counts = load_results(
            other,
            [kept, tmp_path / "nothing", tmp_path / "absent"],
            report=lambda problem: told.append(f"{Path(problem.source).name}: {problem.reason}"),
        )
    assert counts.articles == 7
    assert [each for each in told if each.split(":")[0] in ("notes.parquet", "nothing", "absent")] == [
        "notes.parquet: is no file of results of this version",
        "nothing: holds no results",
        "absent: does not exist",
    ]


def test_a_document_that_kills_its_worker_costs_itself_only(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", 9)
    expected = plain(tmp_path / "plain.db", pages)
    (pages / "004b.txt").write_text("POISON")
    record = tmp_path / "r.db"
    told: list[Any] = []
    counts = many(record, Plan(workers=2, shard_documents=4), pages, report=told.append)
    assert (counts.articles, counts.failed) == (9, 1)
    assert [(problem.source, problem.reason) for problem in told] == [
        (str(pages / "004b.txt"), "its worker ended each time while coding it (exit code 3)")
    ]
    with Record.open(record) as opened:
        assert opened.counts()["pages"] == 10, "the page that killed is kept"
        assert [problem.source for problem in opened.problems()] == [str(pages / "004b.txt")]
    for line in expected.splitlines():
        if "claim-" in line:
            assert line in dump(record)


def test_a_worker_that_dies_once_costs_nothing(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", 3)
    (pages / "once.txt").write_text(f"ONCE {tmp_path / 'marker'}\n")
    counts = many(tmp_path / "r.db", Plan(workers=2, shard_documents=2), pages)
    assert (tmp_path / "marker").exists()
    assert (counts.articles, counts.failed) == (4, 0)
    assert dump(tmp_path / "r.db") == plain(tmp_path / "plain.db", pages)


def broken_stages() -> Any:
    """Stages for which nothing is installed."""

    def annotate(article: Any) -> Any:
        raise CodingError("no parser; install one")

    return replace(stub_stages(), annotate=annotate)


def no_stages() -> Any:
    """A worker that cannot begin."""
    if "PYTEST_CURRENT_TEST" in os.environ and os.environ.get("STARTING_PID") == str(os.getpid()):
        return stub_stages()
    os._exit(7)


def test_what_is_wrong_with_the_installation_ends_the_run_in_one_line(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", 3)
    with Record.open(tmp_path / "r.db", create=True) as opened, pytest.raises(CodingError, match="no parser"):
        read_many(opened, documents(pages), Settings(), Plan(workers=2), make_stages=broken_stages)
    assert not (tmp_path / "r.db.shards").exists()


def test_a_worker_that_cannot_start_ends_the_run_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STARTING_PID", str(os.getpid()))
    pages = write_pages(tmp_path / "in", 3)
    with Record.open(tmp_path / "r.db", create=True) as opened, pytest.raises(ConfigurationError) as caught:
        read_many(opened, documents(pages), Settings(), Plan(workers=2), make_stages=no_stages)
    assert str(caught.value) == "a worker process could not be started (exit code 7); read with --workers 1"


def test_two_runs_do_not_share_a_folder(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", 2)
    kept = tmp_path / "kept"
    kept.mkdir()
    with locked(kept), pytest.raises(StorageError, match="another `communique read` is at work"):
        many(tmp_path / "r.db", Plan(workers=1, keep=kept), pages)
    assert many(tmp_path / "r.db", Plan(workers=1, keep=kept), pages).new == 2


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    pages = write_pages(tmp_path / "in", 2)
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match="results cannot be kept there"):
        many(tmp_path / "r.db", Plan(workers=1, keep=tmp_path / "file" / "kept"), pages)


def test_workers_end_with_the_pool(tmp_path: Path) -> None:
    pool = Pool(Work(settings=Settings(), folder=tmp_path, make_stages=stub_stages), 2)
    pool.close()
    pool.close()
