"""The gazetteer's own tables: every row names a place that the rest of the codebook knows, and is where it should be."""

import pytest

from communique.codebook.countries import load_countries
from communique.codebook.files import read_yaml
from communique.codebook.locating import load_locating_words, person_nouns, speaking_verbs
from communique.codebook.places import Gazetteer, PlaceKind, load_gazetteer, name_key
from communique.evaluate.places import distance_km
from communique.records import CodebookError

CONTENT = read_yaml("places.yaml")
DEPENDENT = {
    "GIB",
    "FLK",
    "SJM",
    "FRO",
    "BMU",
    "GUM",
    "IOT",
    "MTQ",
    "GLP",
    "REU",
    "MYT",
    "ALA",
    "ATA",
    "GRL",
    "NCL",
    "GUF",
    "PYF",
    "PRI",
}


def test_countries_are_known_by_code_and_have_a_centre() -> None:
    known = set(load_countries().by_code)
    for code, (latitude, longitude) in CONTENT["countries"].items():
        assert code in known | DEPENDENT | {"HKG", "MAC", "XKX"}, code
        assert -90 <= latitude <= 90
        assert -180 <= longitude <= 180
    assert len(known - set(CONTENT["countries"])) < 12


@pytest.mark.parametrize("code", ["UKR", "SYR", "IND", "COL", "ETH", "FRA", "KOR", "MMR"])
def test_a_country_centre_lies_among_its_towns(code: str) -> None:
    towns = load_gazetteer().part_of(code, (0, 0))
    assert towns is not None
    assert distance_km(*towns, *CONTENT["countries"][code]) < 450


def test_borders_name_two_known_countries_and_lie_near_both() -> None:
    known = set(load_countries().by_code)
    for one, other, latitude, longitude in CONTENT["borders"]:
        assert {one, other} <= known
        assert one != other
        nearest = min(distance_km(latitude, longitude, *CONTENT["countries"][code]) for code in (one, other))
        assert nearest < 3200, (one, other)
    assert len({frozenset(row[:2]) for row in CONTENT["borders"]}) == len(CONTENT["borders"])


def test_areas_are_distinct_and_on_the_globe() -> None:
    names = [
        key for row in CONTENT["areas"] for key in {name_key(name) for name in [row["name"], *row.get("names", [])]}
    ]
    assert len(names) == len(set(names)), sorted({name for name in names if names.count(name) > 1})
    assert all(-90 <= row["at"][0] <= 90 and -180 <= row["at"][1] <= 180 for row in CONTENT["areas"])


def test_a_region_of_the_table_is_named_for_its_towns() -> None:
    found = [place for place in load_gazetteer().named("lashkar gah") if place.country == "AFG"]
    assert [place.region for place in found] == ["Helmand"]


def test_names_are_found_in_any_writing() -> None:
    gazetteer = load_gazetteer()
    assert name_key("St. Petersburg") == name_key("Saint Petersburg")
    assert {place.country for place in gazetteer.named(name_key("Ürümqi"))} == {"CHN"}
    assert any(place.kind is PlaceKind.COUNTRY for place in gazetteer.named(name_key("Côte d’Ivoire")))
    assert gazetteer.named("no such place at all") == []


def test_a_malformed_table_is_refused() -> None:
    with pytest.raises(CodebookError, match="needs exactly the keys"):
        Gazetteer({"areas": []})


def test_lists_of_locating_words_are_lemmas_in_lower_case() -> None:
    words = load_locating_words()
    for name in words.__slots__:
        assert all(word == word.lower() for word in getattr(words, name)), name
    assert "say" in speaking_verbs()
    assert "bomb" not in speaking_verbs()
    assert "correspondent" in person_nouns()
    assert "prison" not in person_nouns()
