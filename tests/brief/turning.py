"""The talks of the exports' tests, and links in which a position turns and a meeting moves."""

from dataclasses import replace
from datetime import date
from pathlib import Path

from awkward import first, linked_event, second, third
from handmade import RUN
from linked import links_of

from communique.brief.asking import Asked
from communique.records import LineEntry, MeetingMove, MeetingStatus, Stance
from communique.store import Record

NOW = date(2031, 3, 6)
WHOLE = Asked(now=NOW, since=date(2031, 2, 1))


def make_turning(path: Path) -> Path:
    """Three articles, linked."""
    coded = (first(), second(), third())
    links = links_of(*coded[:2])
    (line,), (meeting,) = links.lines, links.meetings
    told, again = coded[0].positions[0].id, coded[1].positions[0].id
    line = replace(
        line,
        now=Stance.OFFERS,
        entries=(
            LineEntry(positions=(told,), stance=Stance.DEMANDS, day=date(2031, 2, 1)),
            LineEntry(positions=(again,), stance=Stance.OFFERS, day=date(2031, 3, 5), changed=True, voices=2),
        ),
    )
    announced, planned = meeting.moves[0], coded[1].claims[2]
    put_off = MeetingMove(
        status=MeetingStatus.POSTPONED, claim_id=planned.id, article_id=planned.article_id, day=date(2031, 3, 6)
    )
    meeting = replace(meeting, status=MeetingStatus.POSTPONED, moves=(announced, put_off))
    own = linked_event(coded[2].claims[3])
    with Record.open(path, create=True) as record:
        for each in coded:
            record.add(each, RUN)
        record.write_links(replace(links, lines=(line,), meetings=(meeting,), events=(*links.events, own)))
    return path
