"""Annotated → the quotations of the article: what stands between quotation marks, over sentences and paragraphs.

Marks of the web are unreliable: "”" opens, straight marks do both, a mark is lost, a paragraph of a long quotation opens
again without having closed. So direction is read from the mark, then from the spaces around it, then from what is open.
"""

from dataclasses import dataclass

from communique.codebook.speech import load_speech_words
from communique.records import Annotated, BlockKind, Span

OPENING, CLOSING, EITHER = "“„«", "”»", '"'
SINGLE_OPENING, SINGLE_CLOSING = "‘`'", "’'"
LONGEST_CUE = 9  # words between two quotations that are taken for a cue and its source
ENDS = ".,?!…-–—;"
SENTENCE_END = ".?!:…"


@dataclass(frozen=True, slots=True)
class Quotation:
    """Characters `start` to `end` with the marks that stand there; tokens `first` to `last` (exclusive).

    `opened` and `closed` say whether a mark stands at that side. `sentential`: it reads as words spoken, not as a term set
    in marks. `begins_sentence`: nothing of the sentence stands before it.
    """

    start: int
    end: int
    first: int
    last: int
    paragraph: int
    opened: bool
    closed: bool
    sentential: bool
    begins_sentence: bool


def find_quotations(annotated: Annotated) -> tuple[Quotation, ...]:
    """All quotations outside furniture, in text order; nested ones (single marks inside double) are not separate."""
    found: list[Quotation] = []
    carried = False
    cues = _cue_offsets(annotated)
    seen = {sentence.paragraph for sentence in annotated.sentences}
    for number in sorted(seen):
        block = annotated.article.blocks[number]
        text = annotated.article.text
        pairs, carried_on = _pairs(text, block.span.start, block.span.end, carried, cues)
        if not pairs and block.kind != BlockKind.FURNITURE:
            pairs = _single_pairs(text, block.span.start, block.span.end)
        carried = carried_on
        for start, end, opened, closed in pairs:
            quotation = _quotation(annotated, (start, end, opened, closed), number, block.span)
            if quotation is not None:
                found.append(quotation)
    return tuple(found)


def _cue_offsets(annotated: Annotated) -> tuple[int, ...]:
    """Where the verbs that can introduce a quotation begin."""
    frames = load_speech_words().frames
    return tuple(
        token.start
        for token in annotated.tokens
        if token.pos == "VERB" and "quote" in frames.get(("VERB", token.lemma), {})
    )


def _pairs(
    text: str, start: int, end: int, carried: bool, cues: tuple[int, ...]
) -> tuple[list[tuple[int, int, bool, bool]], bool]:
    """(start, end, opened, closed) of each quotation, and whether the last one runs on into the next paragraph."""
    marks = [offset for offset in range(start, end) if _side(text, offset) and not _is_inch_mark(text, offset)]
    pairs: list[tuple[int, int, bool, bool]] = []
    opened_at: int | None = None
    if marks and _closes_first(text, marks, start, carried, cues):
        pairs.append((start, marks[0] + 1, False, True))
        marks = marks[1:]
    for position, offset in enumerate(marks):
        if opened_at is not None:
            low = text[opened_at] == "„" and text[offset] in "“”"  # „…“ as eastern and central Europe set it
            if not low and _opens_again(text, marks, position):
                pairs.append((opened_at, _trim_back(text, opened_at, offset), True, False))
                opened_at = offset
            else:
                pairs.append((opened_at, offset + 1, True, True))
                opened_at = None
        elif _opens(text, marks, position, start, end):
            opened_at = offset
    if opened_at is not None:
        stop = _trim_back(text, opened_at, end)
        if stop - opened_at > 1:
            pairs.append((opened_at, stop, True, False))
        return pairs, True
    return pairs, False


def _closes_first(text: str, marks: list[int], start: int, carried: bool, cues: tuple[int, ...]) -> bool:
    """The paragraph begins inside a quotation: its first mark closes what an earlier paragraph, or a lost mark, opened."""
    first = marks[0]
    if _side(text, first) == OPENING or first == start:
        return False
    if _side(text, first) == EITHER:
        return carried and text[first - 1] in ENDS and not text[first + 1 : first + 2].isalnum()
    closing = [offset for offset in marks if _side(text, offset) == CLOSING]
    opening = [offset for offset in marks if _side(text, offset) == OPENING]
    if text[first - 1] not in ENDS:
        return False
    told = text[first - 1] in ",?!" and not opening and len(closing) > 1 and _is_told(text, first, closing[1], cues)
    return told or (len(closing) - len(opening)) % 2 == 1


def _is_told(text: str, first: int, last: int, cues: tuple[int, ...]) -> bool:
    """What stands between two marks is a cue with its source, not speech: `…,” she added.”`."""
    return len(text[first:last].split()) <= LONGEST_CUE and any(first < cue < last for cue in cues)


def _side(text: str, offset: int) -> str:
    """The set of marks that the character belongs to, or "": doubled single marks count, at their outer character."""
    character = text[offset]
    if character in OPENING:
        return OPENING
    if character in CLOSING or (text[offset - 1 : offset + 1] == "''" and text[offset + 1 : offset + 2] != "'"):
        return CLOSING
    if character in EITHER:
        return EITHER
    return OPENING if text[offset : offset + 2] == "``" and text[offset - 1 : offset] != "`" else ""


def _is_inch_mark(text: str, offset: int) -> bool:
    return text[offset] == '"' and text[offset - 1 : offset].isdigit() and not text[offset + 1 : offset + 2].isspace()


def _opens(text: str, marks: list[int], position: int, start: int, end: int) -> bool:
    """Nothing is open: does this mark open? A closing mark does when another closing mark follows it first."""
    offset = marks[position]
    if offset + 1 >= end:
        return False
    if _side(text, offset) == OPENING:
        return True
    following = marks[position + 1] if position + 1 < len(marks) else None
    if _side(text, offset) == EITHER:
        return following is not None or offset == start or text[offset - 1].isspace()
    return following is not None and _side(text, following) != OPENING


def _opens_again(text: str, marks: list[int], position: int) -> bool:
    """Something is open and an opening mark comes: the first was left unclosed, unless its own close is still to come."""
    if _side(text, marks[position]) != OPENING:
        return False
    closings = sum(_side(text, each) == CLOSING for each in marks[position + 1 :])
    openings = sum(_side(text, each) == OPENING for each in marks[position:])
    return closings <= openings


def _trim_back(text: str, start: int, end: int) -> int:
    while end > start + 1 and text[end - 1].isspace():
        end -= 1
    return end


def _single_pairs(text: str, start: int, end: int) -> list[tuple[int, int, bool, bool]]:
    """Single marks as the only marks of a paragraph, as headlines have them: 'A step back,' says Paris."""
    pairs: list[tuple[int, int, bool, bool]] = []
    offset = start
    while offset < end:
        before = text[offset - 1] if offset > start else " "
        if text[offset] in SINGLE_OPENING and (before.isspace() or before in "(—–") and offset + 1 < end:
            stop = _single_close(text, offset + 1, end)
            if stop is not None and stop - offset > 3:
                pairs.append((offset, stop + 1, True, True))
                offset = stop
        offset += 1
    return pairs


def _single_close(text: str, start: int, end: int) -> int | None:
    if text[start].isspace() and text[start - 1] != "`":
        return None
    for offset in range(start, end):
        after = text[offset + 1] if offset + 1 < end else " "
        if text[offset] in SINGLE_CLOSING and not after.isalnum():
            plural = text[offset - 1] == "s" and after.isspace() and text.find("’", offset + 1, end) > 0
            if not plural:
                return offset
    return None


def _quotation(
    annotated: Annotated, pair: tuple[int, int, bool, bool], paragraph: int, block: Span
) -> Quotation | None:
    start, end, opened, closed = pair
    tokens = annotated.tokens_in(annotated.article.span(start, end))
    if not tokens:
        return None
    text = annotated.article.text
    inner = text[start + opened : end - closed].strip()
    before = text[block.start : start].rstrip()
    begins = not before or before[-1] in SENTENCE_END + OPENING + CLOSING + EITHER
    words = len(inner.split())
    ended = bool(inner) and (inner[-1] in ENDS or (text[end : end + 1] in ",.;" and words > 3))
    introduced = before[-1:] in (",", ":")
    sentential = bool(inner) and (
        (begins and (ended or words > 5))
        or (introduced and words > 2 and (inner[-1] in ENDS or words > 5))
        or (inner[-1] in ENDS and words > 7)
        or not opened
        or not closed
    )
    if text[start] in SINGLE_OPENING and not ended:
        sentential = False  # a heading in single marks, or a term
    return Quotation(start, end, tokens[0], tokens[-1] + 1, paragraph, opened, closed, sentential, begins)
