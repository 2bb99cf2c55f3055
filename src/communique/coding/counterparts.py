"""Recipients that the clause leaves to the reader: "rejected this claim" answers whoever made it.

First the answered claim, then whoever the actor's side was dealing with just before. Both are inferences and say so.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from communique.records import Role, Sides

ANSWERABLE = {"REQUEST", "ACCUSE", "THREATEN", "AGREE", "CONSULT"}
ANAPHORS = {"this", "that", "these", "those", "such", "the"}
NEARBY_PARAGRAPHS = 2


@dataclass(frozen=True, slots=True)
class Dealing:
    """A claim already made: who dealt with whom, and in which paragraph."""

    type: str
    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    paragraph: int


def answered(actors: Sequence[Role], dealings: Sequence[Dealing], sides: Sides) -> tuple[Role, ...]:
    """Who made the latest request, accusation or threat that was directed at the actors' side; empty when nobody did."""
    own = {sides.side(role.actor_id) for role in actors}
    for dealing in reversed(dealings):
        if dealing.type in ANSWERABLE - {"CONSULT"} and any(
            sides.side(role.actor_id) in own for role in dealing.recipients
        ):
            others = tuple(role for role in dealing.actors if sides.side(role.actor_id) not in own)
            if others:
                return others[:1]
    return ()


def counterpart(actors: Sequence[Role], dealings: Sequence[Dealing], sides: Sides, paragraph: int) -> tuple[Role, ...]:
    """The one other side that the actors' side dealt with in this or the paragraphs just above; empty when none or several."""
    own = {sides.side(role.actor_id) for role in actors}
    for dealing in reversed(dealings):
        if paragraph - dealing.paragraph > NEARBY_PARAGRAPHS:
            break
        parties = (*dealing.actors, *dealing.recipients)
        if not any(sides.side(role.actor_id) in own for role in parties):
            continue
        others = {sides.side(role.actor_id): role for role in parties if sides.side(role.actor_id) not in own}
        if len(others) == 1:
            return (Role(actor_id=next(iter(others.values())).actor_id, span=None),)
    return ()
