"""Frames: one line of an event type's file → what a predicate must look like and where its actor and recipient stand.

A line reads like the sentence it finds. `A` is the actor, `R` the recipient, `!` makes a role required:

    A impose|slap [@restriction] on|against:R      verb, object drawn from a word list, prepositions with a role
    A call_off [@talks] with:R                     verb with its particle
    A refuse|decline +inf                          with an infinitive (+that a clause, +ing a gerund, +inf:[kill] that verb)
    A not tolerate|accept                          negated
    A take R hostage                               with a companion word
    A meet &                                       several subjects do it to each other
    <@talks> collapse between:A                    subject drawn from a word list
    R pay [price]                                  the subject is the recipient
    N attack|raid by|of:A! on|against:R            noun
    J ready|willing A +inf                         adjective predicated of the actor
    E unacceptable                                 adjective or noun by which a speaker judges: the speaker is the actor
    M must|should                                  modal by which a speaker obliges the subject: the subject is the recipient
"""

import re
from dataclasses import dataclass, field, replace
from enum import StrEnum

from communique.records import CodebookError

ANY = "*"
ITEM = re.compile(r"<[^>]*>|\+\w+:\[[^\]]*\]|[^\s\[]*:\[[^\]]*\]|\[[^\]]*\]|\S+")


class FrameKind(StrEnum):
    """The part of speech that triggers the frame."""

    VERB = "verb"
    NOUN = "noun"
    ADJECTIVE = "adjective"
    EVALUATION = "evaluation"
    MODAL = "modal"


class RoleName(StrEnum):
    """The two roles of an event."""

    ACTOR = "A"
    RECIPIENT = "R"


@dataclass(frozen=True, slots=True)
class Slot:
    """A role that some argument fills (`required`: it must resolve), or a list of lemmas one of which must stand there."""

    role: RoleName | None = None
    required: bool = False
    lemmas: frozenset[str] = frozenset()

    @property
    def lexical(self) -> bool:
        """True when the slot constrains words instead of naming a role."""
        return self.role is None


@dataclass(frozen=True, slots=True)
class PrepositionSlot:
    """A slot introduced by one of some prepositions."""

    prepositions: frozenset[str]
    slot: Slot


@dataclass(frozen=True, slots=True)
class Frame:
    """A compiled line. `line` is kept to name the rule that decided a claim."""

    line: str
    event_type: str
    mode: str | None
    kind: FrameKind
    triggers: tuple[str, ...]
    subject: Slot | None = None
    object: Slot | None = None
    prepositions: tuple[PrepositionSlot, ...] = ()
    companions: frozenset[str] = frozenset()
    complement: str | None = None  # inf | that | ing
    complement_lemmas: frozenset[str] = frozenset()
    negated: bool = False
    reciprocal: bool = False
    assembly: bool = False
    particles: dict[str, str] = field(default_factory=dict)  # trigger as written → particle
    custom: str | None = None  # the label of a user's own codebook that it decides

    def lookups(self) -> tuple[tuple[FrameKind, str], ...]:
        """Part of speech and lemma by which each trigger is looked up: "call" of "call_off", "strike" of "air_strike"."""
        is_verb = self.kind is FrameKind.VERB
        return tuple(
            (self.kind, each.partition("_")[0] if is_verb else each.rpartition("_")[2]) for each in self.triggers
        )

    def specificity(self, lemma: str) -> int:
        """How much the frame demands where `lemma` triggers it: of two that fit, the more demanding one is meant."""
        lexical_prepositions = sum(2 for each in self.prepositions if each.slot.lexical and each.slot.lemmas != {ANY})
        required = sum(1 for each in (self.subject, self.object) if each and each.required)
        required += sum(1 for each in self.prepositions if each.slot.required)
        object_weight = 0
        if self.object is not None:
            object_weight = 3 if self.object.lexical and self.object.lemmas != {ANY} else 1
        return (
            object_weight
            + lexical_prepositions
            + required
            + 2 * bool(self.companions)
            + 2 * bool(self.complement)
            + 2 * bool(self.complement_lemmas)
            + 3 * self.negated
            + 2 * any(written.partition("_")[0] == lemma for written in self.particles)
            + 2 * bool(self.subject and self.subject.lexical)
        )


def compile_frame(
    line: str, event_type: str, mode: str | None, classes: dict[str, frozenset[str]], *, custom: str | None = None
) -> Frame:
    """One line → a frame. Raises CodebookError that quotes the line when it cannot be read."""
    items: list[str] = ITEM.findall(line)
    try:
        return replace(_compile(line, items, event_type, mode, classes), custom=custom)
    except (IndexError, KeyError, ValueError) as error:
        raise CodebookError(
            f"codebook type {event_type}: frame {line!r} cannot be read ({error}); see codebook/frames.py"
        ) from error


def _compile(
    line: str, items: list[str], event_type: str, mode: str | None, classes: dict[str, frozenset[str]]
) -> Frame:
    head, rest = items[0], items[1:]
    kinds = {"N": FrameKind.NOUN, "J": FrameKind.ADJECTIVE, "E": FrameKind.EVALUATION, "M": FrameKind.MODAL}
    kind = kinds.get(head, FrameKind.VERB)
    subject: Slot | None = None
    if kind is FrameKind.VERB:
        subject = _lexical(head[1:-1], classes) if head.startswith("<") else _role(head)
    negated = rest[0] == "not"
    if negated:
        rest = rest[1:]
    written, rest = rest[0].split("|"), rest[1:]
    particles = {word: word.partition("_")[2] for word in written if "_" in word}
    object_slot: Slot | None = None
    prepositions: list[PrepositionSlot] = []
    companions: set[str] = set()
    complement: str | None = None
    complement_lemmas: frozenset[str] = frozenset()
    reciprocal = assembly = False
    for item in rest:
        if item == "&":
            reciprocal = True
        elif item == "%":
            assembly = True
        elif item.startswith("+"):
            complement, _, listed = item[1:].partition(":")
            if complement not in ("inf", "that", "ing"):
                raise ValueError(f"unknown complement +{complement}")
            complement_lemmas = _lexical(listed[1:-1], classes).lemmas if listed else frozenset()
        elif item.startswith("["):
            object_slot = _lexical(item[1:-1], classes)
        elif ":" in item:
            words, _, slot = item.partition(":")
            bracketed = slot.startswith("[")
            filled = (
                _lexical(slot[1:-1], classes) if bracketed else _lexical(ANY, classes) if slot == ANY else _role(slot)
            )
            prepositions.append(PrepositionSlot(frozenset(words.split("|")), filled))
        elif item.rstrip("!") in ("A", "R"):
            if kind is FrameKind.ADJECTIVE:
                subject = _role(item)
            else:
                object_slot = _role(item)
        else:
            companions |= set(item.split("|"))
    return Frame(
        line=line,
        event_type=event_type,
        mode=mode,
        kind=kind,
        triggers=tuple(written),
        subject=subject,
        object=object_slot,
        prepositions=tuple(prepositions),
        companions=frozenset(companions),
        complement=complement,
        complement_lemmas=complement_lemmas,
        negated=negated,
        reciprocal=reciprocal,
        assembly=assembly,
        particles=particles,
    )


def _role(item: str) -> Slot:
    return Slot(role=RoleName(item.rstrip("!")), required=item.endswith("!"))


def _lexical(listed: str, classes: dict[str, frozenset[str]]) -> Slot:
    lemmas: set[str] = set()
    for word in listed.split("|"):
        lemmas |= classes[word[1:]] if word.startswith("@") else {word}
    return Slot(lemmas=frozenset(lemmas))
