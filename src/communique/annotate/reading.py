"""Article characters → the form that the parser reads well, with a map back to the article's offsets.

Curly quotes become straight, no-break spaces plain; bracketed fragments in another language are left out, because a
parser trained on English makes nouns of them ("the course of negotiations [о продвижении…]but from").
"""

from dataclasses import dataclass

from communique.records import Article, Block

PLAIN = str.maketrans(
    {
        "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "‛": "'", "‚": "'",
        "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200b": " ", "\t": " ", "\n": " ", "\r": " ",
    }
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` is what the parser sees; `offsets[i]` is the article offset of its character i."""

    text: str
    offsets: tuple[int, ...]


def read_block(article: Article, block: Block) -> Reading:
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
    return Reading("".join(characters), tuple(offsets))


def _closes_on_fragment(text: str, offset: int, hidden: list[tuple[int, int]]) -> bool:
    """True for a bracket that holds nothing but a foreign fragment."""
    return any(offset + 1 == start or offset == end for start, end in hidden)
