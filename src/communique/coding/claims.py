"""Annotated article, cast, times and statements in, claims out: one for each event that the words report.

The frame gives type and roles, `status` says whether it took place, `settling` what both amount to. What is only the
content of a demand, a threat or a plan becomes a claim of its own with that status, or is folded into the promise.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique.codebook.event_types import EventTypes
from communique.codebook.frames import FrameKind
from communique.codebook.status_words import StatusWords
from communique.coding.clauses import read_clause
from communique.coding.counterparts import ANAPHORS, Dealing, answered, counterpart
from communique.coding.dating import Dates, Dating
from communique.coding.matching import Match, match_all
from communique.coding.roles import RoleFinder
from communique.coding.settling import SPEECH_TYPES, Settled, settle
from communique.coding.sides import Sides
from communique.coding.status import StatusReading, read_status
from communique.records import (
    Annotated,
    Cast,
    Claim,
    FieldDecision,
    Role,
    Span,
    Statement,
    Status,
    Timex,
    make_id,
)

HISTORICAL_AFTER = timedelta(days=365)
FIRST_PERSON = {"i", "we", "us", "me", "our", "my"}
NEEDS_ACTOR = {"AGREE", "REQUEST", "ACCUSE", "REJECT", "THREATEN", "SUPPORT", "CONCEDE", "MOBILIZE", "PROTEST"}
NEEDS_RECIPIENT = {"COOPERATE", "AID"}  # PLOVER 2.0; SANCTION too, but leaving a treaty names nobody
CONTENT_MODES = {
    "RETREAT": "yield",
    "CONCEDE": "yield",
    "CONSULT": "meet",
    "AID": "assist",
    "COOPERATE": "assist",
    "SUPPORT": "assist",
}
THREAT_MODES = {"SANCTION": "restrict", "ASSAULT": "violence", "COERCE": "arrest", "MOBILIZE": "violence"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A match on its way to a claim."""

    match: Match
    reading: StatusReading
    settled: Settled
    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    statement: Statement | None
    dating: Dating | None
    recipient_rule: str
    modes: tuple[str, ...]


class ClaimCoder:
    """Codes one article. Holds the article's cast, times and statements; no state beyond it."""

    def __init__(
        self,
        annotated: Annotated,
        cast: Cast,
        times: tuple[Timex, ...],
        statements: tuple[Statement, ...],
        types: EventTypes,
        words: StatusWords,
    ) -> None:
        self.annotated = annotated
        self.types = types
        self.words = words
        self.roles = RoleFinder(annotated, cast)
        self.sides = Sides(cast)
        self.dates = Dates(annotated, times)
        self.statements = statements
        self.reference = _reference_day(annotated, times)

    def code(self) -> tuple[Claim, ...]:
        """The claims of the article, in text order."""
        matches = match_all(self.annotated, self.roles, self.types)
        triggers = {match.trigger for match in matches}
        by_trigger = {match.trigger: match for match in matches}
        drafts: list[Draft] = []
        dealings: list[Dealing] = []
        for match in matches:
            draft = self._draft(match, triggers, by_trigger, dealings)
            if draft is not None and self._sound(draft):
                drafts.append(draft)
                paragraph = self.annotated.sentence_of(match.trigger).paragraph
                dealings.append(Dealing(draft.settled.type, draft.actors, draft.recipients, paragraph))
        drafts = self._fold_promises(drafts)
        drafts = self._inherit_occasions(drafts)
        return tuple(_without_repeats([self._claim(draft) for draft in drafts]))

    def _draft(
        self, match: Match, triggers: set[int], by_trigger: dict[int, Match], dealings: list[Dealing]
    ) -> Draft | None:
        frame = match.frame
        statement = self._statement_over(match.trigger)
        actors = match.actors or self._first_person(match, statement)
        if frame.kind in (FrameKind.EVALUATION, FrameKind.MODAL):
            if statement is None or statement.speaker is None:
                return None
            actors = (statement.speaker,)
        reading = self._status(match)
        by_own_word = statement is not None and statement.speaker is not None and any(
            self.sides.same(statement.speaker.actor_id, role.actor_id) for role in actors
        )  # fmt: skip
        quad = self.types.quad(frame.event_type)
        settled = settle(frame.event_type, quad, reading, refusal=frame.negated, by_own_word=by_own_word)
        content = self._content_match(match, by_trigger)
        settled, modes = self._by_content(match, settled, content)
        recipients, rule = self._recipients(match, actors, content, settled, dealings)
        if frame.kind in (FrameKind.EVALUATION, FrameKind.MODAL) and not recipients:
            return None
        through_cue = settled.type in SPEECH_TYPES and by_own_word
        dating = self.dates.of_event(match.trigger, triggers - {match.trigger}, through_cue=through_cue)
        settled = self._historical(settled, dating)
        return Draft(match, reading, settled, actors, recipients, statement, dating, rule, modes)

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

    def _recipients(
        self, match: Match, actors: tuple[Role, ...], content: Match | None, settled: Settled, dealings: list[Dealing]
    ) -> tuple[tuple[Role, ...], str]:
        recipients = (
            self.sides.apart_from(match.recipients, actors)
            if settled.type not in ("COERCE", "ASSAULT", "SANCTION")
            else match.recipients
        )
        if recipients:
            return recipients, "owner of what it hits" if match.owners_only else "grammar"
        if settled.type not in SPEECH_TYPES | {"SANCTION"} or not actors:
            return (), "none named"
        if content is not None:
            wanted = content.actors if settled.type == "REQUEST" else content.recipients or content.actors
            recipients = self.sides.apart_from(wanted, actors)
            if recipients:
                return recipients, "role in the content"
        inside = self._inside_content(match, actors)
        if inside:
            return inside, "named in the content"
        if settled.type in ("REJECT", "AGREE", "CONCEDE") and self._answers(match):
            recipients = answered(actors, dealings, self.sides)
            if recipients:
                return recipients, "whoever made what is answered"
        if settled.type in ("REJECT", "ACCUSE", "REQUEST", "THREATEN"):
            paragraph = self.annotated.sentence_of(match.trigger).paragraph
            recipients = counterpart(actors, dealings, self.sides, paragraph)
            if recipients:
                return recipients, "counterpart in the talks before"
        return (), "none named"

    def _inside_content(self, match: Match, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """The first actor of another side inside what is demanded, rejected or criticised."""
        roots = [argument.token for argument in match.clause.objects]
        roots += [match.complement] if match.complement is not None else []
        roots += [
            noun
            for preposition, noun in match.clause.prepositions
            if preposition in ("of", "for", "over", "about", "against", "to")
        ]
        for root in roots:
            for token in self.annotated.subtree(root):
                mention = self.roles.mention_at(token.index)
                if mention is not None and mention.head == token.index and mention.actor_id:
                    apart = self.sides.apart_from((Role(actor_id=mention.actor_id, span=mention.span),), actors)
                    if apart:
                        return apart
        return ()

    def _answers(self, match: Match) -> bool:
        """True when the object points back ("rejected this claim") or nothing is named at all."""
        if not match.clause.objects:
            return True
        objects = [self.annotated.tokens[argument.token] for argument in match.clause.objects]
        return any(
            child.dep == "det" and child.lemma.lower() in ANAPHORS
            for each in objects
            for child in self.annotated.children(each.index)
        ) or any(each.lemma.lower() in ("it", "this", "that", "them") for each in objects)

    def _first_person(self, match: Match, statement: Statement | None) -> tuple[Role, ...]:
        subject = match.clause.subject
        if subject is None or statement is None or statement.speaker is None:
            return ()
        if self.annotated.tokens[subject.token].text.lower() in FIRST_PERSON:
            return (statement.speaker,)
        return ()

    def _statement_over(self, trigger: int) -> Statement | None:
        """The innermost statement whose content holds the trigger."""
        token = self.annotated.tokens[trigger]
        covering = [
            (span.end - span.start, statement)
            for statement in self.statements
            for span in statement.content
            if span.start <= token.start and token.end <= span.end
        ]
        return min(covering, key=lambda each: each[0])[1] if covering else None

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
        if kind in NEEDS_RECIPIENT and not draft.recipients:
            return False
        if (
            draft.settled.status in (Status.HYPOTHETICAL, Status.DENIED, Status.ASKED, Status.DEMANDED)
            and kind in SPEECH_TYPES
        ):
            return (
                bool(draft.actors and draft.recipients and draft.match.frame.kind is FrameKind.VERB)
                and kind == "THREATEN"
            )
        if kind == "CONSULT" and len({self.sides.side(each) for each in parties}) < 2:
            return "mediate" in draft.match.frame.line or draft.match.frame.mode == "visit"
        if draft.match.frame.kind is FrameKind.NOUN and kind in SPEECH_TYPES:
            return bool(draft.actors and draft.recipients)
        return True

    def _fold_promises(self, drafts: list[Draft]) -> list[Draft]:
        """ "agreed to meet": the promise takes the meeting's partner, type and date; the meeting itself is no second claim."""
        promised = {
            draft.match.trigger: draft
            for draft in drafts
            if draft.settled.type == "AGREE" and draft.match.frame.event_type == "AGREE"
        }
        folded: dict[int, Draft] = {}
        kept: list[Draft] = []
        for draft in drafts:
            promise = promised.get(draft.reading.governor) if draft.reading.governor is not None else None
            if promise is None or draft is promise:
                kept.append(draft)
                continue
            if draft.settled.meeting_type:
                settled = replace(promise.settled, meeting_type=draft.settled.meeting_type, status=Status.SCHEDULED)
            else:
                settled = promise.settled
            folded[promise.match.trigger] = replace(
                promise,
                settled=settled,
                recipients=promise.recipients or self.sides.apart_from(draft.recipients, promise.actors),
                dating=promise.dating or draft.dating,
            )
        return [folded.get(draft.match.trigger, draft) for draft in kept]

    def _inherit_occasions(self, drafts: list[Draft]) -> list[Draft]:
        """What a speaker does by speaking, undated, belongs to the occasion on which the report has that speaker talk."""
        occasion: dict[str, Timex] = {}
        dated: list[Draft] = []
        for statement in self.statements:
            if statement.speaker is not None and statement.date is not None and statement.date.dates is not None:
                occasion.setdefault(statement.speaker.actor_id, statement.date)
        for draft in drafts:
            speaker = draft.actors[0].actor_id if draft.actors else None
            speaking = (
                draft.settled.type in ("ACCUSE", "REJECT", "REQUEST", "THREATEN")
                and draft.settled.status is Status.OCCURRED
            )
            own = (
                draft.statement is None
                or draft.statement.speaker is None
                or draft.statement.speaker.actor_id == speaker
            )
            if draft.dating is None and speaking and own and speaker in occasion:
                draft = replace(
                    draft, dating=Dating(occasion[speaker], "the day on which the report has the speaker talk", True)
                )
            dated.append(draft)
        return dated

    def _claim(self, draft: Draft) -> Claim:
        match, article = draft.match, self.annotated.article
        trigger = _token_span(self.annotated, match.trigger)
        evidence = self._evidence(draft)
        asserted = self._asserted_by(draft)
        status_span = _token_span(self.annotated, draft.reading.words) if draft.reading.words is not None else None
        condition = None
        if draft.reading.condition is not None:
            tokens = self.annotated.subtree(draft.reading.condition)
            condition = article.span(tokens[0].start, tokens[-1].end)
        role_words = [f"{role.actor_id}" for role in draft.actors]
        return Claim(
            id=make_id("claim", article.id, trigger.start, trigger.end, draft.settled.type, *role_words),
            article_id=article.id,
            type=draft.settled.type,
            modes=draft.modes,
            contexts=(),
            actors=draft.actors,
            recipients=draft.recipients,
            date=draft.dating.timex if draft.dating else None,
            place=None,
            status=draft.settled.status,
            status_span=status_span,
            asserted_by=asserted,
            trigger=trigger,
            evidence=evidence,
            decisions=self._decisions(draft),
            meeting_type=draft.settled.meeting_type,
            condition=condition,
        )

    def _asserted_by(self, draft: Draft) -> tuple[Role, ...]:
        statement = draft.statement
        if statement is None or statement.speaker is None:
            return ()
        return (statement.speaker,)

    def _evidence(self, draft: Draft) -> tuple[Span, ...]:
        """The clause around the trigger, and the words of roles that stand outside it."""
        annotated, match = self.annotated, draft.match
        head = match.trigger
        if match.frame.kind in (FrameKind.MODAL, FrameKind.EVALUATION, FrameKind.ADJECTIVE):
            head = annotated.tokens[head].head
        cut = {
            token.index
            for child in annotated.children(head)
            if child.dep in ("advcl", "conj", "parataxis") and child.pos in ("VERB", "AUX")
            for token in annotated.subtree(child.index)
        }
        tokens = [token for token in annotated.subtree(head) if token.index not in cut and token.pos != "PUNCT"]
        start, end = min(token.start for token in tokens), max(token.end for token in tokens)
        main = annotated.article.span(start, end)
        outside = [
            role.span
            for role in (*draft.actors, *draft.recipients)
            if role.span is not None and not main.covers(role.span)
        ]
        return (main, *sorted(set(outside)))

    def _decisions(self, draft: Draft) -> tuple[FieldDecision, ...]:
        frame = draft.match.frame
        strength = min(0.95, 0.6 + 0.05 * frame.specificity)
        recipient = {
            "grammar": 0.85,
            "owner of what it hits": 0.65,
            "role in the content": 0.7,
            "named in the content": 0.55,
        }
        decided = [
            FieldDecision(field="type", rule=f"frame {frame.event_type}: {frame.line}", confidence=strength),
            FieldDecision(
                field="status",
                rule=draft.settled.rule or draft.reading.rule,
                confidence=0.85 if draft.reading.words else 0.8,
            ),
            FieldDecision(field="actors", rule="grammar" if draft.match.actors else "speaker", confidence=0.8),
        ]
        if draft.recipients:
            decided.append(
                FieldDecision(
                    field="recipients", rule=draft.recipient_rule, confidence=recipient.get(draft.recipient_rule, 0.4)
                )
            )
        if draft.dating is not None:
            decided.append(
                FieldDecision(field="date", rule=draft.dating.rule, confidence=0.5 if draft.dating.inherited else 0.8)
            )
        return tuple(decided)


def find_claims(
    annotated: Annotated,
    cast: Cast,
    times: tuple[Timex, ...],
    statements: tuple[Statement, ...],
    types: EventTypes,
    words: StatusWords,
) -> tuple[Claim, ...]:
    """The claims of one article, in text order; `statements` say whose word each one is."""
    return ClaimCoder(annotated, cast, times, statements, types, words).code()


def _token_span(annotated: Annotated, token: int) -> Span:
    return annotated.span(token, token + 1)


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


def _without_repeats(claims: list[Claim]) -> list[Claim]:
    """One claim of a type, roles and status a clause: "held talks and met" of the same two is one event told once."""
    kept: list[Claim] = []
    for claim in claims:
        twin = next((each for each in kept if _repeats(each, claim)), None)
        if twin is None:
            kept.append(claim)
        elif _weight(claim) > _weight(twin):
            kept[kept.index(twin)] = claim
    return kept


def _repeats(one: Claim, other: Claim) -> bool:
    if one.type != other.type or one.status != other.status or not one.evidence[0].overlaps(other.evidence[0]):
        return False
    mine = {role.actor_id for role in (*one.actors, *one.recipients)}
    theirs = {role.actor_id for role in (*other.actors, *other.recipients)}
    return mine <= theirs or theirs <= mine


def _weight(claim: Claim) -> tuple[int, int]:
    return len(claim.actors) + len(claim.recipients), claim.date is not None
