"""Claims that a meeting is off → whether anybody refuses it by that.

A meeting that "was called off" is refused by nobody who is named, a host who calls off what two others were to hold has refused
nothing himself, and who denies having met somebody does not say that he would not.
"""

from collections.abc import Iterator

from communique.coding.clauses import Argument
from communique.coding.position_stand import Ground
from communique.records import Claim, Token

SUBJECTS = ("nsubj", "nsubjpass")
BETWEEN = ("between", "among", "of")


def refuses_nothing(ground: Ground, claim: Claim, trigger: Token) -> bool:
    """True for a REJECT (mode meet) whose actors take no stand on the meeting."""
    return trigger.lemma == "deny" or _only_takes_part(ground, claim, trigger) or _of_others(ground, claim, trigger)


def _only_takes_part(ground: Ground, claim: Claim, trigger: Token) -> bool:
    """ "The talks between Oslo and Kyiv were called off": by whom is not said, so that neither has refused them."""
    inside = [
        ground.annotated.span(tokens[0].index, tokens[-1].index + 1)
        for each in _gatherings(ground, trigger, SUBJECTS)
        if (tokens := ground.annotated.subtree(each.index))
    ]
    return bool(claim.actors) and all(
        role.span is not None and any(span.covers(role.span) for span in inside) for role in claim.actors
    )


def _of_others(ground: Ground, claim: Claim, trigger: Token) -> bool:
    """ "Oslo cancelled the talks between A and B", "the meeting at which both neighbours were to end their quarrel"."""
    annotated = ground.annotated
    own = ground.sides.sides(claim.actors)
    for noun in _gatherings(ground, trigger, ("dobj",)):
        for child in annotated.children(noun.index):
            if child.dep == "prep" and child.lemma.lower() in BETWEEN:
                named = [
                    role
                    for each in annotated.subtree(child.index)
                    if each.dep in ("pobj", "conj")
                    for role in ground.actors_of(Argument(each.index))
                ]
                sides = ground.sides.sides(named)
                if len(sides) > 1 and not sides & own:
                    return True
            elif child.dep == "relcl" and any(each.dep == "prep" for each in annotated.children(child.index)):
                for subject in annotated.children(child.index):
                    several = subject.dep in SUBJECTS and subject.tag in ("NNS", "NNPS")
                    if several and not ground.sides.sides(ground.actors_of(Argument(subject.index))) & own:
                        return True
    return False


def _gatherings(ground: Ground, trigger: Token, roles: tuple[str, ...]) -> Iterator[Token]:
    for child in ground.annotated.children(trigger.index):
        if child.dep in roles and child.lemma.lower() in ground.stances.gatherings:
            yield child
