"""A person's judgement holds at once, through every later run, until it is undone; the program's own values are kept."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from handmade import LATER_RUN, RUN, coded_article

from communique.records import (
    Claim,
    CodedArticle,
    Judgement,
    Precision,
    Span,
    Status,
    StorageError,
    Verdict,
    make_id,
    make_judgement,
)
from communique.store import Filters, Record

CODED = coded_article()
TALKS, MET, PLANNED, DEMAND = CODED.claims
NOON = datetime(2031, 3, 5, 12, tzinfo=UTC)
NORLAND, SUDRIA, HOLM = CODED.actors


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.db", create=True) as made:
        made.add(CODED, RUN)
        yield made


def judgement(verdict: Verdict, subject: str, hours: int = 0, other: str | None = None, **changes: str) -> Judgement:
    return make_judgement(
        verdict=verdict,
        subject=subject,
        other=other,
        changes=tuple(changes.items()),
        judge="reader",
        judged_at=NOON + timedelta(hours=hours),
        reason="read it again",
    )


def claim(record: Record, claim_id: str) -> Claim:
    return record.claims_by_id([claim_id])[claim_id]


def test_a_judgement_is_kept_once_and_told_in_order(record: Record) -> None:
    second = judgement(Verdict.CONFIRMED, MET.id, 2)
    first = judgement(Verdict.SAME, TALKS.id, 1, other=MET.id)
    assert record.judge(second)
    assert record.judge(first)
    assert not record.judge(first)
    assert [each.id for each in record.judgements()] == [first.id, second.id]
    assert [each.id for each in record.judgements(TALKS.id)] == [first.id]
    assert record.judgements(TALKS.id)[0].anchor is not None


def test_a_correction_holds_at_once(record: Record) -> None:
    told = judgement(
        Verdict.CORRECTED,
        MET.id,
        type="COOPERATE",
        status="scheduled",
        modes="visit, phone",
        date="2031-04",
        place="Ostmark",
    )
    assert record.judge(told)
    found = claim(record, MET.id)
    assert (found.type, found.status, found.modes) == ("COOPERATE", Status.SCHEDULED, ("visit", "phone"))
    assert found.date is not None
    assert found.date.dates is not None
    assert (found.date.dates.earliest, found.date.dates.latest) == (date(2031, 4, 1), date(2031, 4, 30))
    assert found.date.dates.precision is Precision.MONTH
    assert found.place is not None
    assert found.place.name == "Ostmark"
    decided = {each.field: each for each in found.decisions}
    assert {decided[field].rule for field in ("type", "status", "modes", "date", "place")} == {"judgement"}
    assert found.confidence == 1.0
    assert [each.id for each in record.claims(Filters(types=("COOPERATE",), since=date(2031, 4, 2)))] == [MET.id]
    assert MET.id not in {each.id for each in record.claims(Filters(places=("Port Vell",)))}
    assert record.coded_article(CODED.article.id).claims[1] == found


def test_undo_gives_back_all_that_the_program_had_said(record: Record) -> None:
    told = judgement(Verdict.CORRECTED, MET.id, type="COOPERATE", date="2031", place="", actors=HOLM.id)
    record.judge(told)
    assert claim(record, MET.id) != MET
    assert record.withdraw(told.id, NOON + timedelta(days=1))
    assert record.coded_article(CODED.article.id) == CODED
    assert [each.id for each in record.claims(Filters(types=("CONSULT",)))] == [MET.id, PLANNED.id, TALKS.id]
    assert record.judgements() == ()
    assert record.judgements(active=False)[0].withdrawn_at == NOON + timedelta(days=1)
    assert not record.withdraw(told.id, NOON)
    assert not record.withdraw("judgement-0000000000000000", NOON)
    assert record.add(CODED, RUN) is False


def test_corrections_add_up_and_are_undone_one_by_one(record: Record) -> None:
    first = judgement(Verdict.CORRECTED, MET.id, 0, type="COOPERATE")
    second = judgement(Verdict.CORRECTED, MET.id, 1, status="denied")
    record.judge(first)
    record.judge(second)
    assert (claim(record, MET.id).type, claim(record, MET.id).status) == ("COOPERATE", Status.DENIED)
    record.withdraw(first.id, NOON)
    assert (claim(record, MET.id).type, claim(record, MET.id).status) == ("CONSULT", Status.DENIED)


def test_a_rejected_claim_is_left_out_with_what_stands_on_it(record: Record) -> None:
    told = judgement(Verdict.REJECTED, DEMAND.id)
    record.judge(told)
    record.judge(judgement(Verdict.REJECTED, PLANNED.id))
    assert {each.id for each in record.claims()} == {TALKS.id, MET.id}
    assert len(record.claims(Filters(rejected=True))) == 4
    assert record.count("claims") == 2
    assert record.count("claims", Filters(words="blockade")) == 2
    assert record.count("claims", Filters(words="blockade", rejected=True)) == 4
    assert record.positions() == record.meetings() == ()
    assert len(record.positions(Filters(rejected=True))) == len(record.meetings(Filters(rejected=True))) == 1
    record.withdraw(told.id, NOON)
    assert len(record.positions()) == 1
    assert {each.id for each in record.claims()} == {TALKS.id, MET.id, DEMAND.id}


def test_a_correction_after_a_rejection_takes_the_claim_back_in(record: Record) -> None:
    record.judge(judgement(Verdict.REJECTED, DEMAND.id, 0))
    record.judge(judgement(Verdict.CORRECTED, DEMAND.id, 1, status="denied"))
    assert claim(record, DEMAND.id) in record.claims()


def test_a_confirmed_claim_leaves_the_queue(record: Record) -> None:
    queue = [each.id for each in record.review_slice().items]
    assert set(queue) == {each.id for each in CODED.claims}
    assert [claim(record, each).confidence for each in queue] == sorted(each.confidence for each in CODED.claims)
    record.judge(judgement(Verdict.CONFIRMED, queue[0]))
    assert [each.id for each in record.review_slice().items] == queue[1:]
    assert {each.rule for each in claim(record, queue[0]).decisions} == {"judgement"}


@pytest.mark.parametrize("new_id", [False, True], ids=["same id", "another id, same words"])
def test_it_stands_when_the_article_is_coded_anew(record: Record, new_id: bool) -> None:
    record.judge(judgement(Verdict.CORRECTED, MET.id, type="COOPERATE", actors=f"{HOLM.id}, {SUDRIA.id}"))
    record.judge(judgement(Verdict.REJECTED, DEMAND.id))
    recoded = _with_other_ids(CODED) if new_id else CODED
    assert record.add(recoded, LATER_RUN)
    _, met, _, demand = recoded.claims
    assert claim(record, met.id).type == "COOPERATE"
    assert [role.actor_id for role in claim(record, met.id).actors] == [HOLM.id, SUDRIA.id]
    assert demand.id not in {each.id for each in record.claims()}
    assert len(record.judgements(met.id)) == 1
    for each in record.judgements():
        record.withdraw(each.id, NOON)
    assert record.coded_article(CODED.article.id) == recoded


def _with_other_ids(coded: CodedArticle) -> CodedArticle:
    """The same article as another version of the program gives it: claims with the same words under other ids."""
    renamed = {each.id: make_id("claim", "other", each.id) for each in coded.claims}
    return replace(
        coded,
        claims=tuple(replace(each, id=renamed[each.id]) for each in coded.claims),
        events=tuple(replace(each, claims=tuple(renamed[one] for one in each.claims)) for each in coded.events),
        positions=tuple(replace(each, basis=renamed[each.basis]) for each in coded.positions),
        meetings=tuple(replace(each, claims=tuple(renamed[one] for one in each.claims)) for each in coded.meetings),
    )


def test_an_actor_is_put_into_a_role_though_the_article_does_not_name_it(record: Record) -> None:
    other = coded_article("other.txt")
    stranger = replace(HOLM, id=make_id("actor", "stranger"), name="Olaf Brandt", country=None, sectors=())
    record.add(replace(other, actors=(*other.actors, stranger)), RUN)
    told = judgement(Verdict.CORRECTED, MET.id, recipients=stranger.id)
    record.judge(told)
    assert [each.id for each in record.claims(Filters(actors=("Olaf Brandt",)))] == [MET.id]
    assert stranger in record.coded_article(CODED.article.id).actors
    record.add(CODED, LATER_RUN)
    assert [each.id for each in record.claims(Filters(actors=("Olaf Brandt",)))] == [MET.id]
    record.withdraw(told.id, NOON)
    assert record.coded_article(CODED.article.id) == CODED


def test_a_named_actor_is_called_so_everywhere(record: Record) -> None:
    told = judgement(Verdict.NAMED, HOLM.id, name="Ada Holm-Berg", country="SDR", sectors="LEG")
    record.judge(told)
    found = record.actors_by_id([HOLM.id])[HOLM.id]
    assert (found.name, found.country, found.sectors) == ("Ada Holm-Berg", "SDR", ("LEG",))
    assert [actor.id for actor in record.actors_called("berg")] == []  # one word of a name, as it is written
    assert [actor.id for actor in record.actors_called("holm-berg")] == [HOLM.id]
    assert len(record.statements(Filters(actors=("Sudria",)))) == 1
    assert record.statements(Filters(actors=("Norland",))) == ()
    again = coded_article("again.txt")
    record.add(again, RUN)
    assert len(record.statements(Filters(actors=("Sudria",)))) == 2
    assert record.program_said(HOLM.id) == HOLM
    record.withdraw(told.id, NOON)
    assert record.coded_article(CODED.article.id) == CODED
    assert record.coded_article(again.article.id) == again
    assert len(record.statements(Filters(actors=("Norland",)))) == 2


def test_explain_tells_the_programs_own_value_beside_the_persons(record: Record) -> None:
    told = judgement(Verdict.CORRECTED, MET.id, type="COOPERATE", place="")
    record.judge(told)
    fields = {field.name: field for field in record.explain(MET.id).fields}
    assert (fields["type"].value, fields["type"].program, fields["type"].rule) == ("COOPERATE", "CONSULT", "judgement")
    assert (fields["place"].value, fields["place"].program) == ("none", "Port Vell, NRL")
    assert fields["status"].program is None
    assert ("judgement", told.id) in record.explain(MET.id).related
    explained = record.explain(told.id)
    assert explained.passages
    assert "type: COOPERATE" in [field.value for field in explained.fields]
    assert record.program_said(MET.id) == MET


def test_the_articles_it_is_about_are_linked_again(record: Record) -> None:
    record.add(coded_article("other.txt"), RUN)
    from communique.records import Links

    record.write_links(Links())
    record.judge(judgement(Verdict.REJECTED, DEMAND.id))
    assert record.unlinked() == (CODED.article.id,)


@pytest.mark.parametrize(
    ("told", "message"),
    [
        (judgement(Verdict.REJECTED, "claim-0000000000000000"), "no such claim"),
        (judgement(Verdict.NAMED, "actor-0000000000000000", name="X"), "no such actor"),
        (judgement(Verdict.NAMED, HOLM.id), "nothing is to be named"),
        (judgement(Verdict.NAMED, HOLM.id, kind="ghost"), "no kind"),
        (judgement(Verdict.SAME, MET.id), "judges two claims"),
        (judgement(Verdict.CORRECTED, MET.id), "without a value"),
        (judgement(Verdict.CORRECTED, MET.id, id="x"), "cannot be corrected"),
        (judgement(Verdict.CORRECTED, MET.id, status="done"), "no status"),
        (judgement(Verdict.CORRECTED, MET.id, date="2031-02-30"), "no date"),
        (judgement(Verdict.CORRECTED, MET.id, date="soon"), "no date"),
        (judgement(Verdict.CORRECTED, MET.id, actors="actor-0000000000000000"), "no actor has the id"),
    ],
)  # fmt: skip
def test_what_cannot_be_applied_is_refused_in_one_line(record: Record, told: Judgement, message: str) -> None:
    before = record.revision()
    with pytest.raises(StorageError, match=message) as caught:
        record.judge(told)
    assert "\n" not in str(caught.value)
    assert record.judgements() == ()
    assert record.revision() == before


def test_a_judgement_made_before_the_article_is_read_waits_for_it(tmp_path: Path) -> None:
    with Record.open(tmp_path / "new.db", create=True) as made:
        span: Span = DEMAND.trigger
        told = replace(judgement(Verdict.REJECTED, DEMAND.id), anchor=f"{span.article_id}:{span.start}-{span.end}")
        assert made.judge(told)
        made.add(CODED, RUN)
        assert DEMAND.id not in {each.id for each in made.claims()}
