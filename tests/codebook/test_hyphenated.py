"""Hyphenated words that are one word to the coder, and that no hyphenated trigger of a frame is out of reach."""

import pytest

from communique.annotate import annotate
from communique.codebook.event_types import load_event_types
from communique.codebook.frames import FrameKind, Slot
from communique.codebook.hyphenated import load_hyphenated
from communique.records import Annotated, Article, Block, BlockKind, Span, Token

WORDS = load_hyphenated()
OUT_OF_REACH = {"carpet-bomb", "ex-president", "re-elect", "re-establish", "tear-gas", "test-fire"}


def annotated(text: str) -> Annotated:
    block = Block(span=Span(article_id="case", start=0, end=len(text)), kind=BlockKind.BODY)
    return annotate(Article(id="case", page_id="page", source="case", text=text, blocks=(block,), language="en"))


def token(text: str, word: str) -> Token:
    found = [token for token in annotated(text).tokens if token.text == word]
    assert found, [token.text for token in annotated(text).tokens]
    return found[0]


def written() -> dict[str, str]:
    """Every hyphenated word of the frames, with the kind of frame that wants it."""
    found: dict[str, str] = {}
    for frames in load_event_types().frames.values():
        for frame in frames:
            slots: list[Slot | None] = [frame.subject, frame.object, *(each.slot for each in frame.prepositions)]
            lemmas = [lemma for slot in slots if slot is not None for lemma in slot.lemmas]
            found |= {word: "noun" for lemma in lemmas for word in lemma.split() if "-" in word}
            kind = "verb" if frame.kind is FrameKind.VERB else "noun"
            found |= {word: kind for word in frame.triggers if "-" in word}
    return found


def test_words_are_written_in_lower_case_with_a_hyphen() -> None:
    assert all(word == word.lower() and word.count("-") >= 1 for word in WORDS.nouns)
    assert all(prefix == prefix.lower() and "-" not in prefix for prefix in WORDS.prefixes)


@pytest.mark.parametrize(
    "word", sorted(word for word in WORDS.nouns if word.count("-") == 1 and word[:-1] not in WORDS.nouns)
)
def test_a_listed_noun_is_one_token(word: str) -> None:
    found = token(f"They saw the {word} again.", word)
    assert (found.pos, found.lemma) == ("NOUN", word)


def test_a_plural_keeps_its_number_and_its_singular_lemma() -> None:
    found = token("They saw two sit-ins today.", "sit-ins")
    assert (found.lemma, found.tag) == ("sit-in", "NNS")


def test_a_prefix_is_joined_as_its_lemma_is_written() -> None:
    assert token("Both sides co-operate in Lomé.", "co-operate").lemma == "cooperate"
    assert token("They de-escalate the conflict.", "de-escalate").lemma == "de-escalate"


def test_other_hyphens_stay_apart_and_offsets_quote_the_text() -> None:
    text = "The Ghana-Togo border build-up was a re-run – not a sit - in."
    tokens = annotated(text).tokens
    assert {"Ghana", "Togo", "build-up", "re-run"} <= {token.text for token in tokens}
    assert all(text[token.start : token.end] == token.text for token in tokens)
    assert [token.index for token in tokens] == list(range(len(tokens)))
    assert all(tokens[child].head == token.index for token in tokens for child in token.children)


@pytest.mark.parametrize("word", sorted(set(written()) - OUT_OF_REACH))
def test_a_hyphenated_word_of_a_frame_is_reached(word: str) -> None:
    sentence = f"They {word} it." if written()[word] == "verb" else f"They saw the {word} again."
    lemmas = {token.lemma.lower() for token in annotated(sentence).tokens}
    assert word in lemmas or word.replace("-", "") in lemmas


@pytest.mark.xfail(
    strict=True, raises=AssertionError, reason="the tokenizer splits it, or its lemma is written otherwise"
)
@pytest.mark.parametrize("word", sorted(OUT_OF_REACH))
def test_a_hyphenated_word_of_a_frame_that_is_out_of_reach(word: str) -> None:
    sentence = f"They {word} it." if written()[word] == "verb" else f"They saw the {word} again."
    assert word in {token.lemma.lower() for token in annotated(sentence).tokens}
