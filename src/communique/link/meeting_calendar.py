"""All meetings so far, so that a word is compared with those few that it can be about.

A meeting is entered by month under each pair of its parties (with the country that is host), under each party by itself for
words that name only one, and under each party and day for words in which the other party is the host.
"""

from collections.abc import Iterator
from datetime import date
from itertools import combinations

from communique.link.meeting_course import Course, exact
from communique.link.meeting_fit import called_off, held, parties_meet, places_differ, same
from communique.link.meetings_told import ToldMeeting
from communique.records import DateRange, MeetingStatus, Sides

MONTHS_AHEAD = 2
MONTHS_UNTIL_RENEWED = 7  # a meeting that was put off to no day may get one so much later

Key = tuple[str | int, ...]


class Calendar:
    """All courses, in the order in which they began."""

    def __init__(self) -> None:
        self._courses: dict[int, Course] = {}
        self._number: dict[int, int] = {}
        self._found: dict[Key, dict[int, Course]] = {}
        self._keys: dict[int, set[Key]] = {}
        self._begun = 0

    @property
    def courses(self) -> list[Course]:
        """Those that were not taken in by another."""
        return list(self._courses.values())

    def begin(self, course: Course) -> Course:
        """A meeting that nobody spoke of before."""
        self._courses[self._begun] = course
        self._number[id(course)] = self._begun
        self._begun += 1
        return course

    def enter(self, course: Course) -> None:
        """Makes a course found under its parties and days."""
        number = self._number[id(course)]
        keys = self._keys.setdefault(number, set())
        for key in _keys_of(course):
            if key not in keys:
                keys.add(key)
                self._found.setdefault(key, {})[number] = course

    def announced(self, word: ToldMeeting, sides: Sides) -> Course | None:
        """The course that an announcement belongs to; None where it is a new meeting."""
        ranked = [(same(course, word, sides), -number, course) for number, course in self._near(word, sides)]
        return _best(ranked)

    def moved(self, word: ToldMeeting, sides: Sides) -> Course | None:
        """The course that a refusal, a postponement or a meeting held is about; None where nobody had announced it."""
        fits = held if word.move is MeetingStatus.HELD else called_off
        return _best([(fits(course, word, sides), -number, course) for number, course in self._near(word, sides)])

    def unite(self, course: Course) -> None:
        """Takes in what was announced for the new date of a postponed meeting before that was known to be its new date."""
        if course.status is not MeetingStatus.POSTPONED or course.dates is None or not exact(course.dates):
            return
        keys = [key for key in _keys_of(course) if len(key) == 3]  # not what one party has in a month
        near = {number: other for key in keys for number, other in self._found.get(key, {}).items()}
        for number, other in sorted(near.items()):
            if other is course or other.dates is None or not exact(other.dates):
                continue
            alike = other.remote == course.remote and not places_differ(course, other.place)
            if alike and course.dates.overlaps(other.dates) and parties_meet(set(course.sides), set(other.sides)):
                course.absorb(other)
                del self._courses[number], self._number[id(other)]
                for key in self._keys.pop(number):
                    del self._found[key][number]
                self.enter(course)

    def _near(self, word: ToldMeeting, sides: Sides) -> Iterator[tuple[int, Course]]:
        named = sorted({sides.side(party) for party in word.parties})
        months = _months(word.dates, word.said, back=1)
        keys: list[Key] = [(*pair, month) for pair in combinations(named, 2) for month in months]
        if len(named) == 1:
            keys = [(named[0], month) for month in months]
        else:
            keys += [("alone", side, month) for side in named for month in months]
            keys += [("day", side, day) for side in named for day in _days(word.dates)]
        seen: set[int] = set()
        for key in keys:
            for number, course in self._found.get(key, {}).items():
                if number not in seen:
                    seen.add(number)
                    yield number, course


def _best(ranked: list[tuple[int, int, Course]]) -> Course | None:
    """The one that fits best, of equals the one that began first."""
    fitting = [each for each in ranked if each[0]]
    return max(fitting, key=lambda each: each[:2])[2] if fitting else None


def _keys_of(course: Course) -> Iterator[Key]:
    place = course.place
    host = {f"country:{place[1]}"} if place is not None and place[1] else set()
    own = sorted(course.sides)
    put_off = course.status is MeetingStatus.POSTPONED and course.dates is None
    months = _months(course.dates, course.began, ahead=MONTHS_UNTIL_RENEWED if put_off else MONTHS_AHEAD)
    for month in months:
        yield from ((side, month) for side in (*own, *sorted(host - set(own))))
        yield from ((*pair, month) for pair in combinations(sorted({*own, *host}), 2))
        if len(own) == 1:
            yield ("alone", own[0], month)
    yield from (("day", side, day) for side in own for day in _days(course.dates))


def _months(dates: DateRange | None, said: date | None, *, back: int = 0, ahead: int = 0) -> range:
    """Numbers of the months in which a meeting may lie."""
    first = min((each for each in ((dates and dates.earliest), said) if each), default=None)
    last = max((each for each in ((dates and dates.latest), said) if each), default=None)
    if first is None or last is None:
        return range(0, 1)
    start, end = first.year * 12 + first.month, last.year * 12 + last.month
    return range(max(start, end - 12) - back, end + 1 + ahead)


def _days(dates: DateRange | None) -> range:
    """Numbers of the days of an exact date."""
    if dates is None or not exact(dates) or dates.earliest is None or dates.latest is None:
        return range(0)
    return range(dates.earliest.toordinal(), dates.latest.toordinal() + 1)
