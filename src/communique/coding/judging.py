"""Grammar and model together: the frames' matches are put to the model, and predicates without a frame are offered to it.

The parse gives trigger and roles; the model reads the sentence with the three marked. It confirms a frame's type, corrects
it where it is sure, drops what is no event (metaphor, sport, commentary), and names the type of predicates that no frame
knows.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from communique.codebook.event_types import EventTypes
from communique.codebook.frames import Frame, FrameKind
from communique.coding.classifier import NONE, Classifier, Labels
from communique.coding.clauses import Argument, Clause, read_clause
from communique.coding.drafts import Draft
from communique.coding.matching import Match
from communique.coding.prototypes import Borne, Prototypes
from communique.coding.roles import RoleFinder
from communique.coding.settling import SPEECH_TYPES, Settled, settle
from communique.records import Annotated, Role, Span, Statement, Status, Token

SURE_OF_NONE = 0.9  # a frame's match is dropped above this
SURE_OF_NONE_AGAINST_MUCH = 0.97  # … of a frame that demands much
UNLIKELY = 0.1  # … or below this, when no event at all is likelier
SURE_OF_ANOTHER = 0.9  # a frame's type gives way above this, when the model all but rules it out
RULED_OUT = 0.04
SURE_ALONE = 0.93  # a predicate without a frame becomes a claim above this, when it has both roles
SURE_WITHOUT_RECIPIENT = 0.98
DEMANDING = 4  # a frame's specificity from which the model does not overrule it
MODE_THRESHOLD = 0.6
OWN_FRAME = 0.9  # how sure a frame of the user's own file is
MODEL_ALONE = "model alone"  # instead of a frame's line
DONE = {Status.OCCURRED, Status.ONGOING, Status.SCHEDULED}
CONTENT_LINKS = {"pcomp", "xcomp", "ccomp"}
OBJECT_PREPOSITIONS = (
    "against",
    "on",
    "upon",
    "with",
    "to",
    "at",
    "from",
    "for",
    "into",
    "of",
    "over",
    "toward",
    "towards",
)
CUES_ONLY = {
    "say",
    "tell",
    "add",
    "note",
    "report",
    "state",
    "write",
    "be",
    "have",
    "do",
    "know",
    "become",
    "seem",
    "see",
}


class Judge:
    """Puts the predicates of one article to the model."""

    def __init__(
        self,
        annotated: Annotated,
        roles: RoleFinder,
        types: EventTypes,
        classifier: Classifier,
        prototypes: Prototypes,
    ) -> None:
        self.annotated = annotated
        self.roles = roles
        self.types = types
        self.classifier = classifier
        self.prototypes = prototypes

    def review(self, draft: Draft) -> Draft | None:
        """The draft as it stands after the model has read it; None when it is no event at all."""
        match, settled = draft.match, draft.settled
        if match.frame.kind in (FrameKind.MODAL, FrameKind.EVALUATION):
            return draft
        labels = draft.labels or self._read(match.trigger, draft.actors, draft.recipients, match.clause)
        borne = self.prototypes.borne(labels.vector)
        own = self._own_type(match, settled, borne)
        if own is not None:
            like = own.label.like
            settled = settle(like, self.types.quad(like), draft.reading, refusal=False, by_own_word=False)
            return replace(draft, settled=settled, modes=(), labels=labels, own=own)
        reviewed = self._reviewed(draft, labels)
        return reviewed and replace(reviewed, modes=(*self._own_modes(reviewed, borne), *reviewed.modes))

    def _own_type(self, match: Match, settled: Settled, borne: tuple[Borne, ...]) -> Borne | None:
        """The type of the user's own that the predicate bears; words are not taken for deeds, nor deeds for words."""
        by_frame = match.frame.custom
        for label in self.prototypes.labels if by_frame is not None else ():
            if label.name == by_frame and label.mode is None:
                return Borne(label=label, confidence=OWN_FRAME)
        for each in borne:
            spoken = each.label.like in SPEECH_TYPES
            if each.label.mode is None and (
                match.frame.line == MODEL_ALONE or spoken == (settled.type in SPEECH_TYPES)
            ):
                return each
        return None

    def _own_modes(self, draft: Draft, borne: tuple[Borne, ...]) -> tuple[str, ...]:
        """The modes of the user's own that the predicate bears, for the type that it has."""
        named = draft.match.frame.custom
        names = {each.label.name for each in borne} | {named}
        own = (each for each in self.prototypes.labels if each.name in names and each.type == draft.settled.type)
        return tuple(each.mode for each in own if each.mode is not None)

    def _reviewed(self, draft: Draft, labels: Labels) -> Draft | None:
        """The draft after the packaged types have been put to it."""
        match, settled = draft.match, draft.settled
        best = labels.type
        chance = labels.types[settled.type]
        half_told = settled.status is not Status.HISTORICAL and not (draft.actors and draft.recipients)
        told_as_done = settled.status in DONE or half_told
        either = max(chance, labels.types[match.frame.event_type])  # a plan to attack is read as the attack
        lemma = self.annotated.tokens[match.trigger].lemma.lower()
        named = match.frame.object is not None and match.frame.object.lexical and settled.type == "REJECT"
        demanding = match.frame.specificity(lemma) >= (DEMANDING - 1 if named else DEMANDING)
        sure = SURE_OF_NONE_AGAINST_MUCH if demanding else SURE_OF_NONE
        if best == NONE and told_as_done and (labels.types[NONE] > sure or (either < UNLIKELY and not demanding)):
            return None
        own_clause = draft.reading.governor is None and self.annotated.tokens[match.trigger].dep not in CONTENT_LINKS
        plain = (
            not demanding
            and settled.type == match.frame.event_type != "REJECT"
            and own_clause  # of "accused of attacking" the model tends to read the accusation
        )
        yields = plain and chance < RULED_OUT
        if best != NONE and labels.types[best] > SURE_OF_ANOTHER and yields:
            corrected = settle(best, self.types.quad(best), draft.reading, refusal=False, by_own_word=False)
            return replace(
                draft, settled=corrected, modes=labels.modes_of(best, MODE_THRESHOLD), labels=labels, overruled=True
            )
        modes = draft.modes or labels.modes_of(settled.type, MODE_THRESHOLD)
        return replace(draft, modes=modes, labels=labels)

    def propose(self, matches: Sequence[Match], statements: Iterable[Statement]) -> Iterator[Match]:
        """Verbs without a frame that have an actor as subject, and somebody or something they act on."""
        taken = {match.trigger for match in matches} | {token for match in matches for token in match.consumed}
        cues = {token for each in statements if each.cue is not None for token in self.annotated.tokens_in(each.cue)}
        for token in self.annotated.tokens:
            if token.pos != "VERB" or token.index in taken or token.index in cues or token.lemma in CUES_ONLY:
                continue
            if token.dep in ("aux", "auxpass", "amod", "compound"):
                continue
            clause = self.roles.without_times(read_clause(self.annotated, token.index))
            actors = self.roles.fill(clause.subject).direct
            recipients = self._recipients(clause, actors)
            if not actors or (not recipients and not clause.objects and not clause.prepositions):
                continue
            labels = self._read(token.index, actors, recipients, clause)
            best = labels.type
            own = next((each.label for each in self.prototypes.borne(labels.vector) if each.label.mode is None), None)
            if own is not None and (recipients or clause.objects):
                best = own.like
            elif best == NONE or labels.types[best] < (SURE_ALONE if recipients else SURE_WITHOUT_RECIPIENT):
                continue
            modes = labels.modes_of(best, MODE_THRESHOLD)
            frame = Frame(
                line=MODEL_ALONE,
                event_type=best,
                mode=modes[0] if modes else None,
                kind=FrameKind.VERB,
                triggers=(token.lemma,),
            )
            yield Match(frame, token.index, clause, actors, recipients, frozenset(), False, labels=labels)

    def _recipients(self, clause: Clause, actors: tuple[Role, ...]) -> tuple[Role, ...]:
        """Whom the predicate is directed at: its object, else what stands behind a preposition, nearest kind first."""
        mine = {role.actor_id for role in actors}
        candidates = [self.roles.fill(*clause.objects)]
        for wanted in OBJECT_PREPOSITIONS:
            nouns = [Argument(noun) for preposition, noun in clause.prepositions if preposition == wanted]
            candidates.append(self.roles.fill(*nouns))
        for direct in (True, False):
            for filler in candidates:
                found = tuple(
                    role for role in (filler.direct if direct else filler.owners) if role.actor_id not in mine
                )
                if found:
                    return found
        return ()

    def _read(self, trigger: int, actors: tuple[Role, ...], recipients: tuple[Role, ...], clause: Clause) -> Labels:
        """The model's labels; where no recipient is known, the object's words stand in its place."""
        sentence = self.annotated.sentence_span(self.annotated.sentence_of(trigger))
        token = self.annotated.tokens[trigger]
        marks = {"trigger": (token.start - sentence.start, token.end - sentence.start)}
        places = {
            "actor": _inside(actors, sentence),
            "recipient": _inside(recipients, sentence) or self._object(clause),
        }
        for name, span in places.items():
            if span is not None and sentence.covers(span):
                marks[name] = (span.start - sentence.start, span.end - sentence.start)
        return self.classifier.read(self.annotated.article.quote(sentence), marks)

    def _object(self, clause: Clause) -> Span | None:
        for argument in clause.objects:
            tokens = self._phrase(self.annotated.tokens[argument.token])
            return self.annotated.article.span(tokens[0].start, tokens[-1].end)
        return None

    def _phrase(self, head: Token) -> list[Token]:
        """The noun with what stands before it."""
        return [
            token for token in self.annotated.subtree(head.index) if token.index <= head.index and token.pos != "PUNCT"
        ]


def _inside(roles: Sequence[Role], sentence: Span) -> Span | None:
    """The first role's words that stand in the sentence."""
    return next((role.span for role in roles if role.span is not None and sentence.covers(role.span)), None)
