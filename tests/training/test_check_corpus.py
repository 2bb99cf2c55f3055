"""The corpus' validator: each fault, duplicates, near-duplicates, and that the corpus in this repository has none of them."""

from dataclasses import replace
from pathlib import Path

import pytest

from communique.codebook.event_types import load_event_types
from communique.training.check_corpus import duplicates, faults, main, near_duplicates
from communique.training.corpus import COLUMNS, CORPUS, Example, read_row

MODES = {name: set(each.mode_scores) for name, each in load_event_types().types.items()}
HEADER = "\t".join(COLUMNS)
CELLS = ["SANCTION", "expel", "occurred", "yes", "wire", "SSA", "state"]
MARKED = "<s>Ghana</s> <e>expelled</e> <t>two envoys of Togo</t>."


def example(marked: str = MARKED, place: str = "a.tsv:2", **changed: object) -> Example:
    return replace(read_row([*CELLS, marked], place), **changed)  # type: ignore[arg-type]


def told(each: Example) -> list[str]:
    return list(faults(each, MODES))


def test_a_sound_line_has_no_fault() -> None:
    assert told(example()) == []
    assert told(example(modes=())) == []
    assert told(example(type="NONE", modes=(), status="")) == []
    assert told(example("The <e>expulsion</e> of <t>two envoys</t> was short.")) == []


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (example(type="DEMAND"), "unknown type 'DEMAND'"),
        (example(modes=("visit",)), "SANCTION has no mode 'visit'"),
        (example(type="SUPPORT"), "SUPPORT has no mode 'expel'"),
        (example(type="NONE", modes=(), status="occurred"), "NONE has no status"),
        (example(status="planned"), "unknown status 'planned'"),
        (example(status=""), "unknown status ''"),
        (example(style="poem"), "unknown style 'poem'"),
        (example(region="ATL"), "unknown region 'ATL'"),
        (example(kind="king"), "unknown kind 'king'"),
        (example("<s>Ghana</s> expelled <t>two envoys</t>."), "no <e> trigger"),
        (
            example("<s>Ghana</s> <e>expelled on a very cold morning</e> <t>envoys</t>."),
            None,
        ),
        (
            example("<s>Ghana</s> <e>expelled on a very cold wet morning</e> <t>envoys</t>."),
            "the trigger is longer than six words",
        ),
        (example("Ghana <e>expelled</e> two envoys."), "neither <s> nor <t>"),
        (
            example("<s>Ghana </s><e>expelled</e> <t>two envoys</t>."),
            "the actor mark 'Ghana ' begins or ends with a space or a comma",
        ),
        (
            example("<s>Ghana</s> <e>expelled</e> <t>two envoys,</t> at once."),
            "the recipient mark 'two envoys,' begins or ends with a space or a comma",
        ),
        (example("<s>Ghana</s> <e>expelled</e>  <t>two envoys</t>."), "stray < or >, or a double space"),
        (example("<s>Ghana</s> <e>expelled</e> <b><t>two envoys</t>."), "stray < or >, or a double space"),
        (example("<s>Ghana</s> <e>expelled</e> <t>envoys</t>."), "fewer than four words"),
    ],
)
def test_each_fault_is_told(wrong: Example, fault: str | None) -> None:
    assert told(wrong) == ([] if fault is None else [fault])


def test_several_faults_are_all_told() -> None:
    assert len(told(example("Ghana expelled  envoys.", status="planned", style="poem"))) == 6


def test_the_same_sentence_with_the_same_marks_is_a_duplicate() -> None:
    twin = example(place="b.tsv:7", modes=())
    assert duplicates([example(), twin]) == ["b.tsv:7: the same sentence and marks as a.tsv:2"]
    assert len(duplicates([example(), twin, example(place="c.tsv:3")])) == 2


def test_another_pair_of_the_same_sentence_is_none() -> None:
    other = example("Ghana <e>expelled</e> <t>two envoys of Togo</t>.", place="b.tsv:7")
    assert duplicates([example(), other]) == []


@pytest.mark.xfail(strict=True, raises=AssertionError, reason="promised by its docstring, looked at nowhere")
def test_a_sentence_of_both_parts_is_a_duplicate(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "train" / "a.tsv", MARKED)
    write(tmp_path / "test" / "b.tsv", "Ghana <e>expelled</e> <t>two envoys of Togo</t>.")
    assert main([str(tmp_path)]) == 1


NEARLY = "<s>Ghana</s> <e>expelled</e> <t>four envoys of Togo</t>."
FAR = "<s>Mali</s> <e>praised</e> <t>the harbour pilots</t> of Benin."


def test_nearly_the_same_sentence_in_another_file_is_told() -> None:
    found = near_duplicates([example(), example(NEARLY, place="b.tsv:9"), example(FAR, place="c.tsv:2")], [])
    assert len(found) == 1
    assert "a.tsv:2" in found[0]
    assert "b.tsv:9" in found[0]


def test_twins_inside_one_file_are_meant() -> None:
    assert near_duplicates([example(), example(NEARLY, place="a.tsv:3")], []) == []


def test_nearly_a_sentence_of_another_set_is_told(tmp_path: Path) -> None:
    other = tmp_path / "other.tsv"
    other.write_text("n\tsentence\n1\tGhana expelled five envoys of Togo.\n2\tIt rained.\n", encoding="utf-8")
    found = near_duplicates([example(), example(FAR, place="c.tsv:2")], [other])
    assert found == ["a.tsv:2: close to another set: 'Ghana expelled five envoys of Togo.'"]


def write(path: Path, *marked: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = ["\t".join([*CELLS, each]) for each in marked]
    path.write_text("\n".join([HEADER, *lines, ""]), encoding="utf-8")


def test_the_command_is_content_with_a_sound_corpus(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "train" / "a.tsv", MARKED, FAR.replace("Mali", "Chad"))
    assert main([str(tmp_path), "--near"]) == 0
    out = capsys.readouterr().out
    assert "2 lines, 2 sentences, 0 problems" in out
    assert "SANCTION       2     2" in out
    assert "expel 2!" in out  # below the least number


def test_the_command_names_every_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "train" / "a.tsv", MARKED, MARKED, "<s>Ghana left", "Ghana <e>expelled</e> two envoys.")
    write(tmp_path / "train" / "b.tsv", NEARLY)
    (tmp_path / "train" / "c.tsv").write_text("sentence\n", encoding="utf-8")
    assert main([str(tmp_path), "--near"]) == 1
    lines = capsys.readouterr().out.splitlines()
    for start in ("a.tsv:3: the same", "a.tsv:4: <s> is never", "a.tsv:5: neither", "c.tsv:1: the header"):
        assert any(line.startswith(start) for line in lines), start
    assert any("close to" in line for line in lines)
    assert lines[-1].endswith("5 problems")


def test_the_corpus_of_this_repository_has_no_problem(capsys: pytest.CaptureFixture[str]) -> None:
    code = main([str(CORPUS), "--near"])
    out = capsys.readouterr().out
    assert code == 0, [line for line in out.splitlines() if ".tsv:" in line]


def test_the_corpus_covers_what_its_guidelines_promise(capsys: pytest.CaptureFixture[str]) -> None:
    main([str(CORPUS)])
    out = capsys.readouterr().out
    assert "!" not in out.partition("status:")[0]  # every mode often enough
    for line in out.splitlines():
        if line.startswith(("style:", "region:", "kind:", "status:")):
            assert all(int(entry.rpartition(" ")[2]) >= 40 for entry in line.split(", ")), line
