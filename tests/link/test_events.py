"""Which claims are one event: type, status, manner, date, place and sides must agree; what is open agrees with anything."""

from collections.abc import Sequence
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_claims import ACTORS, BENIN, ECOWAS, GHANA, MALI, MINISTER, SECRETARY, TOGO, Telling, place

from communique.link import link_events, same_event
from communique.records import Actor, Claim, Sides, Status

MAY = (date(2031, 5, 1), date(2031, 5, 31))
THIRD, FOURTH = date(2031, 5, 3), date(2031, 5, 4)
SIDES = Sides(ACTORS)


def grouped(claims: Sequence[Claim]) -> list[list[int]]:
    """The events as lists of claim numbers."""
    number = {claim.id: index for index, claim in enumerate(claims)}
    return [[number[each] for each in event.claims] for event in link_events(claims, ACTORS)]


def together(one: Claim, other: Claim) -> bool:
    assert same_event(one, other, SIDES) == same_event(other, one, SIDES)
    return same_event(one, other, SIDES)


def test_the_same_talks_told_three_times_are_one_event() -> None:
    telling = Telling()
    telling.claim("CONSULT", [GHANA, TOGO], days=THIRD)
    telling.claim("CONSULT", [TOGO, GHANA])
    telling.claim("CONSULT", [MINISTER], [TOGO], days=MAY)
    assert grouped(telling.claims) == [[0, 1, 2]]


def test_each_claim_belongs_to_one_event_and_events_stand_in_text_order() -> None:
    telling = Telling()
    telling.claim("SANCTION", [GHANA], [TOGO])
    telling.claim("CONSULT", [GHANA, TOGO])
    telling.claim("SANCTION", [GHANA], [TOGO])
    events = link_events(telling.claims, ACTORS)
    assert grouped(telling.claims) == [[0, 2], [1]]
    assert [event.type for event in events] == ["SANCTION", "CONSULT"]


def test_other_types_and_promised_meetings_are_apart() -> None:
    telling = Telling()
    sanction = telling.claim("SANCTION", [GHANA], [TOGO])
    assert not together(sanction, telling.claim("ACCUSE", [GHANA], [TOGO]))
    promise = telling.claim("AGREE", [GHANA, TOGO], status=Status.SCHEDULED)
    assert not together(promise, telling.announced(GHANA, TOGO))


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (Status.OCCURRED, Status.OCCURRED, True),
        (Status.OCCURRED, Status.ONGOING, True),
        (Status.OCCURRED, Status.DENIED, False),
        (Status.OCCURRED, Status.THREATENED, False),
        (Status.SCHEDULED, Status.OCCURRED, False),
        (Status.DENIED, Status.DENIED, True),
        (Status.OCCURRED, Status.HISTORICAL, False),  # undated, a memory is another time
    ],
)
def test_status(one: Status, other: Status, expected: bool) -> None:
    telling = Telling()
    claims = [telling.claim("ASSAULT", [GHANA], [TOGO], status=status) for status in (one, other)]
    assert together(*claims) is expected


def test_a_memory_of_the_same_day_is_the_same_event() -> None:
    telling = Telling()
    past = telling.claim("ASSAULT", [GHANA], [TOGO], status=Status.HISTORICAL, days=THIRD)
    assert together(past, telling.claim("ASSAULT", [GHANA], [TOGO], days=MAY))
    assert not together(past, telling.claim("ASSAULT", [GHANA], [TOGO], days=FOURTH))


def test_dates() -> None:
    telling = Telling()
    third, fourth, may, undated = (
        telling.claim("ASSAULT", [GHANA], [TOGO], days=days) for days in (THIRD, FOURTH, MAY, None)
    )
    assert not together(third, fourth)
    assert together(third, may)
    assert together(third, undated)


def test_two_days_do_not_meet_through_a_claim_without_date() -> None:
    telling = Telling()
    telling.claim("ASSAULT", [GHANA], [TOGO], days=THIRD)
    telling.claim("ASSAULT", [GHANA], [TOGO], days=FOURTH)
    telling.claim("ASSAULT", [GHANA], [TOGO])
    assert grouped(telling.claims) == [[0], [1, 2]]  # the nearest above


def test_places() -> None:
    telling = Telling()
    lome, kara, ghana, togo, region, nowhere = (
        telling.claim("ASSAULT", [GHANA], [TOGO], place=each)
        for each in (
            place("Lomé", "TGO"),
            place("Kara", "TGO"),
            place("Ghana", "GHA", "country"),
            place("Togo", "TGO", "country"),
            place("Maritime", "TGO", "region"),
            None,
        )
    )
    assert not together(lome, kara)
    assert not together(lome, ghana)
    assert together(lome, togo)
    assert together(lome, region)
    assert together(lome, nowhere)


@pytest.mark.parametrize(("event_type", "apart"), [("ASSAULT", True), ("SANCTION", True), ("CONSULT", False)])
def test_manners(event_type: str, apart: bool) -> None:
    telling = Telling()
    one, other, open_one, both = (
        telling.claim(event_type, [GHANA], [TOGO], modes=modes) for modes in (["a"], ["b"], [], ["a", "b"])
    )
    assert together(one, other) is not apart
    assert together(one, open_one)
    assert together(other, both)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (([GHANA], [TOGO]), ([GHANA], [TOGO]), True),
        (([GHANA], [TOGO]), ([MINISTER], [TOGO]), True),
        (([ECOWAS], [TOGO]), ([SECRETARY], [TOGO]), True),
        (([GHANA], [TOGO]), ([TOGO], [GHANA]), False),
        (([GHANA], [TOGO]), ([GHANA], [BENIN]), False),
        (([GHANA], [TOGO]), ([GHANA], []), True),
        (([], [TOGO]), ([GHANA], [TOGO]), True),
        (([GHANA], []), ([], [TOGO]), False),
        (([], []), ([GHANA], [TOGO]), False),
        (([GHANA, BENIN], [TOGO]), ([BENIN], [TOGO]), True),
    ],
)
def test_sides(one: tuple[list[Actor], list[Actor]], other: tuple[list[Actor], list[Actor]], expected: bool) -> None:
    telling = Telling()
    assert together(telling.claim("SANCTION", *one), telling.claim("SANCTION", *other)) is expected


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (([GHANA], [TOGO]), ([TOGO], [GHANA]), True),
        (([GHANA, TOGO], []), ([GHANA], [TOGO]), True),
        (([GHANA, TOGO], []), ([GHANA, BENIN], []), False),
        (([GHANA, TOGO], []), ([GHANA], []), True),
        (([GHANA, TOGO, BENIN], []), ([TOGO, GHANA], []), True),
        (([], []), ([GHANA, TOGO], []), False),
    ],
)
def test_sides_of_mutual_events(
    one: tuple[list[Actor], list[Actor]], other: tuple[list[Actor], list[Actor]], expected: bool
) -> None:
    telling = Telling()
    assert together(telling.claim("CONSULT", *one), telling.claim("CONSULT", *other)) is expected


claims = st.lists(
    st.tuples(
        st.sampled_from(["CONSULT", "ASSAULT"]),
        st.lists(st.sampled_from([GHANA, TOGO, BENIN, MALI, MINISTER]), max_size=2, unique=True),
        st.lists(st.sampled_from([GHANA, TOGO, BENIN]), max_size=1),
        st.sampled_from([None, THIRD, FOURTH, MAY]),
        st.sampled_from([Status.OCCURRED, Status.DENIED, Status.HISTORICAL]),
    ),
    max_size=8,
)


@given(claims)
def test_events_part_the_claims_and_every_two_members_agree(
    told: list[tuple[str, list[Actor], list[Actor], tuple[date, date] | date | None, Status]],
) -> None:
    telling = Telling()
    for event_type, actors, recipients, days, status in told:
        telling.claim(event_type, actors, recipients, days=days, status=status)
    events = link_events(telling.claims, ACTORS)
    assert sorted(each for event in events for each in event.claims) == sorted(claim.id for claim in telling.claims)
    by_id = {claim.id: claim for claim in telling.claims}
    order = [claim.id for claim in telling.claims]
    for event in events:
        members = [by_id[each] for each in event.claims]
        assert [order.index(each.id) for each in members] == sorted(order.index(each.id) for each in members)
        assert all(same_event(one, other, SIDES) for one in members for other in members if one is not other)
        assert event.type == members[0].type
    assert len({event.id for event in events}) == len(events)
    assert link_events(telling.claims, ACTORS) == events


def test_no_claims_no_events() -> None:
    assert link_events((), ()) == ()
