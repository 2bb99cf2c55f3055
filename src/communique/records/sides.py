"""Who acts for whom: a minister, a ministry and a state are one side; so are an organization and who speaks for it."""

from collections.abc import Iterable

from communique.records.actor import Actor, ActorKind
from communique.records.claim import Role

STATE_SECTORS = {"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "PTY", "UNK", ""}


class Sides:
    """Side keys of some actors: a country, an organization, or the actor alone."""

    def __init__(self, actors: Iterable[Actor]) -> None:
        self._actors = {actor.id: actor for actor in actors}

    def actor(self, actor_id: str) -> Actor | None:
        """The actor with that id."""
        return self._actors.get(actor_id)

    def side(self, actor_id: str) -> str:
        """A key that is equal for actors of one side."""
        actor = self._actors.get(actor_id)
        if actor is None:
            return actor_id
        return side_of(actor)

    def same(self, one: str, other: str) -> bool:
        """True when both act for the same side."""
        return one == other or self.side(one) == self.side(other)

    def sides(self, roles: Iterable[Role]) -> frozenset[str]:
        """The sides of some roles."""
        return frozenset(self.side(role.actor_id) for role in roles)

    def apart_from(self, roles: tuple[Role, ...], others: tuple[Role, ...]) -> tuple[Role, ...]:
        """The roles whose side is none of the others' sides."""
        taken = {self.side(other.actor_id) for other in others}
        return tuple(role for role in roles if self.side(role.actor_id) not in taken)


def side_of(actor: Actor) -> str:
    """Country for states and their servants, the organization's name for who belongs to one, else the actor's id."""
    primary = actor.sectors[0] if actor.sectors else ""
    if actor.country and primary in STATE_SECTORS and (actor.kind is ActorKind.STATE or primary):
        return f"country:{actor.country}"
    if actor.organization:
        return f"organization:{actor.organization}"
    if actor.kind is ActorKind.ORGANIZATION:
        return f"organization:{actor.name}"
    return actor.id
