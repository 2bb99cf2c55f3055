"""How much a word says when two reports share it (data/common_words.yaml), and which words mean the same there."""

from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class CommonWords:
    """`nothing` are words (in lower case) that say nothing. `weights` are those of common stems; any other stem weighs
    `rare_weight`, a country's name `country_weight`. `same` maps a word or stem to the stem it stands for.
    """

    nothing: frozenset[str]
    weights: dict[str, float]
    same: dict[str, str]
    rare_weight: float
    country_weight: float


@lru_cache(maxsize=1)
def load_common_words() -> CommonWords:
    """The list. Raises CodebookError when it is malformed."""
    read = read_yaml("common_words.yaml")
    try:
        return CommonWords(
            nothing=frozenset(str(word) for word in read["nothing"]),
            weights={str(word): float(weight) for weight, words in read["weights"].items() for word in words},
            same={str(word): str(meant) for meant, words in read["same"].items() for word in words},
            rare_weight=float(read["rare_weight"]),
            country_weight=float(read["country_weight"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CodebookError(f"codebook file common_words.yaml: {error!r}; correct the entry") from error
