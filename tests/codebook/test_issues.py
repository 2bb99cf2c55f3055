"""Issues and stances: each phrase finds its issue, the more particular first; each stance is one that the record knows."""

import pytest

from communique.codebook import issues as module
from communique.codebook.contexts import WORD
from communique.codebook.event_types import load_event_types
from communique.codebook.files import read_yaml
from communique.codebook.issues import issue_of, load_issues, load_stances
from communique.records import CodebookError, Stance

ISSUES = load_issues()
STANCES = load_stances()
ORDER = [issue.name for issue in ISSUES]
PHRASES = [(entry["name"], phrase) for entry in read_yaml("issues.yaml") for phrase in entry["words"]]


def test_names_are_unique_and_phrases_not_repeated_in_an_issue() -> None:
    assert len(set(ORDER)) == len(ORDER)
    for name in ORDER:
        mine = [phrase for issue, phrase in PHRASES if issue == name]
        assert len(set(mine)) == len(mine), name
        assert all(phrase == phrase.lower().strip() for phrase in mine), name


@pytest.mark.parametrize(("name", "phrase"), PHRASES, ids=[f"{name}: {phrase}" for name, phrase in PHRASES])
def test_every_phrase_finds_its_issue_or_a_more_particular_one(name: str, phrase: str) -> None:
    for words in (tuple(phrase.split(" ")), tuple(WORD.findall(phrase))):
        found = issue_of(("the", *words, "again"), ISSUES)
        assert found is not None
        assert ORDER.index(found) <= ORDER.index(name)


@pytest.mark.parametrize("name", ORDER)
def test_every_issue_can_be_reached(name: str) -> None:
    mine = [phrase for issue, phrase in PHRASES if issue == name]
    assert any(issue_of(tuple(phrase.split(" ")), ISSUES) == name for phrase in mine)


def test_words_must_stand_together_and_in_order() -> None:
    assert issue_of(("a", "gas", "supply", "of"), ISSUES) == "energy supplies"
    assert issue_of(("gas", "of", "supply"), ISSUES) is None
    assert issue_of((), ISSUES) is None
    assert issue_of(("weather",), ISSUES) is None


def test_the_more_particular_issue_wins() -> None:
    assert issue_of(("military", "aid", "of", "the", "troop"), ISSUES) == "troop deployments"
    assert issue_of(("talk", "on", "ceasefire"), ISSUES) == "ceasefire"


def test_stances_of_types() -> None:
    assert STANCES.types == {
        "REQUEST": Stance.DEMANDS,
        "REJECT": Stance.REJECTS,
        "ACCUSE": Stance.OPPOSES,
        "THREATEN": Stance.OPPOSES,
        "SUPPORT": Stance.SUPPORTS,
        "AGREE": Stance.OFFERS,
        "CONCEDE": Stance.OFFERS,
    }
    assert set(STANCES.types) <= set(load_event_types().types)


def test_a_verb_may_need_its_preposition() -> None:
    assert STANCES.verbs["want", ""] is Stance.SUPPORTS
    assert STANCES.verbs["insist", "on"] is Stance.DEMANDS
    assert ("insist", "") not in STANCES.verbs


def test_words_of_answers_owed() -> None:
    assert "comment" in STANCES.answering_verbs
    assert "answer" in STANCES.answers
    assert "give" in STANCES.givers
    assert "decline" in STANCES.refusals


@pytest.mark.parametrize(
    "entry",
    [
        {},
        {
            "types": {"REJECT": "hates"},
            "verbs": {},
            "answers": {"verbs": [], "nouns": [], "givers": [], "refusals": []},
        },
        {"types": {}, "verbs": {}, "answers": {"verbs": []}},
    ],
)
def test_stances_of_another_form_are_refused(monkeypatch: pytest.MonkeyPatch, entry: dict[str, object]) -> None:
    monkeypatch.setattr(module, "read_yaml", lambda _: entry)
    with pytest.raises(CodebookError, match=r"stances\.yaml"):
        load_stances.__wrapped__()


def test_an_issue_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_yaml", lambda _: [{"name": "tolls"}])
    with pytest.raises(CodebookError, match=r"issues\.yaml: tolls needs exactly"):
        load_issues.__wrapped__()
