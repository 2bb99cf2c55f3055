"""`communique positions`: where the parties stand on each issue, and since when; or what one article says of it."""

from collections.abc import Sequence
from enum import StrEnum
from itertools import groupby
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.lines_told import OTHER, lines_as_json, print_lines
from communique.cli.nothing import nothing_found
from communique.cli.options import (
    Actors,
    AsJson,
    InArticle,
    Issues,
    Limit,
    RecordFile,
    Since,
    Until,
    Words,
    filters,
    open_record,
    settings_of,
)
from communique.cli.output import NARROW, STANCE_STYLES, console, day_text, id_text, note, print_json, table
from communique.cli.wording import Wording
from communique.codebook.issues import load_issues
from communique.records import Position, Stance
from communique.run.user_files import issues_of
from communique.store import Record, plain

Standing = StrEnum("Standing", {**{each.value: each.value for each in Stance}, "changed": "changed", "owed": "owed"})  # type: ignore[misc]


def positions(
    context: typer.Context,
    actor: Actors = None,
    issue: Issues = None,
    stance: Annotated[
        list[Standing] | None,
        typer.Option(
            "--stance",
            metavar="STANCE",
            help=f"{', '.join(Stance)} (now); changed, owed (ever); may be repeated.",
            show_default=False,
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    article: InArticle = None,
    words: Words = None,
    limit: Limit = None,
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """Where the parties stand on each issue, how they came there, what they left unanswered."""
    with open_record(context, record) as opened:
        asked = filters(
            opened,
            actors=actor,
            types=issue,
            statuses=[each.value for each in stance or ()],
            since=since,
            until=until,
            article=article,
            words=words,
            limit=limit,
        )
        over_time = article is None and opened.count("lines") > 0
        if over_time:
            lines = opened.lines(asked)
            if json:
                print_json(lines_as_json(opened, lines))
            elif lines:
                print_lines(opened, lines, issues_of(settings_of(context)), console())
            else:
                nothing_found(opened, "positions", asked)
            return
        found = opened.positions(asked)
        if json:
            print_json(plain(found, Wording(opened, found).texts))
        elif found:
            print_positions(opened, found, console())
            if article is None and opened.count("articles") > 1:
                note("As each article has it; `communique link` joins them into one line a party.")
        else:
            nothing_found(opened, "positions", asked)


def print_positions(record: Record, positions: Sequence[Position], on: Console) -> None:
    """Issue by issue, in alphabetical order, those without a name in the codebook last; inside each in the order of time."""
    wording = Wording(record, positions)
    named = {issue.name for issue in load_issues()}
    by_issue = sorted(positions, key=lambda position: (position.issue not in named, _heading(position, named)))
    columns, widths = ("id", "party", "stance", "date", "what"), (6, 26, 10, 10, None)
    for number, (issue, group) in enumerate(groupby(by_issue, key=lambda position: _heading(position, named))):
        if number == 0 and on.width >= NARROW:
            table(columns, (), widths, on)
        on.print(Text(issue, style="bold underline"))
        rows = [
            (
                id_text(wording.short(position.id)),
                party(position, wording),
                Text(position.stance.value, style=STANCE_STYLES[position.stance.value]),
                day_text(position.date),
                wording.words(position.content),
            )
            for position in group
        ]
        table(columns, rows, widths, on, headed=False)
        on.print()


def _heading(position: Position, named: set[str]) -> str:
    return position.issue if position.issue in named else OTHER


def party(position: Position, wording: Wording) -> Text:
    """The party, towards whom, who voiced it, and who reports it if somebody else does."""
    line = Text(wording.name(position.party), style="bold")
    if position.of:
        line.append(f"\ntowards {wording.names(position.of)}", style="dim")
    if position.by is not None and position.by.actor_id != position.party.actor_id:
        line.append(f"\nvoiced by {wording.name(position.by)}", style="dim")
    if position.asserted_by is not None:
        line.append(f"\nas {wording.name(position.asserted_by)} reports", style="dim")
    return line
