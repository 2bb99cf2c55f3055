"""Titles set beside a name in the sentence: "X, the head of Y,", "Y's prime minister, X,", "X is the head of Y"."""

from communique.records import Annotated
from communique.resolve.actor_phrase import Phrase


def apposed_person(annotated: Annotated, phrases: list[Phrase], place: int, persons: set[int]) -> int | None:
    """The position in `phrases` of the person that the role phrase at `place` describes, or None."""
    role = phrases[place]
    sentence = annotated.sentence_of(role.head)
    near = [
        other
        for other in sorted(persons)
        if phrases[other].name is not None and sentence.first <= phrases[other].first < sentence.last
    ]
    for other in near:
        person = phrases[other]
        if person.first < role.last and role.first < person.last:
            continue
        if _is_said_to_be(annotated, person, role) or _beside(annotated, person, role):
            return other
    return None


def _beside(annotated: Annotated, person: Phrase, role: Phrase) -> bool:
    first, second = (person, role) if person.first < role.first else (role, person)
    between = annotated.tokens[first.last : second.first]
    words = [token.text for token in between]
    if not words or words[0] != "," or len(words) > 3 or (len(words) > 1 and not _age(words)):
        return False
    tokens = annotated.tokens
    apposed = (
        tokens[second.head].dep == "appos"
        or tokens[second.head].head == first.head
        or tokens[first.head].head == second.head
    )
    after = tokens[second.last].text if second.last < len(tokens) else "."
    if after in ("and", "or"):
        return False
    closed = after in (",", ".", ";", ":", "-", "—", "–", "(", '"') or tokens[second.last].pos in ("VERB", "AUX", "ADP")
    return apposed or (closed and not (second is person and not role.definite and role.context.empty))


def _age(words: list[str]) -> bool:
    """ ", 58 ," between a name and a title."""
    return len(words) == 3 and words[1].isdigit() and words[2] == ","


def _is_said_to_be(annotated: Annotated, person: Phrase, role: Phrase) -> bool:
    """ "Abu Amer is the head of the group"."""
    token = annotated.tokens[role.head]
    verb = annotated.tokens[token.head]
    return (
        token.dep == "attr"
        and verb.lemma == "be"
        and annotated.tokens[person.head].head == verb.index
        and annotated.tokens[person.head].dep == "nsubj"
    )
