"""The first hour, as a stranger would live it: every command is run in an empty folder, every answer shown is compared."""

import shutil
from importlib.resources import files
from pathlib import Path

import pytest
from shown import examples, missing

from communique.cli.main import run

ENVIRONMENT = ("COMMUNIQUE_RECORD", "COMMUNIQUE_SETTINGS", "NO_COLOR", "FORCE_COLOR")
WAITS = {"serve"}  # ends by Ctrl-C; that it may be called so is tested with all other examples


def test_an_answer_that_differs_is_noticed() -> None:
    said = "one\n\ntwo\nthree\n"
    assert missing(("one", "two"), said) is None
    assert missing(("…", "three"), said) is None
    assert missing(("one", "three"), said) == "three"
    assert missing(("three", "…", "one"), said) == "one"


def test_every_command_of_the_tutorial_answers_as_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in ENVIRONMENT:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    shutil.copyfile(str(files("communique") / "demo" / "article.html"), tmp_path / "article.html")
    shown = list(examples("tutorial.md"))
    assert len(shown) > 10
    for example in shown:
        program, *arguments = example.words
        assert program == "communique"
        if arguments[0] in WAITS:
            continue
        code = run(arguments)
        captured = capsys.readouterr()
        said = captured.out + captured.err
        assert code == 0, f"{' '.join(example.words)}: {said}"
        lacking = missing(example.answer, said)
        assert lacking is None, f"{' '.join(example.words)}: not answered: {lacking!r} but\n{said}"
