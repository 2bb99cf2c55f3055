"""`demo` on the packaged article, and `evaluate` with a scorer of our own."""

import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from calling import Command

from communique.cli.demo import packaged_article


def test_the_packaged_article_is_there() -> None:
    assert len(packaged_article().read_bytes()) > 1000


def test_demo_shows_every_view_and_commands_that_work(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.cli.demo.shutil.which", lambda name: f"/bin/{name}")
    code, out, err = command("demo")
    assert (code, err) == (0, "")
    for words in (
        "What happened",
        "What is announced",
        "Who said what",
        "Who stands where",
        "Which meetings",
        "Try next",
    ):
        assert words in out
    commands = re.findall(r"^  communique (explain|show) (\S+) --record (\S+)$", out, flags=re.MULTILINE)
    assert len(commands) == 2
    for name, what, place in commands:
        assert command(name, what, "--record", place)[0] == 0


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
