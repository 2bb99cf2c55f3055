"""Stories of several short reports, through all stages and linked: the lines and meetings that a careful reader expects."""

from typing import Any

import pytest
from story_files import linked, misses, stories

TOLD = stories("meetings.yaml", "positions.yaml")
HELD_OUT = stories("held_out.yaml")
HELD_OUT_RIGHT = 8  # of those that were never tuned on; raised when more are


def _marked(story: Any) -> Any:
    marks = [pytest.mark.xfail(reason=story["known"], strict=True)] if "known" in story else []
    return pytest.param(story, id=story["story"], marks=marks)


@pytest.mark.parametrize("story", [_marked(each) for each in TOLD])
def test_a_story_is_told_as_expected(story: Any) -> None:
    assert list(misses(story, linked(story))) == []


def test_held_out_stories_do_not_fall() -> None:
    right = [each["story"] for each in HELD_OUT if not list(misses(each, linked(each)))]
    assert len(right) >= HELD_OUT_RIGHT, right


@pytest.mark.parametrize("story", [pytest.param(each, id=each["story"]) for each in (*TOLD, *HELD_OUT)])
def test_the_order_of_the_reports_does_not_matter(story: Any) -> None:
    forwards, backwards = linked(story), linked(story, backwards=True)
    assert forwards.lines == backwards.lines
    assert forwards.meetings == backwards.meetings


def test_every_position_stands_in_one_line_and_every_move_in_a_claim() -> None:
    for story in TOLD:
        found = linked(story)
        told = [position for line in found.lines for entry in line.entries for position in entry.positions]
        assert sorted(told) == sorted(position.id for each in found.coded for position in each.positions)
        claims = {claim.id for each in found.coded for claim in each.claims}
        assert {move.claim_id for meeting in found.meetings for move in meeting.moves} <= claims
