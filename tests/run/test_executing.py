"""Order, bounds and rescue, with an executor that needs no processes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fakes import fake_stages, page
from handmade import problem

from communique.records import CodedArticle, Page, Problem
from communique.run.executing import Work, WorkerDiedError, lines_in_order
from communique.run.manifest import ShardLine
from communique.run.outcomes import Failed
from communique.run.settings import Settings
from communique.run.shard_files import read_shard
from communique.run.shards import Shard, code_shard, cut_shards


class Later:
    """Codes a shard only when its result is wanted; one with a poisonous page dies, and so does the first try of a shaky one."""

    def __init__(self, work: Work, most: int = 3) -> None:
        self.most = most
        self.work = work
        self.submitted: list[tuple[str, ...]] = []
        self.waiting = 0
        self.most_waiting = 0
        self.closed = 0

    def submit(self, shard: Shard) -> "Promised":
        self.submitted.append(tuple(each.source for each in shard.documents))
        self.waiting += 1
        self.most_waiting = max(self.most_waiting, self.waiting)
        return Promised(self, shard)

    def close(self) -> None:
        self.closed += 1


class Promised:
    def __init__(self, owner: Later, shard: Shard) -> None:
        self.owner, self.shard, self.settled = owner, shard, False

    def done(self) -> bool:
        return False

    def settle(self) -> None:
        self.settled = True

    def result(self) -> ShardLine:
        self.owner.waiting -= 1
        sources = [each.source for each in self.shard.documents]
        shaky = "shaky" in sources and self.owner.submitted.count(tuple(sources)) == 1
        if "poison" in sources or shaky:
            raise WorkerDiedError("exit code 3")
        work = self.owner.work
        return code_shard(self.shard, work.settings, work.folder, work.make_stages())


@pytest.fixture
def work(tmp_path: Path) -> Work:
    return Work(settings=Settings(), folder=tmp_path, make_stages=fake_stages)


def sources(work: Work, line: ShardLine) -> list[str]:
    return [stored.source for _, stored in read_shard(work.folder / line.file)]


def run(work: Work, executor: Later, documents: list[Page | Problem], size: int) -> list[ShardLine]:
    return list(lines_in_order(cut_shards(documents, size), work, lambda: executor))


def test_lines_come_in_order_and_few_shards_are_under_way(work: Work) -> None:
    executor = Later(work)
    documents: list[Page | Problem] = [page(f"{number}") for number in range(10)]
    lines = run(work, executor, documents, 1)
    assert [line.first for line in lines] == [str(number) for number in range(10)]
    assert executor.most_waiting == 3
    assert executor.closed == 1


def test_no_worker_is_started_for_problems_alone(work: Work) -> None:
    def nobody() -> Later:
        raise AssertionError("started")

    (line,) = lines_in_order(cut_shards([problem("a"), problem("b")], 1), work, nobody)
    assert sources(work, line) == ["a", "b"]
    assert line.documents == 0


def test_what_dies_once_is_tried_again_alone(work: Work) -> None:
    executor = Later(work)
    lines = run(work, executor, [page("a"), page("shaky"), page("b")], 1)
    assert [line.failed for line in lines] == [0, 0, 0]
    assert executor.submitted == [("a",), ("shaky",), ("b",), ("shaky",)]


def test_a_shard_is_halved_until_the_killer_is_alone(work: Work) -> None:
    documents: list[Page | Problem] = [page(name) for name in ("a", "b", "c", "poison", "d", "e", "f")]
    documents.insert(4, problem("after-poison"))
    (whole,) = run(work, Later(work), documents, 10)
    found = [stored.unpack() for _, stored in read_shard(work.folder / whole.file)]
    assert sources(work, whole) == ["a", "b", "c", "poison", "after-poison", "d", "e", "f"]
    assert [type(each) for each in found] == [CodedArticle] * 3 + [Failed, Problem] + [CodedArticle] * 3
    assert (whole.documents, whole.articles, whole.failed) == (7, 6, 2)
    assert [place.name for place in work.folder.glob("*.parquet")] == [whole.file], "the halves are put together"


def test_the_executor_is_closed_when_the_documents_break_off(work: Work) -> None:
    executor = Later(work)

    def broken() -> Iterator[Page]:
        yield page("a")
        yield page("b")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(lines_in_order(cut_shards(broken(), 1), work, lambda: executor))
    assert executor.closed == 1
