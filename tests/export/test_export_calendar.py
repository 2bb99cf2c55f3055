"""iCalendar: written, read by icalendar, equal to the record's meetings; all-day, timed, postponed, cancelled, undated."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from awkward import URL, first, second, written
from handmade import RUN
from icalendar import Calendar
from linked import links_of

from communique.export.choices import Choices
from communique.export.gathering import Known
from communique.export.ics import entry_of
from communique.records import DateRange, LinkedMeeting, Links, MeetingStatus, Precision, Timex
from communique.store import Record

DAY = date(2031, 3, 17)


def known(record: Record) -> Known:
    meetings = {each.id: each for each in record.meetings()}
    claims = {each.id: each for each in record.claims()}
    articles = {each.id: each for each in record.articles()}
    actors = record.actors_by_id(role.actor_id for each in meetings.values() for role in each.parties)
    return Known(articles=articles, actors=actors, claims=claims, meetings=meetings)


def entry(record: Record, **changes: Any) -> Any:
    """The calendar entry of the announced round, some fields of it changed."""
    (meeting,) = record.linked_meetings()
    return entry_of(replace(meeting, **changes), known(record), Choices())


def test_calendar_read_back_is_the_record(record: Record) -> None:
    calendar = Calendar.from_ical(written(record, "ics"))
    (event,) = calendar.walk("VEVENT")
    (meeting,) = record.linked_meetings()
    assert calendar["version"] == "2.0"
    assert event["uid"] == f"{meeting.id}@communique"
    assert event["summary"] == "Norland – Sudria (talks)"
    assert event.decoded("dtstart") == DAY
    assert type(event.decoded("dtstart")) is date
    assert event.decoded("dtend") == DAY + timedelta(days=1)
    assert event["status"] == "TENTATIVE"
    assert event["sequence"] == 1  # announced, then announced again by the second article
    assert event.decoded("dtstamp") == datetime(2031, 3, 6, tzinfo=UTC)
    assert event["url"] == URL
    words = "A second round is planned for March 17 if Sudria lifts the blockade of the strait."
    assert words in event["description"]
    start = first().article.text.index(words)
    assert f"characters {start}-{start + len(words)}" in event["description"]
    assert "talks.txt" in event["description"]


def test_lines_are_folded_and_end_with_cr_lf(record: Record) -> None:
    content = written(record, "ics")
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in content.replace(b"\r\n", b"")
    assert max(len(line) for line in content.split(b"\r\n")) <= 75


def test_links_lead_to_the_words_where_the_record_is_served(record: Record) -> None:
    content = written(record, "ics", choices=Choices(address="http://127.0.0.1:8000/"))
    (event,) = Calendar.from_ical(content).walk("VEVENT")
    (meeting,) = record.linked_meetings()
    last = meeting.moves[-1]
    assert event["url"] == f"http://127.0.0.1:8000/articles/{last.article_id}#{last.claim_id}"


STATUSES = {
    "announced": "TENTATIVE",
    "confirmed": "CONFIRMED",
    "held": "CONFIRMED",
    "cancelled": "CANCELLED",
    "postponed": "TENTATIVE",
}


@pytest.mark.parametrize(("status", "expected"), STATUSES.items())
def test_status(record: Record, status: str, expected: str) -> None:
    assert entry(record, status=MeetingStatus(status))["status"] == expected


def test_a_meeting_put_off_without_a_new_day_is_called_off_on_its_old_one(record: Record) -> None:
    (meeting,) = record.linked_meetings()
    off = replace(meeting.moves[-1], status=MeetingStatus.POSTPONED, day=date(2031, 3, 10))
    moves = (*meeting.moves, off)
    moved = entry(record, status=MeetingStatus.POSTPONED, dates=None, moves=moves)
    assert (moved["status"], moved.decoded("dtstart"), moved["sequence"]) == ("CANCELLED", DAY, 2)
    assert moved["summary"] == "Postponed: Norland – Sudria (talks)"
    assert moved["uid"] == entry(record)["uid"]
    assert moved.decoded("dtstamp") == datetime(2031, 3, 10, tzinfo=UTC)


def test_a_month_stays_a_month_and_a_year_is_no_entry(record: Record) -> None:
    march = DateRange(earliest=date(2031, 3, 1), latest=date(2031, 3, 31), precision=Precision.MONTH)
    month = entry(record, dates=march)
    assert (month.decoded("dtstart"), month.decoded("dtend")) == (date(2031, 3, 1), date(2031, 4, 1))
    assert month["transp"] == "TRANSPARENT"
    assert "The day is not fixed: 2031-03" in month["description"]
    year = DateRange(earliest=date(2031, 1, 1), latest=date(2031, 12, 31), precision=Precision.YEAR)
    assert entry(record, dates=year) is None
    assert entry(record, dates=DateRange(earliest=DAY, latest=None, precision=Precision.DAY)) is None


def test_an_hour_that_the_words_tell_is_a_floating_time(record: Record) -> None:
    (meeting,) = record.linked_meetings()
    own = known(record)
    timed = {
        identity: replace(each, date=replace(each.date, value="2031-03-17T10:30"))
        for identity, each in own.meetings.items()
        if isinstance(each.date, Timex)
    }
    made = entry_of(meeting, replace(own, meetings=timed), Choices())
    assert made is not None
    assert made.decoded("dtstart") == datetime(2031, 3, 17, 10, 30)
    assert "dtend" not in made


def test_undated_meetings_are_counted_as_left_out(tmp_path: Any) -> None:
    coded = [
        replace(each, meetings=tuple(replace(one, date=None) for one in each.meetings)) for each in (first(), second())
    ]
    links = links_of(first(), second())
    undated: list[LinkedMeeting] = [replace(each, dates=None) for each in links.meetings]
    with Record.open(tmp_path / "undated.db", create=True) as record:
        for each in coded:
            record.add(each, RUN)
        record.write_links(Links(meetings=tuple(undated)))
        choices = Choices()
        assert not Calendar.from_ical(written(record, "ics", choices=choices)).walk("VEVENT")
        assert sum(choices.left_out.values()) == 1
