"""The traces of machine translation (data/translation_signs.yaml), compiled: patterns by sign with weights, thresholds."""

import re
from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError

KEYS = {"possible", "likely", "fragment_weight", "max_fragments", "missing_verb", "signs"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Threshold:
    """Both must be reached: the sum of weights in the article, and the sum for each hundred of its words."""

    sum: float
    per_100_words: float

    def reached(self, weight: float, words: int) -> bool:
        """True when an article of so many words with that sum of weights is at or above the threshold."""
        return weight >= self.sum and 100 * weight / max(words, 1) >= self.per_100_words


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingVerb:
    """Words for the check on sentences without a finite verb, lower case."""

    weight: float
    openings: frozenset[str]
    nouns: frozenset[str]
    verbs: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TranslationSigns:
    """`patterns` are (sign, weight, compiled pattern) in the order of the file."""

    possible: Threshold
    likely: Threshold
    fragment_weight: float
    max_fragments: int
    missing_verb: MissingVerb
    patterns: tuple[tuple[str, float, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def load_translation_signs() -> TranslationSigns:
    """The packaged signs. Raises CodebookError on a missing key or a malformed pattern."""
    entry = read_yaml("translation_signs.yaml")
    if set(entry) != KEYS:
        raise CodebookError(f"codebook file translation_signs.yaml: needs exactly the keys {', '.join(sorted(KEYS))}")
    patterns = []
    for sign, each in entry["signs"].items():
        for pattern in each["patterns"]:
            try:
                patterns.append((sign, float(each["weight"]), re.compile(pattern)))
            except re.error as error:
                raise CodebookError(
                    f"codebook file translation_signs.yaml: a pattern of {sign} cannot be read ({error}); correct it"
                ) from error
    missing = entry["missing_verb"]
    return TranslationSigns(
        possible=Threshold(**entry["possible"]),
        likely=Threshold(**entry["likely"]),
        fragment_weight=entry["fragment_weight"],
        max_fragments=entry["max_fragments"],
        missing_verb=MissingVerb(
            weight=missing["weight"],
            openings=frozenset(missing["openings"]),
            nouns=frozenset(missing["nouns"]),
            verbs=frozenset(missing["verbs"]),
        ),
        patterns=tuple(patterns),
    )
