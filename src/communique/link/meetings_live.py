"""Announced meetings of all articles → each meeting once, with the words that moved it: announced, confirmed, postponed, …

In: what each article tells of meetings, the articles they stand in, all actors. Out: linked meetings. They are told in the
order of the days on which they were said, so that the record lives through them as a reader does. That a day has passed
never makes a meeting held: somebody has to say so.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from communique.link.joint_bodies import joint_bodies
from communique.link.meeting_calendar import Calendar
from communique.link.meeting_course import Course
from communique.link.meetings_told import ToldMeeting, told_meetings
from communique.link.voices import Source
from communique.records import Actor, LinkedMeeting, MeetingStatus, Sides

__all__ = ["ToldMeeting", "link_meetings", "told_meetings"]

ORDER = tuple(MeetingStatus)  # of what is said on one day: announced before postponed before held


def link_meetings(
    told: Iterable[ToldMeeting], sources: Mapping[str, Source], actors: Iterable[Actor]
) -> tuple[LinkedMeeting, ...]:
    """The meetings, by date and id. `sources` by article id; `actors` are those of the record, in any order."""
    known = sorted(actors, key=repr)
    sides, joint = Sides(known), joint_bodies(known)
    calendar = Calendar()
    for word in sorted(told, key=_order):
        each = replace(word, parties=tuple(id for party in word.parties for id in joint.get(party, (party,))))
        course = calendar.announced(each, sides) if each.announces else calendar.moved(each, sides)
        if course is None and each.announces:
            course = calendar.begin(Course(each.said))
        if course is not None:
            course.take(each, sides)
            calendar.enter(course)
            calendar.unite(course)
    made = [course.meeting(sources, sides) for course in calendar.courses]
    return tuple(sorted(made, key=lambda each: ((each.dates and each.dates.earliest) or date.max, each.id)))


def _order(each: ToldMeeting) -> tuple[date, int, str, int, str]:
    return each.said or date.max, ORDER.index(each.move), each.article_id, each.start, each.claim_id
