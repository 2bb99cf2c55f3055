"""The words around a place's name: what holds it, whether it is a place at all, and not a person's or a thing's name.

Used by `place_choice`. The parser's entity labels are one witness among others: it takes short foreign towns for persons.
"""

from communique.codebook.locating import load_locating_words, person_nouns, speaking_verbs
from communique.codebook.places import Gazetteer, GazetteerPlace, PlaceKind, name_key
from communique.records import Annotated, Entity, Token
from communique.resolve.place_mentions import Demonym, PlaceMention

CONTAINER_WINDOW = 9  # tokens after the name
BESIDE_WINDOW = 5  # tokens before the name
WELL_KNOWN = 500_000  # people: a town that large is believed against the label "person"
LOCATIVES = {
    "in", "at", "near", "from", "to", "into", "around", "outside", "inside", "off", "over", "across", "on", "toward",
    "towards", "through", "between", "above", "throughout", "within", "via", "beyond", "leaving", "entering",
}  # fmt: skip
PLACE_LABELS = {"GPE", "LOC", "FAC"}
NO_PLACES = {"DATE", "TIME", "CARDINAL", "ORDINAL", "MONEY", "QUANTITY", "PERCENT", "LANGUAGE"}
POSSESSIVE = ("'s", "’s", "'")


class Surroundings:
    """Reads one article."""

    def __init__(
        self, annotated: Annotated, gazetteer: Gazetteer, mentions: list[PlaceMention], demonyms: list[Demonym]
    ) -> None:
        self.annotated = annotated
        self.words = gazetteer.words
        self.locating = load_locating_words()
        self.mentions = mentions
        self.demonyms = demonyms
        self._entities: dict[int, Entity] = {
            token: entity for entity in annotated.entities for token in range(entity.first, entity.last)
        }
        self.containers: dict[
            int, GazetteerPlace
        ] = {}  # what a name is, by its first token, where a town before it tells
        self._covered = {token: each for each in mentions for token in range(each.first, each.last)}
        self._starts = {each.first: each for each in mentions}
        self._persons = self._person_names()

    def speaks(self, mention: PlaceMention) -> bool:
        """True for a town's name that is the subject of a verb of saying: a surname ("said Henderson")."""
        last = self.annotated.tokens[mention.name_last - 1]
        towns = all(each.kind is PlaceKind.TOWN and not each.capital for each in mention.candidates)
        verb = self.annotated.tokens[last.head]
        return towns and last.dep == "nsubj" and verb.pos == "VERB" and verb.lemma.lower() in speaking_verbs()

    def may_be_place(self, mention: PlaceMention, *, supported: bool) -> bool:
        """False inside a longer name: a person's, an organization's, a treaty's; and for a surname of the article."""
        tokens = self.annotated.tokens
        sentence = self.annotated.sentence_of(mention.first)
        if supported or mention.direction is not None or mention.region_noun:
            return True
        after = tokens[mention.last] if mention.last < sentence.last else None
        before = tokens[mention.first - 1] if mention.first > sentence.first else None
        if (after is not None and self._joins(after)) or (before is not None and self._leads(before, mention)):
            return False
        towns = all(each.kind is PlaceKind.TOWN and not each.capital for each in mention.candidates)
        if towns and (mention.key in self._persons or self.speaks(mention)):
            return False
        entity = self._entity(mention)
        if towns and entity is not None and entity.label in NO_PLACES and not self.is_struck(mention):
            return False
        if entity is None:
            proper = any(tokens[n].pos in ("PROPN", "ADJ") for n in range(mention.name_first, mention.name_last))
            return self.is_placed(mention) or proper
        longer = entity.last - entity.first > mention.last - mention.first
        if entity.label == "PERSON":
            if longer:
                return self.is_placed(mention) and mention.first == entity.first
            big = any(each.kind is not PlaceKind.TOWN or each.population > WELL_KNOWN for each in mention.candidates)
            return self.is_placed(mention) or self.is_struck(mention) or big or self._is_of_named_country(mention)
        if entity.label in ("ORG", "LAW", "EVENT", "WORK_OF_ART", "PRODUCT", "FAC") and longer:
            rest = [tokens[n].text.lower() for n in range(mention.last, entity.last)]
            return (any(word in self.words.site_nouns for word in rest) and mention.first <= entity.first + 1) or (
                rest[:1] == [","]
                or (not rest and all(tokens[n].pos == "DET" for n in range(entity.first, mention.first)))
            )
        return True

    def _is_of_named_country(self, mention: PlaceMention) -> bool:
        """True for a name of several words, of one place only, whose country the sentence names by its adjective."""
        sentence = self.annotated.sentence_of(mention.first)
        named = {each.country for each in self.demonyms if sentence.first <= each.token < sentence.last}
        several = mention.name_last - mention.name_first > 1
        return several and len(mention.candidates) == 1 and mention.candidates[0].country in named

    def _leads(self, before: Token, mention: PlaceMention) -> bool:
        """True for a word before that makes the name a part of another: "Chelsea *Moor*", "the *Gold*", "The *Atlantic*"."""
        inside = range(mention.first, mention.last)
        if before.head not in inside:
            return False
        if before.pos == "DET":
            towns = all(each.kind is PlaceKind.TOWN and each.geonames_id for each in mention.candidates)
            title = before.text == "The" and before.index != self.annotated.sentence_of(before.index).first
            return towns or title
        if before.pos != "PROPN" or not before.text[:1].isupper() or before.index in self._covered:
            return False
        return before.text.lower() not in self.words.directions.keys() | self.words.site_nouns

    def _person_names(self) -> set[str]:
        """Keys of the first and last words of persons that the article names in full; titles are no names."""
        found: set[str] = set()
        titles = person_nouns()
        for entity in self.annotated.entities:
            words = [self.annotated.tokens[n] for n in range(entity.first, entity.last)]
            names = [each for each in words if each.pos == "PROPN" and each.lemma.lower() not in titles]
            if entity.label == "PERSON" and len(names) >= 2:
                found |= {name_key(names[0].text), name_key(names[-1].text)}
        return found

    def is_seen(self, mention: PlaceMention) -> bool:
        """True when a preposition, a verb or the parser's label says that it is a place."""
        after = self.annotated.tokens[mention.last : mention.last + 1]
        sited = bool(after) and after[0].text.lower() in self.words.site_nouns
        labelled = self._label(mention) in PLACE_LABELS or self._is_of_named_country(mention)
        return self.is_placed(mention) or self.is_struck(mention) or sited or labelled

    def _joins(self, after: Token | None) -> bool:
        """True for a capitalized noun that goes on with the name: "Warsaw *Pact*"."""
        if after is None or after.pos != "PROPN" or not after.text[:1].isupper():
            return False
        other = self._covered.get(after.index)
        land = other is not None and any(each.kind is not PlaceKind.TOWN for each in other.candidates)
        return after.text.lower() not in self.words.site_nouns and not land

    def _entity(self, mention: PlaceMention) -> Entity | None:
        return next(
            (self._entities[n] for n in range(mention.name_first, mention.name_last) if n in self._entities), None
        )

    def _label(self, mention: PlaceMention) -> str | None:
        entity = self._entity(mention)
        return entity.label if entity is not None else None

    def is_placed(self, mention: PlaceMention) -> bool:
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

    def is_struck(self, mention: PlaceMention) -> bool:
        """True for the object of a verb that strikes, visits or leaves places, and before a noun for an event."""
        last = self.annotated.tokens[mention.name_last - 1]
        above = self.annotated.tokens[last.head]
        if last.dep in ("dobj", "nsubjpass"):
            return above.lemma.lower() in self.locating.place_objects
        return last.dep in ("compound", "nmod") and above.text.lower() in self.locating.event_nouns

    def is_named_town(self, mention: PlaceMention) -> bool:
        """ "the town of X", "the village X", "X, a town near Y"."""
        tokens = self.annotated.tokens
        before = [tokens[n].lemma.lower() for n in range(max(0, mention.first - 2), mention.first)]
        after = tokens[mention.last : mention.last + 4]
        return any(word in self.words.town_nouns for word in before) or (
            bool(after) and after[0].text == "," and any(each.lemma.lower() in self.words.town_nouns for each in after)
        )

    def container(self, mention: PlaceMention) -> GazetteerPlace | str | None:
        """What follows as the container: "Paris, Texas", "Tripoli, in the north of Lebanon", "Gori, a Georgian town"."""
        tokens = self.annotated.tokens
        sentence = self.annotated.sentence_of(mention.first)
        end = min(sentence.last, mention.last + CONTAINER_WINDOW)
        if mention.last >= end or tokens[mention.last].text not in (",", "(", "in"):
            return None
        for index in range(mention.last + 1, end):
            other = self._starts.get(index)
            if other is not None and other.candidates:
                lands = [each for each in other.candidates if each.kind in (PlaceKind.COUNTRY, PlaceKind.REGION)]
                hosts = [each for each in lands if any(is_inside(mine, each) for mine in mention.candidates)]
                if not hosts or self._acts(other):
                    return None
                self.containers[other.first] = hosts[0]
                return hosts[0]
            demonym = next((each for each in self.demonyms if each.token == index), None)
            if demonym is not None:
                named = any(tokens[n].lemma.lower() in self.words.town_nouns for n in range(index, min(end, index + 4)))
                return demonym.country if named else None
            if not self._may_lead_to_container(tokens[index]):
                return None
        return None

    def _may_lead_to_container(self, token: Token) -> bool:
        """Words between a town and its container: "in the north of", "the capital of", "a small town in"."""
        word = token.lemma.lower()
        return (
            token.pos in ("DET", "ADJ")
            or word in ("in", "of", "on", "near", "-")
            or (
                word in self.words.town_nouns | self.words.region_nouns | self.words.directions.keys()
                or word in self.locating.part_nouns
            )
        )

    def _acts(self, mention: PlaceMention) -> bool:
        """True for the subject of a verb after it: "in Paris, the United States *led* talks"."""
        last = self.annotated.tokens[mention.name_last - 1]
        verb = self.annotated.tokens[last.head]
        return last.dep in ("nsubj", "nsubjpass") and verb.index > last.index and verb.pos in ("VERB", "AUX")

    def beside(self, mention: PlaceMention) -> str | None:
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
        if previous is not None and tokens[previous.last].text in POSSESSIVE:
            between = tokens[previous.last + 1 : mention.first]
            if all(each.pos in ("ADJ", "NOUN", "ADP") for each in between):
                return next((each.country for each in previous.candidates if each.kind is PlaceKind.COUNTRY), None)
        return None


def is_inside(place: GazetteerPlace, container: GazetteerPlace) -> bool:
    """True for a town or region in a country, and for a town in a region."""
    if place is container or place.country != container.country:
        return False
    if container.kind is PlaceKind.COUNTRY:
        return place.kind is not PlaceKind.COUNTRY
    return place.kind is PlaceKind.TOWN and place.region == container.region
