"""What a decision about one phrase is, and what the decisions of one article share."""

from dataclasses import dataclass, field

from communique.codebook.actors import ActorEntry
from communique.codebook.names import fold
from communique.records import Actor, Annotated
from communique.resolve.actor_lexicon import Lexicon
from communique.resolve.actor_making import ActorMaker
from communique.resolve.actor_near import Surroundings
from communique.resolve.actor_offices import Range
from communique.resolve.actor_persons import PersonBook
from communique.resolve.actor_phrase import Phrase


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who a phrase is: None for nobody that is known; `skip` when it is no actor at all here ("in Geneva")."""

    actor: Actor | None
    reason: str
    skip: bool = False
    candidates: tuple[Actor, ...] = ()


@dataclass(slots=True)
class Reading:
    """One article while its phrases are decided in order: `named` are the organizations so far (token, actor, entry, noun),
    `bodies` the country that each kind of body was last named with."""

    annotated: Annotated
    lexicon: Lexicon
    when: Range
    phrases: list[Phrase]
    maker: ActorMaker
    near: Surroundings
    book: PersonBook
    named: list[tuple[int, Actor, ActorEntry | None, str]] = field(default_factory=list)
    bodies: dict[str, str] = field(default_factory=dict)

    def organization(self, phrase: Phrase, actor: Actor, entry: ActorEntry | None, reason: str) -> Verdict:
        """A verdict for an organization, remembered for "the group" later."""
        self.named.append((phrase.first, actor, entry, phrase.noun.noun if phrase.noun is not None else ""))
        return Verdict(actor, reason)

    def called(self, word: str, before: int) -> dict[str, Actor]:
        """The organizations named before the token that a collective noun may call back, the latest first."""
        fitting: dict[str, Actor] = {}
        for token, actor, entry, noun in reversed(self.named):
            if token >= before:
                continue
            called = entry is not None and any(word == short or short.endswith(f" {word}") for short in entry.short)
            if called or word in fold(actor.name).split() or word in noun.split():
                fitting.setdefault(actor.id, actor)
        return fitting
