"""What `demo` shows of a linked record: several outlets' events, disputes, stances with their turns, meetings with their moves."""

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from communique.cli import demo_views
from communique.records import (
    CopyGroup,
    CopyKind,
    DateRange,
    FieldAgreement,
    FieldValue,
    Line,
    LineEntry,
    LinkedEvent,
    LinkedMeeting,
    Links,
    MeetingMove,
    MeetingStatus,
    Precision,
    Stance,
    Status,
    make_id,
)
from communique.store import Record

View = Callable[[Record, Console], object]


@pytest.fixture
def linked(folder: Path) -> Record:
    """Three articles with the same words: two outlets and a copy, linked by hand."""
    from handmade import RUN, coded_article

    coded = [coded_article(source) for source in ("harbour/talks.txt", "wire/talks.txt", "copy/talks.txt")]
    record = Record.open(folder / "linked.db", create=True)
    for each in coded:
        record.add(each, RUN)
    norland, sudria = coded[0].actors[0], coded[0].actors[1]
    met, first, second = (each.claims[1] for each in coded)
    day = DateRange(earliest=date(2031, 3, 3), latest=date(2031, 3, 3), precision=Precision.DAY)
    places = (FieldValue(value="Port Vell", claims=(met.id, second.id), voices=1),)
    event = LinkedEvent(
        id=make_id("linked event", met.id),
        type="CONSULT",
        claims=(met.id, first.id, second.id),
        status=Status.OCCURRED,
        actors=(norland.id, sudria.id),
        recipients=(),
        dates=day,
        place="Port Vell",
        country="NRL",
        modes=("visit",),
        articles=3,
        voices=2,
        fields=(
            FieldAgreement(field="place", values=(*places, FieldValue(value="Ankor", claims=(first.id,), voices=1))),
        ),
    )
    announced = [each.claims[2] for each in coded]
    steps = ((MeetingStatus.ANNOUNCED, 4), (MeetingStatus.POSTPONED, 9), (MeetingStatus.CANCELLED, 12))
    meeting = LinkedMeeting(
        id=make_id("linked meeting", met.id),
        meetings=tuple(each.meetings[0].id for each in coded),
        parties=(norland.id, sudria.id),
        dates=DateRange(earliest=date(2031, 3, 17), latest=date(2031, 3, 17), precision=Precision.DAY),
        place=None,
        country=None,
        format="talks",
        status=MeetingStatus.CANCELLED,
        moves=tuple(
            MeetingMove(status=status, claim_id=claim.id, article_id=claim.article_id, day=date(2031, 3, day_))
            for (status, day_), claim in zip(steps, announced, strict=True)
        ),
        articles=3,
        voices=2,
    )
    demands = [each.positions[0].id for each in coded]
    line = Line(
        id=make_id("line", met.id),
        issue="navigation",
        party=sudria.id,
        side="country:SDR",
        now=Stance.REJECTS,
        entries=(
            LineEntry(positions=(demands[0],), stance=Stance.DEMANDS, day=date(2031, 2, 1)),
            LineEntry(positions=(demands[1],), stance=Stance.DEMANDS, day=date(2031, 2, 9)),
            LineEntry(positions=(demands[2],), stance=Stance.REJECTS, day=date(2031, 3, 1), changed=True),
        ),
    )
    copies = CopyGroup(
        id=make_id("copies", met.id),
        articles=(coded[0].article.id, coded[2].article.id),
        kind=CopyKind.EXACT,
        similarity=1.0,
    )
    record.write_links(Links(copies=(copies,), events=(event,), meetings=(meeting,), lines=(line,)))
    return record


def shown(view: View, record: Record) -> str:
    """What a view prints, on a wide terminal."""
    out = io.StringIO()
    view(record, Console(file=out, width=160, highlight=False, markup=False))
    return out.getvalue()


def test_counts_tell_copies_and_events_of_several_outlets(linked: Record) -> None:
    told = shown(demo_views.print_counts, linked)
    assert "3 articles of 3 outlets, 1 of them a copy" in told
    assert "1 event, 1 of them told by several outlets, 1 with reports that differ" in told
    assert "3 documents: has no date of publication" in told


def test_an_event_stands_under_its_day_with_its_outlets_words_and_dispute(linked: Record) -> None:
    told = shown(demo_views.print_stretch, linked)
    assert "2031-03-03  Monday" in told
    assert "Norland, Sudria  CONSULT  in Port Vell  2 outlets, 3 reports" in told
    assert "Foreign ministers of Norland and Sudria met in Port Vell" in told
    assert "place: Port Vell (harbour, copy); Ankor (wire)" in told


def test_the_claim_to_explain_is_the_first_one_shown(linked: Record) -> None:
    claim = demo_views.print_stretch(linked, Console(file=io.StringIO()))
    assert linked.events()[0].claims[0] == claim


def test_disputes_name_who_says_what(linked: Record) -> None:
    assert "place: Port Vell (harbour, copy); Ankor (wire)" in shown(demo_views.print_disputes, linked)


def test_a_line_tells_its_turns_and_counts_what_was_only_repeated(linked: Record) -> None:
    told = shown(demo_views.print_lines, linked)
    assert "navigation" in told
    assert "Sudria: demands 1 Feb 2031 → rejects 1 Mar 2031, and 1 time more" in told


def test_a_meeting_tells_the_way_it_went(linked: Record) -> None:
    told = shown(demo_views.print_linked_meetings, linked)
    assert "2031-03-17  Norland, Sudria: announced 4 Mar → postponed 9 Mar → cancelled 12 Mar" in told


@pytest.mark.parametrize(
    ("view", "said"),
    [
        (demo_views.print_stretch, "No event is told by several outlets."),
        (demo_views.print_disputes, "Nowhere."),
        (demo_views.print_lines, "No positions over time."),
        (demo_views.print_linked_meetings, "No meeting was announced."),
    ],
)
def test_nothing_is_said_to_be_nothing(record: Path, view: View, said: str) -> None:
    with Record.open(record) as opened:
        assert said in shown(view, opened)
