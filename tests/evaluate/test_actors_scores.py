"""The scorer of actor phrases: what it counts, what it refuses; and the development set where it lies beside the checkout."""

from datetime import date
from pathlib import Path

import pytest

from communique.evaluate.actors import code_phrase, evaluate_actors
from communique.records import ReadingError

DEVELOPMENT = Path(__file__).resolve().parents[3] / "shared" / "gold" / "actors" / "dev.tsv"
ON = date(2022, 6, 1)


def write(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(("phrase\tcountry\tsector", *rows)) + "\n", encoding="utf-8")
    return path


def test_counts_only_what_is_stated(tmp_path: Path) -> None:
    scores = evaluate_actors(
        write(
            tmp_path / "a.tsv",
            "Danish soldiers\tDNK\tMIL",
            "Danish soldiers\tSWE\t?",
            "riot police\t\tCOP",
            "Norway\t?\t",
        )
    )
    assert scores.as_json() == {"country": {"accuracy": 0.6667, "n": 3}, "sector": {"accuracy": 1.0, "n": 3}}
    assert scores.errors == ("'Danish soldiers': country DNK, expected SWE",)
    assert scores.table()[0][0] == "field"


@pytest.mark.parametrize(
    ("phrase", "country", "sector"),
    [
        ("the African Union", "IGO", "IGO"),
        ("UNICEF", "UNO", "UNO"),
        ("the European Commission's president", "EUR", "GOV"),
        ("Lisbon", "PRT", "GOV"),
        ("the Dutch government", "NLD", "GOV"),
        ("Yokohama", "JPN", "CVL"),
        ("ex-president", "", "ELI"),
        ("Congolese refugees", "COD", "REF"),
        ("Kurdish rebels in Iraq", "IRQ", "REB"),
        ("Brazil's truck drivers", "BRA", "LAB"),
        ("a former Mossad agent", "ISR", "ELI"),
        ("Lagos police", "NGA", "COP"),
    ],
)
def test_phrase(phrase: str, country: str, sector: str) -> None:
    assert code_phrase(phrase, ON) == (country, sector)


@pytest.mark.parametrize("content", ["phrase\tcountry\nx\ty\n", ""])
def test_a_file_without_the_columns_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bad.tsv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ReadingError, match=r"bad\.tsv: no column"):
        evaluate_actors(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match="cannot be read"):
        evaluate_actors(tmp_path / "none.tsv")


@pytest.mark.skipif(not DEVELOPMENT.exists(), reason="the development set is not beside this checkout")
def test_the_development_set_keeps_its_figures() -> None:
    scores = evaluate_actors(DEVELOPMENT).as_json()
    assert scores["country"]["accuracy"] >= 0.86
    assert scores["sector"]["accuracy"] >= 0.83
