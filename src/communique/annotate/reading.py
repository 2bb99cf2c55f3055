"""Article characters → the form that the parser reads well, with a map back to the article's offsets.

Curly quotes become straight, no-break spaces plain; bracketed fragments in another language are left out, because a
parser trained on English makes nouns of them ("the fate of the harbour [о судьбе…]and the fleet").
"""

import re
from collections.abc import Set
from dataclasses import dataclass

from communique.codebook.surnames import load_surnames
from communique.records import Article, Block, BlockKind

PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‛": "'", "‚": "'",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ", "\t": " ", "\n": " ", "\r": " ",
    }
)  # fmt: skip


TOWN = r"[A-ZÀ-Þ][\w'’.-]*(?:[ /-][A-ZÀ-Þ][\w'’.-]*){0,3}"
MONTHS = r"(?:Jan|Feb|Mar|Apr|May|June?|July?|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
DATELINE = re.compile(
    rf"(?P<town>{TOWN}(?:, (?!{MONTHS}\b){TOWN})?)"
    rf"(?P<day>,? (?:\d{{1,2}} )?{MONTHS}(?: \d{{1,2}})?(?:,? \d{{4}})?)?"
    r"(?P<agency>,? ?[(/\[][^)/\]]{2,40}[)/\]]?)?"
    r" ?(?:--?|[–—]) (?=[\"'A-ZÀ-Þ\d])"
)
CAPITALIZED = re.compile(r"\b[A-Z][\w'’.-]*\.?\s+([A-Z][a-z]+)\b")
WORD = re.compile(r"\b[A-Z][a-z]+\b")
MONTH_BEFORE = frozenset(
    {"In", "On", "By", "Since", "Until", "Early", "Late", "From", "The", "This", "Last", "Next", "And", "But"}
)


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is the block in reading form; `offsets[i]` is the article offset of its character i.

    `parsed` is what the parser sees: the same characters, with surnames that are also words replaced letter for letter.
    """

    text: str
    offsets: tuple[int, ...]
    parsed: str = ""

    def parts(self) -> tuple["Reading", ...]:
        """The dateline and what follows it, apart: the parser takes "GENEVA, Jan 10 (Agency) -" for a part of the sentence."""
        end = dateline_end(self.text)
        if end == 0:
            return (self,)
        cut = len(self.text[:end].rstrip())
        return (
            Reading(self.text[:cut], self.offsets[:cut], self.parsed[:cut]),
            Reading(self.text[end:], self.offsets[end:], self.parsed[end:]),
        )


def dateline_end(text: str) -> int:
    """Where the report begins behind "GENEVA, Jan 10 (Agency) - ", as an index into a block's reading form; 0 without one.

    The town must stand in capitals, or a day or an agency beside it: "Moscow - the capital" is no dateline.
    """
    found = DATELINE.match(text)
    if found is None or not (found["town"].split(",")[0].isupper() or found["day"] or found["agency"]):
        return 0
    return found.end()


def surnames_of(article: Article) -> frozenset[str]:
    """The surnames that are also words and that the article shows to be names: some capitalized word stands before them."""
    known = load_surnames().words
    found: set[str] = set()
    for block in article.blocks:
        if block.kind == BlockKind.FURNITURE:
            continue
        for match in CAPITALIZED.finditer(article.quote(block.span)):
            if match.group(1) in known and match.group().split()[0] not in MONTH_BEFORE:
                found.add(match.group(1))
    return frozenset(found)


def read_block(article: Article, block: Block, surnames: Set[str] = frozenset()) -> Reading:
    """The reading form of one block, foreign fragments left out, runs of spaces folded to one."""
    hidden = [
        (fragment.span.start, fragment.span.end)
        for fragment in article.fragments
        if fragment.span.start < block.span.end and block.span.start < fragment.span.end
    ]
    characters: list[str] = []
    offsets: list[int] = []
    for offset in range(block.span.start, block.span.end):
        inside = any(start <= offset < end for start, end in hidden)
        character = " " if inside else article.text[offset].translate(PLAIN)
        if hidden and character in "[]" and _closes_on_fragment(article.text, offset, hidden):
            character = " "
        if character == " " and (not characters or characters[-1] == " "):
            continue
        characters.append(character)
        offsets.append(offset)
    while characters and characters[-1] == " ":
        characters.pop()
        offsets.pop()
    text = "".join(characters)
    return Reading(text, tuple(offsets), _with_stand_ins(text, surnames) if surnames else text)


def _with_stand_ins(text: str, surnames: Set[str]) -> str:
    stand_ins = load_surnames().stand_ins
    return WORD.sub(
        lambda word: stand_ins.get(len(word.group()), word.group()) if word.group() in surnames else word.group(), text
    )


def _closes_on_fragment(text: str, offset: int, hidden: list[tuple[int, int]]) -> bool:
    """True for a bracket that holds nothing but a foreign fragment."""
    return any(offset + 1 == start or offset == end for start, end in hidden)
