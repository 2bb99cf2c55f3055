"""Claims → stances: a demand, refusal, criticism, promise or praise that was made is a stance of its actors.

What only asserts, hands over or thanks takes no side. A threat is a demand where it names what would avert it ("unless
the duty is withdrawn"), and a promise may stand in the future that the speaker tells of its own side ("the army would
withdraw").
"""

from collections.abc import Iterable, Iterator, Sequence, Set

from communique.coding.position_content import Content, ContentReader
from communique.coding.position_demands import condition_met_by
from communique.coding.position_gatherings import refuses_nothing
from communique.coding.position_stand import Ground, Stand
from communique.records import Claim, Role, Span, Stance, Status, Token

STANDING = frozenset({Status.OCCURRED, Status.ONGOING})
FINER = frozenset(
    {
        (Stance.DEMANDS, Stance.OFFERS),
        (Stance.OFFERS, Stance.SUPPORTS),
        (Stance.SUPPORTS, Stance.OFFERS),
        (Stance.REJECTS, Stance.OPPOSES),
        (Stance.OPPOSES, Stance.REJECTS),
    }
)
ADVERBIAL = {"by", "at", "with", "from", "in", "during"}
COMING = frozenset({Status.SCHEDULED, Status.HYPOTHETICAL})


class ClaimStands:
    """Reads stances off the claims of one article."""

    def __init__(self, ground: Ground, contents: ContentReader) -> None:
        self.ground = ground
        self.contents = contents

    def read(self, claims: Sequence[Claim], demanded: Iterable[Span], settled: Set[int]) -> Iterator[Stand]:
        """Stances of claims; none inside what is demanded, none at triggers that another reader has settled."""
        within = tuple(demanded)
        for claim in claims:
            trigger = self._trigger(claim)
            if trigger is None or not claim.actors or trigger.index in settled:
                continue
            if any(span.covers(claim.trigger) for span in within):
                continue
            if claim.status in STANDING:
                yield from self._standing(claim, trigger)
            elif claim.status in COMING and claim.type in self.ground.stances.cooperative:
                yield from self._coming(claim, trigger, Stance.OFFERS)
            elif claim.status is Status.SCHEDULED and claim.meeting_type == "CONSULT":
                yield from self._coming(claim, trigger, Stance.SUPPORTS)

    def _standing(self, claim: Claim, trigger: Token) -> Iterator[Stand]:
        stances = self.ground.stances
        lemma = trigger.lemma.lower()
        stance = stances.types.get(claim.type)
        if stance is None and claim.content is not None and self._against(trigger):
            stance = stances.deeds.get(claim.type)
        if stance is None or lemma in stances.neutral:
            return
        if claim.type == "REJECT" and "meet" in claim.modes and refuses_nothing(self.ground, claim, trigger):
            return
        stance = self._said_by(stance, lemma)
        if claim.type == "THREATEN":
            yield from self._threat(claim, trigger)
            return
        content = self._content(claim)
        if content is None:
            return
        for actor in claim.actors:
            yield self._stand(claim, trigger, actor, stance, content)

    def _said_by(self, stance: Stance, lemma: str) -> Stance:
        """The stance that the verb itself speaks of, where it is finer than the type: "proposed talks" offers them."""
        named = self.ground.stances.triggers.get(lemma, stance)
        return named if (stance, named) in FINER else stance

    def _content(self, claim: Claim) -> Content | None:
        """The claim's content, opened; its clause where it has none but a recipient, or refuses what was asked before."""
        if claim.content is None:
            if claim.type == "REJECT" and not claim.recipients:
                return Content(claim.evidence[0], pointer=True)
            return Content(claim.evidence[0]) if claim.recipients else None
        content = self.contents.refined(claim.content, claim.recipients)
        head = self.contents.head_of(content.span)
        if head is None or self.contents.empty(content.span):
            return None if self.contents.empty(content.span) and not content.pointer else content
        if self._displaced(content.span):
            return Content(claim.evidence[0])
        noun = self.ground.annotated.tokens[head]
        if noun.lemma.lower() in self.ground.stances.courtesies:
            return None
        empty = (
            noun.lemma.lower() in self.ground.stances.speech_nouns and len(claim.content.of(self._text).split()) == 1
        )
        return Content(claim.evidence[0]) if empty and not content.pointer else content

    def _displaced(self, span: Span) -> bool:
        """A content that opens with "by the council" or "at the summit" is an adverbial: the clause says it better."""
        first = self.ground.annotated.tokens[self.ground.annotated.tokens_in(span)[0]]
        return first.pos == "ADP" and first.lemma.lower() in ADVERBIAL

    def _threat(self, claim: Claim, trigger: Token) -> Iterator[Stand]:
        """A demand, where the threat says what would avert it; opposition to what it is about, or to whom it is made."""
        for actor in claim.actors:
            condition = condition_met_by(self.ground, trigger, actor)
            if condition is not None and condition.averting:
                content = Content(self.contents.phrase(condition.verb))
                yield self._stand(claim, trigger, actor, Stance.DEMANDS, content, of=condition.by)
            elif condition is not None:
                content = Content(self.contents.phrase(condition.verb))
                yield self._stand(claim, trigger, actor, Stance.OPPOSES, content)
            elif claim.recipients:
                content = self._content(claim) or Content(claim.evidence[0])
                yield self._stand(claim, trigger, actor, Stance.OPPOSES, content)

    def _coming(self, claim: Claim, trigger: Token, stance: Stance) -> Iterator[Stand]:
        """What a speaker says its own side will do for others, or that it will meet them."""
        sides = self.ground.sides
        if self.ground.asked(trigger) or self.ground.annotated.tokens[trigger.index].dep == "advcl":
            return
        for actor in claim.actors:
            own = [each for each in claim.asserted_by if sides.same(each.actor_id, actor.actor_id)]
            if own and self.ground.is_party(actor) and trigger.pos == "VERB":
                content = Content(self.contents.phrase(trigger.index))
                yield self._stand(claim, trigger, actor, stance, content)

    def _stand(
        self,
        claim: Claim,
        trigger: Token,
        actor: Role,
        stance: Stance,
        content: Content,
        *,
        of: tuple[Role, ...] | None = None,
    ) -> Stand:
        return Stand(
            actor=actor,
            stance=stance,
            content=content.span,
            basis=claim.id,
            trigger=trigger.index,
            of=claim.recipients if of is None else of,
            asserted=claim.asserted_by,
            date=claim.date,
            pointer=content.pointer,
        )

    def _against(self, trigger: Token) -> bool:
        """A deed is a stance when the words say what it is against."""
        return any(
            child.dep == "prep" and child.lemma.lower() in ("against", "over")
            for child in self.ground.annotated.children(trigger.index)
        )

    def _trigger(self, claim: Claim) -> Token | None:
        inside = self.ground.annotated.tokens_in(claim.trigger)
        return self.ground.annotated.tokens[inside[0]] if inside else None

    @property
    def _text(self) -> str:
        return self.ground.annotated.article.text
