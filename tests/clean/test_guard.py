"""Hostile markup is refused at once, real markup never."""

import time

import pytest

from communique.clean.guard import MAX_DEPTH, refuse_hostile_markup
from communique.records import ReadingError


@pytest.mark.parametrize(
    ("markup", "reason"),
    [
        ("<div>" * 4_000_000, "nested"),
        ("<b><i>" * 3_000_000, "nested"),
        ("<p>x" * 5_000_000, "tags"),
        ("<br>" * 5_000_000, "tags"),
        ("<script>" * 2_500_000, "tags"),
        ("<!--" * 5_000_000, "tags"),
    ],
)
def test_20_megabytes_of_tags_are_refused_fast(markup: str, reason: str) -> None:
    started = time.monotonic()
    with pytest.raises(ReadingError, match=rf"^page\.html: .*{reason}") as refused:
        refuse_hostile_markup(markup, "page.html")
    assert time.monotonic() - started < 5
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize(
    "markup",
    [
        "<div>" * (MAX_DEPTH - 1),
        "<ul>" + "<li>one" * 50_000 + "</ul>",
        "<script>" + "if (a<b) document.write('<div>');" * 100_000 + "</script><p>text</p>",
        "<!-- " + "<div>" * 100_000 + " --><p>text</p>",
        "a < b and c > d " * 100_000,
        "<" * 1_000_000,
        "",
    ],
    ids=["deep", "list", "script", "comment", "comparison", "signs", "empty"],
)
def test_what_is_odd_but_harmless_passes(markup: str) -> None:
    refuse_hostile_markup(markup, "page.html")
