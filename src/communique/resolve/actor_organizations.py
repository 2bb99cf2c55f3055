"""Phrases of organizations and bodies → verdicts: codebook names, a country's bodies, capitalized names, "the group"."""

from communique.codebook.names import fold, plain, split_pieces
from communique.records import ActorKind, make_actor
from communique.resolve.actor_names import label_of, organization_sector
from communique.resolve.actor_phrase import Phrase, PhraseKind
from communique.resolve.actor_places import find_city
from communique.resolve.actor_verdict import Reading, Verdict

ACTING = frozenset({"nsubj", "nsubjpass", "poss", "pobj", "dobj", "appos", "conj", "agent", "ROOT"})
PARTNERING = frozenset({"by", "with", "from", "between", "against", "for", "to"})
DOMESTIC = frozenset({"PTY", "OPP", "LAB", "REB", "UAF", "PRM", "AGR"})
TITLE_CASE = 0.6  # of the words of a headline in capitals


class OrganizationDecider:
    """Decides the phrases of organizations in one article."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading

    def entry(self, phrase: Phrase) -> Verdict:
        """A codebook name; "the US Foreign Office" is not Britain's."""
        entry = phrase.entry
        assert entry is not None
        country = phrase.context.country
        if entry.body is not None and country is not None and country != entry.country:
            institution = next(
                (i for i in self.reading.lexicon.words.institutions.values() if i.body == entry.body), None
            )
            if institution is not None:
                actor = self.reading.maker.body(institution, country)
                return self.reading.organization(phrase, actor, None, "body of the country named")
        return self.reading.organization(phrase, self.reading.maker.entry(entry), entry, "codebook name")

    def body(self, phrase: Phrase) -> Verdict:
        institution = phrase.institution
        assert institution is not None
        if institution.body == "country" and phrase.pronoun is None:
            return Verdict(None, "a country that only the reader knows", skip=True)
        proper = self.proper_name(phrase)
        if proper is not None:
            return proper
        if institution.state and phrase.counted:  # "a new government"
            return Verdict(self.reading.maker.group(phrase, phrase.context.country), "a body that is not there yet")
        entry = phrase.context.entry
        if entry is not None and phrase.context.country is None:
            part = make_actor(
                name=f"{institution.name} of {entry.name}",
                kind=ActorKind.BODY,
                sectors=(institution.sector, *entry.sectors[1:2]),
                organization=entry.name,
            )
            return self.reading.organization(
                phrase, self.reading.maker.entry(entry) if institution.state else part, None, "part of it"
            )
        country = (
            phrase.context.country
            or self.reading.bodies.get(institution.body)
            or self._country_elsewhere(institution.body)
            or self.reading.near.country_near(phrase)
            or (self.reading.near.sole_place if institution.sector == "COP" else None)
        )
        if country is None:
            return Verdict(self.reading.maker.group(phrase, None), "a body of no known country")
        if phrase.context.region is not None:
            return self.reading.organization(
                phrase, self.reading.maker.regional(phrase, institution, country), None, "body of a region or town"
            )
        self.reading.bodies[institution.body] = country
        reason = "body of the country named" if phrase.context.country else "body of the country spoken of"
        return self.reading.organization(phrase, self.reading.maker.body(institution, country, phrase), None, reason)

    def _country_elsewhere(self, body: str) -> str | None:
        """The one country with which the article names this kind of body: "the army" where only "the Chadian army" is named."""
        countries = {
            phrase.context.country
            for phrase in self.reading.phrases
            if phrase.institution is not None and phrase.institution.body == body and phrase.context.country is not None
        }
        return countries.pop() if len(countries) == 1 else None

    def unknown_name(self, place: int, phrase: Phrase) -> Verdict:
        """A capitalized name that is no person: an organization by its own words or label, a town, or nobody."""
        assert phrase.name is not None
        first, last = phrase.name
        considered = self.reading.book.considered.get(place, ())
        if considered:
            return Verdict(None, "several of that name", candidates=self.reading.book.actors_of(considered))
        words = [token.text for token in self.reading.annotated.tokens[first:last]]
        if phrase.noun is not None and self.reading.book.names_thing(phrase):
            own = organization_sector(words, self.reading.lexicon)
            sectors = tuple(dict.fromkeys(each for each in (phrase.context.sector, own, phrase.noun.sector) if each))
            return self._named(phrase, sectors[:1], phrase.context.country)
        if len(words) == 1 and fold(words[0]) in self.reading.lexicon.surnames:
            people = self.reading.book.actors_of(self.reading.lexicon.surnames[fold(words[0])])
            return Verdict(None, "a surname that nothing decides", candidates=people)
        label = label_of(self.reading.annotated, first, last)
        sector = organization_sector(words, self.reading.lexicon)
        city = find_city(self.reading.annotated, first, last, self.reading.lexicon)
        token = self.reading.annotated.tokens[phrase.head]
        whole = city is not None and fold(city.name) == fold(" ".join(words))
        if plain(words[-1]) in self.reading.lexicon.words.no_actors:
            return Verdict(None, "a capitalized name of something else", skip=True)
        governor = self.reading.annotated.tokens[token.head].text.lower()
        placed = token.dep == "pobj" and governor not in PARTNERING
        acting = token.dep in ACTING and not placed and not self._title_case(first)
        if (sector is not None and len(words) > 1) or (label == "ORG" and not whole and acting):
            opening = find_city(self.reading.annotated, first, first + 1, self.reading.lexicon)  # "Kitwe Courier"
            named_after = city or (opening if len(words) > 1 else None)
            country = phrase.context.country or (named_after.country if named_after is not None else None)
            return self._named(phrase, (sector,) if sector else (), country)
        if (
            city is not None
            and whole
            and token.dep in ("nsubj", "nsubjpass", "ROOT")
            and not self.reading.near.locative(phrase.head)
        ):
            actor = make_actor(name=city.name, kind=ActorKind.GROUP, country=city.country, sectors=("CVL",))
            return Verdict(actor, "a town standing for its people")
        return Verdict(None, "no actor", skip=True)

    def _named(self, phrase: Phrase, sectors: tuple[str, ...], country: str | None) -> Verdict:
        """An organization under the name that the text gives it."""
        assert phrase.name is not None
        first, last = phrase.name
        before = self.reading.annotated.tokens[first - 1]
        national = first > phrase.first and before.pos in ("ADJ", "PROPN") and before.text[:1].isupper()
        span = self.reading.annotated.span(first - national, last)  # "Czech Railways"
        name = " ".join(self.reading.annotated.article.quote(span).split())
        country = country or self.home(phrase, sectors)
        actor = make_actor(name=name, kind=ActorKind.ORGANIZATION, country=country, sectors=sectors)
        return self.reading.organization(phrase, actor, None, "name of an organization")

    def home(self, phrase: Phrase, sectors: tuple[str, ...]) -> str | None:
        """The country of an organization whose words give none: parties, unions and armed groups are of the country spoken of."""
        if not sectors:
            return None
        if set(sectors) & DOMESTIC:
            return self.reading.near.country_near(phrase)
        return self.reading.near.sole if not set(sectors) & {"IGO", "NGO", "EDU"} else None

    def _title_case(self, token: int) -> bool:
        """A headline in capitals, where capitals tell nothing."""
        words = [
            each
            for each in self.reading.annotated.sentence_tokens(self.reading.annotated.sentence_of(token))
            if each.text.isalpha()
        ]
        return len(words) > 2 and sum(each.text[:1].isupper() for each in words) > TITLE_CASE * len(words)

    def short(self, phrase: Phrase) -> Verdict:
        """The organization before that may be called so, if it is the only one."""
        assert phrase.noun is not None
        proper = self.proper_name(phrase)
        if proper is not None:
            return proper
        fitting = self.reading.called(phrase.noun.noun, phrase.first)
        if len(fitting) == 1:
            return Verdict(next(iter(fitting.values())), "the one organization before that is called so")
        reason = "several before it are called so" if fitting else "nothing before it is called so"
        return Verdict(None, reason, candidates=tuple(fitting.values()))

    def proper_name(self, phrase: Phrase) -> Verdict | None:
        """A noun that ends a capitalized name: "Palestinian Dialogue Group", "Santa Marta Self Defense Forces"."""
        tokens = self.reading.annotated.tokens
        end = phrase.head + 1
        words = [tokens[each] for each in range(phrase.first, end)]
        capital = [token for token in words if token.pos == "PROPN" and token.text[:1].isupper()]
        if phrase.proper:
            return None
        people = phrase.plural and phrase.institution is None  # "Syrian Refugees" in a headline
        if tokens[phrase.head].pos != "PROPN" or len(capital) < 2 or phrase.kind is PhraseKind.ROLE or people:
            return None
        told = organization_sector([token.text for token in words], self.reading.lexicon, last=False)
        loose = organization_sector([token.text for token in words], self.reading.lexicon)
        sector = told or phrase.context.sector or loose
        own = [token for token in capital if self._outside_units(token.index, phrase)]
        if sector is None or not own:
            return None
        first = next(token.index for token in words if token.text[:1].isupper() and token.pos != "DET")
        name = " ".join(self.reading.annotated.article.quote(self.reading.annotated.span(first, end)).split())
        country = phrase.context.country or self.home(phrase, (sector,))
        actor = make_actor(name=name, kind=ActorKind.ORGANIZATION, country=country, sectors=(sector,))
        return self.reading.organization(phrase, actor, None, "name of an organization")

    def _outside_units(self, token: int, phrase: Phrase) -> bool:
        """A capitalized word that is neither country, town nor the noun itself."""
        text = self.reading.annotated.tokens[token].text
        if phrase.institution is not None:
            nouns = {
                word
                for noun, each in self.reading.lexicon.words.institutions.items()
                if each is phrase.institution
                for word in noun.split()
            }
            noun = " ".join(nouns | {"of", "and"})
        else:
            noun = phrase.noun.noun if phrase.noun is not None else ""
        in_town = phrase.context.region is not None and fold(text) in fold(phrase.context.region).split()
        pieces = split_pieces(text)
        named = self.reading.lexicon.names.longest(pieces, 0) if pieces else None
        return not in_town and named is None and fold(text) not in fold(noun).split()
