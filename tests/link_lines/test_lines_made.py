"""Lines from stances made by hand: days, turns, replies, what is owed, voices."""

from datetime import date

import pytest

from communique.codebook.issues import Issue, phrases_of
from communique.link.lines import ToldStance, make_lines, told_day
from communique.link.voices import Outlet
from communique.records import ActorKind, DateRange, Line, LineEntry, Precision, Stance, make_actor

CHAD = make_actor(name="Chad", kind=ActorKind.STATE, country="TCD")
SUDAN = make_actor(name="Sudan", kind=ActorKind.STATE, country="SDN")
MINISTER = make_actor(name="Amina Oumar", kind=ActorKind.PERSON, country="TCD", sectors=("GOV",))
PREMIER = make_actor(name="Saleh Idriss", kind=ActorKind.PERSON, country="TCD", sectors=("GOV",))
ACTORS = (CHAD, SUDAN, MINISTER, PREMIER)
FERRY = Issue(name="the ferry", phrases=phrases_of(["ferry", "boat … Fada"]), against=phrases_of(["close the landing"]))
DAYS = {f"a{number}": date(2024, 5, number) for number in range(1, 29)}
SOURCES = {article: Outlet(day=day, voice=article) for article, day in DAYS.items()} | {
    "undated": Outlet(day=None, voice="undated"),
    "copy": Outlet(day=date(2024, 5, 1), voice="a1"),
}


def stance(
    article: str, kind: Stance, words: str = "the ferry", party: str = CHAD.id, of: tuple[str, ...] = (), **told: object
) -> ToldStance:
    return ToldStance(
        id=f"position-{article}-{kind}-{words}-{party[-4:]}",
        article_id=article,
        start=0,
        issue="the ferry",
        party=party,
        stance=kind,
        words=words,
        of=of,
        **told,  # type: ignore[arg-type]
    )


def line(*stances: ToldStance, party: str = CHAD.id) -> Line:
    lines = make_lines(stances, SOURCES, ACTORS, (FERRY,))
    return next(each for each in lines if each.party == party)


def entries(*stances: ToldStance) -> tuple[LineEntry, ...]:
    return line(*stances).entries


def test_a_minister_and_the_state_are_one_line_that_bears_the_states_name() -> None:
    found = line(stance("a1", Stance.OFFERS, party=MINISTER.id), stance("a9", Stance.SUPPORTS))
    assert (found.side, found.party, len(found.entries), found.now) == ("country:TCD", CHAD.id, 2, Stance.SUPPORTS)


def test_undated_stands_last_and_is_not_what_holds_now() -> None:
    found = line(stance("undated", Stance.REJECTS), stance("a3", Stance.OFFERS))
    assert [entry.day for entry in found.entries] == [date(2024, 5, 3), None]
    assert found.now is Stance.OFFERS
    assert not found.entries[1].changed
    assert line(stance("undated", Stance.REJECTS)).now is Stance.REJECTS


@pytest.mark.parametrize(
    ("earliest", "latest", "day"),
    [
        (date(2024, 5, 7), date(2024, 5, 7), date(2024, 5, 7)),
        (date(2024, 4, 1), date(2024, 4, 30), date(2024, 4, 30)),  # by the end of April at the latest
        (date(2024, 5, 1), date(2024, 5, 31), date(2024, 5, 9)),
        (date(2024, 6, 1), date(2024, 6, 1), date(2024, 5, 9)),  # the day that is offered, not the day of the offer
        (None, None, date(2024, 5, 9)),
    ],
)
def test_the_day_is_the_last_on_which_it_can_have_been_said(
    earliest: date | None, latest: date | None, day: date
) -> None:
    dates = DateRange(earliest=earliest, latest=latest, precision=Precision.DAY)
    assert told_day(dates, Outlet(day=date(2024, 5, 9), voice="x")) == day


def test_reports_of_one_saying_are_one_entry() -> None:
    found = entries(
        stance("a1", Stance.REJECTS, "the ferry at Fada"),
        stance("a2", Stance.REJECTS, "the ferry at Fada"),
        stance("copy", Stance.REJECTS, "the ferry at Fada"),
    )
    assert [(len(entry.positions), entry.voices, entry.day) for entry in found] == [(3, 2, date(2024, 5, 1))]


def test_other_days_words_people_or_addressees_make_another_entry() -> None:
    first = stance("a1", Stance.REJECTS, "the ferry at Fada", by=MINISTER.id, of=(SUDAN.id,))
    for other in (
        stance("a9", Stance.REJECTS, "the ferry at Fada", by=MINISTER.id),
        stance("a1", Stance.REJECTS, "any boat on the lake", by=PREMIER.id),
        stance("a1", Stance.REJECTS, "the ferry at Fada", of=(PREMIER.id + "x",)),
        stance("a1", Stance.OPPOSES, "the ferry at Fada"),
    ):
        assert len(entries(first, other)) == 2


def test_a_turn_is_marked_once() -> None:
    found = entries(
        stance("a1", Stance.REJECTS),
        stance("a5", Stance.OPPOSES),
        stance("a9", Stance.OFFERS),
        stance("a20", Stance.SUPPORTS),
    )
    assert [entry.changed for entry in found] == [False, False, True, False]


def test_wanting_the_end_of_what_one_opposes_is_no_turn() -> None:
    found = entries(stance("a1", Stance.OPPOSES), stance("a5", Stance.DEMANDS, "an end to the ferry"))
    assert not any(entry.changed for entry in found)
    found = entries(
        stance("a1", Stance.REJECTS, "to close the landing"),
        stance("a5", Stance.OFFERS, "to close the landing of the ferry"),
    )
    assert [entry.changed for entry in found] == [False, True]


def test_what_cannot_be_measured_by_one_another_is_no_turn() -> None:
    found = entries(stance("a1", Stance.REJECTS, "more time"), stance("a5", Stance.OFFERS, "a written reply"))
    assert not any(entry.changed for entry in found)


def test_on_one_day_what_goes_on_stands_before_the_turn() -> None:
    found = entries(stance("a1", Stance.OFFERS), stance("a5", Stance.REJECTS), stance("a5", Stance.SUPPORTS))
    assert [(entry.stance, entry.changed) for entry in found] == [
        (Stance.OFFERS, False),
        (Stance.SUPPORTS, False),
        (Stance.REJECTS, True),
    ]


def test_a_reply_names_the_demand_it_answers_and_only_the_first_does() -> None:
    demand = stance("a1", Stance.DEMANDS, party=SUDAN.id, of=(CHAD.id,))
    found = entries(demand, stance("a3", Stance.REJECTS, of=(SUDAN.id,)), stance("a9", Stance.REJECTS))
    assert [entry.answers for entry in found] == [demand.id, None]


def test_a_demand_made_of_somebody_else_or_later_is_not_answered() -> None:
    elsewhere = stance("a1", Stance.DEMANDS, party=SUDAN.id, of=(PREMIER.id + "x",))
    later = stance("a9", Stance.DEMANDS, party=SUDAN.id, of=(CHAD.id,))
    assert [entry.answers for entry in entries(elsewhere, later, stance("a3", Stance.REJECTS))] == [None]


def test_a_question_is_owed_until_the_party_takes_a_stand() -> None:
    question = stance("a1", Stance.UNANSWERED)
    assert [entry.owed for entry in entries(question)] == [True]
    found = entries(question, stance("a9", Stance.OFFERS))
    assert [(entry.owed, entry.answers) for entry in found] == [(False, None), (False, question.id)]
    again = entries(stance("a1", Stance.OFFERS), stance("a9", Stance.UNANSWERED))
    assert [entry.owed for entry in again] == [False, True]


def test_by_others_means_that_nobody_of_the_party_is_quoted() -> None:
    told = stance("a1", Stance.REJECTS, asserted_by=SUDAN.id)
    assert [entry.by_others for entry in entries(told)] == [True]
    assert [entry.by_others for entry in entries(told, stance("a2", Stance.REJECTS, by=MINISTER.id))] == [False]


def test_the_id_is_made_of_issue_and_side() -> None:
    assert (
        line(stance("a1", Stance.REJECTS)).id
        == line(stance("a7", Stance.OFFERS, party=MINISTER.id), party=MINISTER.id).id
    )
