"""Tokens of a sentence → units: names and nouns that the codebook knows, longest first, never overlapping.

Everything that reads actors works on units, so that "Secretary of State" or "NATO-Russia Council" is one thing
whatever the parser made of it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.actors import ActorEntry
from communique.codebook.countries import CountryForm, CountryName
from communique.codebook.names import Piece, split_pieces
from communique.codebook.sectors import Institution, PersonNoun
from communique.records import Annotated, Sentence
from communique.resolve.actor_lexicon import KnownPerson, Lexicon, NameValue, NounValue

CAPITAL_PARTICLES = frozenset(
    {"De", "Da", "Del", "Della", "Van", "Von", "El", "Al", "Bin", "Ben", "Abu", "Le", "La", "Du", "Dos"}
)
ACRONYM = 5  # letters at most
UnitValue = NameValue | NounValue


@dataclass(frozen=True, slots=True)
class Unit:
    """Tokens `first` to `last` (exclusive) and what they name; `plural` when a noun stands in the plural."""

    first: int
    last: int
    value: UnitValue
    plural: bool = False
    acronym: bool = False

    @property
    def country(self) -> CountryName | None:
        """The country form, if it is one."""
        return self.value if isinstance(self.value, CountryName) else None

    @property
    def entry(self) -> ActorEntry | None:
        """The named organization or body, if it is one."""
        return self.value if isinstance(self.value, ActorEntry) else None

    @property
    def noun(self) -> PersonNoun | None:
        """The noun for people, if it is one."""
        return self.value if isinstance(self.value, PersonNoun) else None

    @property
    def institution(self) -> Institution | None:
        """The kind of body, if it is one."""
        return self.value if isinstance(self.value, Institution) else None

    @property
    def person(self) -> KnownPerson | None:
        """The office holder named in full, if it is one."""
        return self.value if isinstance(self.value, KnownPerson) else None

    @property
    def adjective(self) -> bool:
        """True for "Russian", which needs a noun behind it or is the people."""
        return self.country is not None and self.country.form in (CountryForm.ADJECTIVE, CountryForm.PEOPLE)


def find_units(annotated: Annotated, sentence: Sentence, lexicon: Lexicon) -> list[Unit]:
    """The units of one sentence, in text order."""
    tokens = annotated.sentence_tokens(sentence)
    pieces: list[Piece] = []
    owner: list[int] = []
    starts: dict[int, int] = {}
    for token in tokens:
        starts[token.index] = len(pieces)
        for piece in split_pieces(token.text):
            pieces.append(piece)
            owner.append(token.index)
    singular = [_singular(piece) for piece in pieces]
    found: list[Unit] = []
    position = sentence.first
    while position < sentence.last:
        start = starts[position]
        if start >= len(pieces) or owner[start] != position:
            position += 1
            continue
        unit = _longest(annotated, lexicon, pieces, singular, owner, start)
        if unit is None:
            position += 1
        else:
            if not _is_currency(annotated, sentence, unit) and not _is_part_of_name(annotated, sentence, unit, found):
                found.append(unit)
            position = unit.last
    return found


def _longest(
    annotated: Annotated,
    lexicon: Lexicon,
    pieces: Sequence[Piece],
    singular: Sequence[Piece],
    owner: Sequence[int],
    start: int,
) -> Unit | None:
    best: Unit | None = None
    name = lexicon.names.longest(pieces, start)
    if name is not None:
        best = _unit(pieces, owner, start, *name, plural=False)
    noun = lexicon.nouns.longest(pieces, start, singular)
    if noun is not None:
        last = start + noun[0] - 1
        plural = singular[last] is not pieces[last]
        unit = _unit(pieces, owner, start, *noun, plural=plural)
        if unit is not None and (best is None or unit.last > best.last) and _nominal(annotated, unit):
            best = unit
    return best


def _is_currency(annotated: Annotated, sentence: Sentence, unit: Unit) -> bool:
    """ "US $6.9 billion" names no state."""
    return unit.country is not None and unit.last < sentence.last and annotated.tokens[unit.last].text.startswith("$")


def _is_part_of_name(annotated: Annotated, sentence: Sentence, unit: Unit, found: list[Unit]) -> bool:
    """A part of a longer name: "Juan Carlos Jobet" is not the former king, "Mayfield Memorial Church" no "Memorial"."""
    following = annotated.tokens[unit.last] if unit.last < sentence.last else None
    before_unit = annotated.tokens[unit.first - 1].text if unit.first > sentence.first else ""
    if unit.country is not None and before_unit in CAPITAL_PARTICLES:  # "Leila De Lima" is not Peru
        return True
    if unit.entry is not None and unit.last - unit.first == 1 and unit.first > sentence.first + 1:
        word, before = annotated.tokens[unit.first], annotated.tokens[unit.first - 1]
        return (
            word.text[1:].islower()
            and before.pos == "PROPN"
            and not any(earlier.last == unit.first for earlier in found)
            and following is not None
            and following.pos == "PROPN"
        )
    return unit.person is not None and following is not None and following.pos == "PROPN" and following.tag != "POS"


def _unit(
    pieces: Sequence[Piece], owner: Sequence[int], start: int, length: int, value: UnitValue, *, plural: bool
) -> Unit | None:
    """None when the name ends inside a token."""
    end = start + length
    if end < len(owner) and owner[end] == owner[end - 1]:
        return None
    letters = "".join(piece.form for piece in pieces[start:end])
    return Unit(owner[start], owner[end - 1] + 1, value, plural, letters.isupper() and len(letters) <= ACRONYM)


def _nominal(annotated: Annotated, unit: Unit) -> bool:
    """A noun of the lists must be one here: "to guard the border" has no guard."""
    head = annotated.tokens[unit.last - 1]
    if head.pos in ("NOUN", "PROPN"):
        return True
    if head.pos == "ADJ" or head.tag in ("VBN", "VBG", "CD"):  # "the displaced", "the elderly", "the Muslim"
        before = annotated.tokens[unit.first - 1] if unit.first else None
        return head.tag != "VBG" and (
            head.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "ROOT", "attr", "conj", "appos", "compound")
            and (before is None or before.pos in ("DET", "PART", "PROPN", "ADJ", "NUM", "NOUN", "ADP"))
        )
    return unit.last - unit.first > 1 and head.pos not in ("VERB", "AUX")


@lru_cache(maxsize=4096)
def _singular_form(form: str) -> str:
    lower = form.casefold()
    if lower.endswith(("ss", "us", "is")) or len(lower) < 4:
        return lower
    for plural, single in (
        ("women", "woman"), ("men", "man"), ("people", "people"), ("children", "child"), ("wives", "wife"),
        ("thieves", "thief"), ("ies", "y"), ("ches", "ch"), ("shes", "sh"), ("sses", "ss"), ("xes", "x"), ("s", ""),
    ):  # fmt: skip
        if lower.endswith(plural):
            return lower[: len(lower) - len(plural)] + single
    return lower


def _singular(piece: Piece) -> Piece:
    folded = _singular_form(piece.form)
    return piece if folded == piece.folded else Piece(folded, piece.form)
