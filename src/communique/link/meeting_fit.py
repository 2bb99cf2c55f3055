"""Which meeting a word is about: parties, days, place and form have to go together.

Courses are entered by party and month, so that a word is compared with those few that it can be about.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from communique.link.meeting_course import Course, exact
from communique.link.meetings_told import ToldMeeting
from communique.records import DateRange, MeetingStatus, Sides

HELD_BEFORE_DAYS = 3  # an undated "met" was so long ago at most
LATE_DAYS = 1  # a meeting may begin late, or its report be dated by the day after
NOTICE_DAYS = 60  # between the word that calls a meeting off, or leaves its day open, and the day it was due
RENEWED_DAYS = 200  # between the word that puts a meeting off and its new date
OPEN_DAYS = 14  # after which "they met" is no longer the meeting that was announced without a day
MONTHS_AHEAD = 2


class Calendar:
    """All courses, in the order in which they began."""

    def __init__(self) -> None:
        self.courses: list[Course] = []
        self._by_month: dict[tuple[str, int], list[Course]] = {}
        self._entered: dict[int, set[tuple[str, int]]] = {}

    def begin(self, course: Course) -> Course:
        """A meeting that nobody spoke of before."""
        self.courses.append(course)
        return course

    def enter(self, course: Course) -> None:
        """Makes a course found under its parties and months."""
        keys = self._entered.setdefault(id(course), set())
        for side in _sides_of(course):
            for month in _months(course.dates, course.began):
                if (side, month) not in keys:
                    keys.add((side, month))
                    self._by_month.setdefault((side, month), []).append(course)

    def announced(self, word: ToldMeeting, sides: Sides) -> Course | None:
        """The course that an announcement belongs to; None where it is a new meeting."""
        ranked = [
            (rank, number, course)
            for number, course in enumerate(self._near(word, sides))
            if (rank := _same(course, word, sides))
        ]
        return max(ranked, key=lambda each: (each[0], -each[1]), default=(0, 0, None))[2]

    def moved(self, word: ToldMeeting, sides: Sides) -> Course | None:
        """The course that a refusal, a postponement or a meeting held is about; None where nobody had announced it."""
        fits = _held if word.move is MeetingStatus.HELD else _called_off
        ranked = [
            (rank, number, course)
            for number, course in enumerate(self._near(word, sides))
            if (rank := fits(course, word, sides))
        ]
        return max(ranked, key=lambda each: (each[0], -each[1]), default=(0, 0, None))[2]

    def unite(self, course: Course) -> None:
        """Takes in what was announced for the new date of a postponed meeting before that was known to be its new date."""
        if course.status is not MeetingStatus.POSTPONED or not exact(course.dates):
            return
        for other in [
            each
            for side in _sides_of(course)
            for month in _months(course.dates, None)
            for each in self._by_month.get((side, month), ())
        ]:
            if other is course or other.dates is None or not exact(other.dates) or course.dates is None:
                continue
            alike = other.remote == course.remote and not _places_differ(course, other.place)
            if alike and course.dates.overlaps(other.dates) and _parties_meet(set(course.sides), set(other.sides)):
                course.absorb(other)
                self.courses.remove(other)
                for key in self._entered.pop(id(other)):
                    self._by_month[key].remove(other)
                self.enter(course)

    def _near(self, word: ToldMeeting, sides: Sides) -> Iterator[Course]:
        seen: set[int] = set()
        for side in dict.fromkeys(sides.side(party) for party in word.parties):
            for month in _months(word.dates, word.said, back=1):
                for course in self._by_month.get((side, month), ()):
                    if id(course) not in seen:
                        seen.add(id(course))
                        yield course


def _sides_of(course: Course) -> list[str]:
    """The parties, and the country that is host."""
    place = course.place
    host = [f"country:{place[1]}"] if place and place[1] else []
    return [*sorted(course.sides), *(each for each in host if each not in course.sides)]


def _months(dates: DateRange | None, said: date | None, *, back: int = 0) -> range:
    """Numbers of the months in which a meeting may lie."""
    first = min((each for each in ((dates and dates.earliest), said) if each), default=None)
    last = max((each for each in ((dates and dates.latest), said) if each), default=None)
    if first is None or last is None:
        return range(0, 1)
    start, end = first.year * 12 + first.month, last.year * 12 + last.month
    return range(max(start, end - 12) - back, end + 1 + MONTHS_AHEAD)


def _same(course: Course, word: ToldMeeting, sides: Sides) -> int:
    """How well an announcement fits a course; 0 where it is about another meeting."""
    theirs = {sides.side(party) for party in word.parties}
    both_exact = exact(course.dates) and exact(word.dates)
    same_day = both_exact and course.dates is not None and word.dates is not None and course.dates.overlaps(word.dates)
    apart = _places_differ(course, _place(word))
    hosts = {f"country:{place[1]}" for place in (course.place, _place(word)) if place is not None}
    guests = set(course.sides) - hosts, theirs - hosts  # "Norway, host of talks with the rebels": they talk to others
    as_guests = bool(same_day and not apart and min(map(len, guests)) == 1 and guests[0] & guests[1])
    if course.remote != word.remote or not (as_guests or _parties_meet(set(course.sides), theirs)):
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


def _held(course: Course, word: ToldMeeting, sides: Sides) -> int:
    theirs = {sides.side(party) for party in word.parties}
    if not _parties_meet(set(course.sides), theirs) or course.remote != word.remote:
        return 0
    if _places_differ(course, _place(word)):
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


def _called_off(course: Course, word: ToldMeeting, sides: Sides) -> int:
    theirs = {sides.side(party) for party in word.parties}
    place = course.place
    host = {f"country:{place[1]}"} if place and place[1] else set()
    if course.status is MeetingStatus.HELD or not _parties_meet(set(course.sides) | host, theirs):
        return 0
    if _places_differ(course, _place(word)) or word.said is None:
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


def _parties_meet(mine: set[str], theirs: set[str]) -> bool:
    return len(mine & theirs) >= min(2, len(mine), len(theirs)) > 0


def _place(word: ToldMeeting) -> tuple[str, str | None, bool] | None:
    return (word.place, word.country, word.town) if word.place else None


def _places_differ(course: Course, other: tuple[str, str | None, bool] | None) -> bool:
    own = course.place
    if own is None or other is None:
        return False
    return (own[2] and other[2] and own[0] != other[0]) or (
        own[1] is not None and other[1] is not None and own[1] != other[1]
    )


def _within(first: date | None, last: date | None, most: int) -> bool:
    return first is not None and last is not None and (last - first).days <= most
