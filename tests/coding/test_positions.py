"""Positions of short texts through all stages: which stance, on what, whose, voiced and reported by whom."""

from dataclasses import dataclass

import pytest
from bare_texts import coded

from communique.codebook.issues import load_issues


@dataclass(frozen=True)
class Taken:
    """A position in words."""

    stance: str
    party: str
    of: tuple[str, ...]
    by: str | None
    asserted_by: str | None
    issue: str
    content: str
    basis: str  # claim | statement | article


def positions(text: str) -> list[Taken]:
    result = coded(text, None)
    names = {actor.id: actor.name for actor in result.actors}
    return [
        Taken(
            stance=str(each.stance),
            party=names[each.party.actor_id],
            of=tuple(names[role.actor_id] for role in each.of),
            by=names[each.by.actor_id] if each.by else None,
            asserted_by=names[each.asserted_by.actor_id] if each.asserted_by else None,
            issue=each.issue,
            content=each.content.of(text),
            basis=each.basis.partition("-")[0],
        )
        for each in result.positions
    ]


@pytest.mark.parametrize(
    ("text", "stance", "party", "of", "issue"),
    [
        ("Azerbaijan demanded that Armenia withdraw its troops.", "demands", "Azerbaijan", ("Armenia",), "troop deployments"),
        ("Ethiopia rejected the dam proposed by Egypt.", "rejects", "Ethiopia", ("Egypt",), "waters and fishing"),
        ("Hungary condemned Ukraine for the pipeline strike.", "opposes", "Hungary", ("Ukraine",), "energy supplies"),
        ("Eritrea threatened Ethiopia with an embargo.", "opposes", "Eritrea", ("Ethiopia",), "sanctions"),
        ("Norway pledged a loan to Malawi.", "offers", "Norway", ("Malawi",), "debt and aid"),
        ("Spain praised Lebanon for the recount.", "supports", "Spain", ("Lebanon",), "elections"),
    ],
)  # fmt: skip
def test_a_stance_that_a_claim_takes(text: str, stance: str, party: str, of: tuple[str, ...], issue: str) -> None:
    (found,) = positions(text)
    assert (found.stance, found.party, found.of, found.issue) == (stance, party, of, issue)
    assert found.basis == "claim"
    assert found.by is found.asserted_by is None


@pytest.mark.parametrize(
    ("text", "stance", "party", "content"),
    [
        ("Peru wants a free trade agreement.", "supports", "Peru", "a free trade agreement"),
        ("Turkey insists on a recount.", "demands", "Turkey", "a recount"),
    ],
)
def test_a_stance_that_a_verb_takes(text: str, stance: str, party: str, content: str) -> None:
    (found,) = positions(text)
    assert (found.stance, found.party, found.content) == (stance, party, content)


@pytest.mark.parametrize(
    "text", ["Iran did not answer whether it would attend.", "Egypt gave no answer to the proposal on the dam."]
)
def test_an_answer_owed_and_not_given(text: str) -> None:
    (found,) = positions(text)
    assert found.stance == "unanswered"
    assert found.party in ("Iran", "Egypt")
    assert found.basis == "article"


def test_declining_to_comment_is_an_answer_owed() -> None:
    found = positions("The Chilean foreign ministry declined to comment on the fishing dispute.")
    assert [each.stance for each in found] == ["unanswered"]


@pytest.mark.parametrize(
    "text",
    [
        "Norway will hold talks with Belarus on Monday.",  # a date is no stance
        "If Ghana demanded a recount, Togo would leave.",
        "France would reject Italy's plan.",
        "Peru does not want a free trade agreement.",
        "Poland may oppose the fence.",
        "Did Chad reject the offer of Sudan?",
        "Ghana expelled two Togolese diplomats.",  # an act, no words
        "Nobody claimed responsibility.",
    ],
)
def test_no_stance_is_taken(text: str) -> None:
    assert positions(text) == []


def test_who_reports_the_stance_is_kept_when_it_is_somebody_else() -> None:
    (found,) = positions("The Polish president said that Germany opposes the fence at the border.")
    assert (found.party, found.asserted_by) == ("Germany", "President of Poland")
    (own,) = positions("Kenya said that it rejected the tariffs of Uganda.")
    assert (own.stance, own.party, own.asserted_by) == ("rejects", "Kenya", None)


def test_a_minister_speaks_for_the_state_that_the_text_names() -> None:
    found = positions("Peru was silent for a week. The Peruvian foreign minister then condemned Ecuador for the fence.")
    assert [(each.stance, each.party) for each in found] == [("opposes", "Peru")]
    assert found[0].by is not None
    assert "Peru" in found[0].by


def test_a_minister_speaks_for_the_state_even_when_only_the_office_names_it() -> None:
    (found,) = positions("The Peruvian foreign minister condemned Ecuador for the fence.")
    assert found.party == "Peru"


def test_each_of_several_parties_takes_the_stance() -> None:
    found = positions("Ghana and Togo rejected the toll on the bridge.")
    assert [(each.party, each.stance) for each in found] == [("Ghana", "rejects"), ("Togo", "rejects")]


def test_an_issue_outside_the_codebook_is_named_by_its_own_words() -> None:
    (found,) = positions("Ghana rejected the toll on the bridge.")
    assert found.issue == "the toll on the bridge"
    assert found.issue not in {issue.name for issue in load_issues()}
    words = (
        "Ghana rejected the toll for wagons, carts, barges, mules and oxen on the very old bridge of the market town."
    )
    assert all(len(each.issue.split()) <= 8 for each in positions(words))


def test_a_stance_told_twice_is_one_position() -> None:
    once = "Ghana rejected the tariffs of Togo."
    twice = once + " Ghana rejects the tariffs of Togo, the ministry of trade said."
    found = [(each.party, each.stance, each.issue) for each in positions(twice)]
    assert found.count(("Ghana", "rejects", "tariffs and trade")) == 1


def test_positions_stand_in_text_order() -> None:
    text = "Ghana rejected the tariffs. Togo demanded a recount. Benin wants a truce."
    result = coded(text, None)
    starts = [each.content.start for each in result.positions]
    assert starts == sorted(starts)
    assert len(starts) == 3
    assert len({each.id for each in result.positions}) == 3
