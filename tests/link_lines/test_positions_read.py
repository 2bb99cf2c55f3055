"""What single sentences say of positions and their issues, as lines need it: through all stages."""

from datetime import date

import pytest
from story_files import coded


def positions(text: str) -> list[tuple[str, str, str]]:
    """Party, stance and issue of each position."""
    found = coded(text, date(2024, 5, 2), "case", 0)
    names = {actor.id: actor.country or actor.name for actor in found.actors}
    return [(names[each.party.actor_id], each.stance.value, each.issue) for each in found.positions]


@pytest.mark.parametrize(
    "text",
    [
        "The talks between Greece and Turkey were called off on Monday.",
        "Norway cancelled the talks between Colombia and Venezuela.",
        "Greece postponed the talks with Turkey to May 9.",
        "Greece denied that its foreign minister had met the Turkish foreign minister.",
    ],
)
def test_a_meeting_that_is_off_is_refused_by_those_only_who_refuse_it(text: str) -> None:
    assert [each for each in positions(text) if each[2] == "talks"] == []
    assert ("GRC", "rejects", "talks") in positions("Greece called off the talks with Turkey.")


def test_who_says_that_he_will_meet_supports_talks() -> None:
    told = "Colombia's government confirmed on Monday that its delegation will meet negotiators of Venezuela in Oslo."
    assert ("COL", "supports", "talks") in positions(told)
    assert positions("Colombia will hold talks with Venezuela on Monday.") == []


def test_what_an_answer_was_owed_to_may_stand_in_the_clause_of_asking() -> None:
    told = "Russia gave no answer when she asked whether it was willing to withdraw its troops."
    assert positions(told) == [("RUS", "unanswered", "troop deployments")]


def test_a_deed_admitted_is_a_stand_on_who_is_to_blame_for_it() -> None:
    told = "Togo admitted for the first time that its army had carried out the attack on the bridge in Ghana."
    assert ("TGO", "supports", "accountability for an attack") in positions(told)
    assert positions("Togo denied that its army had carried out the attack on the bridge in Ghana.")[0][1] == "rejects"


def test_a_threat_that_something_would_avert_demands_it() -> None:
    told = "Ghana threatened to leave the customs union if the tariffs were not lifted."
    assert ("GHA", "demands", "tariffs and trade") in positions(told)


@pytest.mark.parametrize(
    ("text", "issue"),
    [
        ("Ghana offered to host a summit on the row over water.", "talks"),  # what it is about stands far below
        ("Ghana demanded the release of soldiers at the border.", "hostages and prisoners"),
        ("Ghana rejected a ban on the import of fish.", "tariffs and trade"),
        ("The dispute is about the dam. Ghana rejected the proposal.", "waters and fishing"),
        ("Ghana demanded that NATO never expand to the south.", "NATO enlargement"),
    ],
)
def test_the_issue_is_what_a_content_is_mainly_about_or_what_stands_around_it(text: str, issue: str) -> None:
    assert issue in {each[2] for each in positions(text)}
