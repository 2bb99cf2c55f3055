"""Many documents → shards → a record equal to the one that is read directly, by workers here or on a cluster.

Results wait as files in a folder beside the record until they are stored, so that an interrupted run loses at most the
shards under way. They are stored in the order of the documents, whoever is ready first: the record does not tell how it
was made. The folder goes when all is done, unless it was asked for.
"""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain, islice
from pathlib import Path

from communique.records import ConfigurationError, Page, Problem, Run, StorageError
from communique.run.describing import describe_run
from communique.run.executing import Executor, Here, Work, lines_in_order
from communique.run.loading import finished_shards, load_shard
from communique.run.locking import locked
from communique.run.manifest import MANIFEST, ShardLine, append_line
from communique.run.outcomes import Progress, ReadCounts, Report, printable_source, silently
from communique.run.pool import Pool
from communique.run.reading import SHARDS_ENDING, read_documents
from communique.run.settings import Settings
from communique.run.shard_files import ResultsError
from communique.run.shards import SHARD_DOCUMENTS, cut_shards
from communique.run.stages import Stages, installed_stages
from communique.run.user_files import own_actors, own_labels
from communique.store import Record

MANY = 50  # documents from which on more than one worker is worth its start
ASKED_TOGETHER = 50  # documents about which the record is asked at once; so many are in memory
MOST_WORKERS = 8  # that are started unasked
WORKER_BYTES = 1_500_000_000  # of the machine's memory that one worker, unasked, must leave room for


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How the work is divided; nothing in it changes the record.

    `workers` None: one process, from MANY documents on one for each core; on a cluster as many as it has. `cluster` is the
    address of a Dask scheduler, `keep` a folder where the results are to stay as Parquet files.
    """

    workers: int | None = None
    cluster: str | None = None
    shard_documents: int = SHARD_DOCUMENTS
    keep: Path | None = None


def read_many(
    record: Record,
    documents: Iterable[Page | Problem],
    settings: Settings,
    plan: Plan,
    *,
    progress: Progress | None = None,
    report: Report | None = None,
    make_stages: Callable[[], Stages] | None = None,
) -> ReadCounts:
    """Codes and stores every document as planned. Raises StorageError, and what is wrong with codebook, settings, parser, cluster.

    A few documents, or one worker, need no shards: then it is `read_documents`, unless an interrupted run left some.
    """
    if plan.cluster is not None:
        from communique.run.cluster import check_cluster

        check_cluster(plan.cluster)
    stream = iter(documents)
    workers = plan.workers or 1
    if plan.cluster is None and plan.keep is None and plan.workers != 1:
        try:
            stream, enough = _at_least(stream, MANY if plan.workers is None else 2)
        except KeyboardInterrupt:
            return ReadCounts(interrupted=True)
        workers = (plan.workers or default_workers()) if enough else 1
    folder = plan.keep or shards_folder(record)
    if plan.cluster is None and plan.keep is None and workers == 1 and not folder.exists():
        own = make_stages() if make_stages is not None else None
        return read_documents(record, stream, settings, progress=progress, report=report, stages=own)
    making = make_stages or installed_stages
    own_actors(settings), own_labels(settings)  # a wrong file is told of before any worker starts
    run = describe_run(settings, making())
    made = _Run(record, run, folder, plan, progress or _untold, report or silently)
    with _writable(folder), locked(folder):
        _drop_parts(folder)
        work = Work(settings=settings, folder=folder, make_stages=making)
        try:
            return made.carry_out(stream, work, _start_of(plan, work, workers))
        finally:
            if plan.keep is None and not any(folder.glob("*.parquet")):
                shutil.rmtree(folder, ignore_errors=True)  # else there is something that the next run stores


def shards_folder(record: Record) -> Path:
    """Where results wait for this record unless another folder is named."""
    return record.path.with_name(record.path.name + SHARDS_ENDING)


def default_workers() -> int:
    """One for each core that this process may use, as far as the memory goes, and never more than MOST_WORKERS."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    try:
        memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):  # a system that does not tell
        return min(cores, MOST_WORKERS)
    return max(1, min(cores, MOST_WORKERS, memory // WORKER_BYTES))


class _Run:
    """One run by shards: what goes into it, and what has come of it so far."""

    def __init__(self, record: Record, run: Run, folder: Path, plan: Plan, progress: Progress, report: Report) -> None:
        self._record, self._run, self._folder, self._plan = record, run, folder, plan
        self._progress, self._report = progress, report
        self._counts = ReadCounts()
        self._passed = 0  # pages that the record had already

    def carry_out(self, documents: Iterable[Page | Problem], work: Work, start: Callable[[], Executor]) -> ReadCounts:
        """Everything, or up to Ctrl-C."""
        shards = cut_shards(self._wanted(documents), self._plan.shard_documents)
        lines = lines_in_order(shards, work, start)
        interrupted = False
        try:
            if self._plan.keep is None:
                self._store_leftovers()
            for line in lines:
                self._store(line)
        except KeyboardInterrupt:
            interrupted = True
        finally:
            lines.close()
        articles = self._counts.articles + self._passed
        return replace(self._counts, articles=articles, interrupted=interrupted)

    def _wanted(self, documents: Iterable[Page | Problem]) -> Iterator[Page | Problem]:
        """Without what the record has; results that are to be kept are made of everything."""
        if self._plan.keep is not None:
            yield from map(printable_source, documents)
            return
        left = map(printable_source, documents)
        while together := tuple(islice(left, ASKED_TOGETHER)):
            pages = [each.id for each in together if isinstance(each, Page)]
            present = self._record.were_coded(pages, self._run.id)
            for document in together:
                if isinstance(document, Page) and document.id in present:
                    self._passed += 1
                    self._progress(document.source)
                else:
                    yield document

    def _store(self, line: ShardLine) -> None:
        if line.run.id != self._run.id:
            raise ConfigurationError(
                f"{line.file}: made by communique {line.run.version}, this is {self._run.version}; the program was changed "
                "while it ran: start it again"
            )
        append_line(self._folder, line)
        place = self._folder / line.file
        self._counts = load_shard(
            self._record, place, line.run, self._counts, progress=self._progress, report=self._report
        )
        if self._plan.keep is None:
            place.unlink(missing_ok=True)

    def _store_leftovers(self) -> None:
        """What an interrupted run had finished but not stored. Its documents are met again in the stream.

        So are the problems among them, which are told then.
        """
        for line in finished_shards(self._folder):
            place = self._folder / line.file
            if line.run.id == self._run.id:
                with contextlib.suppress(ResultsError):  # a damaged file: its documents are coded again
                    counted = load_shard(self._record, place, line.run, ReadCounts())
                    self._counts = replace(
                        self._counts,
                        new=self._counts.new + counted.new,
                        uncoded=self._counts.uncoded + counted.uncoded,
                        claims=self._counts.claims + counted.claims,
                        statements=self._counts.statements + counted.statements,
                    )
            place.unlink(missing_ok=True)
        for damaged in self._folder.glob("*.parquet"):
            damaged.unlink()
        (self._folder / MANIFEST).unlink(missing_ok=True)


def _start_of(plan: Plan, work: Work, workers: int) -> Callable[[], Executor]:
    if plan.cluster is not None:
        from communique.run.cluster import Cluster

        address, most = plan.cluster, plan.workers
        return lambda: Cluster(work, address, most)
    return (lambda: Pool(work, workers)) if workers > 1 else (lambda: Here(work))


def _at_least(documents: Iterator[Page | Problem], pages: int) -> tuple[Iterator[Page | Problem], bool]:
    """The same documents, and whether there are so many pages among them; reads no further than that."""
    ahead: list[Page | Problem] = []
    found = 0
    for document in documents:
        ahead.append(document)
        found += isinstance(document, Page)
        if found >= pages:
            break
    return chain(ahead, documents), found >= pages


@contextlib.contextmanager
def _writable(folder: Path) -> Iterator[None]:
    """The folder is there; what the disk refuses is told in one line."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield
    except OSError as error:
        raise StorageError(
            f"{folder}: results cannot be kept there ({error.strerror or error}); choose a folder with --keep-shards"
        ) from error


def _drop_parts(folder: Path) -> None:
    """Files that a killed worker had begun."""
    for part in folder.glob(".*.tmp"):
        part.unlink(missing_ok=True)


def _untold(source: str) -> None:
    """Nobody watches."""
