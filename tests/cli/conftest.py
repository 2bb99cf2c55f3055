"""The hand-made articles of the store's tests and the fake stages of the run's are used here too."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from calling import Command

for room in ("store", "run"):
    sys.path.insert(0, str(Path(__file__).parent.parent / room))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, a terminal of 100 columns, and stages that need no parser."""
    from fakes import fake_stages

    monkeypatch.chdir(tmp_path)
    for name in ("COMMUNIQUE_RECORD", "COMMUNIQUE_SETTINGS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setattr("communique.run.reading.installed_stages", fake_stages)
    return tmp_path


@pytest.fixture
def command(folder: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """Runs a command in the working folder: exit code, standard output, standard error."""
    from communique.cli.main import run

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(list(arguments))
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return called


@pytest.fixture
def record(folder: Path) -> Path:
    """A record with the hand-made article and a problem, where the commands look for it."""
    from handmade import RUN, coded_article, problem

    from communique.store import Record

    with Record.open(folder / "communique.db", create=True) as made:
        made.add(coded_article(), RUN)
        made.add_problem(problem())
    return folder / "communique.db"
