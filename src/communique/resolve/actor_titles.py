"""Role phrases without a name → verdicts: the article's person of that role, the office holder on the day, or the office."""

from communique.codebook.names import fold
from communique.records import Actor
from communique.resolve.actor_lexicon import KnownPerson
from communique.resolve.actor_offices import holder_of
from communique.resolve.actor_persons import Person
from communique.resolve.actor_phrase import Phrase, PhraseKind
from communique.resolve.actor_verdict import Reading, Verdict


class RoleDecider:
    """Decides the role phrases of one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def role(self, phrase: Phrase) -> Verdict:
        noun = phrase.noun
        assert noun is not None
        context = phrase.context
        home = context.entry.name if context.entry is not None else None
        country = context.country
        if phrase.former:
            return Verdict(self.reading.maker.group(phrase, country), "somebody who left the office")
        if noun.noun in self.reading.lexicon.words.relational:
            return self._counterpart(phrase)
        people = self._people_with(noun.noun, country, home, phrase.first) if phrase.definite or country or home else []
        generic = noun.noun in self.reading.lexicon.words.generic and phrase.pronoun is None  # "his envoy" is not he
        if not people and generic and country is not None and home is None:
            people = self._officials_of(country, phrase.first)
        if len(people) == 1:
            return Verdict(self.reading.book.actor(people[0]), "the one person of that role in the article")
        if country is None and home is None and noun.noun in self.reading.bodies and phrase.definite:
            country = self.reading.bodies[noun.noun]
        for where, title in self._titles(phrase, country, home):
            known, names = holder_of(title, where, self.reading.lexicon, self.reading.when)
            if known is not None:
                person = self._person(known, country, phrase)
                if noun.noun not in person.titles:
                    person.titles.append(noun.noun)
                return Verdict(self.reading.book.actor(person), "holder of the office on the article's date")
            if names:
                office = self.reading.maker.office(phrase, country)
                return Verdict(office, "several held the office", candidates=self._holders(names))
        if country is not None or home is not None:
            return Verdict(self.reading.maker.office(phrase, country), "the office; its holder is not known")
        if noun.noun in self.reading.lexicon.words.unspecific and context.sector is None:
            return Verdict(None, "nobody in particular")
        if people or (phrase.definite and noun.sector in self.reading.lexicon.words.state_sectors):
            actors = tuple(self.reading.book.actor(person) for person in people)
            return Verdict(None, "a role that nothing decides", candidates=actors)
        return Verdict(self.reading.maker.group(phrase, None), "somebody unnamed")

    def _counterpart(self, phrase: Phrase) -> Verdict:
        """ "his French counterpart": the French holder of the office that the person named before holds, or that office."""
        country = phrase.context.country
        if phrase.noun is None or phrase.noun.noun != "counterpart" or country is None:
            return Verdict(None, "somebody related to the actor named")
        titles, sectors = self._office_before(phrase)
        candidates: tuple[Actor, ...] = ()
        for title in titles:
            known, names = holder_of(title, country, self.reading.lexicon, self.reading.when)
            if known is not None:
                return Verdict(
                    self.reading.book.actor(self._person(known, country, phrase)), "holder of the same office"
                )
            candidates = candidates or self._holders(names)
        if not titles:
            return Verdict(None, "somebody related to the actor named")
        office = self.reading.maker.same_office(titles[0], country, sectors)
        return Verdict(office, "the same office; its holder is not known", candidates=candidates)

    def _office_before(self, phrase: Phrase) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Titles (what an office is called elsewhere too) and sectors of the last person or office named in the sentence."""
        first = self.reading.annotated.sentence_of(phrase.head).first
        for place, other in reversed(list(enumerate(self.reading.phrases))):
            if not first <= other.first < phrase.first:
                continue
            person = self.reading.book.of_phrase.get(place)
            if person is not None:
                actor = self.reading.book.actor(person)
                return self._called_elsewhere(
                    actor.title or next(iter(person.titles), None), actor.country
                ), actor.sectors
            if other.noun is not None and other.kind is PhraseKind.ROLE:
                sector = other.noun.sector
                return self._called_elsewhere(other.noun.noun, other.context.country), (sector,) if sector else ()
        return (), ()

    def _called_elsewhere(self, title: str | None, country: str | None) -> tuple[str, ...]:
        """The title and the others of its office: a secretary of state's counterpart is a foreign minister."""
        if title is None:
            return ()
        tenures = self.reading.lexicon.titles.get((country, fold(title)), ()) if country is not None else ()
        return tuple(dict.fromkeys((title, *(each for tenure in tenures for each in tenure.office.titles))))

    def _person(self, known: KnownPerson, country: str | None, phrase: Phrase) -> Person:
        person = next((each for each in self.reading.book.people if each.known is known), None)
        if person is None:
            person = Person(name=known.name, known=known, country=country, first_token=phrase.first)
            self.reading.book.people.append(person)
        return person

    def _holders(self, names: tuple[str, ...]) -> tuple[Actor, ...]:
        persons = self.reading.lexicon.persons
        return self.reading.book.actors_of(persons[fold(name)] for name in names if fold(name) in persons)

    def _titles(self, phrase: Phrase, country: str | None, home: str | None) -> list[tuple[str, str]]:
        """(country or organization, title) pairs to look the office up by, the fullest title first."""
        assert phrase.noun is not None
        tokens = self.reading.annotated.tokens[phrase.first : phrase.last]
        opening = next(
            (each for each, token in enumerate(tokens) if token.pos not in ("DET", "ADJ") and token.tag != "POS"), 0
        )
        full = " ".join(token.text for token in tokens if token.tag not in ("POS", "PRP$"))
        later = " ".join(token.text for token in tokens[opening:])
        modified = phrase.context.institution is not None or phrase.context.entry is not None
        titles = [full, later, *([] if modified else [phrase.noun.noun])]
        pairs = [(where, title) for where in (home, country) if where is not None for title in titles]
        return pairs + ([(home, phrase.noun.noun)] if home is not None else [])

    def _officials_of(self, country: str, before: int) -> list[Person]:
        """The government's people of a country named before the token."""
        return [
            person
            for person in self.reading.book.people
            if person.first_token < before
            and self.reading.book.actor(person).country == country
            and "GOV" in self.reading.book.actor(person).sectors
        ]

    def _people_with(self, title: str, country: str | None, home: str | None, before: int) -> list[Person]:
        """Persons of the article whose title, text's or codebook's, has the words; those named before, else all."""
        fitting = []
        for person in self.reading.book.people:
            actor = self.reading.book.actor(person)
            titles = [*person.titles, actor.title or ""]
            wanted = set(fold(title).split())
            if not any(wanted <= set(fold(each).split()) for each in titles):
                continue
            if country is not None and actor.country != country:
                continue
            if home is not None and actor.organization != home:
                continue
            fitting.append(person)
        earlier = [person for person in fitting if person.first_token < before]
        return earlier or fitting
