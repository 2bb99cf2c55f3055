"""Countries and territories by name, adjective, people, capital and seat of government (data/countries.yaml, territories.yaml)."""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from communique.codebook.files import read_yaml
from communique.records import CodebookError

COUNTRY_FIELDS = {"code", "name", "names", "adjectives", "people", "capital", "towns", "seats"}
TERRITORY_FIELDS = {"name", "names", "country", "sector", "adjectives"}
INVARIANT = (
    "ese",
    "ish",
    "sh",
    "ch",
    "ss",
    "z",
    "iss",
    "men",
)  # adjectives that name the people without an s: "the French"


class CountryForm(StrEnum):
    """How a word points at a country."""

    NAME = "name"
    ADJECTIVE = "adjective"
    PEOPLE = "people"
    CAPITAL = "capital"  # a town: its government when it acts, a place after "in"
    SEAT = "seat"  # a building or office: always the government
    REGION = "region"


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """`code` is ISO 3166-1 alpha-3 (XKX for Kosovo)."""

    code: str
    name: str
    adjective: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountryName:
    """A form of a country; `region` and `sector` are set for a territory (PRE: it calls itself a state)."""

    form: CountryForm
    code: str
    region: str | None = None
    sector: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Countries:
    """All countries by code, and every form with its name."""

    by_code: dict[str, Country]
    names: tuple[tuple[str, CountryName], ...]


@lru_cache(maxsize=1)
def load_countries() -> Countries:
    """The packaged tables. Raises CodebookError on an unknown key or a missing name."""
    by_code: dict[str, Country] = {}
    names: list[tuple[str, CountryName]] = []
    for entry in read_yaml("countries.yaml"):
        _check(entry, COUNTRY_FIELDS, {"code", "name"}, "countries.yaml")
        code = entry["code"]
        adjectives = entry.get("adjectives", [])
        by_code[code] = Country(code=code, name=entry["name"], adjective=adjectives[0] if adjectives else None)
        names += _forms([entry["name"], *entry.get("names", [])], CountryForm.NAME, code)
        names += _forms(adjectives, CountryForm.ADJECTIVE, code)
        people = [f"{each}s" for each in adjectives if not each.endswith(INVARIANT)]
        names += _forms([*people, *entry.get("people", [])], CountryForm.PEOPLE, code)
        capital = [entry["capital"]] if entry.get("capital") else []
        names += _forms([*capital, *entry.get("towns", [])], CountryForm.CAPITAL, code)
        names += _forms(entry.get("seats", []), CountryForm.SEAT, code)
    for entry in read_yaml("territories.yaml"):
        _check(entry, TERRITORY_FIELDS, {"name", "country"}, "territories.yaml")
        for name in [entry["name"], *entry.get("names", [])]:
            value = CountryName(
                form=CountryForm.REGION, code=entry["country"], region=entry["name"], sector=entry.get("sector")
            )
            names.append((name, value))
        adjectives = entry.get("adjectives", [])
        for form, words in (
            (CountryForm.ADJECTIVE, adjectives),
            (CountryForm.PEOPLE, [f"{each}s" for each in adjectives if not each.endswith(INVARIANT)]),
        ):
            names += [(word, CountryName(form=form, code=entry["country"], region=entry["name"])) for word in words]
    return Countries(by_code=by_code, names=tuple(names))


def _forms(words: list[str], form: CountryForm, code: str) -> list[tuple[str, CountryName]]:
    return [(word, CountryName(form=form, code=code)) for word in words]


def _check(entry: Any, allowed: set[str], needed: set[str], name: str) -> None:
    if not isinstance(entry, dict) or not needed <= set(entry) <= allowed:
        raise CodebookError(
            f"codebook file {name}: entry {entry!r} needs {', '.join(sorted(needed))} and may have {', '.join(sorted(allowed))}"
        )
