"""Places that stand for their country: who strikes Aleppo strikes Syria, who flies to Bucharest visits Romania.

A place is no actor by itself. Its state joins the cast, so that a claim can name it where the words put a place in an
actor's or recipient's place; so does the state that a minister or an army serves, which holds the positions they voice.
States that nothing came to use are dropped again.
"""

from collections.abc import Iterable
from dataclasses import replace

from communique.codebook.countries import load_countries
from communique.records import Actor, ActorKind, Cast, Place, make_actor, side_of


def with_states(cast: Cast, places: Iterable[Place]) -> Cast:
    """The cast with the state added of every place, and of everybody who serves one. Raises CodebookError."""
    known = {actor.country for actor in cast.actors if actor.kind is ActorKind.STATE}
    served = [actor.country for actor in cast.actors if actor.country and side_of(actor) == f"country:{actor.country}"]
    added: dict[str, Actor] = {}
    for code in [*(place.country for place in places), *served]:
        country = load_countries().by_code.get(code) if code is not None and code not in known else None
        if country is not None and code is not None:
            added[code] = make_actor(name=country.name, kind=ActorKind.STATE, country=code)
    return replace(cast, actors=(*cast.actors, *added.values()))


def state_of(cast: Cast, country: str | None) -> Actor | None:
    """The cast's actor for a country as a whole, or None."""
    if country is None:
        return None
    return next((each for each in cast.actors if each.kind is ActorKind.STATE and each.country == country), None)
