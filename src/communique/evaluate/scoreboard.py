"""All figures on all sets that are at hand, beside those kept from before, and which of them fell.

In: the list of sets, where they lie, the kept figures, date and commit. Out: a `Board`, one row a figure. A figure is compared
with the best one kept on the same set: it fell when it is worse by more than its noise, so that many small steps down are
noticed as one big one is. What cannot be compared (another set, a set that is absent) is told and never counts as a fall.
"""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.evaluate.figures import FigureSpec, ScoreSpecs, SetSpec, at, noise_of
from communique.evaluate.scorers import Scorer
from communique.records import CommuniqueError

DIGITS = 4
Progress = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One measured figure; `noise` is None where it is only told, `data` names the set's content by its hash."""

    value: float
    n: int | None
    noise: float | None
    data: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """A figure as it was last written: `best` is what later ones are compared with, `before` the figure before it."""

    figure: Figure
    best: float
    before: float | None
    date: str
    commit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the board. `kept` is what a writing would keep; `measured` is False for an old figure of an absent set."""

    key: str
    spec: FigureSpec
    kept: Kept
    measured: bool
    fell: bool
    reference: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """The rows by set, in the order of the list; `skipped` says of each set without figures why."""

    date: str
    commit: str
    sets: tuple[tuple[SetSpec, tuple[Row, ...]], ...]
    skipped: tuple[str, ...]

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows."""
        return tuple(row for _, rows in self.sets for row in rows)

    @property
    def falls(self) -> tuple[str, ...]:
        """One line for each figure that fell."""
        return tuple(
            f"{row.key} ({row.spec.title}) is {row.kept.figure.value:g}, was {row.reference:g}, noise {row.kept.figure.noise:.4f}"
            for row in self.rows
            if row.fell
        )


def run_scores(
    specs: ScoreSpecs,
    *,
    gold: Path,
    checkout: Path,
    scorers: Mapping[str, Scorer],
    progress: Progress | None = None,
) -> tuple[dict[str, Figure], tuple[str, ...]]:
    """Figures by `set.key`, and a line for each set or figure that gave none. A scorer that fails on its set is told, too."""
    figures: dict[str, Figure] = {}
    skipped: list[str] = []
    for each in specs.sets:
        path = (gold if each.at == "gold" else checkout) / each.path
        if not path.exists():
            skipped.append(f"{each.name}: {each.path} is not there")
            continue
        if progress is not None:
            progress(each.name)
        try:
            told = scorers[each.scorer](path)
        except CommuniqueError as error:
            skipped.append(f"{each.name}: {error}")
            continue
        data = fingerprint(path)
        found = {spec.key: _figure(spec, told, data) for spec in each.figures}
        figures |= {f"{each.name}.{key}": figure for key, figure in found.items() if figure is not None}
        if all(figure is None for figure in found.values()):
            skipped.append(f"{each.name}: the scorer gives none of its figures")
    return figures, tuple(skipped)


def _figure(spec: FigureSpec, told: dict[str, Any], data: str) -> Figure | None:
    value = at(told, spec.key)
    if value is None:
        return None
    n = at(told, spec.n) if spec.n is not None else None
    noise = noise_of(spec, told, float(value), n)
    return Figure(
        value=round(float(value), DIGITS), n=n, noise=None if noise is None else round(noise, DIGITS), data=data
    )


def fingerprint(path: Path) -> str:
    """The first 16 hex digits of the SHA-256 of a file, or of a folder's files with their names; of a model's card of its name
    alone, since its figures are part of its content.
    """
    digest = hashlib.sha256(path.name.encode())
    if path.name != "card.json":
        names = sorted(each for each in path.rglob("*") if each.is_file() and each.suffix != ".pyc") or [path]
        for each in names:
            content = each.read_bytes()
            digest.update(f"{each.relative_to(path).as_posix()}:{len(content)}:".encode() + content)
    return digest.hexdigest()[:16]


def compare(
    specs: ScoreSpecs,
    figures: Mapping[str, Figure],
    kept: Mapping[str, Kept],
    *,
    skipped: tuple[str, ...],
    date: str,
    commit: str,
    accept: bool = False,
) -> Board:
    """The board. With `accept` a fallen figure becomes the one that later ones are compared with."""
    sets: list[tuple[SetSpec, tuple[Row, ...]]] = []
    for each in specs.sets:
        rows: list[Row] = []
        for spec in each.figures:
            key = f"{each.name}.{spec.key}"
            now, old = figures.get(key), kept.get(key)
            if now is not None:
                rows.append(_row(key, spec, now, old, date, commit, accept))
            elif old is not None:
                rows.append(Row(key=key, spec=spec, kept=old, measured=False, fell=False, reference=None))
        if rows:
            sets.append((each, tuple(rows)))
    return Board(date=date, commit=commit, sets=tuple(sets), skipped=skipped)


def _row(key: str, spec: FigureSpec, now: Figure, old: Kept | None, date: str, commit: str, accept: bool) -> Row:
    comparable = old is not None and (old.figure.data, old.figure.n) == (now.data, now.n)
    reference = old.best if old is not None and comparable else None
    fell = reference is not None and now.noise is not None and _worse_by(spec, now.value, reference) > now.noise
    best = now.value
    if reference is not None and not (fell and accept) and _worse_by(spec, now.value, reference) > 0:
        best = reference
    before = None
    if old is not None and comparable:
        before = old.before if old.commit == commit else old.figure.value
    keep = Kept(figure=now, best=best, before=before, date=date, commit=commit)
    return Row(key=key, spec=spec, kept=keep, measured=True, fell=fell, reference=reference)


def _worse_by(spec: FigureSpec, now: float, reference: float) -> float:
    """How much worse, negative when better."""
    return round(reference - now if spec.better == "higher" else now - reference, DIGITS)
