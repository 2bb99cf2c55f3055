"""Councils that bear their members' names: when the "NATO-Russia Council" meets, NATO and Russia do.

In: actors. Out: for the id of such a council the ids of the two it is named after, where both are among the actors.
"""

import re
from collections.abc import Iterable, Mapping

from communique.records import Actor, ActorKind

JOINT = re.compile(r"(?:the\s+)?(?P<one>[\w.' ]+?)\s*[-–—/]\s*(?P<other>[\w.' ]+)$", re.IGNORECASE)
HEADS = (ActorKind.STATE, ActorKind.ORGANIZATION)


def joint_bodies(actors: Iterable[Actor]) -> Mapping[str, tuple[str, str]]:
    """The councils and whom they join. The name behind the hyphen may go on: "Russia Council" is Russia's."""
    listed = [actor for actor in actors if actor.kind in HEADS]
    by_name = {actor.name.casefold(): actor.id for actor in sorted(listed, key=lambda each: (each.name, each.id))}
    found: dict[str, tuple[str, str]] = {}
    for actor in listed:
        match = JOINT.match(actor.name)
        if match is None:
            continue
        one, other = by_name.get(match["one"].casefold()), _longest(match["other"].casefold().split(), by_name)
        if one is not None and other is not None and actor.id not in (one, other):
            found[actor.id] = (one, other)
    return found


def _longest(words: list[str], by_name: Mapping[str, str]) -> str | None:
    """The longest name that the words begin with, before at least one more."""
    names = (by_name.get(" ".join(words[:size])) for size in range(len(words) - 1, 0, -1))
    return next((name for name in names if name is not None), None)
