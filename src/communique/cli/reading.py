"""`communique read`: files, folders or standard input into the record."""

import os
import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn

from communique.cli.options import AsJson, RecordFile, record_path, settings_of
from communique.cli.output import console, counted, note, print_json
from communique.read.paths import EXTENSIONS
from communique.records import Problem, Severity
from communique.run import ReadCounts, read_into
from communique.store import Record, Texts, plain

Paths = Annotated[
    list[str], typer.Argument(help="Files, folders, patterns, or - for standard input.", metavar="PATH… | -")
]
LINES_SHOWN = 20  # problems told while reading; the record keeps all


def read(
    context: typer.Context,
    paths: Paths,
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """Read, code and keep articles (HTML or text)."""
    settings = settings_of(context)
    place = record_path(context, record)
    told: list[Problem] = []

    def report(problem: Problem) -> None:
        told.append(problem)
        if len(told) <= LINES_SHOWN:
            note(problem_line(problem), "yellow" if problem.severity is Severity.WARNING else "red")

    total = count_documents(paths)
    errors = console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    shown = errors.is_terminal and total > 1
    bar = Progress(*columns, console=errors, transient=True, disable=not shown)
    task = bar.add_task("reading", total=total)

    def advance(source: str) -> None:
        bar.update(task, advance=1, description=os.path.basename(source)[-30:])

    with Record.open(place, create=True) as opened, bar:
        stdin = sys.stdin.buffer if "-" in paths else None
        counts = read_into(opened, paths, settings, stdin=stdin, progress=advance, report=report)
    if len(told) > LINES_SHOWN:
        note(f"… and {len(told) - LINES_SHOWN} more problems; `communique problems` lists them all.")
    if json:
        print_json(plain({"record": str(place), "counts": counts, "problems": told}, Texts({}, {})))
    else:
        console().print(summary(counts, place), soft_wrap=True)
    if counts.interrupted:
        raise typer.Exit(130)
    if counts.articles == 0:
        raise typer.Exit(1)


def problem_line(problem: Problem) -> str:
    """`communique: file: cause; remedy`."""
    return f"communique: {problem.source}: {problem.reason}; {problem.remedy}"


def summary(counts: ReadCounts, place: Path) -> str:
    """One line: what came of it."""
    if counts.articles == 0:
        return f"Nothing could be read; {place} is as it was, but for the problems."
    articles = counted(counts.articles, "article")
    if counts.new == 0:
        line = f"Read {articles}: nothing new in {place}."
    else:
        told = f"{counted(counts.claims, 'claim')} and {counted(counts.statements, 'statement')}"
        line = f"Read {articles} into {place} ({counts.new} new or recoded): {told}."
    if counts.uncoded:
        line += f" {counts.uncoded} not coded."
    if counts.failed:
        line += f" {counts.failed} could not be read."
    return line


def count_documents(paths: list[str]) -> int:
    """About how many documents there are, for the progress bar: files in folders by their extension, else one a path."""
    total = 0
    for path in paths:
        if not os.path.isdir(path):
            total += 1
            continue
        for _, folders, names in os.walk(path):
            folders[:] = [name for name in folders if not name.startswith(".")]
            total += sum(os.path.splitext(name)[1].lower() in EXTENSIONS for name in names)
    return total
