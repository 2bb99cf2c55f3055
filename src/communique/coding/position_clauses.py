"""Clauses that are no event and still take sides: wishes, verdicts, answers owed, persistence; and statements that do so.

"Both sides are looking for a deal", "called the expulsion groundless", "did not say whether it would attend", "nothing would
stop the army from pursuing him".
"""

from collections.abc import Callable, Iterator
from dataclasses import replace

from communique.coding.clauses import Argument, read_clause
from communique.coding.fitting import is_negated
from communique.coding.position_content import Content, ContentReader
from communique.coding.position_stand import UNREAL_MARKS, Ground, Stand
from communique.records import Role, Span, Stance, Statement, Token

VERDICT_LINKS = ("amod", "oprd", "conj", "acomp", "dobj")  # the parser takes "the strike a violation" for one clause
NOBODY = {"nothing", "nobody", "none"}
COMING = {"will", "would", "shall", "can", "could"}
OBJECTS = ("dobj", "xcomp", "ccomp")


class ClauseStands:
    """Reads stances off the clauses of one article."""

    def __init__(self, ground: Ground, contents: ContentReader) -> None:
        self.ground = ground
        self.contents = contents
        self.owed: set[int] = set()  # verbs read as answers owed, whoever owes them

    def unanswered(self) -> Iterator[Stand]:
        """Answers owed and not given."""
        for verb in self.ground.annotated.tokens:
            content = self._unanswered(verb) if verb.pos == "VERB" and not self.ground.asked(verb) else None
            if content is not None:
                self.owed.add(verb.index)
                for stand in self._of_verb(verb, Stance.UNANSWERED, content):
                    yield replace(stand, pointer=self._points_back(content))

    def persistence(self) -> Iterator[Stand]:
        """What a party is not stopped from doing to somebody."""
        annotated = self.ground.annotated
        for verb in annotated.tokens:
            if verb.pos != "VERB" or verb.lemma not in self.ground.stances.persisting:
                continue
            clause = read_clause(annotated, verb.index)
            pursued = [
                each
                for child in annotated.children(verb.index)
                if child.dep == "prep" and child.lemma.lower() == "from"
                for each in annotated.children(child.index)
                if each.dep == "pcomp"
            ]
            nobody = clause.subject is not None and annotated.tokens[clause.subject.token].lemma.lower() in NOBODY
            if not pursued or not (nobody or is_negated(annotated, verb.index, clause)) or self.ground.asked(verb):
                continue
            met = [each for each in annotated.children(pursued[0].index) if each.dep == "dobj"]
            of = self.ground.actors_of(Argument(met[0].index)) if met else ()
            doers = self.ground.actors_of(clause.objects[0]) if clause.objects else ()
            for doer in doers:
                yield self._stand(verb, doer, Stance.OPPOSES, self.contents.phrase(verb.index), of=of)

    def sides_taken(self) -> Iterator[Stand]:
        """Verbs and adjectives that take a side."""
        for word in self.ground.annotated.tokens:
            if word.pos in ("VERB", "ADJ", "ADP", "NOUN") and self.ground.taken(word):
                stance, content = self._side_taken(word)
                if stance is not None and content is not None:
                    yield from self._of_verb(word, stance, content)

    def withheld(self) -> Iterator[Stand]:
        """What a party says that it will not do, or has no intention of doing."""
        annotated, stances = self.ground.annotated, self.ground.stances
        for verb in annotated.tokens:
            if verb.pos != "VERB" or self.ground.asked(verb):
                continue
            children = list(annotated.children(verb.index))
            coming = any(each.tag == "MD" and each.lemma.lower() in COMING for each in children)
            negated = any(each.dep == "neg" or each.lemma.lower() == "never" for each in children)
            unreal = any(each.dep == "mark" and each.lemma.lower() in UNREAL_MARKS for each in children)
            if verb.lemma in stances.withheld and coming and negated and not unreal:
                yield from self._of_verb(verb, Stance.REJECTS, self._object_of(verb))
            elif verb.lemma == "have":
                for noun in children:
                    meant = noun.dep == "dobj" and noun.lemma in stances.intentions
                    if meant and any(each.lemma.lower() == "no" for each in annotated.children(noun.index)):
                        inside = [each for each in annotated.subtree(noun.index) if each.pos == "VERB"]
                        if inside:
                            yield from self._of_verb(verb, Stance.REJECTS, self.contents.phrase(inside[0].index))

    def _object_of(self, verb: Token) -> Span:
        """What a verb is about: its object, else all of it."""
        for child in self.ground.annotated.children(verb.index):
            if child.dep in OBJECTS and child.index > verb.index and child.pos != "PRON":
                return self._opened(child.index)
        return self.contents.phrase(verb.index)

    def verdicts(self) -> Iterator[Stand]:
        """Who calls something groundless opposes it."""
        annotated, stances = self.ground.annotated, self.ground.stances
        for verb in annotated.tokens:
            linking = verb.lemma == "be" and bool(self.ground.speakers(verb))
            if not linking and (verb.pos != "VERB" or verb.lemma not in stances.evaluating):
                continue
            if not self.ground.taken(verb):
                continue
            for child in annotated.children(verb.index):
                words = [child] if child.dep in ("oprd", "dobj", "ccomp", "acomp", "attr") else []
                if child.dep == "prep" and child.lemma.lower() == "as":
                    words = [each for each in annotated.children(child.index) if each.dep in ("pobj", "amod", "pcomp")]
                stance = self._verdict(words)
                if stance is not None and linking:
                    yield from self._of_speaker(verb, stance)
                    break
                if stance is not None:
                    behind = [each for each in annotated.subtree(verb.index) if each.index > verb.index]
                    last = max(each.index for word in words for each in annotated.subtree(word.index))
                    span = annotated.article.span(behind[0].start, annotated.tokens[last].end)
                    yield from self._of_verb(verb, stance, span)
                    break

    def acts(self, speakers_of: Callable[[Statement], tuple[Role, ...]]) -> Iterator[Stand]:
        """Statements that demand, promise, reject, accuse or praise, where no claim or clause did."""
        annotated = self.ground.annotated
        for statement in self.ground.statements:
            stance = self.ground.stances.acts.get(statement.act)
            if stance is None or statement.negated or statement.cue is None:
                continue
            speakers = speakers_of(statement)
            cue = annotated.tokens_in(statement.cue)
            head = next((annotated.tokens[index] for index in cue if annotated.tokens[index].pos == "VERB"), None)
            if head is None or not self.ground.taken(head) or head.lemma.lower() in self.ground.stances.neutral:
                continue
            for speaker in speakers:
                if not self.ground.speaks_for_somebody(speaker):
                    continue
                infinitive, of = self._addressed(head, speaker)
                content = Content(self.contents.phrase(infinitive)) if infinitive is not None else None
                content = content or self.contents.refined(statement.content[0], of)
                if self.contents.empty(content.span):
                    continue
                yield Stand(
                    actor=speaker,
                    stance=stance,
                    content=content.span,
                    basis=statement.id,
                    trigger=head.index,
                    of=of,
                    asserted=(statement.reported_by,) if statement.reported_by else (),
                    pointer=content.pointer,
                )

    def _addressed(self, verb: Token, speaker: Role) -> tuple[int | None, tuple[Role, ...]]:
        """The infinitive that somebody is asked for, and who is asked: "called on both to refrain"."""
        annotated = self.ground.annotated
        clause = read_clause(annotated, verb.index)
        asked = [
            *clause.objects,
            *(Argument(noun) for each, noun in clause.prepositions if each in ("on", "to", "from")),
        ]
        roles = tuple(
            role
            for argument in asked
            for role in self.ground.actors_of(argument)
            if not self.ground.sides.same(role.actor_id, speaker.actor_id)
        )
        infinitive = next(
            (c.index for c in annotated.children(verb.index) if c.dep == "xcomp" and c.index > verb.index), None
        )
        return infinitive, roles

    def _of_speaker(self, verb: Token, stance: Stance) -> Iterator[Stand]:
        """The stance of who says that something is so, unless it is said of the speaker's own side."""
        subject = read_clause(self.ground.annotated, verb.index).subject
        said_of = self.ground.actors_of(subject, owners=True)
        for speaker in self.ground.speakers(verb):
            if not self.ground.is_party(speaker):
                continue
            if not any(self.ground.sides.same(each.actor_id, speaker.actor_id) for each in said_of):
                yield self._stand(verb, speaker, stance, self.contents.phrase(verb.index), of=said_of)

    def _of_verb(self, verb: Token, stance: Stance, content: Span) -> Iterator[Stand]:
        for actor in self.ground.actors_of(self._subject(verb)):
            if self.ground.is_party(actor) and (stance is Stance.UNANSWERED or not self.contents.empty(content)):
                yield self._stand(verb, actor, stance, content)

    def _subject(self, word: Token) -> Argument | None:
        """The subject of a verb; for an adjective or a preposition, that of its linking verb."""
        if word.pos == "VERB":
            return read_clause(self.ground.annotated, word.index).subject
        for governor in self.ground.annotated.ancestors(word.index):
            if governor.pos in ("AUX", "VERB"):
                return read_clause(self.ground.annotated, governor.index).subject
        return None

    def _stand(self, verb: Token, actor: Role, stance: Stance, content: Span, of: tuple[Role, ...] = ()) -> Stand:
        return Stand(
            actor=actor,
            stance=stance,
            content=content,
            basis=self.ground.basis(verb),
            trigger=verb.index,
            of=of,
            asserted=self.ground.speakers(verb),
        )

    def _side_taken(self, word: Token) -> tuple[Stance | None, Span | None]:
        """The stance that a word takes, with what it is about."""
        annotated, verbs = self.ground.annotated, self.ground.stances.verbs
        for child in annotated.children(word.index):
            if child.dep in ("prep", "prt"):
                stance = verbs.get((word.lemma.lower(), child.lemma.lower()))
                objects = [each for each in annotated.children(child.index) if each.dep in ("pobj", "pcomp")]
                objects = objects or [each for each in annotated.children(word.index) if each.dep == "dobj"]
                if stance is not None and objects:
                    return stance, self._opened(objects[0].index)
        stance = verbs.get((word.lemma.lower(), "")) if word.pos == "VERB" else None
        if stance is None:
            return None, None
        for child in annotated.children(word.index):
            if child.dep in OBJECTS and child.index > word.index and child.pos != "PRON":
                return stance, self._opened(child.index)
        return None, None

    def _opened(self, head: int) -> Span:
        opened = self.contents.opened(head)
        return opened.span if opened else self.contents.phrase(head)

    def _verdict(self, words: list[Token]) -> Stance | None:
        for word in words:
            for each in self.ground.annotated.subtree(word.index):
                if each.pos in ("ADJ", "NOUN", "VERB", "PROPN"):
                    stance = self.ground.stances.evaluations.get(each.lemma.lower())
                    if stance is not None and (each.index == word.index or each.dep in VERDICT_LINKS):
                        return stance
        return None

    def _unanswered(self, verb: Token) -> Span | None:
        """What the subject left unanswered: "did not answer whether …", "gave no comment on …", "declined to say …"."""
        annotated, stances = self.ground.annotated, self.ground.stances
        clause = read_clause(annotated, verb.index)
        negated = is_negated(annotated, verb.index, clause)
        children = list(annotated.children(verb.index))
        if verb.lemma in stances.givers and negated:
            nouns = [child for child in children if child.dep == "dobj" and child.lemma in stances.answers]
            return self._answer_to(verb, nouns[0]) if nouns else None
        if negated and verb.lemma in stances.answering_verbs - {"claim", "explain"}:
            asked = self._question_under(verb)
            if asked is not None:
                return self.contents.question(asked.index)
            return self._answered_to(verb) or self.contents.phrase(verb.index)
        if negated and verb.lemma in stances.telling:
            asked = self._question_under(verb)
            return self.contents.question(asked.index) if asked is not None else None
        if verb.lemma in stances.refusals:
            answering = (stances.answering_verbs | stances.telling | stances.answers) - {"claim"}
            for child in children:
                if child.dep in ("xcomp", "dobj") and child.lemma in answering:
                    asked = self._question_under(child)
                    if asked is not None:
                        return self.contents.question(asked.index)
                    return self._answered_to(child) or self.contents.phrase(child.index)
        return None

    def _answer_to(self, verb: Token, noun: Token) -> Span:
        """What an answer was owed to: the question behind the noun, or the noun's own phrase with it."""
        annotated = self.ground.annotated
        for pool in (noun, verb):
            for child in annotated.children(pool.index):
                if (
                    child.dep == "prep"
                    and child.index > noun.index
                    and child.lemma.lower() in ("to", "on", "about", "for")
                ):
                    tokens = annotated.subtree(child.index)
                    asked = next((each for each in tokens if each.lemma.lower() in ("whether", "if")), None)
                    last = max(each.index for each in tokens)
                    first = asked if asked is not None else noun
                    return annotated.article.span(first.start, annotated.tokens[last].end)
        for child in annotated.children(verb.index):  # "gave no answer when she asked whether it would withdraw"
            asked = self._question_under(child) if child.dep == "advcl" else None
            if asked is not None:
                return self.contents.question(asked.index)
        return self.contents.phrase(noun.index)

    def _points_back(self, content: Span) -> bool:
        """True when the words do not say what was asked: "so far did not answer", "did not respond to the request"."""
        inside = [self.ground.annotated.tokens[index] for index in self.ground.annotated.tokens_in(content)]
        plain = (
            self.ground.stances.answers | self.ground.stances.answering_verbs | set(self.ground.stances.speech_nouns)
        )
        named = [each for each in inside if each.pos in ("NOUN", "PROPN", "VERB", "ADJ")]
        return not any(each.lemma.lower() not in plain and each.pos == "NOUN" for each in named) or (
            inside[0].lemma.lower() in ("this", "that", "the") and named[0].lemma.lower() in plain and len(named) == 1
        )

    def _answered_to(self, verb: Token) -> Span | None:
        """What "respond to", "comment on" is about."""
        for child in self.ground.annotated.children(verb.index):
            if child.dep == "prep" and child.index > verb.index and child.lemma.lower() in ("to", "on", "about"):
                for each in self.ground.annotated.children(child.index):
                    if each.dep in ("pobj", "pcomp"):
                        return self._opened(each.index)
        return None

    def _question_under(self, verb: Token) -> Token | None:
        """An embedded yes-no question that the verb governs."""
        for child in self.ground.annotated.children(verb.index):
            if child.dep in ("ccomp", "advcl", "pcomp") and child.index > verb.index:
                first = self.ground.annotated.subtree(child.index)[0]
                if first.lemma.lower() in ("whether", "if"):
                    return child
        return None
