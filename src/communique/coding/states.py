"""Places that stand for their country: who strikes Aleppo strikes Syria, who flies to Bucharest visits Romania.

A place is no actor by itself. Its state joins the cast, so that a claim can name it where the words put a place in an
actor's or recipient's place; states that no claim came to use are dropped again.
"""

from collections.abc import Iterable
from dataclasses import replace

from communique.codebook.countries import load_countries
from communique.records import Actor, ActorKind, Cast, Place, make_actor


def with_states(cast: Cast, places: Iterable[Place]) -> Cast:
    """The cast with the state of every place added that was not in it. Raises CodebookError."""
    known = {actor.country for actor in cast.actors if actor.kind is ActorKind.STATE}
    added: dict[str, Actor] = {}
    for place in places:
        if place.country is not None and place.country not in known and place.country not in added:
            country = load_countries().by_code.get(place.country)
            if country is not None:
                added[place.country] = make_actor(name=country.name, kind=ActorKind.STATE, country=place.country)
    return replace(cast, actors=(*cast.actors, *added.values()))


def state_of(cast: Cast, country: str | None) -> Actor | None:
    """The cast's actor for a country as a whole, or None."""
    if country is None:
        return None
    return next((each for each in cast.actors if each.kind is ActorKind.STATE and each.country == country), None)
