"""Which meeting a word is about: parties, days, place and form have to go together."""

from datetime import date, timedelta

from communique.link.meeting_course import Course, exact
from communique.link.meetings_told import ToldMeeting
from communique.records import MeetingStatus, Sides

HELD_BEFORE_DAYS = 3  # an undated "met" was so long ago at most
LATE_DAYS = 1  # a meeting may begin late, or its report be dated by the day after
NOTICE_DAYS = 60  # between the word that calls a meeting off, or leaves its day open, and the day it was due
RENEWED_DAYS = 200  # between the word that puts a meeting off and its new date
OPEN_DAYS = 14  # after which "they met" is no longer the meeting that was announced without a day


def same(course: Course, word: ToldMeeting, sides: Sides) -> int:
    """How well an announcement fits a course; 0 where it is about another meeting."""
    theirs = {sides.side(party) for party in word.parties}
    both_exact = exact(course.dates) and exact(word.dates)
    same_day = both_exact and course.dates is not None and word.dates is not None and course.dates.overlaps(word.dates)
    apart = places_differ(course, _place(word))
    hosts = {f"country:{place[1]}" for place in (course.place, _place(word)) if place is not None}
    guests = set(course.sides) - hosts, theirs - hosts  # "Norway, host of talks with the rebels": they talk to others
    as_guests = bool(same_day and not apart and min(map(len, guests)) == 1 and guests[0] & guests[1])
    if course.remote != word.remote or not (as_guests or parties_meet(set(course.sides), theirs)):
        return 0
    if same_day:
        return 5 if not apart else 4
    if apart:
        return 0
    same_place = course.place is not None and word.place == course.place[0]
    if course.dates is not None and word.dates is not None:
        if course.dates.overlaps(word.dates):
            return 3 + same_place
        return 2 if _renews(course, word) else 0
    if course.status is MeetingStatus.HELD:
        return 0
    if course.status is MeetingStatus.POSTPONED:
        return (
            2 if _within(course.moves[-1].day, (word.dates and word.dates.earliest) or word.said, RENEWED_DAYS) else 0
        )
    due = course.dates.latest if course.dates else None
    if due is not None and word.said is not None and due < word.said:
        return 0
    near = _within(word.said, due, NOTICE_DAYS) if due else _within(course.began, word.said, NOTICE_DAYS)
    return (2 if same_place else 1) if near else 0


def _renews(course: Course, word: ToldMeeting) -> bool:
    """A later day for a meeting that was put off, by the same word or an earlier one."""
    put_off = course.status is MeetingStatus.POSTPONED or word.move is MeetingStatus.POSTPONED
    told = word.new_dates or word.dates
    due, new = (course.dates.latest if course.dates else None), (told.earliest if told else None)
    return put_off and due is not None and new is not None and new > due and _within(word.said, new, RENEWED_DAYS)


def held(course: Course, word: ToldMeeting, sides: Sides) -> int:
    theirs = {sides.side(party) for party in word.parties}
    if not parties_meet(set(course.sides), theirs) or course.remote != word.remote:
        return 0
    if places_differ(course, _place(word)):
        return 0
    same_place = course.place is not None and word.place == course.place[0]
    assembled = all(side.startswith("organization:") for side in theirs)  # a council meets by itself
    if len(theirs) == 1 < len(course.sides) and not (assembled or (same_place and exact(word.dates))):
        return 0
    took = _took_place(word)
    if course.dates is not None and course.dates.earliest is not None and course.dates.latest is not None:
        slack = timedelta(days=LATE_DAYS)
        if took is None or took[0] > course.dates.latest + slack or took[1] < course.dates.earliest:
            return 0
        inside = took[0] <= course.dates.latest and took[1] >= course.dates.earliest
        return 2 + inside + same_place
    last = course.moves[-1].day or course.began
    if took is None or last is None or took[1] < last:
        return 0
    return 1 + same_place if (took[1] - last).days <= (RENEWED_DAYS if same_place else OPEN_DAYS) else 0


def _took_place(word: ToldMeeting) -> tuple[date, date] | None:
    """First and last day on which a meeting that is reported can have been."""
    if word.dates is not None and word.dates.earliest and word.dates.latest:
        latest = min(word.dates.latest, word.said) if word.said else word.dates.latest
        return (word.dates.earliest, latest) if word.dates.earliest <= latest else None
    return (word.said - timedelta(days=HELD_BEFORE_DAYS), word.said) if word.said else None


def called_off(course: Course, word: ToldMeeting, sides: Sides) -> int:
    theirs = {sides.side(party) for party in word.parties}
    place = course.place
    host = {f"country:{place[1]}"} if place and place[1] else set()
    if course.status is MeetingStatus.HELD or not parties_meet(set(course.sides) | host, theirs):
        return 0
    if places_differ(course, _place(word)) or word.said is None:
        return 0
    same_place = place is not None and word.place == place[0]
    due = course.dates.latest if course.dates else None
    if due is not None:
        if word.said > due + timedelta(days=LATE_DAYS) or not _within(
            word.said, course.dates.earliest if course.dates else None, NOTICE_DAYS
        ):
            return 0
        same_day = word.dates is not None and course.dates is not None and word.dates.overlaps(course.dates)
        return 2 + 2 * same_day + same_place
    return 1 + same_place if _within(course.moves[-1].day or course.began, word.said, NOTICE_DAYS) else 0


def parties_meet(mine: set[str], theirs: set[str]) -> bool:
    return len(mine & theirs) >= min(2, len(mine), len(theirs)) > 0


def _place(word: ToldMeeting) -> tuple[str, str | None, bool] | None:
    return (word.place, word.country, word.town) if word.place else None


def places_differ(course: Course, other: tuple[str, str | None, bool] | None) -> bool:
    own = course.place
    if own is None or other is None:
        return False
    return (own[2] and other[2] and own[0] != other[0]) or (
        own[1] is not None and other[1] is not None and own[1] != other[1]
    )


def _within(first: date | None, last: date | None, most: int) -> bool:
    return first is not None and last is not None and (last - first).days <= most
