"""`communique evaluate scores`: every scorer on every development set at hand, the table in docs/scores.md, and an error when
a figure fell by more than its noise.

It needs the checkout: the sets, the table and the commit are there.
"""

import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from communique.cli.output import console, print_json, table
from communique.evaluate.figures import load_specs
from communique.evaluate.score_table import HEADER, as_json, cells, read_kept, write_scores
from communique.evaluate.scoreboard import Board, compare, run_scores
from communique.evaluate.scorers import own_scorers
from communique.records import ConfigurationError

CHECKOUT = Path(__file__).resolve().parents[3]
GOLD = Path("..") / "shared" / "gold"
SHOWN = HEADER[:-1]  # what others reach stands in the document
WIDTHS = (34, 16, 11, 8, 7, 7)


def scores(
    gold: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="The development sets (default: ../shared/gold beside the checkout)."),
    ] = None,
    write: Annotated[bool, typer.Option("--write", help="Write docs/scores.md and docs/scores.json.")] = False,
    accept: Annotated[
        bool, typer.Option("--accept", help="Write, and let figures that fell be what later ones are compared with.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as one JSON object.")] = False,
) -> None:
    """All figures beside the previous ones; ends with 1 when one fell by more than its noise."""
    docs = CHECKOUT / "docs"
    if not docs.is_dir():
        raise ConfigurationError(
            f"{docs}: is not there; the scores are kept in a checkout of the repository, run it there"
        )
    commit = commit_of(CHECKOUT)  # before the scorers run: they take minutes
    specs = load_specs()
    figures, skipped = run_scores(
        specs, gold=gold or CHECKOUT / GOLD, checkout=CHECKOUT, scorers=own_scorers(), progress=_tell
    )
    board = compare(
        specs,
        figures,
        read_kept(docs / "scores.json"),
        skipped=skipped,
        date=date.today().isoformat(),
        commit=commit,
        accept=accept,
    )
    if json:
        print_json(as_json(board))
    else:
        _print(board)
    if write or accept:
        write_scores(board, docs)
    for line in skipped:
        sys.stderr.write(f"not measured: {line}\n")
    for line in board.falls:
        sys.stderr.write(f"fell{' (accepted)' if accept else ''}: {line}\n")
    if board.falls and not accept:
        raise typer.Exit(1)


def commit_of(checkout: Path) -> str:
    """The short commit, with `+` when files that git knows are changed; `unknown` outside of git."""
    try:
        head = _git(checkout, "rev-parse", "--short=10", "HEAD")
        return head + (
            "+" if _git(checkout, "status", "--porcelain", "--untracked-files=no", "--", ".", ":!docs") else ""
        )
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


def _git(checkout: Path, *arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=checkout, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def _tell(name: str) -> None:
    sys.stderr.write(f"scoring {name} …\n")
    sys.stderr.flush()


def _print(board: Board) -> None:
    on = console()
    for each, rows in board.sets:
        on.print(Text(f"\n{each.title}", style="bold"))
        table(SHOWN, [cells(row)[:-1] for row in rows], WIDTHS, on, spaced=False)
