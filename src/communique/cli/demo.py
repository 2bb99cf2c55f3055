"""`communique demo`: the demonstration record that comes with the program, read and linked, what it shows, and what to try next."""

import os
import shlex
import shutil
import sys
import tempfile
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.demo_views import print_counts, print_disputes, print_lines, print_linked_meetings, print_stretch
from communique.cli.options import settings_of
from communique.cli.output import console, note
from communique.cli.watching import watching
from communique.read import read_paths
from communique.records import ConfigurationError
from communique.run.linking import link_record
from communique.run.many import Plan, read_many
from communique.store import Record

KEPT_NAME = "demo.db"
INTERRUPTED = 130

Keep = Annotated[
    Path | None,
    typer.Option("--keep", metavar="FILE", help="Keep the record in this file, not in the folder for temporary files."),
]


def demo(context: typer.Context, keep: Keep = None) -> None:
    """Read the hundred articles that come with the program, link them and show what they say."""
    folder = record_folder()
    place = keep or Path(tempfile.mkdtemp(prefix="communique-demo-")) / KEPT_NAME
    settings = settings_of(context)
    on = console()
    with Record.open(place, create=True) as record:
        note(f"Reading the demonstration record, {folder}")
        with watching(None, "reading") as watch:
            counts = read_many(record, read_paths([str(folder)]), settings, Plan(), progress=watch.advance)
        if counts.interrupted:
            raise typer.Exit(INTERRUPTED)
        note("Linking: copies, the same event in several articles, meetings and positions over time")
        link_record(record, settings=settings)
        print_demo(record, place, on)


def record_folder() -> Path:
    """The folder of the demonstration's articles. Raises ConfigurationError when the package lacks it."""
    folder = Path(str(files("communique") / "demo" / "record"))
    if not folder.is_dir():
        raise ConfigurationError(f"demo: {folder} is missing from this installation; reinstall communique")
    return folder


def packaged_article() -> Path:
    """The one page that comes beside the record. Raises ConfigurationError when the package lacks it."""
    article = Path(str(files("communique") / "demo" / "article.html"))
    if not article.is_file():
        raise ConfigurationError(f"demo: {article} is missing from this installation; reinstall communique")
    return article


def print_demo(record: Record, place: Path, on: Console) -> None:
    """Counts, then each view of the whole, then the commands that go on from there."""
    _heading("What there is", on)
    print_counts(record, on)
    _heading("What happened, as several outlets tell it", on)
    first = print_stretch(record, on)
    _heading("Where the reports differ", on)
    print_disputes(record, on)
    _heading("Who stands where", on)
    print_lines(record, on)
    _heading("Which meetings were announced, and what became of them", on)
    print_linked_meetings(record, on)
    _heading("Try next", on)
    program, option = _program(), f"--record {shlex.quote(str(place))}"
    explained = record.short_ids([first])[first] if first else ""
    for command, purpose in (
        (f"{program} serve {option}", "all of it in the browser"),
        (f"{program} timeline --since 2022-01-10 --until 2022-01-13 {option}", "four days, every report of them"),
        (f"{program} explain {explained} {option}", "where a claim comes from, word by word"),
        (
            f"{program} read {shlex.quote(os.path.relpath(packaged_article()))}",
            "one messy page, in a record of its own",
        ),
        (f"{program} read YOUR-FOLDER/ && {program} timeline", "your own articles"),
    ):
        on.print(Text(f"  {purpose}", style="dim"))
        on.print(Text(f"  {command}", style="bold"), soft_wrap=True)


def _program() -> str:
    """How this very program is called from here, so that the commands can be copied."""
    if shutil.which("communique") is not None:
        return "communique"
    return shlex.quote(os.path.relpath(sys.argv[0]))


def _heading(title: str, on: Console) -> None:
    on.print()
    on.rule(Text(f" {title} ", style="bold"), style="dim", align="left")
    on.print()
