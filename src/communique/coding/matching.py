"""Which frame a word triggers, and what fills its roles. Grammar and word lists only; status and dates come after."""

from dataclasses import dataclass, replace

from communique.codebook.event_types import EventTypes
from communique.codebook.frames import ANY, Frame, FrameKind, RoleName, Slot
from communique.coding.classifier import Labels
from communique.coding.clauses import Argument, Clause, coordinated, noun_clause, read_clause
from communique.coding.roles import Filler, RoleFinder
from communique.records import Annotated, Role, Token

NEGATIONS = {"not", "n't", "never", "no", "neither", "nor", "without", "hardly"}
NAMING_VERBS = {
    "call",
    "deem",
    "label",
    "brand",
    "consider",
    "describe",
    "find",
    "name",
    "term",
    "regard",
    "declare",
    "dub",
}
COPULAS = {"be", "seem", "remain", "appear", "become", "look", "stand", "stay"}


@dataclass(frozen=True, slots=True)
class Match:
    """A frame found at a trigger. `consumed` are tokens that the frame used up, which trigger nothing of their own."""

    frame: Frame
    trigger: int
    clause: Clause
    actors: tuple[Role, ...]
    recipients: tuple[Role, ...]
    consumed: frozenset[int]
    owners_only: bool  # the recipient is known only as the owner of what the event hits
    complement: int | None = None
    labels: Labels | None = None  # what the model read, where it proposed the match itself
    unresolved: bool = False  # somebody is named in the recipient's place, and is not known


def match_all(annotated: Annotated, roles: RoleFinder, types: EventTypes) -> list[Match]:
    """The best frame of every word that triggers one, in text order; words used up by another frame give none."""
    found: list[Match] = []
    for token in annotated.tokens:
        candidates = [
            match for frame in _frames_of(token, types) if (match := _match(annotated, roles, token, frame)) is not None
        ]
        if candidates:
            found.append(
                max(
                    candidates,
                    key=lambda each: (
                        each.frame.specificity(annotated.tokens[each.trigger].lemma.lower()),
                        len(each.actors) + len(each.recipients),
                    ),
                )
            )
    with_actors = {match.trigger for match in found if match.actors}
    used = {
        token
        for match in found
        for token in match.consumed
        if match.actors or token not in with_actors  # "the sides confirmed the support of Oslo": the noun knows who
    }
    return [match for match in found if match.trigger not in used]


def _frames_of(token: Token, types: EventTypes) -> list[Frame]:
    lemma = token.lemma.lower()
    if token.pos in ("VERB", "AUX") and token.dep not in ("aux", "auxpass"):
        judged = types.for_trigger(FrameKind.EVALUATION, token.text.lower()) if token.tag == "VBN" else ()
        return [*types.for_trigger(FrameKind.VERB, lemma), *judged]  # "is not justified" is parsed as a passive
    if token.dep == "aux":
        return list(types.for_trigger(FrameKind.MODAL, lemma)) + list(
            types.for_trigger(FrameKind.MODAL, token.text.lower())
        )
    if token.pos == "ADJ":
        return list(types.for_trigger(FrameKind.ADJECTIVE, lemma)) + list(
            types.for_trigger(FrameKind.EVALUATION, lemma)
        )
    if token.pos in ("NOUN", "PROPN") and token.dep != "compound":
        return list(types.for_trigger(FrameKind.NOUN, lemma)) + list(types.for_trigger(FrameKind.EVALUATION, lemma))
    return []


def _match(annotated: Annotated, roles: RoleFinder, token: Token, frame: Frame) -> Match | None:
    if frame.kind is FrameKind.VERB:
        return _match_verb(annotated, roles, token, frame)
    if frame.kind is FrameKind.NOUN:
        return _match_noun(annotated, roles, token, frame)
    if frame.kind is FrameKind.MODAL:
        return _match_modal(annotated, roles, token, frame)
    return _match_predicate(annotated, roles, token, frame)


def _match_verb(annotated: Annotated, roles: RoleFinder, token: Token, frame: Frame) -> Match | None:
    clause = roles.without_times(read_clause(annotated, token.index))
    consumed: set[int] = set()
    if not _particle_fits(annotated, token, frame) or not _companions_fit(annotated, token.index, frame):
        return None
    if frame.negated and not is_negated(annotated, token.index, clause):
        return None
    complement = _complement(annotated, token, frame)
    if frame.complement and complement is None:
        return None
    actors, recipients = Filler(), Filler()
    if frame.subject is not None:
        if frame.subject.lexical:
            if clause.subject is None and not clause.objects:
                return None
            # "talks were held" has the noun as a passive's object, "talks began" as a subject
            lexical = clause.subject or clause.objects[0]
            if not _noun_fits(annotated, lexical.token, frame.subject):
                return None
            consumed.add(lexical.token)
        else:
            filler = roles.fill(clause.subject)
            if frame.subject.required and not filler.any:
                return None
            if frame.subject.role is RoleName.ACTOR:
                actors = filler
            else:
                recipients = filler
    if frame.object is not None:
        if frame.object.lexical:
            fitting = [each for each in clause.objects if _any_fits(annotated, each.token, frame.object)]
            if not fitting:
                return None
            if frame.object.lemmas != {ANY}:
                consumed.update(each.token for each in fitting)
            owners = roles.fill(*fitting)
            if not recipients.any:
                recipients = Filler((), owners.any, owners.mentioned)
        else:
            filler = roles.fill(*clause.objects)
            if not (filler.direct or filler.mentioned) and (frame.object.required or not filler.owners):
                return None
            recipients = filler
    if frame.reciprocal and (clause.objects or not _several(annotated, clause.subject)):
        return None
    match = _with_prepositions(annotated, roles, frame, token.index, clause, actors, recipients, consumed, complement)
    if match is not None and not match.recipients and recipients.mentioned:
        match = replace(match, unresolved=True)
    return match


def _match_noun(annotated: Annotated, roles: RoleFinder, token: Token, frame: Frame) -> Match | None:
    clause = roles.without_times(noun_clause(annotated, token.index))
    written = next((each for each in frame.triggers if each.rpartition("_")[2] == token.lemma.lower()), "")
    modifier = written.rpartition("_")[0]
    if modifier and not any(child.lemma.lower() == modifier for child in annotated.children(token.index)):
        return None
    if not _companions_fit(annotated, token.index, frame):
        return None
    possessor = roles.fill(clause.subject)
    match = _with_prepositions(
        annotated, roles, frame, token.index, clause, Filler(possessor.direct), Filler(), set(), None
    )
    if match is None or not (match.actors or match.recipients):
        return None
    return match


def _match_modal(annotated: Annotated, roles: RoleFinder, token: Token, frame: Frame) -> Match | None:
    verb = annotated.tokens[token.head]
    clause = read_clause(annotated, verb.index)
    if token.lemma in ("need", "have") and not any(c.dep == "xcomp" for c in annotated.children(token.index)):
        return None
    bearer = clause.objects[0] if clause.passive and clause.objects else clause.subject
    recipients = roles.fill(bearer)
    if not recipients.direct:
        return None
    return Match(frame, token.index, clause, (), recipients.direct, frozenset(), False, verb.index)


def _match_predicate(annotated: Annotated, roles: RoleFinder, token: Token, frame: Frame) -> Match | None:
    """Adjectives and nouns predicated of a subject: "Paris is ready to …", "the tariffs are illogical"."""
    if frame.kind is FrameKind.EVALUATION:
        named = _match_naming(annotated, roles, token, frame)
        if named is not None:
            return named
    verb = _copula(annotated, token)
    if verb is None or not _companions_fit(annotated, token.index, frame):
        return None
    clause = read_clause(annotated, verb.index)
    if frame.negated and not is_negated(annotated, verb.index, clause):
        return None
    if not frame.negated and frame.kind is FrameKind.EVALUATION and is_negated(annotated, verb.index, clause):
        return None
    complement = _complement(annotated, token, frame)
    if frame.complement and complement is None:
        return None
    own = Clause(
        token.index, clause.subject, (), noun_clause(annotated, token.index).prepositions + clause.prepositions, False
    )
    if frame.kind is FrameKind.ADJECTIVE:
        actors = roles.fill(clause.subject)
        if not actors.any:
            return None
        return _with_prepositions(annotated, roles, frame, token.index, own, actors, Filler(), set(), complement)
    subject = clause.objects[0] if clause.passive and clause.objects else clause.subject
    own = replace(own, subject=subject)
    judged = roles.fill(subject)
    behind = tuple(_authors(annotated, roles, subject))
    match = _with_prepositions(annotated, roles, frame, token.index, own, Filler(), Filler(), set(), complement)
    if match is None:
        return None
    recipients = judged.any or behind
    return Match(frame, token.index, own, (), recipients, frozenset(), not judged.direct, None)


def _match_naming(annotated: Annotated, roles: RoleFinder, token: Token, frame: Frame) -> Match | None:
    """ "called the expulsion groundless": the subject judges, what is judged is the object or the naming's own subject."""
    verb = annotated.tokens[token.head]
    if verb.lemma not in NAMING_VERBS or token.dep not in ("oprd", "attr", "acomp", "ccomp", "xcomp", "dobj", "pobj"):
        return None
    if frame.negated or not _companions_fit(annotated, token.index, frame):
        return None
    clause = read_clause(annotated, verb.index)
    actors = roles.fill(clause.subject)
    judged = [argument for argument in clause.objects if argument.token != token.index]
    judged += [
        Argument(child.index) for child in annotated.children(token.index) if child.dep in ("nsubj", "nsubjpass")
    ]
    if not actors.any or not judged:
        return None
    recipients = roles.fill(*judged)
    own = Clause(token.index, clause.subject, tuple(judged), clause.prepositions, False)
    return Match(frame, token.index, own, actors.any, recipients.any, frozenset(), not recipients.direct, None)


def _authors(annotated: Annotated, roles: RoleFinder, subject: Argument | None) -> list[Role]:
    """Who made the thing that is judged: "the tariffs announced by the President are illogical"."""
    if subject is None:
        return []
    found: list[Role] = []
    for child in annotated.subtree(subject.token):
        if child.dep in ("acl", "relcl") and child.pos == "VERB":
            clause = read_clause(annotated, child.index)
            found.extend(
                roles.fill(clause.subject).any if clause.subject and clause.subject.token != subject.token else ()
            )
    return found


def _with_prepositions(
    annotated: Annotated,
    roles: RoleFinder,
    frame: Frame,
    trigger: int,
    clause: Clause,
    actors: Filler,
    recipients: Filler,
    consumed: set[int],
    complement: int | None,
) -> Match | None:
    owners_only = not recipients.direct
    for wanted in frame.prepositions:
        present = [noun for preposition, noun in clause.prepositions if preposition in wanted.prepositions]
        if wanted.slot.required and not roles.fill(*(Argument(noun) for noun in present)).any:
            present += _attached_below(annotated, clause, wanted.prepositions)
        if wanted.slot.lexical:
            fitting = [noun for noun in present if _noun_fits(annotated, noun, wanted.slot)]
            if not fitting and not ("that" in wanted.prepositions and _has_that_clause(annotated, trigger)):
                return None
            if wanted.slot.lemmas != {ANY}:
                consumed.update(fitting)
            continue
        filler = roles.fill(*(Argument(noun) for noun in present))
        if wanted.slot.required and not filler.any and not (wanted.slot.role is RoleName.ACTOR and actors.direct):
            return None
        if wanted.slot.role is RoleName.ACTOR:
            actors = Filler(actors.direct + filler.any, actors.owners)
        elif filler.direct or (filler.owners and not recipients.direct):
            recipients = Filler(recipients.direct + filler.any if not owners_only else filler.any)
            owners_only = not filler.direct
    if frame.subject is not None and frame.subject.required and not actors.any:
        return None
    chosen_actors = _distinct(actors.any)
    taken = {role.actor_id for role in chosen_actors}
    chosen_recipients = tuple(role for role in _distinct(recipients.any) if role.actor_id not in taken)
    return Match(frame, trigger, clause, chosen_actors, chosen_recipients, frozenset(consumed), owners_only, complement)


def _attached_below(annotated: Annotated, clause: Clause, prepositions: frozenset[str]) -> list[int]:
    """Objects of those prepositions that the parser hung on a noun inside the object: "present the case against X to Y"."""
    found: list[int] = []
    for argument in clause.objects:
        if argument.understood:
            continue
        for token in annotated.subtree(argument.token):
            if token.dep == "prep" and token.lemma.lower() in prepositions:
                found += [child.index for child in annotated.children(token.index) if child.dep == "pobj"]
    return found


def _distinct(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    return tuple({role.actor_id: role for role in reversed(roles)}.values())[::-1]


def _particle_fits(annotated: Annotated, token: Token, frame: Frame) -> bool:
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


def _companions_fit(annotated: Annotated, trigger: int, frame: Frame) -> bool:
    if not frame.companions:
        return True
    near = list(annotated.children(trigger))
    near += [grandchild for child in near for grandchild in annotated.children(child.index)]
    return any(each.lemma.lower() in frame.companions or each.text.lower() in frame.companions for each in near)


def _complement(annotated: Annotated, token: Token, frame: Frame) -> int | None:
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


def _has_that_clause(annotated: Annotated, trigger: int) -> bool:
    return any(child.dep == "ccomp" for child in annotated.children(trigger))


def _any_fits(annotated: Annotated, token: int, slot: Slot) -> bool:
    return any(_noun_fits(annotated, each, slot) for each in coordinated(annotated, token))


def _noun_fits(annotated: Annotated, token: int, slot: Slot) -> bool:
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
                return any(_noun_fits(annotated, each.index, slot) for each in annotated.children(preposition.index))
        return noun.pos == "NUM" and "people" in slot.lemmas  # "killed 1,200"
    return False


CONTAINERS = {
    "series", "round", "number", "dozen", "hundred", "thousand", "score", "group", "package", "range", "set", "wave", "lot",
    "member", "kind", "form", "part", "all", "most", "many", "some", "several", "million", "billion", "couple", "handful",
}  # fmt: skip


def _several(annotated: Annotated, subject: Argument | None) -> bool:
    if subject is None:
        return False
    token = annotated.tokens[subject.token]
    return (
        len(coordinated(annotated, subject.token)) > 1
        or token.tag in ("NNS", "NNPS")
        or token.lemma.lower() in ("they", "we", "both", "side")
    )


def _copula(annotated: Annotated, token: Token) -> Token | None:
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
    if token.dep == "xcomp" and token.head != predicate:
        return any(_negates(child) for child in annotated.children(token.head))
    return False


def _negates(child: Token) -> bool:
    return child.dep == "neg" or (child.dep in ("advmod", "preconj", "det") and child.lemma.lower() in NEGATIONS)
