"""Annotated article → Cast: every mention of an actor in text order, resolved or not, with the rule that decided.

Names and titles come from the codebook, from the words around them and from dated offices on the article's date;
what was learned from one mention serves the later ones ("Sherman", "the minister", "the bloc").
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from communique.codebook.actors import ActorEntry
from communique.codebook.countries import CountryForm
from communique.codebook.names import fold, plain, split_pieces
from communique.records import Actor, ActorKind, Annotated, Cast, Mention, MentionKind, make_actor, make_id
from communique.resolve.actor_context import Context
from communique.resolve.actor_lexicon import KnownPerson, load_lexicon
from communique.resolve.actor_making import ActorMaker
from communique.resolve.actor_names import label_of, organization_sector
from communique.resolve.actor_near import Surroundings
from communique.resolve.actor_offices import Range, holder_of
from communique.resolve.actor_persons import Person, PersonBook
from communique.resolve.actor_phrases import Phrase, PhraseKind, PhraseReader
from communique.resolve.actor_places import find_city
from communique.resolve.actor_pronouns import PronounFinder
from communique.resolve.actor_roles import apposed_person

ACTING = frozenset({"nsubj", "nsubjpass", "poss", "pobj", "dobj", "appos", "conj", "agent", "ROOT"})
KINDS = {
    PhraseKind.STATE: MentionKind.NAME,
    PhraseKind.TOWN: MentionKind.NAME,
    PhraseKind.ORGANIZATION: MentionKind.NAME,
    PhraseKind.BODY: MentionKind.NAME,
    PhraseKind.PERSON: MentionKind.NAME,
    PhraseKind.ROLE: MentionKind.ROLE,
    PhraseKind.GROUP: MentionKind.DESCRIPTION,
    PhraseKind.SHORT: MentionKind.DESCRIPTION,
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """Who a phrase is: None for nobody that is known; `skip` when it is no actor at all here ("in Geneva")."""

    actor: Actor | None
    reason: str
    skip: bool = False
    candidates: tuple[str, ...] = ()


def find_cast(annotated: Annotated, user_actors: Sequence[ActorEntry] = ()) -> Cast:
    """All actor mentions of the article. Dated offices use its publication date, else its bounds; without both none is used."""
    return CastFinder(annotated, tuple(user_actors)).find()


def article_range(annotated: Annotated) -> Range:
    """The days on which the article may have been published."""
    article = annotated.article
    if article.published is not None:
        return article.published.day, article.published.day
    if article.published_between is not None:
        earliest, latest = article.published_between
        return earliest or latest, latest or earliest
    return None, None


class CastFinder:
    """Decides the phrases of one article in order; holds what was learned on the way."""

    def __init__(self, annotated: Annotated, user_actors: tuple[ActorEntry, ...]) -> None:
        self.annotated = annotated
        self.lexicon = load_lexicon(user_actors)
        self.when = article_range(annotated)
        self.phrases = PhraseReader(annotated, self.lexicon).read()
        self.maker = ActorMaker(annotated, self.lexicon)
        self.near = Surroundings(annotated, self.lexicon, self.phrases)
        self.book = PersonBook(annotated, self.lexicon, self.when)
        self.actors: dict[str, Actor] = {}
        self.named: list[tuple[int, Actor, ActorEntry | None]] = []  # organizations so far: (token, actor, entry)
        self.bodies: dict[str, str] = {}  # institution or title → country it was last named with

    def find(self) -> Cast:
        """The cast."""
        self.book.learn(self.phrases)
        self._learn_roles()
        self._settle_countries()
        people = [(self.phrases[place].head, self.book.actor(person).country) for place, person in self.book.of_phrase.items()]
        self.near.add_people([(head, country) for head, country in people if country is not None])
        mentions: list[Mention] = []
        owned: list[Phrase] = []
        for place, phrase in enumerate(self.phrases):
            if phrase.pronoun is not None and phrase.context.empty and place not in self.book.of_phrase:
                owned.append(phrase)
                continue
            verdict = self._decide(place, phrase)
            if verdict.skip:
                continue
            if verdict.actor is not None:
                self.actors.setdefault(verdict.actor.id, verdict.actor)
            mentions.append(self._mention(phrase.first, phrase.last, phrase.head, KINDS[phrase.kind], verdict))
        mentions = _without_doubles(mentions)
        for token, actor_id, reason in PronounFinder(self.annotated, mentions, self.actors).find():
            verdict = Verdict(self.actors[actor_id], reason)
            mentions.append(self._mention(token, token + 1, token, MentionKind.PRONOUN, verdict))
        mentions += self._decide_owned(owned, mentions)
        mentions.sort(key=lambda mention: (mention.span.start, -mention.span.end))
        used = {mention.actor_id for mention in mentions}
        return Cast(actors=tuple(each for each in self.actors.values() if each.id in used), mentions=tuple(mentions))

    def _decide_owned(self, phrases: list[Phrase], mentions: list[Mention]) -> list[Mention]:
        """ "her government", "its troops": of the country of whoever the pronoun is."""
        owners = {mention.head: mention.actor_id for mention in mentions if mention.kind is MentionKind.PRONOUN}
        found = []
        for phrase in phrases:
            owner = self.actors.get(owners.get(phrase.pronoun or -1) or "")
            if owner is None or owner.country is None:
                verdict = Verdict(None, "whose it is, nothing decides")
            else:
                verdict = self._decide(-1, replace(phrase, context=Context(country=owner.country)))
            if verdict.actor is not None:
                self.actors.setdefault(verdict.actor.id, verdict.actor)
            if not verdict.skip:
                found.append(self._mention(phrase.first, phrase.last, phrase.head, KINDS[phrase.kind], verdict))
        return found

    def _mention(self, first: int, last: int, head: int, kind: MentionKind, verdict: Verdict) -> Mention:
        span = self.annotated.span(first, last)
        actor_id = verdict.actor.id if verdict.actor is not None else None
        return Mention(
            id=make_id("mention", self.annotated.article.id, span.start, span.end, actor_id),
            span=span,
            head=head,
            kind=kind,
            actor_id=actor_id,
            candidates=verdict.candidates,
            reason=verdict.reason,
        )

    def _learn_roles(self) -> None:
        """Titles set beside a name: "X, the head of Y,", "Y's prime minister, X", "X is the head of Y"."""
        for place, phrase in enumerate(self.phrases):
            if phrase.kind not in (PhraseKind.ROLE, PhraseKind.GROUP) or phrase.noun is None or phrase.plural:
                continue
            if phrase.noun.noun in self.lexicon.words.collective or (
                phrase.noun.noun in self.lexicon.words.stand_for_state and phrase.kind is PhraseKind.GROUP
            ):
                continue
            beside = apposed_person(self.annotated, self.phrases, place, set(self.book.of_phrase))
            if beside is not None:
                person = self.book.of_phrase[beside]
                self.book.note_role(person, phrase)
                self.book.of_phrase[place] = person

    def _settle_countries(self) -> None:
        """An office holder whose words give no country belongs to the country spoken of ("Economy Minister Marcelo Ebrard")."""
        for person in self.book.people:
            state = set(person.sectors) & {"GOV", "LEG", "MIL", "COP", "JUD", "SPY"}
            if person.known is None and person.country is None and person.organization is None and state:
                phrase = self.phrases[person.mentions[0]]
                person.country = self.near.country_near(phrase)
            elif person.private and person.country is None and person.known is None:
                phrase = self.phrases[person.mentions[0]]
                person.country = self.near.place_near(phrase) or self.near.last_place(phrase.first)

    def _decide(self, place: int, phrase: Phrase) -> Verdict:
        person = self.book.of_phrase.get(place)
        if person is not None:
            return Verdict(self.book.actor(person), "name" if phrase.name is not None else "title set beside the name")
        match phrase.kind:
            case PhraseKind.STATE:
                return self._state(phrase)
            case PhraseKind.TOWN:
                return self._town(phrase)
            case PhraseKind.ORGANIZATION:
                return self._entry(phrase)
            case PhraseKind.BODY:
                return self._body(phrase)
            case PhraseKind.PERSON:
                return self._unknown_name(place, phrase)
            case PhraseKind.ROLE:
                return self._role(phrase)
            case PhraseKind.SHORT:
                return self._short(phrase)
            case _:
                return self._group(phrase)

    def _state(self, phrase: Phrase) -> Verdict:
        assert phrase.form is not None
        region = phrase.form.region is not None and phrase.form.sector is None
        if region and (self.near.locative(phrase.head) or phrase.form.form is CountryForm.ADJECTIVE):
            return Verdict(None, "a region as a place", skip=True)
        return Verdict(self.maker.country_form(phrase.form), f"country {phrase.form.form}")

    def _town(self, phrase: Phrase) -> Verdict:
        assert phrase.form is not None
        if self.near.locative(phrase.head):
            return Verdict(None, "a town as a place", skip=True)
        return Verdict(self.maker.state(phrase.form.code), "capital standing for its government")

    def _organization(self, phrase: Phrase, actor: Actor, entry: ActorEntry | None, reason: str) -> Verdict:
        self.named.append((phrase.first, actor, entry))
        return Verdict(actor, reason)

    def _entry(self, phrase: Phrase) -> Verdict:
        """A codebook name; "the US Foreign Office" is not Britain's."""
        entry = phrase.entry
        assert entry is not None
        country = phrase.context.country
        if entry.body is not None and country is not None and country != entry.country:
            institution = next((i for i in self.lexicon.words.institutions.values() if i.body == entry.body), None)
            if institution is not None:
                actor = self.maker.body(institution, country)
                return self._organization(phrase, actor, None, "body of the country named")
        return self._organization(phrase, self.maker.entry(entry), entry, "codebook name")

    def _body(self, phrase: Phrase) -> Verdict:
        institution = phrase.institution
        assert institution is not None
        proper = self._proper_name(phrase)
        if proper is not None:
            return proper
        entry = phrase.context.entry
        if entry is not None and phrase.context.country is None:
            part = make_actor(
                name=f"{institution.name} of {entry.name}",
                kind=ActorKind.BODY,
                sectors=(institution.sector, *entry.sectors[1:2]),
                organization=entry.name,
            )
            return self._organization(phrase, self.maker.entry(entry) if institution.state else part, None, "part of it")
        country = phrase.context.country or self.bodies.get(institution.body) or self.near.country_near(phrase)
        if country is None:
            return Verdict(self.maker.group(phrase, None), "a body of no known country")
        if phrase.context.region is not None:
            return self._organization(phrase, self.maker.regional(phrase, institution, country), None, "body of a region or town")
        self.bodies[institution.body] = country
        reason = "body of the country named" if phrase.context.country else "body of the country spoken of"
        return self._organization(phrase, self.maker.body(institution, country, phrase), None, reason)

    def _unknown_name(self, place: int, phrase: Phrase) -> Verdict:
        """A capitalized name that is no person: an organization by its own words or label, a town, or nobody."""
        assert phrase.name is not None
        first, last = phrase.name
        considered = self.book.considered.get(place, ())
        if considered:
            return Verdict(None, "several of that name", candidates=tuple(person.name for person in considered))
        words = [token.text for token in self.annotated.tokens[first:last]]
        if len(words) == 1 and fold(words[0]) in self.lexicon.surnames:
            names = tuple(person.name for person in self.lexicon.surnames[fold(words[0])])
            return Verdict(None, "a surname that nothing decides", candidates=names)
        label = label_of(self.annotated, first, last)
        sector = organization_sector(words, self.lexicon)
        city = find_city(self.annotated, first, last, self.lexicon)
        token = self.annotated.tokens[phrase.head]
        whole = city is not None and fold(city.name) == fold(" ".join(words))
        if plain(words[-1]) in self.lexicon.words.no_actors:
            return Verdict(None, "a capitalized name of something else", skip=True)
        acting = token.dep in ACTING and not self._title_case(first)
        if (sector is not None and len(words) > 1) or (label == "ORG" and not whole and acting):
            country = phrase.context.country or (city.country if city is not None else None)
            name = self.annotated.article.quote(self.annotated.span(first, last))
            actor = make_actor(
                name=" ".join(name.split()),
                kind=ActorKind.ORGANIZATION,
                country=country,
                sectors=(sector,) if sector else (),
            )
            return self._organization(phrase, actor, None, "name of an organization")
        if city is not None and whole and token.dep in ("nsubj", "nsubjpass", "ROOT") and not self.near.locative(phrase.head):
            actor = make_actor(name=city.name, kind=ActorKind.GROUP, country=city.country, sectors=("CVL",))
            return Verdict(actor, "a town standing for its people")
        return Verdict(None, "no actor", skip=True)

    def _title_case(self, token: int) -> bool:
        """A headline in capitals, where capitals tell nothing."""
        words = [each for each in self.annotated.sentence_tokens(self.annotated.sentence_of(token)) if each.text.isalpha()]
        return len(words) > 2 and sum(each.text[:1].isupper() for each in words) > 0.6 * len(words)

    def _role(self, phrase: Phrase) -> Verdict:
        noun = phrase.noun
        assert noun is not None
        context = phrase.context
        proper = self._proper_name(phrase)
        if proper is not None:
            return proper
        home = context.entry.name if context.entry is not None else None
        country = context.country
        if phrase.former:
            return Verdict(self.maker.group(phrase, country), "somebody who left the office")
        if noun.noun in self.lexicon.words.relational:
            return self._counterpart(phrase)
        people = self._people_with(noun.noun, country, home, phrase.first) if phrase.definite or country or home else []
        if len(people) == 1:
            return Verdict(self.book.actor(people[0]), "the one person of that role in the article")
        if country is None and home is None and noun.noun in self.bodies and phrase.definite:
            country = self.bodies[noun.noun]
        for where, title in self._titles(phrase, country, home):
            known, names = holder_of(title, where, self.lexicon, self.when)
            if known is not None:
                person = self._person(known, country, phrase)
                if noun.noun not in person.titles:
                    person.titles.append(noun.noun)
                return Verdict(self.book.actor(person), "holder of the office on the article's date")
            if names:
                return Verdict(self.maker.office(phrase, country), "several held the office", candidates=names)
        if country is not None or home is not None:
            return Verdict(self.maker.office(phrase, country), "the office; its holder is not known")
        if noun.noun in self.lexicon.words.unspecific and context.sector is None:
            return Verdict(None, "nobody in particular")
        if people or (phrase.definite and noun.sector in self.lexicon.words.state_sectors):
            names = tuple(person.name for person in people)
            return Verdict(None, "a role that nothing decides", candidates=names)
        return Verdict(self.maker.group(phrase, None), "somebody unnamed")

    def _counterpart(self, phrase: Phrase) -> Verdict:
        """ "his French counterpart": the French holder of the office that the person named before holds."""
        sentence = self.annotated.sentence_of(phrase.head)
        before = [
            self.book.of_phrase[place]
            for place, other in enumerate(self.phrases)
            if place in self.book.of_phrase and sentence.first <= other.first < phrase.first
        ]
        country = phrase.context.country
        if phrase.noun is not None and phrase.noun.noun == "counterpart" and before and country is not None:
            title = self.book.actor(before[-1]).title
            known, names = holder_of(title, country, self.lexicon, self.when) if title else (None, ())
            if known is not None:
                return Verdict(self.book.actor(self._person(known, country, phrase)), "holder of the same office")
            return Verdict(None, "a counterpart that nothing decides", candidates=names)
        return Verdict(None, "somebody related to the actor named")

    def _person(self, known: KnownPerson, country: str | None, phrase: Phrase) -> Person:
        person = next((each for each in self.book.people if each.known is known), None)
        if person is None:
            person = Person(name=known.name, known=known, country=country, first_token=phrase.first)
            self.book.people.append(person)
        return person

    def _titles(self, phrase: Phrase, country: str | None, home: str | None) -> list[tuple[str, str]]:
        """(country or organization, title) pairs to look the office up by, the fullest title first."""
        assert phrase.noun is not None
        tokens = self.annotated.tokens[phrase.first : phrase.last]
        opening = next((each for each, token in enumerate(tokens) if token.pos not in ("DET", "ADJ") and token.tag != "POS"), 0)
        full = " ".join(token.text for token in tokens if token.tag not in ("POS", "PRP$"))
        later = " ".join(token.text for token in tokens[opening:])
        modified = phrase.context.institution is not None or phrase.context.entry is not None
        titles = [full, later, *([] if modified else [phrase.noun.noun])]
        pairs = [(where, title) for where in (home, country) if where is not None for title in titles]
        return pairs + ([(home, phrase.noun.noun)] if home is not None else [])

    def _people_with(self, title: str, country: str | None, home: str | None, before: int) -> list[Person]:
        """Persons of the article whose title, text's or codebook's, has the words; those named before, else all."""
        fitting = []
        for person in self.book.people:
            actor = self.book.actor(person)
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

    def _short(self, phrase: Phrase) -> Verdict:
        """The last organization before that may be called so, if it is the only one."""
        assert phrase.noun is not None
        word = phrase.noun.noun
        fitting: dict[str, Actor] = {}
        for token, actor, entry in reversed(self.named):
            if token >= phrase.first:
                continue
            called = entry is not None and any(word == short or short.endswith(f" {word}") for short in entry.short)
            if called or word in fold(actor.name).split():
                fitting.setdefault(actor.id, actor)
        if len(fitting) == 1:
            return Verdict(next(iter(fitting.values())), "the one organization before that is called so")
        return Verdict(None, "nothing before it is called so" if not fitting else "several before it are called so",
                       candidates=tuple(fitting))  # fmt: skip

    def _proper_name(self, phrase: Phrase) -> Verdict | None:
        """A noun that ends a capitalized name: "Palestinian Dialogue Group", "Santa Marta Self Defense Forces"."""
        tokens = self.annotated.tokens
        end = phrase.head + 1
        words = [tokens[each] for each in range(phrase.first, end)]
        capital = [token for token in words if token.pos == "PROPN" and token.text[:1].isupper()]
        if tokens[phrase.head].pos != "PROPN" or len(capital) < 2 or phrase.kind is PhraseKind.ROLE:
            return None
        sector = organization_sector([token.text for token in words], self.lexicon)
        own = [token for token in capital if self._outside_units(token.index, phrase)]
        if sector is None or not own:
            return None
        first = next(token.index for token in words if token.text[:1].isupper())
        name = " ".join(self.annotated.article.quote(self.annotated.span(first, end)).split())
        actor = make_actor(
            name=name, kind=ActorKind.ORGANIZATION, country=phrase.context.country, sectors=(sector,)
        )
        return self._organization(phrase, actor, None, "name of an organization")

    def _outside_units(self, token: int, phrase: Phrase) -> bool:
        """A capitalized word that is neither country, town nor the noun itself."""
        text = self.annotated.tokens[token].text
        if phrase.institution is not None:
            nouns = {word for noun, each in self.lexicon.words.institutions.items() if each is phrase.institution for word in noun.split()}
            noun = " ".join(nouns | {"of", "and"})
        else:
            noun = phrase.noun.noun if phrase.noun is not None else ""
        in_town = phrase.context.region is not None and fold(text) in fold(phrase.context.region).split()
        pieces = split_pieces(text)
        named = self.lexicon.names.longest(pieces, 0) if pieces else None
        return not in_town and named is None and fold(text) not in fold(noun).split()

    def _group(self, phrase: Phrase) -> Verdict:
        proper = self._proper_name(phrase) if phrase.noun is not None else None
        if proper is not None:
            return proper
        context = phrase.context
        capital = self.annotated.tokens[phrase.head].pos == "PROPN" and not phrase.plural
        if phrase.noun is not None and (
            phrase.proper or (capital and phrase.noun.noun in self.lexicon.words.collective and not context.empty)
        ):
            named = self.maker.group(phrase, context.country)  # "the Bank of Mexico"
            own = organization_sector(named.name.split(), self.lexicon)
            actor = make_actor(
                name=named.name,
                kind=ActorKind.ORGANIZATION,
                country=named.country,
                sectors=(own,) if own else named.sectors,
            )
            return self._organization(phrase, actor, None, "name of an organization")
        if phrase.form is not None:
            return Verdict(self.maker.group(phrase, phrase.form.code), "people of the country")
        noun = phrase.noun
        following = self.annotated.tokens[phrase.head + 1].text if phrase.head + 1 < len(self.annotated.tokens) else ""
        if noun is not None and noun.noun in self.lexicon.words.counters and following == "of" and context.entry is None:
            return Verdict(None, "a count of the people named behind", skip=True)
        if noun is not None and phrase.bare and not phrase.plural and not capital and context.empty and noun.noun in self.lexicon.words.collective:
            return Verdict(None, "an institution as a thing, not as an actor", skip=True)
        if noun is not None and noun.noun in self.lexicon.words.stand_for_state and not phrase.counted and not phrase.former:
            if context.entry is not None:
                return self._organization(phrase, self.maker.entry(context.entry), context.entry, "its officials stand for it")
            if context.country is not None:
                return Verdict(self.maker.state(context.country), "its officials stand for the state")
        if noun is not None and noun.noun in self.lexicon.words.relational and context.entry is None:
            return Verdict(None, "somebody related to the actor named")
        if noun is not None and context.empty and noun.noun in self.lexicon.words.unspecific and context.sector is None:
            return Verdict(None, "nobody in particular")
        country = context.country or self._near_country(phrase)
        reason = "unnamed people" if context.country else "unnamed people at the nearest place"
        return Verdict(self.maker.group(phrase, country), reason if country else "unnamed people")


    def _near_country(self, phrase: Phrase) -> str | None:
        """Parts of a state belong to the country spoken of ("National Guard troops"), people to the nearest place."""
        if phrase.context.institution is not None:
            return self.near.country_near(phrase)
        return self.near.place_near(phrase)


def _without_doubles(mentions: list[Mention]) -> list[Mention]:
    """One mention a span: the resolved one."""
    kept: dict[tuple[int, int], Mention] = {}
    for mention in mentions:
        key = (mention.span.start, mention.span.end)
        if key not in kept or (kept[key].actor_id is None and mention.actor_id is not None):
            kept[key] = mention
    return list(kept.values())
