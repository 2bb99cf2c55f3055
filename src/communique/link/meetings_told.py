"""One article's claims about meetings → what each of them says of one: announced, confirmed, postponed, cancelled, held.

In: a coded article. Out: slim records that many articles fit into memory as. A claim's type says what it is about, its words
how far the meeting has come ("will not take place as planned" announces none), and which of the days beside them it was
planned for, or is put off to.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from communique.codebook.meetings import MeetingWords, load_meeting_words
from communique.records import (
    Anchor,
    Article,
    Claim,
    CodedArticle,
    DateRange,
    Meeting,
    MeetingStatus,
    Place,
    Precision,
    Role,
    Span,
    Status,
    Timex,
)

TAKEN_PLACE = frozenset({Status.OCCURRED, Status.ONGOING})
UNREAL = frozenset({Status.HYPOTHETICAL, Status.DEMANDED, Status.SCHEDULED})  # what a meeting put off may be coded as
STALE_DAYS = 30  # a date that lies so far back is no new date of a postponed meeting
AHEAD_DAYS = 300
REMOTE = frozenset({"phone", "video"})
FORMATS = ("phone", "visit", "third-party", "multilateral")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMeeting:
    """One claim that announces, moves or reports a meeting. `meeting_id` is the article's meeting it belongs to, or None.

    `move` is what its words say, `announces` True where it speaks of a meeting to come. `said` is the day of the word: the
    article's publication day, or None. `dates` are the meeting's, None when undated; `new_dates` those it is put off to.
    `parties` are actor ids, `town` is True where `place` is a town.
    """

    claim_id: str
    article_id: str
    start: int
    meeting_id: str | None
    move: MeetingStatus
    announces: bool
    parties: tuple[str, ...]
    said: date | None
    dates: DateRange | None
    new_dates: DateRange | None
    place: str | None
    country: str | None
    town: bool
    format: str | None

    @property
    def remote(self) -> bool:
        """True for a call."""
        return self.format in REMOTE


def told_meetings(coded: CodedArticle) -> tuple[ToldMeeting, ...]:
    """What one article tells of meetings, in text order; claims that have nothing to do with one are left out."""
    return _Reader(coded).read()


class _Reader:
    def __init__(self, coded: CodedArticle) -> None:
        self.article: Article = coded.article
        self.text = coded.article.text
        self.claims = coded.claims
        self.words: MeetingWords = load_meeting_words()
        self.said = coded.article.published.day if coded.article.published else None
        self.owner: dict[str, Meeting] = {claim: meeting for meeting in coded.meetings for claim in meeting.claims}
        self.times = [time for time in coded.times if time.dates is not None and time.dates.earliest is not None]

    def read(self) -> tuple[ToldMeeting, ...]:
        """Everything that is told."""
        return tuple(self._told(claim, move) for claim, move in self._moves())

    def _moves(self) -> Iterator[tuple[Claim, MeetingStatus]]:
        for claim in self.claims:
            announced = claim.meeting_type == "CONSULT" and claim.status is Status.SCHEDULED
            if announced and claim.id in self.owner:
                move = self.words.told(self._about(claim))
                confirmed = move is None and self.words.confirms(_folded(self._sentence(claim).of(self.text)))
                yield claim, move or (MeetingStatus.CONFIRMED if confirmed else MeetingStatus.ANNOUNCED)
            elif claim.type == "REJECT" and "meet" in claim.modes and claim.status is Status.OCCURRED:
                refused = self.words.refused(_folded(claim.trigger.of(self.text)), self._about(claim))
                if refused is not None:
                    yield claim, refused
            elif claim.type == "CONSULT" and claim.status in TAKEN_PLACE | UNREAL:
                move = self.words.told(self._about(claim))
                if move is not None or claim.status in TAKEN_PLACE:
                    yield claim, move or MeetingStatus.HELD

    def _about(self, claim: Claim) -> str:
        """The words about the meeting: the claim's clause; behind a noun that names it, the sentence up to the next meeting."""
        clause = claim.evidence[0] if claim.evidence else claim.trigger
        if claim.trigger.of(self.text).lower() not in self.words.naming:
            return _folded(clause.of(self.text))
        end = self._sentence(claim).end
        others = [each.trigger.start for each in self.claims if each is not claim and _of_meeting(each)]
        end = min([end, *(other for other in others if claim.trigger.end <= other < end)])
        return _folded(self.text[min(clause.start, claim.trigger.start) : end])

    def _sentence(self, claim: Claim) -> Span:
        first = claim.evidence[0] if claim.evidence else claim.trigger
        start, end = first.start, first.end
        while start > 0 and not _ends_sentence(self.text, start - 1):
            start -= 1
        while end < len(self.text) and not _ends_sentence(self.text, end - 1):
            end += 1
        return Span(article_id=self.article.id, start=start, end=end)

    def _told(self, claim: Claim, move: MeetingStatus) -> ToldMeeting:
        meeting = self.owner.get(claim.id)
        announces = claim.meeting_type == "CONSULT"
        own = meeting if announces else None
        roles = own.parties if own is not None else (*claim.actors, *claim.recipients)
        places = (claim.place, own.place if own is not None else None)
        place = next((each for each in places if each is not None and self._is_place(each, roles)), None)
        dates, new_dates = self._dates(claim, move, own)
        return ToldMeeting(
            claim_id=claim.id,
            article_id=self.article.id,
            start=claim.trigger.start,
            meeting_id=meeting.id if meeting else None,
            move=move,
            announces=announces,
            parties=tuple(dict.fromkeys(role.actor_id for role in roles)),
            said=self.said,
            dates=dates,
            new_dates=new_dates,
            place=place.name if place else None,
            country=place.country if place else None,
            town=place is not None and place.precision == "town",
            format=own.format if own is not None else next((each for each in claim.modes if each in FORMATS), None),
        )

    def _is_place(self, place: Place, parties: Iterable[Role]) -> bool:
        """False for a capital that stands for its government: "a meeting of Moscow and Washington"."""
        named = any(role.span is not None and role.span.overlaps(place.span) for role in parties)
        before = self.text[max(0, place.span.start - 20) : place.span.start].lower().split()
        return not named or not before or before[-1] not in self.words.among

    def _dates(
        self, claim: Claim, move: MeetingStatus, meeting: Meeting | None
    ) -> tuple[DateRange | None, DateRange | None]:
        """The day that the meeting was planned for or had, and the one that it is put off to."""
        time = claim.date or (meeting.date if meeting is not None else None)
        if move is MeetingStatus.HELD:
            return _definite(time), None
        beside = self._beside(claim)
        towards = [each for each in beside if self.words.towards.search(self._before(each))]
        if move is MeetingStatus.POSTPONED:
            new = next((dates for each in towards if (dates := self._ahead(each)) and self._to_come(dates)), None)
            old = [each for each in beside if each not in towards and self.words.due.search(self._before(each))]
            return next((_definite(each) for each in old), None), new
        if move is MeetingStatus.CANCELLED:
            planned = [each for each in beside if each.dates is not None and self._to_come(each.dates)]
            return next((_definite(each) for each in planned), None), None
        dates = _definite(time)
        if dates is not None and not self._to_come(dates):  # "will travel there on 30 June, he said on Friday"
            later = [each.dates for each in beside if each.dates is not None and self._to_come(each.dates)]
            return (later[0] if later else dates), None
        return dates, None

    def _beside(self, claim: Claim) -> list[Timex]:
        """The times in the claim's sentence, in text order."""
        sentence = self._sentence(claim)
        return [each for each in self.times if sentence.covers(each.span) and _definite(each) is not None]

    def _before(self, time: Timex) -> str:
        return _folded(self.text[max(0, time.span.start - 30) : time.span.start])

    def _to_come(self, dates: DateRange) -> bool:
        return self.said is None or dates.latest is None or dates.latest > self.said

    def _ahead(self, time: Timex) -> DateRange | None:
        """The time's days; one without a year that was put in the past is the coming one, where a meeting is moved to it."""
        dates = time.dates
        if dates is None or dates.earliest is None or dates.latest is None or self.said is None:
            return dates
        if time.anchor is Anchor.NONE or dates.latest >= self.said - timedelta(days=STALE_DAYS):
            return dates
        try:
            earliest, latest = (each.replace(year=each.year + 1) for each in (dates.earliest, dates.latest))
        except ValueError:  # 29 February
            return dates
        soon = self.said <= latest <= self.said + timedelta(days=AHEAD_DAYS)
        return DateRange(earliest=earliest, latest=latest, precision=dates.precision) if soon else dates


def _of_meeting(claim: Claim) -> bool:
    return claim.type == "CONSULT" or claim.meeting_type == "CONSULT" or "meet" in claim.modes


def _definite(time: Timex | None) -> DateRange | None:
    """A time's days, unless it only says "soon" or "earlier"."""
    dates = time.dates if time is not None else None
    return dates if dates is not None and dates.precision is not Precision.REFERENCE else None


def _ends_sentence(text: str, place: int) -> bool:
    """True where a sentence ends: a line's end, or a full stop before a space and a capital, but not behind an initial."""
    if text[place] == "\n":
        return True
    if text[place] not in ".!?" or place + 2 >= len(text):
        return False
    following = text[place + 1 : place + 3].lstrip("”\"’')")
    capital = following[:1].isspace() and (following[1:2].isupper() or not following[1:2].isalpha())
    return capital and not text[max(0, place - 2) : place].strip().isupper()


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()
