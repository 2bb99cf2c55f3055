"""The scorer of marked pairs on files of our own, where each figure can be counted by hand; the model is put in by the test."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest

from communique.codebook.crosswalks import load_crosswalk
from communique.codebook.event_types import load_event_types
from communique.coding.classifier import NONE, Classifier, Labels
from communique.evaluate.relations import Row, evaluate_relations, quad_of, read_rows, score, unmark
from communique.records import ReadingError, Status

ROOTS = {*load_event_types().types, "YIELD"} - {"CONCEDE", "RETREAT"}


class Told(Classifier):
    """Answers by the first word of the sentence: the type with the given chance, the rest of it on NONE or CONSULT."""

    def __init__(self, answers: Mapping[str, tuple[str, str, str]]) -> None:
        self.answers = answers
        self.seen: list[tuple[str, Mapping[str, tuple[int, int]]]] = []

    def read(self, sentence: str, marks: Mapping[str, tuple[int, int]]) -> Labels:
        self.seen.append((sentence, marks))
        label, mode, status = self.answers[sentence.split()[0]]
        types = dict.fromkeys((*load_event_types().types, NONE), 0.0)
        types["CONSULT"] = 0.3
        types[label] = 0.7
        statuses = {str(each): float(each == status) for each in Status}
        return Labels(types=types, statuses=statuses, modes={label: {mode: 0.9}} if mode else {})


ANSWERS = {
    "One": ("SANCTION", "expel", "occurred"),
    "Two": ("CONSULT", "", "occurred"),
    "Three": ("CONCEDE", "", "occurred"),
    "Four": ("SUPPORT", "", "occurred"),
    "Five": (NONE, "", "occurred"),
    "Six": (NONE, "", "occurred"),
    "Seven": ("CONSULT", "", "occurred"),
}
PAIRS = [
    "One <s>king</s> sent off the envoys of <t>another</t>.\tSANCTION\t4\t1",
    "Two <s>kings</s> met <t>a third</t>.\tCONSULT\t1\t0",
    "Three men of <t>Togo</t> were let go by <s>Ghana</s>.\tRETREAT\t2\t0",
    "Four <s>kings</s> blamed <t>a fifth</t>.\tACCUSE\t3\t1",
]
HEADER = "marked_sentence\tgold_root\tgold_penta\tgold_binary"


def write(path: Path, header: str, *lines: str) -> Path:
    path.write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return path


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    return write(tmp_path / "pairs.tsv", HEADER, *PAIRS)


def test_the_model_sees_the_plain_sentence_and_the_marks(pairs: Path) -> None:
    model = Told(ANSWERS)
    evaluate_relations(pairs, classifier=model)
    sentence, marks = model.seen[2]
    assert sentence == "Three men of Togo were let go by Ghana."
    assert {name: sentence[start:end] for name, (start, end) in marks.items()} == {
        "actor": "Ghana",
        "recipient": "Togo",
    }


def test_figures_by_hand(pairs: Path) -> None:
    told = evaluate_relations(pairs, classifier=Told(ANSWERS)).as_json()
    assert json.loads(json.dumps(told)) == told
    assert set(told) == {"n", "crosswalk", "root", "quad", "binary"}
    assert told["n"] == 4
    assert told["crosswalk"] == "plv"
    # three of four roots; CONCEDE found for RETREAT is YIELD for YIELD
    assert told["root"]["macro_f1"] == told["root"]["accuracy"] == 0.75
    assert set(told["root"]["per_class"]) == {"SANCTION", "CONSULT", "YIELD", "ACCUSE"}
    # quads 4 1 2 3 read as 4 1 2 1: F1 is 2/3 for 1, 1 for 2 and 4, 0 for 3
    assert told["quad"]["macro_f1"] == 0.6667
    assert told["quad"]["per_class"]["1"] == {"precision": 0.5, "recall": 1.0, "f1": 0.6667, "n": 1}
    # conflict: one of two, nothing else called so; cooperation: both, and one too many
    assert told["binary"]["per_class"]["conflict"]["f1"] == 0.6667
    assert told["binary"]["per_class"]["cooperation"]["f1"] == 0.8
    assert told["binary"]["macro_f1"] == 0.7333


def test_errors_and_table_show_the_words(pairs: Path) -> None:
    scores = evaluate_relations(pairs, classifier=Told(ANSWERS))
    assert scores.errors == ("ACCUSE read as SUPPORT: Four [kings] blamed {a fifth}.",)
    rows = scores.table()
    assert {len(row) for row in rows} == {5}
    assert ("root: macro-F1", "", "", "0.750", "4") in rows
    assert ("  ACCUSE read as SUPPORT", "", "", "", "1") in rows
    assert rows[-1][0] == "crosswalk: plv"


def test_columns_that_are_absent_have_no_figure(tmp_path: Path) -> None:
    one = write(tmp_path / "one.tsv", "marked_sentence\tgold_binary", "One <s>a</s> b <t>c</t>.\t1")
    told = evaluate_relations(one, classifier=Told(ANSWERS)).as_json()
    assert set(told) == {"n", "crosswalk", "binary"}
    assert told["binary"]["accuracy"] == 1.0


def test_a_pole_follows_from_the_quad_where_it_is_not_given(tmp_path: Path) -> None:
    lines = [line.rpartition("\t")[0] for line in PAIRS]
    path = write(tmp_path / "pairs.tsv", HEADER.rpartition("\t")[0], *lines)
    assert [row.conflict for row in read_rows(path)] == [1, 0, 0, 1]
    assert evaluate_relations(path, classifier=Told(ANSWERS)).as_json()["binary"]["macro_f1"] == 0.7333


def test_no_event_is_a_label_where_the_file_has_it(tmp_path: Path) -> None:
    lines = [
        "One <s>a</s> b <t>c</t>.\tSANCTION\t4",
        "Five <s>a</s> b <t>c</t>.\t\t0",
        "Six <s>a</s> b <t>c</t>.\tCONSULT\t1",
        "Seven <s>a</s> b <t>c</t>.\t\t0",
    ]
    path = write(tmp_path / "none.tsv", "marked_sentence\tgold_root\tgold_penta", *lines)
    told = evaluate_relations(path, classifier=Told(ANSWERS)).as_json()
    assert told["none"] == {"precision": 0.5, "recall": 0.5}
    assert told["quad"]["per_class"]["0"] == {"precision": 0.5, "recall": 0.5, "f1": 0.5, "n": 2}
    assert set(told["root"]["per_class"]) == {"SANCTION", "CONSULT"}  # a row without root is not asked for one
    assert told["binary"]["per_class"]["conflict"]["n"] == 1
    assert told["binary"]["per_class"]["cooperation"]["n"] == 1


def test_no_event_is_no_answer_where_the_file_has_none(tmp_path: Path) -> None:
    path = write(tmp_path / "some.tsv", "marked_sentence\tgold_root", "Six <s>a</s> b <t>c</t>.\tCONSULT")
    told = evaluate_relations(path, classifier=Told(ANSWERS)).as_json()
    assert told["root"]["accuracy"] == 1.0  # CONSULT is the likeliest type, next to NONE


@pytest.mark.parametrize(
    ("label", "mode", "status", "root", "plain"),
    [
        ("SANCTION", "convict", "occurred", "ACCUSE", "SANCTION"),
        ("SANCTION", "expel", "occurred", "SANCTION", "SANCTION"),
        ("CONCEDE", "", "scheduled", "AGREE", "YIELD"),
        ("CONCEDE", "", "occurred", "YIELD", "YIELD"),
        ("RETREAT", "release", "scheduled", "AGREE", "YIELD"),
        ("RETREAT", "release", "occurred", "YIELD", "YIELD"),
        ("ASSAULT", "aerial", "occurred", "ASSAULT", "ASSAULT"),
    ],
)
def test_the_crosswalk_is_applied_and_can_be_left_out(
    tmp_path: Path, label: str, mode: str, status: str, root: str, plain: str
) -> None:
    path = write(tmp_path / "one.tsv", "marked_sentence\tgold_root", f"Word <s>a</s> b <t>c</t>.\t{root}")
    model = Told({"Word": (label, mode, status)})
    assert evaluate_relations(path, classifier=model).as_json()["root"]["accuracy"] == 1.0
    without = evaluate_relations(path, crosswalk=None, classifier=model)
    assert without.as_json()["root"]["accuracy"] == float(plain == root)
    assert without.as_json()["crosswalk"] is None
    assert without.table()[-1][0] == "crosswalk: none"


def test_every_row_of_the_crosswalk_names_labels_that_exist() -> None:
    types = load_event_types().types
    for row in load_crosswalk("plv").rows:
        assert row.modes <= set(types[row.type].mode_scores)
        assert row.statuses <= {str(status) for status in Status}
        assert row.to in ROOTS
        assert row.why


@pytest.mark.parametrize(
    ("root", "quad"), [("NONE", 0), ("AGREE", 1), ("YIELD", 2), ("AID", 2), ("REQUEST", 3), ("PROTEST", 4)]
)
def test_quads_of_roots(root: str, quad: int) -> None:
    assert quad_of(root) == quad


def test_every_root_has_its_quad() -> None:
    assert {quad_of(root) for root in ROOTS} == {1, 2, 3, 4}


def test_whole_sentences_go_through_the_program(tmp_path: Path) -> None:
    lines = [
        "Ghana expelled two Togolese diplomats.\t4",
        "Rain fell on the empty square.\t0",
        "The foreign ministers of Ghana and Togo held talks in Lomé.\t1",
        "Ghana condemned Togo.\t3",
    ]
    path = write(tmp_path / "whole.tsv", "sentence\tgold_penta", *lines)
    told = evaluate_relations(path).as_json()
    assert set(told) == {"n", "crosswalk", "quad", "binary", "none"}
    assert told["quad"]["macro_f1"] == told["binary"]["macro_f1"] == 1.0
    assert told["none"] == {"precision": 1.0, "recall": 1.0}


@pytest.mark.parametrize(
    ("marked", "plain", "marks"),
    [
        ("<s>A</s> met <t>B</t>.", "A met B.", {"actor": (0, 1), "recipient": (6, 7)}),
        ("<t>B</t> met <s>A</s>.", "B met A.", {"actor": (6, 7), "recipient": (0, 1)}),
        ("<s>A</s> met <s>B</s>.", "A met B.", {"actor": (0, 1)}),
        ("<s>A <t>B</t></s> met.", "A B met.", {"actor": (0, 3), "recipient": (2, 3)}),
        ("<s>A met B.", "A met B.", {}),
        ("<s></s>A met B.", "A met B.", {}),
        ("A </s>met B.", "A met B.", {}),
        ("A <b>met</b> B.", "A <b>met</b> B.", {}),
    ],
)
def test_unmark(marked: str, plain: str, marks: dict[str, tuple[int, int]]) -> None:
    assert unmark(marked) == (plain, marks)


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "has no lines"),
        (b"marked_sentence\tgold_root\n", "has no lines"),
        (b"text\tgold_root\nA met B.\tCONSULT\n", "needed are marked_sentence"),
        (b"marked_sentence\tlabel\nA met B.\tCONSULT\n", "needed are marked_sentence"),
        (b"marked_sentence\tgold_root\n\xff\xfe\tCONSULT\n", "cannot be read"),
    ],
)
def test_another_file_is_refused_in_one_line(tmp_path: Path, content: bytes, cause: str) -> None:
    path = tmp_path / "other.tsv"
    path.write_bytes(content)
    with pytest.raises(ReadingError) as told:
        read_rows(path)
    assert cause in str(told.value)
    assert str(path) in str(told.value)
    assert "\n" not in str(told.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReadingError, match=r"gone\.tsv: cannot be read"):
        read_rows(tmp_path / "gone.tsv")


@pytest.mark.parametrize(
    "line", ["A <s>b</s> c.\tCONSULT\tone\t0", "A <s>b</s> c.\tCONSULT\t1\tno", "\tCONSULT\t1\t0"]
)  # fmt: skip
def test_a_cell_that_cannot_be_read_is_refused_with_its_line(tmp_path: Path, line: str) -> None:
    path = write(tmp_path / "bad.tsv", HEADER, PAIRS[0], line)
    with pytest.raises(ReadingError, match="3"):
        read_rows(path)


def test_errors_of_files_without_root_are_told_by_quad() -> None:
    row = Row(sentence="A met B.", marks={"actor": (0, 1)}, root=None, quad=3, conflict=1)
    assert score([row], ["CONSULT"], None).errors == ("3 read as CONSULT: [A] met B.",)
