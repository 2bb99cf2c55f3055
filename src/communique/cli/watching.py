"""What a person at the terminal sees while many documents are worked on: done of all, rate, time left, problems so far."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    ProgressColumn,
    SpinnerColumn,
    Task,
    TaskID,
    TextColumn,
    TimeRemainingColumn,
)
from rich.text import Text

from communique.cli.output import console, counted, note
from communique.records import Problem, Severity

LINES_SHOWN = 20  # problems told while working; the record keeps all
PROBLEMS_KEPT = 1_000  # for --json


class Watch:
    """Told of each document and problem; the first LINES_SHOWN problems are printed, the first PROBLEMS_KEPT kept."""

    def __init__(self, bar: Progress, task: TaskID) -> None:
        self.problems: list[Problem] = []
        self.met = 0
        self._bar, self._task = bar, task

    def advance(self, source: str) -> None:
        """One document is done."""
        self._bar.update(self._task, advance=1, description=os.path.basename(source)[-30:])

    def report(self, problem: Problem) -> None:
        """A problem was met."""
        self.met += 1
        if self.met <= PROBLEMS_KEPT:
            self.problems.append(problem)
        if self.met <= LINES_SHOWN:
            note(problem_line(problem), "yellow" if problem.severity is Severity.WARNING else "red")
        self._bar.update(self._task, problems=self.met)


class _Rate(ProgressColumn):
    """Documents a second, or seconds a document."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        if not speed:
            return Text("")
        return Text(f"{speed:.1f}/s" if speed >= 1 else f"{1 / speed:.1f} s each", style="dim")


class _Problems(ProgressColumn):
    """How many problems there were so far."""

    def render(self, task: Task) -> Text:
        met = int(task.fields.get("problems", 0))
        return Text(counted(met, "problem"), style="yellow") if met else Text("")


@contextmanager
def watching(total: int | None, doing: str) -> Iterator[Watch]:
    """Shows the progress on standard error while the block runs; on a terminal only, and not for a single document.

    `total` None: nobody knows how many documents there are.
    """
    errors = console(stderr=True)
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        _Rate(),
        TimeRemainingColumn(),
        _Problems(),
    )
    bar = Progress(*columns, console=errors, transient=True, disable=not errors.is_terminal or total == 1)
    watch = Watch(bar, bar.add_task(doing, total=total))
    with bar:
        yield watch
    if watch.met > LINES_SHOWN:
        note(f"… and {watch.met - LINES_SHOWN:,} more problems; `communique problems` lists them all.")


def problem_line(problem: Problem) -> str:
    """`communique: file: cause; remedy`."""
    return f"communique: {problem.source}: {problem.reason}; {problem.remedy}"
