"""`communique demo`: the article shipped with the program, coded into a record of its own, and what to try next."""

import os
import shlex
import shutil
import sys
import tempfile
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.meetings import print_meetings
from communique.cli.options import settings_of
from communique.cli.output import console
from communique.cli.positions import print_positions
from communique.cli.show import print_heading
from communique.cli.statements import print_statements
from communique.cli.timeline import print_timeline
from communique.cli.watching import problem_line
from communique.read.page import make_page
from communique.records import ConfigurationError
from communique.run import read_documents
from communique.store import Record

ARTICLE_NAMES = ("article.html", "article.txt")


def demo(context: typer.Context) -> None:
    """Code the article that comes with the program."""
    article = packaged_article()
    place = Path(tempfile.mkdtemp(prefix="communique-demo-")) / "demo.db"
    on = console()
    with Record.open(place, create=True) as record:
        pages = make_page(f"demo/{article.name}", article.read_bytes(), None)
        read_documents(record, pages, settings_of(context))
        print_demo(record, place, on)


def packaged_article() -> Traversable:
    """The demonstration's article. Raises ConfigurationError when the package lacks it."""
    folder = files("communique") / "demo"
    for name in ARTICLE_NAMES:
        if (folder / name).is_file():
            return folder / name
    raise ConfigurationError("demo: the article is missing from this installation; reinstall communique")


def print_demo(record: Record, place: Path, on: Console) -> None:
    """The article's heading, then each view of the record, then three commands."""
    for problem in record.problems():
        on.print(Text(problem_line(problem), style="yellow"))
    articles = record.articles()
    if not articles:
        return
    coded = record.coded_article(articles[0].id)
    print_heading(coded, on)
    on.print()
    claims = record.claims()
    print_timeline(record, claims, on)
    if statements := record.statements():
        _heading("Who said what", on)
        print_statements(record, statements, on)
    if positions := record.positions():
        _heading("Who stands where", on)
        print_positions(record, positions, on)
    if meetings := record.meetings():
        _heading("Which meetings are announced", on)
        print_meetings(record, meetings, on)
    program = _program()
    record_option = f"--record {shlex.quote(str(place))}"
    first = record.short_ids([claims[0].id])[claims[0].id] if claims else ""
    _heading("Try next", on)
    for command, purpose in (
        (f"{program} explain {first} {record_option}", "where a claim comes from, word by word"),
        (
            f"{program} show {shlex.quote(Path(coded.article.source).name)} {record_option}",
            "the article, with what was coded marked",
        ),
        (f"{program} read YOUR-ARTICLE.html && {program} timeline", "your own articles"),
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
