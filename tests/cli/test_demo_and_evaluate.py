"""`demo` on a small record, and `evaluate` with a scorer of our own."""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from calling import Command

from communique.cli.demo import packaged_article, record_folder


def test_the_record_and_the_page_are_there() -> None:
    assert sum(path.is_file() for path in record_folder().rglob("*")) > 30
    assert len(packaged_article().read_bytes()) > 1000


def test_demo_shows_every_view_and_commands_that_work(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = folder / "articles"
    articles.mkdir()
    for number in range(3):
        (articles / f"{number}.txt").write_text(f"Ruritania and Sylvania held talks. Report {number}.\n" * 5)
    monkeypatch.setattr("communique.cli.demo.record_folder", lambda: articles)
    monkeypatch.setattr("communique.cli.demo.shutil.which", lambda name: f"/bin/{name}")
    code, out, err = command("demo", "--keep", "kept.db")
    assert code == 0
    assert "Linking" in err
    for words in (
        "What there is",
        "3 articles of 1 outlet",
        "Where the reports differ",
        "Who stands where",
        "Which meetings",
    ):
        assert words in out
    commands = re.findall(r"^  communique (timeline) (.*)--record (\S+)$", out, flags=re.MULTILINE)
    assert commands
    for name, options, place in commands:
        assert place == "kept.db"
        assert command(name, *options.split(), "--record", place)[0] == 0


def test_a_record_that_is_missing_is_told_in_one_line(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.cli.demo.files", lambda package: Path("/nowhere"))
    code, _, err = command("demo")
    assert code == 1
    assert "reinstall communique" in err


@dataclass(frozen=True)
class Scores:
    errors: tuple[str, ...] = ("missed “the evening of January 10”",)

    def as_json(self) -> dict[str, Any]:
        return {"value_f1": 0.5}

    def table(self) -> list[tuple[str, ...]]:
        return [("figure", "F1"), ("value", "0.500")]


def test_evaluate_prints_scores_errors_and_json(
    command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scorer = ModuleType("communique.evaluate.times")
    scorer.evaluate_times = lambda path: Scores()  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "communique.evaluate.times", scorer)
    (folder / "set.jsonl").touch()
    code, out, _ = command("evaluate", "times", "set.jsonl")
    assert code == 0
    assert "0.500" in out
    assert "missed" not in out
    assert "• missed “the evening of January 10”" in command("evaluate", "times", "set.jsonl", "--errors")[1]
    assert json.loads(command("evaluate", "times", "set.jsonl", "--json")[1]) == {"value_f1": 0.5}


def test_a_scorer_that_is_missing_is_told(command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "communique.evaluate.places", None)
    (folder / "set.tsv").touch()
    code, _, err = command("evaluate", "places", "set.tsv")
    assert code == 1
    assert err.startswith("communique: evaluate places: ")
