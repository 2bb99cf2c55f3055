"""What the readers of positions hand on: a stance before its party, issue and repetitions are settled; and their common ground."""

from dataclasses import dataclass

from communique.codebook.issues import Stances
from communique.coding.clauses import Argument
from communique.coding.roles import RoleFinder
from communique.coding.speakers import statement_over
from communique.records import (
    Actor,
    ActorKind,
    Annotated,
    Cast,
    Role,
    Sides,
    Span,
    SpeechAct,
    Stance,
    Statement,
    Timex,
    Token,
    side_of,
)

UNREAL_MARKS = {"if", "unless", "whether", "until", "before", "lest"}
UNREAL_GOVERNORS = {"refuse", "decline", "fail", "threaten", "hesitate", "avoid", "stop", "cease"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """One reading of one clause: `actor` takes `stance` on `content`; `trigger` is the token that says so.

    `pointer` marks a content that only points back ("this demand"). `basis` is the id of a claim, statement or article.
    """

    actor: Role
    stance: Stance
    content: Span
    basis: str
    trigger: int
    of: tuple[Role, ...] = ()
    asserted: tuple[Role, ...] = ()
    date: Timex | None = None
    pointer: bool = False


class Ground:
    """One article with its cast and statements, and what every reader of positions asks of them."""

    def __init__(self, annotated: Annotated, cast: Cast, statements: tuple[Statement, ...], stances: Stances) -> None:
        self.annotated = annotated
        self.cast = cast
        self.statements = statements
        self.stances = stances
        self.roles = RoleFinder(annotated, cast)
        self.sides = Sides(cast.actors)
        self.heads = _heads_of_sides(cast)

    def actors_of(self, subject: Argument | None, *, owners: bool = False) -> tuple[Role, ...]:
        """The actors that a subject names; "both sides" are the two that the text has named most."""
        if subject is None:
            return ()
        filled = self.roles.fill(subject)
        found = filled.any if owners else filled.direct
        return found or self._pair(subject.token) or self._speaker_as(subject.token)

    def _speaker_as(self, token: int) -> tuple[Role, ...]:
        """The speaker, for an unresolved pronoun that can only be the speaker's own: "we", "it" said by a ministry."""
        pronoun = self.annotated.tokens[token]
        if pronoun.pos != "PRON" or pronoun.lemma.lower() not in ("we", "i", "it", "us"):
            return ()
        mention = self.roles.mention_at(token)
        if mention is not None and mention.actor_id is not None:
            return ()
        speakers = self.speakers(pronoun)
        if pronoun.lemma.lower() != "it":
            return speakers
        return tuple(each for each in speakers if self.is_body(each) and self._is_subject(pronoun))

    def _is_subject(self, token: Token) -> bool:
        verb = self.annotated.tokens[token.head]
        clausal = any(child.dep in ("ccomp", "xcomp", "csubj") for child in self.annotated.children(verb.index))
        return token.dep == "nsubj" and not (verb.lemma == "be" and clausal)  # "it is clear that …" is nobody

    def is_body(self, actor: Role) -> bool:
        """True for a state, a body or an organization."""
        known = self.sides.actor(actor.actor_id)
        return known is not None and known.kind not in (ActorKind.PERSON, ActorKind.GROUP)

    def party(self, actor: Role) -> Role:
        """The state or organization that the actor speaks for, or the actor itself."""
        known = self.sides.actor(actor.actor_id)
        head = self.heads.get(side_of(known)) if known else None
        return Role(actor_id=head.id, span=actor.span) if head else actor

    def is_party(self, actor: Role) -> bool:
        """False for people who speak for nobody: a witness, an analyst."""
        known = self.sides.actor(self.party(actor).actor_id)
        if known is None:
            return False
        return known.kind not in (ActorKind.PERSON, ActorKind.GROUP) or side_of(known) != known.id

    def speaks_for_somebody(self, actor: Role) -> bool:
        """False for a person of whom neither country nor organization is known."""
        known = self.sides.actor(actor.actor_id)
        return known is not None and (
            known.kind is not ActorKind.PERSON or known.country is not None or known.organization is not None
        )

    def statement(self, token: Token) -> Statement | None:
        """The innermost statement around a token."""
        return statement_over(self.statements, token)

    def speakers(self, token: Token) -> tuple[Role, ...]:
        """Who says what stands at a token; empty in the article's own voice."""
        statement = self.statement(token)
        return (statement.speaker,) if statement and statement.speaker else ()

    def basis(self, token: Token) -> str:
        """The id of the statement around a token, or the article's."""
        statement = self.statement(token)
        return statement.id if statement else self.annotated.article.id

    def asked(self, token: Token) -> bool:
        """True in a question."""
        statement = self.statement(token)
        if statement is not None and statement.act is SpeechAct.ASK:
            return True
        sentence = self.annotated.sentence_of(token.index)
        return any(each.text == "?" for each in self.annotated.sentence_tokens(sentence)[-2:])

    def taken(self, token: Token) -> bool:
        """False for a predicate that is negated, modal, a condition, a question, or refused or threatened itself."""
        if any(child.dep == "neg" or child.tag == "MD" for child in self.annotated.children(token.index)):
            return False
        if self.asked(token):
            return False
        current = token
        for governor in (token, *self.annotated.ancestors(token.index)):
            if governor is not token:
                if current.dep == "xcomp" and governor.lemma in UNREAL_GOVERNORS:
                    return False
                if current.dep in ("xcomp", "conj") and any(
                    c.dep == "neg" or c.tag == "MD" for c in self.annotated.children(governor.index)
                ):
                    return False
            if any(
                child.dep == "mark" and child.lemma.lower() in UNREAL_MARKS
                for child in self.annotated.children(governor.index)
            ):
                return False
            if governor.dep not in ("xcomp", "conj", "advcl"):
                break
            current = governor
        return True

    def _pair(self, token: int) -> tuple[Role, ...]:
        """The two sides named most often up to here, for "both sides"; none for any other phrase."""
        noun = self.annotated.tokens[token]
        counts = [child for child in self.annotated.children(token) if child.lemma.lower() in self.stances.pair_counts]
        if not counts or noun.lemma.lower() not in self.stances.pair_nouns:
            return ()
        named: dict[str, list[Role]] = {}
        for mention in self.cast.mentions:
            if mention.actor_id is None or mention.head >= token:
                continue
            role = self.party(Role(actor_id=mention.actor_id, span=mention.span))
            if role.actor_id in {head.id for head in self.heads.values()}:
                named.setdefault(role.actor_id, []).append(role)
        ranked = sorted(named.values(), key=len, reverse=True)[:2]
        span = self.annotated.article.span(min(counts[0].start, noun.start), max(counts[0].end, noun.end))
        return tuple(Role(actor_id=each[0].actor_id, span=span) for each in ranked) if len(ranked) == 2 else ()


def same_words(one: Span, other: Span) -> bool:
    """True when the shorter lies at least half inside the longer."""
    shared = min(one.end, other.end) - max(one.start, other.start)
    return shared * 2 >= min(one.end - one.start, other.end - other.start)


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
