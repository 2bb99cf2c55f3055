"""Stances that no verb of demanding or refusing names: drafts, conditions, verdicts, silence, what is withheld."""

from datetime import date

import pytest
from bare_texts import coded
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.records import CodedArticle

DAY = date(2023, 5, 4)


def positions(text: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    """(party, stance, directed at, words), in text order."""
    article = coded(text, DAY)
    names = {actor.id: actor.name for actor in article.actors}
    return [
        (
            names[each.party.actor_id],
            str(each.stance),
            tuple(names[role.actor_id] for role in each.of),
            each.content.of(text),
        )
        for each in article.positions
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an obligation in a statement is a demand of who says so
        (
            "Ethiopia said Egypt must stop interfering in the talks on the dam.",
            ("Ethiopia", "demands", ("Egypt",), "stop interfering in the talks on the dam"),
        ),
        # a draft speaks for who presented it, in the sentence before or in its own phrase
        (
            "Norway presented a draft treaty on Monday. It says that Iceland must open its waters to Norwegian trawlers.",
            ("Norway", "demands", ("Iceland",), "open its waters to Norwegian trawlers"),
        ),
        (
            "The draft resolution, presented by Algeria, demands that Israel halt its offensive.",
            ("Algeria", "demands", (), "Israel halt its offensive"),
        ),
        # what would avert a threat is what is demanded
        (
            "Ghana threatened on Friday to close the bridge unless Togo lifts the toll.",
            ("Ghana", "demands", ("Togo",), "Togo lifts the toll"),
        ),
        # what a warning hangs on is opposed
        (
            "Russia warned that it would retaliate if Finland joins the alliance.",
            ("Russia", "opposes", ("Finland",), "Finland joins the alliance"),
        ),
        # a noun of speech is opened
        (
            "Japan lodged a protest with China over the entry of ships into its waters.",
            ("Japan", "opposes", ("China",), "the entry of ships into its waters"),
        ),
        # what a party says that it will not do is rejected
        (
            "The president of Serbia said Serbia would never recognise the independence of Kosovo.",
            ("Serbia", "rejects", (), "the independence of Kosovo"),
        ),
        # the goal that nobody is stopped from
        (
            "Nothing will stop Kenya from pursuing the militants, Kenya said.",
            ("Kenya", "opposes", ("militants",), "Nothing will stop Kenya from pursuing the militants"),
        ),
        # answers owed
        (
            "Morocco did not say whether it would open the border.",
            ("Morocco", "unanswered", (), "whether it would open the border"),
        ),
        ("France declined to comment on the vote.", ("France", "unanswered", (), "the vote")),
        # a verdict takes a side
        (
            "Chile called the seizure of the trawler illegal.",
            ("Chile", "opposes", (), "the seizure of the trawler illegal"),
        ),
        # asking for talks offers them
        ("Peru proposed a meeting in Lima.", ("Peru", "offers", (), "a meeting in Lima")),
    ],
)
def test_a_stance_in_other_words(text: str, expected: tuple[str, str, tuple[str, ...], str]) -> None:
    assert expected in positions(text)


def test_a_demand_that_stands_in_a_refusal_is_a_position_of_its_own() -> None:
    found = positions("Washington rejected Iran's demand for the lifting of sanctions.")
    assert ("Iran", "demands", (), "the lifting of sanctions") in found
    assert ("United States", "rejects", ("Iran",), "the lifting of sanctions") in found


def test_what_points_back_is_about_what_it_points_to() -> None:
    text = "Ghana demanded that Togo withdraw its troops from the border. Togo's president rejected the demand."
    article = coded(text, DAY)
    demand, refusal = article.positions
    assert refusal.stance == "rejects"
    assert refusal.issue == demand.issue
    assert [role.actor_id for role in refusal.of] == [demand.party.actor_id]


def test_the_same_demand_of_another_party_is_another_position() -> None:
    text = "Ghana demanded that Togo lift the tariff. Ghana demanded that Benin lift the tariff."
    assert [each[2] for each in positions(text)] == [("Togo",), ("Benin",)]


@pytest.mark.parametrize(
    "text",
    [
        "It must be noted that Norway holds elections in March.",
        "Must Egypt stop filling the dam?",
        "Norway thanked Iceland for its help.",
        "Ghana would close the bridge if Togo lifted the toll.",  # nobody says so
        "Iceland expressed its condolences to Norway.",
    ],
)
def test_no_stance(text: str) -> None:
    assert positions(text) == []


def test_what_is_demanded_is_no_refusal_of_the_one_who_demands() -> None:
    found = positions("Ethiopia said Egypt must refuse to sign the agreement.")
    assert [each[1] for each in found] == ["demands"]


SENTENCES = [
    "Ghana rejected the toll on the bridge.",
    "Togo said Ghana must open the border.",
    "Benin wants a truce.",
    "Mali did not answer.",
    "Togo called the raid illegal.",
    "Niger threatened to leave the pact unless Mali pays its debt.",
    "Both sides accepted the proposal.",
]


@settings(max_examples=15, deadline=None)
@given(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=4, unique=True))
def test_contents_quote_the_text_and_nothing_is_told_twice(sentences: list[str]) -> None:
    text = " ".join(sentences)
    article: CodedArticle = coded(text, DAY)
    actors = {actor.id for actor in article.actors}
    seen = set()
    for each in article.positions:
        assert each.content.of(text).strip() == each.content.of(text) != ""
        assert each.party.actor_id in actors
        key = (each.issue, each.party.actor_id, each.stance, tuple(role.actor_id for role in each.of))
        assert key not in seen
        seen.add(key)
    assert list(article.positions) == sorted(article.positions, key=lambda each: each.content)
