"""`communique problems`: what could not be read or coded, with the cause and the remedy."""

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.nothing import nothing_found
from communique.cli.options import AsJson, InArticle, Limit, RecordFile, Severities, filters, open_record
from communique.cli.output import console, id_text, print_json, status_text, table
from communique.records import Problem
from communique.store import Record, Texts, plain


def problems(
    context: typer.Context,
    severity: Severities = None,
    article: InArticle = None,
    limit: Limit = None,
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """What could not be read or coded, and why."""
    with open_record(context, record) as opened:
        asked = filters(opened, statuses=[each.value for each in severity or ()], article=article, limit=limit)
        found = opened.problems(asked)
        if json:
            print_json(plain(found, Texts({}, {})))
        elif found:
            print_problems(opened, found, console())
        else:
            nothing_found(opened, "problems", asked)


def print_problems(record: Record, problems: Sequence[Problem], on: Console) -> None:
    """A table of problems in the order they were met."""
    short = record.short_ids(problem.id for problem in problems)
    rows = [
        (
            id_text(short[problem.id]),
            Text.assemble(status_text(problem.severity.value), (f"\n{problem.stage}", "dim")),
            Text(problem.source, style="bold"),
            Text.assemble(problem.reason, (f"\n→ {problem.remedy}", "dim")),
        )
        for problem in problems
    ]
    table(("id", "", "source", "reason and remedy"), rows, (6, 8, None, None), on)
