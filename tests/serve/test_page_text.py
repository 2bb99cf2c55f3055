"""The parts that turn records into words on a page: segments, originals, days, quotations, snippets, periods."""

from dataclasses import replace
from datetime import date

import pytest
from handmade import coded_article
from hypothesis import given
from hypothesis import strategies as st

from communique.records import DateRange, MediaType, Page, Precision, Span
from communique.serve.pages.dates import range_words
from communique.serve.pages.dyads import _after, _begin
from communique.serve.pages.originals import original_source, original_text
from communique.serve.pages.searching import found
from communique.serve.pages.segments import LOOKS, paragraphs
from communique.serve.pages.wording import quoted

CODED = coded_article()


@given(st.lists(st.tuples(st.integers(0, 330), st.integers(1, 80)), max_size=12))
def test_segments_lose_no_character_wherever_words_are_marked(places: list[tuple[int, int]]) -> None:
    article = CODED.article
    spans = [
        Span(article_id=article.id, start=start, end=min(start + length, len(article.text)))
        for start, length in places
        if start < len(article.text)
    ]
    claims = tuple(
        replace(CODED.claims[0], id=f"claim-{number}", trigger=span, evidence=(span,))
        for number, span in enumerate(spans)
    )
    made = paragraphs(replace(CODED, claims=claims))
    assert ["".join(each.text for each in one.segments) for one in made] == [
        article.quote(block.span) for block in article.blocks
    ]
    for segment in (each for one in made for each in one.segments):
        assert segment.look in ("", *LOOKS)
        assert bool(segment.of) == bool(segment.look)


def test_a_trigger_opens_its_claim_and_bears_its_class() -> None:
    opened = {each.text: (each.opens, each.quad) for one in paragraphs(CODED) for each in one.segments if each.opens}
    assert opened["demanded"] == (CODED.claims[3].id, 3)
    assert opened["said"] == (CODED.statements[0].id, 0)


def html(source: str, encoding: str | None = None) -> Page:
    content = source.encode(encoding or "utf-8")
    return replace(CODED.page, content=content, media_type=MediaType.HTML, encoding=encoding)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>One<p>Two <b>words</b>", ("One", "Two words")),
        ("<head><title>No</title><body><p>Yes", ("Yes",)),
        ("<script>no()</script>yes<style>no</style>", ("yes",)),
        ("<script>never closed", ()),
        ("<svg><text>no</text><p>yes", ("yes",)),
        ("a &lt;script&gt; b &eacute;", ("a <script> b é",)),
        ("<ul><li>One<li>Two</ul>tail", ("One", "Two", "tail")),
        ("", ()),
    ],
)
def test_an_original_is_its_visible_words(source: str, expected: tuple[str, ...]) -> None:
    assert original_text(html(source)) == expected


def test_an_original_is_decoded_as_declared_else_somehow() -> None:
    assert original_source(html("Дума", "windows-1251")) == "Дума"
    assert original_source(replace(html("x"), content=b"caf\xe9", encoding="no-such-encoding")) == "café"
    assert original_text(replace(CODED.page, content=b"One\n\nTwo")) == ("One", "Two")


@pytest.mark.parametrize(
    ("first", "last", "precision", "expected"),
    [
        ((2022, 1, 10), (2022, 1, 10), Precision.DAY, "10 January 2022"),
        ((2022, 1, 1), (2022, 1, 31), Precision.MONTH, "January 2022"),
        ((2022, 1, 1), (2022, 12, 31), Precision.YEAR, "2022"),
        ((2022, 1, 3), (2022, 1, 9), Precision.WEEK, "3–9 January 2022"),
        ((2021, 12, 27), (2022, 1, 2), Precision.WEEK, "27 December 2021 – 2 January 2022"),
        ((2022, 1, 31), (2022, 2, 1), Precision.DAY, "31 January – 1 February 2022"),
        ((1990, 1, 1), (1999, 12, 31), Precision.DECADE, "1990s"),
        (None, (2022, 1, 9), Precision.DAY, "by 9 January 2022"),
        ((2022, 1, 9), None, Precision.DAY, "from 9 January 2022"),
        (None, None, Precision.REFERENCE, ""),
    ],
)
def test_days_keep_their_precision(
    first: tuple[int, int, int] | None, last: tuple[int, int, int] | None, precision: Precision, expected: str
) -> None:
    dates = DateRange(
        earliest=date(*first) if first else None, latest=date(*last) if last else None, precision=precision
    )
    assert range_words(dates) == expected


@pytest.mark.parametrize(
    ("words", "most", "expected"),
    [
        ("they  met\nat noon", None, "“they met at noon”"),
        ("he said “no”", None, "he said “no”"),
        ("one two three", 9, "“one two …”"),
        ("", None, ""),
    ],
)
def test_words_are_quoted_once(words: str, most: int | None, expected: str) -> None:
    assert quoted(words, most) == expected


@pytest.mark.parametrize(
    ("asked", "hits"),
    [
        ("patrol", ["patrol"]),
        ("PATROL boats", ["patrol", "boats"]),
        ('"patrol boats" sudria', ["Sudria", "patrol boats"]),
        ("пролива", ["пролива"]),
        ('"', []),
        ("(", []),
    ],
)
def test_snippets_hold_the_words_that_were_asked_for(asked: str, hits: list[str]) -> None:
    article = CODED.article
    told = found(article, asked)
    marked = [text for _, pieces in told.snippets for text, hit in pieces if hit]
    assert [each for each in marked if each in hits][: len(hits)] or not hits
    assert set(hits) <= set(marked)
    for _, pieces in told.snippets:
        assert "".join(text for text, _ in pieces) in article.text


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.sampled_from(["day", "week", "month", "year"]))
def test_a_day_lies_in_its_period_and_the_next_period_begins_anew(day: date, unit: str) -> None:
    begin = _begin(day, unit)
    after = _after(begin, unit)
    assert begin <= day < after
    assert _begin(after, unit) == after
