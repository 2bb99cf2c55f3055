"""The tables of countries, actors and sectors: every code is known, every name is found again, none names two things by mistake."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.codebook.actors import SECTORS, load_actors
from communique.codebook.countries import CountryForm, load_countries
from communique.codebook.files import read_yaml
from communique.codebook.names import NameIndex, fold, split_pieces
from communique.codebook.offices import Tenure, load_tenures
from communique.codebook.sectors import load_sector_words
from communique.resolve.actor_lexicon import load_lexicon, sound
from communique.resolve.actor_offices import holder_of


def test_every_country_code_and_sector_is_known() -> None:
    countries = load_countries().by_code
    for entry in load_actors():
        assert entry.country is None or entry.country in countries, entry.name
        assert entry.sectors, entry.name
    for tenure in load_tenures():
        assert tenure.office.country is None or tenure.office.country in countries, tenure.name
    words = load_sector_words()
    used = {noun.sector for noun in words.nouns.values()} | set(words.modifiers.values())
    used |= {institution.sector for institution in words.institutions.values()} | set(words.organization_words.values())
    assert used <= SECTORS


def test_every_country_has_one_entry_and_every_territory_a_country() -> None:
    counts = Counter(entry["code"] for entry in read_yaml("countries.yaml"))
    assert not [code for code, count in counts.items() if count > 1]
    countries = load_countries().by_code
    assert all(entry["country"] in countries for entry in read_yaml("territories.yaml"))


def test_no_name_of_a_state_names_two() -> None:
    named: dict[str, set[str]] = {}
    for name, form in load_countries().names:
        if form.form in (CountryForm.NAME, CountryForm.ADJECTIVE, CountryForm.CAPITAL) and form.region is None:
            named.setdefault(fold(name), set()).add(form.code)
    assert not {name: codes for name, codes in named.items() if len(codes) > 1}


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("US", "us", False),
        ("US", "US", True),
        ("Quad", "quad", False),
        ("Al-Qaeda", "al Qaeda", False),
        ("Al-Qaeda", "Al Qaeda", True),
        ("Türkiye", "Turkiye", True),
        ("riot police", "Riot police", True),
    ],
)
def test_a_name_is_found_by_its_letters_and_capitals(name: str, text: str, found: bool) -> None:
    index: NameIndex[str] = NameIndex()
    index.add(name, "it")
    assert (index.longest(split_pieces(text), 0) is not None) is found


@given(st.lists(st.sampled_from(["United", "Nations", "Security", "Council", "of", "the"]), min_size=1, max_size=6))
def test_the_longest_name_wins(words: list[str]) -> None:
    index: NameIndex[str] = NameIndex()
    index.extend(["United Nations", "United Nations Security Council", "Council"], "it")
    found = index.longest(split_pieces(" ".join(words)), 0)
    names = [["United", "Nations", "Security", "Council"], ["United", "Nations"], ["Council"]]
    expected = next((len(name) for name in names if words[: len(name)] == name), None)
    assert (found[0] if found else None) == expected


def test_transliterations_sound_alike() -> None:
    assert len({sound(name) for name in ("Zelensky", "Zelenskiy", "Zelenskyy", "Zelenskyi")}) == 1
    assert sound("Lavrov") != sound("Larov")


def test_an_office_is_read_off_its_dates() -> None:
    def on(tenure: Tenure) -> bool:
        return tenure.office.country == "USA" and tenure.office.office == "president"

    for tenure in filter(on, load_tenures()):
        assert tenure.start is not None
        known, names = holder_of("president", "USA", load_lexicon(), (tenure.start.replace(month=6),) * 2)
        assert known is not None
        assert names == (tenure.name,)
    assert holder_of("president", "USA", load_lexicon(), (None, None)) == (None, ())
