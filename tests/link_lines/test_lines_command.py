"""`positions`, `meetings` and `issues` over a record that was read and linked through all stages."""

import json
from pathlib import Path

import pytest
import yaml

from communique.cli.main import run
from communique.codebook.own_issues import load_own_issues

REPORTS = yaml.safe_load((Path(__file__).parent / "cases" / "over_time.yaml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("over-time")
    rows = [each | {"date": str(each["date"])} for each in REPORTS]
    (folder / "news.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        assert run(["read", "news.jsonl"]) == 0
    return folder / "communique.db"


@pytest.fixture
def told(record: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    monkeypatch.chdir(record.parent)
    monkeypatch.setenv("COLUMNS", "100")
    capsys.readouterr()

    def called(*arguments: str) -> str:
        assert run(list(arguments)) == 0
        return capsys.readouterr().out

    return called


def test_the_board_tells_the_line_with_its_turn_and_what_is_owed(told) -> None:  # type: ignore[no-untyped-def]
    shown = told("positions", "--issue", "troop deployments")
    assert shown.index("2024-01-12") < shown.index("2024-02-20")
    assert "now offers" in shown
    assert "↺ turns" in shown
    assert "answers Bolivia" in shown
    assert "still owed" in shown
    assert max(map(len, shown.splitlines())) <= 100


def test_lines_are_found_by_turn_and_by_what_is_owed(told) -> None:  # type: ignore[no-untyped-def]
    assert [each["name"] for each in json.loads(told("positions", "--stance", "changed", "--json"))] == ["Chile"]
    assert [each["name"] for each in json.loads(told("positions", "--stance", "owed", "--json"))] == ["Uganda"]


def test_json_has_the_words_of_each_entry(told) -> None:  # type: ignore[no-untyped-def]
    (line,) = json.loads(told("positions", "--actor", "BOL", "--json"))
    (entry,) = line["entries"]
    assert entry["told"][0]["content"]["quote"]
    assert (line["now"], entry["day"], entry["changed"]) == ("demands", "2024-01-10", False)


def test_an_article_by_itself_is_told_as_it_stands_there(told) -> None:  # type: ignore[no-untyped-def]
    (article, *_) = json.loads(told("articles", "--json"))
    positions = json.loads(told("positions", "--article", article["id"], "--json"))
    assert all(each["article_id"] == article["id"] for each in positions)


def test_a_meeting_tells_by_whose_words_it_came_so_far(told) -> None:  # type: ignore[no-untyped-def]
    (meeting,) = json.loads(told("meetings", "--json"))
    assert [(move["status"], move["day"]) for move in meeting["moves"]] == [
        ("announced", "2024-03-04"),
        ("held", "2024-03-12"),
    ]
    assert all(move["words"][0]["quote"] for move in meeting["moves"])
    shown = told("meetings")
    assert "announced" in shown
    assert "held" in shown
    assert "2 reports, 2" in shown


def test_issues_are_listed_and_proposed(told, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    listed = {each["name"]: each["positions"] for each in json.loads(told("issues", "--json"))}
    assert listed["troop deployments"] >= 4
    proposed = told("issues", "--propose")
    (tmp_path / "my-issues.yaml").write_text(proposed, encoding="utf-8")
    names = [issue.name for issue in load_own_issues(tmp_path / "my-issues.yaml")]
    assert any("volta" in name.lower() for name in names)
    assert [entry["name"] for entry in yaml.safe_load(proposed)] == names
    assert "Ghana opposes, Ghana rejects" in proposed
