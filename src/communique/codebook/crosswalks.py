"""Crosswalks: how another coding practice names what our codebook calls (type, mode, status) (data/crosswalks/*.yaml).

Some practices turn on words that our codebook does not tell apart; a row may ask for them.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError

KEYS = {"type", "modes", "statuses", "words", "to", "why"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CrosswalkRow:
    """Empty `modes` or `statuses` fit any, as does no `words` (a pattern that the sentence must hold); `why` is the reason."""

    type: str
    modes: frozenset[str]
    statuses: frozenset[str]
    words: re.Pattern[str] | None
    to: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Crosswalk:
    """Rows in order of precedence."""

    name: str
    rows: tuple[CrosswalkRow, ...]

    def label(self, event_type: str, modes: Sequence[str], status: str, sentence: str) -> str:
        """The other practice's label; the type's own name where no row fits."""
        for row in self.rows:
            moded = not row.modes or bool(row.modes & set(modes))
            worded = row.words is None or row.words.search(sentence) is not None
            if row.type == event_type and moded and worded and (not row.statuses or status in row.statuses):
                return row.to
        return event_type


@lru_cache(maxsize=4)
def load_crosswalk(name: str) -> Crosswalk:
    """A packaged crosswalk. Raises CodebookError when it is absent or malformed."""
    entry = read_yaml(f"crosswalks/{name}.yaml")
    rows: list[CrosswalkRow] = []
    for row in entry["rows"]:
        if not {"type", "to", "why"} <= set(row) <= KEYS:
            raise CodebookError(
                f"codebook file crosswalks/{name}.yaml: row {row} needs type, to, why, and may have modes, statuses, words"
            )
        rows.append(
            CrosswalkRow(
                type=row["type"],
                modes=frozenset(row.get("modes", ())),
                statuses=frozenset(row.get("statuses", ())),
                words=re.compile(row["words"], re.IGNORECASE) if "words" in row else None,
                to=row["to"],
                why=row["why"],
            )
        )
    return Crosswalk(name=entry["name"], rows=tuple(rows))
