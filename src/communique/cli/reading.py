"""`communique read`: files, folders, feeds, archives, addresses or standard input into the record."""

import os
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import AsJson, RecordFile, record_path, settings_of
from communique.cli.output import console, counted, print_json
from communique.cli.sources import AllowPrivate, ColumnPairs, Fetch, fetched_file, read_options
from communique.cli.watching import Watch, watching
from communique.cli.workers import ClusterAddress, KeepShards, NoLink, ShardSize, Workers, plan_of
from communique.read import read_paths
from communique.read.paths import is_one_document_by_name
from communique.run import ReadCounts
from communique.run.linking import link_record
from communique.run.many import read_many
from communique.run.reading import own_files
from communique.run.shards import SHARD_DOCUMENTS
from communique.store import Record, Texts, plain

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders, patterns, addresses, or - for standard input.", metavar="PATH… | -")
]


def read(
    context: typer.Context,
    paths: Paths,
    record: RecordFile = None,
    column: ColumnPairs = None,
    fetch: Fetch = False,
    allow_private: AllowPrivate = False,
    workers: Workers = None,
    cluster: ClusterAddress = None,
    keep_shards: KeepShards = None,
    shard_size: ShardSize = SHARD_DOCUMENTS,
    no_link: NoLink = False,
    json: AsJson = False,
) -> None:
    """Read, code and keep articles: pages, text, tables, feeds, web archives."""
    settings = settings_of(context)
    place = record_path(context, record)
    plan = plan_of(workers, cluster, keep_shards, shard_size, fetch=fetch)
    options = read_options(place, fetch, allow_private, column)
    if (plan.workers, plan.cluster, plan.keep) != (1, None, None):
        # Validators are kept when reading ends; workers are still busy then, and what a kill costs them must be sent again.
        options = replace(options, fetch_cache=None)
    with Record.open(place, create=True) as opened:
        with watching(count_documents(paths), "reading") as watch:
            stdin = sys.stdin.buffer if "-" in paths else None
            own = [*own_files(opened), str(fetched_file(place)), *([str(keep_shards)] if keep_shards else [])]
            documents = read_paths(paths, stdin=stdin, own=own, options=options)
            counts = read_many(opened, documents, settings, plan, progress=watch.advance, report=watch.report)
        if not (no_link or counts.interrupted):
            link_record(opened, settings=settings)
    conclude(counts, watch, place, json, fetch)


def conclude(counts: ReadCounts, watch: Watch, place: Path, json: bool, fetched: bool = False) -> None:
    """Tells what came of it. Raises Exit with 130 after Ctrl-C, with 1 when there was no article at all.

    `fetched`: addresses were asked, and an answer that nothing has changed is no failure.
    """
    if json:
        print_json(plain({"record": str(place), "counts": counts, "problems": watch.problems}, Texts({}, {})))
    elif counts.articles or not counts.interrupted:
        console().print(summary(counts, place, fetched), soft_wrap=True)
    if counts.interrupted:
        raise typer.Exit(130)
    if counts.articles == 0 and (counts.failed or not fetched):
        raise typer.Exit(1)


def summary(counts: ReadCounts, place: Path, fetched: bool = False) -> str:
    """One line: what came of it."""
    if counts.articles == 0 and fetched and not counts.failed:
        return f"Nothing has changed since it was fetched; {place} is as it was."
    if counts.articles == 0:
        return f"Nothing could be read; {place} is as it was, but for the problems."
    articles = counted(counts.articles, "article")
    if counts.new == 0:
        line = f"Read {articles}: nothing new in {place}."
    else:
        told = f"{counted(counts.claims, 'claim')} and {counted(counts.statements, 'statement')}"
        line = f"Read {articles} into {place} ({counts.new:,} new or recoded): {told}."
    if counts.uncoded:
        line += f" {counts.uncoded:,} not coded."
    if counts.failed:
        line += f" {counts.failed:,} could not be read."
    return line


def count_documents(paths: list[str]) -> int | None:
    """How many documents there are, for the progress bar; None where a file or an address may hold many."""
    total = 0
    for path in paths:
        if not os.path.isdir(path):
            named = [path]
        else:
            named = []
            for _, folders, names in os.walk(path):
                folders[:] = [name for name in folders if not name.startswith(".")]
                named += [name for name in names if is_one_document_by_name(name) is not None]
        if not all(is_one_document_by_name(name) for name in named):
            return None
        total += len(named)
    return total
