"""`communique evaluate …`: the scores of each reading on an annotated set, and every error with its words."""

import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Protocol

import typer
from rich.table import Table
from rich.text import Text

from communique.cli.output import console, print_json, table
from communique.cli.scores import scores
from communique.records import ConfigurationError

Errors = Annotated[bool, typer.Option("--errors/--no-errors", help="List every miss and every wrong value.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")]
SetFile = Annotated[Path, typer.Argument(help="The annotated set.")]


class Scores(Protocol):
    """What every scorer gives."""

    @property
    def errors(self) -> tuple[str, ...]: ...

    def as_json(self) -> dict[str, Any]: ...

    def table(self) -> list[tuple[str, ...]]: ...


app = typer.Typer(help="Compare with annotated sets and print the scores.", rich_markup_mode=None)


@app.callback(invoke_without_command=True)
def root(context: typer.Context) -> None:
    """Compare with annotated sets and print the scores."""
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")


Crosswalk = Annotated[
    bool, typer.Option("--crosswalk/--no-crosswalk", help="Read our labels by the benchmark's practice.")
]


def _score(name: str, path: Path, as_json: bool, errors: bool, **options: Any) -> None:
    if not path.exists():
        raise ConfigurationError(f"{path}: does not exist; give the annotated set to compare with")
    try:
        scorer: Callable[..., Scores] = getattr(import_module(f"communique.evaluate.{name}"), f"evaluate_{name}")
    except ModuleNotFoundError as error:
        raise ConfigurationError(
            f"evaluate {name}: this installation has no such scorer ({error}); reinstall it"
        ) from error
    scores = scorer(path, **options)
    if as_json:
        print_json(scores.as_json())
        return
    on = console()
    header, *rows = scores.table()
    widths = [min(40, max(len(row[number]) for row in (header, *rows))) for number in range(len(header))]
    table(header, rows, widths, on, spaced=False)
    if errors and scores.errors:
        on.print()
        listed = Table.grid(padding=(0, 1))
        for line in scores.errors:
            listed.add_row("•", Text(line, overflow="fold"))
        on.print(listed)


@app.command()
def article(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder with an article and expected.yaml.")],
    json: AsJson = False,
    errors: Errors = True,
) -> None:
    """One annotated article: what was found, what was wrong, what was missed."""
    _score("article", folder, json, errors)


@app.command()
def relations(
    file: SetFile,
    json: AsJson = False,
    errors: Errors = False,
    crosswalk: Crosswalk = True,
    train: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Fine-tune on this file's own labels first.")
    ] = None,
) -> None:
    """Event types between a given source and target."""
    if train is not None and not train.exists():
        raise ConfigurationError(f"{train}: does not exist; give the file to train on")
    _score("relations", file, json, errors, crosswalk="plv" if crosswalk else None, train=train)


@app.command()
def claims(file: SetFile, json: AsJson = False, errors: Errors = False, crosswalk: Crosswalk = True) -> None:
    """Claims in annotated sentences."""
    _score("claims", file, json, errors, crosswalk="plv" if crosswalk else None)


@app.command()
def times(file: SetFile, json: AsJson = False, errors: Errors = False) -> None:
    """Time expressions and their values."""
    _score("times", file, json, errors)


@app.command()
def statements(file: SetFile, json: AsJson = False, errors: Errors = False) -> None:
    """Statements: source, cue and content."""
    _score("statements", file, json, errors)


@app.command()
def actors(file: SetFile, json: AsJson = False, errors: Errors = False) -> None:
    """Countries and sectors of actor phrases."""
    _score("actors", file, json, errors)


@app.command()
def places(file: SetFile, json: AsJson = False, errors: Errors = False) -> None:
    """Where events took place."""
    _score("places", file, json, errors)


@app.command()
def links(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A folder with gold.yaml, articles.yaml and record/.")],
    json: AsJson = False,
    errors: Errors = False,
) -> None:
    """Many articles: copies, same events, meetings and positions over all of them."""
    _score("links", folder, json, errors)


app.command()(scores)
