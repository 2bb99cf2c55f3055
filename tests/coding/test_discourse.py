"""What later words point back to: pairs, answers, counterparts, and acts that a definite noun names again."""

from functools import cache

import pytest

from communique.annotate import annotate
from communique.codebook.event_types import load_event_types
from communique.coding.discourse import NEARBY_PARAGRAPHS, Dealing, Discourse
from communique.records import (
    Actor,
    ActorKind,
    Annotated,
    Article,
    Block,
    BlockKind,
    Role,
    Sides,
    Span,
    make_actor,
)


def state(name: str, code: str) -> Actor:
    return make_actor(name=name, kind=ActorKind.STATE, country=code)


GHANA, TOGO, BENIN, MALI = state("Ghana", "GHA"), state("Togo", "TGO"), state("Benin", "BEN"), state("Mali", "MLI")
MINISTER = make_actor(name="Ama Boateng", kind=ActorKind.PERSON, country="GHA", sectors=("GOV",))
ACTORS = (GHANA, TOGO, BENIN, MALI, MINISTER)


def roles(*actors: Actor) -> tuple[Role, ...]:
    return tuple(Role(actor_id=actor.id, span=None) for actor in actors)


def names(found: tuple[Role, ...]) -> list[str]:
    return [actor.name for role in found for actor in ACTORS if actor.id == role.actor_id]


def dealing(
    event_type: str,
    by: tuple[Actor, ...],
    to: tuple[Actor, ...] = (),
    *,
    mode: str | None = None,
    nouns: tuple[str, ...] = (),
    paragraph: int = 0,
) -> Dealing:
    return Dealing(event_type, mode, roles(*by), roles(*to), frozenset(nouns), paragraph)


@cache
def annotated(text: str) -> Annotated:
    block = Block(span=Span(article_id="case", start=0, end=len(text)), kind=BlockKind.BODY)
    return annotate(Article(id="case", page_id="page", source="case", text=text, blocks=(block,), language="en"))


def told(text: str, *dealings: Dealing) -> Discourse:
    """The discourse of a text in which the dealings have been told so far."""
    discourse = Discourse(annotated(text), Sides(ACTORS), load_event_types())
    for each in dealings:
        discourse.remember(each)
    return discourse


def at(text: str, word: str) -> int:
    """The index of the first token with that text."""
    return next(token.index for token in annotated(text).tokens if token.text == word)


ACCUSED = dealing("ACCUSE", (GHANA,), (TOGO,))


@pytest.mark.parametrize(
    ("text", "head", "words"),
    [
        ("Both sides met on Friday.", "sides", "sides"),
        ("The two countries met on Friday.", "countries", "countries"),
        ("The two countries' ministers met on Friday.", "ministers", "countries"),
        ("Ministers of both countries met on Friday.", "Ministers", "countries"),
        ("The parties met on Friday.", "parties", "parties"),
        ("The rival factions met on Friday.", "factions", "factions"),
        ("The warring factions met on Friday.", "factions", "factions"),
        ("Both met on Friday.", "Both", "Both"),
    ],
)
def test_a_pair_stands_for_the_two_who_dealt_last(text: str, head: str, words: str) -> None:
    pair = told(text, ACCUSED).pair(at(text, head))
    assert names(pair) == ["Ghana", "Togo"]
    assert {role.span.of(text) for role in pair if role.span} == {words}


@pytest.mark.parametrize(
    ("text", "head"),
    [
        ("The countries of the region met on Friday.", "countries"),
        ("Some ministers met on Friday.", "ministers"),
        ("The minister left on Friday.", "minister"),
        ("Sides of meat were sold.", "Sides"),
        ("Two trains left on Friday.", "trains"),
    ],
)
def test_other_nouns_are_no_pair(text: str, head: str) -> None:
    assert told(text, ACCUSED).pair(at(text, head)) == ()


def test_a_pair_is_of_two_sides_the_latest_ones() -> None:
    text = "Both sides met on Friday."
    three = dealing("CONSULT", (GHANA, TOGO, BENIN))
    one = dealing("PROTEST", (MALI,))
    assert names(told(text, ACCUSED, dealing("CONSULT", (BENIN,), (MALI,))).pair(1)) == ["Benin", "Mali"]
    assert names(told(text, ACCUSED, three, one).pair(1)) == ["Ghana", "Togo"]
    assert told(text).pair(1) == ()
    assert told(text, three, one).pair(1) == ()
    assert told(text, dealing("ASSAULT", (), (GHANA, TOGO))).pair(1) == ()  # two who were hit are no two sides


def test_a_minister_and_the_own_state_are_one_side() -> None:
    text = "Both sides met on Friday."
    assert told(text, dealing("CONSULT", (MINISTER,), (GHANA,))).pair(1) == ()
    assert len(told(text, dealing("CONSULT", (MINISTER, GHANA), (TOGO,))).pair(1)) == 2


@pytest.mark.parametrize("event_type", ["REQUEST", "ACCUSE", "THREATEN", "AGREE"])
def test_what_was_directed_at_a_side_is_answered_to_its_author(event_type: str) -> None:
    discourse = told("No.", dealing(event_type, (TOGO,), (GHANA,)))
    assert names(discourse.answered(roles(GHANA))) == ["Togo"]
    assert names(discourse.answered(roles(MINISTER))) == ["Togo"]
    assert discourse.answered(roles(TOGO)) == ()
    assert discourse.answered(roles(BENIN)) == ()


@pytest.mark.parametrize("event_type", ["SUPPORT", "CONSULT", "SANCTION", "ASSAULT"])
def test_other_acts_are_not_answered(event_type: str) -> None:
    assert told("No.", dealing(event_type, (TOGO,), (GHANA,))).answered(roles(GHANA)) == ()


def test_the_latest_is_answered_and_to_one_author_only() -> None:
    discourse = told("No.", dealing("REQUEST", (TOGO,), (GHANA,)), dealing("ACCUSE", (BENIN, MALI), (GHANA,)))
    assert names(discourse.answered(roles(GHANA))) == ["Benin"]
    own = told("No.", dealing("REQUEST", (TOGO,), (GHANA,)), dealing("REQUEST", (MINISTER,), (GHANA,)))
    assert names(own.answered(roles(GHANA))) == ["Togo"]


def test_an_understood_role_has_no_words() -> None:
    discourse = told("No.", ACCUSED)
    assert [role.span for role in discourse.answered(roles(TOGO))] == [None]
    assert [role.span for role in discourse.counterpart(roles(TOGO), 0)] == [None]


def test_the_counterpart_is_the_one_other_side_nearby() -> None:
    talks = dealing("CONSULT", (GHANA, TOGO), paragraph=3)
    for paragraph in range(3, 3 + NEARBY_PARAGRAPHS + 1):
        assert names(told("No.", talks).counterpart(roles(MINISTER), paragraph)) == ["Togo"]
    assert told("No.", talks).counterpart(roles(GHANA), 3 + NEARBY_PARAGRAPHS + 1) == ()
    assert told("No.", talks).counterpart(roles(BENIN), 3) == ()


def test_among_several_others_nobody_is_the_counterpart() -> None:
    many = dealing("CONSULT", (GHANA, TOGO, BENIN), paragraph=1)
    assert told("No.", many).counterpart(roles(GHANA), 1) == ()
    assert names(told("No.", dealing("ACCUSE", (GHANA,), (MALI,)), many).counterpart(roles(GHANA), 1)) == ["Mali"]


EXPELLED = dealing("SANCTION", (GHANA,), (TOGO,), mode="expel", nouns=("diplomat",))


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Togo condemned the expulsion.", "expulsion"),
        ("Togo condemned this expulsion.", "expulsion"),
        ("Togo protected the diplomat.", "diplomat"),
        ("Togo condemned such expulsions.", "expulsions"),
    ],
)
def test_a_definite_noun_names_the_act_again(text: str, noun: str) -> None:
    assert told(text, EXPELLED).referred(at(text, noun)) == EXPELLED


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("Togo condemned an expulsion.", "expulsion"),  # new
        ("Togo condemned the bombing.", "bombing"),  # nothing like it was told
        ("Togo condemned the weather.", "weather"),
        ("Togo condemned the expulsion.", "condemned"),  # no noun
        ("Togo condemned the expulsion.", "Togo"),
    ],
)
def test_other_words_name_nothing_again(text: str, noun: str) -> None:
    assert told(text, EXPELLED).referred(at(text, noun)) is None


def test_the_latest_act_of_the_kind_is_meant_and_one_without_actor_is_none() -> None:
    text = "Togo condemned the expulsion."
    later = dealing("SANCTION", (BENIN,), (TOGO,), mode="expel")
    nobody = dealing("SANCTION", (), (TOGO,), mode="expel")
    assert told(text, EXPELLED, later, nobody).referred(at(text, "expulsion")) == later
    assert told(text, nobody).referred(at(text, "expulsion")) is None


def test_another_mode_is_another_act() -> None:
    text = "Togo condemned the arrest."
    seized = dealing("COERCE", (GHANA,), (TOGO,), mode="seize")
    arrested = dealing("COERCE", (BENIN,), (TOGO,), mode="arrest")
    assert told(text, seized).referred(at(text, "arrest")) is None
    assert told(text, arrested, seized).referred(at(text, "arrest")) == arrested
