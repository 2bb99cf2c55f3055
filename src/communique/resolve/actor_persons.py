"""Name phrases of one article → persons: one person under several spellings, with what the text and dated offices say.

A person is learned from the fullest naming and then recognized by surname; titles add up over the mentions ("Iranian Foreign
Minister X", later "X", "the minister").
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import islice

from rapidfuzz.fuzz import ratio

from communique.codebook.names import fold, plain
from communique.records import Actor, ActorKind, Annotated, Token, make_actor
from communique.resolve.actor_lexicon import KnownPerson, Lexicon
from communique.resolve.actor_names import label_of, organization_sector
from communique.resolve.actor_offices import (
    Range,
    known_by_full_name,
    known_by_surname,
    post_of,
    title_fits,
)
from communique.resolve.actor_phrase import Phrase, PhraseKind
from communique.resolve.actor_places import find_city
from communique.resolve.actor_sectors import sector_of, top_codes

MOST_CANDIDATES = 5
SAME_SPELLING = 88  # rapidfuzz ratio of two full names in one article
CALLINGS = frozenset({"REL", "EDU", "MED", "JRN", "COP", "LAB", "AGR", "CVL", "REF"})
NOMINAL_PLACES = frozenset({"dobj", "pobj", "dative", "conj", "appos"})
PLACES = frozenset({"GPE", "LOC", "FAC", "PRODUCT", "EVENT", "LAW", "WORK_OF_ART"})
SPEECH_SUBJECT = frozenset({"nsubj", "nsubjpass", "poss", "agent"})


@dataclass(slots=True)
class Person:
    """Somebody of this article; grows while the article is read, then becomes an Actor."""

    name: str
    known: KnownPerson | None = None
    country: str | None = None
    organization: str | None = None
    sectors: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    former: bool = False
    called: str | None = None  # the collective noun in the title: "Alliance leader"
    private: bool = False  # named with an age and no title: "Jamil, 58,"
    first_token: int = 0
    mentions: list[int] = field(default_factory=list)

    def words(self) -> list[str]:
        """Folded words of the fullest name."""
        return fold(self.name).split()

    def titled(self, title: str) -> bool:
        """True when the words could name an office that the text or the codebook gives this person."""
        wanted = set(fold(title).split())
        return any(wanted <= set(fold(each).split()) for each in self.titles)


class PersonBook:
    """The persons of one article."""

    def __init__(self, annotated: Annotated, lexicon: Lexicon, when: Range) -> None:
        self.annotated = annotated
        self.lexicon = lexicon
        self.when = when
        self.people: list[Person] = []
        self.of_phrase: dict[int, Person] = {}
        self.considered: dict[int, tuple[KnownPerson, ...]] = {}

    def learn(self, phrases: list[Phrase]) -> None:
        """Groups the name phrases (by position in `phrases`): full names first, then surnames with a title, then surnames."""
        named = [
            (place, phrase)
            for place, phrase in enumerate(phrases)
            if phrase.kind is PhraseKind.PERSON and not self.names_thing(phrase)
        ]
        full = [(place, phrase) for place, phrase in named if self._length(phrase) > 1 and self.is_person(phrase)]
        short = [(place, phrase) for place, phrase in named if self._length(phrase) == 1]
        for place, phrase in full:
            self._note(place, phrase, self._by_full_name(phrase))
        for place, phrase in named:
            inside = self._in_article(phrase) if self._length(phrase) > 1 and place not in self.of_phrase else None
            self._note(place, phrase, inside)
        for place, phrase in short:
            if phrase.noun is not None or self._courtesy(phrase):
                self._note(place, phrase, self._by_surname(place, phrase))
        for place, phrase in short:
            if place not in self.of_phrase:
                person = self._by_surname(place, phrase) if self.is_person(phrase) else self._in_article(phrase)
                if person is not None:
                    self._note(place, phrase, person)

    def names_thing(self, phrase: Phrase) -> bool:
        """ "the trade union Zeleznicna Unia": the noun before the name is no person's."""
        words = self.lexicon.words
        return (
            phrase.noun is not None
            and phrase.known is None
            and (phrase.noun.noun in words.collective or phrase.noun.noun in words.things)
        )

    def name_of(self, phrase: Phrase) -> str:
        """The name as the article spells it, on one line."""
        assert phrase.name is not None
        span = self.annotated.span(*phrase.name)
        return " ".join(self.annotated.article.quote(span).split())

    def is_person(self, phrase: Phrase) -> bool:
        """Whether an unknown capitalized name is a person's: title, codebook, the parser's label, the grammar, in this order."""
        if phrase.known is not None or phrase.noun is not None or self._courtesy(phrase):
            return True
        assert phrase.name is not None
        first, last = phrase.name
        words = [token.text for token in self.annotated.tokens[first:last]]
        if organization_sector(words, self.lexicon) is not None:
            return False
        label = label_of(self.annotated, first, last)
        if self.annotated.tokens[last - 1].tag == "NNPS" and label != "PERSON":
            return False  # "Maoists"
        city = find_city(self.annotated, first, last, self.lexicon)
        if len(words) == 1 and city is not None and city.large and self._in_article(phrase) is None:
            return False
        if label == "PERSON" or (len(words) > 1 and fold(words[0]) in self.lexicon.given_names):
            return plain(words[-1]) not in self.lexicon.words.no_actors
        if (
            len(words) > 1
            and city is None
            and label in (None, "ORG")
            and self._apposed(self.annotated.tokens[phrase.head])
        ):
            return True
        name = self.name_of(phrase)
        if len(words) > 1:
            known = known_by_full_name(name, self.lexicon, self.when, phrase.context.country, None)
            if known is not None:
                return True
        head = self.annotated.tokens[phrase.head]
        agent = head.dep in SPEECH_SUBJECT
        if len(words) == 1:
            people = known_by_surname(name, self.lexicon, self.when, None, None, None)
            if label != "PERSON" and self._placed(head):
                return False  # "a refugee centre in Kerry"
            named_so = agent or label is None or (label not in PLACES and head.dep in NOMINAL_PLACES)
            return people[0] is not None and named_so and (city is None or agent)
        return label is None and agent and city is None

    def actors_of(self, people: Iterable[KnownPerson]) -> tuple[Actor, ...]:
        """People of the codebook as actors of the article's date, the first few."""
        return tuple(self.actor(Person(name=known.name, known=known)) for known in islice(people, MOST_CANDIDATES))

    def actor(self, person: Person) -> Actor:
        """The person as an Actor, with the post at the article's date."""
        state = self.lexicon.words.state_sectors
        if person.known is not None:
            title = person.titles[0] if person.titles else None
            post = post_of(person.known, self.when, title, state)
            sectors = post.sectors or tuple(dict.fromkeys(person.sectors)) or person.known.tenures[0].office.sectors
            if person.former and sectors and sectors[0] in state:
                sectors = ("ELI",)
            return make_actor(
                name=person.known.name,
                kind=ActorKind.PERSON,
                country=post.country or self._home(post.organization) or person.country,
                sectors=self._with_top_code(sectors, post.organization),
                organization=post.organization or person.organization,
                title=post.title or (title if not post.former else None),
            )
        own = ("CVL",) if person.private else ()
        return make_actor(
            name=person.name,
            kind=ActorKind.PERSON,
            country=person.country or self._home(person.organization),
            sectors=self._with_top_code(tuple(dict.fromkeys(person.sectors)) or own, person.organization),
            organization=person.organization,
            title=person.titles[0] if person.titles else None,
        )

    def _with_top_code(self, sectors: tuple[str, ...], organization: str | None) -> tuple[str, ...]:
        """The organization's IGO, UNO or EUR after the person's own sectors."""
        entry = self.lexicon.organizations.get(organization) if organization else None
        return sectors + tuple(top_codes(entry, sectors))

    def _home(self, organization: str | None) -> str | None:
        entry = self.lexicon.organizations.get(organization) if organization else None
        return entry.country if entry is not None else None

    def note_role(self, person: Person, phrase: Phrase) -> None:
        """Adds what a title phrase says: country, organization, sector, title."""
        noun = phrase.noun
        if noun is None:
            person.country = person.country or (None if person.known else phrase.context.country)
            return
        country = phrase.context.country
        if phrase.context.entry is not None:
            person.organization = person.organization or phrase.context.entry.name
        person.country = person.country or country
        person.called = person.called or phrase.context.called
        sector = sector_of(noun, phrase.context, former=phrase.former, words=self.lexicon.words)
        if sector is not None and sector not in person.sectors:
            person.sectors.append(sector)
        if not noun.abbreviation and noun.noun not in person.titles:
            person.titles.append(noun.noun)
        person.former = person.former or phrase.former

    def _note(self, place: int, phrase: Phrase, person: Person | None) -> None:
        if person is None:
            return
        self.of_phrase[place] = person
        person.mentions.append(place)
        name = self.name_of(phrase)
        if len(name.split()) > len(person.name.split()):
            person.name = name
        self.note_role(person, phrase)
        person.private = person.private or (not person.titles and self._aged(phrase.last))
        if person.known is None and phrase.known is not None:
            person.known = phrase.known

    def _by_full_name(self, phrase: Phrase) -> Person:
        name = self.name_of(phrase)
        known = phrase.known
        home = phrase.context.entry.name if phrase.context.entry is not None else None
        if known is not None and len(self._namesakes(known)) > 1:
            known = self._right_namesake(known, phrase)
        if known is None:
            known = known_by_full_name(name, self.lexicon, self.when, phrase.context.country, home)
        same = next((person for person in self.people if known is not None and person.known is known), None)
        if same is not None:
            return same
        open_to = [person for person in self.people if known is None or person.known is None]
        alike = max(open_to, key=lambda person: _likeness(name, person.name), default=None)
        if alike is not None and _likeness(name, alike.name):
            alike.known = alike.known or known
            return alike
        person = Person(name=name, known=known, first_token=phrase.first)
        self.people.append(person)
        return person

    def _by_surname(self, place: int, phrase: Phrase) -> Person | None:
        name = self.name_of(phrase)
        inside = self._in_article(phrase)
        if inside is not None:
            return inside
        if any(fold(name) == person.words()[-1] for person in self.people):
            return None  # two of that name: unresolved
        title = phrase.noun.noun if phrase.noun is not None and not phrase.noun.abbreviation else None
        home = phrase.context.entry.name if phrase.context.entry is not None else None
        known, considered = known_by_surname(name, self.lexicon, self.when, phrase.context.country, home, title)
        self.considered[place] = considered
        if known is not None and phrase.noun is not None and phrase.noun.sector in CALLINGS:
            held = {sector for tenure in known.tenures for sector in tenure.office.sectors}
            known = known if phrase.noun.sector in held else None  # "Pope Francis" is not the diplomat Francis
        for person in self.people:
            if known is not None and person.known is known:
                return person
        if known is None and len(considered) > 1 and title is None:
            return None
        person = Person(name=name, known=known, first_token=phrase.first)
        self.people.append(person)
        return person

    def _in_article(self, phrase: Phrase) -> Person | None:
        """The one person of the article whose name ends on (or, failing that, holds) these words."""
        words = fold(self.name_of(phrase)).split()
        ending = [
            person for person in self.people if person.words()[-len(words) :] == words or _is_surname(person, words)
        ]
        holding = ending or [person for person in self.people if set(words) <= set(person.words())]
        if phrase.context.country and len(holding) > 1:
            holding = [person for person in holding if person.country in (phrase.context.country, None)]
        return holding[0] if len(holding) == 1 else None

    def _namesakes(self, known: KnownPerson) -> list[KnownPerson]:
        return [person for person in self.lexicon.surnames.get(fold(known.surname), ()) if person.name == known.name]

    def _right_namesake(self, known: KnownPerson, phrase: Phrase) -> KnownPerson:
        """Of two people with one name, the one whose country, title or dates fit."""
        title = phrase.noun.noun if phrase.noun is not None else None

        def fit(person: KnownPerson) -> int:
            country = phrase.context.country in {tenure.office.country for tenure in person.tenures}
            titled = bool(title) and any(title_fits(str(title), tenure) for tenure in person.tenures)
            serving = any(tenure.covers(*self.when) for tenure in person.tenures)
            return 4 * country + 2 * titled + serving

        return max(self._namesakes(known), key=fit)

    def _placed(self, head: Token) -> bool:
        return head.dep == "pobj" and self.annotated.tokens[head.head].text.lower() in self.lexicon.words.locative

    def _apposed(self, head: Token) -> bool:
        """ "his peace commissioner, Otty Patino,": a name set beside a title."""
        words, title = self.lexicon.words, self.annotated.tokens[head.head]
        noun = words.nouns.get(title.lemma.lower()) if title.tag in ("NN", "NNP") else None
        thing = noun is not None and (noun.noun in words.collective or noun.noun in words.things)
        return head.dep == "appos" and noun is not None and not thing

    def _aged(self, position: int) -> bool:
        following = [token.text for token in self.annotated.tokens[position : position + 3]]
        return len(following) == 3 and following[0] == "," and following[1].isdigit() and following[2] in (",", ".")

    def _length(self, phrase: Phrase) -> int:
        return phrase.name[1] - phrase.name[0] if phrase.name is not None else 0

    def _courtesy(self, phrase: Phrase) -> bool:
        assert phrase.name is not None
        first = phrase.name[0]
        return first > 0 and self.annotated.tokens[first - 1].text in self.lexicon.words.courtesies


def _likeness(one: str, other: str) -> int:
    """3 for the same words, 2 when one ends on the other, 1 for a part with the same end or nearly the same spelling, else 0."""
    shorter, longer = sorted((fold(one).split(), fold(other).split()), key=len)
    if shorter == longer:
        return 3
    if len(shorter) > 1 and longer[-len(shorter) :] == shorter:
        return 2
    if len(shorter) > 1 and shorter[-1] == longer[-1] and set(shorter) <= set(longer):
        return 1
    return int(shorter[0][:1] == longer[0][:1] and ratio(" ".join(shorter), " ".join(longer)) >= SAME_SPELLING)


def _is_surname(person: Person, words: list[str]) -> bool:
    return person.known is not None and fold(person.known.surname).split() == words
