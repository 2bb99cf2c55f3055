"""What words say of an announced meeting."""

import pytest

from communique.codebook import meetings as module
from communique.codebook.meetings import load_meeting_words
from communique.records import CodebookError, MeetingStatus

WORDS = load_meeting_words()


@pytest.mark.parametrize(
    ("clause", "status"),
    [
        ("the talks have been postponed until june", MeetingStatus.POSTPONED),
        ("the visit was put off", MeetingStatus.POSTPONED),
        ("the meeting is transferred on july 14", MeetingStatus.POSTPONED),
        ("a summit will not take place on friday", MeetingStatus.CANCELLED),
        ("the round was called off", MeetingStatus.CANCELLED),
        ("the talks have not been cancelled", MeetingStatus.CONFIRMED),
        ("the talks will be held on friday", None),
        ("the delegations put offers on the table", None),
    ],
)
def test_a_clause(clause: str, status: MeetingStatus | None) -> None:
    assert WORDS.told(clause) is status


@pytest.mark.parametrize(
    ("trigger", "clause", "status"),
    [
        ("called off", "kenya called off the talks", MeetingStatus.CANCELLED),
        ("pulled out", "kenya pulled out of the talks", MeetingStatus.CANCELLED),
        ("postponed", "kenya postponed the talks", MeetingStatus.POSTPONED),
        ("refused", "kenya refused to attend the summit", MeetingStatus.CANCELLED),
        ("refused", "kenya refused talks with rebels", None),
        ("denied", "kenya denied having met the rebels", None),
        ("saw", "kenya saw no reason for talks", None),
    ],
)
def test_a_refusal(trigger: str, clause: str, status: MeetingStatus | None) -> None:
    assert WORDS.refused(trigger, clause) is status


@pytest.mark.parametrize(
    ("sentence", "confirmed"),
    [
        ("kenya confirmed that its president will travel", True),
        ("kenya has not confirmed that its president will travel", False),
        ("kenya has yet to confirm the visit", False),
        ("neither side confirmed the date", False),
        ("kenya announced the visit", False),
    ],
)
def test_confirming(sentence: str, confirmed: bool) -> None:
    assert WORDS.confirms(sentence) is confirmed


def test_a_file_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_yaml", lambda _: {"confirming": []})
    with pytest.raises(CodebookError, match=r"meetings\.yaml"):
        load_meeting_words.__wrapped__()
