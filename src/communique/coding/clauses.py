"""The grammar around one predicate: who is its subject, its object, what hangs on its prepositions. Pure parse, no meaning.

Labels are those of en_core_web_sm (ClearNLP style). A noun's arguments are its possessor and its prepositions.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from communique.records import Annotated, Token

SUBJECTS = {"nsubj", "csubj"}
PASSIVE_SUBJECTS = {"nsubjpass", "csubjpass"}
CLAUSE_LINKS = {"xcomp", "ccomp", "advcl", "conj", "pcomp", "acl", "relcl"}
RELATIVE_PRONOUNS = {"who", "which", "that", "whom", "whose"}
# Verbs whose infinitive is done by their object: "urged Paris to act" has Paris acting.
OBJECT_CONTROL = {
    "urge", "ask", "tell", "order", "force", "allow", "let", "permit", "invite", "press", "pressure", "push", "persuade",
    "convince", "want", "expect", "call", "help", "prompt", "lead", "enable", "authorize", "authorise", "instruct", "warn",
    "encourage", "require", "cause", "advise", "compel", "beg", "appeal", "accuse", "suspect", "blame", "stop", "prevent",
    "bar", "ban", "prohibit", "block", "keep", "oblige", "request", "dissuade", "deter", "charge", "convict", "see",
}  # fmt: skip
DOCUMENTS = {
    "order",
    "decree",
    "proclamation",
    "law",
    "bill",
    "resolution",
    "directive",
    "ruling",
    "statement",
    "letter",
    "deal",
}
DONE_BY_SUBJECT = {
    "announce", "order", "declare", "decree", "approve", "begin", "start", "launch", "end", "stop", "halt", "suspend", "continue",
    "resume", "complete", "conduct", "carry", "confirm", "authorize", "authorise", "make", "mount", "stage", "finish",
}  # fmt: skip
MAXIMUM_DEPTH = 8  # of climbing for an understood subject; longer chains are parser errors


@dataclass(frozen=True, slots=True)
class Argument:
    """A noun phrase that fills a place: `token` is its head; `understood` when it stands in another clause."""

    token: int
    understood: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """Arguments of the predicate at `predicate`, logical ones: a passive's agent is the subject, its subject the object."""

    predicate: int
    subject: Argument | None
    objects: tuple[Argument, ...]
    prepositions: tuple[tuple[str, int], ...]  # (preposition's lemma, head of its object)
    passive: bool
    reduced_passive: bool = False


def read_clause(annotated: Annotated, predicate: int) -> Clause:
    """The clause of a verb or participle."""
    tokens = annotated.tokens
    token = tokens[predicate]
    children = list(annotated.children(predicate))
    reduced = token.dep in ("acl", "relcl", "amod") and token.tag == "VBN" and not _has_subject(children)
    passive = reduced or any(child.dep in PASSIVE_SUBJECTS or child.dep == "auxpass" for child in children)
    surface = next((Argument(child.index) for child in children if child.dep in SUBJECTS | PASSIVE_SUBJECTS), None)
    if surface is None and token.dep in ("ROOT", "ccomp", "conj") and not passive:
        surface = _stranded_subject(annotated, token)
    surface = _antecedent(annotated, surface, token) if surface else _understood_subject(annotated, predicate, reduced)
    direct = [
        Argument(child.index)
        for child in children
        if child.dep in ("dobj", "dative", "attr", "oprd") and child.pos != "ADP"
    ]
    direct += _judged(annotated, children)
    direct += _fronted_object(annotated, token, children)
    prepositions = tuple(_prepositions(annotated, predicate))
    agent = next((noun for preposition, noun in prepositions if preposition == "by" and passive), None)
    if passive:
        logical_objects = ([surface] if surface else []) + direct
        subject = Argument(agent) if agent is not None else None
        return Clause(predicate, subject, tuple(logical_objects), prepositions, True, reduced)
    if not direct:
        direct = _object_of_chain(annotated, token)
    return Clause(predicate, surface, tuple(direct), prepositions, False, False)


def noun_clause(annotated: Annotated, noun: int) -> Clause:
    """The arguments of an event noun: possessor or modifier as subject candidate, prepositions, light verb above it."""
    children = list(annotated.children(noun))
    possessor = next((Argument(child.index) for child in children if child.dep == "poss"), None)
    if possessor is None:
        before = [child for child in children if child.start < annotated.tokens[noun].start]
        possessor = next((Argument(child.index) for child in before if child.dep in ("amod", "compound", "nmod")), None)
    if possessor is None and annotated.tokens[noun].dep == "dobj":
        doer = annotated.tokens[annotated.tokens[noun].head]
        if doer.lemma in DONE_BY_SUBJECT:
            possessor = _own_subject(annotated, doer)  # "Tokyo announced the expulsion of two diplomats": Tokyo expels
    prepositions = list(_prepositions(annotated, noun))
    verb = annotated.tokens[annotated.tokens[noun].head]
    if annotated.tokens[noun].dep == "dobj" and verb.pos == "VERB":
        # "voiced support for Kyiv": the parser hangs "for" on the verb as often as on the noun
        for child in annotated.children(verb.index):
            if child.dep in ("prep", "dative") and child.index > noun and child.pos == "ADP":
                prepositions.extend(_preposition_objects(annotated, child))
    prepositions += [("by", agent) for agent in _agents_of_participles(annotated, noun)]
    if prepositions and prepositions[-1][0] in ("of", "between", "with", "among"):
        # "a meeting of envoys of A and B": the parser often hangs the last party on the noun itself
        last = prepositions[-1]
        prepositions += [(last[0], child.index) for child in children if child.dep == "conj" and child.pos == "PROPN"]
    return Clause(noun, possessor, (), tuple(prepositions), False)


def _agents_of_participles(annotated: Annotated, noun: int) -> Iterator[int]:
    """Who did it, by a participle somewhere in the phrase: "tariffs on steel imports announced by the president"."""
    for token in annotated.subtree(noun):
        if token.dep == "acl" and token.tag == "VBN" and token.index > noun:
            for preposition, agent in _prepositions(annotated, token.index):
                if preposition == "by":
                    yield agent


def coordinated(annotated: Annotated, token: int) -> list[int]:
    """The token and its conjuncts, in text order: "Russia, China and Iran"."""
    found = [token]
    for child in annotated.children(token):
        if child.dep == "conj" and child.pos in ("NOUN", "PROPN", "PRON", "NUM", "ADJ"):
            found.extend(coordinated(annotated, child.index))
    return sorted(set(found))


def _prepositions(annotated: Annotated, head: int) -> Iterator[tuple[str, int]]:
    """(preposition, object) pairs of a predicate, with those of chained prepositions and of its object noun."""
    for child in annotated.children(head):
        if child.dep in ("prep", "agent", "dative") and child.pos in ("ADP", "SCONJ", "VERB", "ADV", "PART"):
            yield from _preposition_objects(annotated, child)
        elif child.dep in ("dobj", "attr", "oprd") and child.pos == "NOUN":
            # "imposed sanctions on Iran": the parser hangs "on" on the noun as often as on the verb.
            yield from _prepositions(annotated, child.index)


def _preposition_objects(annotated: Annotated, preposition: Token) -> Iterator[tuple[str, int]]:
    for child in annotated.children(preposition.index):
        if child.dep in ("pobj", "pcomp"):
            for noun in [child.index] if child.dep == "pcomp" else coordinated(annotated, child.index):
                yield preposition.lemma.lower(), noun
        elif child.dep == "prep":
            yield from _preposition_objects(annotated, child)


def _has_subject(children: list[Token]) -> bool:
    return any(child.dep in SUBJECTS | PASSIVE_SUBJECTS for child in children)


def _antecedent(annotated: Annotated, subject: Argument, verb: Token) -> Argument:
    """The noun behind a relative pronoun: "the envoy, who met …", "the raid, which officials say killed …"."""
    token = annotated.tokens[subject.token]
    if token.lemma.lower() not in RELATIVE_PRONOUNS or token.tag not in ("WP", "WDT", "WP$", "IN", "DT"):
        return subject
    current = verb
    for _ in range(MAXIMUM_DEPTH):
        if current.dep == "relcl":
            return Argument(current.head)
        if current.dep not in ("ccomp", "conj", "xcomp") or current.head == current.index:
            return subject
        current = annotated.tokens[current.head]
    return subject


def _stranded_subject(annotated: Annotated, verb: Token) -> Argument | None:
    """The noun right before a finite verb that the parse left without a subject: "in Geneva Russia and Iran held talks"."""
    finite = verb.tag in ("VBD", "VBZ", "VBP") or any(
        c.tag in ("MD", "VBZ", "VBD") for c in annotated.children(verb.index)
    )
    before = verb.index - 1
    first = annotated.sentence_of(verb.index).first
    while before > first and annotated.tokens[before].pos in ("AUX", "ADV", "PART"):
        before -= 1
    if not finite or before < first or annotated.tokens[before].pos not in ("PROPN", "NOUN"):
        return None
    current = annotated.tokens[before]
    while current.dep in ("conj", "compound", "appos") and current.head < verb.index and current.head != current.index:
        current = annotated.tokens[current.head]
    return Argument(current.index) if current.dep in ("pobj", "dep", "npadvmod", "ROOT", "nmod", "appos") else None


def _judged(annotated: Annotated, children: list[Token]) -> list[Argument]:
    """The subject of a clause without a verb is the verb's object: "declared two diplomats undesirable"."""
    return [
        Argument(each.index)
        for child in children
        if child.dep == "ccomp" and child.pos in ("ADJ", "NOUN")
        if not any(each.dep in ("cop", "aux", "mark") or each.pos == "AUX" for each in annotated.children(child.index))
        for each in annotated.children(child.index)
        if each.dep in SUBJECTS
    ]


def _fronted_object(annotated: Annotated, verb: Token, children: list[Token]) -> list[Argument]:
    """The antecedent of an object relative: "the man whom they vowed to kill", "attacks Israel says he planned"."""
    if verb.dep == "relcl":
        pronoun = next(
            (c for c in children if c.dep in ("dobj", "pobj") and c.lemma.lower() in RELATIVE_PRONOUNS), None
        )
        if pronoun is not None:
            return [Argument(verb.head)]
    current = verb
    for _ in range(MAXIMUM_DEPTH):
        if current.dep not in ("xcomp", "ccomp") or current.head == current.index:
            return []
        current = annotated.tokens[current.head]
        if current.dep == "relcl":
            relative = [
                c
                for c in annotated.children(current.index)
                if c.lemma.lower() in ("whom", "which", "who", "that") and c.dep == "dobj"
            ]
            return [Argument(current.head, understood=True)] if relative else []
    return []


def _object_of_chain(annotated: Annotated, verb: Token) -> list[Argument]:
    """An object shared by coordinated verbs stands with the last: "condemned and rejected the plan"."""
    for child in annotated.children(verb.index):
        if child.dep == "conj" and child.pos == "VERB" and child.index - verb.index <= 3:
            return [
                Argument(each.index, understood=True) for each in annotated.children(child.index) if each.dep == "dobj"
            ]
    return []


def _understood_subject(annotated: Annotated, predicate: int, reduced: bool) -> Argument | None:
    """The subject of a clause that has none of its own, found in the clause that governs it."""
    tokens = annotated.tokens
    current = tokens[predicate]
    if reduced:
        return Argument(current.head)
    for _ in range(MAXIMUM_DEPTH):
        if current.dep in ("acomp", "attr") and tokens[current.head].pos in ("VERB", "AUX"):
            return _own_subject(annotated, tokens[current.head])  # "he will be able to meet": the subject of "be"
        if (current.dep not in CLAUSE_LINKS and current.dep != "prep") or current.head == current.index:
            return None
        governor = tokens[current.head]
        if current.dep == "acl" and current.tag == "VBG":
            signed = governor.lemma.lower() in DOCUMENTS and governor.dep == "dobj"
            signer = _own_subject(annotated, tokens[governor.head]) if signed else None
            return signer or Argument(governor.index)  # "signed an order imposing tariffs": the signer imposes them
        if current.dep in ("acl", "relcl") and governor.pos in ("NOUN", "PROPN"):
            holder = next((c for c in annotated.children(governor.index) if c.dep == "poss"), None)
            if holder is not None:  # "Moscow's pledge to withdraw"
                return Argument(holder.index, understood=True)
            current = governor
            if current.dep in ("dobj", "attr", "pobj", "nsubj") and tokens[current.head].pos in ("VERB", "AUX"):
                current = tokens[current.head]  # "made a pledge to withdraw": the subject of "made"
            return _own_subject(annotated, current)
        if governor.pos in ("VERB", "AUX"):
            controlled = (
                current.dep in ("xcomp", "ccomp", "pcomp", "prep", "advcl") and governor.lemma in OBJECT_CONTROL
            )
            if controlled:
                by_object = _controller(annotated, governor)
                if by_object is not None:
                    return by_object
            own = _own_subject(annotated, governor)
            if own is not None:
                return own
        elif governor.pos == "ADP":
            current = governor
            continue
        current = governor
    return None


def _own_subject(annotated: Annotated, verb: Token) -> Argument | None:
    for child in annotated.children(verb.index):
        if child.dep in SUBJECTS | PASSIVE_SUBJECTS:
            return Argument(_antecedent(annotated, Argument(child.index), verb).token, understood=True)
    if verb.dep == "acl" and verb.tag == "VBG":
        return Argument(verb.head, understood=True)
    return None


def _controller(annotated: Annotated, governor: Token) -> Argument | None:
    """The object that does the infinitive: "urged Paris to …", "called on Paris to …", "accused Paris of …"."""
    passive = next((c for c in annotated.children(governor.index) if c.dep == "nsubjpass"), None)
    if passive is not None:  # "Paris was urged to act"
        return Argument(_antecedent(annotated, Argument(passive.index), governor).token, understood=True)
    for child in annotated.children(governor.index):
        if child.dep in ("dobj", "dative") and child.pos != "ADP":
            return Argument(child.index, understood=True)
    if governor.lemma in ("call", "appeal"):
        for preposition, noun in _prepositions(annotated, governor.index):
            if preposition in ("on", "upon", "to"):
                return Argument(noun, understood=True)
    return None
