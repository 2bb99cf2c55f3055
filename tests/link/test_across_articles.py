"""Which reports of different articles tell one event, and what a person's word changes."""

import random
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_reports_of import DAY, groups, pair, together, told

from communique.link.across_articles import Judged, judged_pairs
from communique.records import Judgement, Status, Verdict, make_judgement
from communique.records.reported import ReportedArticle

TALKS = "The ministers of Ghana and Togo met in Aflao about fish and the closed bridge."
AGAIN = "Ghana and Togo talked about fishing and the bridge at Aflao, both delegations said."
EARLIER = DAY - timedelta(days=1)


def talks(words: str = TALKS, **more: Any) -> ReportedArticle:
    return told(words, "CONSULT", ["GHA"], ["TGO"], **more)


def test_two_reports_of_one_meeting() -> None:
    assert together(talks(on=EARLIER), told(AGAIN, "CONSULT", ["TGO", "GHA"], on=EARLIER))
    assert together(talks(on=EARLIER), talks(AGAIN))
    assert together(talks(on=EARLIER), talks(AGAIN, month=EARLIER))


def test_other_days_are_other_meetings() -> None:
    assert not together(talks(on=EARLIER), talks(on=DAY))
    assert not together(talks(on=EARLIER), talks(AGAIN, published=DAY + timedelta(days=20)))
    assert not together(talks(published=None), talks(published=None))


def test_a_raid_in_the_night_has_two_days() -> None:
    raid = "Gunmen raided the customs post of Aflao and killed four officers."
    one = told(raid, "ASSAULT", [], ["TGO"], on=EARLIER, place="Aflao", country="TGO")
    other = told(raid, "ASSAULT", [], ["TGO"], on=DAY, place="Aflao", country="TGO")
    assert together(one, other)


def test_other_parties_and_places_are_other_events() -> None:
    assert not together(talks(on=DAY), told(TALKS.replace("Togo", "Benin"), "CONSULT", ["GHA"], ["BEN"], on=DAY))
    shelling = "Artillery shelled the villages along the river on Monday."
    assert not together(
        told(shelling, "ASSAULT", ["GHA"], ["TGO"], on=DAY), told(shelling, "ASSAULT", ["TGO"], ["GHA"], on=DAY)
    )
    assert not together(
        told(shelling, "ASSAULT", ["GHA"], ["TGO"], on=DAY, place="Aflao", country="TGO"),
        told("Rockets hit a school.", "ASSAULT", ["GHA"], ["TGO"], on=DAY, place="Kara", country="TGO"),
    )


def test_a_denial_joins_what_it_denies_and_a_plan_does_not() -> None:
    assert together(talks(on=EARLIER), talks(on=EARLIER, status=Status.DENIED))
    assert not together(talks(on=EARLIER), talks(on=EARLIER, status=Status.SCHEDULED))
    announced = [talks(on=DAY, status=Status.SCHEDULED, meeting_type="CONSULT") for _ in range(2)]
    assert together(*announced)


def test_two_persons_of_one_state_speak_for_themselves() -> None:
    one = told("He rejected the quota for asylum.", "REJECT", ["Szabo:HUN"], ["EUR"], on=DAY)
    other = told("He rejected the loan for roads.", "REJECT", ["Nagy:HUN"], ["EUR"], on=DAY)
    assert not together(one, other)


def test_reports_without_known_parties_are_found_by_their_words() -> None:
    one = told(
        "Five divers were injured when a dynamite raft exploded in the harbour.", "ASSAULT", [], ["divers"], on=DAY
    )
    other = told("An exploding raft of dynamite hurt divers in the harbour.", "ASSAULT", [], ["men"], on=DAY)
    assert together(one, other)


def test_an_undated_report_joins_one_of_two_events() -> None:
    first, second = talks(on=DAY - timedelta(days=3)), talks(AGAIN, on=DAY)
    loose = talks("Ghana and Togo met about the bridge and fish at Aflao.", published=DAY)
    found = groups(first, second, loose)
    assert len(found) == 2
    assert sum(map(len, found)) == 3


def test_undated_reports_do_not_chain_years() -> None:
    chain = [talks(published=DAY + timedelta(days=4 * step)) for step in range(12)]
    assert max(map(len, groups(*chain))) < 4


def test_a_person_joins_and_parts() -> None:
    one, other = talks(on=EARLIER), talks(on=DAY + timedelta(days=9), published=DAY + timedelta(days=9))
    near = talks(AGAIN, on=EARLIER)
    assert groups(one, other, judged=Judged(same=frozenset([pair(one, other)]))) == [[one.id, other.id]]
    apart = groups(one, near, judged=Judged(different=frozenset([pair(one, near)])))
    assert sorted(map(len, apart)) == [1, 1]


def test_claims_of_one_article_can_be_parted() -> None:
    article = talks()
    second = told(AGAIN, "CONSULT", ["GHA"], ["TGO"]).claims[0]
    both = ReportedArticle(
        id=article.id, outlet="post", day=DAY, title="", text="", claims=(article.claims[0], second), events=((0, 0),)
    )
    assert len(groups(both, judged=Judged())) == 1


def judgement(verdict: Verdict, one: str, other: str, minute: int) -> Judgement:
    return make_judgement(
        verdict=verdict, subject=one, other=other, judge="reader", judged_at=datetime(2031, 1, 1, 0, minute), reason=""
    )


def test_the_later_judgement_stands() -> None:
    made = judged_pairs([judgement(Verdict.SAME, "a", "b", 1), judgement(Verdict.DIFFERENT, "b", "a", 2)])
    assert not made.same
    assert made.different == {frozenset("ab")}
    made = judged_pairs([judgement(Verdict.SAME, "a", "b", 1), judgement(Verdict.UNSURE, "a", "b", 2)])
    assert not made.same
    assert made.doubted == {frozenset("ab")}


def test_what_earlier_judgements_imply_gives_way() -> None:
    made = judged_pairs(
        [
            judgement(Verdict.SAME, "a", "b", 1),
            judgement(Verdict.SAME, "b", "c", 2),
            judgement(Verdict.DIFFERENT, "a", "c", 3),
        ]
    )
    assert made.same == {frozenset("bc")}
    assert made.different == {frozenset("ac")}


reports = st.lists(
    st.tuples(
        st.sampled_from([TALKS, AGAIN, "They quarrelled about taxes on salt."]),
        st.sampled_from([("GHA", "TGO"), ("GHA", "BEN"), ("TGO", "BEN"), ("GHA", "soldiers")]),
        st.integers(0, 6),
        st.sampled_from([None, 0, 1, 2, 5]),
        st.sampled_from(["CONSULT", "ASSAULT", "REQUEST", "REJECT"]),
        st.sampled_from([Status.OCCURRED, Status.OCCURRED, Status.DENIED, Status.SCHEDULED]),
    ),
    min_size=2,
    max_size=9,
)


@given(reports, st.randoms(use_true_random=False))
def test_events_part_the_reports_whatever_their_order(made: list[tuple[Any, ...]], order: random.Random) -> None:
    articles = [
        told(
            words, kind, [one], [other], published=DAY + timedelta(days=day), status=status, name=f"p{number}",
            on=None if back is None else DAY + timedelta(days=day - back),
        )
        for number, (words, (one, other), day, back, kind, status) in enumerate(made)
    ]  # fmt: skip
    expected = groups(*articles)
    assert sorted(each for group in expected for each in group) == sorted(article.id for article in articles)
    shuffled = articles[:]
    order.shuffle(shuffled)
    assert groups(*shuffled) == expected


@pytest.mark.parametrize("day", [date(2031, 1, 1), date(2031, 12, 31)])
def test_a_report_on_the_edge_of_a_stretch_of_days_is_found(day: date) -> None:
    for shift in range(5):
        on = day + timedelta(days=shift)
        assert together(talks(on=on, published=on), talks(AGAIN, on=on, published=on + timedelta(days=1)))
