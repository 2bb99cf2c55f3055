"""Meetings over all articles → an iCalendar file (RFC 5545) to import or to subscribe to. icalendar is imported here alone.

A meeting keeps its UID whatever becomes of it; SEQUENCE counts the words that moved it, STATUS tells where it stands. A day becomes
an all-day entry, an hour that the words tell a floating time (they name no zone), a stretch of up to a month in which the day is
not fixed an entry over all of it that leaves the time free. What has no day at all is left out.
"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, BinaryIO

from communique import __version__
from communique.export import gathering
from communique.export.choices import Choices
from communique.export.days import iso_of
from communique.export.gathering import Known, address_of
from communique.export.safe_text import one_line
from communique.records import Article, Claim, DateRange, LinkedMeeting, Meeting, MeetingStatus, Place, Span, outlet_of
from communique.store import Filters, Record

if TYPE_CHECKING:
    from icalendar import Event

STATUSES = {  # RFC 5545, section 3.8.1.11
    MeetingStatus.ANNOUNCED: "TENTATIVE",
    MeetingStatus.CONFIRMED: "CONFIRMED",
    MeetingStatus.POSTPONED: "TENTATIVE",
    MeetingStatus.CANCELLED: "CANCELLED",
    MeetingStatus.HELD: "CONFIRMED",
}
LONGEST_DAYS = 31  # a longer stretch would cover the calendar
CLOCK = re.compile(r"\d{4}-\d\d-\d\dT(\d\d)(?::(\d\d))?")  # a TIMEX3 value with an hour
NO_DAY = "no day, week or month is known"


def write_ics(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """One calendar with an entry a meeting; gives the number of entries."""
    from icalendar import Calendar

    chosen = choices or Choices()
    calendar = Calendar()
    calendar.add("prodid", f"-//Communique//communique {__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Announced meetings")
    head, end = calendar.to_ical().split(b"END:VCALENDAR")
    out.write(head)
    number = 0
    for part, known in gathering.meetings(record, filters):
        for meeting in part:
            entry = entry_of(meeting, known, chosen)
            if entry is None:
                chosen.left_out[NO_DAY, meeting.status.value] += 1
                continue
            out.write(entry.to_ical())
            number += 1
    out.write(b"END:VCALENDAR" + end)
    return number


def entry_of(meeting: LinkedMeeting, known: Known, choices: Choices) -> "Event | None":
    """The calendar entry of one meeting; None when its day is not known within a month."""
    from icalendar import Event

    members = [known.meetings[each] for each in meeting.meetings if each in known.meetings]
    dates = meeting.dates or _last_told(members)
    if dates is None or dates.earliest is None or dates.latest is None:
        return None
    if (dates.latest - dates.earliest).days >= LONGEST_DAYS:
        return None
    moved_off = meeting.status is MeetingStatus.POSTPONED and meeting.dates is None
    entry = Event()
    entry.add("uid", f"{meeting.id}@communique")
    entry.add("sequence", max(0, len(meeting.moves) - 1))
    entry.add("dtstamp", _stamp(meeting, members, known))
    entry.add("last-modified", _stamp(meeting, members, known))
    entry.add("summary", _summary(meeting, known, moved_off))
    entry.add("status", "CANCELLED" if moved_off else STATUSES[meeting.status])
    _add_time(entry, dates, members)
    _add_place(entry, meeting, members)
    if meeting.format:
        entry.add("categories", [meeting.format])
    spans = _words(meeting, members, known)
    entry.add("description", _description(meeting, dates, spans, known))
    url = _url(meeting, spans, known, choices)
    if url:
        entry.add("url", url)
    return entry


def _last_told(members: list[Meeting]) -> DateRange | None:
    """The day that a meeting had before it was postponed without a new one: its entry stays there, as called off."""
    return next((each.date.dates for each in reversed(members) if each.date and each.date.dates), None)


def _stamp(meeting: LinkedMeeting, members: list[Meeting], known: Known) -> datetime:
    """Midnight UTC of the last day on which something was said of it (DTSTAMP must be there, and no clock is asked)."""
    days = [move.day for move in meeting.moves if move.day]
    for article in (known.articles.get(each.article_id) for each in members):
        days += [article.published.day] if article and article.published else []
        days += [article.fetched] if article and article.fetched and not days else []
    return datetime.combine(max(days, default=date(1970, 1, 1)), time(), UTC)


def _summary(meeting: LinkedMeeting, known: Known, moved_off: bool) -> str:
    names = " – ".join(one_line(known.name(each)) for each in meeting.parties) or "Meeting, parties not named"
    form = f" ({meeting.format})" if meeting.format else ""
    return f"Postponed: {names}{form}" if moved_off else f"{names}{form}"


def _add_time(entry: "Event", dates: DateRange, members: list[Meeting]) -> None:
    assert dates.earliest is not None
    assert dates.latest is not None
    clock = _clock(dates, members)
    if clock is not None:
        entry.add("dtstart", clock)
        return
    entry.add("dtstart", dates.earliest)
    entry.add("dtend", dates.latest + timedelta(days=1))  # the day behind the last: RFC 5545, section 3.6.1
    entry.add("transp", "OPAQUE" if dates.earliest == dates.latest else "TRANSPARENT")


def _clock(dates: DateRange, members: list[Meeting]) -> datetime | None:
    """The hour that some announcement of this very day tells."""
    for each in members:
        found = CLOCK.match(each.date.value) if each.date and each.date.dates == dates else None
        if found and dates.earliest == dates.latest and dates.earliest and int(found[1]) < 24:
            return datetime.combine(dates.earliest, time(int(found[1]), int(found[2] or 0)))
    return None


def _add_place(entry: "Event", meeting: LinkedMeeting, members: list[Meeting]) -> None:
    named: list[Place] = [each.place for each in members if each.place and each.place.name == meeting.place]
    where = ", ".join(dict.fromkeys(part for part in (meeting.place, meeting.country) if part))
    if where:
        entry.add("location", one_line(where))
    found = next((each for each in named if each.latitude is not None and each.longitude is not None), None)
    if found is not None and found.precision == "town":
        entry.add("geo", (found.latitude, found.longitude))


def _words(meeting: LinkedMeeting, members: list[Meeting], known: Known) -> list[tuple[str, Span]]:
    """The words that moved it, the last first, each with the id of its claim; those of the announcements where there are none."""
    claims: list[Claim] = [
        known.claims[each.claim_id] for each in reversed(meeting.moves) if each.claim_id in known.claims
    ]
    moved = [(each.id, each.evidence[0] if each.evidence else each.trigger) for each in claims]
    return moved or [(each.id, each.evidence[0]) for each in members if each.evidence]


def _description(meeting: LinkedMeeting, dates: DateRange, spans: list[tuple[str, Span]], known: Known) -> str:
    lines = [f"Status: {meeting.status.value}. Articles: {meeting.articles}, independent voices: {meeting.voices}"]
    if dates.earliest != dates.latest:
        lines.append(f"The day is not fixed: {iso_of(dates)}")
    for _, span in spans:
        article = known.article(span)
        if article is not None:
            lines.append(f"“{one_line(article.quote(span))}” ({_source(article)}, characters {span.start}-{span.end})")
    return "\n".join(lines)


def _source(article: Article) -> str:
    day = f", {article.published.day.isoformat()}" if article.published else ""
    return f"{outlet_of(article)}{day}, {one_line(address_of(article))}"


def _url(meeting: LinkedMeeting, spans: list[tuple[str, Span]], known: Known, choices: Choices) -> str | None:
    """The words where the record is served, else the article itself where it has an address on the web."""
    if not spans:
        return None
    identity, span = spans[0]
    article = known.article(span)
    return choices.words(span.article_id, identity) or (article.url if article else None)
