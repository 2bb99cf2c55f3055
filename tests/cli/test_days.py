"""Dates in tables are as precise as the words, never more."""

from datetime import date

import pytest

from communique.cli.output import counted, day_text, quoted
from communique.records import DateRange, Precision, Span, Timex, TimexType


def timex(value: str, first: date | None, last: date | None, precision: Precision, mod: str | None = None) -> Timex:
    span = Span(article_id="article-1", start=0, end=1)
    dates = DateRange(earliest=first, latest=last, precision=precision) if first or last else None
    return Timex(id="time-1", span=span, type=TimexType.DATE, value=value, mod=mod, dates=dates)


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (None, ""),
        (timex("2022-01-10", date(2022, 1, 10), date(2022, 1, 10), Precision.DAY), "2022-01-10"),
        (timex("2022-01-10TEV", date(2022, 1, 10), date(2022, 1, 10), Precision.PART_OF_DAY), "2022-01-10"),
        (timex("2022-01", date(2022, 1, 1), date(2022, 1, 31), Precision.MONTH), "2022-01"),
        (timex("2022-01", date(2022, 1, 1), date(2022, 1, 31), Precision.MONTH, "START"), "early 2022-01"),
        (timex("2022", date(2022, 1, 1), date(2022, 12, 31), Precision.YEAR, "APPROX"), "about 2022"),
        (timex("2021-FA", date(2021, 9, 1), date(2021, 11, 30), Precision.SEASON), "autumn 2021"),
        (timex("2022-Q1", date(2022, 1, 1), date(2022, 3, 31), Precision.QUARTER), "Q1 2022"),
        (timex("2022-H2", date(2022, 7, 1), date(2022, 12, 31), Precision.HALF), "second half of 2022"),
        (timex("201", date(2010, 1, 1), date(2019, 12, 31), Precision.DECADE), "2010s"),
        (timex("2022-W02", date(2022, 1, 10), date(2022, 1, 16), Precision.WEEK), "2022-01-10 to 2022-01-16"),
        (timex("XXXX-01-10", None, None, Precision.DAY), "?"),
        (timex("PRESENT_REF", None, None, Precision.REFERENCE), "now"),
    ],
)
def test_day_text(time: Timex | None, expected: str) -> None:
    assert day_text(time) == expected


def test_quotations_are_cut_after_a_word_and_bring_their_own_marks() -> None:
    assert quoted("one\n two   three").plain == "“one two three”"
    assert quoted("one two, three", most=9).plain == "“one two …”"
    assert quoted("he said “no”").plain == "he said “no”"
    assert quoted("").plain == ""


def test_numbers_with_nouns() -> None:
    assert [counted(number, "claim") for number in (0, 1, 2, 1000)] == [
        "0 claims",
        "1 claim",
        "2 claims",
        "1,000 claims",
    ]
