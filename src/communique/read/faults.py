"""The broken lines of one file → Problems: the first each by itself, the others together, none lost.

A file of a million lines may have a million broken ones. What is kept of them in memory is bounded: ranges of line numbers,
told as soon as there are many.
"""

from collections import Counter
from collections.abc import Iterator

from communique.read.page import problem
from communique.records import Problem

TOLD_SINGLY = 10
RANGES_TOGETHER = 500  # in one Problem; some 6,000 characters


class Faults:
    """Collects what is wrong with the parts of one source. `unit` is what they are called: line, row, entry, record."""

    def __init__(self, source: str, unit: str) -> None:
        self._source = source
        self._unit = unit
        self._singly = 0
        self._causes: Counter[str] = Counter()
        self._ranges: list[tuple[int, int]] = []

    def add(self, first: int, last: int, cause: str, remedy: str, *, place: str | None = None) -> Iterator[Problem]:
        """One broken part, lines `first` to `last`; `place` names it where a number does not."""
        if self._singly < TOLD_SINGLY:
            self._singly += 1
            where = place or (f"{self._source}#{first}" if first == last else f"{self._source}#{first}-{last}")
            yield problem(where, cause, remedy)
            return
        self._causes[_kind(cause)] += 1
        if self._ranges and self._ranges[-1][1] + 1 == first:
            self._ranges[-1] = (self._ranges[-1][0], last)
        else:
            self._ranges.append((first, last))
        if len(self._ranges) >= RANGES_TOGETHER:
            yield from self.rest()

    def rest(self) -> Iterator[Problem]:
        """What was not told yet; to be called at the end."""
        if not self._ranges:
            return
        total = self._causes.total()
        causes = "; ".join(f"{count:,} × {cause}" for cause, count in self._causes.most_common())
        places = ", ".join(f"{first}" if first == last else f"{first}-{last}" for first, last in self._ranges)
        noun = self._unit if total == 1 else f"{self._unit}s"
        reason = f"{total:,} more {noun} gave no article ({causes}): {noun} {places}"
        self._causes.clear()
        self._ranges.clear()
        yield problem(self._source, reason, f"correct these {noun}, or leave them out")


def _kind(cause: str) -> str:
    """The cause without what is different in every line: numbers, quoted text and details in brackets."""
    return cause.partition(" (")[0].partition(":")[0]
