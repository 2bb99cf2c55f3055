"""`evaluate links` on a small record that is put together by hand: what counts as found, joined, agreed, right."""

from datetime import date
from pathlib import Path

import pytest
import yaml

from communique.evaluate.clusters import b_cubed, pairwise
from communique.evaluate.linked_events import as_number
from communique.evaluate.linked_gold import LinkedGold, load_linked_gold
from communique.evaluate.linked_record import LinkedRecord
from communique.evaluate.linked_standing import same_turns
from communique.evaluate.links import compare
from communique.records import (
    Actor,
    ActorKind,
    Article,
    Block,
    BlockKind,
    Claim,
    CodedArticle,
    CopyGroup,
    CopyKind,
    DateRange,
    FieldAgreement,
    FieldValue,
    Line,
    LineEntry,
    LinkedEvent,
    LinkedMeeting,
    Links,
    MediaType,
    MeetingMove,
    MeetingStatus,
    Page,
    Precision,
    ReadingError,
    Role,
    Span,
    Stance,
    Status,
    make_actor,
)

DAY = date(2022, 1, 10)
NORWAY = make_actor(name="Norway", kind=ActorKind.STATE, country="NOR")
CHAD = make_actor(name="Chad", kind=ActorKind.STATE, country="TCD")
UNION = make_actor(name="African Union", kind=ActorKind.ORGANIZATION)
TEXTS = {
    "wire": "Norway and Chad met in Oslo for two hours. The army killed 12 men.",
    "copy": "Norway and Chad met in Oslo for two hours. The army killed 12 men.",
    "own": "Envoys of Chad talked with Norway. At least 20 were killed by the army.",
}
GOLD = {
    "copies": [["wire", "copy"]],
    "events": [
        {
            "id": "talks",
            "type": "CONSULT",
            "members": [
                {"in": ["wire", "copy"], "words": ["Norway and Chad met in Oslo"]},
                {"in": "own", "words": ["Envoys of Chad talked with Norway"]},
            ],
            "apart": ["killing"],
        },
        {
            "id": "killing",
            "type": ["ASSAULT", "COERCE"],
            "members": [
                {"in": ["wire", "copy"], "words": ["The army killed 12 men"]},
                {"in": "own", "words": ["At least 20 were killed"]},
            ],
        },
    ],
    "agreement": [
        {
            "event": "killing",
            "field": "deaths",
            "disputed": True,
            "values": [{"value": 12, "in": ["wire"]}, {"value": 20, "in": ["own"]}],
        },
        {"event": "talks", "field": "duration", "disputed": False, "values": [{"value": 110, "in": ["wire", "copy"]}]},
    ],
    "meetings": [
        {
            "id": "oslo",
            "parties": ["NOR", ["Union", "African Union"]],
            "date": DAY,
            "place": "Oslo",
            "status": "held",
            "history": [["announced", date(2022, 1, 2)], ["held", DAY]],
        }
    ],
    "positions": [
        {"issue": "talks", "party": "TCD", "from": DAY, "to": DAY, "now": ["offers"], "changes": [DAY]},
        {"issue": "ceasefire", "party": "TCD", "from": DAY, "to": DAY, "now": ["offers"], "changes": []},
    ],
}


@pytest.fixture
def gold(tmp_path: Path) -> LinkedGold:
    return load_linked_gold(_folder(tmp_path, GOLD))


def test_everything_right_is_told_as_right(gold: LinkedGold) -> None:
    scores = compare(gold, _record())
    told = scores.as_json()
    assert told["copies"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0, "n": 1}
    assert told["events"]["f1"] == 1.0
    assert (told["events"]["found"], told["events"]["members"]) == (6, 6)
    assert told["events"]["apart"] == {"right": 1, "expected": 1}
    assert told["agreement"] == {"right": 2, "expected": 2}
    assert told["meetings"] == {"right": 1, "found": 1, "expected": 1, "dates": 1, "histories": 1}
    assert told["positions"] == {"right": 1, "found": 1, "expected": 2, "now": 1, "changes": 1}
    assert scores.errors == ("position of TCD on ceasefire: missed",)
    assert {len(row) for row in scores.table()} == {6}


def test_an_event_in_parts_costs_recall_and_is_told(gold: LinkedGold) -> None:
    scores = compare(gold, _record(joined={"talks": [["wire", "copy"], ["own"]]}))
    # talks: two items see 2 of 3, one sees 1 of 3; killing is whole
    assert scores.events.clusters.precision == 1.0
    assert scores.events.clusters.recall == pytest.approx((2 * 2 / 3 + 1 / 3 + 3) / 6)
    assert "event talks is in 2 parts: wire, copy | own" in scores.errors


def test_look_alikes_in_one_event_cost_precision_and_are_told(gold: LinkedGold) -> None:
    scores = compare(gold, _record(mixed=True))
    assert scores.events.clusters.precision == 0.5
    assert scores.events.apart == 0
    assert "events killing and talks are one, and must be apart" in scores.errors


def test_a_member_without_a_claim_of_its_type_stands_alone(gold: LinkedGold) -> None:
    scores = compare(gold, _record(kind="REJECT"))
    assert scores.events.found == 3
    assert scores.events.clusters.recall == pytest.approx((3 * 1 / 3 + 3) / 6)
    assert scores.events.matched.f1 == 1.0
    assert any("missed CONSULT of talks" in line and "only REJECT there" in line for line in scores.errors)


def test_a_dispute_that_is_not_told_is_wrong(gold: LinkedGold) -> None:
    scores = compare(gold, _record(deaths=(("12", ("wire", "copy", "own")),)))
    assert scores.events.agreement == 1
    assert "event killing: deaths should be 12.0 | 20.0, is 12" in scores.errors


def test_a_meeting_with_the_wrong_end_is_found_and_not_right(gold: LinkedGold) -> None:
    scores = compare(gold, _record(status=MeetingStatus.ANNOUNCED))
    assert scores.meetings.as_json() == {"right": 0, "found": 1, "expected": 1, "dates": 1, "histories": 0}
    assert "meeting oslo: is announced, should be held" in scores.errors


def test_copies_joined_wrongly_cost_precision(gold: LinkedGold) -> None:
    scores = compare(gold, _record(copies=("wire", "copy", "own")))
    assert (scores.copies.precision, scores.copies.recall) == (pytest.approx(1 / 3), 1.0)
    assert "copies copy, own, wire are one group, wrongly" in scores.errors


def test_turns_may_be_told_a_day_off_and_no_more() -> None:
    wanted = ((DAY, DAY),)
    assert same_turns([date(2022, 1, 11)], wanted)
    assert not same_turns([date(2022, 1, 12)], wanted)
    assert not same_turns([DAY, DAY], wanted)
    assert not same_turns([None], wanted)
    assert same_turns([], ())


@pytest.mark.parametrize(
    ("value", "number"),
    [("PT7H30M", 450), ("PT7.5H", 450), ("P1D", 1440), ("7.5 hours", 450), ("12", 12), ("at least 1,200", 1200)],
)
def test_values_are_read_as_numbers(value: str, number: float) -> None:
    assert as_number(value) == number


def test_a_word_is_no_number() -> None:
    assert as_number("occurred") is None


def test_b_cubed_weighs_items() -> None:
    """Two clusters of three and two, one item astray: each item counts, whatever the size of its cluster."""
    gold = {1: "a", 2: "a", 3: "a", 4: "b", 5: "b"}
    found = {1: "x", 2: "x", 3: "y", 4: "y", 5: "y"}
    score = b_cubed(gold, found)
    assert score.precision == pytest.approx((1 + 1 + 1 / 3 + 2 / 3 + 2 / 3) / 5)
    assert score.recall == pytest.approx((2 / 3 + 2 / 3 + 1 / 3 + 1 + 1) / 5)


def test_nothing_to_find_and_nothing_found_is_right() -> None:
    assert pairwise([], []).f1 == 1.0
    assert b_cubed({}, {}).f1 == 1.0


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"copies": [["wire", "nobody"]]}, "nobody is not defined"),
        ({"events": [{"id": "x", "type": "CONSULT", "members": [], "apart": ["y"]}]}, "y is not defined"),
        ({"surprise": []}, "surprise"),
    ],
)
def test_a_gold_that_is_wrong_is_refused_in_one_line(tmp_path: Path, change: dict[str, object], said: str) -> None:
    with pytest.raises(ReadingError, match=said):
        load_linked_gold(_folder(tmp_path, GOLD | {"agreement": []} | change))


def test_a_folder_without_gold_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"give a folder with gold\.yaml"):
        load_linked_gold(tmp_path)


def _folder(path: Path, gold: dict[str, object]) -> Path:
    (path / "gold.yaml").write_text(yaml.safe_dump(gold), encoding="utf-8")
    (path / "articles.yaml").write_text(
        yaml.safe_dump({key: {"file": f"{key}.txt"} for key in TEXTS}), encoding="utf-8"
    )
    return path


def _record(
    *,
    kind: str = "CONSULT",
    joined: dict[str, list[list[str]]] | None = None,
    mixed: bool = False,
    deaths: tuple[tuple[str, tuple[str, ...]], ...] = (("12", ("wire", "copy")), ("at least 20", ("own",))),
    status: MeetingStatus = MeetingStatus.HELD,
    copies: tuple[str, ...] = ("wire", "copy"),
) -> LinkedRecord:
    """The three articles, each with a claim about the talks and one about the killing, linked as asked."""
    coded = {key: _coded(key, text, kind) for key, text in TEXTS.items()}
    groups = {"talks": [list(TEXTS)], "killing": [list(TEXTS)]} | (joined or {})
    if mixed:
        events = [_event([f"{key}-{name}" for key in TEXTS for name in ("talks", "killing")], kind, ())]
    else:
        events = [
            _event([f"{key}-{name}" for key in group], kind if name == "talks" else "ASSAULT", _fields(name, deaths))
            for name, parts in groups.items()
            for group in parts
        ]
    links = Links(
        copies=(CopyGroup(id="copies", articles=copies, kind=CopyKind.EXACT, similarity=1.0),),
        events=tuple(events),
        meetings=(_meeting(status),),
        lines=(_line(),),
    )
    actors: dict[str, Actor] = {each.id: each for each in (NORWAY, CHAD, UNION)}
    return LinkedRecord(articles=coded, links=links, actors=actors)


def _coded(key: str, text: str, kind: str) -> CodedArticle:
    page = Page(id=f"page-{key}", source=key, content=b"", content_hash="", media_type=MediaType.TEXT)
    whole = Span(article_id=key, start=0, end=len(text))
    article = Article(
        id=key, page_id=page.id, source=f"{key}.txt", text=text, blocks=(Block(span=whole, kind=BlockKind.BODY),)
    )
    first = text.index(".") + 1
    claims = (
        _claim(f"{key}-talks", kind, article, "met" if "met" in text else "talked", 0, first),
        _claim(f"{key}-killing", "ASSAULT", article, "killed", first + 1, len(text)),
    )
    return CodedArticle(page=page, article=article, claims=claims)


def _claim(identity: str, kind: str, article: Article, trigger: str, start: int, end: int) -> Claim:
    at = article.text.index(trigger)
    return Claim(
        id=identity,
        article_id=article.id,
        type=kind,
        modes=(),
        contexts=(),
        actors=(Role(actor_id=NORWAY.id, span=None),),
        recipients=(),
        date=None,
        place=None,
        status=Status.OCCURRED,
        status_span=None,
        asserted_by=(),
        trigger=article.span(at, at + len(trigger)),
        evidence=(article.span(start, end),),
        decisions=(),
    )


def _fields(name: str, deaths: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[FieldAgreement, ...]:
    if name == "talks":
        told = FieldValue(value="PT2H", claims=("wire-talks", "copy-talks"), voices=1)
        return (FieldAgreement(field="duration", values=(told,)),)
    values = tuple(
        FieldValue(value=value, claims=tuple(f"{key}-killing" for key in keys), voices=1) for value, keys in deaths
    )
    return (FieldAgreement(field="deaths", values=values),)


def _event(claims: list[str], kind: str, fields: tuple[FieldAgreement, ...]) -> LinkedEvent:
    return LinkedEvent(
        id=f"event-{claims[0]}",
        type=kind,
        claims=tuple(claims),
        status=Status.OCCURRED,
        actors=(),
        recipients=(),
        dates=None,
        place=None,
        country=None,
        modes=(),
        articles=len(claims),
        voices=len(claims),
        fields=fields,
    )


def _meeting(status: MeetingStatus) -> LinkedMeeting:
    announced = MeetingMove(
        status=MeetingStatus.ANNOUNCED, claim_id="wire-talks", article_id="wire", day=date(2022, 1, 2)
    )
    moved = MeetingMove(status=status, claim_id="own-talks", article_id="own", day=DAY)
    return LinkedMeeting(
        id="meeting",
        meetings=("one",),
        parties=(NORWAY.id, UNION.id),
        dates=DateRange(earliest=DAY, latest=DAY, precision=Precision.DAY),
        place="Oslo",
        country="NOR",
        format=None,
        status=status,
        moves=(announced, moved),
        articles=2,
        voices=2,
    )


def _line() -> Line:
    entries = (
        LineEntry(positions=("a",), stance=Stance.REJECTS, day=date(2022, 1, 3)),
        LineEntry(positions=("b",), stance=Stance.OFFERS, day=DAY, changed=True),
    )
    return Line(id="line", issue="talks", party=CHAD.id, side="country:TCD", now=Stance.OFFERS, entries=entries)
