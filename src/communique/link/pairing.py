"""Two reports of different articles → how likely they tell one event, in the unit of a logistic model: above 0 they do.

Kind, time, parties, place, manner, words and affair each add to the sum or take from it; a few contradictions rule it out.
The weights were set on the project's own pairs (tests/link/same_event, whose README says how).
"""

from communique.link.events import MANNERS_THAT_DIFFER, MUTUAL
from communique.link.reports import TAKEN_PLACE, Report
from communique.link.words import alike
from communique.records import Status

VERBAL = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE", "AGREE"})

BASE = -2.0
HOPELESS = -4.2  # no words could make up for it
OTHER_TYPE = -1.2
DENIED = -0.4
BOTH_SIDES, ONE_SIDE, NO_SIDE = 1.4, 0.6, 0.0
OTHER_ACTORS, OTHER_RECIPIENTS = -1.4, -1.0
OTHER_PARTY = -4.0  # at a table with the one, or with the other
TURNED_AROUND = -5.0
MISPLACED = -0.3  # a side that is in another role where the other role is open: a passive that was read wrongly
SAME_PERSON, OTHER_PERSON = 0.4, -2.0
SAME_DAY, SAME_WINDOW, UNDATED = 1.0, 0.4, 0.1
DAY_APART = -0.8
SAME_TOWN, OTHER_TOWN, OTHER_COUNTRY = 0.9, -2.8, -1.2
SPOKEN_ELSEWHERE = -0.5
SAME_MANNER, OTHER_MANNER = 0.2, -0.5
WORDS, WORDS_OF_SPEECH, ENOUGH_WORDS = 6.0, 5.0, 0.45
CONTENT, NO_CONTENT_SHARED = 3.0, -0.8
CONTEXT, ENOUGH_CONTEXT = 3.0, 0.4
SAME_ARTICLE = -2.0  # its own linking has kept the two apart


def likeness(one: Report, other: Report) -> float | None:
    """The sum, or None where something rules it out."""
    if one.family != other.family:
        return None
    if one.status != other.status and not _one_happening(one, other):
        return None
    when = _when(one, other)
    if when is None:
        return None
    total = BASE + when + _who(one, other) + _where(one, other) + _how(one, other)
    if total < HOPELESS:
        return total
    shared = min(ENOUGH_WORDS, alike(one.words, other.words, one.strength, other.strength))
    total += WORDS_OF_SPEECH * shared + _content(one, other) if _both(one, other, VERBAL) else WORDS * shared
    if one.article is other.article:
        return total + SAME_ARTICLE
    mine, theirs = one.article, other.article
    affair = alike(mine.context, theirs.context, mine.context_strength, theirs.context_strength)
    return total + CONTEXT * min(ENOUGH_CONTEXT, affair)


def _both(one: Report, other: Report, types: frozenset[str]) -> bool:
    return one.type in types and other.type in types


def _one_happening(one: Report, other: Report) -> bool:
    """Both took place, or one says so and the other denies it."""
    both = {one.status, other.status}
    return both <= TAKEN_PLACE or (Status.DENIED in both and bool(both & TAKEN_PLACE))


def _when(one: Report, other: Report) -> float | None:
    """What the days say; None for days that are too far apart."""
    gap = max(one.first, other.first) - min(one.last, other.last)
    if gap > 1 or one.last < one.first or other.last < other.first:
        return None
    both = min(one.dated, other.dated)
    if gap == 1:
        # The talks of two days are two; of a raid in the night one report has the day before, another the day after.
        session = one.meeting_type is not None or {one.type, other.type} & MUTUAL
        return DAY_APART if both == 2 and not session else None
    return (UNDATED, SAME_WINDOW, SAME_DAY)[both]


def _who(one: Report, other: Report) -> float:
    if _both(one, other, MUTUAL):
        mine, theirs = one.actors | one.recipients, other.actors | other.recipients
        shared = len(mine & theirs)
        if shared < min(2, len(mine), len(theirs)):
            return OTHER_PARTY
        return (NO_SIDE, ONE_SIDE, BOTH_SIDES)[min(shared, 2)] + _persons(one, other)
    actors, recipients = one.actors & other.actors, one.recipients & other.recipients
    total = (NO_SIDE, ONE_SIDE, BOTH_SIDES)[bool(actors) + bool(recipients)] + _persons(one, other)
    crossed = bool(one.actors & other.recipients) + bool(one.recipients & other.actors)
    if crossed and not actors and not recipients:
        return TURNED_AROUND if crossed == 2 else MISPLACED
    if one.actors and other.actors and not actors:
        total += OTHER_ACTORS
    if one.recipients and other.recipients and not recipients:
        total += OTHER_RECIPIENTS
    return total


def _persons(one: Report, other: Report) -> float:
    """The same person speaks for more than the same state; two persons speak for themselves."""
    if not one.persons or not other.persons:
        return 0.0
    if one.persons & other.persons:
        return SAME_PERSON
    return OTHER_PERSON if _both(one, other, VERBAL) else 0.0


def _content(one: Report, other: Report) -> float:
    """What is demanded, refused, promised: where both tell it, it should be the same."""
    if not one.content or not other.content:
        return 0.0
    shared = alike(one.content, other.content, one.content_strength, other.content_strength)
    return CONTENT * shared if shared else NO_CONTENT_SHARED


def _where(one: Report, other: Report) -> float:
    if one.towns and other.towns:
        elsewhere = SPOKEN_ELSEWHERE if _both(one, other, VERBAL) else OTHER_TOWN
        return SAME_TOWN if one.towns & other.towns else elsewhere
    apart = one.countries and other.countries and not one.countries & other.countries
    return (SPOKEN_ELSEWHERE if _both(one, other, VERBAL) else OTHER_COUNTRY) if apart else 0.0


def _how(one: Report, other: Report) -> float:
    total = 0.0 if one.type == other.type else OTHER_TYPE
    total += DENIED if one.status != other.status and Status.DENIED in (one.status, other.status) else 0.0
    if one.modes and other.modes:
        if one.modes & other.modes:
            total += SAME_MANNER
        elif _both(one, other, MANNERS_THAT_DIFFER):
            total += OTHER_MANNER
    return total
