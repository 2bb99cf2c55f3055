"""How numbers are written in words, how exactly they are meant, and what is counted (data/quantities.yaml)."""

from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class QuantityWords:
    """`vague` maps words to the lowest and highest number they may mean, `hedges` to the shares left open below and above.

    `counted` maps a word beside a number to the field it counts for (`sufferers` are the fields of those to whom another may
    happen), `people` are words passed over on the way there, `durations` a unit to its minutes, `money` and `signs`
    to ISO 4217 codes; after `other_units` and beside `months` a number counts nothing here.
    """

    numbers: dict[str, int]
    multipliers: dict[str, int]
    vague: dict[str, tuple[float, float]]
    hedges: dict[str, tuple[float, float]]
    counted: dict[str, str]
    sufferers: frozenset[str]
    people: frozenset[str]
    durations: dict[str, int]
    lasting: frozenset[str]
    lasted: frozenset[str]
    distance: frozenset[str]
    months: frozenset[str]
    other_units: frozenset[str]
    money: dict[str, str]
    signs: dict[str, str]
    percent: tuple[str, ...]


@lru_cache(maxsize=1)
def load_quantity_words() -> QuantityWords:
    """The lists. Raises CodebookError when they are malformed."""
    read = read_yaml("quantities.yaml")
    try:
        return QuantityWords(
            numbers={str(word): int(value) for word, value in read["numbers"].items()},
            multipliers={str(word): int(value) for word, value in read["multipliers"].items()},
            vague={str(word): (float(low), float(high)) for word, (low, high) in read["vague"].items()},
            hedges={str(word): (float(low), float(high)) for word, (low, high) in read["hedges"].items()},
            counted={str(word): str(field) for field, words in read["counted"].items() for word in words},
            sufferers=frozenset(map(str, read["sufferers"])),
            people=frozenset(map(str, read["people"])),
            durations={str(word): int(value) for word, value in read["durations"].items()},
            lasting=frozenset(map(str, read["lasting"])),
            lasted=frozenset(map(str, read["lasted"])),
            distance=frozenset(map(str, read["distance"])),
            months=frozenset(map(str, read["months"])),
            other_units=frozenset(map(str, read["other_units"])),
            money={str(word): str(code) for word, code in read["money"].items()},
            signs={str(sign): str(code) for sign, code in read["signs"].items()},
            percent=tuple(map(str, read["percent"])),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CodebookError(f"codebook file quantities.yaml: {error!r}; correct the entry") from error
