"""Marks inside a text: nothing of the text is lost or moved, nested marks close in order."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.cli.marking import ACTOR, SAID, TRIGGER, Style, marked
from communique.records import Span

TEXT = "They met and said a lot."


def span(start: int, end: int) -> Span:
    return Span(article_id="article-1", start=start, end=end)


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ([], TEXT),
        ([(span(5, 8), TRIGGER)], "They [met] and said a lot."),
        ([(span(0, 24), SAID), (span(5, 8), TRIGGER)], "{They [met] and said a lot.}"),
        ([(span(5, 8), TRIGGER), (span(5, 8), TRIGGER)], "They [met] and said a lot."),
        ([(span(5, 8), TRIGGER), (span(8, 12), SAID)], "They [met]{ and} said a lot."),
        ([(span(0, 4), ACTOR)], TEXT),  # actors are shown by colour only
        ([(span(20, 99), TRIGGER)], "They met and said a [lot.]"),
        ([(span(40, 50), TRIGGER)], TEXT),
    ],
)
def test_in_plain_text(marks: list[tuple[Span, Style]], expected: str) -> None:
    assert marked(TEXT, 0, marks, colours=False).plain == expected


reaches = st.tuples(st.integers(0, 40), st.integers(1, 20)).map(lambda pair: span(pair[0], pair[0] + pair[1]))


@given(st.lists(st.tuples(reaches, st.sampled_from([TRIGGER, SAID, ACTOR]))), st.integers(0, 10))
def test_the_words_stay_as_they_are(marks: list[tuple[Span, Style]], start: int) -> None:
    assert marked(TEXT, start, marks, colours=True).plain == TEXT
    assert re.sub(r"[\[\]{}]", "", marked(TEXT, start, marks, colours=False).plain) == TEXT
