"""Phrases of unnamed people → verdicts: "riot police", "US officials", "hundreds of protesters", "the Bank of Mexico"."""

from communique.codebook.sectors import PersonNoun
from communique.records import ActorKind, make_actor
from communique.resolve.actor_names import organization_sector
from communique.resolve.actor_organizations import OrganizationDecider
from communique.resolve.actor_phrase import Phrase
from communique.resolve.actor_verdict import Reading, Verdict

ARMED = frozenset({"REB", "UAF", "CRM", "PRM"})


class GroupDecider:
    """Decides the group phrases of one article."""

    def __init__(self, reading: Reading, organizations: OrganizationDecider) -> None:
        self.reading = reading
        self.organizations = organizations

    def group(self, phrase: Phrase) -> Verdict:
        """A proper name, the state or organization that its officials stand for, people, or nobody in particular."""
        noun, context, maker = phrase.noun, phrase.context, self.reading.maker
        if noun is not None:
            named = self.organizations.proper_name(phrase) or self._named_by_noun(phrase, noun)
            if named is not None:
                return named
        if phrase.form is not None:
            return Verdict(maker.group(phrase, phrase.form.code), "people of the country")
        nobody = self._nobody(phrase, noun) if noun is not None else None
        if nobody is not None:
            return nobody
        armed = self._armed_before(phrase, noun) if noun is not None else None
        if armed is not None:
            return armed
        stands = noun is not None and noun.noun in self.reading.lexicon.words.stand_for_state
        governing = context.entry is not None or context.sector in (None, "GOV")  # not "Muslim leaders in France"
        if stands and governing and not phrase.counted and not phrase.former:
            if context.entry is not None:
                actor = maker.entry(context.entry)
                return self.reading.organization(phrase, actor, context.entry, "its officials stand for it")
            if context.country is not None:
                return Verdict(maker.state(context.country), "its officials stand for the state")
        country = context.country or self._near_country(phrase)
        reason = "unnamed people" if context.country or country is None else "unnamed people at the nearest place"
        return Verdict(maker.group(phrase, country), reason)

    def _named_by_noun(self, phrase: Phrase, noun: PersonNoun) -> Verdict | None:
        """ "the Bank of Mexico": a capitalized noun with what it belongs to."""
        capital = self._capital(phrase) and noun.noun in self.reading.lexicon.words.collective
        if not phrase.proper and not (capital and not phrase.context.empty):
            return None
        named = self.reading.maker.group(phrase, phrase.context.country)
        own = organization_sector(named.name.split(), self.reading.lexicon)
        actor = make_actor(
            name=named.name,
            kind=ActorKind.ORGANIZATION,
            country=named.country or self.organizations.home(phrase, (own,) if own else named.sectors),
            sectors=(own,) if own else named.sectors,
        )
        return self.reading.organization(phrase, actor, None, "name of an organization")

    def _nobody(self, phrase: Phrase, noun: PersonNoun) -> Verdict | None:
        words, context = self.reading.lexicon.words, phrase.context
        tokens = self.reading.annotated.tokens
        following = tokens[phrase.head + 1].text if phrase.head + 1 < len(tokens) else ""
        if phrase.shared:
            return Verdict(None, "people of several actors, each named behind", skip=True)
        if noun.noun in words.counters and following == "of" and context.entry is None:
            return Verdict(None, "a count of the people named behind", skip=True)
        acts = tokens[phrase.head].dep in ("nsubj", "nsubjpass")
        thing = phrase.bare and not phrase.plural and not self._capital(phrase) and noun.noun in words.collective
        if thing and context.empty and not acts:
            return Verdict(None, "an institution as a thing, not as an actor", skip=True)
        if noun.noun in words.relational and context.entry is None:
            return Verdict(None, "somebody related to the actor named")
        if context.empty and noun.noun in words.unspecific and context.sector is None:
            return Verdict(None, "nobody in particular")
        return None

    def _armed_before(self, phrase: Phrase, noun: PersonNoun) -> Verdict | None:
        """ "the rebels" are the one armed group named before."""
        if not (phrase.definite and phrase.plural and phrase.context.empty and noun.sector in ARMED):
            return None
        groups = {
            actor.id: actor
            for token, actor, _, _ in self.reading.named
            if token < phrase.first and set(actor.sectors) & ARMED
        }
        if len(groups) != 1:
            return None
        return Verdict(next(iter(groups.values())), "the one armed group named before")

    def _capital(self, phrase: Phrase) -> bool:
        return self.reading.annotated.tokens[phrase.head].pos == "PROPN" and not phrase.plural

    def _near_country(self, phrase: Phrase) -> str | None:
        """Parts of a state belong to the country spoken of ("National Guard troops"), people to the nearest place."""
        if phrase.context.called is not None:  # "a ministry spokesman" where one ministry was named
            fitting = self.reading.called(phrase.context.called, phrase.first)
            if len(fitting) == 1:
                return next(iter(fitting.values())).country
        if phrase.context.institution is not None:
            return self.reading.near.country_near(phrase)
        return self.reading.near.place_near(phrase)
