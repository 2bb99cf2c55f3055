"""What all commands print with: consoles that fit the terminal, tables that become cards where it is narrow, JSON.

Tables go to standard output, everything else (progress, problems, hints) to standard error, so that output can be piped.
"""

import io
import json
import os
import re
import sys
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TextIO, cast

from rich import box
from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from communique.records import Precision, Span, Timex
from communique.store import Plain

PIPED_WIDTH = 100  # columns where there is no terminal to ask
WIDEST = 120  # wider text is hard to read
QUOTATION_MARKS = '“”"„«»'
NARROW = 72  # below this a table is shown as cards

STATUS_STYLES = {
    "occurred": "green",
    "ongoing": "bold green",
    "held": "green",
    "scheduled": "cyan",
    "announced": "cyan",
    "confirmed": "bold cyan",
    "demanded": "yellow",
    "asked": "yellow",
    "hypothetical": "magenta",
    "threatened": "red",
    "denied": "red",
    "cancelled": "red",
    "postponed": "yellow",
    "historical": "dim",
    "error": "red",
    "warning": "yellow",
}
PART_OF_YEAR = re.compile(r"(\d{4})-(SP|SU|FA|WI|Q[1-4]|H[12])$")
SEASONS = {
    "SP": "spring",
    "SU": "summer",
    "FA": "autumn",
    "WI": "winter",
    "H1": "first half of",
    "H2": "second half of",
}
REFERENCES = {"PRESENT_REF": "now", "PAST_REF": "earlier", "FUTURE_REF": "later"}
MODIFIERS = {  # TIMEX3 `mod` in words
    "START": "early ",
    "MID": "mid-",
    "END": "late ",
    "APPROX": "about ",
    "BEFORE": "before ",
    "ON_OR_BEFORE": "by ",
    "AFTER": "after ",
    "ON_OR_AFTER": "from ",
}
STANCE_STYLES = {
    "demands": "yellow",
    "offers": "green",
    "supports": "green",
    "opposes": "red",
    "rejects": "red",
    "unanswered": "magenta",
}


def console(*, stderr: bool = False) -> Console:
    """A console as wide as the terminal, 100 columns without one; COLUMNS overrides both, NO_COLOR is heeded."""
    stream = sys.stderr if stderr else sys.stdout
    width = None
    if not os.environ.get("COLUMNS"):
        width = _terminal_width(stream.isatty())
    file = None if stream.isatty() else cast("TextIO", _Trimmed(stream))
    made = Console(file=file, stderr=stderr, width=width, highlight=False, markup=False, emoji=False)
    made.width = max(20, min(made.width, WIDEST))
    return made


class _Trimmed(io.TextIOBase):
    """A stream without the spaces that tables put at the ends of lines: a file or a pipe has no use for them."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._stream.encoding or "utf-8"

    def write(self, text: str) -> int:
        return self._stream.write(re.sub(r" +$", "", text, flags=re.MULTILINE) if text.endswith("\n") else text)

    def flush(self) -> None:
        self._stream.flush()


def _terminal_width(is_terminal: bool) -> int | None:
    return None if is_terminal else PIPED_WIDTH


def print_json(value: Plain) -> None:
    """One JSON value, indented, in UTF-8 where the output can take it."""
    plain_ascii = "utf" not in (sys.stdout.encoding or "").lower()
    sys.stdout.write(json.dumps(value, ensure_ascii=plain_ascii, indent=2) + "\n")


def note(line: str, style: str = "dim") -> None:
    """One line for the person at the terminal."""
    console(stderr=True).print(Text(line, style=style), soft_wrap=True)


def status_text(status: str) -> Text:
    """A status or severity in its colour."""
    return Text(status, style=STATUS_STYLES.get(status, ""))


def id_text(short: str) -> Text:
    """A short id, quiet enough not to get in the way."""
    return Text(short, style="dim cyan", no_wrap=True)


def quoted(words: str, *, most: int | None = None) -> Text:
    """Words of an article in quotation marks, line breaks and runs of spaces folded; cut after a word where too long."""
    folded = " ".join(words.split())
    if most is not None and len(folded) > most:
        folded = folded[:most].rpartition(" ")[0].rstrip(",;:–—- ") + " …"
    if not folded or any(mark in folded for mark in QUOTATION_MARKS):  # words that quote somebody bring their own marks
        return Text(folded, style="italic")
    return Text(f"“{folded}”", style="italic")


def counted(number: int, noun: str) -> str:
    """`1 claim`, `2 claims`, `1,000 claims`."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def day_text(time: Timex | None) -> str:
    """A date as precise as its words: 2022-01-10, early 2022-01, autumn 2021, Q1 2022 …; `?` for what cannot be resolved."""
    if time is None:
        return ""
    if time.dates is None or time.dates.earliest is None:
        return "?" if "X" in time.value else REFERENCES.get(time.value, time.value)
    return MODIFIERS.get(time.mod or "", "") + _day_or_days(time, time.dates.earliest, time.dates.latest)


def _day_or_days(time: Timex, first: date, last: date | None) -> str:
    precision = time.dates.precision if time.dates else Precision.NONE
    if precision is Precision.YEAR:
        return f"{first.year}"
    if precision is Precision.MONTH:
        return f"{first:%Y-%m}"
    named = PART_OF_YEAR.match(time.value)
    if named is not None and precision in (Precision.SEASON, Precision.QUARTER, Precision.HALF):
        return f"{SEASONS.get(named[2], named[2])} {named[1]}"
    if precision is Precision.DECADE:
        return f"{first.year // 10 * 10}s"
    return first.isoformat() if last is None or first == last else f"{first.isoformat()} to {last.isoformat()}"


def offsets(span: Span) -> str:
    """Where words stand, as code points of the article's text."""
    return f"{span.start}–{span.end}"


def table(
    columns: Sequence[str],
    rows: Iterable[Sequence[RenderableType]],
    widths: Sequence[int | None],
    on: Console,
    *,
    spaced: bool = True,
    headed: bool = True,
) -> None:
    """A table of rows, apart by a line if `spaced`; a width of None takes its share of what is left.

    One that goes on below another is not `headed` again. Narrow terminals get one card a row instead.
    """
    if on.width < NARROW:
        for row in rows:
            _card(columns, row, on)
        return
    drawn = Table(
        box=box.SIMPLE_HEAD,
        show_header=headed,
        header_style="bold",
        border_style="dim",
        padding=(0, 1, 0, 0),
        collapse_padding=True,
        pad_edge=False,
        expand=None in widths,
        show_edge=False,
        leading=int(spaced),
    )
    for name, width in zip(columns, widths, strict=True):
        drawn.add_column(name, width=width, ratio=None if width else 1, overflow="fold")
    for row in rows:
        drawn.add_row(*row)
    on.print(drawn)


def _card(columns: Sequence[str], row: Sequence[RenderableType], on: Console) -> None:
    grid = Table.grid(padding=(0, 1))
    grid.add_column(width=max(len(name) for name in columns), style="bold", no_wrap=True)
    grid.add_column(overflow="fold")
    for name, value in zip(columns, row, strict=True):
        if not isinstance(value, (str, Text)) or str(value):
            grid.add_row(name, value)
    on.print(grid)
    on.print()
