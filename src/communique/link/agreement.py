"""The reports of one event → the event with what they agree and disagree about, field by field.

Values that may be one (a day in a month, "almost eight hours" and "7.5 hours", a minister and his state) support each other;
others stand beside them with those who say so. A value counts as many voices as outlets tell it by themselves.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from communique.link.events import MANNERS_THAT_DIFFER, MUTUAL
from communique.link.quantities import Quantity, quantities_in
from communique.link.reports import TAKEN_PLACE, Report
from communique.records import DateRange, FieldAgreement, FieldValue, LinkedEvent, Precision, Status, make_id
from communique.records.reported import Party, ReportedClaim

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Telling:
    """One claim of the event, the outlet it speaks for, and whether it surely belongs here."""

    claim: ReportedClaim
    voice: str | None


@dataclass(frozen=True, slots=True)
class Version(Generic[T]):
    """One value of a field: what all who tell it agree on, in the words of the most exact, and who they are."""

    value: T
    told: str
    tellings: tuple[Telling, ...]

    @property
    def voices(self) -> int:
        """Independent outlets."""
        return voices_of(self.tellings)


def voices_of(tellings: Iterable[Telling]) -> int:
    """How many outlets speak by themselves; nobody who only might tell of this event is counted."""
    return len({each.voice for each in tellings if each.voice is not None})


def linked_event(
    reports: Sequence[Report], voices: Mapping[str, str], doubted: frozenset[frozenset[str]] = frozenset()
) -> LinkedEvent:
    """The event that the reports (in order) tell; `voices` are the outlets that articles speak for, by article id.

    A claim that a person was unsure about beside an earlier one has no voice.
    """
    claims = [claim for report in reports for claim in report.claims]
    unsure = _unsure([claim.id for claim in claims], doubted)
    tellings = [
        Telling(claim, None if claim.id in unsure else voices[report.article.id])
        for report in reports
        for claim in sorted(report.claims, key=lambda claim: claim.position)
    ]
    days, place, status = _days(tellings), _place(tellings), _status(tellings)
    modes = _modes(tellings, reports)
    actors, recipients = _parties(tellings)
    fields = [
        _field("date", days),
        _field("place", place),
        _field("status", status),
        *(_field(name, versions) for name, versions in (("actors", actors), ("recipients", recipients))),
        _field("modes", modes),
        *_quantities(tellings),
    ]
    lead = _most_told(tellings, lambda telling: telling.claim.type)
    return LinkedEvent(
        id=make_id("linked-event", tellings[0].claim.id),
        type=lead,
        claims=tuple(telling.claim.id for telling in tellings),
        status=status[0].value,
        actors=actors[0].value if actors else (),
        recipients=recipients[0].value if recipients else (),
        dates=days[0].value if days else None,
        place=place[0].value[0] if place else None,
        country=place[0].value[1] if place else None,
        modes=modes[0].value if modes else (),
        articles=len({report.article.id for report in reports}),
        voices=max(1, voices_of(tellings)),
        fields=tuple(field for field in fields if field is not None),
        meeting_type=tellings[0].claim.meeting_type,
    )


def _unsure(ids: Sequence[str], doubted: frozenset[frozenset[str]]) -> set[str]:
    place = {claim: number for number, claim in enumerate(ids)}
    pairs = (sorted(place[claim] for claim in pair) for pair in doubted if all(claim in place for claim in pair))
    return {ids[pair[-1]] for pair in pairs}


def _field(name: str, versions: Sequence[Version[T]]) -> FieldAgreement | None:
    """The field as it is stored; None where nobody tells anything."""
    if not versions:
        return None
    values = tuple(
        FieldValue(
            value=version.told,
            claims=tuple(dict.fromkeys(telling.claim.id for telling in version.tellings)),
            voices=max(1, version.voices),
        )
        for version in versions
    )
    return FieldAgreement(field=name, values=values)


def _most_told(tellings: Sequence[Telling], value_of: Callable[[Telling], T]) -> T:
    """The value that most outlets tell; of equals the one told first."""
    values = dict.fromkeys(map(value_of, tellings))
    return max(values, key=lambda value: voices_of(each for each in tellings if value_of(each) == value))


def _ranked(versions: Iterable[Version[T]], order: Sequence[Telling]) -> list[Version[T]]:
    """The best supported first, by outlets, then by claims, then the one told first."""
    place = {telling.claim.id: number for number, telling in enumerate(order)}
    return sorted(
        versions,
        key=lambda each: (-each.voices, -len(each.tellings), min(place[one.claim.id] for one in each.tellings)),
    )


def _agreeing(
    told: Sequence[tuple[T, Telling]],
    width: Callable[[T], float],
    shared: Callable[[T, T], T | None],
    words: Callable[[T], str],
) -> list[Version[T]]:
    """Groups of values that all agree with one another, the most exact value first; each value joins the first that it fits."""
    groups: list[tuple[T, T, list[Telling]]] = []
    order = {id(telling): number for number, (_, telling) in enumerate(told)}
    for value, telling in sorted(told, key=lambda each: (width(each[0]), order[id(each[1])])):
        for number, (common, exact, members) in enumerate(groups):
            narrowed = shared(common, value)
            if narrowed is not None:
                groups[number] = (narrowed, exact, [*members, telling])
                break
        else:
            groups.append((value, value, [telling]))
    return [
        Version(common, words(exact), tuple(sorted(members, key=lambda each: order[id(each)])))
        for common, exact, members in groups
    ]


# Days


def _days(tellings: Sequence[Telling]) -> list[Version[DateRange]]:
    told = [
        (each.claim.dates, each)
        for each in tellings
        if each.claim.dates is not None and each.claim.dates.precision is not Precision.REFERENCE
        if each.claim.dates.earliest is not None and each.claim.dates.latest is not None
    ]
    return _ranked(_agreeing(told, _length, _common_days, day_words), tellings)


def _length(dates: DateRange) -> float:
    return ((dates.latest or date.max) - (dates.earliest or date.min)).days


def _common_days(one: DateRange, other: DateRange) -> DateRange | None:
    if not one.overlaps(other):
        return None
    narrow = min(one, other, key=_length)
    first = max(one.earliest or date.min, other.earliest or date.min)
    last = min(one.latest or date.max, other.latest or date.max)
    exact = Precision.DAY if first == last and narrow.precision not in FINER else narrow.precision
    return DateRange(earliest=first, latest=last, precision=exact)


FINER = frozenset({Precision.MINUTE, Precision.HOUR, Precision.PART_OF_DAY})


def day_words(dates: DateRange) -> str:
    """ISO day, month or year; `first/last` for any other range."""
    first, last = dates.earliest or date.min, dates.latest or date.max
    if first == last:
        return first.isoformat()
    if dates.precision is Precision.MONTH and (first.year, first.month) == (last.year, last.month):
        return f"{first:%Y-%m}"
    if dates.precision is Precision.YEAR and first.year == last.year:
        return f"{first:%Y}"
    return f"{first.isoformat()}/{last.isoformat()}"


# Place: (name or None, country or None)

Where = tuple[str | None, str | None]


def _place(tellings: Sequence[Telling]) -> list[Version[Where]]:
    told: list[tuple[Where, Telling]] = [
        ((each.claim.place if each.claim.town or not each.claim.country else None, each.claim.country), each)
        for each in tellings
        if each.claim.place or each.claim.country
    ]
    names = {each.claim.country: each.claim.place for each in tellings if not each.claim.town}
    return _ranked(
        _agreeing(
            told,
            lambda where: where[0] is None,
            _common_place,
            lambda where: where[0] or names[where[1]] or where[1] or "",
        ),
        tellings,
    )


def _common_place(one: Where, other: Where) -> Where | None:
    if one[0] and other[0] and one[0] != other[0]:
        return None
    if one[1] and other[1] and one[1] != other[1]:
        return None
    return one[0] or other[0], one[1] or other[1]


# Status


def _status(tellings: Sequence[Telling]) -> list[Version[Status]]:
    groups: dict[bool, list[Telling]] = {}
    for each in tellings:
        groups.setdefault(each.claim.status in TAKEN_PLACE, []).append(each)
    versions = []
    for happened, members in groups.items():
        if happened:
            status = _most_told(members, lambda each: each.claim.status)
            versions.append(Version(status, status.value, tuple(members)))
        else:
            kinds = dict.fromkeys(each.claim.status for each in members)
            versions += [
                Version(kind, kind.value, tuple(each for each in members if each.claim.status is kind))
                for kind in kinds
            ]
    return _ranked(versions, tellings)


# Parties

Ids = tuple[str, ...]


def _parties(tellings: Sequence[Telling]) -> tuple[list[Version[Ids]], list[Version[Ids]]]:
    """Versions of who acted and to whom. A side that some give the one role and some the other has the one most give it."""
    if tellings[0].claim.type in MUTUAL:
        return _role(tellings, lambda claim: (*claim.actors, *claim.recipients), frozenset()), []
    actors, recipients = (
        _support(tellings, lambda claim: claim.actors),
        _support(tellings, lambda claim: claim.recipients),
    )
    turned = frozenset(side for side in actors if recipients.get(side, 0) >= actors[side])
    acting = frozenset(side for side in recipients if side not in turned and side in actors)
    return (
        _role(tellings, lambda claim: claim.actors, turned),
        _role(tellings, lambda claim: claim.recipients, acting),
    )


def _support(tellings: Sequence[Telling], parties_of: Callable[[ReportedClaim], Sequence[Party]]) -> dict[str, int]:
    sides = {party.side for each in tellings for party in parties_of(each.claim)}
    return {
        side: voices_of(each for each in tellings if any(party.side == side for party in parties_of(each.claim)))
        for side in sides
    }


def _role(
    tellings: Sequence[Telling], parties_of: Callable[[ReportedClaim], Sequence[Party]], without: frozenset[str]
) -> list[Version[Ids]]:
    """Who is named in a role: tellings that share a side support each other, as do those that name nobody known."""
    parties = {id(each): [party for party in parties_of(each.claim) if party.side not in without] for each in tellings}
    groups: list[tuple[set[str], list[Telling]]] = []
    told = [each for each in tellings if any(party.known for party in parties[id(each)])]
    for each in sorted(told, key=lambda each: -len({party.side for party in parties[id(each)] if party.known})):
        sides = {party.side for party in parties[id(each)] if party.known}
        for group in groups:
            if group[0] & sides:
                group[0].update(sides)
                group[1].append(each)
                break
        else:
            groups.append((sides, [each]))
    if not groups:  # "workers", "employees", "men": nobody can say that they differ, and the first name will do
        loose = [each for each in tellings if parties[id(each)]]
        groups = [({party.side for party in parties[id(loose[0])]}, loose)] if loose else []
    place = {id(each): number for number, each in enumerate(tellings)}
    versions = []
    for sides, members in groups:
        ordered = sorted(members, key=lambda each: place[id(each)])
        ids = _one_for_each_side(ordered, sides, [parties[id(each)] for each in ordered])
        versions.append(Version(ids, ",".join(ids), tuple(ordered)))
    return _ranked(versions, tellings)


def _one_for_each_side(tellings: Sequence[Telling], sides: set[str], parties: Sequence[Sequence[Party]]) -> Ids:
    """For each side the actor that most outlets name, the best supported side first."""
    voices: dict[str, dict[str, set[str]]] = {side: {} for side in sides}
    order: Counter[str] = Counter()
    for each, named in zip(tellings, parties, strict=True):
        for party in named:
            if party.side in voices:
                order.setdefault(party.side, -len(order))
                own = voices[party.side].setdefault(party.actor_id, set())
                own.add(each.voice or "")
    chosen = {side: _first_longest(actors) for side, actors in voices.items() if actors}
    ranked = sorted(
        (side for side in sides if voices[side]),
        key=lambda side: (-len(set().union(*voices[side].values())), -order[side]),
    )
    return tuple(dict.fromkeys(chosen[side] for side in ranked))


def _first_longest(named: dict[str, set[str]]) -> str:
    """The key with most members; of equals the first."""
    return max(named, key=lambda each: len(named[each]))


# Manner and quantities


def _modes(tellings: Sequence[Telling], reports: Sequence[Report]) -> list[Version[Ids]]:
    told = [(tuple(sorted(each.claim.modes)), each) for each in tellings if each.claim.modes]
    if not told:
        return []
    if reports[0].type not in MANNERS_THAT_DIFFER:
        members = tuple(each for _, each in told)
        modes = dict.fromkeys(mode for value, _ in told for mode in value)
        ranked = sorted(modes, key=lambda mode: -voices_of(each for value, each in told if mode in value))
        return [Version(tuple(ranked), ",".join(ranked), members)]

    def shared(one: Ids, other: Ids) -> Ids | None:
        return tuple(dict.fromkeys((*one, *other))) if set(one) & set(other) else None

    versions = _agreeing(told, lambda value: -len(value), shared, ",".join)
    return _ranked([Version(each.value, ",".join(each.value), each.tellings) for each in versions], tellings)


def _quantities(tellings: Sequence[Telling]) -> list[FieldAgreement]:
    """Each quantity that some claim's sentence tells; of several of one field in a sentence the first counts."""
    told: dict[str, list[tuple[Quantity, Telling]]] = {}
    for each in tellings:
        found: set[str] = set()
        for quantity in quantities_in(each.claim.sentence):
            if quantity.field not in found:
                found.add(quantity.field)
                told.setdefault(quantity.field, []).append((quantity, each))
    fields = []
    for name in sorted(told):
        versions = _agreeing(told[name], lambda each: each.high - each.low, _common_quantity, lambda each: each.told)
        field = _field(name, _ranked(versions, tellings))
        if field is not None:
            fields.append(field)
    return fields


def _common_quantity(one: Quantity, other: Quantity) -> Quantity | None:
    if not one.agrees(other):
        return None
    return Quantity(field=one.field, low=max(one.low, other.low), high=min(one.high, other.high), told=one.told)
