"""Annotated article → what it says: statements, claims, positions."""

from communique.coding.claims import code_claims
from communique.coding.positions import find_positions
from communique.coding.statements import find_statements
from communique.coding.states import with_states

__all__ = ["code_claims", "find_positions", "find_statements", "with_states"]
