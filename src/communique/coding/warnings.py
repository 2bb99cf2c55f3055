"""Warnings: which of them threaten.

To warn of what oneself would do, or of a price, is a threat; to warn of what may come is a forecast.
"""

from communique.coding.clauses import read_clause
from communique.coding.matching import Match
from communique.coding.roles import RoleFinder
from communique.records import Annotated, Role, Sides

OWN = {"it", "he", "she", "they", "we", "i"}
WARNING = "warn"
PRICES = {
    "consequence", "price", "cost", "response", "retaliation", "reprisal", "countermeasure", "rupture", "sanction", "penalty",
    "punishment", "mistake", "relation", "tie", "escalation", "war", "regret",
}  # fmt: skip


def is_forecast(match: Match, actors: tuple[Role, ...], annotated: Annotated, roles: RoleFinder, sides: Sides) -> bool:
    """True for "warned that attacks could spread"; not for "warned that it would answer", "… would have a price"."""
    if annotated.tokens[match.trigger].lemma != WARNING or match.complement is None or match.frame.object is not None:
        return False
    subject = read_clause(annotated, match.complement).subject
    if subject is not None:
        if annotated.tokens[subject.token].lemma.lower() in OWN:
            return False
        if sides.sides(roles.fill(subject).direct) & sides.sides(actors):
            return False
    return not any(token.lemma.lower() in PRICES for token in annotated.subtree(match.complement))
