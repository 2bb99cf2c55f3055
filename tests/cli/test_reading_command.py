"""`communique read` and the program as a process: exit codes, pipes, interruption."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from calling import Command
from handmade import TEXT

from communique.store import Record


def test_reading_tells_what_came_of_it(command: Command, folder: Path) -> None:
    (folder / "talks.txt").write_text(TEXT, encoding="utf-8")
    code, out, err = command("read", "talks.txt")
    assert (code, err) == (0, "")
    assert out == "Read 1 article into communique.db (1 new or recoded): 4 claims and 1 statement.\n"
    assert command("read", "talks.txt")[1] == "Read 1 article: nothing new in communique.db.\n"


def test_a_bad_document_is_told_in_one_line_and_the_others_are_read(command: Command, folder: Path) -> None:
    (folder / "talks.txt").write_text(TEXT, encoding="utf-8")
    (folder / "empty.txt").touch()
    code, out, err = command("read", "empty.txt", "talks.txt", "--json")
    assert code == 0
    assert err.startswith("communique: empty.txt: ")
    assert err.count("\n") == 1
    told = json.loads(out)
    assert (told["counts"]["articles"], told["counts"]["failed"], told["problems"][0]["source"]) == (1, 1, "empty.txt")


def test_nothing_readable_is_a_failure(command: Command, folder: Path) -> None:
    code, out, err = command("read", "absent.txt")
    assert code == 1
    assert out.startswith("Nothing could be read")
    assert err.startswith("communique: absent.txt: ")
    with Record.open(folder / "communique.db") as record:
        assert len(record.problems()) == 1


def test_a_record_that_cannot_be_made_is_told_before_anything_is_read(command: Command, folder: Path) -> None:
    (folder / "talks.txt").write_text(TEXT, encoding="utf-8")
    code, out, err = command("read", "talks.txt", "--record", "no/such/folder.db")
    assert (code, out) == (1, "")
    assert "the folder no/such does not exist" in err


def test_ctrl_c_ends_with_130_and_one_line(command: Command, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (folder / name).write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr("communique.run.outcomes.code_page", interrupting())
    code, _, err = command("read", "a.txt", "b.txt", "c.txt")
    assert code == 130
    assert err.strip().endswith("run it again for the rest")
    with Record.open(folder / "communique.db") as record:
        assert [article.source for article in record.articles()] == ["a.txt"]


def interrupting() -> object:
    from communique.run.pipeline import code_page

    def once(page: object, settings: object, stages: object) -> object:
        if page.source == "b.txt":  # type: ignore[attr-defined]
            raise KeyboardInterrupt
        return code_page(page, settings, stages)  # type: ignore[arg-type]

    return once


PROGRAM = [sys.executable, "-m", "communique.cli.main"]


def test_a_pipe_that_closes_early_is_silent(record: Path) -> None:
    for _ in range(3):
        process = subprocess.Popen(
            [*PROGRAM, "claims", "--json"], cwd=record.parent, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout is not None
        process.stdout.read(1)
        process.stdout.close()
        assert process.stderr is not None
        assert process.stderr.read() == b""
        process.wait()


def test_a_terminal_without_unicode_gets_something(record: Path) -> None:
    environment = os.environ | {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    for name in ("claims", "show"):
        arguments = [name, "talks.txt"] if name == "show" else [name]
        done = subprocess.run(
            [*PROGRAM, *arguments], cwd=record.parent, env=environment, capture_output=True, check=True
        )
        assert done.stderr == b""
        assert b"Norland" in done.stdout
    done = subprocess.run(
        [*PROGRAM, "statements", "--json"], cwd=record.parent, env=environment, capture_output=True, check=True
    )
    assert "“frank and useful”" in json.loads(done.stdout)[0]["content"][0]["quote"]


@pytest.mark.skipif(not hasattr(signal, "SIGINT"), reason="needs signals")
def test_a_reader_of_standard_input_can_be_interrupted(folder: Path) -> None:
    process = subprocess.Popen(
        [*PROGRAM, "read", "-"],
        cwd=folder,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    for _ in range(100):
        time.sleep(0.1)
        if (folder / "communique.db").exists():
            break
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=20)
    assert process.returncode == 130
    assert err.count("\n") == 1
    assert "Traceback" not in err
