"""Questions and conditions around an event: mood that outranks its own tense."""

from communique.codebook.status_words import StatusWords
from communique.records import Annotated

MAXIMUM_CLIMB = 10
CLIMBING_LINKS = {
    "xcomp", "ccomp", "pcomp", "acl", "advcl", "conj", "dobj", "pobj", "prep", "nsubj", "nsubjpass", "attr", "relcl", "compound",
    "poss", "amod", "appos", "agent", "csubj", "acomp", "oprd", "dative", "nmod",
}  # fmt: skip


def question_mark(annotated: Annotated, trigger: int, words: StatusWords) -> int | None:
    """A direct question ("Will Oslo send ships?"), or one embedded without its mark ("the question Will Oslo send ships")."""
    tokens = annotated.tokens
    sentence = annotated.sentence_of(trigger)
    clause_head = clause_head_of(annotated, trigger)
    last = tokens[sentence.last - 1]
    if any(token.text == "?" for token in tokens[max(trigger, sentence.last - 3) : sentence.last]) or last.text == "?":
        return next(token.index for token in reversed(tokens[sentence.first : sentence.last]) if token.text == "?")
    for child in annotated.children(clause_head):
        if (
            child.dep == "mark"
            and child.lemma.lower() in words.interrogatives
            and tokens[clause_head].dep in ("ccomp", "pcomp", "acl", "xcomp")
        ):
            return child.index
        asks_how = child.dep == "advmod" and child.lemma.lower() in ("how", "when", "where", "why")
        if asks_how and tokens[clause_head].dep in ("pcomp", "ccomp"):
            return child.index  # "questions over how they will negotiate"
    subject = next((c for c in annotated.children(clause_head) if c.dep in ("nsubj", "nsubjpass")), None)
    if subject is not None:
        inverted = [
            c
            for c in annotated.children(clause_head)
            if c.dep in ("aux", "auxpass") and c.index < subject.index and c.text[0].isupper()
        ]
        if inverted and inverted[0].index > sentence.first:
            return inverted[0].index
    return None


def clause_head_of(annotated: Annotated, trigger: int) -> int:
    """The verb of the clause in which the trigger stands."""
    current = annotated.tokens[trigger]
    for _ in range(MAXIMUM_CLIMB):
        if current.pos in ("VERB", "AUX") and current.dep not in ("aux", "auxpass", "xcomp", "pcomp", "amod"):
            return current.index
        if current.head == current.index:
            break
        current = annotated.tokens[current.head]
    return current.index


def inside_condition(annotated: Annotated, trigger: int, words: StatusWords) -> int | None:
    current = annotated.tokens[trigger]
    for _ in range(MAXIMUM_CLIMB):
        if current.dep == "advcl":
            for child in annotated.children(current.index):
                if child.dep in ("mark", "advmod", "aux", "cc") and child.lemma.lower() in words.conditions:
                    return child.index
        if current.head == current.index or current.dep not in CLIMBING_LINKS:
            return None
        current = annotated.tokens[current.head]
    return None


def own_condition(annotated: Annotated, trigger: int, words: StatusWords) -> int | None:
    """The head of an if-clause on this clause or on the one above it."""
    head = clause_head_of(annotated, trigger)
    for child in annotated.children(head):
        if child.dep == "advcl" and any(
            each.dep in ("mark", "advmod") and each.lemma.lower() in ("if", "unless", "provided")
            for each in annotated.children(child.index)
        ):
            return child.index
    return None
