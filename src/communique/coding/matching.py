"""Which frame a word triggers, and what fills its roles. Grammar and word lists only; status and dates come after."""

from dataclasses import dataclass, replace

from communique.codebook.event_types import EventTypes
from communique.codebook.frames import ANY, Frame, FrameKind, RoleName
from communique.coding.classifier import Labels
from communique.coding.clauses import Argument, Clause, noun_clause, read_clause
from communique.coding.fitting import (
    any_fits,
    attached_below,
    companions_fit,
    complement_of,
    copula,
    has_that_clause,
    is_negated,
    noun_fits,
    particle_fits,
    several,
)
from communique.coding.pairs import pairing_noun
from communique.coding.roles import Filler, RoleFinder
from communique.records import Annotated, Role, Token

OWNED_MEANS = {"ASSAULT", "SANCTION", "MOBILIZE"}
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
    """The best frame of every word that triggers one, in text order; words used up by another frame give none.

    A verb without an actor gives way to its noun that has one: "the sides confirmed the support of Oslo for Kyiv".
    """
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
                        each.frame.custom is not None,
                        each.frame.specificity(annotated.tokens[each.trigger].lemma.lower()),
                        len(each.actors) + len(each.recipients),
                    ),
                )
            )
    with_actors = {match.trigger for match in found if match.actors}
    found = [match for match in found if match.actors or not match.consumed & with_actors or _calls_off(match)]
    used = {token for match in found for token in match.consumed}
    return [match for match in found if match.trigger not in used]


def _calls_off(match: Match) -> bool:
    """ "The summit of A and B was postponed" is no summit, although the noun has the actors."""
    return match.frame.event_type == "REJECT" and match.frame.mode == "meet"


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
    if not particle_fits(annotated, token, frame) or not companions_fit(annotated, token.index, frame):
        return None
    if frame.negated and not is_negated(annotated, token.index, clause):
        return None
    complement = complement_of(annotated, token, frame)
    if frame.complement and complement is None:
        return None
    if (
        complement is not None
        and frame.event_type == "THREATEN"
        and any(child.dep == "neg" for child in annotated.children(complement))
    ):
        return None  # "vowed not to attack"
    actors, recipients = Filler(), Filler()
    if frame.subject is not None:
        if frame.subject.lexical:
            if clause.subject is None and not clause.objects:
                return None
            # "talks were held" has the noun as a passive's object, "talks began" as a subject
            lexical = clause.subject or clause.objects[0]
            if not noun_fits(annotated, lexical.token, frame.subject):
                return None
            consumed.add(lexical.token)
            if frame.event_type == "CONSULT":  # "the Security Council is to convene": the council is who meets
                actors = Filler(roles.fill(lexical).direct)
            if frame.event_type in OWNED_MEANS:  # "Houthi rockets hit the port": whose rockets they are
                actors = Filler(owners=roles.fill(lexical).any)
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
            fitting = [each for each in clause.objects if any_fits(annotated, each.token, frame.object)]
            if not fitting:
                return None
            if frame.object.lemmas != {ANY}:
                consumed.update(each.token for each in fitting)
            owners = roles.fill(*fitting)
            if not recipients.any:
                recipients = Filler((), owners.any, owners.mentioned)
        else:
            filler = roles.fill(*clause.objects)
            by_pair = any(pairing_noun(annotated, each.token) is not None for each in clause.objects)
            named = filler.direct or filler.mentioned or by_pair
            if not named and (frame.object.required or not filler.owners):
                return None
            recipients = filler
    alone = frame.object is not None or not clause.objects
    if frame.reciprocal and (not alone or not several(annotated, clause.subject)):
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
    if not companions_fit(annotated, token.index, frame):
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
    verb = copula(annotated, token)
    if verb is None or not companions_fit(annotated, token.index, frame):
        return None
    clause = read_clause(annotated, verb.index)
    if frame.negated and not is_negated(annotated, verb.index, clause):
        return None
    if not frame.negated and frame.kind is FrameKind.EVALUATION and is_negated(annotated, verb.index, clause):
        return None
    complement = complement_of(annotated, token, frame)
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
    behind = (
        token.dep == "amod" and token.index > verb.index and verb.dep == "dobj"
    )  # "called the expulsion unacceptable"
    judged = [Argument(verb.index)] if behind else []
    verb = annotated.tokens[verb.head] if behind else verb
    named = behind or token.dep in ("oprd", "attr", "acomp", "ccomp", "xcomp", "dobj", "pobj")
    if verb.lemma not in NAMING_VERBS or not named:
        return None
    if frame.negated or not companions_fit(annotated, token.index, frame):
        return None
    clause = read_clause(annotated, verb.index)
    actors = roles.fill(clause.subject)
    judged = judged or [argument for argument in clause.objects if argument.token != token.index]
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
            present += attached_below(annotated, clause, wanted.prepositions)
        if wanted.slot.lexical:
            fitting = [noun for noun in present if noun_fits(annotated, noun, wanted.slot)]
            if not fitting and not ("that" in wanted.prepositions and has_that_clause(annotated, trigger)):
                return None
            if wanted.slot.lemmas != {ANY}:
                consumed.update(fitting)
                if not recipients.any:  # "the expulsion of two Russian diplomats"
                    recipients = Filler((), roles.fill(*(Argument(noun) for noun in fitting)).any)
            continue
        filler = roles.fill(*(Argument(noun) for noun in present))
        by_pair = any(pairing_noun(annotated, noun) is not None for noun in present)
        known = filler.any or by_pair or (wanted.slot.role is RoleName.ACTOR and actors.direct)
        if wanted.slot.required and not known:
            return None
        if wanted.slot.role is RoleName.ACTOR:
            if frame.kind is FrameKind.NOUN and actors.direct and "of" in wanted.prepositions:
                behind_of = [noun for preposition, noun in clause.prepositions if preposition == "of"]
                owned = roles.fill(*(Argument(noun) for noun in behind_of))
                if owned.any:  # "Iraq's invasion of Kuwait": with a possessor, "of" names whom it hit
                    recipients = recipients if recipients.any else Filler(owned.any)
                    continue
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


def _distinct(roles: tuple[Role, ...]) -> tuple[Role, ...]:
    return tuple({role.actor_id: role for role in reversed(roles)}.values())[::-1]
