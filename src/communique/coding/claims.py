"""Annotated article, cast, times, places and statements in, claims out: one for each event that the words report.

The frame gives type and roles, `status` says whether it took place, `settling` what both amount to. What is only the
content of a demand, a threat or a plan becomes a claim of its own with that status, or is folded into the promise.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from communique.codebook.contexts import load_contexts
from communique.codebook.custom import CustomLabel, with_custom
from communique.codebook.event_types import EventTypes
from communique.codebook.frames import FrameKind, RoleName
from communique.codebook.status_words import StatusWords, load_status_words
from communique.coding.classifier import load_classifier
from communique.coding.clauses import read_clause
from communique.coding.composing import Composer, without_repeats
from communique.coding.dating import Dates, Dating
from communique.coding.discourse import Dealing, Discourse
from communique.coding.drafts import Draft
from communique.coding.folding import fold_promises, inherit_occasions
from communique.coding.judging import Judge
from communique.coding.locating import Locator
from communique.coding.matching import Match, match_all
from communique.coding.prototypes import Prototypes, load_prototypes
from communique.coding.recipients import RecipientFinder
from communique.coding.roles import RoleFinder
from communique.coding.settling import SPEECH_TYPES, Settled, settle
from communique.coding.speakers import statement_over
from communique.coding.status import StatusReading, read_status
from communique.coding.warnings import is_forecast
from communique.records import ActorKind, Annotated, Cast, Claim, Place, Role, Sides, Statement, Status, Timex

HISTORICAL_AFTER = timedelta(days=365)
FIRST_PERSON = {"i", "we", "us", "me", "our", "my"}
NEEDS_ACTOR = {
    "COOPERATE",
    "AID",
    "AGREE",
    "REQUEST",
    "ACCUSE",
    "REJECT",
    "THREATEN",
    "SUPPORT",
    "CONCEDE",
    "MOBILIZE",
    "PROTEST",
}
NEEDS_RECIPIENT = {"COOPERATE", "AID"}  # PLOVER 2.0; SANCTION too, but leaving a treaty names nobody
HIT_PLACES = {"ASSAULT", "AID"}
MUTUAL = {"CONSULT", "COOPERATE"}
RESPONDING = {"respond", "react", "answer", "retaliate", "meet"}
MEASURES = {"ban", "curb", "restriction", "limit", "prohibition", "control"}
FORUM_SECTORS = {"IGO", "UNO", "EUR"}
FORUM_WORDS = {"council", "summit", "assembly", "commission", "conference", "forum"}
CONTENT_MODES = {
    "RETREAT": "yield",
    "CONCEDE": "yield",
    "CONSULT": "meet",
    "AID": "assist",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
}
THREAT_MODES = {"SANCTION": "restrict", "ASSAULT": "violence", "COERCE": "arrest", "MOBILIZE": "violence"}


class ClaimCoder:
    """Codes one article. Holds the article's cast, times and statements; no state beyond it."""

    def __init__(
        self,
        annotated: Annotated,
        cast: Cast,
        times: tuple[Timex, ...],
        places: tuple[Place, ...],
        statements: tuple[Statement, ...],
        types: EventTypes,
        words: StatusWords,
        prototypes: Prototypes,
    ) -> None:
        self.annotated = annotated
        self.types = types
        self.words = words
        self.roles = RoleFinder(annotated, cast, times, places)
        self.sides = Sides(cast.actors)
        self.dates = Dates(annotated, times)
        self.statements = statements
        self.reference = _reference_day(annotated, times)
        self.discourse = Discourse(annotated, self.sides, types)
        self.locator = Locator(annotated, places)
        self.recipients = RecipientFinder(annotated, self.roles, self.sides, self.discourse, self.locator)
        self.judge = Judge(annotated, self.roles, types, load_classifier(), prototypes)

    def code(self) -> tuple[Claim, ...]:
        """The claims of the article, in text order."""
        matches = match_all(self.annotated, self.roles, self.types)
        matches += self.judge.propose(matches, self.statements)
        matches.sort(key=lambda each: each.trigger)
        triggers = {match.trigger for match in matches}
        by_trigger = {match.trigger: match for match in matches}
        drafts: list[Draft] = []
        for match in matches:
            draft = self._draft(match, triggers, by_trigger)
            draft = self.judge.review(self._named_only(draft)) if draft is not None and self._sound(draft) else None
            if draft is not None:
                drafts.append(draft)
                self.discourse.remember(self._dealing(draft))
        drafts = inherit_occasions(fold_promises(drafts, self.sides), self.statements, self.annotated, self.sides)
        composer = Composer(self.annotated, load_contexts(), self.locator, triggers)
        return tuple(without_repeats([composer.compose(draft) for draft in drafts]))

    def _dealing(self, draft: Draft) -> Dealing:
        match, tokens = draft.match, self.annotated.tokens
        nouns = {
            tokens[token].lemma.lower() for token in (match.trigger, *match.consumed) if tokens[token].pos == "NOUN"
        }
        nouns |= {tokens[each.token].lemma.lower() for each in match.clause.objects if tokens[each.token].pos == "NOUN"}
        mode = draft.modes[0] if draft.modes else None
        paragraph = self.annotated.sentence_of(match.trigger).paragraph
        return Dealing(draft.settled.type, mode, draft.actors, draft.recipients, frozenset(nouns), paragraph)

    def _draft(self, match: Match, triggers: set[int], by_trigger: dict[int, Match]) -> Draft | None:
        frame = match.frame
        statement = statement_over(self.statements, self.annotated.tokens[match.trigger])
        actors = (
            self.recipients.pair(match)
            or match.actors
            or self._first_person(match, statement)
            or self.recipients.they(match)
        )
        if not actors and not match.recipients:
            match, actors = self.recipients.told_before(match)
        if not actors:
            match, actors = self.recipients.of_troops(match)
        if not actors:
            match, actors = self.recipients.called_off(match)
        if frame.event_type in MUTUAL:
            actors = self.recipients.parties(match, actors)
        if not actors and frame.event_type in MUTUAL and len(self.sides.sides(match.recipients)) > 1:
            match, actors = replace(match, recipients=()), match.recipients  # "a dialogue was held between A and B"
        impersonal = (
            frame.event_type == "THREATEN" and frame.subject is not None and frame.subject.role is not RoleName.ACTOR
        )
        if not actors and impersonal and statement is not None and statement.speaker is not None:
            actors = (statement.speaker,)  # "it would have a price for them": whoever says so threatens
        if frame.kind in (FrameKind.EVALUATION, FrameKind.MODAL) and not match.actors:
            if statement is None or statement.speaker is None:
                return None
            actors = (statement.speaker,)
        if frame.event_type == "THREATEN" and is_forecast(match, actors, self.annotated, self.roles, self.sides):
            return None
        reading = self._status(match)
        by_own_word = statement is not None and statement.speaker is not None and any(
            self.sides.same(statement.speaker.actor_id, role.actor_id) for role in actors
        )  # fmt: skip
        quad = self.types.quad(frame.event_type)
        settled = settle(frame.event_type, quad, reading, refusal=frame.negated, by_own_word=by_own_word)
        if settled.type == "THREATEN" and self.annotated.tokens[match.trigger].lemma in RESPONDING and reading.modal:
            settled = replace(settled, status=Status.OCCURRED, rule="to say that one would respond is to threaten")
        content = self._content_match(match, by_trigger)
        settled, modes = self._by_content(match, settled, content)
        if frame.kind is FrameKind.EVALUATION and settled.type == "REJECT":
            match = replace(match, recipients=())  # what is "out of the question" is one's own, and refused to another
        antecedent = self._antecedent(match, by_trigger)
        if antecedent is not None:  # "the attack on the port, which killed twelve": by and on whom the attack was
            actors = actors or antecedent.actors
            match = replace(match, recipients=antecedent.recipients or match.recipients)
        recipients, rule = self.recipients.of(match, actors, content, settled)
        if frame.kind in (FrameKind.EVALUATION, FrameKind.MODAL) and not recipients:
            return None
        if not recipients and not match.unresolved and quad == 4:
            recipients, rule = self.recipients.of_purpose(match, by_trigger)
        if not recipients and settled.type in HIT_PLACES and actors:
            recipients, rule = self.recipients.place_hit(match, actors, triggers)
        settled, modes = self._against_foreigners(match, settled, modes, actors, recipients)
        through_cue = settled.type in SPEECH_TYPES and (by_own_word or self._told_by_itself(match, actors))
        dating = self.dates.of_event(match.trigger, triggers - {match.trigger}, through_cue=through_cue)
        if dating is None and antecedent is not None:
            dating = self.dates.of_event(antecedent.trigger, triggers - {antecedent.trigger}, through_cue=False)
        settled = self._historical(settled, dating)
        return Draft(match, reading, settled, actors, recipients, statement, dating, rule, modes, match.labels)

    def _status(self, match: Match) -> StatusReading:
        negated_frame = match.frame.negated
        if match.frame.kind is FrameKind.MODAL:
            return StatusReading(Status.OCCURRED, None, "an obligation is put when it is said")
        trigger = match.trigger
        if match.frame.kind in (FrameKind.EVALUATION, FrameKind.ADJECTIVE):
            verb = self.annotated.tokens[trigger].head
            return read_status(self.annotated, verb, read_clause(self.annotated, verb), self.words, negated_frame=True)
        return read_status(self.annotated, trigger, match.clause, self.words, negated_frame=negated_frame)

    def _content_match(self, match: Match, by_trigger: dict[int, Match]) -> Match | None:
        """The match inside the clause or noun that this one is about: "agreed to *meet*", "demanded the *release*"."""
        roots = [match.complement] if match.complement is not None else []
        roots += [argument.token for argument in match.clause.objects if argument.token not in match.consumed]
        roots += [
            noun for preposition, noun in match.clause.prepositions if preposition in ("for", "on", "to", "of", "from")
        ]
        for root in roots:
            if root in by_trigger and root != match.trigger:
                return by_trigger[root]
        if match.complement is None:
            for child in self.annotated.children(match.trigger):
                if child.dep in ("xcomp", "ccomp") and child.index in by_trigger:
                    return by_trigger[child.index]
        return None

    def _antecedent(self, match: Match, by_trigger: dict[int, Match]) -> Match | None:
        """The event noun that a relative clause goes on about, when both are of one type."""
        subject = match.clause.subject
        other = by_trigger.get(subject.token) if subject is not None else None
        same = other is not None and other is not match and other.frame.event_type == match.frame.event_type
        return other if same and match.frame.kind is FrameKind.VERB else None

    def _by_content(self, match: Match, settled: Settled, content: Match | None) -> tuple[Settled, tuple[str, ...]]:
        """What is promised or asked decides type and mode: a promise of harm is a threat, one to refuse a refusal."""
        modes = (match.frame.mode,) if match.frame.mode else ()
        if content is None:
            return settled, modes
        inner = content.frame.event_type
        if settled.type == "AGREE" and match.frame.event_type == "AGREE":
            if self.types.quad(inner) == 4 and inner not in ("MOBILIZE",):
                return Settled("THREATEN", settled.status, rule="a promise of harm is THREATEN"), _known(
                    (THREAT_MODES.get(inner),)
                )
            if inner == "REJECT":
                return Settled("REJECT", settled.status, rule="a promise to refuse is REJECT"), modes
        if settled.type in ("REQUEST", "REJECT") and not modes:
            return settled, _known((CONTENT_MODES.get(inner),))
        if settled.type == "THREATEN" and not modes:
            return settled, _known((THREAT_MODES.get(inner),))
        return settled, modes

    def _against_foreigners(
        self,
        match: Match,
        settled: Settled,
        modes: tuple[str, ...],
        actors: tuple[Role, ...],
        recipients: tuple[Role, ...],
    ) -> tuple[Settled, tuple[str, ...]]:
        """A ban on one's own people coerces them; on another state or its goods it is a sanction."""
        nouns = {self.annotated.tokens[each.token].lemma.lower() for each in match.clause.objects}
        if settled.type != "COERCE" or not nouns & MEASURES or not actors or not recipients:
            return settled, modes
        countries = [{self._country(role) for role in roles} for roles in (actors, recipients)]
        if None in countries[0] | countries[1] or countries[0] & countries[1]:
            return settled, modes
        return replace(settled, type="SANCTION", rule="a ban on another state is SANCTION"), ()

    def _country(self, role: Role) -> str | None:
        actor = self.sides.actor(role.actor_id)
        return actor.country if actor is not None else None

    def _told_by_itself(self, match: Match, actors: tuple[Role, ...]) -> bool:
        """ "informed them on Saturday that it was cancelling": the teller does what it tells."""
        token = self.annotated.tokens[match.trigger]
        if token.dep != "ccomp":
            return False
        tellers = self.roles.fill(read_clause(self.annotated, token.head).subject).any
        return bool(self.sides.sides(tellers) & self.sides.sides(actors))

    def _named_only(self, draft: Draft) -> Draft:
        """Leaves people whom nobody could name ("17 people") to the evidence: they are no actors."""
        return replace(
            draft,
            actors=tuple(role for role in draft.actors if not self._is_vague(role)),
            recipients=tuple(role for role in draft.recipients if not self._is_vague(role)),
        )

    def _is_vague(self, role: Role) -> bool:
        actor = self.sides.actor(role.actor_id)
        vague = actor is not None and actor.kind is ActorKind.GROUP and actor.country is None and not actor.organization
        return vague and actor is not None and set(actor.sectors) <= {"CVL", "UNK", "SOC"}

    def _first_person(self, match: Match, statement: Statement | None) -> tuple[Role, ...]:
        subject = match.clause.subject
        if subject is None or statement is None or statement.speaker is None:
            return ()
        if self.annotated.tokens[subject.token].text.lower() in FIRST_PERSON:
            return (statement.speaker,)
        return ()

    def _is_forum(self, role: Role) -> bool:
        """An organization of states, or a council: when it meets, its members do."""
        actor = self.sides.actor(role.actor_id)
        return actor is not None and actor.kind in (ActorKind.ORGANIZATION, ActorKind.BODY, ActorKind.GROUP) and bool(
            set(actor.sectors) & FORUM_SECTORS or FORUM_WORDS & set(actor.name.lower().replace("-", " ").split())
        )  # fmt: skip

    def _historical(self, settled: Settled, dating: Dating | None) -> Settled:
        if settled.status not in (Status.OCCURRED, Status.ONGOING) or dating is None or self.reference is None:
            return settled
        latest = dating.timex.dates.latest if dating.timex.dates else None
        if latest is not None and latest < self.reference - HISTORICAL_AFTER:
            return replace(settled, status=Status.HISTORICAL, rule="dated more than a year before the report")
        return settled

    def _sound(self, draft: Draft) -> bool:
        """Whether the draft says enough to be a claim: PLOVER's required roles, and somebody known in it."""
        kind = draft.settled.type
        parties = {role.actor_id for role in (*draft.actors, *draft.recipients)}
        if not parties:
            return False
        if kind in NEEDS_ACTOR and not draft.actors:
            return False
        several = len(self.sides.sides(draft.actors)) > 1
        if kind in NEEDS_RECIPIENT and not draft.recipients and not (kind in MUTUAL and several):
            return False
        if (
            draft.settled.status in (Status.HYPOTHETICAL, Status.DENIED, Status.ASKED, Status.DEMANDED)
            and kind in SPEECH_TYPES
        ):
            return (
                bool(draft.actors and draft.recipients and draft.match.frame.kind is FrameKind.VERB)
                and kind == "THREATEN"
            )
        forum = any(self._is_forum(role) for role in draft.actors)
        assembles = forum and "CONSULT" in (kind, draft.settled.meeting_type)
        if draft.match.frame.assembly and not forum:
            return False
        if kind == "CONSULT" and not assembles and len({self.sides.side(each) for each in parties}) < 2:
            return "mediate" in draft.match.frame.line or draft.match.frame.mode == "visit"
        if draft.match.frame.kind is FrameKind.NOUN and draft.settled.meeting_type:
            return len({self.sides.side(each) for each in parties}) > 1
        if draft.match.frame.kind is FrameKind.NOUN and kind in SPEECH_TYPES:
            return bool(draft.actors and draft.recipients)
        return True


def code_claims(
    annotated: Annotated,
    cast: Cast,
    times: tuple[Timex, ...],
    places: tuple[Place, ...],
    statements: tuple[Statement, ...],
    custom: tuple[CustomLabel, ...] = (),
) -> tuple[Claim, ...]:
    """The claims of one article, in text order; `statements` say whose word each one is. Raises CodebookError.

    `custom` are the event types and modes of the user's own codebook.
    """
    types, words, prototypes = with_custom(custom), load_status_words(), load_prototypes(custom)
    return ClaimCoder(annotated, cast, times, places, statements, types, words, prototypes).code()


def _known(modes: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(mode for mode in modes if mode is not None)


def _reference_day(annotated: Annotated, times: tuple[Timex, ...]) -> date | None:
    """The day that "now" is for the report: publication, else the latest bound, else the latest day that the text dates."""
    article = annotated.article
    if article.published is not None:
        return article.published.day
    if article.published_between is not None:
        return article.published_between[1] or article.published_between[0]
    days = [timex.dates.latest for timex in times if timex.dates is not None and timex.dates.latest is not None]
    return max(days, default=None)
