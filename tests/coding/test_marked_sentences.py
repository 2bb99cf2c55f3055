"""Marks in a sentence: their places, what is left out, and that taking them away gives back the words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.coding.marking import MARKS, Marked, mark, pools

SENTENCE = "Ghana expelled two Togolese envoys."
GHANA, EXPELLED, ENVOYS = (0, 5), (6, 14), (15, 34)


def without_marks(marked: Marked) -> str:
    """The text with each mark's stretch replaced by the words inside it."""
    pieces, position = [], 0
    for start, end in sorted(span for span in marked.spans if span is not None):
        pieces += [marked.text[position:start], marked.text[start:end][3:-3]]
        position = end
    return "".join([*pieces, marked.text[position:]])


def stretches(marked: Marked) -> dict[str, str]:
    """The marked stretch for each mark that is set."""
    return {
        name: marked.text[span[0] : span[1]] for name, span in zip(MARKS, marked.spans, strict=True) if span is not None
    }


def test_three_marks_stand_where_they_were_set() -> None:
    marked = mark(SENTENCE, {"trigger": EXPELLED, "recipient": ENVOYS, "actor": GHANA})
    assert stretches(marked) == {
        "actor": " @ Ghana @ ",
        "recipient": " # two Togolese envoys # ",
        "trigger": " * expelled * ",
    }
    assert without_marks(marked) == SENTENCE


def test_the_order_of_the_marks_given_does_not_matter() -> None:
    one = mark(SENTENCE, {"actor": GHANA, "recipient": ENVOYS, "trigger": EXPELLED})
    assert one == mark(SENTENCE, {"trigger": EXPELLED, "recipient": ENVOYS, "actor": GHANA})


def test_absent_marks_have_no_span() -> None:
    marked = mark(SENTENCE, {"trigger": EXPELLED})
    assert marked.spans[0] is marked.spans[1] is None
    assert marked.text.count("*") == 2
    assert "@" not in marked.text
    assert "#" not in marked.text
    assert mark(SENTENCE, {}) == Marked(SENTENCE, (None, None, None))


def test_other_keys_are_ignored() -> None:
    assert mark(SENTENCE, {"speaker": GHANA, "trigger": EXPELLED}) == mark(SENTENCE, {"trigger": EXPELLED})


def test_of_overlapping_marks_the_first_in_the_text_stands() -> None:
    marked = mark(SENTENCE, {"recipient": (6, 34), "trigger": (15, 27), "actor": GHANA})
    assert stretches(marked) == {"actor": " @ Ghana @ ", "recipient": " # expelled two Togolese envoys # "}
    assert without_marks(marked) == SENTENCE


def test_marks_that_touch_do_not_overlap() -> None:
    marked = mark("abcd", {"actor": (0, 2), "recipient": (2, 4)})
    assert marked.text == " @ ab @  # cd # "
    assert without_marks(marked) == "abcd"


def test_a_sign_of_the_sentence_itself_is_no_mark() -> None:
    sentence = "@envoy wrote: #peace * soon"
    assert without_marks(mark(sentence, {"trigger": (7, 12)})) == sentence


ranges = st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted).filter(lambda each: each[0] < each[1])


@given(st.text(min_size=1, max_size=40), st.dictionaries(st.sampled_from([*MARKS, "speaker"]), ranges))
def test_taking_the_marks_away_gives_back_the_words(sentence: str, wanted: dict[str, list[int]]) -> None:
    marks = {name: (start, end) for name, (start, end) in wanted.items() if end <= len(sentence)}
    marked = mark(sentence, marks)
    assert without_marks(marked) == sentence
    for name, span in zip(MARKS, marked.spans, strict=True):
        if span is not None:
            start, end = marks[name]
            assert marked.text[span[0] : span[1]] == f" {MARKS[name]} {sentence[start:end]} {MARKS[name]} "
    kept = {name for name, span in zip(MARKS, marked.spans, strict=True) if span is not None}
    for name in set(marks) & set(MARKS) - kept:  # only an overlap leaves a mark out
        assert any(marks[name][0] < marks[other][1] and marks[other][0] < marks[name][1] for other in kept)
    assert bool(kept) == bool(set(marks) & set(MARKS))


def words_of(text: str) -> list[tuple[int, int]]:
    """Character ranges of blank-separated words, between two special tokens."""
    found, position = [(0, 0)], 0
    for word in text.split():
        start = text.index(word, position)
        position = start + len(word)
        found.append((start, position))
    return [*found, (0, 0)]


def test_pools_average_the_sentence_and_each_mark() -> None:
    marked = mark("Ghana expelled envoys", {"actor": (0, 5), "trigger": (6, 14)})
    offsets = words_of(marked.text)  # special, @ Ghana @ * expelled * envoys, special
    whole, actor, recipient, trigger = pools(offsets, marked)
    assert whole == pytest.approx([0.0, *[1 / 7] * 7, 0.0])
    assert actor == pytest.approx([0, 1 / 3, 1 / 3, 1 / 3, 0, 0, 0, 0, 0])
    assert recipient == [0.0] * 9
    assert trigger == pytest.approx([0, 0, 0, 0, 1 / 3, 1 / 3, 1 / 3, 0, 0])


def test_a_token_that_reaches_into_a_mark_belongs_to_it() -> None:
    marked = Marked("abcdef", ((2, 4), None, None))
    assert pools([(0, 3), (3, 6)], marked)[1] == [0.5, 0.5]
    assert pools([(0, 2), (4, 6)], marked)[1] == [0.0, 0.0]


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=12), st.lists(ranges, max_size=3))
def test_weights_sum_to_one_or_stand_for_nothing(offsets: list[tuple[int, int]], wanted: list[list[int]]) -> None:
    spans = [(start, end) for start, end in wanted]
    marked = Marked(" " * 40, (*spans, *[None] * (3 - len(spans))))
    rows = pools(offsets, marked)
    assert len(rows) == 1 + len(MARKS)
    for row in rows:
        assert len(row) == len(offsets)
        assert all(weight >= 0 for weight in row)
        assert sum(row) == pytest.approx(1.0) or not any(row)
