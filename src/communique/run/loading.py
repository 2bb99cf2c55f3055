"""Files of results → a record: those of this run, and those that were made elsewhere. Loading twice changes nothing."""

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from pathlib import Path

from communique.records import Run
from communique.run.manifest import ShardLine, manifest_lines
from communique.run.outcomes import Progress, ReadCounts, Report, silently, store_outcome
from communique.run.pipeline import problem_of_error
from communique.run.shard_files import ResultsError, line_of_file, read_shard
from communique.store import Record


def finished_shards(folder: Path) -> list[ShardLine]:
    """The shards whose files are there, in the order of their documents, whether or not their lines were lost."""
    listed = {line.file: line for line in manifest_lines(folder).values()}
    found = [listed.get(place.name) or line_of_file(place) for place in sorted(folder.glob("*.parquet"))]
    return sorted((line for line in found if line is not None), key=lambda line: (line.number, line.shard))


def load_shard(
    record: Record,
    place: Path,
    run: Run,
    counts: ReadCounts,
    *,
    progress: Progress | None = None,
    report: Report | None = None,
) -> ReadCounts:
    """Stores every outcome of one file as `read_documents` would. Raises ResultsError when the file cannot be read."""
    outcomes = tuple(read_shard(place))
    articles = [page_id for page_id, stored in outcomes if page_id is not None and stored.is_article]
    present = set(record.were_coded(articles, run.id))
    for page_id, stored in outcomes:
        if page_id in present and stored.is_article:
            counts = replace(counts, articles=counts.articles + 1)
        else:
            before = counts.articles
            counts = store_outcome(record, stored.unpack(), run, counts, report or silently)
            if page_id is not None and stored.is_article and counts.articles > before:
                present.add(page_id)  # the same page may come twice in one file
        if progress is not None and page_id is not None:
            progress(stored.source)
    return counts


def count_results(paths: Sequence[Path]) -> int:
    """How many documents the results are of, for the progress bar."""
    found = chain.from_iterable(map(_places, paths))
    lines = (None if place.is_dir() else line_of_file(place) for place in found)
    return sum(line.documents for line in lines if line is not None)


def load_results(
    record: Record, paths: Sequence[Path], *, progress: Progress | None = None, report: Report | None = None
) -> ReadCounts:
    """Loads folders and files of results. One that is none, or damaged, becomes a Problem; the others are loaded.

    Raises StorageError when the record cannot be written.
    """
    counts = ReadCounts()
    told = report or silently
    try:
        for place in chain.from_iterable(map(_places, paths)):
            try:
                counts = load_shard(record, place, _run_of(place), counts, progress=progress, report=told)
            except ResultsError as error:
                problem = problem_of_error("load", str(place), error)
                record.add_problem(problem)
                told(problem)
                counts = replace(counts, failed=counts.failed + 1)
    except KeyboardInterrupt:
        return replace(counts, interrupted=True)
    return counts


def _places(path: Path) -> list[Path]:
    """The files to load: of a folder those that are finished, in the order of their documents, then what is no result."""
    if not path.is_dir():
        return [path]
    finished = [path / line.file for line in finished_shards(path)]
    others = sorted(set(path.glob("*.parquet")) - set(finished))
    return [*finished, *others] or [path]


def _run_of(place: Path) -> Run:
    if place.is_dir():
        raise ResultsError(f"{place}: holds no results; name a folder that `communique read --keep-shards` made")
    if not place.exists():
        raise ResultsError(f"{place}: does not exist; check the spelling and the working folder")
    line = line_of_file(place)
    if line is None:
        raise ResultsError(
            f"{place}: is no file of results of this version; make it again with `communique read --keep-shards`"
        )
    return line.run
