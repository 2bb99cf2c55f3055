"""One article's claims about meetings → what each of them says of one: announced, confirmed, postponed, cancelled, held.

In: an article with its claims and its own meetings. Out: slim records that many articles fit into memory as. A claim's type
says what it is about, its words how far the meeting has come: "will not take place as planned" announces none.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.codebook.meetings import load_meeting_words
from communique.records import Anchor, Article, Claim, DateRange, Meeting, MeetingStatus, Precision, Status
from communique.records.reported import sentence_around

TAKEN_PLACE = frozenset({Status.OCCURRED, Status.ONGOING})
STALE_DAYS = 30  # a date that lies so far back is no new date of a postponed meeting
AHEAD_DAYS = 300
REMOTE = frozenset({"phone", "video"})


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMeeting:
    """One claim that announces, moves or reports a meeting. `meeting_id` is the article's meeting it belongs to, or None.

    `move` is what its words say, `announces` True where it speaks of a meeting to come. `said` is the day of the word: the
    article's publication day, or None. `dates` are the meeting's (a refusal's: those of its words), None when undated.
    `parties` are actor ids, `town` is True where `place` is a town. `remote` is a call.
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
    place: str | None
    country: str | None
    town: bool
    format: str | None

    @property
    def remote(self) -> bool:
        """True for a call."""
        return self.format in REMOTE


def told_meetings(article: Article, claims: Sequence[Claim], meetings: Sequence[Meeting]) -> tuple[ToldMeeting, ...]:
    """What one article tells of meetings, in text order; claims that have nothing to do with one are left out."""
    owner = {claim: meeting for meeting in meetings for claim in meeting.claims}
    return tuple(_told(article, claim, move, owner.get(claim.id)) for claim, move in _moves(article, claims, owner))


def _moves(
    article: Article, claims: Sequence[Claim], owner: dict[str, Meeting]
) -> Iterable[tuple[Claim, MeetingStatus]]:
    words = load_meeting_words()
    for claim in claims:
        clause = _folded(claim.evidence[0].of(article.text) if claim.evidence else claim.trigger.of(article.text))
        if claim.meeting_type == "CONSULT" and claim.status is Status.SCHEDULED and claim.id in owner:
            told = words.told(clause)
            first = claim.evidence[0] if claim.evidence else claim.trigger
            sentence = _folded(sentence_around(article.text, first.start, first.end))
            yield claim, told or (MeetingStatus.CONFIRMED if words.confirms(sentence) else MeetingStatus.ANNOUNCED)
        elif claim.type == "REJECT" and "meet" in claim.modes and claim.status is Status.OCCURRED:
            told = words.told(clause)
            yield claim, MeetingStatus.POSTPONED if told is MeetingStatus.POSTPONED else MeetingStatus.CANCELLED
        elif claim.type == "CONSULT" and claim.status in TAKEN_PLACE:
            yield claim, words.told(clause) or MeetingStatus.HELD


def _told(article: Article, claim: Claim, move: MeetingStatus, meeting: Meeting | None) -> ToldMeeting:
    published = article.published.day if article.published else None
    announces = claim.meeting_type == "CONSULT"
    place = claim.place or (meeting.place if meeting is not None and announces else None)
    roles = meeting.parties if meeting is not None and announces else (*claim.actors, *claim.recipients)
    dates = claim.date.dates if claim.date else meeting.date.dates if meeting and meeting.date and announces else None
    if dates is not None and move is MeetingStatus.POSTPONED and claim.date and claim.date.anchor is not Anchor.NONE:
        dates = _ahead(dates, published)
    return ToldMeeting(
        claim_id=claim.id,
        article_id=article.id,
        start=claim.trigger.start,
        meeting_id=meeting.id if meeting else None,
        move=move,
        announces=announces,
        parties=tuple(dict.fromkeys(role.actor_id for role in roles)),
        said=published,
        dates=dates if dates is None or dates.precision is not Precision.REFERENCE else None,
        place=place.name if place else None,
        country=place.country if place else None,
        town=place is not None and place.precision == "town",
        format=_format(claim, meeting if announces else None),
    )


def _format(claim: Claim, meeting: Meeting | None) -> str | None:
    if meeting is not None:
        return meeting.format
    return next((mode for mode in claim.modes if mode in ("phone", "visit", "third-party", "multilateral")), None)


def _ahead(dates: DateRange, published: date | None) -> DateRange:
    """A date without a year that was put in the past, where a meeting was moved to it: it is the coming one."""
    if published is None or dates.earliest is None or dates.latest is None or dates.latest >= published:
        return dates
    try:
        earliest, latest = (each.replace(year=each.year + 1) for each in (dates.earliest, dates.latest))
    except ValueError:  # 29 February
        return dates
    stale = dates.latest < published - timedelta(days=STALE_DAYS)
    if stale and published <= latest <= published + timedelta(days=AHEAD_DAYS):
        return DateRange(earliest=earliest, latest=latest, precision=dates.precision)
    return dates


def _folded(text: str) -> str:
    return " ".join(text.split()).lower()
