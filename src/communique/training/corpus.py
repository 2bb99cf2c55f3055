"""corpus/*.tsv → examples: each tab separated line, as corpus/GUIDELINES.md defines it, becomes one Example."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from communique.codebook.marked import unmark

CORPUS = Path(__file__).resolve().parents[3] / "corpus"  # in a checkout; the package does not carry it
COLUMNS = ("type", "modes", "status", "main", "style", "region", "kind", "marked_sentence")


class CorpusError(ValueError):
    """A line that cannot be read; the message names file, line and cause."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """`marks` maps actor, recipient, trigger, speaker to (start, end) in `sentence`, half open; an absent mark is absent.

    `type` is a PLOVER type or NONE, `status` empty for NONE. `place` is "file:line", for messages.
    """

    place: str
    type: str
    modes: tuple[str, ...]
    status: str
    main: bool
    style: str
    region: str
    kind: str
    sentence: str
    marks: dict[str, tuple[int, int]]


def read_corpus(folder: Path = CORPUS, part: str = "train") -> list[Example]:
    """All examples of one part (`train` or `test`), in file and line order. Raises CorpusError at the first bad line."""
    return [example for path in sorted((folder / part).glob("*.tsv")) for example in read_file(path)]


def read_file(path: Path) -> Iterator[Example]:
    """The examples of one file."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.reader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        header = next(rows, [])
        if tuple(header) != COLUMNS:
            raise CorpusError(f"{path.name}:1: the header must be {' '.join(COLUMNS)}")
        for number, row in enumerate(rows, start=2):
            if any(row):
                yield read_row(row, f"{path.name}:{number}")


def read_row(row: list[str], place: str) -> Example:
    """One line's cells → an example. Raises CorpusError."""
    if len(row) != len(COLUMNS):
        raise CorpusError(f"{place}: {len(row)} columns, {len(COLUMNS)} expected")
    cells = dict(zip(COLUMNS, (cell.strip() for cell in row), strict=True))
    sentence, marks = _unmarked(cells["marked_sentence"], place)
    return Example(
        place=place,
        type=cells["type"],
        modes=tuple(mode for mode in cells["modes"].split(",") if mode),
        status=cells["status"],
        main=cells["main"] == "yes",
        style=cells["style"],
        region=cells["region"],
        kind=cells["kind"],
        sentence=sentence,
        marks=marks,
    )


def _unmarked(marked: str, place: str) -> tuple[str, dict[str, tuple[int, int]]]:
    try:
        return unmark(marked)
    except ValueError as error:
        raise CorpusError(f"{place}: {error}") from error
