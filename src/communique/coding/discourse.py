"""What an article has told so far: who dealt with whom, in which act, so that later words can point back to it.

"The expulsion" is the one told before, "the two sides" are those that dealt with each other last, "this claim" is
answered by whom it was directed at. All of these are inferences, and the claim's decisions say so.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from communique.codebook.event_types import EventTypes
from communique.codebook.frames import FrameKind
from communique.coding.pairs import pairing_noun
from communique.records import Annotated, Role, Sides, Token

ANSWERABLE = {"REQUEST", "ACCUSE", "THREATEN", "AGREE"}
ANAPHORS = {"this", "that", "these", "those", "such", "the"}
OF_STATES = {
    "country",
    "state",
    "government",
    "nation",
    "army",
    "capital",
    "president",
    "minister",
    "neighbour",
    "neighbor",
}
NEARBY_PARAGRAPHS = 2


@dataclass(frozen=True, slots=True)
class Dealing:
    """A claim already made: its type and mode, who dealt with whom, what nouns it used, in which paragraph."""

    type: str
    mode: str | None
    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    nouns: frozenset[str]
    paragraph: int

    @property
    def parties(self) -> tuple[Role, ...]:
        """All who took part."""
        return (*self.actors, *self.recipients)


class Discourse:
    """The dealings of one article so far, in text order."""

    def __init__(self, annotated: Annotated, sides: Sides, types: EventTypes) -> None:
        self.annotated = annotated
        self.sides = sides
        self.types = types
        self._dealings: list[Dealing] = []

    def remember(self, dealing: Dealing) -> None:
        """Adds the latest one."""
        self._dealings.append(dealing)

    def answered(self, actors: Sequence[Role]) -> tuple[Role, ...]:
        """Who made the latest request, accusation, threat or offer directed at the actors' side; empty when nobody did."""
        own = self.sides.sides(actors)
        for dealing in reversed(self._dealings):
            if dealing.type in ANSWERABLE and self.sides.sides(dealing.recipients) & own:
                others = tuple(role for role in dealing.actors if self.sides.side(role.actor_id) not in own)
                if others:
                    return _understood(others[:1])
        return ()

    def counterpart(self, actors: Sequence[Role], paragraph: int) -> tuple[Role, ...]:
        """The one other side that the actors' side dealt with in this or the paragraphs just above; empty when none or several."""
        own = self.sides.sides(actors)
        for dealing in reversed(self._dealings):
            if paragraph - dealing.paragraph > NEARBY_PARAGRAPHS:
                break
            if not self.sides.sides(dealing.parties) & own:
                continue
            others = {
                self.sides.side(role.actor_id): role
                for role in dealing.parties
                if self.sides.side(role.actor_id) not in own
            }
            if len(others) == 1:
                return _understood(others.values())
        return ()

    def pair(self, token: int) -> tuple[Role, ...]:
        """The two sides that "both sides" or "the two countries' ministers" stand for: who dealt with each other last."""
        noun = pairing_noun(self.annotated, token)
        if noun is None:
            return ()
        span = self.annotated.span(noun.index, noun.index + 1)
        for dealing in reversed(self._dealings):
            found = {self.sides.side(role.actor_id): role for role in dealing.parties}
            states = all(side.startswith("country:") for side in found)
            if noun.lemma.lower() in OF_STATES and not states:
                continue  # "the two armies" are no envoy's
            if dealing.actors and len(found) == 2:  # two recipients of one blow are no two sides
                return tuple(Role(actor_id=role.actor_id, span=span) for role in found.values())
        return ()

    def they(self, token: int, paragraph: int) -> tuple[Role, ...]:
        """Those whom "they" stands for when they do something with each other: all who took part in the last dealing nearby."""
        if self.annotated.tokens[token].lemma.lower() not in ("they", "two", "all"):
            return ()
        span = self.annotated.span(token, token + 1)
        return tuple(replace(role, span=span) for role in self._together(paragraph))

    def talking(self, paragraph: int) -> tuple[Role, ...]:
        """Whose talks "the talks" are: all who took part in the last talks told, or announced, nearby."""
        return _understood(self._together(paragraph, {"CONSULT", "AGREE", "REJECT"}))

    def _together(self, paragraph: int, types: set[str] | None = None) -> tuple[Role, ...]:
        for dealing in reversed(self._dealings):
            if paragraph - dealing.paragraph > NEARBY_PARAGRAPHS:
                break
            parties = {self.sides.side(role.actor_id): role for role in dealing.parties}
            if dealing.actors and len(parties) > 1 and (types is None or dealing.type in types):
                return tuple(parties.values())
        return ()

    def referred(self, token: int) -> Dealing | None:
        """The act that a definite noun names again: "the tariffs", "this expulsion"; None when nothing like it was told."""
        noun = self.annotated.tokens[token]
        if noun.pos != "NOUN" or not self._definite(noun):
            return None
        lemma = noun.lemma.lower()
        frames = self.types.for_trigger(FrameKind.NOUN, lemma)
        acts = {(frame.event_type, frame.mode) for frame in frames}
        with_actors = [dealing for dealing in reversed(self._dealings) if dealing.actors]
        by_word = next((dealing for dealing in with_actors if lemma in dealing.nouns), None)
        if by_word is not None:
            return by_word
        of_kind = (
            dealing
            for dealing in with_actors
            if any(kind == dealing.type and mode in (None, dealing.mode) for kind, mode in acts)
        )
        return next(of_kind, None)

    def _definite(self, noun: Token) -> bool:
        above = [noun.head] if noun.dep == "compound" else []  # "called [the expulsion groundless]", parsed as one noun
        around = [child for head in (noun.index, *above) for child in self.annotated.children(head)]
        determiners = [child for child in around if child.dep in ("det", "poss", "predet", "amod")]
        return any(each.lemma.lower() in ANAPHORS for each in determiners)


def _understood(roles: Iterable[Role]) -> tuple[Role, ...]:
    return tuple(Role(actor_id=role.actor_id, span=None) for role in roles)
