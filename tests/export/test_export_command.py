"""`communique export`: filters, files, what is told on standard error, and mistakes in one line."""

import csv
import io
import json
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest
from awkward import URL, make_record

from communique.cli.main import run
from communique.export.formats import FORMATS

Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes]) -> Command:
    """Runs `communique export …` where the record lies: exit code, standard output, standard error."""
    monkeypatch.chdir(tmp_path)
    for name in ("COMMUNIQUE_RECORD", "COMMUNIQUE_SETTINGS", "NO_COLOR", "FORCE_COLOR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("COLUMNS", "100")
    make_record(tmp_path / "communique.db")

    def called(*arguments: str) -> tuple[int, str, str]:
        code = run(["export", *arguments])
        captured = capfdbinary.readouterr()
        return code, captured.out.decode(), captured.err.decode()

    return called


def rows_of(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text, newline="")))


@pytest.mark.parametrize(
    ("asked", "count"),
    [
        ((), 12),
        (("--type", "consult"), 9),  # announced consultations too
        (("--status", "denied"), 1),
        (("--status", "scheduled", "--type", "AGREE"), 3),
        (("--actor", "Norland", "--actor", "Sudria"), 12),
        (("--since", "2031-03-10"), 2),
        (("--place", "NRL"), 2),
        (("--place", "Port Vell", "--source", "the gazette"), 1),
        (("--article", URL), 4),
        (("--words", "nowhere"), 0),
        (("--confidence", "0.85"), 9),
        (("--limit", "5"), 5),
    ],
)
def test_filters_of_the_other_lists(command: Command, asked: tuple[str, ...], count: int) -> None:
    code, out, err = command("csv", *asked)
    assert (code, len(rows_of(out))) == (0, count)
    assert err.startswith(f"{count} claim{'' if count == 1 else 's'} as csv")


@pytest.mark.parametrize(
    ("kind", "asked", "count"),
    [
        ("positions", ("--issue", "navigation", "--stance", "demands"), 3),
        ("positions", ("--stance", "offers"), 0),
        ("statements", ("--act", "assert"), 3),
        ("meetings", ("--status", "announced"), 1),
        ("events", ("--status", "disputed"), 1),
        ("lines", ("--stance", "changed"), 0),
        ("actors", ("--type", "person"), 1),
        ("articles", ("--since", "2031-03-05"), 2),  # one of them may be from then
    ],
)
def test_filters_in_the_words_of_each_kind(command: Command, kind: str, asked: tuple[str, ...], count: int) -> None:
    code, out, _ = command("csv", "--kind", kind, *asked)
    assert (code, len(rows_of(out))) == (0, count)


def test_a_file_and_its_twin(command: Command, tmp_path: Path) -> None:
    code, out, err = command("polecat", "--out", "events.tsv", "--extended")
    assert (code, out) == (0, "")
    assert err.splitlines()[0] == "5 events as polecat → events.tsv and events.tsv.words.csv"
    assert "1 denied" in err.splitlines()[1]
    events = pl.read_csv(tmp_path / "events.tsv", separator="\t", infer_schema=False)
    words = pl.read_csv(tmp_path / "events.tsv.words.csv", infer_schema=False)
    joined = events.join(words, left_on="Event ID", right_on="id")
    assert len(joined) == len(words)
    assert set(joined["Event ID"]) == set(events["Event ID"])
    umask = os.umask(0)
    os.umask(umask)
    assert (tmp_path / "events.tsv").stat().st_mode & 0o777 == 0o666 & ~umask  # like any file that is made here


def test_a_second_table_that_has_no_place_is_told(command: Command) -> None:
    code, out, err = command("gdelt")
    assert (code, len(out.splitlines())) == (0, 5)
    assert "FILE.mentions.tsv is written beside a file only" in err


def test_a_row_a_claim(command: Command) -> None:
    code, out, _ = command("plover", "--claims")
    assert code == 0
    assert {each["id"].partition("-")[0] for each in json.loads(out)} == {"claim"}


def test_all_kinds_of_annotations_unless_types_are_asked_for(command: Command) -> None:
    kinds = {each["id"].split(":")[2].partition("-")[0] for each in json.loads(command("annotations")[1])["items"]}
    assert kinds == {"claim", "statement", "position", "meeting"}
    some = json.loads(command("annotations", "--type", "CONSULT")[1])["items"]
    assert {each["id"].split(":")[2].partition("-")[0] for each in some} == {"claim"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("doc",), "'doc' is no format; there are csv, jsonl"),
        (("csv", "--kind", "events", "--status", "maybe"), "'maybe' is nothing that events have"),
        (("csv", "--type", "TALK"), "TALK is no event type"),
        (("csv", "--kind", "positions", "--place", "Geneva"), "positions cannot be asked by --place"),
        (("csv", "--kind", "statements", "--confidence", "0.5"), "statements cannot be asked by --confidence"),
        (("csv", "--kind", "verbs"), "has no verbs; --kind may be claims"),
        (("plover", "--kind", "events", "--claims"), "leave out one of them"),
        (("geojson", "--extended", "--out", "x"), "has no extended twin"),
        (("csv", "--out", "nowhere/x.csv"), "nowhere/x.csv: cannot be written"),
        (("csv", "--article", "no such one"), "no such one"),
        (("csv", "--since", "soon"), "'soon' is no day"),
    ],
)
def test_mistakes_are_told_in_one_line(command: Command, arguments: tuple[str, ...], told: str) -> None:
    code, out, err = command(*arguments)
    assert code != 0
    assert out == ""
    assert told in err
    assert err.count("\n") == 1


def test_the_extra_is_told_before_the_record_is_opened(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.export.formats.find_spec", lambda _: None)
    code, out, err = command("ftm", "--record", "absent.db")
    assert (code, out) == (1, "")
    assert err == "communique: export ftm: needs followthemoney; pip install 'communique[ftm]'\n"


def test_articles_that_are_not_linked_are_told(command: Command, tmp_path: Path) -> None:
    from handmade import RUN, coded_article

    from communique.store import Record

    with Record.open(tmp_path / "communique.db", writable=True) as record:
        record.add(coded_article("late.txt"), RUN)
    code, _, err = command("geojson")
    assert code == 0
    assert "1 article is not linked yet" in err


@pytest.mark.parametrize("name", [each.name for each in FORMATS.values() if each.installed])
def test_an_empty_answer_is_a_valid_file(command: Command, name: str) -> None:
    code, _, err = command(name, "--since", "1990", "--until", "1991", "--out", f"{name}.out")
    assert code == 0
    assert err.startswith("0 ")
