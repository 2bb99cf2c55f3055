"""`communique link`: what the articles tell in common, worked out for those that are new, or for all."""

from typing import Annotated

import typer

from communique.cli.options import AsJson, RecordFile, record_path, settings_of
from communique.cli.output import console, counted, note, print_json
from communique.run.linking import LinkCounts, link_record
from communique.store import Record, Texts, plain

All = Annotated[bool, typer.Option("--all", help="Link all articles anew, not only those that are new or changed.")]


def link(context: typer.Context, all: All = False, record: RecordFile = None, json: AsJson = False) -> None:
    """Join what articles tell in common: copies, events, meetings, positions over time."""
    place = record_path(context, record)
    with Record.open(place, writable=True) as opened:
        counts = link_record(opened, settings=settings_of(context), report=note, full=all)
    if json:
        print_json(plain(counts, Texts({}, {})))
    else:
        console().print(summary(counts), soft_wrap=True)


def summary(counts: LinkCounts) -> str:
    """What there is now."""
    if not counts.articles:
        return "There are no articles to link."
    done = f"Linked {counts.linked:,} of" if counts.linked else "Nothing new in"
    line = f"{done} {counted(counts.articles, 'article')}: {counted(counts.events, 'event')}"
    line += f", {counts.shared:,} told by several articles" if counts.shared else ""
    line += f", {counts.disputed:,} told in different ways" if counts.disputed else ""
    groups = "group of copies" if counts.copies == 1 else "groups of copies"
    lines = "position" if counts.lines == 1 else "positions"
    return (
        f"{line}; {counts.copies:,} {groups}, {counted(counts.meetings, 'meeting')}, "
        f"{counts.lines:,} {lines} over time."
    )
