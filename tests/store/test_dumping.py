"""The exchange form of a record depends on what it holds, not on how it came to hold it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

from handmade import LATER_RUN, RUN, coded_article, problem
from linked import links_of

from communique.records import CodedArticle, Links, Verdict, make_judgement
from communique.store import Record
from communique.store.exchange import coded_from_plain

FIRST, SECOND, THIRD = (coded_article(source) for source in ("wire/a.txt", "gazette/b.txt", "wire/c.txt"))
LINKS = links_of(FIRST, SECOND)
JUDGEMENT = make_judgement(
    verdict=Verdict.CORRECTED,
    subject=FIRST.claims[1].id,
    changes=(("status", "denied"), ("place", "Ostmark"), ("date", "2031-04")),
    judge="reader",
    judged_at=datetime(2031, 3, 5, 12, 30, tzinfo=UTC),
)


def dump(record: Record) -> str:
    out = StringIO()
    lines = record.dump(out)
    assert lines == len(out.getvalue().splitlines())
    return out.getvalue()


def test_the_way_to_a_record_does_not_show(tmp_path: Path) -> None:
    unread = replace(THIRD.page, id="page-00000000000000aa", source="empty.txt")
    with Record.open(tmp_path / "straight.db", create=True) as record:
        for coded in (FIRST, SECOND, THIRD):
            record.add(coded, RUN)
        record.add_problem(problem(), unread)
        record.write_links(LINKS)
        record.judge(JUDGEMENT)
        straight = dump(record)
    with Record.open(tmp_path / "winding.db", create=True) as record:
        record.add_problem(problem(), unread)
        record.add_problem(problem("wire/c.txt"), THIRD.page)
        record.add(_an_hour_later(THIRD), RUN)
        record.add(SECOND, LATER_RUN)
        record.write_links(links_of(SECOND, THIRD))
        record.add(replace(FIRST, claims=FIRST.claims[:2], events=(), positions=(), meetings=()), RUN)
        record.judge(JUDGEMENT)
        record.add(FIRST, RUN)
        record.add(SECOND, RUN)
        record.write_links(Links())
        record.write_links(LINKS)
        assert dump(record) == straight


def _an_hour_later(coded: CodedArticle) -> CodedArticle:
    assert coded.page.fetched_at is not None
    return replace(coded, page=replace(coded.page, fetched_at=coded.page.fetched_at + timedelta(hours=1)))


def test_lines_are_sorted_and_hold_the_whole(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as record:
        for coded in (FIRST, SECOND):
            record.add(coded, RUN)
        record.write_links(LINKS)
        lines = dump(record).splitlines()
        assert lines == sorted(lines)
        told = [json.loads(line) for line in lines]
        assert {each["kind"] for each in told} == {"article", "copies", "event", "line", "meeting", "run"}
        articles = {each["id"]: coded_from_plain(each["record"]) for each in told if each["kind"] == "article"}
        midnight = replace(FIRST.page, fetched_at=datetime(2031, 3, 4, tzinfo=UTC))
        assert articles[FIRST.article.id] == replace(FIRST, page=midnight)


def test_a_judgement_that_is_undone_is_all_that_remains_of_it(tmp_path: Path) -> None:
    with Record.open(tmp_path / "r.db", create=True) as record:
        record.add(FIRST, RUN)
        before = dump(record).splitlines()
        record.judge(JUDGEMENT)
        assert dump(record).splitlines()[0] != before[0]
        record.withdraw(JUDGEMENT.id, datetime(2031, 3, 6, tzinfo=UTC))
        after = dump(record).splitlines()
        assert [line for line in after if '"kind":"judgement"' not in line] == before
