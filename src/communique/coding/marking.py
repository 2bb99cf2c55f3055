"""A sentence with its actor, recipient and trigger marked → the tokens that the classifier reads. Shared by training and coding.

Actor, recipient and trigger are set between `@`, `#` and `*`, each standing alone; a mark that is absent is left out.
"""

from collections.abc import Mapping
from dataclasses import dataclass

MARKS = {"actor": "@", "recipient": "#", "trigger": "*"}  # the order is the order of the pools
LONGEST_TOKENS = 160  # longer sentences are cut around their marks
MARGIN = 24  # tokens kept before the first mark of a sentence that is cut


@dataclass(frozen=True, slots=True)
class Marked:
    """`text` with marks; `spans` gives for each mark (start, end) of its stretch in `text`, marks included, or None."""

    text: str
    spans: tuple[tuple[int, int] | None, ...]


def mark(sentence: str, marks: Mapping[str, tuple[int, int]]) -> Marked:
    """Sets the marks; `marks` maps actor, recipient, trigger to (start, end) in `sentence`; other keys are ignored."""
    ordered = sorted((marks[name][0], marks[name][1], name) for name in MARKS if name in marks)
    pieces: list[str] = []
    spans: dict[str, tuple[int, int]] = {}
    length = position = 0
    for start, end, name in ordered:
        if start < position:  # overlapping marks: the first one stands
            continue
        before = sentence[position:start]
        inside = f" {MARKS[name]} {sentence[start:end]} {MARKS[name]} "
        pieces += [before, inside]
        spans[name] = (length + len(before), length + len(before) + len(inside))
        length += len(before) + len(inside)
        position = end
    pieces.append(sentence[position:])
    return Marked("".join(pieces), tuple(spans.get(name) for name in MARKS))


def window(offsets: list[tuple[int, int]], marked: Marked) -> slice:
    """The tokens to keep: all, or of a sentence that is too long a stretch of the longest length from MARGIN before the marks."""
    if len(offsets) <= LONGEST_TOKENS:
        return slice(0, len(offsets))
    starts = [span[0] for span in marked.spans if span is not None]
    first = next((i for i, (start, end) in enumerate(offsets) if end > start and starts and start >= min(starts)), 0)
    begin = max(0, min(first - MARGIN, len(offsets) - LONGEST_TOKENS))
    return slice(begin, begin + LONGEST_TOKENS)


def pools(offsets: list[tuple[int, int]], marked: Marked) -> list[list[float]]:
    """Averaging weights over tokens: one row for the whole sentence, then one for each mark (all zero where absent).

    `offsets` are the tokens' character ranges in `marked.text`; special tokens have (0, 0).
    """
    rows: list[list[float]] = []
    for span in (None, *marked.spans):
        if span is None and rows:
            rows.append([0.0] * len(offsets))
            continue
        inside = [
            1.0 if end > start and (span is None or (start < span[1] and span[0] < end)) else 0.0
            for start, end in offsets
        ]
        total = sum(inside) or 1.0
        rows.append([each / total for each in inside])
    return rows
