"""Sentences → runs: stretches of nominal tokens ("the US Secretary of State Anthony Blinken"), cut at possessives into segments.

The parser's phrases are not used, because titles and names are where it errs; its part-of-speech tags are.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from communique.records import Annotated, Sentence, Token
from communique.resolve.actor_units import Unit

NOMINAL = frozenset({"DET", "ADJ", "NUM", "NOUN", "PROPN", "X"})
TIME_LABELS = frozenset({"DATE", "TIME"})
JOINERS = frozenset({"-", "–", "/", "[", "]", "&"})
PLACING = frozenset({"in", "at"})
APART = frozenset({"pobj", "dobj", "nsubj", "nsubjpass"})
PARTICLES = frozenset({
    "al", "el", "bin", "ibn", "ben", "von", "van", "de", "der", "den", "da", "dos", "du", "la", "le", "ter", "abu", "abd",
    "ul", "ur", "bint", "dei", "della", "di", "st", "ould", "ag",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Segment:
    """Tokens `first` to `last` (exclusive) between possessive marks, with the units inside, in text order."""

    first: int
    last: int
    units: tuple[Unit, ...]

    def unit_at(self, token: int) -> Unit | None:
        """The unit that covers the token."""
        return next((unit for unit in self.units if unit.first <= token < unit.last), None)


@dataclass(frozen=True, slots=True)
class Run:
    """A nominal stretch; each segment but the last possesses the next one."""

    first: int
    last: int
    segments: tuple[Segment, ...]


def find_runs(annotated: Annotated, sentence: Sentence, units: list[Unit]) -> list[Run]:
    """The runs of one sentence, in text order."""
    covering = {token: unit for unit in units for token in range(unit.first, unit.last)}
    timed = {
        token
        for entity in annotated.entities
        if entity.label in TIME_LABELS and sentence.first <= entity.first < sentence.last
        for token in range(entity.first, entity.last)
    }
    runs: list[Run] = []
    start: int | None = None
    position = sentence.first
    while position < sentence.last:
        unit = covering.get(position)
        step = unit.last if unit is not None else position + 1
        inside = unit is not None or _nominal(annotated, sentence, position, timed)
        if start is not None and (
            not inside
            or _opens(annotated, position, unit, start)
            or _stands_apart(annotated, position, start, covering)
        ):
            runs.append(_run(annotated, start, position, units))
            start = None
        if inside and start is None and not _is_link(annotated.tokens[position]):
            start = position
        position = step
    if start is not None:
        runs.append(_run(annotated, start, sentence.last, units))
    return [run for run in runs if run.segments]


def name_particle(token: Token) -> bool:
    """A small word inside a name: "Ursula von der Leyen", "Mohammed bin Salman"."""
    return token.text.lower() in PARTICLES


def _nominal(annotated: Annotated, sentence: Sentence, position: int, timed: set[int]) -> bool:
    token = annotated.tokens[position]
    following = annotated.tokens[position + 1] if position + 1 < sentence.last else None
    if position == sentence.first and token.text in ("Will", "May") and annotated.tokens[sentence.last - 1].text == "?":
        return False  # "Will Serbia recall its ambassador?"
    if position in timed and token.pos in ("PROPN", "NUM", "NOUN", "ADJ"):
        return False
    if token.pos in NOMINAL or token.tag == "PRP$" or _is_possessive(token):
        return token.text not in ("/", "$", "%")
    if token.text in JOINERS:
        joined = following is not None and (following.pos in NOMINAL or following.tag in ("VBN", "VBG"))
        return joined and position > sentence.first
    if following is None:
        return False
    if name_particle(token) and following.pos == "PROPN" and token.pos != "ADP":
        return True
    if token.tag in ("VBN", "VBG", "VBD", "JJ") and token.dep in ("amod", "compound", "nmod"):
        return True
    return token.pos == "ADV" and following.tag in ("JJ", "VBN", "CD", "VBG") and following.dep in ("amod", "nummod")


def _opens(annotated: Annotated, position: int, unit: Unit | None, start: int) -> bool:
    """A determiner or possessive pronoun begins a new phrase, unless a determiner stands before it ("all the ministers")."""
    token, before = annotated.tokens[position], annotated.tokens[position - 1]
    if unit is not None and unit.last - unit.first > 1 and token.pos != "DET":
        return False
    determines = token.pos == "DET" or token.tag == "PRP$"
    return determines and before.pos not in ("DET", "ADJ") and not _is_possessive(before) and position > start


def _stands_apart(annotated: Annotated, position: int, start: int, covering: dict[int, Unit]) -> bool:
    """Two phrases side by side, as free word order leaves them: "in Geneva | Russia and the USA held talks", "To this
    question | Kremlin spokesman X did not answer"."""
    tokens = annotated.tokens
    token, before, unit = tokens[position], tokens[position - 1], covering.get(position)
    if not token.text[:1].isupper() or position == start:
        return False
    if unit is not None and unit.country is not None and start and tokens[start - 1].text.lower() in PLACING:
        place = covering.get(start)
        alone = place is not None and place.country is not None and place.last == position and not place.adjective
        return alone or any(
            entity.label == "GPE" and (entity.first, entity.last) == (start, position) for entity in annotated.entities
        )
    common = before.tag in ("NN", "NNS") and before.text.islower() and position - 1 not in covering
    return common and before.dep in APART and not _governs(annotated, position - 1, position)


def _governs(annotated: Annotated, governor: int, token: int) -> bool:
    return any(each.index == governor for each in annotated.ancestors(token))


def _is_link(token: Token) -> bool:
    """Joins words and opens none: the dash after a dateline is no part of the phrase behind it."""
    return _is_possessive(token) or token.text in JOINERS - {"["}


def _is_possessive(token: Token) -> bool:
    return token.tag == "POS"


def _run(annotated: Annotated, first: int, last: int, units: list[Unit]) -> Run:
    inside = [unit for unit in units if first <= unit.first and unit.last <= last]
    segments: list[Segment] = []
    start = first
    for position in range(first, last + 1):
        covered = any(unit.first < position < unit.last for unit in inside)
        if position == last or (_is_possessive(annotated.tokens[position]) and not covered):
            if any(unit.first <= position < unit.last for unit in inside) and position != last:
                continue
            if position > start:
                held = tuple(unit for unit in inside if start <= unit.first and unit.last <= position)
                segments.append(Segment(start, position, held))
            start = position + 1
    return Run(first, last, tuple(segments))


def between(runs: list[Run], position: int) -> Iterator[Run]:
    """The runs that begin at or after the token."""
    return (run for run in runs if run.first >= position)
