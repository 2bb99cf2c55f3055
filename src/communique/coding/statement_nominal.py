"""Cue nouns and adjectives → attributions: "its claim that …", "threats to …", "is confident that …".

A noun makes an attribution only where its owner shows: a possessor, "by X", or the subject of the verb it is the object of.
"""

from communique.coding.statement_grammar import CueGrammar
from communique.coding.statement_parts import Attribution
from communique.coding.statement_phrases import MARKS, Range, joined, source_range, verb_group
from communique.records import SpeechAct, Token


def read_noun(reader: CueGrammar, noun: Token) -> Attribution | None:
    """The attribution that the noun makes, or None."""
    frames = reader.words.frames.get(("NOUN", noun.lemma), {})
    for frame in frames:
        content = _noun_content(reader, noun, frame)
        if content is None:
            continue
        reach, cue = content
        source, head = _owner(reader, noun, cue)
        found = reader.trimmed([reach])
        if found and (source is not None or frame == "clause"):
            if head is not None and cue[0] <= head < cue[1]:
                cue = (noun.index, cue[1])
            return Attribution(
                frame=frame, act=frames[frame], content=tuple(found), head=noun.index, cue=cue, source=source,
                source_head=head, negated=False,
            )  # fmt: skip
    return None


def _noun_content(reader: CueGrammar, noun: Token, frame: str) -> tuple[Range, Range] | None:
    cue = (noun.index, noun.index + 1)
    for child in reader.annotated.children(noun.index):
        if child.index < noun.index:
            continue
        if frame == "clause" and child.dep in ("acl", "ccomp", "relcl") and _has_that(reader, child):
            return reader.whole(child.index, noun.index + 1), cue
        if frame == "to" and child.dep in ("acl", "xcomp") and reader.has_to(child):
            return reader.whole(child.index, noun.index + 1), cue
        if frame[-1] in "+-" and child.dep == "prep" and child.lemma.lower() == frame[:-1]:
            reach = reader.whole(child.index, child.index + 1)
            return (child.index + 1, reach[1]), (noun.index, child.index + 1)
    return None


def _has_that(reader: CueGrammar, clause: Token) -> bool:
    return any(c.dep == "mark" and c.lemma == "that" for c in reader.annotated.children(clause.index))


def _is_named(modifier: Token) -> bool:
    """ "the Montsame report", "Russian demands"."""
    if modifier.dep in ("compound", "nmod"):
        return modifier.pos == "PROPN"
    return modifier.dep == "amod" and modifier.pos in ("ADJ", "PROPN") and modifier.text[0].isupper()


def _beside(reader: CueGrammar, modifier: Token, noun: Token) -> bool:
    """No quotation opens between the two: 'demanded from Paris “written” guarantees' has no guarantees of Paris."""
    return not any(token.text in MARKS for token in reader.annotated.tokens[modifier.index : noun.index])


def _owner(reader: CueGrammar, noun: Token, cue: Range) -> tuple[Range | None, int | None]:
    """Range and head token of the possessor, of the author behind "by" or "from", or of the subject above."""
    children = list(reader.annotated.children(noun.index))
    possessor = next((c for c in children if c.dep == "poss" and c.pos != "PART"), None)
    if possessor is not None:
        return source_range(reader.annotated, possessor.index, (noun.index, noun.index + 1)), possessor.index
    named = next((c for c in children if c.index < noun.index and _is_named(c) and _beside(reader, c, noun)), None)
    if named is not None:
        return source_range(reader.annotated, named.index, (noun.index, noun.index + 1)), named.index
    for child in children:
        if child.dep in ("prep", "agent") and child.lemma.lower() in ("by", "from"):
            author = next((c for c in reader.annotated.children(child.index) if c.dep == "pobj"), None)
            if author is not None:
                return source_range(reader.annotated, author.index, (child.index, child.index + 1)), author.index
    if noun.dep in ("dobj", "attr"):
        governor = reader.annotated.tokens[noun.head]
        if governor.pos == "ADP":
            governor = reader.annotated.tokens[governor.head]
        if governor.pos in ("VERB", "AUX") and not reader.is_passive(governor):
            return reader.source_of(governor, verb_group(reader.annotated, governor.index), False)
    return None, None


def read_adjective(reader: CueGrammar, adjective: Token) -> Attribution | None:
    """The attribution that a predicative adjective makes, or None: "Paris is sure that …"."""
    frames = reader.words.frames.get(("ADJ", adjective.lemma.lower()), {})
    governor = reader.annotated.tokens[adjective.head]
    if governor.lemma == "make" and adjective.lemma.lower() in reader.words.made:
        return _made_known(reader, adjective, governor)
    if not frames or adjective.dep != "acomp" or governor.pos not in ("AUX", "VERB"):
        return None
    own = next((c for c in reader.annotated.children(governor.index) if c.dep == "nsubj"), None)
    if own is None or own.lemma.lower() in ("it", "this", "that", "there"):
        return None
    cue = joined(verb_group(reader.annotated, governor.index), (adjective.index, adjective.index + 1))
    source, head = reader.source_of(governor, cue, False)
    for frame, act in frames.items():
        for child in reader.annotated.children(adjective.index):
            if child.index < adjective.index:
                continue
            reach: Range | None = None
            taken = cue
            if (frame == "clause" and child.dep in ("ccomp", "advcl") and reader.is_clause(child)) or (
                frame == "to" and child.dep == "xcomp" and reader.has_to(child)
            ):
                reach = reader.whole(child.index, cue[1])
            elif frame[-1] in "+-" and child.dep == "prep" and child.lemma.lower() == frame[:-1]:
                reach = (child.index + 1, reader.whole(child.index, child.index + 1)[1])
                taken = (cue[0], child.index + 1)
            if reach is not None and reach[0] < reach[1]:
                return Attribution(
                    frame=frame, act=act, content=tuple(reader.trimmed([reach])), head=adjective.index, cue=taken,
                    source=source, source_head=head, negated=reader.is_negated(governor),
                )  # fmt: skip
    return None


def _made_known(reader: CueGrammar, adjective: Token, make: Token) -> Attribution | None:
    """ "made it clear that …", "made clear that …"."""
    group = reader.cue_of(make)
    cue = joined(group, (adjective.index, adjective.index + 1))
    source, head = reader.source_of(make, group, reader.is_passive(make))
    behind = [*reader.annotated.children(adjective.index), *reader.annotated.children(make.index)]
    clause = next((c for c in behind if c.index > adjective.index and _has_that(reader, c)), None)
    content = reader.trimmed([reader.whole(clause.index, cue[1])]) if clause is not None else []
    if not content:
        return None
    return Attribution(
        frame="clause", act=SpeechAct.ASSERT, content=tuple(content), head=adjective.index, cue=cue, source=source,
        source_head=head, negated=reader.is_negated(make),
    )  # fmt: skip
