"""Two reports of different articles → how likely they tell one event, in the unit of a logistic model: above 0 they do.

Kind, time, parties, place, manner, words and affair each add to the sum or take from it; a few contradictions rule it out.
The weights were set on the project's own pairs (tests/link/same_event); PAIRING.md of that folder says how.
"""

from communique.link.events import MANNERS_THAT_DIFFER, MUTUAL
from communique.link.reports import TAKEN_PLACE, Report
from communique.link.words import alike
from communique.records import Status

VERBAL = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE", "AGREE"})

BASE = -2.6
HOPELESS = -4.5  # no words could make up for it
OTHER_TYPE = -1.2
DENIED = -0.4
BOTH_SIDES, ONE_SIDE, NO_SIDE = 1.4, 0.6, 0.0
OTHER_ACTORS, OTHER_RECIPIENTS = -1.4, -1.0
TURNED_AROUND = -1.0
SAME_PERSON = 0.4
SAME_DAY, SAME_WINDOW, UNDATED = 1.0, 0.4, 0.1
DAY_APART = -0.8
SAME_TOWN, OTHER_TOWN, OTHER_COUNTRY = 0.9, -1.4, -1.2
SAME_MANNER, OTHER_MANNER = 0.2, -0.5
WORDS, WORDS_OF_SPEECH = 4.5, 6.0
CONTEXT = 2.0
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
    shared = alike(one.words, other.words, one.strength, other.strength)
    total += (WORDS_OF_SPEECH if one.type in VERBAL else WORDS) * shared
    if one.article is other.article:
        return total + SAME_ARTICLE
    mine, theirs = one.article, other.article
    return total + CONTEXT * alike(mine.context, theirs.context, mine.context_strength, theirs.context_strength)


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
        return DAY_APART if both == 2 and one.meeting_type is None else None
    return (UNDATED, SAME_WINDOW, SAME_DAY)[both]


def _who(one: Report, other: Report) -> float:
    persons = SAME_PERSON if one.persons & other.persons else 0.0
    if one.type in MUTUAL and other.type in MUTUAL:
        mine, theirs = one.actors | one.recipients, other.actors | other.recipients
        shared = len(mine & theirs)
        if mine and theirs and not shared:
            return OTHER_ACTORS + OTHER_RECIPIENTS
        if shared == 1 and len(mine) > 1 and len(theirs) > 1:
            return ONE_SIDE + OTHER_RECIPIENTS + persons
        return (NO_SIDE, ONE_SIDE, BOTH_SIDES)[min(shared, 2)] + persons
    actors, recipients = one.actors & other.actors, one.recipients & other.recipients
    total = (NO_SIDE, ONE_SIDE, BOTH_SIDES)[bool(actors) + bool(recipients)] + persons
    if one.actors and other.actors and not actors:
        total += OTHER_ACTORS
    if one.recipients and other.recipients and not recipients:
        total += OTHER_RECIPIENTS
    if not actors and not recipients and (one.actors & other.recipients or one.recipients & other.actors):
        total += TURNED_AROUND
    return total


def _where(one: Report, other: Report) -> float:
    if one.towns and other.towns:
        return SAME_TOWN if one.towns & other.towns else OTHER_TOWN
    apart = one.countries and other.countries and not one.countries & other.countries
    return OTHER_COUNTRY if apart else 0.0


def _how(one: Report, other: Report) -> float:
    total = 0.0 if one.type == other.type else OTHER_TYPE
    total += DENIED if one.status != other.status and Status.DENIED in (one.status, other.status) else 0.0
    if one.modes and other.modes:
        if one.modes & other.modes:
            total += SAME_MANNER
        elif one.type in MANNERS_THAT_DIFFER:
            total += OTHER_MANNER
    return total
