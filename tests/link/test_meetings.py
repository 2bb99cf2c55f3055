"""Announced meetings: merged when told again, and moved on by confirmation, delay, refusal and the meeting itself."""

from datetime import date

import pytest
from made_claims import ACTORS, BENIN, GHANA, MINISTER, TOGO, Telling, place

from communique.evaluate.sentences import code_sentence
from communique.link import find_meetings
from communique.records import Meeting, MeetingStatus, Status

THIRD, FOURTH = date(2031, 5, 3), date(2031, 5, 4)


def meetings(telling: Telling) -> tuple[Meeting, ...]:
    return find_meetings(telling.article, telling.claims, ACTORS)


def only(telling: Telling) -> Meeting:
    (found,) = meetings(telling)
    return found


def names(meeting: Meeting) -> list[str]:
    return [actor.name for role in meeting.parties for actor in ACTORS if actor.id == role.actor_id]


def test_an_announced_meeting() -> None:
    telling = Telling()
    claim = telling.announced(GHANA, TOGO, days=THIRD, place=place("Lomé", "TGO"))
    meeting = only(telling)
    assert meeting.status is MeetingStatus.ANNOUNCED
    assert names(meeting) == ["Ghana", "Togo"]
    assert meeting.date == claim.date
    assert meeting.place == claim.place
    assert meeting.claims == (claim.id,)
    assert meeting.evidence == (claim.evidence[0],)
    assert meeting.condition is None
    assert meeting.article_id == "made"


def test_the_same_meeting_told_three_times_is_one_with_all_its_words() -> None:
    telling = Telling()
    first = telling.announced(GHANA, TOGO)
    dated = telling.announced(MINISTER, TOGO, days=THIRD)
    placed = telling.announced(TOGO, GHANA, place=place("Lomé", "TGO"))
    meeting = only(telling)
    assert meeting.claims == (first.id, dated.id, placed.id)
    assert meeting.date == dated.date
    assert meeting.place == placed.place
    assert set(names(meeting)) == {"Ghana", "Togo", "Ama Boateng"}
    assert meeting.status is MeetingStatus.ANNOUNCED


def test_two_meetings_of_the_same_parties_stay_apart() -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO, days=THIRD)
    telling.announced(GHANA, TOGO, days=FOURTH)
    telling.announced(GHANA, BENIN, days=THIRD)
    assert [names(each) for each in meetings(telling)] == [["Ghana", "Togo"], ["Ghana", "Togo"], ["Ghana", "Benin"]]
    assert len({each.id for each in meetings(telling)}) == 3


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="a claim joins when it fits any member, not every one")
def test_two_days_do_not_meet_through_a_mention_without_a_day() -> None:
    telling = Telling()
    for days in (THIRD, None, FOURTH):
        telling.announced(GHANA, TOGO, days=days)
    assert len(meetings(telling)) == 2


def test_a_condition_is_kept() -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO)
    conditioned = telling.announced(GHANA, TOGO, condition=True)
    assert only(telling).condition == conditioned.condition


def test_confirmed() -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO)
    telling.announced(GHANA, TOGO, words="confirmed that they will meet")
    assert only(telling).status is MeetingStatus.CONFIRMED


@pytest.mark.parametrize("word", ["postponed", "delayed", "rescheduled", "pushed back", "deferred"])
def test_postponed(word: str) -> None:
    telling = Telling()
    announced = telling.announced(GHANA, TOGO, days=THIRD)
    refusal = telling.claim("REJECT", [GHANA], [TOGO], words=f"{word} the meeting", modes=["meet"])
    meeting = only(telling)
    assert meeting.status is MeetingStatus.POSTPONED
    assert meeting.claims == (announced.id, refusal.id)
    assert meeting.evidence == (announced.evidence[0], refusal.evidence[0])


@pytest.mark.parametrize("word", ["cancelled", "called off", "scrapped", "refused"])
def test_cancelled(word: str) -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO, days=THIRD)
    telling.claim("REJECT", [TOGO], [GHANA], words=f"{word} the meeting", modes=["meet"])
    assert only(telling).status is MeetingStatus.CANCELLED


def test_a_cancellation_is_dated_by_when_it_was_made() -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO, days=FOURTH)
    telling.claim("REJECT", [TOGO], [GHANA], words="cancelled the talks", modes=["meet"], days=THIRD)
    assert only(telling).status is MeetingStatus.CANCELLED


def test_held() -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO, days=THIRD)
    held = telling.claim("CONSULT", [GHANA, TOGO], days=THIRD)
    meeting = only(telling)
    assert meeting.status is MeetingStatus.HELD
    assert held.id in meeting.claims


def test_the_latest_word_counts() -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO, days=THIRD)
    telling.claim("REJECT", [TOGO], [GHANA], words="cancelled the talks", modes=["meet"])
    telling.announced(GHANA, TOGO, words="confirmed the talks", days=THIRD)
    assert only(telling).status is MeetingStatus.CONFIRMED
    telling.claim("CONSULT", [GHANA, TOGO], days=THIRD)
    assert only(telling).status is MeetingStatus.HELD


def test_what_does_not_move_a_meeting() -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO, days=THIRD)
    telling.claim("CONSULT", [GHANA, TOGO], days=FOURTH)  # another day
    telling.claim("CONSULT", [GHANA, TOGO])  # no day
    telling.claim("CONSULT", [GHANA, BENIN], days=THIRD)  # other parties
    telling.claim("CONSULT", [GHANA, TOGO], days=THIRD, status=Status.DENIED)
    telling.claim("REJECT", [GHANA], [BENIN], words="cancelled the talks", modes=["meet"])
    telling.claim("REJECT", [GHANA], [TOGO], words="rejected the plan")  # no meeting is refused
    telling.claim("REJECT", [GHANA], [TOGO], modes=["meet"], status=Status.HYPOTHETICAL)
    meeting = only(telling)
    assert meeting.status is MeetingStatus.ANNOUNCED
    assert len(meeting.claims) == 1


def test_only_announced_meetings_are_listed() -> None:
    telling = Telling()
    telling.claim("CONSULT", [GHANA, TOGO], days=THIRD)
    telling.claim("AGREE", [GHANA], [TOGO], status=Status.SCHEDULED)
    telling.claim("AGREE", [GHANA, TOGO], status=Status.HYPOTHETICAL, meeting_type="CONSULT")
    assert meetings(telling) == ()


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("will meet at a summit, the ministry said", "summit"),
        ("will speak by telephone on Monday", "phone"),
        ("will pay a visit", "visit"),
        ("will meet in the joint-council on Monday", "council"),
        ("will open a new round of talks", "round of talks"),
        ("will meet", None),
    ],
)
def test_format(words: str, expected: str | None) -> None:
    telling = Telling()
    telling.announced(GHANA, TOGO, words=words)
    assert only(telling).format == expected


def test_meetings_stand_in_text_order_and_a_second_run_is_the_same() -> None:
    telling = Telling()
    telling.announced(GHANA, BENIN, days=FOURTH)
    telling.announced(GHANA, TOGO, days=THIRD)
    found = meetings(telling)
    assert [each.date.value for each in found if each.date] == ["2031-05-04", "2031-05-03"]
    assert meetings(telling) == found


@pytest.mark.parametrize(
    ("text", "status", "day"),
    [
        ("Ghana and Togo will meet in Lomé on 3 May 2031.", "announced", "2031-05-03"),
        (
            "Ghana and Togo will meet in Lomé on 3 May 2031. "
            "On 1 May 2031 Ghana cancelled the talks with Togo, the ministry said.",
            "cancelled",
            "2031-05-03",
        ),
        (
            "Ghana and Togo will meet in Lomé on 3 May 2031. On 1 May 2031 Ghana postponed the talks with Togo.",
            "postponed",
            "2031-05-03",
        ),
        (
            "Ghana and Togo will hold talks on 3 May 2031, they agreed in March. "
            "On 3 May 2031 Ghana and Togo held talks in Lomé.",
            "held",
            "2031-05-03",
        ),
    ],
)
def test_through_all_stages(text: str, status: str, day: str) -> None:
    (meeting,) = code_sentence(text).meetings
    assert meeting.status == status
    assert meeting.date is not None
    assert meeting.date.value == day
    assert len({role.actor_id for role in meeting.parties}) == 2
