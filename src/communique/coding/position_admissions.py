"""Deeds that a party admits: "the group admitted that one of its units had carried out the attack" takes the blame.

Who denied the deed before turns round by that; who admits a difficulty or what others did takes no stand.
"""

from collections.abc import Iterable, Iterator

from communique.coding.clauses import read_clause
from communique.coding.fitting import is_negated
from communique.coding.position_content import ContentReader
from communique.coding.position_stand import Ground, Stand
from communique.records import Claim, Stance, Status, Token

DEEDS = frozenset({"ASSAULT", "COERCE"})
CARRIED = frozenset({"conj", "dobj", "pobj", "prep", "nsubj", "nsubjpass", "acl"})
DONE = frozenset({Status.OCCURRED, Status.HISTORICAL, Status.ONGOING})


def admissions(ground: Ground, contents: ContentReader, claims: Iterable[Claim]) -> Iterator[Stand]:
    """One stand for each deed that its doer, or whom the words leave open as its doer, admits."""
    for claim in claims:
        inside = ground.annotated.tokens_in(claim.trigger)
        if claim.type not in DEEDS or claim.status not in DONE or not inside:
            continue
        verb = _admitting(ground, inside[0])
        if verb is None:
            continue
        doers = ground.sides.sides(claim.actors)
        for actor in ground.actors_of(read_clause(ground.annotated, verb.index).subject):
            if ground.is_party(actor) and (not doers or ground.sides.side(actor.actor_id) in doers):
                yield Stand(
                    actor=actor,
                    stance=Stance.SUPPORTS,
                    content=contents.phrase(inside[0]),
                    basis=claim.id,
                    trigger=inside[0],
                )


def _admitting(ground: Ground, deed: int) -> Token | None:
    """The verb that admits the clause around the deed."""
    current, clausal = ground.annotated.tokens[deed], False
    for governor in ground.annotated.ancestors(deed):
        clausal = clausal or current.dep in ("ccomp", "xcomp", "pcomp", "dobj") or _said(ground, current)
        if clausal and governor.lemma in ground.stances.admitting:
            taken = not is_negated(ground.annotated, governor.index, read_clause(ground.annotated, governor.index))
            return governor if taken and not ground.asked(governor) else None
        if current.dep not in CARRIED and not _said(ground, current):
            return None
        current = governor
    return None


def _said(ground: Ground, clause: Token) -> bool:
    """A that-clause that the parser hung on a noun before it: "admitted for the first time that …"."""
    joins = any(
        child.text.lower() == "that" and child.dep in ("mark", "advmod")
        for child in ground.annotated.children(clause.index)
    )
    return clause.dep == "relcl" and joins
