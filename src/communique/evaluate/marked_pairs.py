"""A sentence with a given source and target, read by grammar and model together: the labels of what happens between the two.

The model reads the marked sentence; the claim coder codes the same sentence with exactly the two as its cast. A claim that
has the source as actor and the target as recipient speaks for its type. The weights were set on PLV's public train half.
"""

import math
from collections.abc import Mapping

from communique.annotate import annotate
from communique.coding import code_claims
from communique.coding.classifier import NONE, Classifier, Labels
from communique.evaluate.sentences import bare_article
from communique.records import (
    Actor,
    ActorKind,
    Annotated,
    Cast,
    Claim,
    Mention,
    MentionKind,
    make_actor,
    make_id,
)

BY_FRAME = 2.0  # added to the log-probability of a type that a frame finds between source and target
BY_MODEL = 0.5  # the same where only the model proposed the claim
FLOOR = 1e-6

SOURCE = make_actor(name="source", kind=ActorKind.STATE, country="source", sectors=("GOV",))
TARGET = make_actor(name="target", kind=ActorKind.STATE, country="target", sectors=("GOV",))


def read_pair(
    sentence: str, marks: Mapping[str, tuple[int, int]], model: Classifier
) -> tuple[dict[str, float], Labels]:
    """(log-score of each type, NONE among them; the model's own labels) for a sentence with actor and recipient marked."""
    labels = model.read(sentence, marks)
    scores = {name: math.log(chance + FLOOR) for name, chance in labels.types.items()}
    claim = _between(_claims(sentence, marks))
    if claim is not None:
        by_frame = any(each.field == "type" and each.rule.startswith("frame") for each in claim.decisions)
        scores[claim.type] += BY_FRAME if by_frame else BY_MODEL
    return scores, labels


def _claims(sentence: str, marks: Mapping[str, tuple[int, int]]) -> tuple[Claim, ...]:
    annotated = annotate(bare_article(sentence))
    mentions = [
        mention
        for name, actor in (("actor", SOURCE), ("recipient", TARGET))
        if name in marks and (mention := _mention(annotated, marks[name], actor)) is not None
    ]
    ordered = tuple(sorted(mentions, key=lambda each: each.span))
    return code_claims(annotated, Cast(actors=(SOURCE, TARGET), mentions=ordered), (), (), ())


def _mention(annotated: Annotated, place: tuple[int, int], actor: Actor) -> Mention | None:
    span = annotated.article.span(*place)
    tokens = annotated.tokens_in(span)
    if not tokens:
        return None
    head = annotated.head_of(tokens)
    identity = make_id("mention", annotated.article.id, *place)
    return Mention(id=identity, span=span, head=head, kind=MentionKind.NAME, actor_id=actor.id)


def _between(claims: tuple[Claim, ...]) -> Claim | None:
    """The claim surest of its type that has the source as actor, and the target as recipient or fellow actor."""
    fitting = [
        claim
        for claim in claims
        if claim.type != NONE
        and any(role.actor_id == SOURCE.id for role in claim.actors)
        and (len(claim.actors) > 1 or any(role.actor_id == TARGET.id for role in claim.recipients))
    ]
    return max(fitting, key=certainty_of_type, default=None)


def certainty_of_type(claim: Claim) -> float:
    """How sure the claim is of its type, 0 to 1."""
    return next((each.confidence for each in claim.decisions if each.field == "type"), 0.0)
