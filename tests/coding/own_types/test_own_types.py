"""Event types and modes of the user's own: the file is checked, examples become prototypes, frames decide, both at once."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from communique.codebook.custom import load_background, load_custom
from communique.codebook.marked import unmark
from communique.coding.classifier import load_classifier
from communique.coding.prototypes import load_prototypes, try_out
from communique.read.page import make_page
from communique.records import Claim, CodedArticle, ConfigurationError, Page
from communique.run import Settings, code_page

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "water.yaml"
UNSEEN = Path(__file__).with_name("unseen.tsv")
ARTICLE = """Khartoum protests as reservoir fills
July 22, 2024

Ethiopia impounded another four billion cubic metres of the Nile behind its dam on Monday, Sudan's irrigation ministry said.

Egypt's foreign minister met his Ethiopian counterpart in Addis Ababa on Tuesday.

In the east, Turkey diverted a tributary of the Tigris from Iraq. Syria accused Turkey of withholding water.
"""


def coded(text: str, *codebook: Path) -> tuple[Claim, ...]:
    page = next(
        each for each in make_page("a.txt", text.encode(), datetime(2024, 7, 23, tzinfo=UTC)) if isinstance(each, Page)
    )
    found = code_page(page, Settings(codebook=codebook))
    assert isinstance(found, CodedArticle)
    assert not found.problems
    return found.claims


def test_the_worked_example_codes_at_once() -> None:
    own = {each.trigger.of(ARTICLE): each for each in coded(ARTICLE, EXAMPLE) if each.type == "WATER"}
    assert set(own) == {"impounded", "diverted"}
    assert all(each.like == each.plover_type == "COERCE" for each in own.values())
    told = {decision.rule for each in own.values() for decision in each.decisions if decision.field == "type"}
    assert told == {"prototypes of water.yaml", "frame of water.yaml"}


def test_what_is_not_of_the_own_type_is_coded_as_before() -> None:
    before = {each.id: each for each in coded(ARTICLE)}
    after = {each.id: each for each in coded(ARTICLE, EXAMPLE) if each.type != "WATER"}
    assert {"CONSULT", "ACCUSE"} <= {each.type for each in after.values()}
    assert all(before[each] == claim for each, claim in after.items())


def test_sentences_that_the_example_has_not_seen() -> None:
    """Most of the forty are told apart: the figure stands in docs/codebook.md, this is its floor."""
    prototypes = load_prototypes((load_custom(EXAMPLE),))
    right = total = 0
    for line in UNSEEN.read_text(encoding="utf-8").splitlines():
        meant, marked = line.split("\t")
        sentence, marks = unmark(marked)
        found = bool(prototypes.borne(load_classifier().read(sentence, marks).vector))
        right += found == (meant == "1")
        total += 1
    assert total >= 40
    assert right / total >= 0.85


def test_each_sentence_is_tried_without_itself() -> None:
    label = load_custom(EXAMPLE)
    trials = try_out(label, load_classifier())
    assert [each.meant for each in trials] == [True] * len(label.examples) + [False] * len(label.counter_examples)
    assert sum(each.found for each in trials if each.meant) > len(label.examples) / 2


def test_a_mode_of_ones_own_is_added_to_the_modes(tmp_path: Path) -> None:
    file = tmp_path / "mode.yaml"
    file.write_text(
        """
type: CONSULT
mode: dam-talks
definition: Talks about a dam or a river.
examples:
  - "<s>Egypt</s> <e>held talks</e> with <t>Ethiopia</t> on the dam."
  - "<s>The ministers of Iraq</s> <e>discussed</e> the river's flow with <t>Turkey</t>."
  - "<s>Sudan</s> <e>negotiated</e> with <t>Ethiopia</t> over the filling of the reservoir."
counter_examples:
  - "<s>Egypt</s> <e>held talks</e> with <t>Israel</t> on the ceasefire."
  - "<s>The ministers of Iraq</s> <e>discussed</e> tariffs with <t>Turkey</t>."
  - "<s>Sudan</s> <e>negotiated</e> with <t>Chad</t> over refugees."
frames:
  - "A discuss [dam|reservoir] with:R!"
""",
        encoding="utf-8",
    )
    text = "Talks\nMay 5, 2024\n\nEgypt discussed the dam with Ethiopia on Monday. France held talks with Germany on trade."
    modes = {each.trigger.of(text): each.modes for each in coded(text, file)}
    assert "dam-talks" in modes["discussed"]
    assert all("dam-talks" not in found for trigger, found in modes.items() if trigger != "discussed")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (("like: COERCE", "like: NOTHING"), "`like` must be an event type that there is"),
        (("type: WATER", "type: COERCE"), "the type COERCE exists"),
        (("score: -6", "score: often"), "`score` must be a number"),
        (("definition:", "defination:"), "no such key: defination; lacks definition"),
        (("<e>diverted</e>", "diverted"), "examples, number 6: mark the words that tell the event"),
        (("<s>India</s>", "<s>India"), "examples, number 6: <e> inside <s>"),
        (("A divert|dam|dam_up", "A divert +often"), "cannot be read"),
    ],
)
def test_a_faulty_file_is_refused_in_one_line(change: tuple[str, str], told: str, tmp_path: Path) -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert change[0] in text
    file = tmp_path / "own.yaml"
    file.write_text(text.replace(*change, 1), encoding="utf-8")
    with pytest.raises(ConfigurationError) as caught:
        load_custom(file)
    assert told in str(caught.value)
    assert str(caught.value).startswith(f"{file}: ")
    assert "\n" not in str(caught.value)


def test_one_name_in_two_files_is_refused(tmp_path: Path) -> None:
    twin = tmp_path / "twin.yaml"
    twin.write_text(EXAMPLE.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(ConfigurationError, match="WATER is defined in"):
        coded("Egypt met Sudan on Monday.", EXAMPLE, twin)


def test_the_background_holds_every_kind_with_its_trigger_marked() -> None:
    background = load_background()
    assert len(background) > 100
    assert all(any(name == "trigger" for name, _, _ in each.marks) for each in background)
