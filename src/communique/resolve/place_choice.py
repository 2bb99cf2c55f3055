"""One place mention → one place or none: what stands right beside it, the countries of the sentence and the article, size.

Scores are sums of named reasons. A country's name weighs as a large town; a container beside the name outweighs both; a
demonym near is worth a hundredfold of people, no more: "the American envoy arrived in Paris" is not in Texas.
"""

from collections import Counter
from dataclasses import dataclass
from math import log10

from communique.codebook.locating import load_locating_words
from communique.codebook.places import Gazetteer, GazetteerPlace, PlaceKind
from communique.records import Annotated, Entity, Token
from communique.resolve.place_mentions import Demonym, PlaceMention, actor_names

BASE = {PlaceKind.COUNTRY: 8.5, PlaceKind.AREA: 7.5, PlaceKind.REGION: 6.8}
SITE = 6.5
CAPITAL = 1.0
ALTERNATE = -1.0
CONTAINER = 6.0
BESIDE = 5.0
NAMED_IN_SENTENCE = 2.5
DEMONYM_IN_SENTENCE = 2.0
IN_ARTICLE = 1.0
SMALL = 15_000  # people: a town below it needs its country named
KNOWN = 100_000  # people: a town above it needs no preposition before it
CONTAINER_WINDOW = 9  # tokens after the name
BESIDE_WINDOW = 5  # tokens before the name
LOCATIVES = {
    "in", "at", "near", "from", "to", "into", "around", "outside", "inside", "off", "over", "across", "on", "toward",
    "towards", "through", "between", "above", "throughout", "within", "via", "beyond", "leaving", "entering",
}  # fmt: skip
PLACE_LABELS = {"GPE", "LOC", "FAC"}


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
        self.locating = load_locating_words()
        self.actors = actor_names()
        self.mentions = mentions
        self.demonyms = demonyms
        self._sentence_votes = self._count_by_sentence()
        self._article_votes: Counter[str] = Counter()
        self._own_votes = Counter((each.key, self._sure_country(each)) for each in mentions)
        for votes in self._sentence_votes.values():
            self._article_votes.update(votes)
        self._entities: dict[int, Entity] = {
            token: entity for entity in annotated.entities for token in range(entity.first, entity.last)
        }

    def countries_of_article(self) -> list[str]:
        """Countries named in the article, those of most sentences first."""
        return [code for code, _ in sorted(self._article_votes.items(), key=lambda pair: (-pair[1], pair[0]))]

    def choose(self, mention: PlaceMention) -> Choice | None:
        """The best-scored place of the mention; None where the words are rather a person's or a thing's name."""
        container = self._container(mention)
        beside = self._beside(mention)
        if not self._may_be_place(mention, supported=container is not None or beside is not None):
            return None
        scored = [
            (*self._score(mention, candidate, container, beside), candidate)
            for candidate in mention.candidates
            if candidate.kind is not PlaceKind.TOWN or (mention.direction is None and mention.key not in self.actors)
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
    ) -> tuple[float, list[str]]:
        reasons: list[str] = []
        if candidate.kind is PlaceKind.TOWN:
            score = log10(max(candidate.population, 1_000)) if candidate.geonames_id else SITE
            score += ALTERNATE if not candidate.main else 0.0
            score += CAPITAL if candidate.capital else 0.0
            reasons.append("a town of that name" if candidate.geonames_id else "listed by name")
        else:
            score = BASE[candidate.kind]
            reasons.append(f"{'an' if candidate.kind is PlaceKind.AREA else 'a'} {candidate.kind} of that name")
        country = candidate.country
        if country is None:
            return score, reasons
        if isinstance(container, GazetteerPlace) and _inside(candidate, container):
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
            score += vote
            reasons.append(f"{country} in the sentence")
        elif others := self._article_votes[country] - self._own_votes[mention.key, country]:
            score += IN_ARTICLE * (1 + min(others, 10) / 10)
            reasons.append(f"{country} in the article")
        return score, reasons

    def _has_support(self, mention: PlaceMention, town: GazetteerPlace, reasons: list[str]) -> bool:
        """Small towns, and names that are words, need their country, or a noun that says what they are."""
        supported = any("beside" in each or "before" in each for each in reasons)
        named = self._is_named_town(mention)
        if mention.key in self.words.ordinary_words:
            return supported or named
        if town.geonames_id is None or mention.region_noun:
            return True
        single = len(mention.candidates) == 1 and town.population >= SMALL
        if single and (self._is_placed(mention) or self._is_struck(mention) or self._label(mention) in PLACE_LABELS):
            return True
        if town.population < SMALL or (not town.main and town.population < KNOWN):
            return (
                supported
                or (any("in the" in each for each in reasons) and (named or self._is_placed(mention)))
                or (named and len(mention.candidates) == 1 and town.main)
            )
        if town.population < KNOWN:
            return supported or named or self._is_placed(mention) or self._label(mention) in PLACE_LABELS
        return True

    def _may_be_place(self, mention: PlaceMention, *, supported: bool) -> bool:
        """False inside a longer name: a person's, an organization's, a treaty's."""
        tokens = self.annotated.tokens
        sentence = self.annotated.sentence_of(mention.first)
        strong = supported or mention.direction is not None or mention.region_noun
        after = tokens[mention.last] if mention.last < sentence.last else None
        if after is not None and self._joins(after) and not strong:
            return False
        before = tokens[mention.first - 1] if mention.first > sentence.first else None
        leads = before is not None and before.pos == "PROPN" and before.text[:1].isupper() and not strong
        if leads and before is not None and before.head in range(mention.first, mention.last):
            if not self._is_mention(before.index):
                return before.text.lower() in self.words.directions or before.text.lower() in self.words.site_nouns
        entity = self._entity(mention)
        if entity is None:
            return (
                strong
                or self._is_placed(mention)
                or any(tokens[n].pos in ("PROPN", "ADJ") for n in range(mention.name_first, mention.name_last))
            )
        longer = entity.last - entity.first > mention.last - mention.first
        if entity.label == "PERSON":
            if longer:
                return strong or (self._is_placed(mention) and not self._follows_name(mention, entity))
            big = any(each.kind is not PlaceKind.TOWN or each.population > KNOWN for each in mention.candidates)
            return strong or self._is_placed(mention) or self._is_struck(mention) or big
        if entity.label in ("ORG", "LAW", "EVENT", "WORK_OF_ART", "PRODUCT") and longer and not strong:
            rest = [tokens[n].text.lower() for n in range(mention.last, entity.last)]
            return any(word in self.words.site_nouns for word in rest) or (
                mention.first == entity.first and self._is_placed(mention) and not self._joins(after)
            )
        return True

    def _joins(self, after: Token | None) -> bool:
        """True for a capitalized noun that goes on with the name: "Warsaw *Pact*"."""
        if after is None or after.pos != "PROPN" or not after.text[:1].isupper():
            return False
        return after.text.lower() not in self.words.site_nouns and not self._is_mention(after.index)

    def _follows_name(self, mention: PlaceMention, entity: Entity) -> bool:
        return mention.first > entity.first

    def _is_mention(self, token: int) -> bool:
        return any(each.first <= token < each.last for each in self.mentions)

    def _entity(self, mention: PlaceMention) -> Entity | None:
        return next(
            (self._entities[n] for n in range(mention.name_first, mention.name_last) if n in self._entities), None
        )

    def _label(self, mention: PlaceMention) -> str | None:
        entity = self._entity(mention)
        return entity.label if entity is not None else None

    def _is_placed(self, mention: PlaceMention) -> bool:
        """True after a locative preposition, or after a direction or part and "of"."""
        tokens = self.annotated.tokens
        index = mention.first - 1
        while index > 0 and tokens[index].pos == "DET":
            index -= 1
        if index < 0:
            return False
        return tokens[index].text.lower() in LOCATIVES or (
            tokens[index].text.lower() == "of" and tokens[index].dep == "prep"
        )

    def _is_struck(self, mention: PlaceMention) -> bool:
        """True for the object of a verb that strikes, visits or leaves places, and before a noun for an event."""
        last = self.annotated.tokens[mention.name_last - 1]
        above = self.annotated.tokens[last.head]
        if last.dep in ("dobj", "nsubjpass"):
            return above.lemma.lower() in self.locating.place_objects
        return last.dep in ("compound", "nmod") and above.text.lower() in self.locating.event_nouns

    def _is_named_town(self, mention: PlaceMention) -> bool:
        """ "the town of X", "the village X", "X, a town near Y"."""
        tokens = self.annotated.tokens
        before = [tokens[n].lemma.lower() for n in range(max(0, mention.first - 2), mention.first)]
        after = tokens[mention.last : mention.last + 4]
        return any(word in self.words.town_nouns for word in before) or (
            bool(after) and after[0].text == "," and any(each.lemma.lower() in self.words.town_nouns for each in after)
        )

    def _container(self, mention: PlaceMention) -> GazetteerPlace | str | None:
        """What follows as the container: "Paris, Texas", "Tripoli, in the north of Lebanon", "Gori, a Georgian town"."""
        tokens = self.annotated.tokens
        sentence = self.annotated.sentence_of(mention.first)
        end = min(sentence.last, mention.last + CONTAINER_WINDOW)
        if mention.last >= end or tokens[mention.last].text not in (",", "(", "in"):
            return None
        for index in range(mention.last + 1, end):
            other = next((each for each in self.mentions if each.first == index), None)
            if other is not None and other.candidates:
                lands = [each for each in other.candidates if each.kind in (PlaceKind.COUNTRY, PlaceKind.REGION)]
                hosts = [each for each in lands if any(_inside(mine, each) for mine in mention.candidates)]
                return hosts[0] if hosts else None
            demonym = next((each for each in self.demonyms if each.token == index), None)
            if demonym is not None:
                named = any(tokens[n].lemma.lower() in self.words.town_nouns for n in range(index, min(end, index + 4)))
                return demonym.country if named else None
            if tokens[index].pos in ("VERB", "AUX", "CCONJ", "SCONJ") or tokens[index].text in (",", ")"):
                return None
        return None

    def _beside(self, mention: PlaceMention) -> str | None:
        """The country of a demonym or possessive right before: "the Syrian town of X", "Syria's X"."""
        tokens = self.annotated.tokens
        start = max(0, mention.first - BESIDE_WINDOW)
        country = next((each.country for each in reversed(self.demonyms) if start <= each.token < mention.first), None)
        at = next((each.token for each in reversed(self.demonyms) if start <= each.token < mention.first), -1)
        if country is not None:
            between = tokens[at + 1 : mention.first]
            nouns = [each for each in between if each.lemma.lower() in self.words.town_nouns | self.words.region_nouns]
            if all(each.pos in ("ADJ", "NOUN", "ADP", "PUNCT", "PROPN") for each in between) and nouns:
                return country
        previous = next(
            (each for each in reversed(self.mentions) if start <= each.first and each.last <= mention.first), None
        )
        if previous is not None and tokens[previous.last].text in ("'s", "’s", "'"):
            between = tokens[previous.last + 1 : mention.first]
            if all(each.pos in ("ADJ", "NOUN", "ADP") for each in between):
                return next((each.country for each in previous.candidates if each.kind is PlaceKind.COUNTRY), None)
        return None

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


def _inside(place: GazetteerPlace, container: GazetteerPlace) -> bool:
    if place is container or place.country != container.country:
        return False
    if container.kind is PlaceKind.COUNTRY:
        return place.kind is not PlaceKind.COUNTRY
    return place.kind is PlaceKind.TOWN and (place.region == container.region)
