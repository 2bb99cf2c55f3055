"""Annotated article → Cast: every mention of an actor in text order, resolved or not, with the rule that decided.

Names and titles come from the codebook, from the words around them and from dated offices on the article's date;
what was learned from one mention serves the later ones ("Sherman", "the minister", "the bloc").
"""

from collections.abc import Sequence
from dataclasses import replace

from communique.codebook.actors import ActorEntry
from communique.codebook.countries import CountryForm
from communique.records import Actor, Annotated, Cast, Mention, MentionKind, make_id
from communique.resolve.actor_context import Context
from communique.resolve.actor_groups import GroupDecider
from communique.resolve.actor_lexicon import load_lexicon
from communique.resolve.actor_making import ActorMaker
from communique.resolve.actor_near import Surroundings
from communique.resolve.actor_offices import Range
from communique.resolve.actor_organizations import OrganizationDecider
from communique.resolve.actor_persons import PersonBook
from communique.resolve.actor_phrase import Phrase, PhraseKind
from communique.resolve.actor_phrases import PhraseReader
from communique.resolve.actor_pronouns import PronounFinder
from communique.resolve.actor_roles import apposed_person
from communique.resolve.actor_titles import RoleDecider
from communique.resolve.actor_verdict import Reading, Verdict

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
        self.phrases = PhraseReader(annotated, self.lexicon).read()
        self.near = Surroundings(annotated, self.lexicon, self.phrases)
        when = article_range(annotated)
        self.book = PersonBook(annotated, self.lexicon, when)
        self.maker = ActorMaker(annotated, self.lexicon)
        self.reading = Reading(
            annotated=annotated,
            lexicon=self.lexicon,
            when=when,
            phrases=self.phrases,
            maker=self.maker,
            near=self.near,
            book=self.book,
        )
        self.organizations = OrganizationDecider(self.reading)
        self.roles = RoleDecider(self.reading)
        self.groups = GroupDecider(self.reading, self.organizations)
        self.actors: dict[str, Actor] = {}

    def find(self) -> Cast:
        """The cast."""
        self.book.learn(self.phrases)
        self._learn_roles()
        self._tell_people()
        self._settle_countries()
        self._tell_people()
        mentions = self._mentions()
        if self._learn_owners(mentions):
            self.actors.clear()
            self.reading.named.clear()
            self.reading.bodies.clear()
            mentions = self._mentions()
        used = {each for mention in mentions for each in (mention.actor_id, *mention.candidates)}
        return Cast(actors=tuple(each for each in self.actors.values() if each.id in used), mentions=tuple(mentions))

    def _tell_people(self) -> None:
        """People of known country stand for it in what follows."""
        people = [
            (self.phrases[place].head, self.book.actor(person).country) for place, person in self.book.of_phrase.items()
        ]
        self.near.add_people([(head, country) for head, country in people if country is not None])

    def _mentions(self) -> list[Mention]:
        """Every phrase and pronoun decided, in text order; fills `actors`."""
        verdicts = {
            place: self._decide(place, phrase)
            for place, phrase in enumerate(self.phrases)
            if phrase.kind is not PhraseKind.ROLE and place not in self.book.of_phrase and not _is_owned(phrase)
        }
        self._learn_called()
        mentions: list[Mention] = []
        owned: list[Phrase] = []
        for place, phrase in enumerate(self.phrases):
            if _is_owned(phrase) and place not in self.book.of_phrase:
                owned.append(phrase)
                continue
            verdict = verdicts.get(place) or self._decide(place, phrase)
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
        return sorted(mentions, key=lambda mention: (mention.span.start, -mention.span.end))

    def _decide_owned(self, phrases: list[Phrase], mentions: list[Mention]) -> list[Mention]:
        """ "her government", "its troops": of the country of whoever the pronoun is."""
        owners = {mention.head: mention.actor_id for mention in mentions if mention.kind is MentionKind.PRONOUN}
        found = []
        for phrase in phrases:
            owner = self._owner(phrase, owners)
            if owner is None or owner.country is None:
                verdict = Verdict(None, "whose it is, nothing decides")
            else:
                verdict = self._decide(-1, replace(phrase, context=Context(country=owner.country)))
            if verdict.actor is not None:
                self.actors.setdefault(verdict.actor.id, verdict.actor)
            if not verdict.skip:
                found.append(self._mention(phrase.first, phrase.last, phrase.head, KINDS[phrase.kind], verdict))
        return found

    def _owner(self, phrase: Phrase, pronouns: dict[int, str | None]) -> Actor | None:
        """Whoever the possessive pronoun of the phrase is."""
        actor_id = pronouns.get(phrase.pronoun) if phrase.pronoun is not None else None
        return self.actors.get(actor_id) if actor_id is not None else None

    def _mention(self, first: int, last: int, head: int, kind: MentionKind, verdict: Verdict) -> Mention:
        span = self.annotated.span(first, last)
        for candidate in verdict.candidates:
            self.actors.setdefault(candidate.id, candidate)
        actor_id = verdict.actor.id if verdict.actor is not None else None
        return Mention(
            id=make_id("mention", self.annotated.article.id, span.start, span.end, actor_id),
            span=span,
            head=head,
            kind=kind,
            actor_id=actor_id,
            candidates=tuple(candidate.id for candidate in verdict.candidates),
            reason=verdict.reason,
        )

    def _learn_roles(self) -> None:
        """Titles set beside a name: "X, the head of Y,", "Y's prime minister, X", "X is the head of Y"."""
        for place, phrase in enumerate(self.phrases):
            if phrase.kind not in (PhraseKind.ROLE, PhraseKind.GROUP) or phrase.noun is None or phrase.plural:
                continue
            if phrase.noun.noun in self.lexicon.words.collective or (
                phrase.noun.noun in self.lexicon.words.stand_for_state and not phrase.counted
            ):
                continue
            beside = apposed_person(self.annotated, self.phrases, place, set(self.book.of_phrase))
            if beside is not None:
                person = self.book.of_phrase[beside]
                self.book.note_role(person, phrase)
                self.book.of_phrase[place] = person

    def _learn_owners(self, mentions: list[Mention]) -> bool:
        """ "His peace commissioner, X,": X is of the country of whoever the pronoun is. True when a country was learned."""
        owners = {mention.head: mention.actor_id for mention in mentions if mention.kind is MentionKind.PRONOUN}
        learned = False
        for place, person in self.book.of_phrase.items():
            owner = self._owner(self.phrases[place], owners) if _is_owned(self.phrases[place]) else None
            if owner is None or owner.country is None:
                continue
            if person.known is None and person.organization is None and person.country != owner.country:
                person.country, learned = owner.country, True
        return learned

    def _learn_called(self) -> None:
        """ "Alliance leader X", "the group's chief X": the organization of that noun named before gives side and sector."""
        for person in self.book.people:
            if person.known is not None or person.organization is not None or person.called is None:
                continue
            fitting = self.reading.called(
                person.called, self.phrases[person.mentions[-1]].last if person.mentions else 0
            )
            if len(fitting) == 1:
                organization = next(iter(fitting.values()))
                person.organization = organization.name
                person.country = person.country or organization.country
                if organization.sectors and set(person.sectors) <= {"GOV", "UNK"}:
                    person.sectors = [organization.sectors[0]]

    def _settle_countries(self) -> None:
        """An office holder whose words give no country belongs to the country spoken of ("Economy Minister Marcelo Ebrard")."""
        for person in self.book.people:
            state = set(person.sectors) & {"GOV", "LEG", "MIL", "COP", "JUD", "SPY", "PTY", "OPP"}
            if person.known is None and person.country is None and person.organization is None and state:
                phrase = self.phrases[person.mentions[0]]
                person.country = self.near.country_near(phrase)
            elif person.known is None and person.country is None and person.organization is None and person.sectors:
                person.country = self.near.sole
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
                return self.organizations.entry(phrase)
            case PhraseKind.BODY:
                return self.organizations.body(phrase)
            case PhraseKind.PERSON:
                return self.organizations.unknown_name(place, phrase)
            case PhraseKind.ROLE:
                return self.roles.role(phrase)
            case PhraseKind.SHORT:
                return self.organizations.short(phrase)
            case _:
                return self.groups.group(phrase)

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


def _is_owned(phrase: Phrase) -> bool:
    """ "her government": whose it is, a pronoun says."""
    return phrase.pronoun is not None and phrase.context.empty


def _without_doubles(mentions: list[Mention]) -> list[Mention]:
    """One mention a span: the resolved one."""
    kept: dict[tuple[int, int], Mention] = {}
    for mention in mentions:
        key = (mention.span.start, mention.span.end)
        if key not in kept or (kept[key].actor_id is None and mention.actor_id is not None):
            kept[key] = mention
    return list(kept.values())
