"""Lines with a kind, before they have a place: what the readers of pages and of plain text both hand to `clean`."""

from collections.abc import Iterable
from dataclasses import dataclass

from communique.records import BlockKind


@dataclass(frozen=True, slots=True)
class Draft:
    """One line or paragraph to come; `reason` says why furniture is set aside."""

    text: str
    kind: BlockKind
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft with its characters `start` to `end` (half open) of the article's text."""

    start: int
    end: int
    kind: BlockKind
    reason: str | None = None


def joined(drafts: Iterable[Draft]) -> tuple[str, tuple[Placed, ...]]:
    """One line for each draft, and where each stands in the text."""
    placed: list[Placed] = []
    lines: list[str] = []
    position = 0
    for draft in drafts:
        lines.append(draft.text)
        placed.append(Placed(position, position + len(draft.text), draft.kind, draft.reason))
        position += len(draft.text) + 1
    return "\n".join(lines), tuple(placed)
