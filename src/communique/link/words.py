"""Words of a text → stems with fixed weights: how much it says that two texts share a word.

The weights come from a list in the codebook, not from the articles at hand: what two reports have in common must not depend
on which others are in the record.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from math import sqrt

from communique.codebook.common_words import load_common_words
from communique.codebook.countries import load_countries

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
POSSESSIVE = re.compile(r"['’](?:s|S)?$")


def stem(word: str) -> str:
    """A crude stem of an English word in lower case: endings of number and tense go."""
    if len(word) > 4 and word.endswith("ies"):
        word = f"{word[:-3]}y"
    elif len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        word = word[:-1]
    for ending in ("ing", "ed"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            word = word[: -len(ending)]
            if word[-1] == word[-2] and word[-1] not in "ls":
                word = word[:-1]
            break
    return word[:-1] if len(word) > 3 and word.endswith("e") else word


@lru_cache(maxsize=200_000)
def _meant(word: str) -> str:
    """The stem of a word as it is written; countries and their people and capitals are one, so are words of one meaning."""
    bare = POSSESSIVE.sub("", word)
    country = _country_words().get(bare)
    if country is not None:
        return country
    common = load_common_words()
    lowered = bare.lower()
    if lowered in common.nothing:
        return ""
    stemmed = common.same.get(lowered) or stem(lowered)
    return common.same.get(stemmed, stemmed)


@lru_cache(maxsize=1)
def _country_words() -> dict[str, str]:
    """Names, adjectives and capitals of one word → the country's code with a mark that no word has."""
    made: dict[str, str] = {}
    for name, meant in load_countries().names:
        if " " not in name and name[0].isupper() and meant.region is None:
            made.setdefault(name, f"@{meant.code}")
    return made


def weight_of(word: str) -> float:
    """How much a shared stem says: the more the rarer."""
    common = load_common_words()
    return common.country_weight if word.startswith("@") else common.weights.get(word, common.rare_weight)


def stems(text: str) -> frozenset[str]:
    """The stems of a text that say something."""
    found = {_meant(word) for word in WORD.findall(text)}
    return frozenset(each for each in found if len(each) > 1)


def names_in(sentence: str) -> tuple[str, ...]:
    """Rare capitalised words behind the first one: names of places and people, as stems, in order, each once."""
    found = [word for word in WORD.findall(sentence)[1:] if word[0].isupper() and len(word) > 3]
    meant = dict.fromkeys(_meant(word) for word in found)
    return tuple(each for each in meant if each and weight_of(each) >= load_common_words().rare_weight)


@lru_cache(maxsize=1)
def _squares() -> tuple[dict[str, float], float]:
    """The squared weights of common stems and of countries, and that of any other."""
    common = load_common_words()
    squares = {word: weight**2 for word, weight in common.weights.items()}
    squares |= dict.fromkeys(_country_words().values(), common.country_weight**2)
    return squares, common.rare_weight**2


def strength(words: Iterable[str]) -> float:
    """The length of a bag of stems: the root of its weights' squares."""
    squares, rare = _squares()
    return sqrt(sum([squares.get(each, rare) for each in words]))


def alike(one: frozenset[str], other: frozenset[str], one_strength: float, other_strength: float) -> float:
    """Cosine of two bags of stems, 0 to 1; their `strength` is told, for it is asked for often."""
    shared = one & other
    if not shared:
        return 0.0
    squares, rare = _squares()
    return sum([squares.get(each, rare) for each in shared]) / (one_strength * other_strength)
