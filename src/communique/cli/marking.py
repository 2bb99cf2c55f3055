"""Words marked inside a text: in colour on a terminal, in brackets where there is none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.text import Text

from communique.records import Span


@dataclass(frozen=True, slots=True)
class Style:
    """How one sort of words looks: a Rich style, and the brackets that stand for it in plain text."""

    colour: str
    brackets: tuple[str, str] = ("", "")


TRIGGER = Style("bold yellow", ("[", "]"))
ACTOR = Style("cyan")
TIME = Style("green")
PLACE = Style("magenta")
SAID = Style("italic underline", ("{", "}"))
CUE = Style("bold italic")
FRAGMENT = Style("reverse dim", ("<", ">"))
FURNITURE = Style("dim strike", ("~~", "~~"))
STATUS = Style("bold magenta", ("[", "]"))
NAMED = Style("cyan", ("[", "]"))
DATED = Style("green", ("[", "]"))

# The fields of an explanation whose words are worth a mark of their own. Evidence is not: it is the whole clause.
BY_FIELD = {
    "actors": NAMED,
    "recipients": NAMED,
    "asserted_by": NAMED,
    "parties": NAMED,
    "party": NAMED,
    "of": NAMED,
    "by": NAMED,
    "speaker": NAMED,
    "source": NAMED,
    "addressee": NAMED,
    "reported_by": NAMED,
    "named": NAMED,
    "actor_id": NAMED,
    "date": DATED,
    "place": Style("magenta", ("[", "]")),
    "trigger": TRIGGER,
    "status_span": STATUS,
    "condition": STATUS,
    "cue": Style("bold italic", ("[", "]")),
    "content": SAID,
    "span": TRIGGER,
    "medium": Style("bold", ("[", "]")),
}


def marked(text: str, start: int, marks: Iterable[tuple[Span, Style]], *, base: str = "", colours: bool) -> Text:
    """`text` stands at offset `start` of its article; marks reaching beyond it are cut to it."""
    placed = [
        (max(span.start, start) - start, min(span.end, start + len(text)) - start, style)
        for span, style in marks
        if span.start < start + len(text) and start < span.end
    ]
    if not colours:
        return Text(_bracketed(text, [each for each in placed if each[2].brackets[0]]))
    made = Text(text, style=base)
    for first, last, style in sorted(
        placed, key=lambda each: each[0] - each[1]
    ):  # the wider first, the narrower on top
        made.stylize(style.colour, first, last)
    return made


def _bracketed(text: str, placed: Sequence[tuple[int, int, Style]]) -> str:
    inserted: list[tuple[int, int, int, str]] = []  # place, closing before opening, the wider outside, sign
    for first, last, style in sorted(set(placed), key=lambda each: (each[0], -each[1])):
        inserted.append((first, 1, first - last, style.brackets[0]))
        inserted.append((last, 0, last - first, style.brackets[1]))
    pieces, reached = [], 0
    for place, _, _, sign in sorted(inserted):
        pieces += [text[reached:place], sign]
        reached = place
    return "".join([*pieces, text[reached:]])
