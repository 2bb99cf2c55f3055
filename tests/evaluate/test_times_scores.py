"""The scorer of times on a small gold file of our own, where each figure can be counted by hand."""

import json
from pathlib import Path

import pytest

from communique.evaluate.times import GoldTime, evaluate_times, pair_spans, same_value
from communique.records import TimexType
from communique.resolve.time_frame import Source, Tense
from communique.resolve.time_reading import ReadTime

GOLD = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold" / "times" / "meantime-en.jsonl"
TEXT = "On Monday, 3 May 2010, they met; they met again in the evening and left a week later. Nobody spoke in March."


def timex(words: str, kind: str, value: str) -> dict[str, object]:
    start = TEXT.index(words)
    return {"start": start, "end": start + len(words), "type": kind, "value": value, "text": words}


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    expected = [
        timex("Monday, 3 May 2010", "DATE", "2010-05-03"),
        timex("evening", "TIME", "2010-05-03TEV"),  # the program takes "the" with it
        timex("March", "DATE", "2009-03"),  # wrong on purpose: it is read as 2010-03
        timex("Nobody", "DATE", "PAST_REF"),  # missed by the program
    ]
    path = tmp_path / "gold.jsonl"
    path.write_text(
        json.dumps({"id": "one", "dct": "2010-05-10", "text": TEXT, "timex": expected}) + "\n", encoding="utf-8"
    )
    return path


def test_figures_counted_by_hand(gold: Path) -> None:
    scores = evaluate_times(gold)
    figures = scores.as_json()
    assert (scores.expected, scores.found) == (4, 4)  # found besides: "a week later"
    assert figures["strict_f1"] == 0.5
    assert figures["relaxed_f1"] == 0.75
    assert figures["value_f1"] == 0.5
    assert figures["date_accuracy"] == 0.5
    assert figures["documents_per_second"] > 0


def test_errors_quote_the_words(gold: Path) -> None:
    errors = evaluate_times(gold).errors
    assert any("missed 'Nobody'" in line for line in errors)
    assert any("value 'March' 2010-03, expected 'March' 2009-03" in line for line in errors)
    assert any("extra 'a week later'" in line for line in errors)
    assert any("span 'the evening', expected 'evening'" in line for line in errors)


def test_table_has_a_header_and_rows_of_its_width(gold: Path) -> None:
    header, *rows = evaluate_times(gold).table()
    assert rows
    assert all(len(row) == len(header) for row in rows)


@pytest.mark.parametrize(
    ("left", "right"), [("2010-05-03T16:00:00", "2010-05-03T16:00"), ("p1y", "P1Y"), (" 2010 ", "2010")]
)
def test_harmless_differences_of_values(left: str, right: str) -> None:
    assert same_value(left, right)


@pytest.mark.parametrize(("left", "right"), [("PT24H", "P1D"), ("2010-05", "2010-05-01"), ("PXY", "PXD")])
def test_other_differences_count(left: str, right: str) -> None:
    assert not same_value(left, right)


def test_spans_are_paired_one_to_one_and_exact_ones_first() -> None:
    def read(start: int, end: int) -> ReadTime:
        return ReadTime(
            start=start, end=end, type=TimexType.DATE, value="2010", mod=None, source=Source.WORDS, anchor=None, reason="",
            tense=Tense.NONE,
        )  # fmt: skip

    gold = [GoldTime(0, 20, "DATE", "2010"), GoldTime(10, 14, "DATE", "2010")]
    assert pair_spans(gold, [read(10, 14), read(0, 4)]) == {0: 1, 1: 0}
    assert pair_spans(gold, [read(10, 14)]) == {1: 0}


def test_development_set_meets_its_targets() -> None:
    if not GOLD.exists():
        pytest.skip("the shared gold folder is not beside this checkout")
    scores = evaluate_times(GOLD)
    assert scores.value_f1 >= 0.85
    assert scores.relaxed_f1 >= 0.94
    assert scores.strict_f1 >= 0.90
    assert scores.date_accuracy >= 0.93
    assert scores.documents_per_second >= 50
