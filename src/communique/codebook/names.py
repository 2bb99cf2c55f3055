"""Names of the codebook → an index by first word, so that a text is scanned once and not once an entry.

Names are compared in pieces: words without accents and case, hyphens and apostrophes dropped ("Al-Qaeda" = "al Qaeda").
Capitals still count: a name written in capitals is found in capitals only ("US" is not "us"), a capitalized word is found
capitalized ("Quad" is not "quad").
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

Value = TypeVar("Value")
PIECES = re.compile(r"[^\W_]+|[^\w\s]")
DROPPED = frozenset("-'’‘`‐‑–.")
LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ı": "i", "ß": "ss", "æ": "ae", "ð": "d"}
)


@dataclass(frozen=True, slots=True)
class Piece:
    """One word of a name: `folded` for comparison, `form` as written."""

    folded: str
    form: str


@dataclass(frozen=True, slots=True)
class Named(Generic[Value]):
    """A name in the index: its pieces after the first, whether it is an acronym, and what it names."""

    pieces: tuple[Piece, ...]
    acronym: bool
    value: Value


def plain(text: str) -> str:
    """Letters without accents, case kept: "Zelenskyy", "Sao Tome"."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(LETTERS))
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def split_pieces(text: str) -> tuple[Piece, ...]:
    """The words of a text, in order; hyphens, apostrophes and full stops are no pieces."""
    return tuple(Piece(form.casefold(), form) for form in PIECES.findall(plain(text)) if form not in DROPPED)


@lru_cache(maxsize=65_536)
def fold(text: str) -> str:
    """A name for equality: folded pieces joined by spaces."""
    return " ".join(piece.folded for piece in split_pieces(text))


class NameIndex(Generic[Value]):
    """Names by their first piece, longest first. A name added twice keeps its first value."""

    def __init__(self) -> None:
        self._names: dict[str, list[Named[Value]]] = {}
        self._known: set[tuple[str, ...]] = set()
        self._sorted = True

    def add(self, name: str, value: Value) -> None:
        """Adds one name; a name of no letters is ignored."""
        pieces = split_pieces(name)
        forms = tuple(piece.form for piece in pieces)
        if not pieces or forms in self._known:
            return
        self._known.add(forms)
        letters = "".join(forms)
        acronym = letters.isupper() and len(letters) <= 6
        self._names.setdefault(pieces[0].folded, []).append(Named(pieces, acronym, value))
        self._sorted = False

    def extend(self, names: Iterable[str], value: Value) -> None:
        """Adds several names of one thing."""
        for name in names:
            self.add(name, value)

    def longest(
        self, pieces: Sequence[Piece], start: int, singular: Sequence[Piece] | None = None
    ) -> tuple[int, Value] | None:
        """(number of pieces, value) of the longest name that starts at `start`, or None.

        With `singular`, the last piece of a name may also agree with the text's singular ("truck drivers").
        """
        if not self._sorted:
            for names in self._names.values():
                names.sort(key=lambda each: len(each.pieces), reverse=True)
            self._sorted = True
        named = list(self._names.get(pieces[start].folded, ()))
        if singular is not None and singular[start].folded != pieces[start].folded:
            named += [each for each in self._names.get(singular[start].folded, ()) if len(each.pieces) == 1]
        return next(((len(each.pieces), each.value) for each in named if _matches(each, pieces, start, singular)), None)


def _matches(named: Named[Value], pieces: Sequence[Piece], start: int, singular: Sequence[Piece] | None) -> bool:
    length = len(named.pieces)
    if start + length > len(pieces):
        return False
    for offset, mine in enumerate(named.pieces):
        theirs = pieces[start + offset]
        if _agree(mine, theirs, named.acronym):
            continue
        last = offset == length - 1
        if not (last and singular is not None and _agree(mine, singular[start + offset], named.acronym)):
            return False
    return True


def _agree(name: Piece, text: Piece, acronym: bool) -> bool:
    if name.folded != text.folded:
        return False
    if acronym:
        return name.form == text.form
    return not name.form[0].isupper() or text.form[0].isupper()
