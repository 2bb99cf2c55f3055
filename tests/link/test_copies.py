"""Copies: the same words, cut, with lines added, lightly edited; two reports of one event are none."""

import random
from datetime import date, timedelta

import pytest

from communique.link.copies import Fingerprint, find_copies, fingerprint, voices_of_articles
from communique.records import CopyKind

DAY = date(2031, 5, 3)
REPORT = """The ferry company of Port Vell suspended all crossings to the islands on Monday after one of its boats ran aground.
A spokeswoman said that divers had found a tear of four metres in the hull, and that repairs would take until the middle of June.
Fishermen blocked the harbour for several hours to demand that the old pier be opened to them again.
The islands' council asked the capital for a military ship to bring flour and medicine.
The transport minister promised an answer by Wednesday and travelled to the harbour in the evening.
Some forty tourists, most of them from the mainland, spent the night in the school of the largest island.
The company has been in dispute with its crews since the winter, when it cut two of seven daily crossings."""
OTHER = """Nobody crosses to the northern islands for now: since Monday the boats lie idle, and fishermen have closed the harbour.
One of the company's two ferries tore its hull on a rock on Saturday, divers say, and cannot sail before summer.
For the council of the islands it is a question of bread, and it wants the navy to help.
Tourists slept on gym mats in the school. The minister came at night and said little."""
LINES = REPORT.split("\n")


def made(name: str, text: str, day: int = 0) -> Fingerprint:
    found = fingerprint(f"article-{name}", DAY + timedelta(days=day), text)
    assert found is not None
    return found


def groups(*prints: Fingerprint) -> list[tuple[list[str], CopyKind]]:
    return [([each.removeprefix("article-") for each in group.articles], group.kind) for group in find_copies(prints)]


def edited(text: str, every: int) -> str:
    words = text.split(" ")
    return " ".join(f"{word}{number}" if number % every == 0 else word for number, word in enumerate(words, 1))


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (REPORT, CopyKind.EXACT),
        (REPORT.upper().replace(",", ""), CopyKind.EXACT),
        ("\n".join(LINES[:4]), CopyKind.SYNDICATED),
        ("\n".join(LINES[:2]), CopyKind.SYNDICATED),
        (f"PORT VELL (Agency) - {REPORT}\nReporting by two correspondents, editing by a third.", CopyKind.SYNDICATED),
        (edited(REPORT, 14), CopyKind.EDITED),
        (REPORT.replace("four metres", "three metres").replace("forty tourists", "thirty tourists"), CopyKind.EDITED),
    ],
)
def test_copies(text: str, kind: CopyKind) -> None:
    found = groups(made("one", REPORT), made("two", text, day=1))
    assert [members for members, _ in found] == [["one", "two"]]
    assert found[0][1] in (kind, CopyKind.SYNDICATED if kind is CopyKind.EDITED else kind)


@pytest.mark.parametrize("text", [OTHER, f"{OTHER}\n{LINES[0]}", " ".join(reversed(REPORT.split()))])
def test_another_report_of_the_same_event_is_no_copy(text: str) -> None:
    assert groups(made("one", REPORT), made("two", text)) == []


def test_a_report_that_quotes_a_short_one_is_no_copy() -> None:
    notice = "\n".join(LINES[:1])
    longer = "\n".join([*(f"{line} {number}" for number, line in enumerate(OTHER.split("\n") * 1)), notice])
    assert groups(made("one", notice), made("two", f"{longer}\n{edited(REPORT, 3)}")) == []


def test_a_text_of_a_few_words_is_not_compared() -> None:
    assert fingerprint("article-x", DAY, "This page has moved to another address.") is None


def test_the_earliest_stands_first_and_gives_its_voice() -> None:
    (group,) = find_copies([made("b", REPORT, day=1), made("a", REPORT, day=2), made("c", REPORT, day=0)])
    assert group.articles == ("article-c", "article-b", "article-a")
    assert group.similarity == 1.0
    outlets = {"article-a": "ledger", "article-b": "courier", "article-c": "wire", "article-d": "post"}
    voices = voices_of_articles(outlets, [group])
    assert voices == {"article-a": "wire", "article-b": "wire", "article-c": "wire", "article-d": "post"}


def test_a_chain_of_ever_more_edited_copies_is_cut() -> None:
    texts = [REPORT]
    for step in range(1, 6):
        words = texts[-1].split(" ")
        for place in range(step, len(words), 6):
            words[place] = f"changed{step}x{place}"
        texts.append(" ".join(words))
    prints = [made(str(number), text, day=number) for number, text in enumerate(texts)]
    for group in find_copies(prints):
        assert group.similarity > 0.1


def test_groups_do_not_depend_on_order() -> None:
    prints = [
        made("one", REPORT),
        made("two", "\n".join(LINES[:4])),
        made("three", OTHER),
        made("four", f"{OTHER} The end.", 1),
    ]
    expected = find_copies(prints)
    assert len(expected) == 2
    for seed in range(5):
        shuffled = prints[:]
        random.Random(seed).shuffle(shuffled)
        assert find_copies(shuffled) == expected
