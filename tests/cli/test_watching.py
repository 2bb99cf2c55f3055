"""What is told while many documents are worked on: nothing but problems where nobody watches, and never too many of those."""

import io

import pytest
from handmade import problem
from rich.console import Console

from communique.cli import watching as watching_module
from communique.cli.watching import LINES_SHOWN, watching


def test_where_nobody_watches_only_problems_are_told(capsys: pytest.CaptureFixture[str]) -> None:
    with watching(3, "reading") as watch:
        for number in range(LINES_SHOWN + 5):
            watch.advance(f"{number}.txt")
            watch.report(problem(f"{number}.txt"))
    out, err = capsys.readouterr()
    assert out == ""
    lines = err.splitlines()
    assert lines[0] == "communique: 0.txt: is empty; remove it from the input"
    assert len(lines) == LINES_SHOWN + 1
    assert lines[-1].startswith("… and 5 more problems")
    assert len(watch.problems) == LINES_SHOWN + 5


@pytest.mark.parametrize(("total", "expected"), [(40, "30/40"), (None, "30/?")])
def test_a_person_sees_how_far_it_is(monkeypatch: pytest.MonkeyPatch, total: int | None, expected: str) -> None:
    shown = io.StringIO()
    terminal = Console(file=shown, force_terminal=True, width=110, color_system=None)
    monkeypatch.setattr(watching_module, "console", lambda **options: terminal)
    with watching(total, "reading") as watch:
        for number in range(30):
            watch.advance(f"some/where/{number}.txt")
        watch.report(problem("a.txt"))
    last = shown.getvalue().rsplit("29.txt", 1)[-1]
    assert expected in last
    assert "/s" in last
    assert "1 problem" in last


def test_one_document_needs_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    shown = io.StringIO()
    terminal = Console(file=shown, force_terminal=True, width=110)
    monkeypatch.setattr(watching_module, "console", lambda **options: terminal)
    with watching(1, "reading") as watch:
        watch.advance("a.txt")
    assert "a.txt" not in shown.getvalue()
