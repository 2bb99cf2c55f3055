"""Claims → events: which claims report the same happening, by type, sides, date, place and manner.

Two claims are one event when nothing in them speaks against it and their roles meet. What a claim leaves open (no date, no
place, no recipient) agrees with anything, but a claim that is open in everything joins nobody.
"""

from collections.abc import Iterable, Sequence

from communique.records import Actor, Claim, Event, Sides, Status, make_id

TAKEN_PLACE = frozenset({Status.OCCURRED, Status.ONGOING, Status.HISTORICAL})
MUTUAL = frozenset({"CONSULT", "COOPERATE", "AGREE"})  # types in which either party may stand first
SPOKEN = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE"})
MANNERS_THAT_DIFFER = frozenset({"ASSAULT", "COERCE", "PROTEST", "SANCTION", "RETREAT"})


def link_events(claims: Sequence[Claim], actors: Iterable[Actor]) -> tuple[Event, ...]:
    """The events of some claims, in the order of their first claim; each claim belongs to exactly one.

    A claim joins the event whose every member it can be one with (complete linkage), the nearest one above it first.
    """
    sides = Sides(actors)
    groups: list[list[Claim]] = []
    for claim in claims:
        fitting = [group for group in groups if all(same_event(claim, member, sides) for member in group)]
        if fitting:
            fitting[-1].append(claim)
        else:
            groups.append([claim])
    return tuple(
        Event(id=make_id("event", group[0].id), type=group[0].type, claims=tuple(claim.id for claim in group))
        for group in groups
    )


def same_event(one: Claim, other: Claim, sides: Sides) -> bool:
    """Whether two claims can report the same happening."""
    if one.type != other.type or one.meeting_type != other.meeting_type:
        return False
    if one.status != other.status and not {one.status, other.status} <= TAKEN_PLACE:
        return False
    if one.type in MANNERS_THAT_DIFFER and one.modes and other.modes and not set(one.modes) & set(other.modes):
        return False
    return _dates_agree(one, other) and _places_agree(one, other) and _roles_agree(one, other, sides)


def _dates_agree(one: Claim, other: Claim) -> bool:
    mine = one.date.dates if one.date else None
    theirs = other.date.dates if other.date else None
    if mine is None or theirs is None:
        return one.status == other.status or Status.HISTORICAL not in (one.status, other.status)
    return mine.overlaps(theirs)


def _places_agree(one: Claim, other: Claim) -> bool:
    if one.place is None or other.place is None:
        return True
    if one.place.country and other.place.country and one.place.country != other.place.country:
        return False
    both_towns = one.place.precision == other.place.precision == "town"
    return not both_towns or one.place.name == other.place.name


def _roles_agree(one: Claim, other: Claim, sides: Sides) -> bool:
    """The sides meet: for mutual types all parties together, else actors with actors and recipients with recipients."""
    if one.type in MUTUAL:
        mine = sides.sides((*one.actors, *one.recipients))
        theirs = sides.sides((*other.actors, *other.recipients))
        return len(mine & theirs) >= min(2, len(mine), len(theirs)) > 0
    actors = (sides.sides(one.actors), sides.sides(other.actors))
    recipients = (sides.sides(one.recipients), sides.sides(other.recipients))
    if any(mine and theirs and not mine & theirs for mine, theirs in (actors, recipients)):
        return False
    if one.type in SPOKEN and not (recipients[0] and recipients[1]):
        # two servants of one state may refuse different things: without recipients it must be the same speaker
        return bool({role.actor_id for role in one.actors} & {role.actor_id for role in other.actors})
    return any(mine & theirs for mine, theirs in (actors, recipients))
