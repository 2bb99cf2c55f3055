"""ISO country codes → the codes of data sets that users join ours with (data/country_codes.yaml, which names its sources)."""

from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryCodes:
    """`cow` is the Correlates of War number, None for who is no member of its list; `fips` the FIPS 10-4 code."""

    cow: int | None = None
    fips: str | None = None


@lru_cache(maxsize=1)
def load_country_codes() -> dict[str, CountryCodes]:
    """The packaged table by ISO 3166-1 alpha-3. Raises CodebookError on an unknown key."""
    found: dict[str, CountryCodes] = {}
    for iso, entry in read_yaml("country_codes.yaml").items():
        if not isinstance(entry, dict) or not set(entry) <= {"cow", "fips"}:
            raise CodebookError(f"codebook file country_codes.yaml: {iso} may have the keys cow and fips only")
        found[iso] = CountryCodes(cow=entry.get("cow"), fips=entry.get("fips"))
    return found
