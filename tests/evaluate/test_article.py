"""The article scorer: a perfect reading gets everything, and each spoilt thing costs what it should."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from careful_reader import read_carefully
from hypothesis import given
from hypothesis import strategies as st

from communique.evaluate.article import SECTIONS, ArticleScores, compare, evaluate_article
from communique.evaluate.assignment import assign
from communique.evaluate.expected import load_expected
from communique.evaluate.iso_dates import date_agrees
from communique.evaluate.locating import Locator, plain
from communique.records import (
    Actor,
    ActorKind,
    Article,
    Block,
    BlockKind,
    CodedArticle,
    ReadingError,
    Role,
    Stance,
    StatementKind,
    Status,
)

ARTICLES = Path(__file__).resolve().parents[1] / "articles"
GOLD = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold"
CLASH = ARTICLES / "in_the_wild" / "border-clash-batken"
CALLED_OFF = ARTICLES / "in_the_wild" / "talks-called-off"
EXPELLED = ARTICLES / "in_the_wild" / "envoys-expelled"
PLAIN_TEXTS = sorted(path.parent for path in ARTICLES.glob("*/*/article.txt"))


def perfect(folder: Path) -> CodedArticle:
    return read_carefully(folder, load_expected(folder))


def score(folder: Path, coded: CodedArticle) -> ArticleScores:
    return compare(load_expected(folder), coded)


def spoil(records: Iterable[Any], number: int, **changes: Any) -> tuple[Any, ...]:
    return tuple(replace(each, **changes) if n == number else each for n, each in enumerate(records))


def everything_found(scores: ArticleScores) -> bool:
    told = scores.as_json()
    return all(told[name]["found"] == told[name]["expected"] and told[name]["wrong"] == 0 for name in SECTIONS)


@pytest.mark.parametrize("folder", PLAIN_TEXTS, ids=lambda path: path.name)
def test_a_perfect_reading_gets_everything(folder: Path) -> None:
    scores = evaluate_article(folder, lambda path: perfect(folder))
    assert everything_found(scores), "\n".join(scores.errors)
    assert scores.never == ()
    assert scores.unmatched == ()


@pytest.mark.skipif(not GOLD.is_dir(), reason="the development sets are not beside this checkout")
def test_a_perfect_reading_of_the_development_article_gets_everything() -> None:
    scores = score(GOLD / "geneva", perfect(GOLD / "geneva"))
    assert everything_found(scores), "\n".join(scores.errors)
    assert scores.as_json()["events"] == {"found": 14, "expected": 14, "wrong": 0}
    assert scores.linked.found == 1
    assert scores.as_json()["meetings"]["expected"] == 2


def test_an_empty_reading_finds_nothing_and_invents_nothing() -> None:
    coded = perfect(CLASH)
    bare = replace(coded.article, blocks=(), fragments=())
    scores = score(CLASH, CodedArticle(page=coded.page, article=bare)).as_json()
    assert {scores[name]["found"] for name in SECTIONS} == {0}
    assert {scores[name]["wrong"] for name in SECTIONS} == {0}
    assert scores["never"] == scores["unmatched_claims"] == 0


def claim_number(coded: CodedArticle, event: str) -> int:
    return next(n for n, claim in enumerate(coded.claims) if claim.id == f"claim-{event}")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"type": "REJECT"}, "type REJECT instead of REQUEST"),
        ({"status": Status.DEMANDED}, "status demanded instead of occurred"),
        ({"recipients": ()}, "recipient nobody instead of Tajikistan"),
        ({"actors": (Role(actor_id="actor-OSCE", span=None),)}, "actor OSCE instead of Kyrgyzstan"),
        (
            {"actors": (Role(actor_id="actor-Kyrgyzstan", span=None), Role(actor_id="actor-Russia", span=None))},
            "actor Kyrgyzstan, Russia instead of Kyrgyzstan",
        ),
    ],
)
def test_a_claim_that_disagrees_in_one_field_is_missed_and_wrong(changes: dict[str, Any], words: str) -> None:
    coded = perfect(CLASH)
    spoilt = replace(coded, claims=spoil(coded.claims, claim_number(coded, "punish"), **changes))
    scores = score(CLASH, spoilt)
    assert scores.events.found == scores.events.expected - 1
    assert scores.events.wrong == 1
    assert any(words in line for line in scores.events.errors)


def test_a_body_may_stand_for_its_state_but_one_person_not_for_another() -> None:
    coded = perfect(CALLED_OFF)
    number = claim_number(coded, "cancelled")
    ministry = (Role(actor_id="actor-Ministry of Defence of Azerbaijan", span=None),)
    assert everything_found(score(CALLED_OFF, replace(coded, claims=spoil(coded.claims, number, actors=ministry))))
    person = Actor(id="actor-aliyev", name="Ilham Aliyev", kind=ActorKind.PERSON, country="AZE", sectors=("GOV",))
    statements = spoil(
        coded.statements,
        next(n for n, each in enumerate(coded.statements) if "Bayramov" in each.id),
        speaker=Role(actor_id=person.id, span=None),
    )
    named = replace(
        coded,
        statements=statements,
        actors=(*spoil_kind(coded.actors, "Jeyhun Bayramov"), person),
    )
    scores = score(CALLED_OFF, named)
    assert scores.statements.found == scores.statements.expected - 1
    assert scores.statements.wrong == 1


def spoil_kind(actors: tuple[Actor, ...], name: str) -> tuple[Actor, ...]:
    return tuple(replace(each, kind=ActorKind.PERSON) if each.name == name else each for each in actors)


def test_a_second_mention_counts_only_when_linked() -> None:
    coded = perfect(EXPELLED)
    apart = replace(
        coded,
        events=tuple(
            replace(event, id=f"{event.id}-{claim}", claims=(claim,))
            for event in coded.events
            for claim in event.claims
        ),
    )
    whole, parted = score(EXPELLED, coded), score(EXPELLED, apart)
    assert (whole.linked.found, parted.linked.found) == (2, 0)
    assert parted.events.found == whole.events.found - 2


SHORT = """
article: {}
actors:
  - {name: Norway, mentions: [Norway], country: NOR}
  - {name: Hassan Idris, mentions: [Hassan Idris, Idris], country: SDN, sector: [REB, PTY]}
events:
  - {id: met, quote: "Norway received Hassan Idris", type: CONSULT, actor: Hassan Idris, recipient: Norway, status: occurred}
  - {id: again, quote: "Idris visited Norway", actor: Hassan Idris, recipient: Norway, same_as: met}
statements:
  - {speaker: Hassan Idris, quote: "it was useful"}
meetings: []
"""


def test_a_second_mention_inherits_and_any_sector_or_kind_will_do(tmp_path: Path) -> None:
    (tmp_path / "expected.yaml").write_text(SHORT, encoding="utf-8")
    text = "Norway received Hassan Idris. Idris visited Norway on Monday. Idris said it was useful."
    (tmp_path / "article.txt").write_text(text, encoding="utf-8")
    coded = read_carefully(tmp_path, load_expected(tmp_path))
    assert everything_found(score(tmp_path, coded))
    other = replace(coded, claims=spoil(coded.claims, 1, type="AGREE"))
    assert score(tmp_path, other).events.found == 1
    silent = replace(coded, claims=spoil(coded.claims, 1, status=Status.ASKED))
    assert score(tmp_path, silent).events.found == 1


@pytest.mark.parametrize(("status", "broken"), [(Status.OCCURRED, 1), (Status.ONGOING, 1), (Status.DEMANDED, 0)])
def test_never_is_broken_only_by_what_is_coded_as_done(status: Status, broken: int) -> None:
    coded = perfect(CLASH)
    extra = replace(coded.claims[0], id="extra", type="RETREAT", status=status)
    assert len(score(CLASH, replace(coded, claims=(*coded.claims, extra))).never) == broken


def test_a_claim_away_from_every_expected_event_is_unmatched() -> None:
    coded = perfect(CLASH)
    place = Locator(coded.article).first("But in Batken reporters heard shots also after lunch")
    assert place
    extra = replace(coded.claims[0], id="extra", trigger=place, evidence=(place,))
    scores = score(CLASH, replace(coded, claims=(*coded.claims, extra)))
    assert len(scores.unmatched) == 1
    assert "reporters heard shots" in scores.unmatched[0]
    assert scores.events.wrong == 0


def test_what_a_found_demand_is_about_may_be_kept_as_a_claim_of_its_own() -> None:
    coded = perfect(CLASH)
    demand = coded.claims[claim_number(coded, "punish")]
    about = replace(demand, id="extra", type="SANCTION", status=Status.DEMANDED)
    assert score(CLASH, replace(coded, claims=(*coded.claims, about))).events.wrong == 0
    done = replace(about, status=Status.OCCURRED)
    assert score(CLASH, replace(coded, claims=(*coded.claims, done))).events.wrong == 1


def test_furniture_that_is_coded_and_article_that_is_not_are_both_counted() -> None:
    coded = perfect(CLASH)
    kept = tuple(replace(block, kind=BlockKind.BODY) for block in coded.article.blocks)
    scores = score(CLASH, replace(coded, article=replace(coded.article, blocks=kept)))
    assert (scores.furniture.found, scores.furniture.wrong) == (0, 0)
    dropped = tuple(replace(block, kind=BlockKind.FURNITURE) for block in coded.article.blocks)
    assert score(CLASH, replace(coded, article=replace(coded.article, blocks=dropped))).furniture.wrong > 3


def test_a_wrong_value_loses_the_time_and_counts_as_wrong() -> None:
    coded = perfect(CLASH)
    scores = score(CLASH, replace(coded, times=spoil(coded.times, 0, value="2021-01-27")))
    assert (scores.times.found, scores.times.wrong) == (scores.times.expected - 1, 1)


def test_mentions_resolved_to_somebody_else_are_missed_and_wrong() -> None:
    coded = perfect(CLASH)
    moscow = next(n for n, each in enumerate(coded.mentions) if each.id.startswith("m-Moscow"))
    scores = score(CLASH, replace(coded, mentions=spoil(coded.mentions, moscow, actor_id="actor-Tajikistan")))
    assert (scores.actors.found, scores.actors.wrong) == (scores.actors.expected - 1, 1)
    unresolved = score(CLASH, replace(coded, mentions=spoil(coded.mentions, moscow, actor_id=None)))
    assert (unresolved.actors.found, unresolved.actors.wrong) == (scores.actors.expected - 1, 0)


@pytest.mark.parametrize(
    ("section", "spoilt"),
    [
        ("statements", lambda coded: {"statements": spoil(coded.statements, 0, kind=StatementKind.DIRECT)}),
        ("positions", lambda coded: {"positions": spoil(coded.positions, 0, stance=Stance.OFFERS)}),
        ("positions", lambda coded: {"positions": spoil(coded.positions, 0, of=())}),
        (
            "fragments",
            lambda coded: {
                "article": replace(coded.article, fragments=spoil(coded.article.fragments, 0, language="uk"))
            },
        ),
    ],
)
def test_one_spoilt_record_costs_one(section: str, spoilt: Callable[[CodedArticle], dict[str, Any]]) -> None:
    coded = perfect(CLASH)
    part = getattr(score(CLASH, replace(coded, **spoilt(coded))), section)
    assert (part.found, part.wrong) == (part.expected - 1, 1)


def test_a_meeting_needs_its_parties_its_date_and_its_status() -> None:
    coded = perfect(CALLED_OFF)
    for changes in (
        {"status": coded.meetings[1].status},
        {"date": coded.meetings[1].date},
        {"parties": coded.meetings[1].parties},
    ):
        scores = score(CALLED_OFF, replace(coded, meetings=spoil(coded.meetings, 0, **changes)))
        assert (scores.meetings.found, scores.meetings.wrong) == (2, 1)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (None, "cannot be read"),
        ("article: [", "not valid YAML"),
        ("times: []", "article: Field required"),
        ("article: {}\nevents: [{id: a, quote: b, type: ASSAULT, same_as: c}]", "same_as names 'c'"),
        ("article: {}", "neither article.txt nor article.html"),
        ("article: {}\nsource: elsewhere.txt", "the source elsewhere.txt is not there"),
    ],
)
def test_a_folder_that_cannot_be_used_gets_one_clear_line(tmp_path: Path, content: str | None, words: str) -> None:
    if content is not None:
        (tmp_path / "expected.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(ReadingError) as caught:
        evaluate_article(tmp_path, lambda path: perfect(CLASH))
    assert words in str(caught.value)
    assert "\n" not in str(caught.value)


def article_of(text: str) -> Article:
    return Article(id="a", page_id="p", source="s", text=text, blocks=())


@pytest.mark.parametrize(
    ("text", "quote", "after", "found"),
    [
        ("He said “no” on\u00a0Monday.", '"no" on Monday', None, "“no” on\u00a0Monday"),
        ("On Monday he left. On Monday week he returned.", "Monday", "left. On", "Monday"),
        ("May this help: in May he left", "May", "in", "May"),
        ("Mayor May said", "May", None, "May"),
    ],
)
def test_quotes_are_found_in_other_spaces_and_quotation_marks(
    text: str, quote: str, after: str | None, found: str
) -> None:
    place = Locator(article_of(text)).first(quote, after)
    assert place
    assert place.of(text) == found
    assert place.start == (text.rfind(found) if after else text.find(found) if "Mayor" not in text else 6)


def test_places_in_furniture_come_last() -> None:
    article = article_of("Talks today\nTalks today")
    block = Block(span=article.span(0, 11), kind=BlockKind.FURNITURE, reason="menu")
    place = Locator(replace(article, blocks=(block,))).first("Talks")
    assert place
    assert place.start == 12


@given(st.text(alphabet="ab “”\u00a0\n–'", max_size=40), st.data())
def test_every_part_of_a_text_is_found_in_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    quote = text[start : data.draw(st.integers(start, len(text)))]
    if plain(quote):
        place = Locator(article_of(text)).first(quote)
        assert place
        assert plain(place.of(text)) == plain(quote)


@given(st.lists(st.lists(st.integers(0, 5), max_size=4), max_size=6))
def test_assignment_is_one_to_one_and_leaves_no_free_pair(candidates: list[list[int]]) -> None:
    pairs = assign(candidates)
    assert len(set(pairs.values())) == len(pairs)
    assert all(record in candidates[entry] for entry, record in pairs.items())
    free = [entry for entry in range(len(candidates)) if entry not in pairs]
    assert all(record in pairs.values() for entry in free for record in candidates[entry])


@pytest.mark.parametrize(
    ("wanted", "value", "agrees"),
    [
        ("2022-01-10", "2022-01-10TEV", True),
        ("2022-01-10", "2022-01", False),
        ("2025-01", "2025-01-20", True),
        ("2025-W08", "2025-02-19", True),
        ("2025-W08", "2025-W09", False),
        ("2018", "2018-03", True),
        ("2018", "2019", False),
    ],
)
def test_a_finer_date_agrees_and_a_coarser_one_does_not(wanted: str, value: str, agrees: bool) -> None:
    from careful_reader import _timex

    time = _timex(value, article_of("x").span(0, 1))
    assert date_agrees(wanted, time) is agrees
    assert not date_agrees(wanted, None)
