"""Capitalized words that the codebook does not know → the tokens of a name, and what sort of name it is."""

from communique.codebook.names import plain
from communique.records import Annotated
from communique.resolve.actor_lexicon import Lexicon
from communique.resolve.actor_runs import Segment, name_particle
from communique.resolve.actor_units import Unit


def name_tokens(annotated: Annotated, lexicon: Lexicon, segment: Segment) -> tuple[int, int] | None:
    """The tokens of the name on which the segment ends, or None: "Vladimir Putin" of "President Vladimir Putin"."""
    if segment.units and segment.units[-1].person is not None and segment.units[-1].last == segment.last:
        return segment.units[-1].first, segment.last
    first = segment.last
    while first > segment.first and _in_name(annotated, segment, first - 1, segment.last):
        first -= 1
    while first < segment.last and (
        (
            annotated.tokens[first].pos != "PROPN"
            and not name_particle(annotated.tokens[first])
            and not _capital_noun(annotated, first)
        )
        or annotated.tokens[first].text in lexicon.words.courtesies
        or not any(character.isalpha() for character in annotated.tokens[first].text)
    ):
        first += 1
    if segment.last - first == 1:
        first = _with_given_name(annotated, segment, first)
    if first >= segment.last or not annotated.tokens[segment.last - 1].text[:1].isalnum():
        return None
    return (
        (first, segment.last)
        if any(annotated.tokens[i].text[:1].isupper() for i in range(first, segment.last))
        else None
    )


def _with_given_name(annotated: Annotated, segment: Segment, surname: int) -> int:
    """A given name that is a country's name too, where the parser sees one person: "Chad Wilson"."""
    unit = segment.unit_at(surname - 1) if surname > segment.first else None
    if unit is None or unit.country is None or unit.adjective:
        return surname
    person = any(e.label == "PERSON" and e.first == unit.first and e.last == surname + 1 for e in annotated.entities)
    return unit.first if person else surname


def _in_name(annotated: Annotated, segment: Segment, position: int, end: int) -> bool:
    token = annotated.tokens[position]
    unit = segment.unit_at(position)
    if unit is not None:
        return _swallowed(annotated, segment, unit)
    if token.pos == "PROPN" or _capital_noun(annotated, position):
        return True
    if position == end - 1:
        return False
    return name_particle(token) or token.text in ("-", "–", "&") or (token.pos == "X" and token.text[:1].isupper())


def _capital_noun(annotated: Annotated, position: int) -> bool:
    """A surname that the parser took for a noun, inside a sentence: '…," Price said'."""
    token = annotated.tokens[position]
    inside = annotated.sentence_of(position).first < position
    return (
        token.pos == "NOUN" and token.tag == "NN" and token.text[:1].isupper() and token.text[1:].islower() and inside
    )


def _swallowed(annotated: Annotated, segment: Segment, unit: Unit) -> bool:
    """A country or town that is part of a personal name: "Michael Jordan", "Abdul Rahman Islam"."""
    if unit.country is None and not (unit.noun is not None and unit.first > segment.first):
        return False
    if unit.noun is not None and not annotated.tokens[unit.last - 1].text[:1].isupper():
        return False
    entity = next(
        (
            each
            for each in annotated.entities
            if each.first <= unit.first and unit.last <= each.last and each.label == "PERSON"
        ),
        None,
    )
    if entity is None or entity.first >= unit.first or unit.first == segment.first:
        return False
    before = annotated.tokens[unit.first - 1]
    return before.pos == "PROPN" and segment.unit_at(unit.first - 1) is None


def organization_sector(words: list[str], lexicon: Lexicon, *, last: bool = True) -> str | None:
    """The sector that a name's own words give ("Oxford University" EDU): the last telling word decides; with `last` also
    words that tell little ("Alliance")."""
    for known in (lexicon.words.organization_words, lexicon.words.last_words if last else {}):
        for size in (2, 1):
            for end in range(len(words), size - 1, -1):
                sector = known.get(plain(" ".join(words[end - size : end])))
                if sector is not None:
                    return sector
    return None


def label_of(annotated: Annotated, first: int, last: int) -> str | None:
    """The entity label that covers most of the tokens, or None."""
    best: tuple[int, str] | None = None
    for entity in annotated.entities:
        common = min(last, entity.last) - max(first, entity.first)
        if common > 0 and (best is None or common > best[0]):
            best = (common, entity.label)
    return best[1] if best is not None else None
