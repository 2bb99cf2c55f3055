"""Commands that look at a record: what they print, as tables, as cards and as JSON."""

import json
from pathlib import Path
from typing import Any

import pytest
from calling import Command
from handmade import TEXT, coded_article

from communique.store import Record

LISTS = ("timeline", "claims", "statements", "positions", "meetings", "actors", "articles", "problems")


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("columns", [100, 80, 60, 30])
def test_tables_fit_the_terminal_and_cut_no_word(
    command: Command, record: Path, monkeypatch: pytest.MonkeyPatch, name: str, columns: int
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    code, out, err = command(name)
    assert (code, err) == (0, "")
    assert max(len(line.rstrip()) for line in out.splitlines()) <= columns
    if columns >= 60 and name not in ("articles", "actors"):
        told = set(out.replace("“", " ").replace("”", " ").replace("(", " ").replace(")", " ").split())
        known = set(TEXT.replace("“", " ").replace("”", " ").replace(".", "").split()) - {TEXT.split()[0]}
        long_words = {word for word in known if len(word) > 5}
        for word in told:
            assert not any(
                word != whole and len(word) > 3 and whole.startswith(word) and word not in known for whole in long_words
            ), word


@pytest.mark.parametrize("name", LISTS)
def test_json_of_an_empty_record_is_an_empty_list(command: Command, folder: Path, name: str) -> None:
    Record.open(folder / "communique.db", create=True).close()
    assert json.loads(command(name, "--json")[1]) == []
    code, out, err = command(name)
    assert (code, out) == (0, "")
    assert err.startswith(f"No {name if name != 'timeline' else 'claims'} in")


def spans(value: Any) -> list[dict[str, Any]]:
    if isinstance(value, list):
        return [span for each in value for span in spans(each)]
    if isinstance(value, dict):
        own = [value] if {"start", "end", "quote"} <= set(value) else []
        return own + [span for each in value.values() for span in spans(each)]
    return []


@pytest.mark.parametrize("name", ["timeline", "claims", "statements", "positions", "meetings", "actors", "articles"])
def test_json_quotes_every_span(command: Command, record: Path, name: str) -> None:
    found = json.loads(command(name, "--json")[1])
    assert spans(found)
    for span in spans(found):
        assert span["quote"] == TEXT[span["start"] : span["end"]]


def test_json_of_a_claim_has_all_fields_under_their_names(command: Command, record: Path) -> None:
    claim = json.loads(command("claims", "--json", "--type", "request")[1])[0]
    assert claim["type"] == "REQUEST"
    assert [role["name"] for role in claim["actors"]] == ["Sudria"]
    assert claim["date"]["value"] == "2031-02"
    assert claim["date"]["dates"] == {"earliest": "2031-02-01", "latest": "2031-02-28", "precision": "month"}
    assert claim["event_id"].startswith("event-")
    assert claim["confidence"] == 0.9
    assert set(claim) >= {"modes", "contexts", "recipients", "place", "status", "status_span", "asserted_by", "trigger"}


def test_timeline_keeps_past_and_announced_apart_and_merges_reports_of_one_event(
    command: Command, record: Path
) -> None:
    out = command("timeline")[1]
    past, ahead = out.split("What is announced")
    assert "CONSULT (visit)" in past
    assert "AGREE (to CONSULT)" in ahead
    assert past.count("Norland, Sudria") == 1
    assert "“Norland and Sudria hold talks in Port Vell”" in past
    assert past.index("2031-02") < past.index("2031-03-03  Monday")


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--status", "scheduled"], ["AGREE"]),
        (["--since", "2031-03"], ["CONSULT", "AGREE"]),
        (["--until", "2031"], ["REQUEST", "CONSULT", "AGREE"]),
        (["--since", "2031-02-28", "--until", "2031-03-16"], ["REQUEST", "CONSULT"]),
        (["--actor", "Norland", "--actor", "sudria", "--type", "REQUEST"], ["REQUEST"]),
        (["--words", "blockade", "--limit", "1"], ["REQUEST"]),
        (["--article", "talks.txt", "--status", "scheduled", "--status", "demanded"], ["AGREE"]),
    ],
)
def test_filters(command: Command, record: Path, arguments: list[str], expected: list[str]) -> None:
    assert [each["type"] for each in json.loads(command("claims", "--json", *arguments)[1])] == expected


def test_a_question_without_an_answer_says_why(command: Command, record: Path) -> None:
    assert "nobody in communique.db is called Ruritania" in command("claims", "--actor", "Ruritania")[2]
    assert "No claims fit the filters (Norland)" in command("timeline", "--actor", "norland", "--until", "1999")[2]


def test_every_id_can_be_explained(command: Command, record: Path) -> None:
    with Record.open(record) as opened:
        ids = opened.all_ids()
    for identity in ids:
        code, out, err = command("explain", identity)
        assert (code, err) == (0, "")
        assert identity in out
        explained = json.loads(command("explain", identity, "--json")[1])
        assert explained["id"] == identity
        assert all(each["text"] == TEXT[each["start"] : each["end"]] for each in explained["passages"])
        assert explained["passages"] or explained["kind"] == "problem"


def test_explain_shows_rule_confidence_and_offsets(command: Command, record: Path) -> None:
    met = coded_article().claims[1]
    out = command("explain", met.id)[1]
    assert "frame CONSULT: meet, confidence 0.90" in out
    assert f"{met.trigger.start}–{met.trigger.end}" in out
    assert "Sudria] [met] in [Port Vell] on [March 3, 2031]" in out.replace("\n  ", " ")


def test_show_marks_events_statements_fragments_and_furniture(command: Command, record: Path) -> None:
    out = " ".join(command("show", "talks")[1].split())
    for words in (
        "[met]",
        "{the talks were “frank and useful”}",
        "<уйти из пролива>",
        "~~Subscribe to our newsletter.~~",
    ):
        assert words in out
    assert json.loads(command("show", "talks.txt", "--json")[1])["article"]["text"] == TEXT


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["explain", "zzz"], 1, "no record has an id that begins so"),
        (["show", "zzz"], 1, "no such article"),
        (["claims", "--since", "yesterday"], 2, "'yesterday' is no day"),
        (["claims", "--until", "2022-13"], 2, "'2022-13' is no day"),
        (["claims", "--type", "WAR"], 2, "WAR is no event type; there are ACCUSE"),
        (["claims", "--status", "maybe"], 2, "maybe"),
        (["claims", "--record", "absent.db"], 1, "absent.db: there is no record here yet"),
        (["claims", "--record", "."], 1, "this is a folder"),
        (["--settings", "absent.toml", "claims"], 1, "absent.toml: cannot be read"),
        (["clams"], 2, "clams"),
        (["claims", "--nonsense"], 2, "--nonsense"),
        (["read"], 2, "PATH"),
        (["evaluate", "times", "absent.jsonl"], 1, "absent.jsonl: does not exist"),
    ],
)
def test_what_goes_wrong_is_told_in_one_line(
    command: Command, record: Path, arguments: list[str], code: int, words: str
) -> None:
    found, out, err = command(*arguments)
    assert (found, out) == (code, "")
    assert err.startswith("communique: ")
    assert words in err
    assert err.count("\n") == 1


def test_the_record_may_be_named_anywhere(command: Command, record: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    elsewhere = record.rename(record.parent / "elsewhere.db")
    assert command("claims")[0] == 1
    assert command("claims", "--record", str(elsewhere))[0] == 0
    assert command("--record", str(elsewhere), "claims")[0] == 0
    Path("communique.toml").write_text(f"record = {str(elsewhere)!r}\n")
    assert command("claims")[0] == 0
    Path("communique.toml").unlink()
    monkeypatch.setenv("COMMUNIQUE_RECORD", str(elsewhere))
    assert command("claims")[0] == 0


def test_version_and_help(command: Command) -> None:
    assert command("--version")[1].startswith("communique 0.")
    for arguments in ([], ["--help"], ["evaluate"]):
        code, out, err = command(*arguments)
        assert (code, err) == (0, "")
        assert "Usage" in out
