"""Paths → a record filled with what they hold. One bad document never stops it; Ctrl-C ends it between two documents.

A page that this very program, codebook and settings have coded before is passed over, so that an interrupted run is
finished by starting it again.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import BinaryIO

from communique import __version__
from communique.codebook.files import codebook_hash
from communique.read import read_paths
from communique.records import Page, Problem, Run, Severity, make_id
from communique.run.pipeline import code_page, problem_of_error
from communique.run.settings import Settings
from communique.run.stages import Stages, installed_stages
from communique.store import Record, UnstorableError

CODING_ROOMS = ("annotate", "clean", "codebook", "coding", "link", "read", "records", "resolve", "run")

RECORD_ENDINGS = ("", "-wal", "-shm", "-journal")  # the record's file and those that SQLite keeps beside it

Progress = Callable[[str], None]  # called with the source of each document when it is done
Report = Callable[[Problem], None]  # called with each problem as it is met


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadCounts:
    """`articles` were read (`new` of them changed the record, `uncoded` hold no coding); `failed` inputs gave none."""

    articles: int = 0
    new: int = 0
    uncoded: int = 0
    failed: int = 0
    warnings: int = 0
    claims: int = 0
    statements: int = 0
    interrupted: bool = False


def read_into(
    record: Record,
    paths: Sequence[str],
    settings: Settings,
    *,
    stdin: BinaryIO | None = None,
    progress: Progress | None = None,
    report: Report | None = None,
    stages: Stages | None = None,
) -> ReadCounts:
    """Reads, codes and stores every document. Raises StorageError, and what is wrong with codebook, settings or parser."""
    own = [f"{record.path}{ending}" for ending in RECORD_ENDINGS]
    documents = read_paths(paths, stdin=stdin, own=own)
    return read_documents(record, documents, settings, progress=progress, report=report, stages=stages)


def read_documents(
    record: Record,
    documents: Iterable[Page | Problem],
    settings: Settings,
    *,
    progress: Progress | None = None,
    report: Report | None = None,
    stages: Stages | None = None,
) -> ReadCounts:
    """`read_into` for documents that are already at hand."""
    steps = stages or installed_stages()
    run = describe_run(settings, steps)
    counts = ReadCounts()
    try:
        for document in map(_with_printable_source, documents):
            counts = _one(record, document, settings, run, steps, counts, report or _silently)
            if progress is not None and isinstance(document, Page):
                progress(document.source)
    except KeyboardInterrupt:
        return replace(counts, interrupted=True)
    return counts


def _one(
    record: Record,
    document: Page | Problem,
    settings: Settings,
    run: Run,
    steps: Stages,
    counts: ReadCounts,
    report: Report,
) -> ReadCounts:
    if isinstance(document, Problem):
        record.add_problem(document)
        report(document)
        if document.severity is Severity.WARNING:
            return replace(counts, warnings=counts.warnings + 1)
        return replace(counts, failed=counts.failed + 1)
    if record.was_coded(document.id, run.id):
        return replace(counts, articles=counts.articles + 1)
    coded = code_page(document, settings, steps)
    if isinstance(coded, Problem):
        record.add_problem(coded, document)
        report(coded)
        return replace(counts, failed=counts.failed + 1)
    try:
        new = record.add(coded, run)
    except UnstorableError as error:
        unstorable = problem_of_error("store", document.source, error)
        record.add_problem(unstorable)
        report(unstorable)
        return replace(counts, failed=counts.failed + 1)
    for problem in coded.problems:
        report(problem)
    return replace(
        counts,
        articles=counts.articles + 1,
        new=counts.new + new,
        uncoded=counts.uncoded + bool(coded.problems),
        claims=counts.claims + len(coded.claims),
        statements=counts.statements + len(coded.statements),
    )


def _with_printable_source(document: Page | Problem) -> Page | Problem:
    """A file name that is no valid text keeps its odd bytes as \\udcNN, which can be stored and printed."""
    printable = document.source.encode("utf-8", "backslashreplace").decode("utf-8")
    return document if printable == document.source else replace(document, source=printable)


def describe_run(settings: Settings, stages: Stages) -> Run:
    """Which program this is: version with the hash of its code, codebook, parser weights, settings."""
    parts = (f"{__version__}+{code_hash()[:12]}", codebook_hash(), stages.model_hash(), settings.described())
    return Run(
        id=make_id("run", *parts),
        version=parts[0],
        codebook_hash=parts[1],
        model_hash=parts[2],
        settings=parts[3],
    )


@lru_cache(maxsize=1)
def code_hash() -> str:
    """SHA-256 (hex) over the modules that decide the coding: a changed rule's work is not taken for the old one's."""
    digest = hashlib.sha256()
    for room in CODING_ROOMS:
        for name, module in sorted(_modules(files("communique") / room, f"{room}/"), key=lambda each: each[0]):
            content = module.read_bytes()
            digest.update(f"{name}:{len(content)}:".encode() + content)
    return digest.hexdigest()


def _modules(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _modules(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield f"{prefix}{entry.name}", entry


def _silently(problem: Problem) -> None:
    """Nobody asked to be told of problems while they are met; the record keeps them."""
