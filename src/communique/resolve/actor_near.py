"""Which country an unnamed body or group belongs to, when its own words do not say.

The nearest place for people, the country spoken of for bodies and office holders.
"""

from collections import Counter

from communique.codebook.countries import CountryForm
from communique.records import Annotated, Sentence
from communique.resolve.actor_lexicon import Lexicon
from communique.resolve.actor_phrase import Phrase, PhraseKind
from communique.resolve.actor_places import find_city

ARMED = frozenset({"REB", "UAF", "MIL", "CRM", "PRM", "GOV"})  # these may be far from the place spoken of
OFFICIAL = frozenset({"LEG", "JUD", "COP"})  # these are of some state: the one country of the article
DOMINANT = 2  # times as often as any other country


class Surroundings:
    """The countries and places that an article names, by token."""

    def __init__(self, annotated: Annotated, lexicon: Lexicon, phrases: list[Phrase]) -> None:
        self.annotated = annotated
        self.lexicon = lexicon
        self.states = [
            (phrase.head, phrase.form.code)
            for phrase in phrases
            if phrase.form is not None and phrase.kind in (PhraseKind.STATE, PhraseKind.TOWN)
        ]
        self.places = sorted({*self._named_places(phrases), *self._towns()})
        counts = Counter(code for _, code in [*self.states, *self.places])
        ranked = counts.most_common(2)
        self.dominant: str | None = None
        if ranked and (len(ranked) == 1 or ranked[0][1] >= DOMINANT * ranked[1][1]):
            self.dominant = ranked[0][0]

        around = [phrase.context.country for phrase in phrases if phrase.context.country is not None]
        codes = {*around, *(code for _, code in [*self.states, *self.places])}
        self.sole: str | None = codes.pop() if len(codes) == 1 else None

        inside = {code for _, code in self.places}
        self.sole_place: str | None = inside.pop() if len(inside) == 1 else None

    def add_people(self, people: list[tuple[int, str]]) -> None:
        """Persons of known country count as their country for what stands behind them ("Sheinbaum … the National Guard")."""
        self.states = sorted({*self.states, *people})

    def last_place(self, token: int) -> str | None:
        """The country of the last place named before the token, anywhere in the article."""
        before = [code for place, code in self.places if place < token]
        return before[-1] if before else None

    def locative(self, token: int) -> bool:
        """True when the town at the token is a place and not a government: "in Geneva", "flew to Moscow", a dateline."""
        tokens = self.annotated.tokens
        current = tokens[token]
        sentence = self.annotated.sentence_of(token)
        if token - sentence.first <= 2 and self._opens_block(sentence.first) and self._dateline(token, sentence.last):
            return True
        for _ in range(4):
            if current.dep in ("conj", "appos", "compound") and current.head != current.index:
                current = tokens[current.head]
            else:
                break
        governor = tokens[current.head]
        words = self.lexicon.words
        if current.dep in ("pobj", "pcomp") and governor.pos in ("ADP", "ADV", "SCONJ", "PART"):
            preposition = governor.text.lower()
            if preposition in words.locative:
                return True
            if preposition in ("to", "from", "for", "of"):
                above = tokens[governor.head]
                return preposition in ("to", "from", "for") and above.lemma.lower() in words.motion
            return preposition in ("near", "on")
        if current.dep in ("npadvmod", "advmod"):
            return True
        before = tokens[token - 1].text.lower() if token > sentence.first else ""
        return before in words.locative

    def place_near(self, phrase: Phrase) -> str | None:
        """The country of the nearest place in the sentence, else of the last one in the paragraph before it."""
        sentence = self.annotated.sentence_of(phrase.head)
        inside = [
            (abs(token - phrase.head), code) for token, code in self.places if sentence.first <= token < sentence.last
        ]
        if inside:
            return min(inside)[1]
        before = [
            code
            for token, code in self.places
            if token < sentence.first and self.annotated.sentence_of(token).paragraph == sentence.paragraph
        ]
        if before:
            return before[-1]
        if phrase.noun is None or phrase.noun.sector in ARMED:
            return self.sole
        return self.sole_place or (self.sole if phrase.noun.sector in OFFICIAL else None)

    def country_near(self, phrase: Phrase) -> str | None:
        """For bodies and office holders: the nearest country before in the sentence, or in the one before; else the dominant."""
        sentence = self.annotated.sentence_of(phrase.head)
        before = [(token, code) for token, code in self.states if sentence.first <= token < phrase.first]
        acting = [code for token, code in before if not self.locative(token)]  # "met rebels in Caracas, but the army …"
        if acting:
            return acting[-1]
        placed = before[-1][1] if before else None
        return self._subject_before(sentence) or placed or self.dominant or self.sole

    def _subject_before(self, sentence: Sentence) -> str | None:
        """The state that the sentence before is about: "Indonesia threatened … Trade Minister X said …"."""
        if sentence.index == 0:
            return None
        before = self.annotated.sentences[sentence.index - 1]
        if sentence.paragraph - before.paragraph > 1:
            return None
        tokens = self.annotated.tokens
        subjects = {
            code
            for token, code in self.states
            if before.first <= token < before.last and tokens[token].dep in ("nsubj", "nsubjpass")
        }
        if len(subjects) > 1:  # "Indonesia threatened to act unless New Delhi withdraws": what Indonesia did is told
            subjects = {
                code
                for token, code in self.states
                if tokens[token].dep == "nsubj" and tokens[token].head == before.root
            }
        return subjects.pop() if len(subjects) == 1 else None

    def _dateline(self, token: int, end: int) -> bool:
        """ "KINSHASA, May 3 (Agency) - …", "Bratislava." """
        words = [each.text for each in self.annotated.tokens[token + 1 : min(end, token + 10)]]
        if not words or words == ["."]:
            return end - token <= 2
        dash = any(word in ("-", "—", "–", "--") for word in words)
        return words[0] in ("(", "—", "–", "--") or (dash and words[0] in (",", "-", "/"))

    def _opens_block(self, first: int) -> bool:
        sentence = self.annotated.sentence_of(first)
        return sentence.index == 0 or self.annotated.sentences[sentence.index - 1].paragraph != sentence.paragraph

    def _named_places(self, phrases: list[Phrase]) -> list[tuple[int, str]]:
        return [
            (phrase.head, phrase.form.code)
            for phrase in phrases
            if phrase.form is not None
            and phrase.form.form in (CountryForm.NAME, CountryForm.CAPITAL, CountryForm.REGION)
            and self.locative(phrase.head)
        ]

    def _towns(self) -> list[tuple[int, str]]:
        found = []
        for entity in self.annotated.entities:
            if entity.label in ("GPE", "LOC", "FAC"):
                city = find_city(self.annotated, entity.first, entity.last, self.lexicon)
                if city is not None and self.locative(entity.last - 1):
                    found.append((entity.last - 1, city.country))
        return found
