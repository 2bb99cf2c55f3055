"""Which produced actor is which expected one, and whether two of them may stand for each other.

In: the annotator's actors with their naming forms, and the actors and mentions that the program found. An expected actor
is identified with the produced actor that its forms resolve to, provided that country, sector and a person's name fit;
two expected actors never share one. Names alone would not do: an annotator writes "European Union" where the program says
"EU", and a form that resolves to the wrong person must not pass.
"""

from collections import Counter
from collections.abc import Sequence

from rapidfuzz.fuzz import token_set_ratio, token_sort_ratio

from communique.evaluate.expected import Expected, ExpectedActor
from communique.evaluate.locating import Locator, plain, shared
from communique.records import Actor, ActorKind, CodedArticle, Role, Span

STATE_SECTORS = {"COP", "GOV", "JUD", "LEG", "MIL", "PRM", "SPY"}  # PTY and REB do not act for a state
INTERNATIONAL = {"IGO", "UNO", "EUR"}  # PLOVER's top codes for organizations of states
SAME_NAME = 80  # ratio of sorted words, 0 to 100: "Anthony Blinken" and "Antony Blinken" have 97
NAME_VOTES = 2  # a name that fits weighs as much as two forms that resolve


class Casting:
    """The identification for one article, and the agreement of actors that rests on it."""

    def __init__(self, expected: Expected, coded: CodedArticle, locator: Locator) -> None:
        self._actors = {actor.id: actor for actor in coded.actors}
        self._expected = {actor.name: actor for actor in expected.actors}
        self._mentions = coded.mentions
        self._text = coded.article.text
        self.places = _places(expected.actors, locator)
        self._identity = self._identify()
        self._taken = {actor_id: name for name, actor_id in self._identity.items()}

    def name(self, actor_id: str) -> str:
        """The produced actor's name, for error lines."""
        return self._actors[actor_id].name if actor_id in self._actors else actor_id

    def described(self, actor_id: str) -> str:
        """Name, country and sectors, for lines about who somebody is."""
        actor = self._actors[actor_id]
        return f"{actor.name} ({', '.join((actor.kind, actor.country or 'no country', *actor.sectors))})"

    def produced_at(self, place: Span, *, whole: bool = False) -> list[str]:
        """Ids of the actors that mentions over the place resolve to; `whole`: only mentions of about the place's extent."""
        found = []
        for mention in self._mentions:
            common = shared(place, mention.span)
            union = place.end - place.start + mention.span.end - mention.span.start - common
            enough = 2 * common >= union or (not whole and 2 * common >= mention.span.end - mention.span.start)
            if common and enough and mention.actor_id in self._actors:
                found.append(mention.actor_id)
        return found

    def same(self, name: str, actor_id: str) -> bool:
        """True when the produced actor is the expected one (for unnamed groups and delegations: of the same country and sector)."""
        wanted, actor = self._expected.get(name), self._actors.get(actor_id)
        if actor is None:
            return False
        if self._identity.get(name) == actor_id:
            return True
        if actor_id in self._taken:
            return False
        if wanted is None:
            return names_fit(name, actor.name, person=actor.kind is ActorKind.PERSON)
        if actor.kind is ActorKind.GROUP or (_is_country(wanted) and actor.kind in {ActorKind.STATE, ActorKind.BODY}):
            return _fits(wanted, actor) and bool(wanted.country)
        return (
            name not in self._identity
            and _fits(wanted, actor)
            and names_fit(name, actor.name, person=actor.kind is ActorKind.PERSON)
        )

    def agrees(self, name: str, actor_id: str) -> bool:
        """True when it is the same actor or one acts for the other; two different persons never do."""
        if self.same(name, actor_id):
            return True
        wanted, actor = self._expected.get(name), self._actors.get(actor_id)
        if wanted is None or actor is None or (actor.kind is ActorKind.PERSON and self._is_person(wanted)):
            return False
        both_state = _acts_for_a_state(wanted.country, wanted.sector, _is_country(wanted)) and _acts_for_a_state(
            actor.country, actor.sectors[:1], actor.kind is ActorKind.STATE
        )
        if both_state and wanted.country == actor.country:
            return True
        ours = {wanted.name, wanted.organization, self.name(self._identity.get(wanted.name, wanted.name))}
        if wanted.organization:
            ours.add(self.name(self._identity.get(wanted.organization, wanted.organization)))
        return any(
            one and other and names_fit(one, other) for one in ours for other in (actor.name, actor.organization)
        )

    def disagreement(
        self, role: str, needed: Sequence[str], allowed: Sequence[str], produced: Sequence[Role]
    ) -> str | None:
        """None when every needed actor is there and nobody who is not allowed; else the reason in words."""
        missing = [name for name in needed if not any(self.agrees(name, each.actor_id) for each in produced)]
        extra = [each for each in produced if not any(self.agrees(name, each.actor_id) for name in (*needed, *allowed))]
        if not missing and not extra:
            return None
        got = ", ".join(self.name(each.actor_id) for each in produced) or "nobody"
        return f"{role} {got} instead of {', '.join(needed) or 'nobody'}"

    def _is_person(self, wanted: ExpectedActor) -> bool:
        identified = self._actors.get(self._identity.get(wanted.name, ""))
        if identified is not None:
            return identified.kind is ActorKind.PERSON
        last = wanted.name.split()[-1]
        shorter = last != wanted.name and last in wanted.mentions
        titled = any(
            form.endswith(f" {wanted.name}") and not form.lower().startswith("the ") for form in wanted.mentions
        )
        return shorter or titled

    def _identify(self) -> dict[str, str]:
        votes: Counter[tuple[str, str]] = Counter()
        for wanted in self._expected.values():
            for form in wanted.mentions:
                for actor_id in {each for place in self.places[wanted.name, form] for each in self.produced_at(place)}:
                    votes[wanted.name, actor_id] += 1
            for actor in self._actors.values():
                if names_fit(wanted.name, actor.name, person=actor.kind is ActorKind.PERSON):
                    votes[wanted.name, actor.id] += NAME_VOTES
        identity: dict[str, str] = {}
        for (name, actor_id), _ in sorted(votes.items(), key=lambda each: (-each[1], each[0])):
            free = name not in identity and actor_id not in identity.values()
            if free and _fits(self._expected[name], self._actors[actor_id]):
                identity[name] = actor_id
        return identity


def names_fit(one: str, other: str, *, person: bool = False) -> bool:
    """True for two spellings of one name; for a person also for a part of it ("Sherman"). "NATO" is not "NATO-Russia Council"."""
    compared = token_set_ratio if person else token_sort_ratio
    return compared(plain(one).casefold(), plain(other).casefold()) >= SAME_NAME


def _places(actors: Sequence[ExpectedActor], locator: Locator) -> dict[tuple[str, str], list[Span]]:
    """Where each form stands by itself; inside a longer form only if it stands nowhere else ("the US" in "the US Congress")."""
    forms = sorted({form for actor in actors for form in actor.mentions}, key=len, reverse=True)
    free: dict[str, list[Span]] = {}
    taken: list[Span] = []
    for form in forms:
        found = locator.coded(form, whole_words=True)
        free[form] = [span for span in found if not any(longer.covers(span) for longer in taken)] or found
        taken.extend(found)
    return {(actor.name, form): free[form] for actor in actors for form in actor.mentions}


def _is_country(wanted: ExpectedActor) -> bool:
    return wanted.country is not None and not wanted.sector and wanted.organization is None


def _acts_for_a_state(country: str | None, sectors: Sequence[str], whole_state: bool) -> bool:
    return country is not None and (whole_state or any(sector in STATE_SECTORS for sector in sectors))


def _fits(wanted: ExpectedActor, actor: Actor) -> bool:
    """Country and sector as far as they are stated; a person only under a name that fits."""
    if wanted.country and actor.country != wanted.country:
        return False
    if _is_country(wanted):
        return actor.kind is not ActorKind.PERSON or names_fit(wanted.name, actor.name, person=True)
    if actor.kind is ActorKind.PERSON and not names_fit(wanted.name, actor.name, person=True):
        return False
    if not wanted.sector:
        return True
    sectors = set(actor.sectors) | (INTERNATIONAL if INTERNATIONAL & set(actor.sectors) else set())
    in_organization = bool(
        wanted.organization and actor.organization and names_fit(wanted.organization, actor.organization)
    )
    return any(each in sectors for each in wanted.sector) or in_organization
