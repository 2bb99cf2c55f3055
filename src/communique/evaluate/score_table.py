"""The scoreboard on disk: figures as JSON that a later run reads, and the table in docs/scores.md between two markers.

Whatever a person wrote outside the markers stays as it is.
"""

import json
import os
from dataclasses import fields
from pathlib import Path
from typing import Any

from communique.evaluate.figures import FigureSpec, Noise
from communique.evaluate.scoreboard import Board, Figure, Kept, Row
from communique.records import ConfigurationError

BEGIN, END = "<!-- scores: begin -->", "<!-- scores: end -->"
HEADER = ("figure", "now", "before", "change", "noise", "n", "others")


def read_kept(path: Path) -> dict[str, Kept]:
    """The figures written before by their keys, none without a file. Raises ConfigurationError when it cannot be read as such."""
    if not path.exists():
        return {}
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["figures"]
        return {key: _kept(row) for key, row in rows.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ConfigurationError(
            f"{path}: holds no scores ({error!r}); restore it from version control, or remove it"
        ) from error


def _kept(row: dict[str, Any]) -> Kept:
    figure = Figure(**{field.name: row[field.name] for field in fields(Figure)})
    return Kept(figure=figure, best=row["best"], before=row["before"], date=row["date"], commit=row["commit"])


def as_json(board: Board) -> dict[str, Any]:
    """What is kept: date and commit of the last run, and each figure with its own."""
    rows = {
        row.key: {
            "value": row.kept.figure.value,
            "before": row.kept.before,
            "best": row.kept.best,
            "noise": row.kept.figure.noise,
            "why_noise": row.spec.noise.value,
            "n": row.kept.figure.n,
            "data": row.kept.figure.data,
            "date": row.kept.date,
            "commit": row.kept.commit,
        }
        for row in board.rows
    }
    return {"date": board.date, "commit": board.commit, "figures": rows}


def cells(row: Row) -> tuple[str, ...]:
    """One line of the table, as HEADER names it."""
    kept, spec = row.kept, row.spec
    now, before = kept.figure.value, kept.before
    noise = kept.figure.noise
    counted = spec.noise in (Noise.COUNT, Noise.NONE)
    return (
        spec.title,
        shown(spec, now, kept.figure.n) + (" (fell)" if row.fell else "" if row.measured else f" ({kept.commit})"),
        "" if before is None else shown(spec, before, kept.figure.n),
        ""
        if before is None or before == now or spec.noise is Noise.SPEED
        else f"{now - before:+{'.0f' if counted else '.3f'}}",
        "" if noise is None else f"{noise:.1f}" if counted else f"{noise:.3f}",
        "" if kept.figure.n is None else f"{kept.figure.n:,}",
        spec.peer,
    )


def shown(spec: FigureSpec, value: float, n: int | None) -> str:
    """Shares with three digits, sections of an article as counts, counts and speeds whole."""
    if spec.key.endswith(".share") and n:
        return f"{round(value * n)} of {n}"
    return f"{value:.0f}" if spec.noise in (Noise.COUNT, Noise.NONE, Noise.SPEED) else f"{value:.3f}"


def markdown(board: Board) -> str:
    """The part between the markers."""
    parts = [
        f"Measured on {board.date} at commit `{board.commit}`. “Before” is what the run before it wrote, on the same data.\n"
    ]
    for each, rows in board.sets:
        lines = [f"### {each.title}\n", _line(HEADER), "|---|---:|---:|---:|---:|---:|---|"]
        parts.append("\n".join([*lines, *(_line(cells(row)) for row in rows)]) + "\n")
    if board.falls:
        parts.append("Fell by more than the noise:\n\n" + "\n".join(f"- {line}" for line in board.falls) + "\n")
    if board.skipped:
        parts.append("Not measured in this run:\n\n" + "\n".join(f"- {line}" for line in board.skipped) + "\n")
    return "\n".join(parts)


def _line(texts: tuple[str, ...]) -> str:
    return "| " + " | ".join(text.replace("|", "\\|") for text in texts) + " |"


def placed(document: str, table: str, name: str) -> str:
    """The document with the table between its markers. Raises ConfigurationError when it has not exactly one pair of them."""
    if document.count(BEGIN) != 1 or document.count(END) != 1 or document.index(BEGIN) > document.index(END):
        raise ConfigurationError(f"{name}: needs the lines {BEGIN} and {END} once, in this order; put them back")
    return f"{document[: document.index(BEGIN)]}{BEGIN}\n\n{table}\n{document[document.index(END) :]}"


def write_scores(board: Board, folder: Path) -> None:
    """Writes `scores.md` and `scores.json` in the folder, each whole or not at all. Raises ConfigurationError, OSError."""
    page = folder / "scores.md"
    try:
        document = page.read_text(encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"{page}: cannot be read ({error.strerror}); restore it from version control"
        ) from error
    table = placed(document, markdown(board), str(page))
    for path, text in ((page, table), (folder / "scores.json", json.dumps(as_json(board), indent=1) + "\n")):
        beside = path.with_suffix(f"{path.suffix}.new")
        beside.write_text(text, encoding="utf-8")
        os.replace(beside, path)
