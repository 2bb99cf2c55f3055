"""Quantities in words: what is counted, how exactly it is meant, and which tellings agree (cases in quantities.yaml)."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from communique.link.quantities import quantities_in

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    (Path(__file__).parent / "quantities.yaml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES["tells"], ids=lambda case: case["text"])
def test_what_a_sentence_tells(case: dict[str, Any]) -> None:
    found = [[each.field, each.low, each.high] for each in quantities_in(case["text"])]
    assert [row[0] for row in found] == [row[0] for row in case["found"]]
    for told, expected in zip(found, case["found"], strict=True):
        assert told[1:] == pytest.approx(expected[1:])


@pytest.mark.parametrize("case", CASES["agree"], ids=lambda case: f"{case['one']} {case['other']}")
def test_what_agrees(case: dict[str, Any]) -> None:
    (one,), (other,) = quantities_in(case["one"]), quantities_in(case["other"])
    assert one.agrees(other) is other.agrees(one) is case["agree"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("at least 20 people were killed", "at least 20"),
        ("It lasted approximately 7.5 hours", "approximately 7.5 hours"),
        ("dozens were injured", "dozens"),
        ("10 to 15 people died", "10 to 15"),
        ("gave $200 million", "USD 200,000,000"),
        ("met for an hour", "1 hour"),
    ],
)
def test_how_it_is_told(text: str, told: str) -> None:
    assert [each.told for each in quantities_in(text)] == [told]


@given(st.text(max_size=80))
def test_any_text_can_be_read(text: str) -> None:
    for each in quantities_in(text):
        assert each.low <= each.high


@given(st.integers(1, 99))
def test_a_plain_number_is_meant_exactly(number: int) -> None:
    (found,) = quantities_in(f"{number} people were killed")
    assert (found.field, found.low, found.high) == ("deaths", number, number)
