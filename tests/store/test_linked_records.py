"""What linking derived is kept, replaced, listed, found under old ids, and explained by the words of its members."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from handmade import LATER_RUN, RUN, coded_article
from linked import links_of

from communique.records import CodedArticle, Event, LinkedEvent, Links, StorageError
from communique.store import Filters, Record

FIRST, SECOND = coded_article("wire/talks.txt"), coded_article("gazette/talks.txt")
LINKS = links_of(FIRST, SECOND)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.open(tmp_path / "r.db", create=True) as made:
        made.add(FIRST, RUN)
        made.add(SECOND, RUN)
        assert made.write_links(LINKS)
        yield made


def test_everything_comes_back_equal(record: Record) -> None:
    assert set(record.events()) == set(LINKS.events)
    assert record.linked_meetings() == LINKS.meetings
    assert record.lines() == LINKS.lines
    assert record.copy_groups() == LINKS.copies


def test_writing_twice_changes_nothing(record: Record) -> None:
    before = record.revision()
    assert not record.write_links(LINKS)
    assert record.revision() == before
    assert record.unlinked() == ()


def test_an_article_that_is_coded_anew_waits_to_be_linked(record: Record) -> None:
    record.add(FIRST, LATER_RUN)
    assert record.unlinked() == (FIRST.article.id,)
    assert record.write_links(LINKS)
    assert record.unlinked() == ()


def test_other_links_replace_all_and_the_old_ids_still_lead_to_the_event(record: Record) -> None:
    joined = next(event for event in LINKS.events if len(event.claims) == 4)
    renamed = replace(joined, id="event-00000000000000aa", claims=joined.claims[1:] + joined.claims[:1])
    assert record.write_links(Links(events=(renamed,)))
    assert record.events() == (renamed,)
    assert record.lines() == record.linked_meetings() == record.copy_groups() == ()
    assert record.event(joined.id) == renamed
    assert record.event(joined.id[:-3]) == renamed
    assert record.find(joined.id) == renamed


def test_a_part_is_replaced_and_the_rest_stays(record: Record) -> None:
    gone, *kept = LINKS.events
    changed = replace(kept[0], voices=7)
    assert record.replace_links([gone.id], Links(events=(changed,)))
    assert set(record.events()) == {changed, *kept[1:]}
    assert record.lines() == LINKS.lines
    assert not record.replace_links([gone.id], Links(events=(changed,)))


def test_an_event_is_found_through_its_claim_and_its_articles_own_event(record: Record) -> None:
    claim = FIRST.claims[1].id
    event = record.linked_events_of([claim])[claim]
    assert claim in event.claims
    assert record.event(claim) == event
    own: Event = record.events_of([claim])[claim]
    assert record.event(own.id) == event
    assert record.linked_meeting(FIRST.meetings[0].id) == LINKS.meetings[0]
    assert record.line(FIRST.positions[0].id) == LINKS.lines[0]
    with pytest.raises(StorageError, match="belongs to no event"):
        record.event(FIRST.statements[0].id)


@pytest.mark.parametrize(
    ("filters", "types"),
    [
        (Filters(), {"CONSULT", "AGREE", "REQUEST"}),
        (Filters(types=("CONSULT",)), {"CONSULT", "AGREE"}),  # an announced consultation too
        (Filters(statuses=("disputed",)), {"CONSULT"}),
        (Filters(actors=("Norland", "Sudria"), statuses=("occurred",)), {"CONSULT", "REQUEST"}),
        (Filters(actors=("Westland",)), set()),
        (Filters(places=("Port Vell",)), {"CONSULT"}),
        (Filters(places=("NRL",)), {"CONSULT"}),
        (Filters(places=("Nowhere",)), set()),
        (Filters(sources=("wire",)), {"CONSULT", "AGREE", "REQUEST"}),
        (Filters(sources=("herald",)), set()),
        (Filters(since=date(2031, 3, 10)), {"AGREE"}),
        (Filters(words="frank useful"), {"CONSULT", "AGREE", "REQUEST"}),
        (Filters(words="nothing of it"), set()),
        (Filters(article_id=FIRST.article.id, types=("REQUEST",)), {"REQUEST"}),
    ],
)  # fmt: skip
def test_events_by_filter(record: Record, filters: Filters, types: set[str]) -> None:
    found = record.events(filters)
    assert {event.type for event in found} == types
    assert record.count("events", filters) == len(found)
    assert tuple(record.iter_events(filters)) == found


def test_meetings_and_lines_by_filter(record: Record) -> None:
    assert record.linked_meetings(Filters(actors=("Sudria",), statuses=("announced",))) == LINKS.meetings
    assert record.linked_meetings(Filters(statuses=("held",))) == ()
    assert record.lines(Filters(types=("navigation",), actors=("SDR",))) == LINKS.lines
    assert record.lines(Filters(actors=("Norland",))) == ()
    assert record.count("lines", Filters(statuses=("changed",))) == 0


def test_copies_of_some_articles(record: Record) -> None:
    assert record.copy_groups([SECOND.article.id]) == LINKS.copies
    assert record.copy_groups(["article-0000000000000000"]) == ()
    assert {entry.outlet: entry.copies for entry in record.outlets()} == {"wire": 0, "gazette": 1}


def test_all_of_them_are_explained_by_words_of_their_members(record: Record) -> None:
    for derived in (*LINKS.events, *LINKS.meetings, *LINKS.lines, *LINKS.copies):
        explained = record.explain(derived.id)
        assert explained.record == derived
        assert explained.related
        assert explained.passages
        texts = {article.id: article.text for article in explained.articles}
        for field in explained.fields:
            for span in field.words:
                assert span.of(texts[span.article_id])


def test_an_explained_event_tells_who_says_otherwise(record: Record) -> None:
    event: LinkedEvent = next(event for event in LINKS.events if event.disputed)
    told = [field.value for field in record.explain(event.id).fields if field.name == "place"]
    assert told[-2:] == ["Port Vell (2 voices)", "none (1 voice, otherwise)"]


def test_links_of_an_article_that_is_gone_do_not_break_a_list(record: Record) -> None:
    fewer: CodedArticle = replace(
        FIRST, claims=FIRST.claims[:1], events=FIRST.events[:0], positions=(), meetings=(), statements=()
    )
    record.add(fewer, LATER_RUN)
    for event in record.events():
        assert record.explain(event.id).record == event
    assert len(record.claims_by_id(LINKS.events[0].claims)) < len(LINKS.events[0].claims)
