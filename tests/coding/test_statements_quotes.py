"""Quotations and the codebook of speech: marks of all kinds, and files of speech words that are refused."""

from copy import deepcopy
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from communique.annotate import annotate
from communique.codebook.files import read_yaml
from communique.codebook.speech import build_speech_words, load_speech_words
from communique.coding.quotes import find_quotations
from communique.records import Article, Block, BlockKind, CodebookError, Span


def article_of(text: str) -> Article:
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            span = Span(article_id="case", start=start, end=start + len(line))
            blocks.append(Block(span=span, kind=BlockKind.BODY))
        start += len(line) + 1
    return Article(id="case", page_id="page", source="case", text=text, blocks=tuple(blocks), language="en")


def quoted(text: str, *, sentential: bool | None = None) -> list[str]:
    found = find_quotations(annotate(article_of(text)))
    return [text[each.start : each.end] for each in found if sentential in (None, each.sentential)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("“We wait,” she said.", ["“We wait,”"]),
        ('"We wait," she said. "We hope."', ['"We wait,"', '"We hope."']),
        ("«We wait», she said.", ["«We wait»"]),
        ("„We wait,“ she said.", ["„We wait,“"]),
        ("``We wait,'' she said.", ["``We wait,''"]),
        ("She said:” We wait for the boat.”", ["” We wait for the boat.”"]),
        ("We wait for the boat,” she said.” Nobody comes.”", ["We wait for the boat,”", "” Nobody comes.”"]),
        ("“We wait.\n“Nobody comes,” she said.", ["“We wait.", "“Nobody comes,”"]),
        ("“They told us ‘go home,’ and we went,” she said.", ["“They told us ‘go home,’ and we went,”"]),
        ("‘We will not wait any longer,’ says the envoy", ["‘We will not wait any longer,’"]),
        ("The voters’ choice and the ministers’ plans differ.", []),
        ("No marks at all.", []),
    ],
)
def test_marks(text: str, expected: list[str]) -> None:
    assert quoted(text) == expected


@pytest.mark.parametrize(
    "text", ["The “long bridge” was closed.", "A so-called ‘people's court’ sat.", "He is 6'2\" tall."]
)
def test_a_term_in_marks_is_no_speech(text: str) -> None:
    assert quoted(text, sentential=True) == []


PIECES = st.sampled_from(
    ["“", "”", '"', "‘", "’", "'", "„", "«", "»", "``", "''", " ", "a", "said", ",", ".", "\n", "The"]
)


@settings(max_examples=80, deadline=None)
@given(st.lists(PIECES, max_size=25))
def test_quotations_lie_in_order_inside_their_paragraphs(pieces: list[str]) -> None:
    text = "".join(pieces)
    article = article_of(text)
    found = find_quotations(annotate(article))
    for earlier, later in pairwise(found):
        assert earlier.end <= later.start
    for each in found:
        block = article.blocks[each.paragraph].span
        assert block.start <= each.start < each.end <= block.end
        assert each.first < each.last


def entry() -> dict[str, Any]:
    return deepcopy(read_yaml("speech.yaml"))


def test_the_packaged_words_are_read() -> None:
    frames = load_speech_words().frames
    assert {"clause", "quote"} <= frames["VERB", "say"].keys()
    assert "of+" in frames["ADJ", "critical"]
    assert ("according", "to") in load_speech_words().according
    assert all(isinstance(word, str) for word in load_speech_words().medium_prepositions)


def test_a_missing_key_is_named() -> None:
    broken = entry()
    del broken["media"]
    with pytest.raises(CodebookError, match=r"speech\.yaml: needs exactly the keys .*media"):
        build_speech_words(broken)


@pytest.mark.parametrize(
    ("change", "message"), [({"act": "sing"}, "unknown act 'sing'"), ({"frames": ["opera"]}, "unknown frame 'opera'")]
)
def test_a_wrong_group_is_named(change: dict[str, Any], message: str) -> None:
    broken = entry()
    broken["verbs"][0] |= change
    with pytest.raises(CodebookError, match=message):
        build_speech_words(broken)


def test_every_word_is_a_lemma_in_lower_case() -> None:
    for key in ("verbs", "nouns", "adjectives"):
        for group in entry()[key]:
            assert all(isinstance(word, str) and word == word.lower() for word in group["words"]), group
