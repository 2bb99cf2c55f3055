"""Articles that are copies of one another: kept, and counted as one voice."""

from dataclasses import dataclass
from enum import StrEnum


class CopyKind(StrEnum):
    """How close the copies are; a group bears the loosest kind among its members."""

    EXACT = "exact"  # the same words
    SYNDICATED = "syndicated"  # the same report under another outlet's head, cut or with a line added
    EDITED = "edited"  # lightly rewritten, corrected


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyGroup:
    """`articles` are the ids of two or more copies, the earliest published first; `similarity` the lowest pairwise Jaccard."""

    id: str
    articles: tuple[str, ...]
    kind: CopyKind
    similarity: float
