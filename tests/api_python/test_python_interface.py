"""`import communique` as a user meets it: quick, typed, and one call from files to a record."""

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

import communique

sys.path.insert(0, str(Path(__file__).parent.parent / "store"))
sys.path.insert(0, str(Path(__file__).parent.parent / "run"))

ARTICLE = "Norland and Sudria hold talks\n\nForeign ministers of Norland and Sudria met in Geneva on March 3, 2021.\n"


@pytest.fixture
def news(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with an article, a working folder, and stages that need no parser."""
    from fakes import fake_stages

    monkeypatch.setattr("communique.run.reading.installed_stages", fake_stages)
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "talks.txt").write_text(ARTICLE, encoding="utf-8")
    return folder


def in_a_new_python(program: str) -> list[object]:
    """What the program prints as JSON."""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return list(json.loads(done.stdout))


def test_importing_loads_nothing_heavy() -> None:
    program = "import sys, json, communique; print(json.dumps([communique.__version__, *sys.modules]))"
    version, *loaded = in_a_new_python(program)
    assert version == communique.__version__
    assert not {"sqlalchemy", "spacy", "pydantic", "communique.store", "communique.run"} & set(map(str, loaded))


def test_everything_offered_is_there() -> None:
    assert "read" in communique.__all__
    for home, names in communique.OFFERED.items():
        for name in names:
            assert getattr(communique, name) is not None, f"{name} of {home}"
            assert name in dir(communique)
    assert communique.Record is importlib.import_module("communique.store").Record
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        communique.reed  # type: ignore[attr-defined]  # noqa: B018


def test_types_offered_to_checkers_are_those_offered_at_run_time() -> None:
    """The block that type checkers read cannot drift from the table that answers at run time."""
    text = Path(communique.__file__).read_text(encoding="utf-8")
    told = {line.split(" as ")[1].strip() for line in text.splitlines() if line.startswith("    from communique")}
    assert told == {name for names in communique.OFFERED.values() for name in names}


@pytest.mark.parametrize("before", ["", "import communique.read", "from communique.read import read_paths"])
def test_read_can_be_called_whatever_was_imported_before(before: str) -> None:
    program = (
        f"{before}\nimport communique, json\n"
        "try:\n    communique.read('nowhere.txt', record=None)\n"
        "except communique.CommuniqueError as error:\n    print(json.dumps([str(error)]))\n"
        "from communique.read import read_paths"
    )
    (told,) = in_a_new_python(program)
    assert str(told).startswith("nothing could be read: nowhere.txt: does not exist")


def test_reading_gives_the_record_and_keeps_it(news: Path) -> None:
    with communique.read(news) as record:
        (article,) = record.articles()
        assert article.text.startswith("Norland and Sudria hold talks")
        assert record.unlinked() == ()
    with communique.Record.open("communique.db") as again:
        assert [each.id for each in again.articles()] == [article.id]


def test_a_temporary_record_goes_when_it_is_closed(news: Path) -> None:
    record = communique.read(news / "talks.txt", record=None, link=False)
    place = record.path
    assert record.unlinked() != ()
    assert place.exists()
    record.close()
    assert not place.parent.exists()
    assert not (news.parent / "communique.db").exists()


def test_a_temporary_record_goes_when_it_is_forgotten(news: Path) -> None:
    import gc

    record = communique.read(news, record=None)
    folder = record.path.parent
    del record
    gc.collect()
    assert not folder.exists()


def test_a_bad_document_is_told_and_stops_nothing(news: Path) -> None:
    (news / "empty.txt").write_text("", encoding="utf-8")
    met: list[communique.Problem] = []
    with communique.read(news, record=None, report=met.append) as record:
        assert len(record.articles()) == 1
        assert [each.source for each in met] == [str(news / "empty.txt")]
        assert record.problems() == tuple(met)


def test_columns_of_a_table_can_be_named(news: Path) -> None:
    table = news.parent / "export.csv"
    table.write_text('pub,inhalt\n2021-03-04,"' + ARTICLE.replace("\n\n", " ").strip() + '"\n', encoding="utf-8")
    with pytest.raises(communique.CommuniqueError, match="nothing could be read"):
        communique.read(table, record=None)
    with communique.read(table, record=None, columns={"text": "inhalt", "date": "pub"}) as record:
        assert [article.source for article in record.articles()] == [f"{table}#2"]
    with pytest.raises(communique.CommuniqueError, match="'body' is no field"):
        communique.read(table, record=None, columns={"body": "inhalt"})


def test_settings_are_a_file_or_ready_made(news: Path) -> None:
    (news.parent / "short.toml").write_text("max_characters = 5\n", encoding="utf-8")
    for settings in ("short.toml", communique.Settings(max_characters=5)):
        with communique.read(news, record=None, settings=settings) as record:
            assert record.counts()["claims"] == 0
            assert record.problems()
    with pytest.raises(communique.CommuniqueError, match=r"missing\.toml"):
        communique.read(news, record=None, settings="missing.toml")
