"""The hand-made record with hand-made links: one disputed event of two reports, a meeting that moved, a line that changed."""

from datetime import date
from pathlib import Path

from handmade import RUN, coded_article, problem

from communique.records import (
    CodedArticle,
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
    Page,
    Precision,
    Stance,
    Status,
    make_id,
)
from communique.store import Record

GAZETTE = "https://gazette.example/talks"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>"
THIRD = DateRange(earliest=date(2031, 3, 3), latest=date(2031, 3, 3), precision=Precision.DAY)
LATER = DateRange(earliest=date(2031, 3, 17), latest=date(2031, 3, 17), precision=Precision.DAY)


def make_linked_record(path: Path) -> tuple[CodedArticle, CodedArticle]:
    """Writes the record; gives its two articles."""
    first, second = coded_article(), coded_article(GAZETTE, published=date(2031, 3, 6))
    with Record.open(path, create=True) as record:
        record.add(first, RUN)
        record.add(second, RUN)
        record.add_problem(problem(), None)
        record.write_links(links(first, second))
    return first, second


def links(first: CodedArticle, second: CodedArticle) -> Links:
    """What linking might make of both."""
    return Links(
        copies=(
            CopyGroup(
                id=make_id("copies", first.article.id),
                articles=(first.article.id, second.article.id),
                kind=CopyKind.EDITED,
                similarity=0.91,
            ),
        ),
        events=(talks(first, second), *(single(first, number) for number in (2, 3))),
        meetings=(meeting(first, second),),
        lines=(line(first, second),),
    )


def talks(first: CodedArticle, second: CodedArticle) -> LinkedEvent:
    """The talks, whose day the two reports tell differently."""
    one, other = first.claims[1], second.claims[1]
    norland, sudria = first.actors[0].id, first.actors[1].id
    return LinkedEvent(
        id=make_id("event", "linked", one.id),
        type="CONSULT",
        claims=(one.id, other.id),
        status=Status.OCCURRED,
        actors=(norland, sudria),
        recipients=(),
        dates=THIRD,
        place="Port Vell",
        country="NRL",
        modes=("visit",),
        articles=2,
        voices=2,
        fields=(
            FieldAgreement(
                field="date",
                values=(
                    FieldValue(value="2031-03-03", claims=(one.id,), voices=1),
                    FieldValue(value="2031-03-04", claims=(other.id,), voices=1),
                ),
            ),
            FieldAgreement(field="place", values=(FieldValue(value="Port Vell", claims=(one.id, other.id), voices=2),)),
            FieldAgreement(
                field="actors", values=(FieldValue(value=f"{norland}, {sudria}", claims=(one.id, other.id), voices=2),)
            ),
        ),
    )


def single(coded: CodedArticle, number: int) -> LinkedEvent:
    """An event that one article alone reports."""
    claim = coded.claims[number]
    return LinkedEvent(
        id=make_id("event", "linked", claim.id),
        type=claim.type,
        claims=(claim.id,),
        status=claim.status,
        actors=tuple(role.actor_id for role in claim.actors),
        recipients=tuple(role.actor_id for role in claim.recipients),
        dates=claim.date.dates if claim.date else None,
        place=None,
        country=None,
        modes=claim.modes,
        articles=1,
        voices=1,
        fields=(),
        meeting_type=claim.meeting_type,
    )


def meeting(first: CodedArticle, second: CodedArticle) -> LinkedMeeting:
    """The second round: announced, then put off."""
    one, other = first.claims[2], second.claims[2]
    return LinkedMeeting(
        id=make_id("meeting", "linked", one.id),
        meetings=(first.meetings[0].id, second.meetings[0].id),
        parties=(first.actors[0].id, first.actors[1].id),
        dates=LATER,
        place="Port Vell",
        country="NRL",
        format="talks",
        status=MeetingStatus.POSTPONED,
        moves=(
            MeetingMove(
                status=MeetingStatus.ANNOUNCED, claim_id=one.id, article_id=first.article.id, day=date(2031, 3, 4)
            ),
            MeetingMove(
                status=MeetingStatus.POSTPONED, claim_id=other.id, article_id=second.article.id, day=date(2031, 3, 6)
            ),
        ),
        articles=2,
        voices=2,
    )


def line(first: CodedArticle, second: CodedArticle) -> Line:
    """Sudria on navigation: it demands, then is said to support."""
    party = first.actors[1]
    return Line(
        id=make_id("line", "navigation", "country:SDR"),
        issue="navigation",
        party=party.id,
        side="country:SDR",
        now=Stance.SUPPORTS,
        entries=(
            LineEntry(positions=(first.positions[0].id,), stance=Stance.DEMANDS, day=date(2031, 2, 10)),
            LineEntry(
                positions=(second.positions[0].id,),
                stance=Stance.SUPPORTS,
                day=date(2031, 3, 6),
                changed=True,
                by_others=True,
            ),
        ),
    )


def hostile_page(page: Page) -> Page:
    """The page with a script in its source, as a site that was broken into serves it."""
    from dataclasses import replace

    return replace(page, content=HOSTILE.encode() + page.content)
