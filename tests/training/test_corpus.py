"""The corpus' lines: marks to offsets, every kind of bad line named with its place, labels in the model's order."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.codebook.marked import NAMES, unmark
from communique.records import Status
from communique.training import labels
from communique.training.corpus import COLUMNS, CORPUS, CorpusError, read_corpus, read_file, read_row

LINE = "SANCTION\texpel\toccurred\tyes\twire\tSSA\tstate\t<s>Ghana</s> <e>expelled</e> <t>two envoys of Togo</t>."
HEADER = "\t".join(COLUMNS)


def test_marks_become_offsets_of_the_plain_sentence() -> None:
    sentence, marks = unmark("<s>Ghana</s> <e>expelled</e> <t>two envoys</t>, <q>Accra</q> said.")
    assert sentence == "Ghana expelled two envoys, Accra said."
    assert {name: sentence[start:end] for name, (start, end) in marks.items()} == {
        "actor": "Ghana",
        "trigger": "expelled",
        "recipient": "two envoys",
        "speaker": "Accra",
    }


def test_a_sentence_without_marks_is_itself() -> None:
    assert unmark("Rain fell in Accra.") == ("Rain fell in Accra.", {})
    assert unmark("") == ("", {})


def test_other_tags_and_signs_are_words() -> None:
    assert unmark("5 < 6 and <b>bold</b>") == ("5 < 6 and <b>bold</b>", {})


@pytest.mark.parametrize(
    ("marked", "cause"),
    [
        ("<s>Ghana left", "<s> is never closed"),
        ("Ghana</s> left", "</s> closes nothing"),
        ("<s>Ghana</t> left", "</t> closes nothing"),
        ("<s></s>Ghana left", "empty mark"),
        ("<s>Ghana <e>left</e></s>", "<e> inside <s>"),
        ("<s>Ghana</s> and <s>Togo</s>", "<s> stands twice"),
    ],
)
def test_bad_marks_are_refused_with_their_place(marked: str, cause: str) -> None:
    with pytest.raises(CorpusError) as told:
        read_row([*LINE.split("\t")[:-1], marked], "asia.tsv:17")
    assert str(told.value).startswith("asia.tsv:17: ")
    assert cause in str(told.value)
    assert "\n" not in str(told.value)


plain = st.text(st.characters(blacklist_characters="<>"), max_size=8)


@given(st.lists(st.tuples(plain, plain.filter(bool)), max_size=4), plain, st.permutations(list(NAMES)))
def test_any_marked_stretch_is_found_again(pieces: list[tuple[str, str]], end: str, letters: list[str]) -> None:
    marked = "".join(
        f"{before}<{letter}>{inside}</{letter}>" for (before, inside), letter in zip(pieces, letters, strict=False)
    )
    sentence, marks = unmark(marked + end)
    assert sentence == "".join(before + inside for before, inside in pieces) + end
    assert [sentence[slice(*marks[NAMES[letter]])] for _, letter in zip(pieces, letters, strict=False)] == [
        inside for _, inside in pieces
    ]


def test_a_line() -> None:
    example = read_row(LINE.split("\t"), "africa.tsv:2")
    assert (example.type, example.modes, example.status, example.main) == ("SANCTION", ("expel",), "occurred", True)
    assert (example.style, example.region, example.kind, example.place) == ("wire", "SSA", "state", "africa.tsv:2")
    assert example.sentence == "Ghana expelled two envoys of Togo."
    assert set(example.marks) == {"actor", "trigger", "recipient"}


def test_cells_are_stripped_and_lists_split() -> None:
    cells = [f" {cell} " for cell in LINE.split("\t")]
    cells[1], cells[3] = "expel,withdraw", "no"
    example = read_row(cells, "x:2")
    assert (example.type, example.modes, example.main) == ("SANCTION", ("expel", "withdraw"), False)
    assert read_row(["NONE", "", "", *cells[3:]], "x:2").modes == ()


@pytest.mark.parametrize("cells", [[], ["SANCTION"], [*LINE.split("\t"), "more"]])
def test_a_line_of_other_width_is_refused(cells: list[str]) -> None:
    with pytest.raises(CorpusError, match=rf"^x:9: {len(cells)} columns, 8 expected$"):
        read_row(cells, "x:9")


def test_a_file_names_the_line_that_is_wrong(tmp_path: Path) -> None:
    path = tmp_path / "two.tsv"
    path.write_text(f"{HEADER}\n{LINE}\n{LINE}x<e>\n", encoding="utf-8")
    with pytest.raises(CorpusError, match=r"^two\.tsv:3: "):
        list(read_file(path))


def test_a_file_with_another_header_is_refused(tmp_path: Path) -> None:
    for content in ("", "sentence\ttype\n", LINE):
        path = tmp_path / "one.tsv"
        path.write_text(content, encoding="utf-8")
        with pytest.raises(CorpusError, match=r"^one\.tsv:1: the header must be type modes "):
            list(read_file(path))


def test_quotation_marks_are_words(tmp_path: Path) -> None:
    path = tmp_path / "quotes.tsv"
    path.write_text(f'{HEADER}\n{LINE}\n{LINE[:-1]}, "at once", it said\n', encoding="utf-8")
    first, second = read_file(path)
    assert second.sentence.endswith('"at once", it said')
    assert (first.place, second.place) == ("quotes.tsv:2", "quotes.tsv:3")


def test_a_part_is_all_its_files_in_order(tmp_path: Path) -> None:
    for part, name in (("train", "b"), ("train", "a"), ("test", "c")):
        (tmp_path / part).mkdir(exist_ok=True)
        (tmp_path / part / f"{name}.tsv").write_text(f"{HEADER}\n{LINE}\n", encoding="utf-8")
    assert [each.place for each in read_corpus(tmp_path)] == ["a.tsv:2", "b.tsv:2"]
    assert [each.place for each in read_corpus(tmp_path, "test")] == ["c.tsv:2"]
    assert read_corpus(tmp_path, "none") == []


def test_the_corpus_of_the_checkout_is_found() -> None:
    assert (CORPUS / "GUIDELINES.md").is_file()
    assert len(read_corpus()) > 5000


def test_labels_stand_in_a_fixed_order() -> None:
    assert (*sorted(labels.TYPES[:-1]), "NONE") == labels.TYPES
    assert len(labels.TYPES) == 17
    assert len(labels.MODES) == len(set(labels.MODES)) == 67
    assert list(labels.MODES) == sorted(labels.MODES, key=lambda each: each.split("-", 1))
    assert {mode.split("-", 1)[0] for mode in labels.MODES} < set(labels.TYPES)
    assert tuple(str(status) for status in Status) == labels.STATUSES
