"""An article's own events → reports: what all its claims of one event say together, in the form that linking compares.

A report has a window of days in which the event may lie. A dated one has its date's; one without a date gets the days before
its article came out, a scheduled one those after it. Without either, nothing can be said about when, and it joins nobody.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from communique.link.words import names_in, stems, strength, weight_of
from communique.records import DateRange, Precision, Status
from communique.records.reported import Party, ReportedArticle, ReportedClaim

# Types that one happening may be told as, by the words that are chosen for it.
FAMILIES = (
    frozenset({"ASSAULT", "COERCE", "SANCTION"}),
    frozenset({"AGREE", "CONCEDE", "RETREAT", "COOPERATE"}),
    frozenset({"ACCUSE", "REJECT", "REQUEST", "THREATEN"}),
    frozenset({"SUPPORT", "AID", "MOBILIZE"}),
)
FAMILY = {name: f"{number}" for number, family in enumerate(FAMILIES) for name in family}
TAKEN_PLACE = frozenset({Status.OCCURRED, Status.ONGOING, Status.HISTORICAL})
DAYS_BEFORE = 6  # an undated event lies so many days before its report came out, at most
DAYS_AHEAD = 30  # an undated plan so many days after it
EXACT_DAYS = 3  # a date of so many days is one that tells events apart
LONGEST_WINDOW = 62
CONTEXT_CHARACTERS = 1_200  # of the article's beginning, by which reports of one affair know each other,
CONTEXT_WORDS = 40  # and its words that say most


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Article:
    """What all reports of one article share: its day and the words of its beginning."""

    id: str
    day: date | None
    context: frozenset[str]
    context_strength: float


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Report:
    """`first` and `last` are day numbers (inclusive); `dated` 2 for an exact date, 1 for a wider one, 0 for none.

    Reports of different `family` (of types, and of what is announced) never tell one event. `actors` and `recipients` are known
    sides, `loose` those who are no more than "gunmen"; `persons` the people who act. `words` are those of the
    sentences, `content` those of what is demanded or refused, without the countries.
    """

    claims: tuple[ReportedClaim, ...]
    article: Article
    type: str
    meeting_type: str | None
    family: str
    status: Status
    first: int
    last: int
    dated: int
    actors: frozenset[str]
    recipients: frozenset[str]
    loose: frozenset[str]
    persons: frozenset[str]
    towns: frozenset[str]
    countries: frozenset[str]
    modes: frozenset[str]
    words: frozenset[str]
    strength: float
    content: frozenset[str]
    content_strength: float
    names: tuple[str, ...]

    @property
    def order(self) -> tuple[date, str, int]:
        """By publication day, article and place in it; undated articles last."""
        return self.article.day or date.max, self.article.id, self.claims[0].position


def reports_of(article: ReportedArticle, parted: Iterable[frozenset[str]] = ()) -> list[Report]:
    """The reports of one article; an event of which a person said that two claims are different (`parted`) is taken apart."""
    beginning = f"{article.title}\n{article.text[:CONTEXT_CHARACTERS]}"
    context = frozenset(sorted(stems(beginning), key=lambda word: (-weight_of(word), word))[:CONTEXT_WORDS])
    own = Article(id=article.id, day=article.day, context=context, context_strength=strength(context))
    by_position = {claim.position: claim for claim in article.claims}
    apart = list(parted)
    made: list[Report] = []
    for event in article.events:
        claims = [by_position[place] for place in sorted(event) if place in by_position]
        ids = {claim.id for claim in claims}
        groups = [[claim] for claim in claims] if any(pair <= ids for pair in apart) else [claims]
        made += [_report(group, own) for group in groups if group]
    grouped = {place for event in article.events for place in event}
    made += [_report([claim], own) for place, claim in by_position.items() if place not in grouped]
    return made


def _report(claims: Sequence[ReportedClaim], article: Article) -> Report:
    lead = claims[0]
    dates, status = _narrowest(claims), _status(claims)
    first, last, dated = _window(dates, article.day, status)
    content = frozenset(word for word in stems(" ".join(claim.content for claim in claims)) if not word.startswith("@"))
    words = stems(" ".join(dict.fromkeys(claim.sentence for claim in claims)))
    actors = [party for claim in claims for party in claim.actors]
    recipients = [party for claim in claims for party in claim.recipients]
    return Report(
        claims=tuple(claims),
        article=article,
        type=lead.type,
        meeting_type=lead.meeting_type,
        family=f"{FAMILY.get(lead.type, lead.type)}>{lead.meeting_type or ''}",
        status=status,
        first=first,
        last=last,
        dated=dated,
        actors=_known(actors),
        recipients=_known(recipients),
        loose=frozenset(party.side for party in (*actors, *recipients) if not party.known),
        persons=frozenset(party.actor_id for party in actors if party.person),
        towns=frozenset(claim.place for claim in claims if claim.place and claim.town),
        countries=frozenset(claim.country for claim in claims if claim.country),
        modes=frozenset(mode for claim in claims for mode in claim.modes),
        words=words,
        strength=strength(words),
        content=content,
        content_strength=strength(content),
        names=tuple(dict.fromkeys(name for claim in claims for name in names_in(claim.sentence))),
    )


def _known(parties: Iterable[Party]) -> frozenset[str]:
    return frozenset(party.side for party in parties if party.known)


def _status(claims: Sequence[ReportedClaim]) -> Status:
    """The plainest one: of a happening that is told and remembered in one article, that it took place."""
    found = {claim.status for claim in claims}
    return next((each for each in (Status.OCCURRED, Status.ONGOING) if each in found), claims[0].status)


def _narrowest(claims: Sequence[ReportedClaim]) -> DateRange | None:
    ranges = [
        claim.dates
        for claim in claims
        if claim.dates
        and claim.dates.earliest
        and claim.dates.latest
        and claim.dates.precision is not Precision.REFERENCE
    ]
    return min(ranges, key=_length, default=None)


def _length(dates: DateRange) -> int:
    assert dates.earliest is not None
    assert dates.latest is not None
    return (dates.latest - dates.earliest).days


def _window(dates: DateRange | None, published: date | None, status: Status) -> tuple[int, int, int]:
    """First and last day number, and how exact they are; (0, -1, 0) when nothing can be said."""
    day = published.toordinal() if published else None
    if dates is not None and dates.earliest and dates.latest:
        first, last = dates.earliest.toordinal(), dates.latest.toordinal()
        if day is not None and status in TAKEN_PLACE and first <= day:
            last = min(last, day)
        return first, last, 2 if last - first < EXACT_DAYS else 1
    if day is None or status is Status.HISTORICAL:
        return 0, -1, 0
    return (day, day + DAYS_AHEAD, 0) if status is Status.SCHEDULED else (day - DAYS_BEFORE, day, 0)
