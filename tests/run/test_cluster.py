"""A Dask cluster of two worker processes gives the record of the process pool, byte for byte; what is wrong with one is a line."""

import importlib.util
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from dumping import dump
from stub_stages import stub_stages, write_pages

from communique.read import read_paths
from communique.records import ConfigurationError
from communique.run import ReadCounts, Settings
from communique.run.cluster import Cluster, check_cluster
from communique.run.executing import Work
from communique.run.many import Plan, read_many
from communique.run.shipping import pack, unpack
from communique.store import Record

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The scheduler of two worker processes, one thread each."""
    import dask

    once = dask.config.set({"distributed.scheduler.allowed-failures": 0})  # a shard is given up after one death
    with (
        once,
        distributed.LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            processes=True,
            dashboard_address=None,
            silence_logs=logging.CRITICAL,
        ) as cluster,
    ):
        yield cluster.scheduler_address


def many(record: Path, folder: Path, plan: Plan, **options: Any) -> ReadCounts:
    with Record.open(record, create=True) as opened:
        documents = read_paths([str(folder)], stdin=None)
        return read_many(opened, documents, Settings(), plan, make_stages=stub_stages, **options)


def test_the_cluster_gives_what_the_pool_gives(tmp_path: Path, address: str) -> None:
    pages = write_pages(tmp_path / "in", 7)
    (pages / "003b.txt").write_text("BROKEN")
    (pages / "005b.txt").touch()
    pool = Plan(workers=2, shard_documents=2, keep=tmp_path / "pool")
    cluster = Plan(cluster=address, shard_documents=2, keep=tmp_path / "cluster")
    counts = many(tmp_path / "pool.db", pages, pool)
    assert many(tmp_path / "cluster.db", pages, cluster) == counts
    assert counts.articles == 7
    assert dump(tmp_path / "cluster.db") == dump(tmp_path / "pool.db")
    names = sorted(place.name for place in (tmp_path / "pool").iterdir() if place.suffix)
    assert names == sorted(place.name for place in (tmp_path / "cluster").iterdir() if place.suffix)
    assert len(names) == 4 + 1, "four shards and the manifest"
    for name in names:
        assert (tmp_path / "pool" / name).read_bytes() == (tmp_path / "cluster" / name).read_bytes()


def test_no_scheduler_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.run.cluster.ANSWER_S", 0.2)
    with pytest.raises(ConfigurationError, match="no Dask scheduler answers there") as caught:
        Cluster(Work(settings=Settings(), folder=tmp_path, make_stages=stub_stages), "tcp://127.0.0.1:9")
    assert "\n" not in str(caught.value)


def test_a_scheduler_without_workers_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.run.cluster.ANSWER_S", 1)
    with distributed.LocalCluster(n_workers=0, dashboard_address=None, silence_logs=logging.CRITICAL) as empty:
        work = Work(settings=Settings(), folder=tmp_path, make_stages=stub_stages)
        with pytest.raises(ConfigurationError, match="has no workers; start some"):
            Cluster(work, empty.scheduler_address)


def test_workers_of_another_version_are_refused(tmp_path: Path, address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.run.describing.code_hash", lambda: "0" * 64)
    work = Work(settings=Settings(), folder=tmp_path, make_stages=stub_stages)
    with pytest.raises(ConfigurationError, match="install the same version there"):
        Cluster(work, address)


def test_without_the_extra_it_is_told_before_anything_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = importlib.util.find_spec
    monkeypatch.setattr("communique.run.cluster.find_spec", lambda name: None if name == "distributed" else found(name))
    with pytest.raises(ConfigurationError, match=r"pip install 'communique\[cluster\]'"):
        check_cluster("tcp://127.0.0.1:9")

    def unread() -> Any:
        raise AssertionError("read before the extra was looked for")
        yield

    with Record.open(tmp_path / "r.db", create=True) as record, pytest.raises(ConfigurationError):
        read_many(record, unread(), Settings(), Plan(cluster="tcp://127.0.0.1:9"), make_stages=stub_stages)


def test_the_users_own_files_go_along(tmp_path: Path) -> None:
    own = tmp_path / "own.yaml"
    own.write_text("- {name: River League, aliases: [RL], kind: organization, sector: [REB], country: null}\n")
    settings = Settings(actors=own, codebook=(own, own))
    sent = pack(settings)
    described = settings.described()
    own.unlink()
    there = unpack(sent)
    assert there.described() == described
    assert there.actors is not None
    assert there.actors.name == "own.yaml"
    assert unpack(sent) is there
    assert unpack(pack(Settings())) == Settings()


def test_a_document_that_kills_workers_costs_itself_only(tmp_path: Path, address: str) -> None:
    pages = write_pages(tmp_path / "in", 3)
    (pages / "poison.txt").write_text("POISON")
    told: list[Any] = []
    counts = many(tmp_path / "r.db", pages, Plan(cluster=address, shard_documents=2), report=told.append)
    assert (counts.articles, counts.failed) == (3, 1)
    assert [problem.source for problem in told] == [str(pages / "poison.txt")]
