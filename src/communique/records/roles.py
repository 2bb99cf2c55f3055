"""Everybody who stands in a role of a coded record."""

from communique.records.claim import Claim, Role
from communique.records.meeting import Meeting
from communique.records.position import Position
from communique.records.statement import Statement


def roles_in(coded: Claim | Statement | Position | Meeting) -> list[Role]:
    """The roles that are filled, in the order of the record's fields."""
    if isinstance(coded, Claim):
        return [*coded.actors, *coded.recipients, *coded.asserted_by]
    if isinstance(coded, Statement):
        return [role for role in (coded.speaker, coded.addressee, coded.reported_by) if role is not None]
    if isinstance(coded, Position):
        return [role for role in (coded.party, *coded.of, coded.by, coded.asserted_by) if role is not None]
    return list(coded.parties)
