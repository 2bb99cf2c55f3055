"""Draft → Claim: the evidence around the trigger, what it is about, its contexts, and what decided each field."""

from pathlib import Path

from communique.codebook.contexts import Contexts
from communique.codebook.frames import FrameKind
from communique.coding.drafts import Draft
from communique.coding.judging import MODEL_ALONE
from communique.coding.locating import Locator
from communique.coding.matching import Match
from communique.records import Annotated, Claim, FieldDecision, Place, Role, Span, make_id

CONTENT_PREPOSITIONS = {"for", "of", "over", "about", "to", "on", "from", "against", "with", "in"}


class Composer:
    """Writes the claims of one article."""

    def __init__(self, annotated: Annotated, contexts: Contexts, locator: Locator, triggers: set[int]) -> None:
        self.annotated = annotated
        self.contexts = contexts
        self.locator = locator
        self.triggers = triggers

    def compose(self, draft: Draft) -> Claim:
        """The claim of a draft; its id rests on the article, the trigger, the type and the actors."""
        match, article = draft.match, self.annotated.article
        trigger = _token_span(self.annotated, match.trigger)
        evidence = self._evidence(draft)
        asserted = self._asserted_by(draft)
        status_span = _token_span(self.annotated, draft.reading.words) if draft.reading.words is not None else None
        condition = None
        if draft.reading.condition is not None:
            tokens = self.annotated.subtree(draft.reading.condition)
            condition = article.span(tokens[0].start, tokens[-1].end)
        event_type = draft.own.label.type if draft.own is not None else draft.settled.type
        role_words = [f"{role.actor_id}" for role in draft.actors]
        return Claim(
            id=make_id("claim", article.id, trigger.start, trigger.end, event_type, *role_words),
            article_id=article.id,
            type=event_type,
            like=draft.own.label.like if draft.own is not None else None,
            modes=draft.modes,
            contexts=self._contexts(evidence[0]),
            actors=draft.actors,
            recipients=draft.recipients,
            date=draft.dating.timex if draft.dating else None,
            place=self._place(draft),
            status=draft.settled.status,
            status_span=status_span,
            asserted_by=asserted,
            trigger=trigger,
            evidence=evidence,
            decisions=self._decisions(draft),
            meeting_type=draft.settled.meeting_type,
            condition=condition,
            content=self._content(match),
        )

    def _place(self, draft: Draft) -> Place | None:
        """Where it happened; a country that takes part is no place ("in Brussels Russia and NATO met")."""
        trigger = draft.match.trigger
        place = self.locator.of_event(trigger, self.triggers - {trigger})
        parties = [role.span for role in draft.actors if role.span is not None]
        takes_part = (
            place is not None and place.precision == "country" and any(place.span.overlaps(each) for each in parties)
        )
        return None if takes_part else place

    def _contexts(self, evidence: Span) -> tuple[str, ...]:
        tokens = [self.annotated.tokens[index] for index in self.annotated.tokens_in(evidence)]
        lemmas = self.contexts.of(tuple(token.lemma.lower() for token in tokens))
        words = self.contexts.of(tuple(token.text.lower() for token in tokens))
        return tuple(context for context in self.contexts.definitions if context in lemmas or context in words)

    def _content(self, match: Match) -> Span | None:
        """The clause or phrase that completes the trigger: what is demanded, promised, refused, blamed for."""
        annotated = self.annotated
        roots = [match.complement] if match.complement is not None else []
        for child in annotated.children(match.trigger):
            if child.index not in roots and child.dep in ("ccomp", "xcomp", "acl"):
                roots.append(child.index)
        if not roots:
            named = [role.span for role in (*match.actors, *match.recipients) if role.span is not None]
            arguments = [argument.token for argument in match.clause.objects]
            arguments += [
                noun for preposition, noun in match.clause.prepositions if preposition in CONTENT_PREPOSITIONS
            ]
            roots = [
                token
                for token in arguments
                if annotated.tokens[token].pos != "PRON"
                and not any(token in annotated.tokens_in(span) for span in named)
                and annotated.sentence_of(token) == annotated.sentence_of(match.trigger)
            ]
        tokens = [token for token in annotated.subtree(roots[0]) if token.index != match.trigger] if roots else []
        if not roots and match.frame.kind is FrameKind.VERB:
            tokens = list(annotated.tokens[match.trigger + 1 : annotated.sentence_of(match.trigger).last])
        while tokens and tokens[0].pos in ("PUNCT", "SCONJ"):
            tokens.pop(0)
        while tokens and tokens[-1].pos == "PUNCT":
            tokens.pop()
        return annotated.article.span(tokens[0].start, tokens[-1].end) if tokens else None

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
        strength = min(0.95, 0.6 + 0.05 * frame.specificity(self.annotated.tokens[draft.match.trigger].lemma.lower()))
        recipient = {
            "grammar": 0.85,
            "owner of what it hits": 0.65,
            "role in the content": 0.7,
            "named in the content": 0.55,
            "whom its purpose is directed at": 0.65,
            "whose act it is": 0.6,
            "both sides told before": 0.6,
            "on whose ground": 0.55,
        }
        by_frame = "model" if frame.line == MODEL_ALONE else f"frame {frame.event_type}: {frame.line}"
        if draft.own is not None:
            by_frame = f"{'frame' if frame.custom else 'prototypes'} of {Path(draft.own.label.source).name}"
            strength = draft.own.confidence
        elif draft.labels is not None:
            strength = draft.labels.types[draft.settled.type]
        decided = [
            FieldDecision(
                field="type", rule=f"model over {by_frame}" if draft.overruled else by_frame, confidence=strength
            ),
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


def _token_span(annotated: Annotated, token: int) -> Span:
    return annotated.span(token, token + 1)


def without_repeats(claims: list[Claim]) -> list[Claim]:
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
