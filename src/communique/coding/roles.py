"""Noun phrases → actors in a role, by way of the mentions that the cast holds.

A phrase that is no mention itself may belong to an actor ("Mexico's exports", "representatives of the OSCE"): its owner
is kept apart from a direct naming, because owning what is hit is less than being hit.
"""

from dataclasses import dataclass, replace

from communique.coding.clauses import Argument, Clause, coordinated
from communique.coding.states import state_of
from communique.records import Annotated, Cast, Mention, Place, Role, Timex

OWNER_LINKS = ("poss", "amod", "compound", "nmod")
# Nouns that stand for the actor they belong to: "representatives of Russia met" is Russia meeting.
STANDS_FOR = {
    "representative", "delegation", "official", "leader", "government", "authority", "side", "envoy", "negotiator",
    "administration", "leadership", "head", "member", "diplomat", "team", "mission", "office", "people", "state",
    "party", "minister", "spokesman", "spokeswoman", "spokesperson", "president", "forces", "force", "troop",
    "troops", "army", "military", "counterpart", "ambassador", "foreign", "capital", "country", "nation",
    "counterparts", "jets", "jet", "warplane", "navy", "police", "soldier",
}  # fmt: skip
OWNING_PREPOSITIONS = {"of", "from", "between", "among", "by"}
BORDERING: dict[str, set[str]] = {each: {"with", "to"} for each in ("border", "frontier", "boundary", "contact")}
# Nouns through which a role reaches the actor behind: "attacks on positions of the army", "sanctions on exports from Iran".
MAXIMUM_DEPTH = 3


@dataclass(frozen=True, slots=True)
class Filler:
    """What an argument came to: actors named outright, actors that own or stand behind it, and whether anything was there."""

    direct: tuple[Role, ...] = ()
    owners: tuple[Role, ...] = ()
    mentioned: bool = False  # some mention stood there, resolved or not

    @property
    def any(self) -> tuple[Role, ...]:
        """The direct actors, or else the owners."""
        return self.direct or self.owners


class RoleFinder:
    """Looks up arguments of one article. Holds no state beyond an index of the cast's mentions by token."""

    def __init__(
        self, annotated: Annotated, cast: Cast, times: tuple[Timex, ...] = (), places: tuple[Place, ...] = ()
    ) -> None:
        self.annotated = annotated
        self.cast = cast
        self._timed = frozenset(token for timex in times for token in annotated.tokens_in(timex.span))
        self._places: dict[int, Place] = {}
        for place in places:
            for token in annotated.tokens_in(place.span):
                self._places.setdefault(token, place)
        self._by_token: dict[int, Mention] = {}
        for mention in cast.mentions:
            for token in annotated.tokens_in(mention.span):
                known = self._by_token.get(token)
                if (
                    known is None
                    or mention.head == token
                    or (_length(mention) < _length(known) and known.head != token)
                ):
                    self._by_token[token] = mention

    def without_times(self, clause: Clause) -> Clause:
        """The clause without the prepositions that only give a time: "informed them on Saturday" is not about Saturday."""
        kept = tuple(each for each in clause.prepositions if each[1] not in self._timed)
        return clause if len(kept) == len(clause.prepositions) else replace(clause, prepositions=kept)

    def mention_at(self, token: int) -> Mention | None:
        """The mention that the token heads or stands in."""
        return self._by_token.get(token)

    def fill(self, *arguments: Argument | None) -> Filler:
        """The actors that some arguments name, with their conjuncts, in text order and without repetition."""
        direct: list[Role] = []
        owners: list[Role] = []
        mentioned = False
        for argument in arguments:
            if argument is None:
                continue
            for token in coordinated(self.annotated, argument.token):
                mention = self._mention_of_phrase(token)
                if mention is not None:
                    mentioned = True
                    direct.extend(self._role(mention))
                    direct.extend(self._included(token, mention))
                else:
                    standing, owning = self._behind(token, MAXIMUM_DEPTH)
                    direct.extend(standing)
                    owners.extend(owning or ([] if standing else self._state_of_place(token)))
        return Filler(_unique(direct), _unique(owners), mentioned)

    def _state_of_place(self, token: int) -> list[Role]:
        """The state in which a place lies that stands where an actor could: "rockets hit Haifa"."""
        place = self._places.get(token)
        state = state_of(self.cast, place.country) if place is not None else None
        return [Role(actor_id=state.id, span=place.span)] if state is not None and place is not None else []

    def _mention_of_phrase(self, token: int) -> Mention | None:
        """The mention at a phrase's head; one that only modifies the head ("Russian" in "Russian gas") is its owner."""
        mention = self._by_token.get(token)
        if mention is None:
            return None
        if mention.head == token:
            return mention
        head_inside = any(each == token for each in self.annotated.tokens_in(mention.span))
        return mention if head_inside else None

    def _role(self, mention: Mention) -> list[Role]:
        return [Role(actor_id=mention.actor_id, span=mention.span)] if mention.actor_id else []

    def _included(self, token: int, mention: Mention) -> list[Role]:
        """Names set beside the head: "the foreign ministers, Lavrov and Kuleba", "Finnish and Estonian ministers"."""
        found: list[Role] = []
        inside = set(self.annotated.tokens_in(mention.span))
        for child in self.annotated.children(token):
            if child.dep == "amod" and child.index not in inside:
                other = self._by_token.get(child.index)
                found.extend(self._role(other) if other is not None else [])
            if child.dep == "appos":
                other = self._by_token.get(child.index)
                if other is not None and other is not mention and mention.actor_id is None:
                    found.extend(self._role(other))
        return found

    def _behind(self, token: int, depth: int) -> tuple[list[Role], list[Role]]:
        """(actors that the noun stands for, actors that own it)."""
        noun = self.annotated.tokens[token]
        if depth == 0 or noun.pos not in ("NOUN", "PROPN", "NUM", "PRON", "ADJ", "DET", "VERB", "X"):
            return [], []
        roles: list[Role] = []
        further: list[Role] = []
        for child in self.annotated.children(token):
            if child.dep in OWNER_LINKS or child.dep == "appos":
                mention = self._by_token.get(child.index)
                if mention is not None:
                    roles.extend(self._role(mention))
                    for conjunct in coordinated(self.annotated, child.index)[1:]:
                        other = self._by_token.get(conjunct)
                        roles.extend(self._role(other) if other else [])
                elif child.dep == "poss":
                    roles.extend(self._behind(child.index, depth - 1)[0])
            elif child.dep == "prep" and child.lemma in OWNING_PREPOSITIONS | BORDERING.get(noun.lemma.lower(), set()):
                for grandchild in self.annotated.children(child.index):
                    if grandchild.dep != "pobj":
                        continue
                    for each in coordinated(self.annotated, grandchild.index):
                        mention = self._mention_of_phrase(each)
                        standing, owning = ([], []) if mention else self._behind(each, depth - 1)
                        roles.extend(self._role(mention) if mention else standing)
                        further.extend(owning)
        if not roles:
            return [], further
        stands = noun.lemma in STANDS_FOR or noun.pos in ("NUM", "PRON", "DET")
        return (roles, []) if stands else ([], roles)


def _length(mention: Mention) -> int:
    return mention.span.end - mention.span.start


def _unique(roles: list[Role]) -> tuple[Role, ...]:
    seen: dict[str, Role] = {}
    for role in roles:
        seen.setdefault(role.actor_id, role)
    return tuple(seen.values())
