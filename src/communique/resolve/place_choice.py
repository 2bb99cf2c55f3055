"""One place mention → one place or none: what stands right beside it, the countries of the sentence and the article, size.

Scores are sums of named reasons. A country's name weighs as a large town; a container beside the name outweighs both; a
demonym near is worth a hundredfold of people, no more: "the American envoy arrived in Paris" is not in Texas.
"""

from collections import Counter
from dataclasses import dataclass
from math import log10

from communique.codebook.places import Gazetteer, GazetteerPlace, PlaceKind, name_key
from communique.records import Annotated
from communique.resolve.place_mentions import Demonym, PlaceMention, actor_names
from communique.resolve.place_surroundings import Surroundings, is_inside

BASE = {PlaceKind.COUNTRY: 8.5, PlaceKind.AREA: 7.5, PlaceKind.REGION: 6.5}
SITE = 6.5  # listed by name
CAPITAL = 1.0
ALTERNATE = -0.8
PREFIX = -0.3
FAME = 0.75  # for each power of ten of a town's names in other languages
WIDELY_KNOWN = 1.5  # at most: Geneva with its hundred names outweighs a larger suburb called so
FAR_SMALLER = 1.8  # a namesake that much below the largest: its country's name near counts half
HALF = 0.5
MIDDLING = 50_000  # people: a town below it yields to a city of its name, unless its container stands beside it
SLIGHT = 0.3
CONTAINER = 6.0
BESIDE = 5.0
NAMED_IN_SENTENCE = 2.5
DEMONYM_IN_SENTENCE = 2.0
IN_ARTICLE = 1.0
SMALL = 15_000  # people: a town below it needs its country named
SHORT = 3  # letters: mostly words ("God", "Say")
KNOWN = 100_000  # people: a town above it needs no preposition before it


@dataclass(frozen=True, slots=True)
class Choice:
    """The place, the container's country and the reason in words."""

    place: GazetteerPlace
    reason: str


class Chooser:
    """Decides the mentions of one article."""

    def __init__(
        self, annotated: Annotated, gazetteer: Gazetteer, mentions: list[PlaceMention], demonyms: list[Demonym]
    ) -> None:
        self.annotated = annotated
        self.words = gazetteer.words
        self.around = Surroundings(annotated, gazetteer, mentions, demonyms)
        self.actors = actor_names()
        self.mentions = mentions
        self.demonyms = demonyms
        self._sentence_votes = self._count_by_sentence()
        self._article_votes: Counter[str] = Counter()
        self._own_votes = Counter((each.key, self._sure_country(each)) for each in mentions)
        for votes in self._sentence_votes.values():
            self._article_votes.update(votes)

    def countries_of_article(self) -> list[str]:
        """Countries named in the article, those of most sentences first."""
        return [code for code, _ in sorted(self._article_votes.items(), key=lambda pair: (-pair[1], pair[0]))]

    def choose(self, mention: PlaceMention) -> Choice | None:
        """The best-scored place of the mention; None where the words are rather a person's or a thing's name."""
        if mention.first in self.around.containers:
            held = self.around.containers[mention.first]
            return Choice(held, f"a {held.kind} of that name; the container of the town before it")
        container = self.around.container(mention)
        beside = self.around.beside(mention)
        if not self.around.may_be_place(mention, supported=container is not None or beside is not None):
            return None
        top = max((self._base(mention, each) for each in mention.candidates), default=0.0)
        scored = [
            (*self._score(mention, candidate, container, beside, top), candidate)
            for candidate in mention.candidates
            if candidate.geonames_id is None
            or candidate.kind is not PlaceKind.TOWN
            or (mention.direction is None and mention.key not in self.actors)
        ]
        if not scored:
            return None
        score, reasons, best = max(scored, key=lambda each: (each[0], each[2].population))
        del score
        if best.kind is PlaceKind.TOWN and not self._has_support(mention, best, reasons):
            return None
        if len(scored) > 1:
            reasons.append(f"{len(scored)} places of that name")
        return Choice(best, "; ".join(reasons))

    def _score(
        self,
        mention: PlaceMention,
        candidate: GazetteerPlace,
        container: GazetteerPlace | str | None,
        beside: str | None,
        top: float,
    ) -> tuple[float, list[str]]:
        reasons: list[str] = []
        score = self._base(mention, candidate)
        weight = HALF if top - score > FAR_SMALLER else 1.0
        larger = any(each.kind is PlaceKind.TOWN and each.population >= KNOWN for each in mention.candidates)
        small = candidate.kind is PlaceKind.TOWN and candidate.geonames_id and candidate.population < MIDDLING
        if small and larger and not candidate.capital:
            weight = SLIGHT
        if candidate.kind is PlaceKind.TOWN:
            reasons.append("a town of that name" if candidate.geonames_id else "listed by name")
        else:
            reasons.append(f"{'an' if candidate.kind is PlaceKind.AREA else 'a'} {candidate.kind} of that name")
        country = candidate.country
        if country is None:
            return score, reasons
        if isinstance(container, GazetteerPlace) and is_inside(candidate, container):
            score += CONTAINER
            reasons.append(f"{container.name} beside it")
        elif isinstance(container, str) and container == country:
            score += BESIDE
            reasons.append(f"{country} beside it")
        if beside == country:
            score += BESIDE
            reasons.append(f"{country} before it")
        sentence = self.annotated.sentence_of(mention.first).index
        vote = max(
            (weight for code, weight, at in self._votes_at(sentence) if code == country and at != mention.first),
            default=0.0,
        )
        if vote:
            score += vote * weight
            reasons.append(f"{country} in the sentence")
        elif others := self._article_votes[country] - self._own_votes[mention.key, country]:
            score += weight * IN_ARTICLE * (1 + min(others, 10) / 10)
            reasons.append(f"{country} in the article")
        return score, reasons

    def _base(self, mention: PlaceMention, candidate: GazetteerPlace) -> float:
        """The weight of a place before anything in the text speaks for it."""
        if candidate.kind is not PlaceKind.TOWN:
            return BASE[candidate.kind]
        size = log10(max(candidate.population, 1_000)) if candidate.population else SITE
        known = min(WIDELY_KNOWN, FAME * log10(1 + candidate.names))
        return size + known + self._alternate(mention, candidate) + (CAPITAL if candidate.capital else 0.0)

    def _alternate(self, mention: PlaceMention, candidate: GazetteerPlace) -> float:
        """What another name than the first costs: little for the first words of it ("Frankfurt"), most for a small town."""
        if candidate.main:
            return 0.0
        if name_key(candidate.name).startswith(f"{mention.key} "):
            return PREFIX
        return PREFIX if candidate.population >= KNOWN else 2 * ALTERNATE

    def _has_support(self, mention: PlaceMention, town: GazetteerPlace, reasons: list[str]) -> bool:
        """Small towns, and names that are words, need their country, or a noun that says what they are."""
        supported = any("beside" in each or "before" in each for each in reasons)
        named = self.around.is_named_town(mention)
        if mention.key in self.words.ordinary_words:
            near = town.main and self.around.is_placed(mention) and any("in the sentence" in each for each in reasons)
            return supported or named or near
        if not town.population:
            return True
        if mention.region_noun:  # "Battleground state": a town's name makes no state
            state = self.annotated.tokens[mention.last - 1].lemma.lower() == "state"
            return not (state and town.country == "USA")
        if len(mention.key) <= SHORT and town.population < KNOWN:
            return supported or named
        seen = self.around.is_seen(mention)
        if not town.main and not (supported or named or seen):
            return False
        single = len(mention.candidates) == 1 and town.population >= SMALL
        if single and seen:
            return True
        if town.population < SMALL or (not town.main and town.population < KNOWN):
            return (
                supported
                or (any("in the" in each for each in reasons) and (named or self.around.is_placed(mention)))
                or (named and len(mention.candidates) == 1 and town.main)
            )
        if town.population < KNOWN:
            return supported or named or seen
        return True

    def _count_by_sentence(self) -> dict[int, Counter[str]]:
        found: dict[int, Counter[str]] = {}
        self._by_sentence: dict[int, list[tuple[str, float, int]]] = {}
        for demonym in self.demonyms:
            index = self.annotated.sentence_of(demonym.token).index
            found.setdefault(index, Counter())[demonym.country] += 1
            self._by_sentence.setdefault(index, []).append((demonym.country, DEMONYM_IN_SENTENCE, demonym.token))
        for mention in self.mentions:
            index = self.annotated.sentence_of(mention.first).index
            for code in mention.border or ({self._sure_country(mention)} - {None}):
                if code:
                    found.setdefault(index, Counter())[code] += 1
                    self._by_sentence.setdefault(index, []).append((code, NAMED_IN_SENTENCE, mention.first))
        return found

    def _votes_at(self, sentence: int) -> list[tuple[str, float, int]]:
        return self._by_sentence.get(sentence, [])

    def _sure_country(self, mention: PlaceMention) -> str | None:
        """The country of a mention that leaves no doubt: one country, or a town far larger than its namesakes."""
        ranked = sorted(
            (
                (BASE.get(each.kind, log10(max(each.population, 1_000)) + each.capital), each)
                for each in mention.candidates
            ),
            key=lambda pair: pair[0],
            reverse=True,
        )
        if not ranked:
            return None
        lead = ranked[0][0] - (ranked[1][0] if len(ranked) > 1 else 3.0)
        return ranked[0][1].country if ranked[0][0] >= 5.0 and lead >= 1.0 else None
