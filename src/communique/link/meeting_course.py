"""The course of one meeting: what was said of it, in order, and what that makes of its date, place and status."""

from collections import Counter
from collections.abc import Mapping
from datetime import date

from communique.link.meetings_told import ToldMeeting
from communique.link.voices import Source, voices_of
from communique.records import (
    ActorKind,
    DateRange,
    LinkedMeeting,
    MeetingMove,
    MeetingStatus,
    Precision,
    Sides,
    make_id,
)

EXACT_DAYS = 2  # dates of at most so many days tell meetings apart


class Course:
    """One meeting as the words of many articles have it so far. `dates` None: unknown; `began`: the day of its first word."""

    def __init__(self, began: date | None) -> None:
        self.words: list[ToldMeeting] = []
        self.moves: list[MeetingMove] = []
        self.dates: DateRange | None = None
        self.status = MeetingStatus.ANNOUNCED
        self.sides: Counter[str] = Counter()
        self.places: Counter[tuple[str, str | None, bool]] = Counter()
        self.began = began
        self.took_place: Counter[tuple[date, date]] = Counter()

    @property
    def place(self) -> tuple[str, str | None, bool] | None:
        """Name, country and whether it is a town: what most words say, a town before a country."""
        return min(self.places, key=lambda each: (not each[2], -self.places[each], each[0]), default=None)

    @property
    def format(self) -> str | None:
        """The first format that an announcement names."""
        return next((each.format for each in self.words if each.announces and each.format), None)

    @property
    def remote(self) -> bool:
        """True for a call."""
        return any(each.remote for each in self.words if each.announces)

    def take(self, word: ToldMeeting, sides: Sides) -> None:
        """One more word about the meeting; it moves it where it says something new."""
        before, dated = self.status, self.dates
        self._date(word)
        if self._moves(word):
            self.status = word.move
        elif not self.moves:
            self.status = MeetingStatus.ANNOUNCED
        changed = not self.moves or self.status is not before
        changed = changed or (word.move is MeetingStatus.POSTPONED and self.dates is not None and self.dates != dated)
        if changed:
            day = word.said
            if word.move is MeetingStatus.HELD and exact(word.dates) and word.dates is not None:
                day = word.dates.latest
            self.moves.append(
                MeetingMove(status=self.status, claim_id=word.claim_id, article_id=word.article_id, day=day)
            )
        self.words.append(word)
        if word.announces:
            self.sides.update({sides.side(party) for party in word.parties})
        if word.place is not None and (word.announces or word.move is MeetingStatus.HELD):
            self.places[word.place, word.country, word.town] += 1

    def _moves(self, word: ToldMeeting) -> bool:
        """Whether a word says more than is known: a repeated announcement does not, nor does one of a meeting that was held."""
        if self.status is MeetingStatus.HELD:
            return False
        if word.move is MeetingStatus.ANNOUNCED:
            if self.status is MeetingStatus.CANCELLED:
                return self._later_than_last_move(word)
            return self.status is MeetingStatus.POSTPONED and word.dates is not None and not self._new_date_known
        if word.move is MeetingStatus.CONFIRMED:
            return self.status is not MeetingStatus.CANCELLED or self._later_than_last_move(word)
        return True

    @property
    def _new_date_known(self) -> bool:
        """True where the word that put the meeting off told its new date."""
        put_off = [each for each in self.words if each.move is MeetingStatus.POSTPONED]
        return bool(put_off) and put_off[-1].new_dates is not None

    def _later_than_last_move(self, word: ToldMeeting) -> bool:
        last = self.moves[-1]
        return last.day is not None and word.said is not None and word.said > last.day

    def _date(self, word: ToldMeeting) -> None:
        """The date as it now stands: a new one after a postponement, a narrower one, or none where it was put off to no day."""
        if word.move is MeetingStatus.POSTPONED:
            if word.new_dates is not None:
                self.dates = word.new_dates
            elif self.status is not MeetingStatus.POSTPONED:
                self.dates = None
        elif word.move is not MeetingStatus.CANCELLED and word.dates is not None and word.dates.earliest is not None:
            if word.move is MeetingStatus.HELD and exact(word.dates) and word.dates.latest is not None:
                self.took_place[word.dates.earliest, word.dates.latest] += 1
            narrower = self.dates is not None and days(word.dates) < days(self.dates)
            renewed = self.status is MeetingStatus.POSTPONED and word.announces
            if self.dates is None or narrower or renewed:
                self.dates = word.dates

    @property
    def when(self) -> DateRange | None:
        """The day that most reports of the meeting held give it, where none of them has it on the day it was planned for."""
        if not self.took_place or self.status is not MeetingStatus.HELD:
            return self.dates
        first, last = min(self.took_place, key=lambda each: (-self.took_place[each], each))
        held = DateRange(earliest=first, latest=last, precision=Precision.DAY)
        if self.dates is None or not exact(self.dates):
            return held
        planned = any(
            self.dates.overlaps(DateRange(earliest=early, latest=late, precision=Precision.DAY))
            for early, late in self.took_place
        )
        return self.dates if planned else held

    def absorb(self, other: "Course") -> None:
        """What was said of the same meeting under its new date before that was known to be its new date."""
        self.words += other.words
        self.sides += other.sides
        self.places += other.places
        known = {move.claim_id for move in self.moves}
        self.moves += [
            move for move in other.moves if move.status is not MeetingStatus.ANNOUNCED and move.claim_id not in known
        ]
        self.moves.sort(key=lambda move: move.day or date.max)
        self.status = self.moves[-1].status
        self.dates = other.dates or self.dates
        self.took_place += other.took_place

    def meeting(self, sources: Mapping[str, Source], sides: Sides) -> LinkedMeeting:
        """The meeting as it stands in the end."""
        members = list(dict.fromkeys(word.meeting_id for word in self.words if word.meeting_id is not None))
        articles = list(dict.fromkeys(word.article_id for word in self.words))
        place = self.place
        return LinkedMeeting(
            id=make_id("linked-meeting", members[0]),
            meetings=tuple(members),
            parties=self._parties(sides),
            dates=self.when,
            place=place[0] if place else None,
            country=place[1] if place else None,
            format=self.format,
            status=self.status,
            moves=tuple(self.moves),
            articles=len(articles),
            voices=voices_of(articles, sources),
        )

    def _parties(self, sides: Sides) -> tuple[str, ...]:
        """An actor for each side that at least a third of the words name which name the best supported one."""
        named: dict[str, Counter[str]] = {}
        for word in self.words:
            for party in word.parties:
                named.setdefault(sides.side(party), Counter())[party] += 1
        most = max(self.sides.values(), default=0)
        kept = [side for side in self.sides if self.sides[side] * 3 >= most]
        return tuple(
            _head(side, named[side], sides) for side in sorted(kept, key=lambda each: (-self.sides[each], each))
        )


def _head(side: str, named: Counter[str], sides: Sides) -> str:
    """The state or organization of a side where one is named, else who is named most."""

    def rank(party: str) -> tuple[bool, int, str]:
        actor = sides.actor(party)
        heads = actor is not None and (actor.kind is ActorKind.STATE or side == f"organization:{actor.name}")
        return (not heads, -named[party], party)

    return min(named, key=rank)


def days(dates: DateRange) -> int:
    """How many days a range holds; a great many where it is open."""
    return (dates.latest - dates.earliest).days + 1 if dates.earliest and dates.latest else 10_000


def exact(dates: DateRange | None) -> bool:
    """True for a date that tells one meeting from another."""
    return dates is not None and dates.precision is not Precision.REFERENCE and days(dates) <= EXACT_DAYS
