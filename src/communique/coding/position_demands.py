"""Demands that no verb of demanding makes: obligations in a statement or a draft, conditions that would avert a threat, nouns.

"They say that the other side must commit to …" is a demand of whoever made the draft; "the strike goes on if the government
does not raise wages" one of the union; "a demand by the rebels for an amnesty" one of the rebels.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from communique.coding.clauses import Argument, Clause, read_clause
from communique.coding.position_content import ContentReader
from communique.coding.position_stand import Ground, Stand
from communique.records import Role, Span, Stance, Statement, Token

OWNED_BY = {"by", "of", "from"}
CLAUSE_DEPTH = 3  # clauses that a condition may stand above or below its threat


@dataclass(frozen=True, slots=True, kw_only=True)
class Condition:
    """The verb of an if-clause, who would do it, and whether doing it averts the threat ("unless", "if … not")."""

    verb: int
    by: tuple[Role, ...]
    averting: bool


def condition_met_by(ground: Ground, trigger: Token, threatener: Role) -> Condition | None:
    """The condition under which a threat holds, when somebody else than the threatener is to meet it."""
    annotated = ground.annotated
    governors = [trigger, *list(annotated.ancestors(trigger.index))[:CLAUSE_DEPTH]]
    sentence = annotated.sentence_of(trigger.index)
    for token in annotated.sentence_tokens(sentence):
        if token.dep != "advcl" or token.pos not in ("VERB", "AUX"):
            continue
        head = annotated.tokens[token.head]
        if head not in governors and trigger not in list(annotated.ancestors(token.index))[:CLAUSE_DEPTH]:
            continue
        marks = {c.lemma.lower() for c in annotated.children(token.index) if c.dep == "mark"}
        negated = any(c.dep == "neg" for c in annotated.children(token.index))
        if not marks & {"if", "unless", "until"}:
            continue
        by = ground.actors_of(read_clause(annotated, token.index).subject)
        others = tuple(each for each in by if not ground.sides.same(each.actor_id, threatener.actor_id))
        averting = ("if" in marks) == negated
        passive = any(c.dep == "nsubjpass" for c in annotated.children(token.index))  # "if the ban was not lifted"
        if averting and not others and not (passive and not by):
            continue
        return Condition(verb=token.index, by=others, averting=averting)
    return None


class DemandStands:
    """Reads demands of one article that are no claims of type REQUEST."""

    def __init__(self, ground: Ground, contents: ContentReader) -> None:
        self.ground = ground
        self.contents = contents

    def obligations(self) -> Iterator[Stand]:
        """What a party says that another must do."""
        annotated, stances = self.ground.annotated, self.ground.stances
        for token in annotated.tokens:
            modal = token.tag == "MD" and token.lemma.lower() in stances.modals
            if not modal or self.ground.asked(token):
                continue
            verb = annotated.tokens[token.head]
            statement = self.ground.statement(token)
            if statement is None or verb.pos not in ("VERB", "AUX"):
                continue
            clause = read_clause(annotated, verb.index)
            obliged = self.ground.actors_of(clause.subject)
            for speaker in self.speakers_or_makers(statement):
                others = tuple(each for each in obliged if not self.ground.sides.same(each.actor_id, speaker.actor_id))
                if not self.ground.is_party(speaker):
                    continue
                if others and not clause.passive:
                    yield self._demand(speaker, verb, self._to_end(verb, statement), others, statement.id)
                elif not obliged and token.lemma.lower() == "must" and self._is_matter(clause):
                    yield self._demand(speaker, verb, self._with_subject(clause, verb), (), statement.id)

    def _is_matter(self, clause: Clause) -> bool:
        """True for "the blockade must end", "troops must be withdrawn"; not for "it must be noted"."""
        matter = clause.objects[0] if clause.passive and clause.objects else clause.subject
        return matter is not None and self.ground.annotated.tokens[matter.token].pos in ("NOUN", "PROPN")

    def _with_subject(self, clause: Clause, verb: Token) -> Span:
        """The clause with a subject that stands in the clause before: "the blockade is illegal and must end"."""
        phrase = self.contents.phrase(verb.index)
        if clause.subject is None or not clause.subject.understood:
            return phrase
        first = self.ground.annotated.subtree(clause.subject.token)[0]
        return self.ground.annotated.article.span(min(first.start, phrase.start), phrase.end)

    def conditions(self) -> Iterator[Stand]:
        """What a speaker wants done or left, told as what would end a strike or bring a retaliation."""
        annotated = self.ground.annotated
        for statement in self.ground.statements:
            speaker = statement.speaker
            if speaker is None or statement.negated or not self.ground.is_party(speaker):
                continue
            warned = self._warns(statement)
            for span in statement.content:
                tokens = [annotated.tokens[index] for index in annotated.tokens_in(span)]
                pressed = warned or any(each.lemma.lower() in self.ground.stances.pressure for each in tokens)
                verb = next((each for each in tokens if each.pos in ("VERB", "AUX") and self._coming(each)), None)
                condition = condition_met_by(self.ground, verb, speaker) if verb is not None and pressed else None
                if condition is None or not (condition.averting or (warned and condition.by)):
                    continue
                content = self.contents.phrase(condition.verb)
                stance = Stance.DEMANDS if condition.averting else Stance.OPPOSES
                trigger = annotated.tokens[condition.verb]
                yield self._demand(speaker, trigger, content, condition.by, statement.id, stance)

    def _warns(self, statement: Statement) -> bool:
        cue = self.ground.annotated.tokens_in(statement.cue) if statement.cue else range(0)
        return any(self.ground.annotated.tokens[index].lemma.lower() in self.ground.stances.warnings for index in cue)

    def nouns(self) -> Iterator[Stand]:
        """A demand by the rebels for an amnesty."""
        annotated = self.ground.annotated
        for token in annotated.tokens:
            if token.pos != "NOUN" or self.ground.stances.speech_nouns.get(token.lemma.lower()) != frozenset(
                {Stance.DEMANDS}
            ):
                continue
            if any(child.lemma.lower() in ("no", "any") for child in annotated.children(token.index)):
                continue
            opened = self.contents.opened(token.index)
            owners = self._owners(token)
            if opened is None or opened.pointer or not owners:
                continue
            if self.contents.phrase(token.index) == opened.span:
                continue
            for owner in owners:
                yield self._demand(owner, token, opened.span, (), self.ground.basis(token))

    def _demand(
        self,
        actor: Role,
        trigger: Token,
        content: Span,
        of: tuple[Role, ...],
        basis: str,
        stance: Stance = Stance.DEMANDS,
    ) -> Stand:
        return Stand(
            actor=actor,
            stance=stance,
            content=content,
            basis=basis,
            trigger=trigger.index,
            of=of,
            asserted=self.ground.speakers(trigger),
        )

    def speakers_or_makers(self, statement: Statement) -> tuple[Role, ...]:
        """The statement's speaker; for words of a draft, whoever made it."""
        if statement.speaker is not None:
            return (statement.speaker,)
        if statement.source is None and statement.cue is None:
            return ()
        annotated = self.ground.annotated
        cue = annotated.tokens_in(statement.cue) if statement.cue else range(0)
        subject = read_clause(annotated, cue[0]).subject if cue else None
        if subject is None:
            return ()
        noun = annotated.tokens[subject.token]
        if noun.lemma.lower() in self.ground.stances.documents:
            presented = [c for c in annotated.children(noun.index) if c.dep == "acl" and c.tag == "VBN"]
            owners = self.ground.actors_of(subject, owners=True)
            owners = owners or (
                self.ground.actors_of(read_clause(annotated, presented[0].index).subject) if presented else ()
            )
            if owners:
                return owners
        elif noun.pos != "PRON":
            return ()
        return self._makers(annotated.tokens[cue[0]])

    def _makers(self, verb: Token) -> tuple[Role, ...]:
        """Who presented a document in the sentence before."""
        annotated = self.ground.annotated
        sentence = annotated.sentence_of(verb.index)
        if sentence.index == 0:
            return ()
        before = annotated.sentences[sentence.index - 1]
        if before.paragraph != sentence.paragraph:
            return ()
        for token in annotated.sentence_tokens(before):
            if token.pos == "VERB":
                clause = read_clause(annotated, token.index)
                named = {
                    each.lemma.lower()
                    for argument in clause.objects
                    for each in annotated.subtree(argument.token)
                    if each.index - argument.token <= 0
                }
                makers = self.ground.actors_of(clause.subject)
                if makers and named & self.ground.stances.documents:
                    return makers
        return ()

    def _owners(self, noun: Token) -> tuple[Role, ...]:
        annotated = self.ground.annotated
        for child in annotated.children(noun.index):
            if child.dep == "poss":
                return self.ground.actors_of(Argument(child.index))
            if child.dep == "prep" and child.lemma.lower() in OWNED_BY:
                for each in annotated.children(child.index):
                    if each.dep == "pobj":
                        found = self.ground.actors_of(Argument(each.index))
                        if found:
                            return found
        return ()

    def _to_end(self, verb: Token, statement: Statement) -> Span:
        """From the obliged verb to the end of what is said: obligations are listed."""
        span = next((each for each in statement.content if each.start <= verb.start < each.end), None)
        phrase = self.contents.phrase(verb.index)
        sentence = self.ground.annotated.sentence_span(self.ground.annotated.sentence_of(verb.index))
        end = min(span.end, sentence.end) if span else phrase.end
        text = self.ground.annotated.article.text
        while end > verb.end and text[end - 1] in " .,;”\"'\n":
            end -= 1
        return self.ground.annotated.article.span(verb.start, end)

    def _coming(self, verb: Token) -> bool:
        return any(
            child.tag == "MD" and child.lemma.lower() in ("will", "would", "shall", "could", "may")
            for child in self.ground.annotated.children(verb.index)
        )
