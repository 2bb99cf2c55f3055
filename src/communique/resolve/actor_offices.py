"""Names and titles → persons of the codebook, by dated offices: spelling may differ, dates and countries must not."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from rapidfuzz.fuzz import ratio

from communique.codebook.names import fold
from communique.codebook.offices import Tenure
from communique.resolve.actor_lexicon import KnownPerson, Lexicon, sound

SAME_NAME = 82  # rapidfuzz ratio of whole names, 0 to 100: "anthony blinken" and "antony blinken" have 97
SAME_SOUND = 80  # the same of their sound keys
PRECEDENCE = (
    "president", "prime minister", "chancellor", "supreme leader", "secretary general", "foreign minister",
    "secretary of state", "defence minister", "vice president",
)  # fmt: skip
LEADING = 3  # place in the order of offices: heads of state and government, whom a bare surname means first
REMEMBERED_YEARS = 10
Range = tuple[date | None, date | None]
UNKNOWN: Range = (None, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What a person is at the article's date: sectors, country, organization and title; `former` when all offices are past."""

    country: str | None
    organization: str | None
    sectors: tuple[str, ...]
    title: str | None
    former: bool = False


def known_by_full_name(
    name: str, lexicon: Lexicon, when: Range, country: str | None, home: str | None
) -> KnownPerson | None:
    """The person of the codebook whose name this is, allowing for transliteration; None when two are equally likely."""
    exact = lexicon.persons.get(fold(name))
    if exact is not None and _may_be(exact, country, home):
        return exact
    words = fold(name).split()
    if len(words) < 2:
        return None
    candidates: dict[int, tuple[float, KnownPerson]] = {}
    for person in _by_surname(words[-1], lexicon) + _by_surname(words[0], lexicon):
        likeness = max(_likeness(name, other) for other in (person.name, *person.aliases))
        if likeness and _may_be(person, country, home):
            candidates[id(person)] = (likeness + 5 * holds_office(person, when), person)
    return _best(candidates.values())


def known_by_surname(
    name: str, lexicon: Lexicon, when: Range, country: str | None, home: str | None, title: str | None
) -> tuple[KnownPerson | None, tuple[KnownPerson, ...]]:
    """(the one office holder of that surname, all considered): in office at the date, of the country, with the title."""
    people = lexicon.surnames.get(fold(name), ())
    if not people and (country or title):
        people = lexicon.sounds.get(sound(name), ())
    people = tuple(person for person in people if _may_be(person, country, home))
    if when != UNKNOWN:
        serving = tuple(person for person in people if holds_office(person, when))
        leaders = tuple(person for person in people if _rank(person, UNKNOWN) <= LEADING and _remembered(person, when))
        people = serving or (people if country or title else leaders)
    if title:
        titled = tuple(person for person in people if any(title_fits(title, each) for each in person.tenures))
        people = titled or people
    if len(people) > 1:
        ranked = sorted(people, key=lambda person: _rank(person, when))
        if _rank(ranked[0], when) <= LEADING < _rank(ranked[1], when):
            return ranked[0], people
    return (people[0] if len(people) == 1 else None), people


def holder_of(title: str, home: str, lexicon: Lexicon, when: Range) -> tuple[KnownPerson | None, tuple[str, ...]]:
    """(who held the office on every day of the range, all who held it on some day)."""
    if when == UNKNOWN:
        return None, ()
    serving = [tenure for tenure in lexicon.titles.get((home, fold(title)), ()) if tenure.covers(*when)]
    offices = {tenure.office.office for tenure in serving}
    names = tuple(dict.fromkeys(tenure.name for tenure in serving))
    if len(names) != 1 or (len(offices) > 1 and fold(title) not in {fold(office) for office in offices}):
        return None, names
    return lexicon.persons.get(fold(names[0])), names


def holds_office(person: KnownPerson, when: Range) -> bool:
    """True when some office was held on some day of the range."""
    return any(tenure.covers(*when) for tenure in person.tenures)


def title_fits(title: str, tenure: Tenure) -> bool:
    """True when the words could be that office's title: "minister" for a foreign minister, "Deputy Secretary" too."""
    words = set(fold(title).split())
    return any(words <= set(fold(each).split()) for each in tenure.office.titles)


def post_of(person: KnownPerson, when: Range, title: str | None, state_sectors: frozenset[str]) -> Post:
    """The person's post at the date; after the last office ELI; without a date the last office, its title left open."""
    serving = [tenure for tenure in person.tenures if tenure.covers(*when)]
    if serving:
        titled = [tenure for tenure in serving if title and title_fits(title, tenure)]
        tenure = (titled or serving)[-1]
        return _post(tenure, tenure.office.office or None)
    last = person.tenures[-1]
    if when == UNKNOWN:
        return _post(last, last.office.office if last.end is None else None)
    day = when[0] or when[1]
    assert day is not None
    past = [tenure for tenure in person.tenures if tenure.end is not None and tenure.end < day]
    if past:
        latest = max(past, key=lambda tenure: tenure.end or day)
        sectors = latest.office.sectors
        left = ("ELI",) if sectors and sectors[0] in state_sectors else sectors
        return Post(
            country=latest.office.country,
            organization=latest.office.organization,
            sectors=left,
            title=None,
            former=True,
        )
    first = person.tenures[0]
    return Post(country=first.office.country, organization=first.office.organization, sectors=(), title=None)


def _post(tenure: Tenure, title: str | None) -> Post:
    office = tenure.office
    return Post(country=office.country, organization=office.organization, sectors=office.sectors, title=title)


def _by_surname(word: str, lexicon: Lexicon) -> list[KnownPerson]:
    return [*lexicon.surnames.get(word, ()), *lexicon.sounds.get(sound(word), ())]


def _likeness(name: str, other: str) -> float:
    """0 when too unlike. Given names must agree too: "Sergei Ivanov" is not "Igor Ivanov"."""
    mine, theirs = fold(name).split(), fold(other).split()
    if len(theirs) < 2:
        return 0
    whole = ratio(fold(name), fold(other))
    spoken = ratio(sound(name), sound(other))
    given = max(ratio(mine[0], theirs[0]), ratio(sound(mine[0]), sound(theirs[0])))
    initial = mine[0][0] == theirs[0][0] and (len(mine[0]) == 1 or len(theirs[0]) == 1)
    if (whole >= SAME_NAME or spoken >= SAME_SOUND) and (given >= 70 or initial):
        return max(whole, spoken)
    return whole if sorted(mine) == sorted(theirs) else 0  # "Jinping Xi"


def _may_be(person: KnownPerson, country: str | None, home: str | None) -> bool:
    """No contradiction to the country or organization that the text gives."""
    if country is None:
        return home is None or any(
            tenure.office.organization == home or tenure.office.country for tenure in person.tenures
        )
    return any(tenure.office.country in (country, None) for tenure in person.tenures)


def _remembered(person: KnownPerson, when: Range) -> bool:
    """In office less than so many years before; a bare surname does not mean who left long ago or comes later."""
    day = when[0] or when[1]
    ends = [tenure.end for tenure in person.tenures if tenure.end is not None and day is not None and tenure.end < day]
    return any(day is not None and (day - end).days <= 366 * REMEMBERED_YEARS for end in ends)


def _rank(person: KnownPerson, when: Range) -> int:
    """How much a bare surname means this person: heads of state and government, then foreign ministers, then all others."""
    ranks = [
        next((place for place, name in enumerate(PRECEDENCE) if tenure.office.office == name), 20)
        for tenure in person.tenures
        if when == UNKNOWN or tenure.covers(*when)
    ]
    return min(ranks, default=30)


def _best(candidates: Iterable[tuple[float, KnownPerson]]) -> KnownPerson | None:
    ranked = sorted(candidates, key=lambda each: (-each[0], each[1].name))
    if not ranked or (len(ranked) > 1 and ranked[0][0] == ranked[1][0]):
        return None
    return ranked[0][1]
