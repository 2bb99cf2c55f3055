"""Pronouns → the actor, only where the grammar makes it safe: one compatible subject in the clause or sentence before.

I and we inside quotations belong to the speaker and are left to the coder of statements.
"""

from communique.records import Actor, ActorKind, Annotated, Mention, MentionKind, Sentence, Token

PERSONAL = frozenset({"he", "she", "him", "himself", "herself"})
POSSESSIVE = frozenset({"his", "her"})
THINGS = frozenset({"it", "its", "itself"})
MANY = frozenset({"they", "their", "them", "themselves"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
NOBODY = ""  # a name that nothing decided: it competes, but is never the answer
RIVALS = SUBJECTS | {"dobj", "dative", "pobj"}  # "Merkel told Scholz that he should rest"
IMPERSONAL = frozenset(
    {"be", "seem", "appear", "emerge", "happen", "take", "note", "report", "remain", "rain", "turn", "matter"}
)


class PronounFinder:
    """Finds antecedents among resolved mentions; the result of one pronoun serves the next ones."""

    def __init__(self, annotated: Annotated, mentions: list[Mention], actors: dict[str, Actor]) -> None:
        self.annotated = annotated
        self.actors = actors
        named = [m for m in mentions if m.actor_id is not None or m.kind is MentionKind.NAME]
        self.at_head: dict[int, str] = {m.head: m.actor_id or NOBODY for m in named}

    def find(self) -> list[tuple[int, str, str]]:
        """(token, actor id, reason) of every pronoun that is safe, in text order."""
        found: list[tuple[int, str, str]] = []
        for token in self.annotated.tokens:
            if token.pos != "PRON" or token.index in self.at_head:
                continue
            word = token.text.lower()
            if word in PERSONAL | POSSESSIVE:
                actor_id = self._antecedent(token, {ActorKind.PERSON})
            elif word in THINGS:
                actor_id = self._antecedent(token, {ActorKind.STATE, ActorKind.BODY, ActorKind.ORGANIZATION})
            elif word in MANY:
                actor_id = self._antecedent(token, {ActorKind.GROUP, ActorKind.ORGANIZATION})
            else:
                continue
            if actor_id:
                self.at_head[token.index] = actor_id
                found.append((token.index, actor_id, "the only compatible subject before it"))
        return found

    def _antecedent(self, token: Token, kinds: set[ActorKind]) -> str | None:
        sentence = self.annotated.sentence_of(token.index)
        if token.text.lower() in THINGS and self._expletive(token):
            return None
        own = self._subjects(sentence.first, token.index, kinds)
        if own:
            rivals = self._all(sentence.first, token.index, kinds, RIVALS if token.dep in SUBJECTS else None)
            return own[-1] if len(rivals) == 1 and not self._fronted(token, sentence, own[-1], kinds) else None
        if self._all(sentence.first, token.index, kinds):
            return None
        return self._in_sentence_before(token, sentence, kinds) or self._only_person(token, sentence, kinds)

    def _in_sentence_before(self, token: Token, sentence: Sentence, kinds: set[ActorKind]) -> str | None:
        if sentence.index == 0:
            return None
        before = self.annotated.sentences[sentence.index - 1]
        near = before.kind == sentence.kind and sentence.paragraph - before.paragraph <= 1
        if not near or self._inside_quotes(token.index, sentence.first):
            return None
        subjects = set(self._subjects(before.first, before.last, kinds))
        if len(subjects) == 1 and not self._fronted(token, sentence, next(iter(subjects)), kinds):
            return subjects.pop()
        main = {
            self.at_head[child.index]
            for child in self.annotated.children(before.root)
            if child.dep in SUBJECTS and child.index in self.at_head
        }
        fitting = {each for each in main if self._fits(each, kinds)}
        return fitting.pop() if len(fitting) == 1 and token.dep in SUBJECTS else None

    def _only_person(self, token: Token, sentence: Sentence, kinds: set[ActorKind]) -> str | None:
        """ "Sherman refused. According to her, … She also warned …": the one person that the paragraph tells of so far."""
        if kinds != {ActorKind.PERSON} or token.dep not in SUBJECTS or self._inside_quotes(token.index, sentence.first):
            return None
        first = min(
            each.first
            for each in self.annotated.sentences
            if each.paragraph == sentence.paragraph and each.kind == sentence.kind
        )
        people = self._all(first, token.index, kinds)
        subjects = set(self._subjects(first, token.index, kinds))
        return people.pop() if len(people) == 1 and people == subjects else None

    def _fronted(self, token: Token, sentence: Sentence, chosen: str, kinds: set[ActorKind]) -> bool:
        """ "because of his time in jail, Sinwar …": another subject governs the words that the pronoun stands in."""
        above = {each.index for each in self.annotated.ancestors(token.index)}
        return any(
            self.annotated.tokens[index].dep in SUBJECTS
            and self.annotated.tokens[index].head in above
            and index not in above  # "his envoy said": the envoy is his, and nobody else
            and self.at_head[index] != chosen
            and self._fits(self.at_head[index], kinds)
            for index in range(token.index + 1, sentence.last)
            if index in self.at_head
        )

    def _all(self, first: int, last: int, kinds: set[ActorKind], places: frozenset[str] | None = None) -> set[str]:
        """Every actor of the kinds that the tokens name, in the grammatical places given, else in any."""
        return {
            self.at_head[index]
            for index in range(first, last)
            if index in self.at_head
            and self._fits(self.at_head[index], kinds)
            and (places is None or self.annotated.tokens[index].dep in places)
        }

    def _subjects(self, first: int, last: int, kinds: set[ActorKind]) -> list[str]:
        """Actors that are subjects between two tokens."""
        return [
            self.at_head[index]
            for index in range(first, last)
            if index in self.at_head and self._is_subject(index) and self._fits(self.at_head[index], kinds)
        ]

    def _is_subject(self, index: int) -> bool:
        """By its label; or a name that stands for the whole sentence because its verb was read as a participle: "The
        secretary received in Brussels the minister"."""
        token = self.annotated.tokens[index]
        if token.dep in SUBJECTS:
            return True
        verbless = token.dep == "ROOT" and token.pos == "PROPN"
        return verbless and any(c.dep == "acl" and c.tag == "VBN" for c in self.annotated.children(index))

    def _fits(self, actor_id: str, kinds: set[ActorKind]) -> bool:
        return actor_id == NOBODY or self.actors[actor_id].kind in kinds

    def _inside_quotes(self, token: int, first: int) -> bool:
        return sum(each.text in ('"', "``", "''") for each in self.annotated.tokens[first:token]) % 2 == 1

    def _expletive(self, token: Token) -> bool:
        """ "it is not yet clear", "it emerged that"."""
        if token.dep not in SUBJECTS:
            return False
        verb = self.annotated.tokens[token.head]
        return verb.lemma in IMPERSONAL
