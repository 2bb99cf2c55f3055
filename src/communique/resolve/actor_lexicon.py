"""The codebook → one index of names and one of nouns, built once: what `find_cast` looks words up in.

A name's value is a CountryName, an ActorEntry or a `KnownPerson`; a noun's is a PersonNoun or an Institution.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.actors import ActorEntry, load_actors
from communique.codebook.countries import Country, CountryName, load_countries
from communique.codebook.names import NameIndex, fold
from communique.codebook.offices import Office, Tenure, load_tenures
from communique.codebook.sectors import Institution, PersonNoun, SectorWords, load_sector_words
from communique.records import ActorKind


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownPerson:
    """Somebody who held an office of the codebook, under one name, with all tenures in order of their start."""

    name: str
    surname: str
    aliases: tuple[str, ...]
    tenures: tuple[Tenure, ...]


NameValue = CountryName | ActorEntry | KnownPerson
NounValue = PersonNoun | Institution


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """`bodies` are named bodies by (institution key, country); `surnames` folded surname → persons; `titles` (country or
    organization, folded title) → tenures."""

    names: NameIndex[NameValue]
    nouns: NameIndex[NounValue]
    words: SectorWords
    countries: dict[str, Country]
    bodies: dict[tuple[str, str], ActorEntry]
    organizations: dict[str, ActorEntry]
    surnames: dict[str, tuple[KnownPerson, ...]]
    sounds: dict[str, tuple[KnownPerson, ...]]
    titles: dict[tuple[str, str], tuple[Tenure, ...]]
    persons: dict[str, KnownPerson]
    given_names: frozenset[str]


@lru_cache(maxsize=4)
def load_lexicon(user_actors: tuple[ActorEntry, ...] = ()) -> Lexicon:
    """The index over the packaged codebook and the user's own actors, which come first."""
    words, countries = load_sector_words(), load_countries()
    everybody = (*user_actors, *load_actors())
    actors = tuple(entry for entry in everybody if entry.kind is not ActorKind.PERSON)
    tenures = load_tenures()
    persons = _persons((*tenures, *(_standing(entry) for entry in everybody if entry.kind is ActorKind.PERSON)))
    names: NameIndex[NameValue] = NameIndex()
    for entry in actors[: len(user_actors)]:
        names.extend((entry.name, *entry.aliases), entry)
    bodies: dict[tuple[str, str], ActorEntry] = {}
    for name, country_name in countries.names:
        names.add(name, country_name)
    for entry in actors:
        names.extend((entry.name, *entry.aliases), entry)
        if entry.body and entry.country:
            bodies.setdefault((entry.body, entry.country), entry)
    for person in persons:
        for name in (person.name, *person.aliases):
            if " " in name:
                names.add(name, person)
    nouns: NameIndex[NounValue] = NameIndex()
    for noun, institution in words.institutions.items():
        nouns.add(noun, institution)
    for noun, person_noun in words.nouns.items():
        nouns.add(noun, person_noun)
    return Lexicon(
        names=names,
        nouns=nouns,
        words=words,
        countries=countries.by_code,
        bodies=bodies,
        organizations={entry.name: entry for entry in actors},
        surnames=_grouped((fold(surname), person) for person in persons for surname in _surnames(person)),
        sounds=_grouped((sound(surname), person) for person in persons for surname in _surnames(person)),
        titles=_by_title(tenures),
        given_names=frozenset(
            fold(person.name).split()[0] for person in persons if person.name.split()[0] != person.surname
        ),
        persons={fold(name): person for person in persons for name in (*person.aliases, person.name)},
    )


def sound(name: str) -> str:
    """A key that transliterations of one name share: "Zelenskiy", "Zelensky" and "Zelenskyy" give the same."""
    key = fold(name).replace(" ", "")
    for spelling, letter in (
        ("kh", "h"), ("gh", "g"), ("ph", "f"), ("ou", "u"), ("oo", "u"), ("iy", "i"), ("yy", "i"), ("ij", "i"), ("ii", "i"),
        ("ee", "i"), ("ey", "ei"), ("ay", "ai"), ("y", "i"), ("ei", "e"), ("ie", "e"), ("tch", "ch"), ("dj", "j"), ("zh", "j"),
        ("ks", "x"), ("q", "k"), ("c", "k"), ("w", "v"), ("ts", "z"), ("tz", "z"),
    ):  # fmt: skip
        key = key.replace(spelling, letter)
    return "".join(letter for position, letter in enumerate(key) if position == 0 or key[position - 1] != letter)


def _standing(entry: ActorEntry) -> Tenure:
    """A person without a dated office: what they are holds at any date."""
    office = Office(
        office=entry.title or "",
        titles=(entry.title,) if entry.title else (),
        sectors=entry.sectors,
        country=entry.country,
        organization=entry.part_of,
        shared=True,
    )
    surname = entry.name.split()[-1]
    return Tenure(name=entry.name, surname=surname, aliases=entry.aliases, office=office, start=None, end=None)


def _persons(tenures: tuple[Tenure, ...]) -> list[KnownPerson]:
    """One person a name and country or organization; the same name in two countries is two people."""
    grouped: dict[tuple[str, str | None], list[Tenure]] = {}
    for tenure in tenures:
        grouped.setdefault((tenure.name, tenure.office.country or tenure.office.organization), []).append(tenure)
    merged: dict[str, list[list[Tenure]]] = {}
    for (name, home), held in grouped.items():
        others = merged.setdefault(name, [])
        abroad = next(
            (each for each in others if each[0].office.country is None or held[0].office.country is None), None
        )
        if abroad is not None and home is not None:
            abroad.extend(held)  # a national politician who led an international organization
        else:
            others.append(held)
    return [
        KnownPerson(
            name=name,
            surname=held[0].surname,
            aliases=tuple(dict.fromkeys(alias for tenure in held for alias in tenure.aliases)),
            tenures=tuple(sorted(held, key=lambda tenure: (tenure.start is not None, tenure.start or tenure.end))),
        )
        for name, people in merged.items()
        for held in people
    ]


def _surnames(person: KnownPerson) -> set[str]:
    """The surname, as the name has it and as each alias ends on it."""
    last = {alias.split()[-1] for alias in person.aliases if " " in alias and person.surname not in alias.split()}
    plain_last = (
        {each for each in last if not each.endswith(".")} if person.surname == person.name.split()[-1] else set()
    )
    single = {alias for alias in person.aliases if " " not in alias}
    return {person.surname, *plain_last, *single}


def _grouped(pairs: Iterable[tuple[str, KnownPerson]]) -> dict[str, tuple[KnownPerson, ...]]:
    found: dict[str, dict[int, KnownPerson]] = {}  # by identity: comparing tenures would take most of the loading time
    for key, person in pairs:
        found.setdefault(key, {})[id(person)] = person
    return {key: tuple(people.values()) for key, people in found.items()}


def _by_title(tenures: tuple[Tenure, ...]) -> dict[tuple[str, str], tuple[Tenure, ...]]:
    found: dict[tuple[str, str], list[Tenure]] = {}
    for tenure in tenures:
        home = tenure.office.country or tenure.office.organization
        for title in dict.fromkeys(fold(each) for each in tenure.office.titles):
            if home is not None:
                found.setdefault((home, title), []).append(tenure)
    return {key: tuple(each) for key, each in found.items()}
