"""What is no meeting, who is no party of one, and which refusal calls one off."""

from dataclasses import replace
from datetime import date

import pytest
from made_claims import ACTORS, GHANA, TOGO, Telling

from communique.link import find_meetings
from communique.records import ActorKind, MeetingStatus, Role, Span, make_actor

COUNCIL = make_actor(name="Ghana-Togo Council", kind=ActorKind.ORGANIZATION, sectors=("IGO",))


@pytest.mark.parametrize("words", ["how they will meet", "whether they will meet", "why they will meet"])
def test_asking_about_a_meeting_announces_none(words: str) -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO, words=words)
    assert find_meetings(telling.article, telling.claims, ACTORS) == ()


def test_one_party_without_time_and_place_is_no_meeting() -> None:
    telling = Telling()
    telling.announced(GHANA)
    assert find_meetings(telling.article, telling.claims, ACTORS) == ()
    telling = Telling()
    telling.announced(GHANA, days=date(2024, 5, 2))
    assert len(find_meetings(telling.article, telling.claims, ACTORS)) == 1


@pytest.mark.parametrize(
    ("words", "is_party"),
    [
        ("will hold a session of the Ghana-Togo Council", False),
        ("will meet at the Ghana-Togo Council", False),
        ("will meet with the Ghana-Togo Council", True),
    ],
)
def test_a_council_in_which_others_meet_is_no_party(words: str, is_party: bool) -> None:
    telling = Telling()
    claim = telling.announced(GHANA, TOGO, words=words)
    start = telling.article.text.index("Ghana-Togo")
    span = Span(article_id="made", start=start, end=start + len("Ghana-Togo Council"))
    claim = replace(claim, recipients=(Role(actor_id=COUNCIL.id, span=span),))
    (meeting,) = find_meetings(telling.article, [claim], (*ACTORS, COUNCIL))
    assert (COUNCIL.id in {role.actor_id for role in meeting.parties}) is is_party
    assert {GHANA.id, TOGO.id} <= {role.actor_id for role in meeting.parties}


@pytest.mark.parametrize(
    ("refused", "status"),
    [
        (date(2024, 4, 25), MeetingStatus.CANCELLED),
        (date(2024, 1, 10), MeetingStatus.ANNOUNCED),  # that was about an earlier meeting
    ],
)
def test_a_refusal_of_months_ago_calls_nothing_off(refused: date, status: MeetingStatus) -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO, days=date(2024, 5, 2))
    telling.claim("REJECT", [GHANA], [TOGO], words="suspended the talks", modes=["meet"], days=refused)
    (meeting,) = find_meetings(telling.article, telling.claims, ACTORS)
    assert meeting.status is status
