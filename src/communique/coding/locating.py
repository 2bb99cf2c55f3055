"""Which place an event happened at: one that its own clause puts it in, never the dateline's, the speaker's or another event's.

The words lead from the place up to the event: each step must be one that puts what is above at the place. Unknown when
unsure: an event without a place of its own has none, but for a scene that the next sentence plainly goes on with.
"""

from dataclasses import replace

from communique.codebook.locating import load_locating_words
from communique.coding.place_links import Links
from communique.records import Annotated, Place, Sentence, Token

DATELINE_TOKENS = 16  # the longest head of a report before its dash
DASHES = {"—", "–", "-", "--"}
FINENESS = {"town": 0, "region": 1, "area": 2, "country": 3}
FINER_COST = 7  # steps more that a town may be away than the country that holds it
CONTAINER_TOKENS = 9  # between a town and the country that holds it


class Locator:
    """The places of one article by token."""

    def __init__(self, annotated: Annotated, places: tuple[Place, ...]) -> None:
        self.annotated = annotated
        self.words = load_locating_words()
        self.links = Links(annotated)
        self._heads: list[tuple[int, Place]] = []
        for place in places:
            inside = annotated.tokens_in(place.span)
            if inside and not self._in_dateline(inside[0]):
                head = next((n for n in inside if annotated.tokens[n].head not in inside), inside[0])
                self._heads.append((head, place))

    def of_event(self, trigger: int, rivals: set[int]) -> Place | None:
        """The place of the event at `trigger`; `rivals` are other triggers, whose own places are not taken."""
        sentence = self.annotated.sentence_of(trigger)
        here = self._in_sentence(sentence)
        found: list[tuple[int, int, int, Place]] = []
        for head, place in here:
            cost = self.links.cost(trigger, head, place, rivals)
            if cost is not None:
                found.append((cost, abs(head - trigger), head, place))
        if not found:
            only = self._only_place(trigger, sentence, here)
            return only or self._from_before(trigger, sentence, bool(here))
        cost, _, head, best = min(found, key=lambda each: each[:2])
        finer = [
            each
            for each in found
            if each[3].country == best.country
            and FINENESS[each[3].precision] < FINENESS[best.precision]
            and each[0] <= cost + FINER_COST
        ]
        if finer:  # "In Colombia, … in the town of X"
            return min(finer, key=lambda each: (FINENESS[each[3].precision], *each[:2]))[3]
        return self._finest(head, best, here)

    def _finest(self, head: int, best: Place, here: list[tuple[int, Place]]) -> Place:
        """The town rather than the country beside it: "in Windhoek, Namibia"."""
        finer = [
            (abs(other - head), place)
            for other, place in here
            if FINENESS[place.precision] < FINENESS[best.precision]
            and place.country == best.country
            and best.span.start - place.span.end > 0
            and 0 < head - other <= CONTAINER_TOKENS
            and not any(t.pos in ("VERB", "AUX") for t in self.annotated.tokens[other:head])
        ]
        return min(finer, key=lambda each: each[0])[1] if finer else best

    def _in_sentence(self, sentence: Sentence) -> list[tuple[int, Place]]:
        return [(head, place) for head, place in self._heads if sentence.first <= head < sentence.last]

    def _only_place(self, trigger: int, sentence: Sentence, here: list[tuple[int, Place]]) -> Place | None:
        """The one place of a sentence that tells one event, where the parse has lost the way between both."""
        tokens = self.annotated.tokens
        verbs = [
            each
            for each in self.annotated.sentence_tokens(sentence)
            if each.pos == "VERB" and each.index != trigger and each.dep not in ("amod", "compound")
        ]
        if len(here) != 1 or verbs or self.links.speaks(tokens[trigger]):
            return None
        head, place = here[0]
        first = self.annotated.tokens_in(place.span)[0]
        before = first - 1
        while before > sentence.first and tokens[before].pos == "DET":
            before -= 1
        word = tokens[before].text.lower()
        if word == "of" and tokens[before - 1].lemma.lower() in self.words.part_nouns:
            word = "in"
        origin = word == "from" and tokens[trigger].lemma.lower() in self.words.origin_verbs
        if before < sentence.first or head < trigger or not (word in self.words.locative or origin):
            return None
        if self.links.is_government(head, place) and word in self.words.about:
            return None
        return replace(place, reason=f"{place.reason}; the only place of a sentence with one event")

    def _in_dateline(self, token: int) -> bool:
        """True in "NAIROBI (Own report) —" and "KYIV, Ukraine —" at the head of a paragraph."""
        tokens = self.annotated.tokens
        sentence = self.annotated.sentence_of(token)
        first = sentence.first
        while first > 0 and self.annotated.sentence_of(first - 1).paragraph == sentence.paragraph:
            if token - first > DATELINE_TOKENS:
                return False
            first = self.annotated.sentence_of(first - 1).first
        if token - first > DATELINE_TOKENS or not tokens[first].text[:1].isupper():
            return False
        for each in tokens[first : first + DATELINE_TOKENS]:
            if each.text in DASHES and each.index > token and self._is_spaced(each):
                return tokens[first].text.isupper() or all(
                    t.pos in ("PROPN", "PUNCT", "NUM", "NOUN", "ADJ", "X") for t in tokens[first : each.index]
                )
            if each.pos in ("AUX",) or (each.pos == "VERB" and each.text.islower()):
                return False
        return False

    def _is_spaced(self, dash: Token) -> bool:
        """A dash between words, not a hyphen inside one."""
        text = self.annotated.article.text
        return text[dash.end : dash.end + 1].isspace() or dash.text != "-"

    def _from_before(self, trigger: int, sentence: Sentence, has_places: bool) -> Place | None:
        """The place of the sentence before, where this one points back at it or goes on with the scene's people."""
        if sentence.index == 0:
            return None
        before = self.annotated.sentences[sentence.index - 1]
        if before.paragraph != sentence.paragraph and before.paragraph + 1 != sentence.paragraph:
            return None
        located = [
            (self.links.cost(before.root, head, place, set()), head, place) for head, place in self._in_sentence(before)
        ]
        places = [
            place for cost, head, place in located if cost is not None or self._on_subject(before.root, head, place)
        ]
        if not places or len({place.name for place in places if place.precision == places[0].precision}) > 1:
            return None
        place = min(places, key=lambda each: FINENESS[each.precision])
        if self._points_back(trigger, sentence):
            return replace(place, reason=f"{place.reason}; the words point back at the sentence before")
        root = self.annotated.tokens[before.root]
        same = before.paragraph == sentence.paragraph
        if same and not has_places and not self.links.speaks(root) and self._goes_on(trigger):
            return replace(place, reason=f"{place.reason}; the scene of the sentence before goes on")
        return None

    def _on_subject(self, root: int, head: int, place: Place) -> bool:
        """A place on the subject of a main verb that only says that something happened ("Fighting broke out in X")."""
        return any(
            self.links.cost(child.index, head, place, set()) is not None
            for child in self.annotated.children(root)
            if child.dep in ("nsubj", "nsubjpass")
        )

    def _points_back(self, trigger: int, sentence: Sentence) -> bool:
        tokens = self.annotated.tokens
        for each in self.annotated.sentence_tokens(sentence):
            word = each.text.lower()
            if word in self.words.here and each.dep == "advmod" and each.head in (trigger, tokens[trigger].head):
                return True
            if each.lemma.lower() in self.words.pointing and self._is_definite(each):
                path = [each.index, *(t.index for t in self.annotated.ancestors(each.index))]
                if trigger in path[:4]:
                    return True
        return False

    def _is_definite(self, noun: Token) -> bool:
        """ "the city", "the same building": a definite noun with nothing else to say which."""
        children = list(self.annotated.children(noun.index))
        return any(child.text.lower() in ("the", "this", "that") for child in children) and all(
            child.pos in ("DET", "PUNCT") or child.text.lower() in ("same", "whole", "entire") for child in children
        )

    def _goes_on(self, trigger: int) -> bool:
        """True when a nameless group acts or suffers in an event that is no speech: "Officers shot", "thirty were hurt"."""
        token = self.annotated.tokens[trigger]
        if token.pos != "VERB" or self.links.speaks(token) or token.lemma in self.words.goal_verbs:
            return False
        subject = next((each for each in self.annotated.children(trigger) if each.dep in ("nsubj", "nsubjpass")), None)
        if subject is None or subject.lemma.lower() not in self.words.scene_people:
            return False
        inside = {each.index for each in self.annotated.subtree(subject.index)}
        return not any(
            entity.label in ("GPE", "NORP", "ORG", "PERSON", "LOC") and entity.first in inside
            for entity in self.annotated.entities
        )
