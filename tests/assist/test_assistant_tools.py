"""Each tool, driven by a client session of the SDK: what it answers stands on exact words, and says what is only said."""

from typing import Any

import pytest
from awkward import URL
from conversing import Refused, ask, citations, in_session
from handmade import LEAD, TEXT
from mcp import Client

from communique.assist.tools import TOOLS
from communique.records import Status
from communique.store import Record


def test_the_tools_are_listed_with_how_to_cite(record: Record) -> None:
    async def talk(client: Client) -> tuple[str | None, list[Any]]:
        return client.instructions, list((await client.list_tools()).tools)

    instructions, tools = in_session(record, talk)
    assert [tool.name for tool in tools] == ["search", "timeline", "positions", "meetings", "explain", "article"]
    assert instructions is not None
    for needed in ("`quotation`", "`status_means`", "`voices`", "`disputed`", "never instructions"):
        assert needed in instructions
    for tool in tools:
        assert tool.description
        assert tool.annotations.read_only_hint
        assert tool.input_schema["additionalProperties"] is False
        assert all(each["description"] for each in tool.input_schema["properties"].values())


@pytest.mark.parametrize(
    ("tool", "arguments"),
    [
        ("search", {"words": "talks"}),
        ("timeline", {}),
        ("positions", {}),
        ("meetings", {}),
        ("article", {"id": URL}),
    ],
)
def test_every_quotation_is_the_article_s_own_words(record: Record, tool: str, arguments: dict[str, object]) -> None:
    answer = ask(record, tool, **arguments)
    articles = {article.id: article for article in record.articles()}
    quoted = [each for each in citations(answer) if "article_id" in each]
    for each in quoted:
        article = articles[each["article_id"]]
        assert article.text[each["start"] : each["end"]] == each["quotation"]
        assert each["address"] == (article.url or article.source)
        assert each["outlet"]
        assert each["published"] == (article.published.day.isoformat() if article.published else None)
    assert quoted or tool == "article"


def test_search_gives_the_sentences_and_what_was_coded_from_them(record: Record) -> None:
    answer = ask(record, "search", words='"frank and useful"')
    assert answer["articles_found"] == 3
    first = answer["results"][0]
    assert [each["quotation"] for each in first["passages"]] == [LEAD.split(". ", 1)[1]]
    (said,) = first["coded"]
    assert said["kind"] == "statement"
    assert said["who_said_it"] == ["Ada Holm"]
    assert "that it is true" in said["status_means"]
    assert ask(record, "search", words="zeppelin")["results"] == []


def test_search_finds_words_without_case_and_accents_but_not_in_furniture(record: Record) -> None:
    (passage,) = ask(record, "search", words="FOREÍGN", limit=1)["results"][0]["passages"]
    assert passage["quotation"].startswith("Foreign ministers")
    assert ask(record, "search", words="newsletter", limit=1)["results"][0]["passages"] == []


def test_timeline_tells_status_voices_and_disputes(record: Record) -> None:
    answer = ask(record, "timeline", status=["disputed"])
    (event,) = answer["results"]
    assert (event["status"], event["articles"], event["voices"]) == ("occurred", 2, 2)
    assert event["who"] == ["Norland", "Sudria"]
    (dispute,) = event["disputed"]
    assert dispute["field"] == "place"
    assert [(each["value"], each["voices"]) for each in dispute["values"]] == [("Port Vell", 2), ("none", 1)]
    assert all(each["quotation"] in TEXT for each in dispute["values"])


def test_what_is_denied_announced_or_only_asked_for_is_told_so(record: Record) -> None:
    told = {
        (report["type"], report["status"]): report["status_means"]
        for event in ask(record, "timeline", limit=50)["results"]
        for report in event["reports"]
    }
    assert told["CONSULT", "occurred"] == "reported as having happened"
    assert "not having happened" in told["CONSULT", "denied"]
    assert "announced for the future" in told["AGREE", "scheduled"]
    assert told["REQUEST", "occurred"].endswith("what was asked for is not reported by it as done")
    assert "COERCE" not in {type_ for type_, _ in told}
    assert {status for _, status in told} <= set(Status)


def test_a_copy_is_said_to_be_one(record: Record) -> None:
    (event,) = ask(record, "timeline", status=["disputed"])["results"]
    copies = [report.get("copy_of_an_earlier_report", False) for report in event["reports"]]
    assert copies[0] is False
    assert sorted(copies) == [False, True]


def test_types_of_the_user_s_own_can_be_asked_for(record: Record) -> None:
    assert ask(record, "timeline", type=["water"])["events_found"] == 1
    with pytest.raises(Refused, match="type 'FLOOD' is no event type; there are ACCUSE, AGREE"):
        ask(record, "timeline", type=["flood"])


def test_positions_tell_who_says_so(record: Record) -> None:
    (line,) = ask(record, "positions", issue=["Navigation"], party="Sudria")["results"]
    assert (line["party"], line["stance_now"]) == ("Sudria", "demands")
    (entry,) = line["entries"]
    assert entry["said_by"] == "others about the party"
    assert entry["voices"] == 2
    assert {report["quotation"] for report in entry["reports"]} == {"that Norland withdraw its patrol boats"}
    with pytest.raises(Refused, match="'fishing quotas' is not one of this record; it has navigation"):
        ask(record, "positions", issue=["fishing quotas"])
    assert ask(record, "positions", party="Norland")["results"] == []


def test_meetings_tell_what_moved_them(record: Record) -> None:
    (meeting,) = ask(record, "meetings", actor=["Norland", "Sudria"])["results"]
    assert meeting["status"] == "announced"
    assert "not reported as held" in meeting["status_means"]
    assert meeting["when"]["first"] == "2031-03-17"
    assert len(meeting["moves"]) == 2
    assert meeting["moves"][0]["report"]["only_if"] == "if Sudria lifts the blockade of the strait"
    assert ask(record, "meetings", status=["held"])["results"] == []


def test_explain_goes_down_to_the_words(record: Record) -> None:
    events = ask(record, "timeline", status=["disputed"])["results"]
    for asked in (events[0]["id"], events[0]["reports"][0]["id"]):
        answer = ask(record, "explain", id=asked)
        assert answer["status"] == "occurred"
        assert answer["passages"]
        assert all(each["quotation"] in TEXT for each in citations(answer))
        words = [word for field in answer["fields"] for word in field["words"]]
        assert words
        assert all({"start", "end", "article_id"} <= set(word) for word in words)
    assert ask(record, "explain", id=events[0]["id"])["disputed"][0]["field"] == "place"


def test_every_id_that_is_given_can_be_explained(record: Record) -> None:
    found: set[str] = set()
    waiting: list[Any] = [ask(record, tool) for tool in ("timeline", "positions", "meetings")]
    waiting.append(ask(record, "search", words="talks"))
    while waiting:
        each = waiting.pop()
        if isinstance(each, dict):
            found |= {each[name] for name in ("id", "event_id", "article_id") if name in each}
            waiting += each.values()
        elif isinstance(each, list):
            waiting += each
    assert len(found) > 10
    for identity in found:
        assert ask(record, "explain", id=identity)["id"] == identity


def test_an_article_comes_in_pieces_that_join(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.assist.looking.PIECE", 90)
    text, start = "", 0
    while start is not None:
        piece = ask(record, "article", id=URL, start=start)
        assert piece["end"] - piece["start"] <= 90
        assert piece["start"] == len(text)
        text, start = text + piece["text"], piece["next_start"]
    assert text == TEXT
    (aside,) = piece["not_part_of_the_article"]
    assert aside["because"] == "newsletter"
    with pytest.raises(Refused, match="start is 9999, but the article has"):
        ask(record, "article", id=URL, start=9999)


def test_pages_join_to_the_whole(record: Record) -> None:
    whole = [event["id"] for event in ask(record, "timeline", limit=50)["results"]]
    paged, cursor = [], None
    while True:
        answer = ask(record, "timeline", limit=2, **({"cursor": cursor} if cursor else {}))
        assert answer["events_found"] == len(whole)
        paged += [event["id"] for event in answer["results"]]
        cursor = answer["next_cursor"]
        if cursor is None:
            break
    assert paged == whole
    assert len(whole) > 4


def test_an_answer_that_would_be_too_long_is_given_in_parts(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.assist.tools.LONGEST_ANSWER", 2_000)
    answer = ask(record, "timeline", limit=50)
    assert len(answer["results"]) < answer["events_found"]
    assert answer["next_cursor"]


def test_a_long_quotation_is_cut_and_says_so(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.assist.citing.shortened.__defaults__", (20,))
    cut = [each for each in citations(ask(record, "timeline")) if "goes_on_to" in each]
    assert cut
    for each in cut:
        assert len(each["quotation"]) <= 20
        assert each["quotation"] in TEXT
        assert each["goes_on_to"] > each["end"]


@pytest.mark.parametrize(
    ("tool", "arguments", "told"),
    [
        ("search", {}, "search: words is missing"),
        ("search", {"words": "a", "nation": "Norland"}, "nation is no argument; there are words, actor"),
        ("search", {"words": "x" * 400}, "words is longer than 300"),
        ("timeline", {"since": "soon"}, "since is 'soon', which is no day; write 2022-01-10"),
        ("timeline", {"until": "2022-02-30"}, "until is '2022-02-30', which is no day"),
        ("timeline", {"limit": 500, "since": 7}, "since is 7, which is no day.*; limit is 500, but must be a whole"),
        ("timeline", {"limit": True}, "limit is True"),
        ("timeline", {"status": ["done"]}, "status is 'done', which is none of occurred"),
        ("timeline", {"actor": [{"name": "Norland"}]}, "actor is .*, but must be a text"),
        ("timeline", {"actor": [str(number) for number in range(20)]}, "actor has 20 values, more than 12"),
        ("timeline", {"cursor": "abc"}, "abc is no place in a list"),
        ("explain", {"id": "zzz"}, "explain: zzz: no record has an id that begins so"),
        ("article", {"id": "nowhere"}, "article: nowhere: no such article"),
        ("chat", {}, "chat is no tool; there are search, timeline"),
    ],
)
def test_a_wrong_question_is_told_in_one_line(record: Record, tool: str, arguments: dict[str, Any], told: str) -> None:
    with pytest.raises(Refused, match=told) as refusal:
        ask(record, tool, **arguments)
    assert "\n" not in str(refusal.value)


def test_one_value_may_stand_by_itself(record: Record) -> None:
    assert ask(record, "timeline", actor="Norland") == ask(record, "timeline", actor=["Norland"])


def test_what_is_not_linked_yet_is_told(record: Record, tmp_path: Any) -> None:
    from handmade import RUN, coded_article

    with Record.open(tmp_path / "new.db", create=True) as new:
        new.add(coded_article(), RUN)
        answer = ask(new, "timeline")
    assert answer["results"] == []
    assert answer["note"].startswith("1 articles of this record are not linked yet")


def test_a_fault_of_the_program_is_no_traceback(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ZeroDivisionError("secret")

    monkeypatch.setattr(type(TOOLS["search"]), "call", fails)
    with pytest.raises(Refused, match="the program failed at this") as refusal:
        ask(record, "search", words="talks")
    assert "secret" not in str(refusal.value)
