"""Surnames that are also words, and the ordinary ones that the parser reads instead (data/surnames.yaml)."""

from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Surnames:
    """`words` as they are written; `stand_ins` by number of letters."""

    words: frozenset[str]
    stand_ins: dict[int, str]


@lru_cache(maxsize=1)
def load_surnames() -> Surnames:
    """The packaged names. Raises CodebookError when the file is absent or malformed."""
    entry = read_yaml("surnames.yaml")
    return Surnames(words=frozenset(entry["words"]), stand_ins=dict(entry["stand_ins"]))
