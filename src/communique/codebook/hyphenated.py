"""Hyphenated words that are one word to the coder (data/hyphenated.yaml)."""

from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyphenated:
    """`nouns` in lower case and singular (or as they stand), `prefixes` map to how the lemma writes them."""

    nouns: frozenset[str]
    prefixes: dict[str, str]


@lru_cache(maxsize=1)
def load_hyphenated() -> Hyphenated:
    """The packaged words. Raises CodebookError when the file is absent or malformed."""
    entry = read_yaml("hyphenated.yaml")
    return Hyphenated(nouns=frozenset(entry["nouns"]), prefixes=dict(entry["prefixes"]))
