"""Figures of a classification, counted by hand on small tables."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.evaluate.classification import ClassScore, classify

GOLD = ["A", "A", "A", "B", "B", "C"]
FOUND = ["A", "A", "B", "B", "C", "C"]


def test_figures_of_a_small_table() -> None:
    scores = classify(GOLD, FOUND)
    assert scores.per_class == {
        "A": ClassScore(precision=1.0, recall=2 / 3, f1=0.8, n=3),
        "B": ClassScore(precision=0.5, recall=0.5, f1=0.5, n=2),
        "C": ClassScore(precision=0.5, recall=1.0, f1=2 / 3, n=1),
    }
    assert scores.macro_f1 == pytest.approx((0.8 + 0.5 + 2 / 3) / 3)
    assert scores.accuracy == pytest.approx(4 / 6)
    assert scores.confusions == (("B", "C", 1), ("A", "B", 1))


def test_a_class_that_only_the_program_knows_is_wrong_but_not_averaged() -> None:
    scores = classify(["A", "B"], ["A", "Z"])
    assert set(scores.per_class) == {"A", "B"}
    assert scores.per_class["B"] == ClassScore(precision=0.0, recall=0.0, f1=0.0, n=1)
    assert scores.macro_f1 == pytest.approx(0.5)
    assert scores.accuracy == pytest.approx(0.5)


def test_confusions_stand_most_frequent_first() -> None:
    scores = classify(["A"] * 3 + ["B"] * 3, ["B", "B", "A", "A", "C", "B"])
    assert scores.confusions[0] == ("A", "B", 2)
    assert sum(count for _, _, count in scores.confusions) == 4


def test_the_json_is_rounded_and_can_be_written() -> None:
    told = json.loads(json.dumps(classify(GOLD, FOUND).as_json()))
    assert told["macro_f1"] == 0.6556
    assert told["accuracy"] == 0.6667
    assert told["per_class"]["A"] == {"precision": 1.0, "recall": 0.6667, "f1": 0.8, "n": 3}


def test_lists_of_different_length_are_refused() -> None:
    with pytest.raises(ValueError, match=r"shorter|longer"):
        classify(["A"], ["A", "B"])


@given(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("ABCD")), min_size=1))
def test_shares_are_shares_and_add_up(pairs: list[tuple[str, str]]) -> None:
    gold, found = [one for one, _ in pairs], [other for _, other in pairs]
    scores = classify(gold, found)
    shares = [scores.macro_f1, scores.accuracy]
    shares += [share for each in scores.per_class.values() for share in (each.precision, each.recall, each.f1)]
    assert all(0.0 <= share <= 1.0 for share in shares)
    assert sum(each.n for each in scores.per_class.values()) == len(pairs)
    assert sum(each.recall * each.n for each in scores.per_class.values()) == pytest.approx(
        scores.accuracy * len(pairs)
    )
    assert sum(count for _, _, count in scores.confusions) == sum(one != other for one, other in pairs)
    assert classify(gold, gold).macro_f1 == 1.0
