"""One-to-one assignment: each expected entry to at most one produced record, as many as possible (Kuhn's augmenting paths)."""

from collections.abc import Sequence


def assign(candidates: Sequence[Sequence[int]]) -> dict[int, int]:
    """`candidates[i]` are the produced records that fit entry i, best first. Gives entry → record; earlier entries first."""
    owner: dict[int, int] = {}

    def place(entry: int, tried: set[int]) -> bool:
        for record in candidates[entry]:
            if record in tried:
                continue
            tried.add(record)
            if record not in owner or place(owner[record], tried):
                owner[record] = entry
                return True
        return False

    for entry in range(len(candidates)):
        place(entry, set())
    return {entry: record for record, entry in owner.items()}
