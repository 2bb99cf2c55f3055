"""Linked events → what happened, and where the reports of one event differ."""

from collections.abc import Iterable, Iterator
from datetime import date

from communique.brief.asking import Asked
from communique.brief.digest import Sentence
from communique.brief.phrasing import counted, day_words, heard, load_phrases, opened, uncapitalized, when
from communique.brief.sourcing import Sourcing
from communique.codebook.countries import load_countries
from communique.export.gathering import chunked
from communique.records import Claim, FieldAgreement, LinkedEvent, Status
from communique.store import Record

DONE = (Status.OCCURRED, Status.ONGOING)


def done(record: Record, asked: Asked) -> list[LinkedEvent]:
    """The events of the period that took place or go on, the weightiest first."""
    found = record.iter_events(asked.filters(statuses=tuple(each.value for each in DONE)))
    return sorted((each for each in found if each.status in DONE), key=_weight)


def contested(record: Record, asked: Asked) -> list[LinkedEvent]:
    """The events of the period about which reports differ, the weightiest first."""
    found = record.iter_events(asked.filters(statuses=("disputed",)))
    return sorted((each for each in found if each.disputed), key=_weight)


def happened(record: Record, asked: Asked, listed: Iterable[LinkedEvent]) -> Iterator[Sentence]:
    """A sentence for each event, in their order; articles are read as sentences are taken."""
    for events, claims, sourcing in _gathered(record, asked, listed):
        for event in events:
            members = [claims[each] for each in event.claims if each in claims]
            agreeing = [each for each in members if each.status in DONE]
            best = sourcing.best(agreeing or members)
            words = sourcing.words(best) if best else None
            if best is None or words is None:
                continue
            lasting = ", still going on as reported" if event.status is Status.ONGOING else ""
            yield Sentence(
                text=f"{_told(event, best, sourcing, asked)}{lasting}{heard(event.articles, event.voices)}",
                words=(words,),
                keys=tuple(f"event:{each}" for each in event.claims),
                voices=event.voices,
                day=_day(event),
            )


def disputed(record: Record, asked: Asked, listed: Iterable[LinkedEvent]) -> Iterator[Sentence]:
    """A sentence for each field of an event about which its reports differ, with the words for each value."""
    for events, claims, sourcing in _gathered(record, asked, listed):
        for event in events:
            best = sourcing.best(claims[each] for each in event.claims if each in claims)
            for field in event.fields if best else ():
                told = _versions(field, claims, sourcing) if field.disputed else []
                if best is None or len(told) < 2:
                    continue
                values = " or ".join(f"{value} ({counted(voices, 'outlet')})" for value, voices, _ in told)
                differ = load_phrases().fields.get(field.field, field.field)
                matter = uncapitalized(_told(event, best, sourcing, asked))
                words = (sourcing.words(claim, value) for value, _, claim in told)
                yield Sentence(
                    text=f"Reports differ on {differ}: {values}. The matter: {matter}",
                    words=tuple(each for each in words if each is not None),
                    keys=tuple(
                        f"dispute:{field.field}:{claim}" for value in field.values[1:] for claim in value.claims
                    ),
                    voices=event.voices,
                    day=_day(event),
                )


Part = tuple[list[LinkedEvent], dict[str, Claim], Sourcing]


def _gathered(record: Record, asked: Asked, events: Iterable[LinkedEvent]) -> Iterator[Part]:
    """The events in chunks with their claims, and names and articles for all of it."""
    for part in chunked(events, lambda event: len(event.claims)):
        claims = record.claims_by_id(each for event in part for each in event.claims)
        ids = {each for event in part for each in (*event.actors, *event.recipients)}
        ids |= {
            one.strip()
            for event in part
            for field in event.fields
            for value in field.values
            for one in value.value.split(",")
            if one.strip().startswith("actor-")
        }
        yield part, claims, Sourcing(record, asked, claims.values(), ids)


def _told(event: LinkedEvent, best: Claim, sourcing: Sourcing, asked: Asked) -> str:
    """`On 10 January, the United States and Russia met in Geneva`."""
    who, whom = sourcing.names(event.actors), sourcing.names(event.recipients)
    deed = load_phrases().deed(event, best.plover_type, sourcing.text(best.trigger), who, whom)
    place = f" in {' '.join(event.place.split())}" if event.place else ""
    opening = when(event.dates, year=not asked.one_year)
    return opened(f"{opening}, {deed}{place}" if opening else f"{deed}{place}")


def _versions(field: FieldAgreement, claims: dict[str, Claim], sourcing: Sourcing) -> list[tuple[str, int, Claim]]:
    """Each value in words with its outlets and the report to quote for it."""
    found = []
    for value in field.values:
        best = sourcing.best(claims[each] for each in value.claims if each in claims)
        if best is not None:
            found.append((_value(value.value, sourcing), value.voices, best))
    return found


def _value(value: str, sourcing: Sourcing) -> str:
    if not value:
        return "none"
    return ", ".join(dict.fromkeys(_value_part(each.strip(), sourcing) for each in value.split(",")))


def _value_part(part: str, sourcing: Sourcing) -> str:
    if part.startswith("actor-"):
        return sourcing.name(part)
    kind, _, name = part.partition(":")
    if kind == "country" and name in load_countries().by_code:
        return load_countries().by_code[name].name
    if kind == "organization":
        return name
    try:
        return day_words(date.fromisoformat(part))
    except ValueError:
        return part


def _day(event: LinkedEvent) -> date | None:
    return (event.dates.latest or event.dates.earliest) if event.dates else None


def _weight(event: LinkedEvent) -> tuple[int, int, str]:
    """Most outlets first, then the latest."""
    return -event.voices, -(_day(event) or date.min).toordinal(), event.id
