"""The dated offices: every file under codebook/data/offices loads, says what it must, and its holders' dates make sense."""

import calendar
import re
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

import pytest
import yaml

from communique.codebook.files import ROOT, read_yaml, yaml_files

FILES = yaml_files("offices")
ACTOR_FILES = yaml_files("actors")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
ISO_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
OFFICE_KEYS = {"office", "titles", "sector", "holders"}
HOLDER_KEYS = {"name", "from", "to", "checked"}
SECTORS = {
    *(
        "COP",
        "GOV",
        "JUD",
        "LEG",
        "MIL",
        "PRM",
        "PTY",
        "REB",
        "SPY",
        "UAF",
        "UNK",
        "AGR",
        "BUS",
        "CRM",
        "CVL",
        "EDU",
        "ELI",
    ),
    *("JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC", "IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC"),
}
LONGEST_HANDOVER = timedelta(days=31)
"""Two holders of one seat may overlap for so long: an acting holder, an election and the oath after it."""


def first_day(value: str) -> date:
    """The earliest day that an ISO date of any precision can mean."""
    parts = [int(part) for part in value.split("-")]
    return date(parts[0], parts[1] if len(parts) > 1 else 1, parts[2] if len(parts) > 2 else 1)


def last_day(value: str) -> date:
    """The latest day that an ISO date of any precision can mean."""
    parts = [int(part) for part in value.split("-")]
    month = parts[1] if len(parts) > 1 else 12
    return date(parts[0], month, parts[2] if len(parts) > 2 else calendar.monthrange(parts[0], month)[1])


def offices_of(name: str) -> list[dict[str, Any]]:
    offices = read_yaml(name)["offices"]
    assert isinstance(offices, list)
    assert offices
    return offices


def repeated_keys(node: yaml.Node | None) -> list[str]:
    """Keys that a mapping gives twice: the loader would silently keep the last."""
    if isinstance(node, yaml.SequenceNode):
        return [key for child in node.value for key in repeated_keys(child)]
    if not isinstance(node, yaml.MappingNode):
        return []
    keys = [key.value for key, _ in node.value]
    repeated = [f"line {node.start_mark.line + 1}: {key}" for key in set(keys) if keys.count(key) > 1]
    return repeated + [key for _, child in node.value for key in repeated_keys(child)]


@pytest.mark.parametrize("name", FILES)
def test_no_key_is_given_twice(name: str) -> None:
    assert not repeated_keys(yaml.compose((ROOT / name).read_text(encoding="utf-8"), Loader=LOADER))


def test_a_repeated_key_is_seen() -> None:
    assert repeated_keys(yaml.compose("{a: [{b: 1, b: 2}], c: 3}", Loader=LOADER)) == ["line 1: b"]


def test_there_are_offices() -> None:
    assert len(FILES) >= 3


@pytest.mark.parametrize("name", FILES)
def test_file_names_its_country_or_organization(name: str) -> None:
    content = read_yaml(name)
    stem = name.removeprefix("offices/").removesuffix(".yaml")
    if stem.startswith("org-"):
        assert set(content) == {"organization", "offices"}
        known = {actor["name"] for file in ACTOR_FILES for actor in read_yaml(file)}
        assert content["organization"] in known, "no actor of this name in actors/*.yaml"
    else:
        assert set(content) == {"country", "offices"}
        assert content["country"] == stem
        assert re.fullmatch("[A-Z]{3}", stem)


@pytest.mark.parametrize("name", FILES)
def test_offices_have_what_they_need(name: str) -> None:
    offices = offices_of(name)
    names = [office["office"] for office in offices]
    assert len(names) == len(set(names)), f"office named twice: {sorted(n for n in names if names.count(n) > 1)}"
    for office in offices:
        where = office["office"]
        assert OFFICE_KEYS <= set(office) <= OFFICE_KEYS | {"shared"}, where
        assert office.get("shared", True) is True, where
        assert office["sector"] in SECTORS, where
        assert office["titles"], where
        assert all(isinstance(title, str) and title for title in office["titles"]), where
        assert len(office["titles"]) == len(set(office["titles"])), f"{where}: title given twice"
        assert office["holders"], where


@pytest.mark.parametrize("name", FILES)
def test_holders_have_names_and_dates(name: str) -> None:
    for office in offices_of(name):
        for holder in office["holders"]:
            where = f"{office['office']}: {holder}"
            assert HOLDER_KEYS <= set(holder) <= HOLDER_KEYS | {"aliases", "surname"}, where
            assert isinstance(holder["checked"], str), where
            spellings = [holder["name"], *holder.get("aliases", [])]
            assert all(isinstance(spelling, str) and spelling.strip() == spelling != "" for spelling in spellings), (
                where
            )
            assert len(spellings) == len(set(spellings)), f"{where}: spelling given twice"
            assert any(holder.get("surname", "") in spelling for spelling in spellings), where
            for value in (holder["from"], holder["to"]):
                assert value is None or (isinstance(value, str) and ISO_DATE.fullmatch(value)), where
                assert value is None or first_day(value) <= last_day(value), where
            assert holder["from"] is not None, where
            assert holder["to"] is None or first_day(holder["from"]) <= last_day(holder["to"]), where


@pytest.mark.parametrize("name", FILES)
def test_holders_of_one_seat_follow_each_other(name: str) -> None:
    for office in offices_of(name):
        if office.get("shared"):
            continue
        for before, after in pairwise(sorted(office["holders"], key=lambda holder: first_day(holder["from"]))):
            where = f"{office['office']}: {before['name']} and {after['name']}"
            assert before["to"] is not None, f"{where}: the first never leaves"
            overlap = first_day(before["to"]) - last_day(after["from"])
            assert overlap <= LONGEST_HANDOVER, f"{where}: overlap of {overlap.days} days"


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("2004", date(2004, 1, 1), date(2004, 12, 31)),
        ("2004-02", date(2004, 2, 1), date(2004, 2, 29)),
        ("2004-03-09", date(2004, 3, 9), date(2004, 3, 9)),
    ],
)
def test_coarse_dates_cover_their_span(value: str, first: date, last: date) -> None:
    assert (first_day(value), last_day(value)) == (first, last)
