"""Whether the words around a trigger fit a frame: particle, companions, complement, listed nouns, negation."""

from communique.codebook.frames import ANY, Frame, Slot
from communique.coding.clauses import Argument, Clause, coordinated
from communique.records import Annotated, Token

NEGATIONS = {"not", "n't", "never", "no", "neither", "nor", "without", "hardly"}
COPULAS = {"be", "seem", "remain", "appear", "become", "look", "stand", "stay"}


CONTAINERS = {
    "series", "round", "number", "dozen", "hundred", "thousand", "score", "group", "package", "range", "set", "wave", "lot",
    "member", "kind", "form", "part", "all", "most", "many", "some", "several", "million", "billion", "couple", "handful",
    "hour", "minute", "day", "week", "month", "night", "bout", "flurry", "string", "spate", "half", "third", "quarter",
    "rest", "majority", "percent",
}  # fmt: skip


def attached_below(annotated: Annotated, clause: Clause, prepositions: frozenset[str]) -> list[int]:
    """Objects of those prepositions that hang on a noun inside the object or subject: "present the case against X to Y",
    "the truce between A and B took effect"."""
    found: list[int] = []
    for argument in (*clause.objects, clause.subject):
        if argument is None or argument.understood:
            continue
        for token in annotated.subtree(argument.token):
            if token.dep == "prep" and token.lemma.lower() in prepositions:
                found += [child.index for child in annotated.children(token.index) if child.dep == "pobj"]
    return found


def particle_fits(annotated: Annotated, token: Token, frame: Frame) -> bool:
    """A verb with a particle is another verb: "call off" is not "call"."""
    followers = {
        child.lemma.lower()
        for child in annotated.children(token.index)
        if child.dep in ("prt", "advmod", "prep", "npadvmod")
    }
    particles = {child.lemma.lower() for child in annotated.children(token.index) if child.dep == "prt"}
    for written in frame.triggers:
        lemma, _, particle = written.partition("_")
        if lemma == token.lemma.lower():
            if particle and set(particle.split("_")) & followers:
                return True
            if not particle and not particles:
                return True
    return False


def companions_fit(annotated: Annotated, trigger: int, frame: Frame) -> bool:
    if not frame.companions:
        return True
    near = list(annotated.children(trigger))
    near += [grandchild for child in near for grandchild in annotated.children(child.index)]
    return any(each.lemma.lower() in frame.companions or each.text.lower() in frame.companions for each in near)


def complement_of(annotated: Annotated, token: Token, frame: Frame) -> int | None:
    """The clause that completes the trigger, of the kind that the frame asks for."""
    head = token.index
    pool = list(annotated.children(head))
    pool += [
        acl for child in pool if child.dep == "dobj" for acl in annotated.children(child.index) if acl.dep == "acl"
    ]
    if token.pos != "VERB" and token.head != head:
        pool += [child for child in annotated.children(token.head) if child.dep in ("xcomp", "ccomp")]
    for child in pool:
        if child.dep not in ("xcomp", "ccomp", "acl", "advcl", "pcomp", "dobj"):
            continue
        marks = {
            grandchild.lemma.lower()
            for grandchild in annotated.children(child.index)
            if grandchild.dep in ("aux", "mark")
        }
        infinitive = child.tag == "VB" and any(
            g.tag == "TO" for g in annotated.children(child.index)
        )  # fmt: skip
        kinds = {
            "inf": infinitive,
            "ing": child.tag == "VBG",
            "that": child.dep == "ccomp" and not infinitive and "whether" not in marks,
        }
        fits = kinds.get(frame.complement or "", infinitive or child.dep in ("ccomp", "xcomp"))
        if fits and (not frame.complement_lemmas or child.lemma in frame.complement_lemmas):
            return child.index
    return None


def has_that_clause(annotated: Annotated, trigger: int) -> bool:
    return any(child.dep == "ccomp" for child in annotated.children(trigger))


def any_fits(annotated: Annotated, token: int, slot: Slot) -> bool:
    return any(noun_fits(annotated, each, slot) for each in coordinated(annotated, token))


def noun_fits(annotated: Annotated, token: int, slot: Slot) -> bool:
    """True when the noun (with its modifiers, for entries of several words) is in the slot's list."""
    if ANY in slot.lemmas:
        return True
    noun = annotated.tokens[token]
    lemma = noun.lemma.lower()
    if lemma in slot.lemmas or noun.text.lower() in slot.lemmas:
        return True
    modifiers = [child.lemma.lower() for child in annotated.children(token)]
    for entry in slot.lemmas:
        words = entry.split(" ")
        if len(words) > 1 and words[-1] == lemma and all(word in modifiers for word in words[:-1]):
            return True
    # "a series of talks", "dozens of people": the noun that counts stands behind "of"
    if lemma in CONTAINERS or noun.pos == "NUM":
        for preposition in annotated.children(token):
            if preposition.dep == "prep" and preposition.lemma == "of":
                return any(noun_fits(annotated, each.index, slot) for each in annotated.children(preposition.index))
        return noun.pos == "NUM" and "people" in slot.lemmas  # "killed 1,200"
    return False


def several(annotated: Annotated, subject: Argument | None) -> bool:
    if subject is None:
        return False
    token = annotated.tokens[subject.token]
    return (
        len(coordinated(annotated, subject.token)) > 1
        or token.tag in ("NNS", "NNPS")
        or token.lemma.lower() in ("they", "we", "both", "side")
    )


def copula(annotated: Annotated, token: Token) -> Token | None:
    """The linking verb over a predicate; conjoined predicates climb ("illogical and a bad idea")."""
    if token.tag == "VBN" and any(child.dep == "auxpass" for child in annotated.children(token.index)):
        return token
    current = token
    for _ in range(3):
        head = annotated.tokens[current.head]
        if current.dep in ("acomp", "attr", "oprd") and head.lemma in COPULAS:
            return head
        if current.dep == "conj" and head.pos in ("ADJ", "NOUN"):
            current = head
            continue
        return None
    return None


def is_negated(annotated: Annotated, predicate: int, clause: Clause) -> bool:
    """A negation on the predicate, its auxiliaries, its subject or object ("gave no answer"), or the verb it completes."""
    if any(_negates(child) for child in annotated.children(predicate)):
        return True
    for argument in (clause.subject, *clause.objects):
        if (
            argument is not None
            and not argument.understood
            and any(
                child.dep in ("det", "neg") and child.lemma.lower() in ("no", "neither")
                for child in annotated.children(argument.token)
            )
        ):
            return True
    token = annotated.tokens[predicate]
    if token.dep == "conj" and any(c.dep == "cc" and c.lemma.lower() == "nor" for c in annotated.children(token.head)):
        return True  # "have neither met nor spoken"
    if token.dep == "xcomp" and token.head != predicate:
        return any(_negates(child) for child in annotated.children(token.head))
    return False


def _negates(child: Token) -> bool:
    return child.dep == "neg" or (child.dep in ("advmod", "preconj", "det") and child.lemma.lower() in NEGATIONS)
