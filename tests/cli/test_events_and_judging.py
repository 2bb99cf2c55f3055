"""The commands link, events, judge, and the timeline over several articles: what they print and what they change."""

import json
import sys
from pathlib import Path

import pytest
from calling import Command

sys.path.insert(0, str(Path(__file__).parent.parent / "link"))

from communique.cli.judge import parse_changes
from communique.records import Status
from communique.store import Record

LONG = "Fishermen of the lagoon waited all week for the customs house to open its gate, and nobody told them why."


@pytest.fixture
def told(folder: Path) -> Path:
    """Three reports of one meeting, one of them a denial, one a copy's twin; and an attack."""
    from made_coded import BENIN, GHANA, RUN, TOGO, Said, coded

    met = "Ministers of Ghana and Togo met in Aflao about fish and the bridge for seven hours."
    pair = ((GHANA,), (TOGO,))
    articles = [
        coded("one", "wire", 2, [Said(met, "CONSULT", *pair, 2, "Aflao"), Said(LONG)]),
        coded("two", "courier", 3, [Said(met, "CONSULT", *pair, 2, "Aflao"), Said(LONG)]),
        coded("three", "post", 3, [Said("Ghana and Togo talked for two hours in Aflao about the bridge.", "CONSULT", *pair, 2)]),
        coded("four", "daily", 4, [Said("Togo denied it met Ghana in Aflao.", "CONSULT", *pair, 2, status=Status.DENIED)]),
        coded("five", "post", 9, [Said("Benin shelled Kara.", "ASSAULT", (BENIN,), (TOGO,), 9, "Kara")]),
    ]  # fmt: skip
    with Record.open(folder / "communique.db", create=True) as made:
        for article in articles:
            made.add(article, RUN)
    return folder / "communique.db"


def claim_id(record: Path, source: str) -> str:
    with Record.open(record) as opened:
        article = opened.find_article(f"{source}.txt")
        return next(claim.id for claim in opened.claims() if claim.article_id == article)


def test_link_tells_what_there_is_and_then_that_nothing_is_new(command: Command, told: Path) -> None:
    code, out, err = command("link")
    assert (code, err) == (0, "linking 5 of 5 articles\n")
    assert out == (
        "Linked 5 of 5 articles: 2 events, 1 told by several articles, 1 told in different ways; 1 group of copies, "
        "0 meetings, 0 positions over time.\n"
    )
    assert command("link")[1].startswith("Nothing new in 5 articles: 2 events")
    assert json.loads(command("link", "--all", "--json")[1])["linked"] == 5


def test_events_tell_voices_and_disputes(command: Command, told: Path) -> None:
    assert "`communique link` joins what its articles tell" in command("events")[2]
    command("link")
    out = command("events")[1]
    assert "4 reports, 3" in out
    assert "status: occurred" in out
    assert "duration: 7 hours" in out
    (met,) = json.loads(command("events", "--status", "disputed", "--json")[1])
    assert (met["articles"], met["voices"], met["disputed"]) == (4, 3, ["status", "duration"])
    assert set(met["names"].values()) == {"Ghana", "Togo"}
    assert [each["type"] for each in json.loads(command("events", "--actor", "Benin", "--json")[1])] == ["ASSAULT"]
    assert max(map(len, out.splitlines())) <= 100


def test_timeline_tells_an_event_of_several_articles_once(command: Command, told: Path) -> None:
    assert command("timeline")[1].count("Ghana → Togo") == 4
    command("link")
    out = command("timeline")[1]
    assert out.count("Ghana, Togo") == 1
    assert "4 reports, 3 outlets" in out
    assert "wire, 2031-05-03" in out
    assert "courier" not in out  # a copy is not quoted beside what it copies
    assert max(map(len, out.splitlines())) <= 100


def test_judging_changes_events_and_can_be_undone(command: Command, told: Path) -> None:
    command("link")
    one, three = claim_id(told, "one"), claim_id(told, "three")
    code, out, _ = command("judge", "different", one, three, "--why", "another room", "--by", "Ada")
    assert code == 0
    assert out.startswith("Kept: different, by Ada. `communique judge undo ")
    assert len(json.loads(command("events", "--json")[1])) == 3
    listed = command("judge", "list")[1]
    assert "another room" in listed
    assert "Ada" in listed
    (kept,) = json.loads(command("judge", "list", "--json")[1])
    assert command("judge", "undo", kept["id"])[1] == "Taken back: different, by Ada.\n"
    assert len(json.loads(command("events", "--json")[1])) == 2
    assert "was taken back before" in command("judge", "undo", kept["id"])[2]
    assert "Nobody has judged anything" in command("judge", "list")[2]


def test_correcting_rejecting_confirming(command: Command, told: Path) -> None:
    five, one = claim_id(told, "five"), claim_id(told, "one")
    assert command("judge", "correct", five, "date=2031-05-08", "place=")[0] == 0
    (claim,) = json.loads(command("claims", "--type", "assault", "--json")[1])
    assert claim["date"]["value"] == "2031-05-08"
    assert claim["place"] is None
    command("judge", "reject", five)
    assert json.loads(command("claims", "--type", "assault", "--json")[1]) == []
    command("judge", "confirm", one)
    assert json.loads(command("claims", "--json")[1])[0]["confidence"] == 1.0


@pytest.mark.parametrize(
    ("arguments", "told_error"),
    [
        (["same", "ONE", "ONE"], "judges two claims; name the other one too"),
        (["same", "ONE", "ffffffff"], "no record has an id that begins so"),
        (["correct", "ONE", "date"], "is no change; write field=value"),
        (["correct", "ONE", "date=soon"], "soon is no date"),
        (["correct", "ONE", "colour=red"], "colour cannot be corrected"),
        (["name", "ONE", "name=Ada"], "is no actor; give the id of one"),
        (["undo", "ONE"], "is no judgement; give the id of one"),
    ],
)
def test_what_cannot_be_judged_is_told_in_one_line(
    command: Command, told: Path, arguments: list[str], told_error: str
) -> None:
    one = claim_id(told, "one")
    code, out, err = command("judge", *(one if each == "ONE" else each for each in arguments))
    assert code != 0
    assert out == ""
    assert told_error in err
    assert err.count("\n") == 1


def test_changes() -> None:
    assert parse_changes(["date=2031-05-08", "place=", "date=2031"]) == (("date", "2031"), ("place", ""))
