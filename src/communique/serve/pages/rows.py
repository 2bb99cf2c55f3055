"""Events, claims, statements and meetings as rows of a list: who, what, whom, when, where, and the words, with their addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from communique.records import Claim, DateRange, LinkedEvent, Statement
from communique.serve.pages.cards import place_words
from communique.serve.pages.dates import UNKNOWN, day_words, range_words, timex_words
from communique.serve.pages.wording import Name, Wording, quad_of, words_href
from communique.store import Filters, Record


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """An event or a single claim. `href` opens the event (or the words, where there is no event), `words` the quotation.

    `day` is its first possible day, None when undated; `when` tells it in words. `reports` counts articles, `voices` independent
    outlets; `disputed` names the fields about which reports differ.
    """

    id: str
    type: str
    quad: int
    status: str
    who: tuple[Name, ...]
    whom: tuple[Name, ...]
    modes: tuple[str, ...]
    day: date | None
    when: str
    place: str
    href: str
    words: str
    quote: str
    outlet: str
    according: tuple[Name, ...]
    confidence: float
    reports: int = 1
    voices: int = 1
    disputed: tuple[str, ...] = ()
    meeting_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementRow:
    """Somebody's words. `act` is what was done by saying them; `day` the day in words, the article's where they have none."""

    id: str
    act: str
    kind: str
    speaker: Name | None
    addressee: Name | None
    day: str
    quote: str
    words: str
    outlet: str


def claim_rows(record: Record, claims: Sequence[Claim], wording: Wording | None = None) -> tuple[EventRow, ...]:
    """Claims, each by itself."""
    named = wording or Wording(record, claims)
    events = record.linked_events_of([claim.id for claim in claims])
    return tuple(_row(claim, named, events.get(claim.id), whole=False) for claim in claims)


def event_rows(record: Record, events: Sequence[LinkedEvent]) -> tuple[EventRow, ...]:
    """Events over all articles, each with the words of its first report."""
    claims = record.claims_by_id([event.claims[0] for event in events])
    named = Wording(record, claims.values(), {each for event in events for each in (*event.actors, *event.recipients)})
    return tuple(
        _row(claims[event.claims[0]], named, event, whole=True) for event in events if event.claims[0] in claims
    )


def statement_rows(record: Record, statements: Sequence[Statement]) -> tuple[StatementRow, ...]:
    """Statements with their words."""
    named = Wording(record, statements)
    made = []
    for each in statements:
        article = named.articles.get(each.article_id)
        published = article.published.day if article and article.published else None
        made.append(
            StatementRow(
                id=each.id,
                act=each.act.value,
                kind=each.kind.value,
                speaker=named.role(each.speaker),
                addressee=named.role(each.addressee),
                day=timex_words(each.date) or (day_words(published) if published else ""),
                quote=named.quotes(each.content),
                words=words_href(each.article_id, each.id),
                outlet=named.outlet(each.article_id),
            )
        )
    return tuple(made)


def first_day(dates: DateRange | None) -> date | None:
    """The day under which a range is listed."""
    return (dates.earliest or dates.latest) if dates else None


def _row(claim: Claim, named: Wording, event: LinkedEvent | None, *, whole: bool) -> EventRow:
    """With `whole` the event's own values, else the claim's."""
    words = words_href(claim.article_id, claim.id)
    told = event if whole else None
    dates = told.dates if told else claim.date.dates if claim.date else None
    place = ", ".join(part for part in (told.place, told.country) if part) if told else place_words(claim.place)
    kind = told.type if told else claim.type
    return EventRow(
        id=told.id if told else claim.id,
        type=kind,
        quad=quad_of(kind),
        status=(told.status if told else claim.status).value,
        who=named.names(told.actors) if told else named.roles(claim.actors),
        whom=named.names(told.recipients) if told else named.roles(claim.recipients),
        modes=told.modes if told else claim.modes,
        day=first_day(dates),
        when=range_words(dates) or (UNKNOWN if told else timex_words(claim.date) or UNKNOWN),
        place=place,
        href=f"/events/{event.id}" if event else words,
        words=words,
        quote=named.quote(claim.evidence[0] if claim.evidence else claim.trigger),
        outlet=named.outlet(claim.article_id),
        according=named.roles(claim.asserted_by),
        confidence=claim.confidence,
        reports=event.articles if event else 1,
        voices=event.voices if event else 1,
        disputed=event.disputed if event else (),
        meeting_type=told.meeting_type if told else claim.meeting_type,
    )


@dataclass(slots=True)
class Asked:
    """One page of what happened that is asked for; `following` is the cursor of the next page when it has been read."""

    filters: Filters
    following: str | None = None


def happenings(record: Record, filters: Filters) -> tuple[tuple[EventRow, ...], str | None]:
    """One page of what happened, and the cursor of the next: events, or claims where nothing was linked yet."""
    asked = Asked(filters)
    rows, _ = happenings_of(record, asked, None)
    return rows, asked.following


def happenings_of(
    record: Record, one: Asked | None, other: Asked | None
) -> tuple[tuple[EventRow, ...], tuple[EventRow, ...]]:
    """Two pages at once (None for none): the words of both are read together, which costs half."""
    linked = bool(record.events_slice(Filters(limit=1)).items)
    if linked:
        events: list[tuple[LinkedEvent, ...]] = []
        for asked in (one, other):
            part = record.events_slice(asked.filters) if asked else None
            events.append(part.items if part else ())
            if asked and part:
                asked.following = part.next
        rows = {row.id: row for row in event_rows(record, [each for part in events for each in part])}
        return _in_order(rows, events[0]), _in_order(rows, events[1])
    made: list[tuple[EventRow, ...]] = []
    for asked in (one, other):
        claims = record.claims_slice(asked.filters) if asked else None
        made.append(claim_rows(record, claims.items) if claims else ())
        if asked and claims:
            asked.following = claims.next
    return made[0], made[1]


def _in_order(rows: dict[str, EventRow], events: Sequence[LinkedEvent]) -> tuple[EventRow, ...]:
    """The rows of some events, in their order."""
    return tuple(rows[each.id] for each in events if each.id in rows)
