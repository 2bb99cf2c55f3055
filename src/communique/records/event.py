"""An event: the claims that report the same happening. Derived: rebuilt from claims and judgements, never edited."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`type` is the members' type; `claims` the ids of the member claims, in text order."""

    id: str
    type: str
    claims: tuple[str, ...]
