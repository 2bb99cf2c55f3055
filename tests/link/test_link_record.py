"""Linking a record: the same whatever the order, the batches and the number of times; changes are followed; judgements stand."""

import io
import random
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from made_coded import BENIN, GHANA, RUN, TOGO, Said, coded

from communique.records import CodedArticle, Stance, Status, Verdict, make_judgement
from communique.run import Settings
from communique.run.linking import link_record
from communique.store import Filters, Record

BODY = "Fishermen of the lagoon waited all week for the customs house to open its gate, and nobody told them why it stayed shut."
MORE = "The harbour master counted forty boats at the quay, most of them loaded with smoked fish for the market across the border."


FAR = (BENIN,), (TOGO,)
PLAN: dict[str, Any] = {"status": Status.SCHEDULED, "meeting": True}


def talks(words: str, on: int | None = None, **more: object) -> Said:
    return Said(words, "CONSULT", (GHANA,), (TOGO,), on=on, **more)  # type: ignore[arg-type]


def articles() -> list[CodedArticle]:
    met = "met their colleagues of Togo in Aflao about fish and the closed bridge for almost eight hours."
    shelled = "shelled the customs house at Kodjoviakope and killed 12 guards."
    asked = "asked Togo to open the bridge at Aflao for lorries with fish."
    return [
        coded("wire-1", "wire", 2, [talks(f"Ministers of Ghana {met}", 2), Said(BODY), Said(MORE)]),
        coded("wire-2", "courier", 3, [talks(f"Ministers of Ghana {met}", 2), Said(BODY), Said(MORE)]),
        coded("own", "post", 3, [talks("Ghana and Togo talked for 7.5 hours in Aflao about the bridge and fish."), Said(MORE)]),
        coded("loose", "ledger", 6, [talks("Ghana and Togo met about fish and the bridge at Aflao."), Said("Rain fell.")]),
        coded("denied", "gazette", 4, [talks("Togo denied that it had met Ghana in Aflao about fish.", 2, status=Status.DENIED)]),
        coded("next", "post", 9, [talks("Ghana and Togo met again in Aflao about the bridge and fish.", 9)]),
        coded("shell-1", "wire", 12, [Said(f"Soldiers of Benin {shelled}", "ASSAULT", *FAR, 12, "Lomé")]),
        coded("shell-2", "post", 12, [Said("Benin fired at the Kodjoviakope customs house.", "ASSAULT", *FAR, None, "Lomé")]),
        coded("shell-3", "daily", 13, [Said("At least 20 guards died at the customs house.", "ASSAULT", *FAR, 11, "Lomé")]),
        coded("asked-1", "wire", 1, [Said(f"Ghana {asked}", "REQUEST", (GHANA,), (TOGO,), stance=Stance.DEMANDS)]),
        coded("asked-2", "post", 2, [Said(f"Accra {asked}", "REQUEST", (GHANA,), (TOGO,), stance=Stance.DEMANDS), Said(BODY)]),
        coded("refused", "daily", 5, [Said("Togo refused to open it.", "REJECT", (TOGO,), (GHANA,), stance=Stance.REJECTS)]),
        coded("plan-1", "wire", 1, [talks("Ghana and Togo will meet in Aflao.", 2, **PLAN)]),
        coded("plan-2", "post", 1, [talks("Togo and Ghana will meet in Aflao, Lomé said.", 2, **PLAN)]),
    ]  # fmt: skip


ARTICLES = articles()


def dumped(record: Record) -> str:
    out = io.StringIO()
    record.dump(out)
    return out.getvalue()


def filled(path: Path, parts: Iterable[Sequence[CodedArticle]]) -> Record:
    """A record into which the parts came one after another, linked after each; after the first one as a whole."""
    record = Record.open(path, create=True)
    for number, part in enumerate(parts):
        for article in part:
            record.add(article, RUN)
        link_record(record, settings=Settings(), full=number == 0)
    return record


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Record:
    return filled(tmp_path_factory.mktemp("whole") / "r.db", [ARTICLES])


def names(record: Record, claims: Iterable[str]) -> list[str]:
    found = record.claims_by_id(claims)
    sources = record.articles_by_id(claim.article_id for claim in found.values())
    return sorted(sources[found[each].article_id].source.removesuffix(".txt") for each in claims)


def grouped(record: Record) -> list[list[str]]:
    return sorted(names(record, event.claims) for event in record.events())


def test_what_belongs_together(whole: Record) -> None:
    assert [names_of(whole, group.articles) for group in whole.copy_groups()] == [["wire-1", "wire-2"]]
    assert grouped(whole) == [
        ["asked-1", "asked-2"],
        ["denied", "loose", "own", "wire-1", "wire-2"],
        ["next"],
        ["plan-1", "plan-2"],
        ["refused"],
        ["shell-1", "shell-2", "shell-3"],
    ]
    met = next(event for event in whole.events() if len(event.claims) == 5)
    assert (met.articles, met.voices) == (5, 4)
    assert met.disputed == ("status",)
    shelled = next(event for event in whole.events() if event.type == "ASSAULT")
    assert shelled.disputed == ("date", "deaths")


def names_of(record: Record, ids: Iterable[str]) -> list[str]:
    return [record.articles_by_id([each])[each].source.removesuffix(".txt") for each in ids]


@pytest.mark.parametrize("seed", range(8))
def test_order_and_batches_change_nothing(whole: Record, tmp_path: Path, seed: int) -> None:
    order = random.Random(seed)
    shuffled = ARTICLES[:]
    order.shuffle(shuffled)
    parts, left = [], shuffled
    while left:
        size = order.choice([1, 1, 2, 3, 5])
        parts.append(left[:size])
        left = left[size:]
    assert dumped(filled(tmp_path / "r.db", parts)) == dumped(whole)


def test_linking_again_changes_nothing(whole: Record) -> None:
    before, revision = dumped(whole), whole.revision()
    assert link_record(whole, settings=Settings()).linked == 0
    assert whole.revision() == revision
    assert link_record(whole, settings=Settings(), full=True).linked == len(ARTICLES)
    assert dumped(whole) == before


@pytest.mark.parametrize("name", ["own", "wire-1", "shell-1", "plan-1", "asked-1", "next"])
def test_an_article_that_was_coded_anew_is_linked_as_if_it_had_always_been_so(tmp_path: Path, name: str) -> None:
    place = next(number for number, each in enumerate(ARTICLES) if each.article.source == f"{name}.txt")
    changed = coded(
        name, "other", 11, [Said("Benin met Togo in Kara about salt.", "CONSULT", (BENIN,), (TOGO,), 11), Said(MORE)]
    )
    record = filled(tmp_path / "a.db", [ARTICLES, [changed]])
    anew = filled(tmp_path / "b.db", [[*ARTICLES[:place], *ARTICLES[place + 1 :], changed]])
    assert dumped(record) == dumped(anew)


def claim_of(record: Record, source: str) -> str:
    article = record.find_article(f"{source}.txt")
    return record.claims(Filters(article_id=article))[0].id


@pytest.mark.parametrize("later", [False, True])
def test_a_judgement_stands_through_later_runs_until_it_is_undone(tmp_path: Path, later: bool) -> None:
    late = [each for each in ARTICLES if each.article.source == "next.txt"]
    first = [each for each in ARTICLES if each not in late] if later else ARTICLES
    record = filled(tmp_path / "r.db", [first])
    judged = make_judgement(
        verdict=Verdict.DIFFERENT, subject=claim_of(record, "wire-1"), other=claim_of(record, "own"), judge="reader",
        judged_at=datetime(2031, 6, 1, tzinfo=UTC),
    )  # fmt: skip
    record.judge(judged)
    for article in late if later else ():
        record.add(article, RUN)
    link_record(record, settings=Settings())
    apart = grouped(record)
    assert not any({"wire-1", "own"} <= set(group) for group in apart)
    link_record(record, settings=Settings(), full=True)
    assert grouped(record) == apart
    record.withdraw(judged.id, datetime(2031, 6, 2, tzinfo=UTC))
    link_record(record, settings=Settings())
    assert ["denied", "loose", "own", "wire-1", "wire-2"] in grouped(record)


def test_a_person_joins_two_events_and_rejects_a_claim(tmp_path: Path) -> None:
    record = filled(tmp_path / "r.db", [ARTICLES])
    when = datetime(2031, 6, 1, tzinfo=UTC)
    record.judge(
        make_judgement(
            verdict=Verdict.SAME, subject=claim_of(record, "next"), other=claim_of(record, "refused"), judge="reader",
            judged_at=when,
        )
    )  # fmt: skip
    record.judge(
        make_judgement(verdict=Verdict.REJECTED, subject=claim_of(record, "shell-2"), judge="reader", judged_at=when)
    )
    link_record(record, settings=Settings())
    assert ["next", "refused"] in grouped(record)
    assert ["shell-1", "shell-3"] in grouped(record)
    before = dumped(record)
    link_record(record, settings=Settings(), full=True)
    assert dumped(record) == before
