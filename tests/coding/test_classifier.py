"""The event model's adapter: the same answer whatever else is read, and one clear line when its files are not right."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from communique.codebook.event_types import load_event_types
from communique.coding import classifier
from communique.coding.classifier import NONE, Classifier, Labels, load_classifier
from communique.coding.marking import LONGEST_TOKENS
from communique.records import CodingError, Status

CASES: list[tuple[str, dict[str, tuple[int, int]]]] = [
    ("Ghana expelled two Togolese envoys.", {"actor": (0, 5), "trigger": (6, 14), "recipient": (15, 34)}),
    ("Ghana will expel two Togolese envoys.", {"actor": (0, 5), "trigger": (11, 16), "recipient": (17, 36)}),
    ("Rain fell on the empty square.", {"trigger": (5, 9)}),
    ("Protesters marched through Lomé – “enough”, they said.", {"actor": (0, 10), "trigger": (11, 18)}),
    ("Nothing is marked here.", {}),
]
PRINT_ALL = """
import json
from communique.coding.classifier import load_classifier
import test_classifier
found = [load_classifier().read(sentence, marks) for sentence, marks in test_classifier.CASES]
print(json.dumps([[each.types, each.statuses, each.modes] for each in found]))
"""


@pytest.fixture(scope="module")
def model() -> Classifier:
    return load_classifier()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the model's folder that a test may spoil."""
    for name in ("card.json", "tokenizer.json", "model.onnx"):
        (tmp_path / name).write_bytes((classifier.FOLDER / name).read_bytes())
    monkeypatch.setattr(classifier, "FOLDER", tmp_path)
    return tmp_path


def load_afresh() -> Classifier:
    """The model without the one that is kept in memory."""
    return load_classifier.__wrapped__()


def read_all(model: Classifier) -> list[Labels]:
    return [model.read(sentence, marks) for sentence, marks in CASES]


def test_labels_are_probabilities_over_the_codebook(model: Classifier) -> None:
    types = load_event_types().types
    for labels in read_all(model):
        assert set(labels.types) == {*types, NONE}
        assert set(labels.statuses) == {str(status) for status in Status}
        assert {name: set(modes) for name, modes in labels.modes.items()} == {
            name: set(each.mode_scores) for name, each in types.items() if each.mode_scores
        }
        assert sum(labels.types.values()) == pytest.approx(1.0)
        assert sum(labels.statuses.values()) == pytest.approx(1.0)
        chances = [chance for modes in labels.modes.values() for chance in modes.values()]
        assert all(0.0 <= chance <= 1.0 for chance in (*labels.types.values(), *labels.statuses.values(), *chances))


def test_plain_sentences_are_read_right(model: Classifier) -> None:
    expelled, announced, rain, march, _ = read_all(model)
    assert (expelled.type, expelled.status) == ("SANCTION", "occurred")
    assert expelled.modes_of("SANCTION", 0.5) == ("expel",)
    assert announced.status != "occurred"
    assert rain.type == NONE
    assert march.type == "PROTEST"


def test_modes_of_a_type_are_ordered_and_cut() -> None:
    labels = Labels(types={"A": 1.0}, statuses={"occurred": 1.0}, modes={"A": {"x": 0.6, "y": 0.9, "z": 0.2}})
    assert labels.modes_of("A", 0.5) == ("y", "x")
    assert labels.modes_of("A", 0.95) == ()
    assert labels.modes_of("B", 0.0) == ()


def test_no_answer_depends_on_order_or_repetition(model: Classifier) -> None:
    first = read_all(model)
    backwards = [model.read(sentence, marks) for sentence, marks in reversed(CASES)]
    assert backwards[::-1] == first
    assert read_all(model) == first
    assert [model.read(*CASES[2]) for _ in range(3)] == [first[2]] * 3
    assert read_all(load_afresh()) == first


@pytest.mark.parametrize("threads", ["1", "4"])
def test_no_answer_depends_on_the_number_of_threads(model: Classifier, threads: str) -> None:
    names = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "RAYON_NUM_THREADS")
    environment = {**os.environ, **dict.fromkeys(names, threads)}
    environment["PYTHONPATH"] = os.pathsep.join([str(Path(__file__).parent), environment.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", PRINT_ALL], capture_output=True, text=True, env=environment, check=True, timeout=120
    )
    told = [[each.types, each.statuses, each.modes] for each in read_all(model)]
    assert json.loads(done.stdout) == told


def test_marks_decide_what_is_read(model: Classifier) -> None:
    sentence = "Chad bombed the camp after Sudan praised the truce."
    bombed = model.read(sentence, {"actor": (0, 4), "trigger": (5, 11)})
    praised = model.read(sentence, {"actor": (27, 32), "trigger": (33, 40), "recipient": (41, 50)})
    assert (bombed.type, praised.type) == ("ASSAULT", "SUPPORT")


def test_a_sentence_of_a_thousand_words_is_read(model: Classifier) -> None:
    long, longer = (CASES[0][0] + " Rain fell on the square." * times for times in (300, 400))
    labels = model.read(long, CASES[0][1])
    assert sum(labels.types.values()) == pytest.approx(1.0)
    assert labels == model.read(longer, CASES[0][1])  # what stands far behind the marks is not read


def test_a_trigger_at_the_end_of_a_long_sentence_is_read(model: Classifier) -> None:
    before = "on the road, " * LONGEST_TOKENS
    sentence = before + CASES[0][0]
    marks = {name: (start + len(before), end + len(before)) for name, (start, end) in CASES[0][1].items()}
    assert model.read(sentence, marks).type == "SANCTION"


def test_an_empty_sentence_is_read(model: Classifier) -> None:
    assert sum(model.read("", {}).types.values()) == pytest.approx(1.0)


def refused() -> str:
    """The message with which the spoilt model is refused."""
    with pytest.raises(CodingError) as told:
        load_afresh()
    return str(told.value)


def test_the_copied_model_is_accepted(folder: Path, model: Classifier) -> None:
    assert read_all(load_afresh()) == read_all(model)


def test_a_tampered_model_is_refused_in_one_line(folder: Path) -> None:
    content = bytearray((folder / "model.onnx").read_bytes())
    content[len(content) // 2] ^= 1
    (folder / "model.onnx").write_bytes(bytes(content))
    message = refused()
    assert "\n" not in message
    assert "SHA-256" in message
    assert "make model" in message


def test_a_model_that_is_cut_short_is_refused(folder: Path) -> None:
    content = (folder / "model.onnx").read_bytes()
    (folder / "model.onnx").write_bytes(content[: len(content) // 2])
    assert "SHA-256" in refused()


def test_a_card_that_names_another_model_is_refused(folder: Path) -> None:
    card = json.loads((folder / "card.json").read_text(encoding="utf-8"))
    (folder / "card.json").write_text(json.dumps(card | {"sha256": "0" * 64}), encoding="utf-8")
    message = refused()
    assert "000000000000" in message
    assert "\n" not in message


@pytest.mark.parametrize("name", ["card.json", "tokenizer.json", "model.onnx"])
def test_a_missing_file_is_named_in_one_line(folder: Path, name: str) -> None:
    (folder / name).unlink()
    message = refused()
    assert name in message
    assert "\n" not in message
    assert "make model" in message


@pytest.mark.parametrize("content", ["{", "{}", "[]", '{"sha256": 1}'])
def test_a_malformed_card_is_refused_in_one_line(folder: Path, content: str) -> None:
    (folder / "card.json").write_text(content, encoding="utf-8")
    assert "card" in refused()


def test_a_tampered_tokenizer_is_refused(folder: Path) -> None:
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    vocabulary = tokenizer["model"]["vocab"]
    vocabulary["ghana"], vocabulary["rain"] = vocabulary["rain"], vocabulary["ghana"]
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    assert "tokenizer.json" in refused()
