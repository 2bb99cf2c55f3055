"""The words by which an event is put at a place (data/locating.yaml), as sets of lemmas."""

from dataclasses import dataclass, fields
from functools import lru_cache

from communique.codebook.countries import CountryForm, load_countries
from communique.codebook.files import read_yaml
from communique.codebook.places import name_key
from communique.codebook.speech import load_speech_words
from communique.records import CodebookError


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatingWords:
    """Each list as the head of its group in the data file explains it."""

    locative: frozenset[str]
    about: frozenset[str]
    goal_verbs: frozenset[str]
    origin_verbs: frozenset[str]
    leaving_verbs: frozenset[str]
    place_objects: frozenset[str]
    place_subjects: frozenset[str]
    light: frozenset[str]
    leading: frozenset[str]
    event_nouns: frozenset[str]
    about_nouns: frozenset[str]
    local_nouns: frozenset[str]
    of_nouns: frozenset[str]
    leaving_nouns: frozenset[str]
    occasions: frozenset[str]
    part_nouns: frozenset[str]
    land_nouns: frozenset[str]
    owned_nouns: frozenset[str]
    seated_nouns: frozenset[str]
    scene_people: frozenset[str]
    addressing: frozenset[str]
    here: frozenset[str]
    pointing: frozenset[str]
    apart: frozenset[str]
    same_moment: frozenset[str]
    persons: frozenset[str]
    governments: frozenset[str]


@lru_cache(maxsize=1)
def load_locating_words() -> LocatingWords:
    """The packaged lists. Raises CodebookError on a missing or unknown list, or on a word that YAML takes for a truth value."""
    content = read_yaml("locating.yaml")
    names = {field.name for field in fields(LocatingWords)}
    if set(content) != names:
        raise CodebookError(f"codebook file locating.yaml: needs exactly the lists {', '.join(sorted(names))}")
    for name, words in content.items():
        for word in words:
            if not isinstance(word, str):
                raise CodebookError(f"codebook file locating.yaml: {name} holds {word!r}; put it in quotation marks")
    return LocatingWords(**{name: frozenset(words) for name, words in content.items()})


@lru_cache(maxsize=1)
def government_names() -> frozenset[str]:
    """Keys (see `name_key`) of capitals and other seats that stand for a government when they act."""
    return (
        frozenset(
            name_key(name)
            for name, entry in load_countries().names
            if entry.form in (CountryForm.CAPITAL, CountryForm.SEAT)
        )
        | load_locating_words().governments
    )


@lru_cache(maxsize=1)
def speaking_verbs() -> frozenset[str]:
    """Lemmas of verbs that say, judge, ask, promise or threaten: what they are about happens elsewhere."""
    words = load_locating_words()
    speech = {lemma for part, lemma in load_speech_words().frames if part == "VERB"}
    return frozenset(speech - words.place_objects - words.light - words.leading - words.goal_verbs)


@lru_cache(maxsize=1)
def person_nouns() -> frozenset[str]:
    """Singular nouns of one word for people and their groups (data/sectors.yaml), and those of the list `persons`."""
    strong = read_yaml("sectors.yaml")["strong"]
    words = load_locating_words()
    listed = {noun for nouns in strong.values() for noun in nouns if " " not in noun}
    return frozenset(listed | words.persons) - words.seated_nouns
