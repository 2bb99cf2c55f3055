"""Shards in, their manifest lines out in the same order, whoever does the work: what every way of working has in common.

A bounded number of shards is under way at once. A worker that dies takes only its own shard with it: that shard is tried
again while nothing else runs (two big articles at once may have been too much), then halved until the document that kills
is alone; it becomes a Problem.
"""

from collections import deque
from collections.abc import Callable, Generator, Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from communique.records import Page, Problem, make_problem
from communique.run.describing import describe_run
from communique.run.manifest import ShardLine
from communique.run.outcomes import Failed, Outcome
from communique.run.settings import Settings
from communique.run.shard_files import read_shard, shard_file
from communique.run.shards import Shard, code_shard, keep_outcomes
from communique.run.stages import Stages, installed_stages


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What is the same for all shards of a run. `make_stages` is called where the work is done: it must be importable there."""

    settings: Settings
    folder: Path
    make_stages: Callable[[], Stages] = field(default=installed_stages)


class WorkerDiedError(Exception):
    """The process that coded a shard ended in the middle of it; the message says how."""


class Pending(Protocol):
    """A shard under way."""

    def done(self) -> bool:
        """True when `result` need not wait."""

    def result(self) -> ShardLine:
        """Waits for the line. Raises WorkerDiedError, and what `code_shard` raises."""

    def settle(self) -> None:
        """Waits until nothing works on it any more, whatever came of it."""


class Executor(Protocol):
    """Who does the work: this process, other processes, a cluster."""

    @property
    def most(self) -> int:
        """How many shards are under way at once."""

    def submit(self, shard: Shard) -> Pending:
        """Hands the shard over."""

    def close(self) -> None:
        """Stops all that is still under way. Called once, at the end or after Ctrl-C."""


@dataclass(frozen=True, slots=True)
class Finished:
    """A shard that was coded at once."""

    line: ShardLine

    def done(self) -> bool:
        return True

    def result(self) -> ShardLine:
        return self.line

    def settle(self) -> None:
        return None


class Here:
    """One shard after the other in this process."""

    most = 1

    def __init__(self, work: Work) -> None:
        self._work = work

    def submit(self, shard: Shard) -> Pending:
        """Codes it before it returns."""
        return Finished(code_shard(shard, self._work.settings, self._work.folder, self._work.make_stages()))

    def close(self) -> None:
        """Nothing is under way."""


def lines_in_order(shards: Iterable[Shard], work: Work, start: Callable[[], Executor]) -> Generator[ShardLine]:
    """The line of each shard, in order. Workers are started when the first page needs one, and stopped at the end."""
    here = Here(work)
    executor: Executor | None = None
    under_way: deque[tuple[Shard, Pending]] = deque()
    try:
        for shard in shards:
            while under_way and under_way[0][1].done():
                yield _first(under_way, work, executor or here)
            if shard.pages == 0:
                under_way.append((shard, here.submit(shard)))
                continue
            executor = executor or start()
            under_way.append((shard, executor.submit(shard)))
            if len(under_way) >= executor.most:
                yield _first(under_way, work, executor)
        while under_way:
            yield _first(under_way, work, executor or here)
    finally:
        if executor is not None:
            executor.close()


def _first(under_way: deque[tuple[Shard, Pending]], work: Work, executor: Executor) -> ShardLine:
    shard, pending = under_way.popleft()
    try:
        return pending.result()
    except WorkerDiedError:
        for _, other in under_way:
            other.settle()
        try:
            return executor.submit(shard).result()
        except WorkerDiedError as death:
            return _salvage(shard, work, executor, death)


def _salvage(shard: Shard, work: Work, executor: Executor, death: WorkerDiedError) -> ShardLine:
    """The shard with a Problem in the place of each document that kills its worker. It has done so twice by now."""
    run = describe_run(work.settings, work.make_stages())
    if len(shard.documents) == 1:
        return keep_outcomes(shard, run, work.folder, [_killed(shard.documents[0], death)])
    outcomes: list[Outcome] = []
    for half in shard.halves():
        try:
            line = executor.submit(half).result()
        except WorkerDiedError as again:
            line = _salvage(half, work, executor, again)
        place = shard_file(work.folder, line.shard)
        outcomes += [stored.unpack() for _, stored in read_shard(place)]
        place.unlink(missing_ok=True)
    return keep_outcomes(shard, run, work.folder, outcomes)


def _killed(document: Page | Problem, death: WorkerDiedError) -> Outcome:
    if isinstance(document, Problem):
        return document
    problem = make_problem(
        stage="code",
        source=document.source,
        reason=f"its worker ended each time while coding it ({death})",
        remedy="give it more memory, or split it; if that does not help, please report it as a fault, with the document",
    )
    return Failed(page=document, problem=problem)
