"""Words for people, groups and institutions → PLOVER sectors.

From data/sectors.yaml, titles.yaml, institutions.yaml and organization_words.yaml.
"""

from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonNoun:
    """A noun for people; `weak` when the words around decide its sector and `sector` is only what holds without them."""

    noun: str
    sector: str
    weak: bool
    abbreviation: bool = False  # a title that is written only before a name: "Lt. Gen."


@dataclass(frozen=True, slots=True, kw_only=True)
class Institution:
    """A kind of body that most states have; `name` is filled with the country ("Ministry of Finance of France")."""

    body: str
    name: str
    sector: str
    state: bool  # stands for the state itself: "the French government"


@dataclass(frozen=True, slots=True, kw_only=True)
class SectorWords:
    """The word lists; nouns are singular and lower case, organization words are capitalized as written."""

    nouns: dict[str, PersonNoun]
    institutions: dict[str, Institution]
    modifiers: dict[str, str]
    quantifiers: frozenset[str]
    former: frozenset[str]
    state_sectors: frozenset[str]
    stand_for_state: frozenset[str]
    collective: frozenset[str]
    counters: frozenset[str]
    unspecific: frozenset[str]
    relational: frozenset[str]
    outside: frozenset[str]
    attitudes: frozenset[str]
    things: frozenset[str]
    generic: frozenset[str]
    locative: frozenset[str]
    motion: frozenset[str]
    courtesies: frozenset[str]
    fillers: frozenset[str]
    organization_words: dict[str, str]
    last_words: dict[str, str]
    no_actors: frozenset[str]


@lru_cache(maxsize=1)
def load_sector_words() -> SectorWords:
    """The packaged lists. Raises CodebookError when a list is missing."""
    sectors, titles = read_yaml("sectors.yaml"), read_yaml("titles.yaml")
    organizations = dict(read_yaml("organization_words.yaml"))
    last, none = organizations.pop("last", {}), organizations.pop("none", [])
    try:
        nouns: dict[str, PersonNoun] = {}
        for weak, part in ((True, "weak"), (False, "strong")):
            for sector, words in sectors[part].items():
                for word in words:
                    nouns.setdefault(word, PersonNoun(noun=word, sector=sector, weak=weak))
        for sector, words in titles["abbreviations"].items():
            for word in words:
                nouns.setdefault(
                    word.lower(), PersonNoun(noun=word.lower(), sector=sector, weak=False, abbreviation=True)
                )
        for word in (word for word in sectors["collective"] if word.removesuffix("s") not in nouns):
            nouns.setdefault(word, PersonNoun(noun=word, sector="UNK", weak=True))
        institutions = _institutions()
        for portfolio in sectors["portfolios"]:
            for noun in (f"{portfolio} minister", f"minister of {portfolio}", f"minister for {portfolio}"):
                for rank in ("", "deputy ", "first deputy ", "vice "):
                    nouns.setdefault(rank + noun, PersonNoun(noun=rank + noun, sector="GOV", weak=False))
            ministry = Institution(
                body=f"ministry of {portfolio}", name=f"Ministry of {portfolio.title()}", sector="GOV", state=False
            )
            for noun in (f"{portfolio} ministry", f"ministry of {portfolio}", f"ministry for {portfolio}"):
                institutions.setdefault(noun, ministry)
        return SectorWords(
            nouns=nouns,
            institutions=institutions,
            modifiers={word: sector for sector, words in sectors["modifiers"].items() for word in words},
            quantifiers=frozenset(sectors["quantifiers"]),
            former=frozenset(sectors["former"]),
            state_sectors=frozenset(sectors["state_sectors"]),
            stand_for_state=frozenset(sectors["stand_for_state"]),
            collective=frozenset(sectors["collective"]),
            counters=frozenset(sectors["counters"]),
            unspecific=frozenset(sectors["unspecific"]),
            relational=frozenset(sectors["relational"]),
            outside=frozenset(sectors["outside"]),
            attitudes=frozenset(sectors["attitudes"]),
            generic=frozenset(sectors["generic"]),
            things=frozenset(sectors["things"]),
            locative=frozenset(sectors["locative"]),
            motion=frozenset(sectors["motion"]),
            courtesies=frozenset(titles["courtesies"]),
            fillers=frozenset(titles["fillers"]),
            organization_words={word: sector for sector, each in organizations.items() for word in each},
            no_actors=frozenset(none),
            last_words={word: sector for sector, each in last.items() for word in each},
        )
    except (KeyError, TypeError) as error:
        raise CodebookError(
            f"codebook files sectors.yaml and titles.yaml: the list {error} is missing; add it"
        ) from error


def _institutions() -> dict[str, Institution]:
    found: dict[str, Institution] = {}
    for entry in read_yaml("institutions.yaml"):
        institution = Institution(
            body=entry["body"], name=entry["name"], sector=entry["sector"], state=bool(entry.get("state"))
        )
        for noun in entry["nouns"]:
            found.setdefault(noun, institution)
    return found
