"""Phrases that name states, bodies, organizations and groups → Actors, one canonical name each."""

from communique.codebook.actors import ActorEntry
from communique.codebook.countries import CountryForm, CountryName
from communique.codebook.sectors import Institution
from communique.records import Actor, ActorKind, Annotated, make_actor
from communique.resolve.actor_lexicon import Lexicon
from communique.resolve.actor_phrase import Phrase
from communique.resolve.actor_sectors import sector_of, top_codes

OF_NAMES = ("Ministry", "Ombudsman", "Office")  # "Ministry of Finance of France", but "French Army"
SKIPPED = frozenset({"DET", "NUM", "PUNCT", "ADP"})


class ActorMaker:
    """Makes the actors of one article that are no persons."""

    def __init__(self, annotated: Annotated, lexicon: Lexicon) -> None:
        self.annotated = annotated
        self.lexicon = lexicon

    def state(self, code: str) -> Actor:
        """The country as a whole."""
        country = self.lexicon.countries.get(code)
        return make_actor(name=country.name if country else code, kind=ActorKind.STATE, country=code)

    def country_form(self, form: CountryName) -> Actor:
        """The state, or the territory that calls itself one, or a region of it."""
        if form.region is None or form.form is CountryForm.ADJECTIVE:
            return self.state(form.code)
        kind = ActorKind.STATE if form.sector else ActorKind.BODY
        return make_actor(name=form.region, kind=kind, country=form.code, sectors=(form.sector or "GOV",))

    def entry(self, entry: ActorEntry) -> Actor:
        """An organization or body of the codebook."""
        return make_actor(
            name=entry.name,
            kind=entry.kind,
            country=entry.country,
            sectors=entry.sectors,
            organization=entry.part_of,
            title=entry.title,
        )

    def body(self, institution: Institution, country: str, phrase: Phrase | None = None) -> Actor:
        """A country's body: under its own name where the codebook has one, else "Ministry of Finance of France"."""
        if institution.state:
            return self.state(country)
        own = self.lexicon.bodies.get((institution.body, country))
        if own is not None:
            return self.entry(own)
        known = self.lexicon.countries.get(country)
        name = self._words(phrase) if phrase is not None and institution.body == "ministry" else institution.name
        if name.startswith(OF_NAMES) or known is None or known.adjective is None:
            full = name if known is not None and known.name in name else f"{name} of {known.name if known else country}"
        else:
            full = name if known.adjective in name or known.name in name else f"{known.adjective} {name}"
        return make_actor(name=full, kind=ActorKind.BODY, country=country, sectors=(institution.sector,))

    def group(self, phrase: Phrase, country: str | None) -> Actor:
        """Unnamed people: "Russian troops", "riot police". The name is the words without counts and articles."""
        sector: str | None = None
        if phrase.noun is not None:
            sector = sector_of(phrase.noun, phrase.context, former=phrase.former, words=self.lexicon.words)
        elif phrase.institution is not None:
            sector = phrase.institution.sector
        elif phrase.form is not None:
            sector = "CVL"
        organization = phrase.context.entry.name if phrase.context.entry is not None else None
        return make_actor(
            name=self._words(phrase),
            kind=ActorKind.GROUP,
            country=country,
            sectors=self._with_top_code(sector, phrase.context.entry),
            organization=organization,
        )

    def office(self, phrase: Phrase, country: str | None) -> Actor:
        """A role whose holder nothing decides: the office itself, named by country and title."""
        assert phrase.noun is not None
        sector = sector_of(phrase.noun, phrase.context, former=phrase.former, words=self.lexicon.words)
        entry = phrase.context.entry
        home = (
            entry.name if entry else (self.lexicon.countries[country].name if country in self.lexicon.countries else "")
        )
        title = phrase.noun.noun
        return make_actor(
            name=f"{title[0].upper()}{title[1:]} of {home}" if home else self._words(phrase),
            kind=ActorKind.PERSON,
            country=country,
            sectors=self._with_top_code(sector, entry),
            organization=entry.name if entry else None,
            title=title,
        )

    def same_office(self, title: str, country: str, sectors: tuple[str, ...]) -> Actor:
        """The office of that title in another country: "his Ethiopian counterpart"."""
        home = self.lexicon.countries[country].name if country in self.lexicon.countries else country
        name = f"{title[0].upper()}{title[1:]} of {home}"
        return make_actor(name=name, kind=ActorKind.PERSON, country=country, sectors=sectors, title=title)

    def _with_top_code(self, sector: str | None, entry: ActorEntry | None) -> tuple[str, ...]:
        own = (sector,) if sector else ()
        return (*own, *top_codes(entry, own))

    def regional(self, phrase: Phrase, institution: Institution, country: str) -> Actor:
        """A region's or town's body: "Kano State government", "Shanghai police"."""
        return make_actor(name=self._words(phrase), kind=ActorKind.BODY, country=country, sectors=(institution.sector,))

    def _words(self, phrase: Phrase) -> str:
        tokens = self.annotated.tokens
        counted = phrase.counted and tokens[phrase.first].text.lower() in self.lexicon.words.quantifiers
        if counted and phrase.head == phrase.first and tokens[phrase.first + 1].text.lower() != "of":  # "many in Gaza"
            place = self.annotated.article.quote(self.annotated.span(phrase.first + 1, phrase.last))
            return " ".join(f"people {place}".split())
        first = phrase.first
        while first < phrase.last - 1 and (
            tokens[first].pos in SKIPPED
            or tokens[first].tag == "PRP$"
            or tokens[first].lemma.lower() in self.lexicon.words.counters
        ):
            first += 1
        text = self.annotated.article.quote(self.annotated.span(first, phrase.last))
        words = " ".join(text.split())
        starts_sentence = self.annotated.sentence_of(first).first == first
        lower = starts_sentence and tokens[first].pos not in ("PROPN", "ADJ") and not words[:2].isupper()
        return words[0].lower() + words[1:] if lower else words
