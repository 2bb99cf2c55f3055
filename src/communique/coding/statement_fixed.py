"""Attributions without a verb of saying: "according to X", "in X's words", "as X said", "X said" between commas, "X: …", "… – X".

Sentence with its tokens in, attributions out; contents are read from the commas around, because the parser hangs such insertions
on whatever is near.
"""

from communique.codebook.speech import SpeechWords
from communique.coding.statement_frames import FrameReader
from communique.coding.statement_parts import Attribution
from communique.coding.statement_phrases import Range, joined, runs_around, trim, trim_content
from communique.records import Annotated, BlockKind, Sentence, SpeechAct, Token

FINITE = {"VBZ", "VBP", "VBD", "MD"}
DASHES = {"-", "--", "–", "—"}
LONGEST_NAME = 7  # tokens before a headline's colon, or behind its dash
SHORT_NAME = 3
NAME_TAGS = {"PROPN", "NOUN", "ADJ", "DET", "ADP", "PART"}


def according_to(annotated: Annotated, sentence: Sentence, words: SpeechWords) -> list[Attribution]:
    """ "According to X, …", "…, according to X", "in X's words"."""
    found: list[Attribution] = []
    tokens = annotated.tokens
    for index in range(sentence.first, sentence.last):
        length = _fixed_length(tokens, index, sentence, words)
        if length is not None:
            noun = index + length
            source, head = _phrase_from(annotated, noun, sentence)
            cue, insertion = (index, noun), (index, source[1])
        else:
            possessed = _possessed(annotated, tokens[index], words)
            if possessed is None:
                continue
            source, head = possessed
            cue, insertion = (tokens[index].head, index + 1), (tokens[index].head, index + 1)
        content = _around(annotated, sentence, insertion)
        if content and any(token.tag in FINITE for first, last in content for token in tokens[first:last]):
            found.append(
                Attribution(
                    frame="according", act=SpeechAct.ASSERT, content=tuple(content), head=cue[0], cue=cue, source=source,
                    source_head=head,
                )
            )  # fmt: skip
    return found


def _fixed_length(tokens: tuple[Token, ...], index: int, sentence: Sentence, words: SpeechWords) -> int | None:
    for sequence in words.according:
        stop = index + len(sequence)
        if stop < sentence.last and tuple(token.text.lower() for token in tokens[index:stop]) == sequence:
            alone = len(sequence) > 1 or tokens[index - 1].text == "," or index == sentence.first
            if alone and tokens[stop].pos in ("NOUN", "PROPN", "PRON", "DET", "ADJ", "NUM", "VERB"):
                return len(sequence)
    return None


def _possessed(annotated: Annotated, noun: Token, words: SpeechWords) -> tuple[Range, int] | None:
    """ "in Moscow's words": the possessor of such a noun behind "in" or "by"."""
    if noun.lemma.lower() not in words.according_nouns or noun.dep != "pobj":
        return None
    if annotated.tokens[noun.head].lemma.lower() not in ("in", "by"):
        return None
    owner = next((c for c in annotated.children(noun.index) if c.dep == "poss"), None)
    if owner is None:
        return None
    reached = [token.index for token in annotated.subtree(owner.index)]
    return (min(reached), max(reached) + 1), owner.index


def _phrase_from(annotated: Annotated, first: int, sentence: Sentence) -> tuple[Range, int]:
    """The noun phrase that begins at a token, and its head; it ends at the comma behind which the clause goes on."""
    tokens = annotated.tokens
    head = first
    while (
        tokens[head].head != head
        and first <= tokens[head].head < sentence.last
        and tokens[tokens[head].head].pos not in ("VERB", "AUX")
    ):
        head = tokens[head].head
    reached = [token.index for token in annotated.subtree(head) if token.index >= first]
    last = first
    while last < sentence.last and last in reached:
        last += 1
    return trim(annotated, (first, max(last, first + 1))), head


def _around(annotated: Annotated, sentence: Sentence, insertion: Range) -> list[Range]:
    """The clause that an insertion stands at the head of, at the end of, or in."""
    tokens = annotated.tokens
    first, last = insertion
    opens = all(token.text in ("But", "And", "Yet", "However", ",") for token in tokens[sentence.first : first])
    if opens:
        found = [(last, sentence.last)]
    else:
        start = _clause_start(annotated, sentence, first)
        left = (start, first)
        finite = any(token.tag in FINITE for token in tokens[start:first])
        found = [left] if finite or last >= sentence.last - 1 else [left, (last, sentence.last)]
    trimmed = [trim_content(annotated, each) for each in found if each[0] < each[1]]
    return [each for each in trimmed if each is not None]


def _clause_start(annotated: Annotated, sentence: Sentence, stop: int) -> int:
    """Where the clause before an insertion begins: after a semicolon, or after a conjunction that leads into a new clause."""
    tokens = annotated.tokens
    start = sentence.first
    for index in range(sentence.first, stop):
        joins = tokens[index].dep == "cc" and tokens[index - 1].text == ","
        if tokens[index].text == ";" or (joins and _subject_follows(tokens, index, stop)):
            start = index + 1
    return start


def _subject_follows(tokens: tuple[Token, ...], index: int, stop: int) -> bool:
    return any(token.dep in ("nsubj", "nsubjpass") for token in tokens[index + 1 : min(index + 6, stop)])


def hearsay(annotated: Annotated, adverb: Token, words: SpeechWords) -> Attribution | None:
    """ "The rebels have reportedly left": the clause is somebody's word, nobody says whose."""
    if adverb.lemma.lower() not in words.hearsay or adverb.head == adverb.index:
        return None
    cue = (adverb.index, adverb.index + 1)
    reached = [token.index for token in annotated.subtree(adverb.head)]
    trimmed = [trim_content(annotated, each) for each in runs_around(reached, cue)]
    content = tuple(each for each in trimmed if each is not None)
    if not content:
        return None
    return Attribution(frame="hearsay", act=SpeechAct.ASSERT, content=content, head=adverb.index, cue=cue)


def inserted(annotated: Annotated, verb: Token, reader: FrameReader, sentence: Sentence) -> Attribution | None:
    """ "…, X said, …", "…, said X.", "As X said, …": a cue with its source set off by commas, whose clause the parse lost."""
    act = reader.words.frames.get(("VERB", verb.lemma), {}).get("quote")
    if act is None:
        return None
    tokens = annotated.tokens
    cue = reader.cue_of(verb)
    source, head = reader.source_of(verb, cue, False)
    if source is None or not any(c.dep == "nsubj" for c in annotated.children(verb.index)):
        return None
    reach = joined(cue, source)
    if reach[1] - reach[0] > (cue[1] - cue[0]) + (source[1] - source[0]) + 1:
        return None
    reach = (reach[0], _end_of_insertion(annotated, verb, reach[1]))
    as_clause = _led_by_as(tokens, reach)
    if as_clause:
        reach = (reach[0] - 1, reach[1])
    before = tokens[reach[0] - 1].text if reach[0] > sentence.first else ""
    after = tokens[reach[1]].text if reach[1] < sentence.last else ""
    if before == '"' and tokens[reach[0] - 2].text == ",":
        before = ","  # `the plan "in the short run," she said, …`
    closed = before == "," and (after in (",", ".", "", ";") or reach[1] >= sentence.last)
    if not closed and not (as_clause and reach[0] == sentence.first and after == ","):
        return None
    content = _around(annotated, sentence, (reach[0], reach[1]))
    if not content:
        return None
    if len(content) == 1 and after == "," and before == "," and content[0][1] <= reach[0]:
        rest = trim_content(annotated, (reach[1], sentence.last))
        content = [*content, rest] if rest is not None else content
    if not any(token.tag in FINITE for first, last in content for token in tokens[first:last]):
        return None
    return Attribution(
        frame="inserted", act=act, content=tuple(content), head=verb.index, cue=cue, source=source, source_head=head
    )


def _end_of_insertion(annotated: Annotated, verb: Token, end: int) -> int:
    """Behind the addressee, time and medium of an inserted cue: "…, a source told the agency on Monday, …"."""
    for child in annotated.children(verb.index):
        if child.index >= end and child.dep in ("dobj", "dative", "npadvmod"):
            reached = [token.index for token in annotated.subtree(child.index)]
            if min(reached) == end:
                end = max(reached) + 1
    return end


def _led_by_as(tokens: tuple[Token, ...], reach: Range) -> bool:
    return reach[0] > 0 and tokens[reach[0] - 1].text.lower() == "as"


def headline(annotated: Annotated, sentence: Sentence, last: int) -> Attribution | None:
    """ "Lavrov: talks will go on" and "Talks will go on – Lavrov"; `last` is the end of the paragraph's tokens.

    The first only where a paragraph begins with a name, the second only in titles or where a name is all that follows.
    """
    tokens = annotated.tokens
    first = sentence.first + (tokens[sentence.first].text in ('"', "``"))  # a transcript quoted whole
    if last - first < SHORT_NAME:
        return None
    if (
        tokens[first].text in DASHES
        and last - first <= LONGEST_NAME + 2
        and _is_name(tokens[first + 1 : last], sentence.kind)
    ):
        return None  # a signature: the words stand in the paragraph before
    for index in range(first + 1, min(first + LONGEST_NAME + 1, last - 1)):
        if tokens[index].text == ":" and _is_speaker(annotated, first, index, sentence.kind):
            content = trim_content(annotated, (index + 1, last))
            if content is None or content[1] - content[0] < 2:
                return None
            return Attribution(
                frame="colon", act=SpeechAct.ASSERT, content=(content,), head=index, cue=(index, index + 1),
                source=trim(annotated, (first, index)), source_head=_head_of(tokens, first, index),
            )  # fmt: skip
    for index in range(max(first + 3, last - LONGEST_NAME - 1), last - 1):
        name = trim(annotated, (index + 1, last))
        closes = sentence.kind == BlockKind.TITLE or tokens[index - 1].text in (".", "!", "?", '"')
        if tokens[index].text in DASHES and closes and _is_name(tokens[name[0] : name[1]], sentence.kind):
            content = trim_content(annotated, (first, index))
            if content is not None:
                return Attribution(
                    frame="dash", act=SpeechAct.ASSERT, content=(content,), head=index, cue=(index, index + 1),
                    source=name, source_head=_head_of(tokens, name[0], name[1]),
                )  # fmt: skip
    return None


def _is_speaker(annotated: Annotated, first: int, last: int, kind: BlockKind) -> bool:
    """Who can stand before a colon: in titles any name; in a paragraph a person or body, not a place line or a heading."""
    named = annotated.tokens[first:last]
    if not _is_name(named, kind):
        return False
    if kind == BlockKind.TITLE or len(named) == 1:
        return True
    known = {each.label for each in annotated.entities if each.first < last and each.last > first}
    return bool(known & {"PERSON", "ORG", "NORP"}) and all(
        token.pos == "PROPN" or token.text in ".-" for token in named
    )


def _is_name(tokens: tuple[Token, ...], kind: BlockKind) -> bool:
    """A short noun phrase with a name in it. Taggers take lone capitalised words for anything, so that those count as names
    in titles, and in capitals ("LIND: We have …") everywhere."""
    if not tokens:
        return False
    capitals = len(tokens) <= SHORT_NAME and all(token.text.isupper() for token in tokens)
    lone = kind == BlockKind.TITLE and len(tokens) <= SHORT_NAME and all(token.text[0].isupper() for token in tokens)
    named = (
        any(token.pos == "PROPN" for token in tokens)
        and all(token.pos in NAME_TAGS or token.text in ",.'" for token in tokens)
        and tokens[-1].pos in ("PROPN", "NOUN")
    )
    return named or capitals or lone


def _head_of(tokens: tuple[Token, ...], first: int, last: int) -> int:
    outside = [i for i in range(first, last) if not first <= tokens[i].head < last or tokens[i].head == i]
    named = [i for i in outside if tokens[i].pos in ("PROPN", "NOUN")]
    return (named or [last - 1])[0]
