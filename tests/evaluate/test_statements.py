"""The scorer of statements: its arithmetic on small files, its errors, and the figures on the development set."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.evaluate.statements import (
    Counts,
    evaluate_statements,
    linked_gold,
    match,
    read_lines,
)
from communique.records import ConfigurationError

DEVELOPMENT = Path(__file__).resolve().parents[2] / ".." / "shared" / "gold" / "statements" / "polnear-valid.jsonl"
TEXT = "Lind said that the road was mined. Nobody came."


def line(text: str, **spans: str) -> str:
    entries = [
        {"role": role, "start": text.index(words), "end": text.index(words) + len(words), "text": words}
        for role, words in spans.items()
    ]
    return json.dumps({"id": "a", "text": text, "spans": entries})


def test_everything_found(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line(TEXT, source="Lind", cue="said", content="that the road was mined") + "\n")
    scores = evaluate_statements(path)
    assert scores.as_json() == {
        "source": {"exact_f1": 1.0, "overlap_f1": 1.0},
        "cue": {"exact_f1": 1.0, "overlap_f1": 1.0},
        "content": {"exact_f1": 1.0, "overlap_f1": 1.0},
        "linked_f1": 1.0,
        "sentences": 1,
    }
    assert scores.errors == ()


def test_overlap_is_not_exact_and_a_miss_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    other = "Two trucks crossed the bridge at noon."
    path.write_text(
        line(TEXT, source="Lind", cue="said", content="the road was mined")
        + "\n"
        + line(other, source="Two trucks", cue="crossed", content="the bridge")
        + "\n"
    )
    scores = evaluate_statements(path)
    assert scores.as_json()["content"] == {"exact_f1": 0.0, "overlap_f1": round(2 / 3, 4)}
    assert scores.as_json()["linked_f1"] == round(2 / 3, 4)
    assert any("content missed: 'the bridge'" in error for error in scores.errors)
    assert any("content inexact: 'that the road was mined', expected 'the road was mined'" in e for e in scores.errors)
    assert [row[0] for row in scores.table()] == ["role", "source", "cue", "content", "linked"]


def test_wrong_is_told(tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(line(TEXT) + "\n")
    scores = evaluate_statements(path)
    assert scores.as_json()["content"] == {"exact_f1": 0.0, "overlap_f1": 0.0}
    assert any("content wrong" in error for error in scores.errors)


@pytest.mark.parametrize(
    "content", ["not json", '{"id": "a"}', '{"id": "a", "text": "b", "spans": [{"role": "cue"}]}', "[1]"]
)
def test_another_form_is_refused_with_the_file_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text(content)
    with pytest.raises(ConfigurationError, match=r"gold\.jsonl: not a statements file"):
        read_lines(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="absent"):
        evaluate_statements(tmp_path / "absent.jsonl")


def test_links_follow_the_nearest_cue() -> None:
    gold = {"source": [(0, 4), (50, 54)], "cue": [(5, 9), (55, 59)], "content": [(10, 40), (60, 90)]}
    assert linked_gold(gold) == [((0, 4), (10, 40)), ((50, 54), (60, 90))]
    assert linked_gold({"source": [], "cue": [], "content": [(0, 5)]}) == []


REACHES = st.lists(st.tuples(st.integers(0, 50), st.integers(1, 10)).map(lambda each: (each[0], each[0] + each[1])))


@given(REACHES, REACHES)
def test_matching_is_one_to_one_and_only_of_spans_that_share(
    mine: list[tuple[int, int]], theirs: list[tuple[int, int]]
) -> None:
    pairs = match(sorted(set(mine)), sorted(set(theirs)))
    assert len({one for one, _ in pairs}) == len(pairs) == len({other for _, other in pairs})
    assert all(one[0] < other[1] and other[0] < one[1] for one, other in pairs)
    if any(one[0] < other[1] and other[0] < one[1] for one in mine for other in theirs):
        assert pairs


def test_counts() -> None:
    assert Counts().f1 == Counts().precision == Counts().recall == 0.0
    counts = Counts().plus(1, 2, 4)
    assert (counts.precision, counts.recall, round(counts.f1, 3)) == (0.5, 0.25, 0.333)


@pytest.mark.skipif(not DEVELOPMENT.exists(), reason="the development set lies beside the checkout")
def test_figures_on_the_development_set(tmp_path: Path) -> None:
    """Every sixth line, to be quick; floors a little under the figures of the day this was written."""
    lines = DEVELOPMENT.read_text(encoding="utf-8").splitlines()[::6]
    path = tmp_path / "part.jsonl"
    path.write_text("\n".join(lines))
    figures = evaluate_statements(path).as_json()
    assert figures["content"]["overlap_f1"] >= 0.79
    assert figures["content"]["exact_f1"] >= 0.57
    assert figures["source"]["exact_f1"] >= 0.71
    assert figures["linked_f1"] >= 0.69
