"""Pronouns → the actor, only where the grammar makes it safe: one compatible subject in the clause or sentence before.

I and we inside quotations belong to the speaker and are left to the coder of statements.
"""

from communique.records import Actor, ActorKind, Annotated, Mention, Token

PERSONAL = frozenset({"he", "she", "him", "himself", "herself"})
POSSESSIVE = frozenset({"his", "her"})
THINGS = frozenset({"it", "its", "itself"})
MANY = frozenset({"they", "their", "them", "themselves"})
SUBJECTS = frozenset({"nsubj", "nsubjpass"})
SPEAKING = frozenset({"say", "tell", "add", "note", "stress", "state", "warn", "claim", "argue", "insist", "announce"})


class PronounFinder:
    """Finds antecedents among resolved mentions; the result of one pronoun serves the next ones."""

    def __init__(self, annotated: Annotated, mentions: list[Mention], actors: dict[str, Actor]) -> None:
        self.annotated = annotated
        self.actors = actors
        self.at_head: dict[int, str] = {m.head: m.actor_id for m in mentions if m.actor_id is not None}

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
            if actor_id is not None:
                self.at_head[token.index] = actor_id
                found.append((token.index, actor_id, "the only compatible subject before it"))
        return found

    def _antecedent(self, token: Token, kinds: set[ActorKind]) -> str | None:
        sentence = self.annotated.sentence_of(token.index)
        if token.text.lower() in THINGS and self._expletive(token):
            return None
        own = self._subjects(sentence.first, token.index, kinds)
        if own:
            return own[-1] if len(set(own)) == 1 else None
        if sentence.index == 0:
            return None
        quoted = self._inside_quotes(token.index, sentence.first)
        before = self.annotated.sentences[sentence.index - 1]
        if quoted or before.kind != sentence.kind or sentence.paragraph - before.paragraph > 1:
            return None
        subjects = self._subjects(before.first, before.last, kinds)
        if len(set(subjects)) == 1:
            return subjects[0]
        main = [
            self.at_head[child.index]
            for child in self.annotated.children(before.root)
            if child.dep in SUBJECTS and child.index in self.at_head
        ]
        fitting = [each for each in main if self.actors[each].kind in kinds]
        return fitting[0] if len(set(fitting)) == 1 and len(set(subjects)) <= 1 + len(set(main)) else None

    def _subjects(self, first: int, last: int, kinds: set[ActorKind]) -> list[str]:
        """Actors that are subjects between two tokens; a possessor counts only before its own noun's clause is over."""
        return [
            self.at_head[index]
            for index in range(first, last)
            if index in self.at_head
            and self.annotated.tokens[index].dep in SUBJECTS
            and self.actors[self.at_head[index]].kind in kinds
        ]

    def _inside_quotes(self, token: int, first: int) -> bool:
        return sum(each.text in ('"', "``", "''") for each in self.annotated.tokens[first:token]) % 2 == 1

    def _expletive(self, token: Token) -> bool:
        """ "it is not yet clear", "it emerged that"."""
        if token.dep not in SUBJECTS:
            return False
        verb = self.annotated.tokens[token.head]
        children = list(self.annotated.children(verb.index))
        clausal = any(child.dep in ("ccomp", "xcomp", "acomp", "csubj") for child in children)
        return verb.lemma in ("be", "seem", "appear", "emerge", "happen", "take", "note", "report", "remain") and (
            clausal or verb.lemma != "be" or True
        )
