"""Any number of readers go on while one program writes, and none of them sees half of a change."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from handmade import LATER_RUN, RUN, coded_article
from linked import links_of

from communique.records import Links, Verdict, make_judgement
from communique.store import Filters, Record, UnstorableError

ARTICLES = 12


def test_readers_never_fail_while_a_writer_adds_links_and_judges(tmp_path: Path) -> None:
    path = tmp_path / "busy.db"
    failures: list[BaseException] = []
    done = threading.Event()
    rounds = [0] * 6

    def reader(number: int, ask: Callable[[Record], object]) -> None:
        try:
            with Record.open(path) as record:
                while not done.is_set():
                    ask(record)
                    rounds[number] += 1
        except BaseException as error:
            failures.append(error)

    def whole_articles(record: Record) -> None:
        counts = record.counts()
        assert counts["claims"] == 4 * counts["articles"]

    def dyad(record: Record) -> None:
        for claim in record.claims(Filters(actors=("Norland", "Sudria"), rejected=True)):
            assert len(claim.decisions) > 0

    def streamed(record: Record) -> None:
        assert len({claim.id for claim in record.iter_claims()}) >= 3

    def explained(record: Record) -> None:
        for event in record.events_slice(Filters(limit=3)).items:
            record.linked_events_of(event.claims)
        record.dyads()
        record.outlets()

    def listed(record: Record) -> None:
        record.cast_slice()
        record.articles_slice(Filters(words="frank"))
        record.review_slice()

    def revisions(record: Record) -> None:
        before, claims, after = record.revision(), record.count("claims"), record.revision()
        assert claims >= 3 or before != after

    with Record.open(path, create=True) as writer:
        writer.add(coded_article("0.txt"), RUN)
        asks = (whole_articles, dyad, streamed, explained, listed, revisions)
        threads = [threading.Thread(target=reader, args=(number, ask)) for number, ask in enumerate(asks)]
        for thread in threads:
            thread.start()
        for number in range(1, ARTICLES):
            first, second = coded_article(f"{number - 1}.txt"), coded_article(f"{number}.txt")
            writer.add(second, RUN)
            writer.add(first, LATER_RUN)
            writer.write_links(links_of(first, second) if number % 3 else Links())
            told = make_judgement(
                verdict=Verdict.REJECTED if number % 2 else Verdict.CONFIRMED,
                subject=second.claims[0].id,
                judge="reader",
                judged_at=datetime(2031, 3, 5, tzinfo=UTC),
            )
            writer.judge(told)
            writer.withdraw(told.id, datetime(2031, 3, 6, tzinfo=UTC))
        done.set()
        for thread in threads:
            thread.join()
    assert failures == []
    assert all(rounds), rounds


def test_threads_share_one_record_for_reading_and_writing(tmp_path: Path) -> None:
    failures: list[BaseException] = []
    with Record.open(tmp_path / "shared.db", create=True) as record:

        def write(part: int) -> None:
            try:
                for number in range(6):
                    assert record.add(coded_article(f"{part}-{number}.txt"), RUN)
                    assert record.count("articles") >= number + 1
            except BaseException as error:
                failures.append(error)

        threads = [threading.Thread(target=write, args=(part,)) for part in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert failures == []
        assert record.count("claims") == 4 * 24


def test_a_refused_change_leaves_the_record_writable(tmp_path: Path) -> None:
    coded = coded_article()
    with Record.open(tmp_path / "r.db", create=True) as record:
        for _ in range(2):
            with pytest.raises(UnstorableError, match="refused"):
                record.add(replace(coded, actors=()), RUN)
        assert record.add(coded, RUN)
        assert record.coded_article(coded.article.id) == coded
