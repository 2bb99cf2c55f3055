"""`read` by workers and `load`: options, what is kept, one line for each thing that is wrong."""

import json
from pathlib import Path

import pytest
from calling import Command
from handmade import TEXT

from communique.run import many


@pytest.fixture
def pages(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Three articles, and stages that need no parser wherever this process codes."""
    from fakes import fake_stages

    monkeypatch.setattr(many, "installed_stages", fake_stages)
    place = folder / "in"
    place.mkdir()
    for name in ("a.txt", "b.txt", "c.txt"):
        (place / name).write_text(TEXT, encoding="utf-8")
    return place


def test_results_are_kept_and_loaded_elsewhere(command: Command, pages: Path) -> None:
    code, out, err = command("read", "in", "--workers", "1", "--keep-shards", "kept", "--shard-size", "2")
    assert (code, err) == (0, "")
    assert out.startswith("Read 3 articles into communique.db (3 new or recoded): 12 claims")
    assert len(list(Path("kept").glob("*.parquet"))) == 2
    code, out, err = command("load", "kept", "--record", "other.db", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out)["counts"]["new"] == 3
    code, out, _ = command("load", "kept", "--record", "other.db")
    assert (code, out) == (0, "Read 3 articles: nothing new in other.db.\n")
    (listed, other) = (command("claims", "--json", "--record", name)[1] for name in ("communique.db", "other.db"))
    assert listed == other


def test_kept_results_in_a_folder_that_is_read_are_no_articles(command: Command, pages: Path) -> None:
    for _ in range(2):
        code, out, err = command("read", ".", "--workers", "1", "--keep-shards", "in/kept")
        assert (code, err) == (0, "")
        assert out.startswith("Read 3 articles")


def test_nothing_to_load_is_told(command: Command, folder: Path) -> None:
    code, _, err = command("load", "absent")
    assert code == 1
    assert err.strip() == "communique: absent: does not exist; check the spelling and the working folder"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--cluster", "myhost:8786"), "write tcp://host:8786"),
        (("--workers", "-1"), "--workers"),
        (("--shard-size", "0"), "--shard-size"),
    ],
)
def test_options_that_mean_nothing_are_refused(
    command: Command, pages: Path, arguments: tuple[str, ...], words: str
) -> None:
    code, _, err = command("read", "in", *arguments)
    assert code == 2
    assert words in err
    assert len(err.strip().splitlines()) == 1


def test_a_missing_extra_is_told_before_anything_is_read(
    command: Command, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("communique.run.cluster.find_spec", lambda name: None)
    code, _, err = command("read", "in", "--cluster", "tcp://127.0.0.1:9")
    assert code == 1
    assert err.strip().endswith("needs Dask, which is not installed; run `pip install 'communique[cluster]'`")


def test_the_help_says_when_workers_are_started(command: Command, folder: Path) -> None:
    _, out, _ = command("read", "--help")
    assert "from 50 documents on one for each core" in " ".join(out.replace("│", " ").split())
