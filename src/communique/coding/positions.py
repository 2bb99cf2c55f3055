"""Claims and clauses → positions: where a party stands on an issue, in which words, voiced by whom, reported by whom.

A demand, refusal, criticism, promise or praise that was made is a stance; so is a verb that takes sides without being an
event ("wants a deal"), and an answer that is owed and not given ("did not say whether").
"""

from collections.abc import Iterator, Sequence

from communique.codebook.issues import Issue, Stances, issue_of, load_issues, load_stances
from communique.coding.clauses import read_clause
from communique.coding.fitting import is_negated
from communique.coding.roles import RoleFinder
from communique.coding.speakers import statement_over
from communique.records import (
    Actor,
    ActorKind,
    Annotated,
    Cast,
    Claim,
    Position,
    Role,
    Sides,
    Span,
    Stance,
    Statement,
    Status,
    Token,
    make_id,
    side_of,
)

STANDING = frozenset({Status.OCCURRED, Status.ONGOING})
LONGEST_ISSUE_WORDS = 8


def find_positions(
    annotated: Annotated, cast: Cast, claims: Sequence[Claim], statements: Sequence[Statement]
) -> tuple[Position, ...]:
    """The positions of one article, in text order, one for each stance of a party on the same words."""
    finder = PositionFinder(annotated, cast, statements)
    found = [*finder.from_claims(claims), *finder.from_clauses(claims)]
    kept: dict[tuple[str, str, Stance], Position] = {}
    for position in sorted(found, key=lambda each: each.content):
        kept.setdefault((position.issue, position.party.actor_id, position.stance), position)
    return tuple(kept.values())


class PositionFinder:
    """Reads the positions of one article. Holds no state beyond its cast and statements."""

    def __init__(self, annotated: Annotated, cast: Cast, statements: Sequence[Statement]) -> None:
        self.annotated = annotated
        self.statements = statements
        self.roles = RoleFinder(annotated, cast)
        self.sides = Sides(cast.actors)
        self.heads = _heads_of_sides(cast)
        self.issues: tuple[Issue, ...] = load_issues()
        self.stances: Stances = load_stances()

    def from_claims(self, claims: Sequence[Claim]) -> Iterator[Position]:
        """A stance for each claim in which a party takes sides; a dated meeting is none."""
        for claim in claims:
            stance = self.stances.types.get(claim.type)
            if stance is None or claim.status not in STANDING or not claim.actors:
                continue
            if claim.content is None and not claim.recipients:
                continue
            content = claim.content or claim.evidence[0]
            for actor in claim.actors:
                yield self._position(
                    actor, stance, content, claim.id, of=claim.recipients, asserted=claim.asserted_by, claim=claim
                )

    def from_clauses(self, claims: Sequence[Claim]) -> Iterator[Position]:
        """Stances taken by verbs that are no event, and answers owed."""
        taken = {claim.trigger.start for claim in claims}
        for token in self.annotated.tokens:
            if token.pos != "VERB" or token.start in taken:
                continue
            unanswered = self._unanswered(token)
            if unanswered is not None:
                yield from self._of_verb(token, Stance.UNANSWERED, unanswered)
                continue
            stance, content = self._side_taken(token)
            if stance is not None and content is not None:
                yield from self._of_verb(token, stance, content)

    def _of_verb(self, verb: Token, stance: Stance, content: Span) -> Iterator[Position]:
        statement = statement_over(self.statements, verb)
        asserted = (statement.speaker,) if statement and statement.speaker else ()
        for actor in self.roles.fill(read_clause(self.annotated, verb.index).subject).direct:
            basis = statement.id if statement else self.annotated.article.id
            yield self._position(actor, stance, content, basis, of=(), asserted=asserted, claim=None)

    def _side_taken(self, verb: Token) -> tuple[Stance | None, Span | None]:
        """The stance that a verb takes, with what it is about; none when negated, modal or a condition."""
        tokens = self.annotated.tokens
        if any(
            child.dep in ("neg", "aux") and child.tag in ("RB", "MD") for child in self.annotated.children(verb.index)
        ):
            return None, None
        for child in self.annotated.children(verb.index):
            if child.dep in ("prep", "prt"):
                stance = self.stances.verbs.get((verb.lemma, child.lemma.lower()))
                objects = [each for each in self.annotated.children(child.index) if each.dep in ("pobj", "pcomp")]
                if stance is not None and objects:
                    return stance, self._phrase(objects[0].index)
        stance = self.stances.verbs.get((verb.lemma, ""))
        if stance is None:
            return None, None
        for child in self.annotated.children(verb.index):
            if (
                child.dep in ("dobj", "xcomp", "ccomp")
                and child.index > verb.index
                and tokens[child.index].pos != "PRON"
            ):
                return stance, self._phrase(child.index)
        return None, None

    def _unanswered(self, verb: Token) -> Span | None:
        """What the subject left unanswered: "did not answer whether …", "gave no comment on …", "declined to say …"."""
        clause = read_clause(self.annotated, verb.index)
        negated = is_negated(self.annotated, verb.index, clause)
        stances = self.stances
        children = list(self.annotated.children(verb.index))
        if verb.lemma in stances.givers and negated:
            nouns = [child for child in children if child.dep == "dobj" and child.lemma in stances.answers]
            return self._phrase(nouns[0].index) if nouns else None
        if verb.lemma in stances.answering_verbs - {"claim", "explain"} and negated:
            return self._phrase(verb.index)
        if verb.lemma in stances.refusals:
            for child in children:
                if child.dep in ("xcomp", "dobj") and child.lemma in (stances.answering_verbs | stances.answers) - {
                    "claim"
                }:
                    return self._phrase(child.index)
        return None

    def _position(
        self,
        actor: Role,
        stance: Stance,
        content: Span,
        basis: str,
        *,
        of: tuple[Role, ...],
        asserted: tuple[Role, ...],
        claim: Claim | None,
    ) -> Position:
        party = self._party(actor)
        reporter = next((each for each in asserted if not self.sides.same(each.actor_id, actor.actor_id)), None)
        article = self.annotated.article
        issue = self._issue(content, claim)
        return Position(
            id=make_id("position", article.id, content.start, content.end, party.actor_id, stance, basis),
            article_id=article.id,
            issue=issue,
            party=party,
            stance=stance,
            content=content,
            basis=basis,
            of=of,
            by=actor if party.actor_id != actor.actor_id else None,
            asserted_by=reporter,
            date=claim.date if claim else None,
        )

    def _party(self, actor: Role) -> Role:
        """The state or organization that the actor speaks for, or the actor itself."""
        known = self.sides.actor(actor.actor_id)
        head = self.heads.get(side_of(known)) if known else None
        return Role(actor_id=head.id, span=actor.span) if head else actor

    def _issue(self, content: Span, claim: Claim | None) -> str:
        """The codebook's issue for the content, else for its sentence, else the content's own noun phrase."""
        spans = [content, *([claim.evidence[0]] if claim else [])]
        for span in spans:
            tokens = [self.annotated.tokens[index] for index in self.annotated.tokens_in(span)]
            for words in (tuple(each.lemma.lower() for each in tokens), tuple(each.text.lower() for each in tokens)):
                named = issue_of(words, self.issues)
                if named is not None:
                    return named
        return " ".join(self.annotated.article.quote(content).split()[:LONGEST_ISSUE_WORDS])

    def _phrase(self, head: int) -> Span:
        tokens = self.annotated.subtree(head)
        while len(tokens) > 1 and tokens[-1].pos == "PUNCT":
            tokens.pop()
        return self.annotated.article.span(tokens[0].start, tokens[-1].end)


def _heads_of_sides(cast: Cast) -> dict[str, Actor]:
    """Side key → the state or organization that heads it."""
    heads: dict[str, Actor] = {}
    for actor in cast.actors:
        side = side_of(actor)
        if actor.kind is ActorKind.STATE or (
            actor.kind is ActorKind.ORGANIZATION and side == f"organization:{actor.name}"
        ):
            heads.setdefault(side, actor)
    return heads
