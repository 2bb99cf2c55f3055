"""The contexts of PLOVER 2.0 and the words that set them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.codebook import contexts as module
from communique.codebook.contexts import load_contexts
from communique.codebook.files import read_yaml
from communique.records import CodebookError

NAMES = [
    "military",
    "intelligence",
    "executive",
    "legislative",
    "election",
    "political_institutions",
    "pro_democracy",
    "pro_autocracy",
    "economic",
    "legal",
    "reparations",
    "human_rights",
    "rights_freedoms",
    "repression",
    "human_security",
    "gender",
    "lgbt",
    "religion_ethnicity",
    "inequality",
    "diplomatic",
    "territory",
    "peacekeeping",
    "health",
    "asylum",
    "migration",
    "disasters",
    "natural_resource",
    "environment",
    "technology",
    "terrorism",
    "cbrn",
    "cyber",
    "misinformation",
    "crime",
    "corruption",
    "illegal_drugs",
    "trafficking",
]
CONTEXTS = load_contexts()
WORDS = [(name, phrase) for name, entry in read_yaml("contexts.yaml").items() for phrase in entry["words"]]


def test_thirty_seven_contexts_in_the_order_of_the_ontology() -> None:
    assert len(NAMES) == 37
    assert list(CONTEXTS.definitions) == NAMES


@pytest.mark.parametrize("name", NAMES)
def test_each_context_has_a_definition_and_words_of_its_own(name: str) -> None:
    assert len(CONTEXTS.definitions[name].split()) >= 3
    mine = {phrase for context, phrase in WORDS if context == name}
    others = {phrase for context, phrase in WORDS if context != name}
    assert len(mine) >= 4
    assert mine - others


@pytest.mark.parametrize(("name", "phrase"), WORDS, ids=[f"{name}: {phrase}" for name, phrase in WORDS])
def test_every_phrase_sets_its_context(name: str, phrase: str) -> None:
    assert phrase == phrase.lower().strip()
    assert name in CONTEXTS.of(tuple(phrase.split(" ")))
    assert name in CONTEXTS.of(("the", *module.WORD.findall(phrase), "of"))


def test_contexts_stand_in_the_codebooks_order_whatever_the_texts() -> None:
    assert CONTEXTS.of(("tariff", "army")) == CONTEXTS.of(("army", "tariff")) == ("military", "economic")


def test_a_phrase_needs_all_its_words_in_order() -> None:
    assert "military" in CONTEXTS.of(("the", "air", "force", "flew"))
    assert CONTEXTS.of(("air", "was", "force")) == ()
    assert CONTEXTS.of(("force", "air")) == ()


def test_nothing_sets_nothing() -> None:
    assert CONTEXTS.of(()) == ()
    assert CONTEXTS.of(("rain", "fell")) == ()


@given(st.lists(st.sampled_from([word for _, phrase in WORDS for word in phrase.split(" ")]), max_size=12))
def test_more_words_never_take_a_context_away(lemmas: list[str]) -> None:
    found = CONTEXTS.of(tuple(lemmas))
    assert set(found) <= set(CONTEXTS.of((*lemmas, "army")))
    assert list(found) == [name for name in NAMES if name in found]


def test_an_entry_of_another_form_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "read_yaml", lambda _: {"military": {"definition": "Arms."}})
    with pytest.raises(CodebookError, match=r"contexts\.yaml: military needs exactly"):
        load_contexts.__wrapped__()
