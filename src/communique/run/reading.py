"""Paths → a record filled with what they hold. One bad document never stops it; Ctrl-C ends it between two documents.

A page that this very program, codebook and settings have coded before is passed over, so that an interrupted run is
finished by starting it again. This is the direct way, one document after the other in this process; `many` is the way by shards.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import BinaryIO

from communique.read import read_paths
from communique.records import Page, Problem, Run
from communique.run.describing import code_hash, describe_run
from communique.run.outcomes import (
    Progress,
    ReadCounts,
    Report,
    code_document,
    printable_source,
    silently,
    store_outcome,
)
from communique.run.settings import Settings
from communique.run.stages import Stages, installed_stages
from communique.store import Record

RECORD_ENDINGS = ("", "-wal", "-shm", "-journal")  # the record's file and those that SQLite keeps beside it
SHARDS_ENDING = ".shards"  # the folder where results wait for the record

__all__ = ["Progress", "ReadCounts", "Report", "code_hash", "describe_run", "read_documents", "read_into"]


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
    documents = read_paths(paths, stdin=stdin, own=own_files(record))
    return read_documents(record, documents, settings, progress=progress, report=report, stages=stages)


def own_files(record: Record) -> list[str]:
    """The files and the folder that are the record's own: in a folder that is read they are no documents."""
    return [f"{record.path}{ending}" for ending in (*RECORD_ENDINGS, SHARDS_ENDING)]


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
        for document in map(printable_source, documents):
            counts = _one(record, document, settings, run, steps, counts, report or silently)
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
    if isinstance(document, Page) and record.was_coded(document.id, run.id):
        return replace(counts, articles=counts.articles + 1)
    return store_outcome(record, code_document(document, settings, steps), run, counts, report)
