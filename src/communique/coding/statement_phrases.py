"""Token ranges around a cue: its verb group, the noun phrase of its source, the clause of its content.

Ranges are (first, last) token indices, last exclusive. They follow the convention of the PolNeAR corpus: a cue takes in its
auxiliaries, negation, adverbs between and particle; a source is the whole noun phrase with titles and appositions, and with
the comma that closes an apposition before the cue; content keeps "that", the quotation marks and what stands inside them,
but not the comma or full stop outside.
"""

from collections.abc import Iterable

from communique.codebook.speech import load_speech_words
from communique.records import Annotated, Token

Range = tuple[int, int]

GROUP_LINKS = {"aux", "auxpass", "neg", "advmod"}
MARKS = '"“”„«»'
LOOSE = {",", ";", ":", "-", "--", "–", "—", ".", "!", "?", "...", "…"}
OPENERS = {'"', "'", "`", "``", "''", ")"}


def verb_group(annotated: Annotated, verb: int) -> Range:
    """The verb with the auxiliaries, negation and adverbs before it, and its particle: "has also pointed out"."""
    tokens = annotated.tokens
    first = verb
    while first > 0 and tokens[first - 1].head == verb and tokens[first - 1].dep in GROUP_LINKS:
        if tokens[first - 1].dep == "advmod" and tokens[first - 1].tag in ("WRB", "WP"):
            break
        first -= 1
    last = verb + 1
    while last < len(tokens) and tokens[last].head == verb and _ends_group(tokens[last]):
        last += 1
    return first, last


def _ends_group(token: Token) -> bool:
    """A particle, a negation, an adverb of manner or the "by" of a passive, right behind the verb."""
    manner = token.dep == "advmod" and token.tag == "RB" and token.text.endswith("ly")
    return token.dep in ("prt", "neg", "agent") or manner


def source_range(annotated: Annotated, head: int, cue: Range) -> Range:
    """The noun phrase around `head`, cut where the cue begins or ends."""
    tokens = annotated.tokens
    sentence = annotated.sentence_of(head)
    low, high = (sentence.first, cue[0]) if head < cue[0] else (cue[1], sentence.last)
    around = _without_cue_clause(annotated, head, cue)
    reached = sorted(index for index in around if low <= index < high)
    if head not in reached:
        reached = [head]
    first, last = _after_dateline(annotated, sentence.first, reached[0], head), reached[-1] + 1
    if head >= cue[1]:
        last = _stop_at_quote(annotated, first, last)
    first, last = trim(annotated, (first, last))
    while first < head and (tokens[first].text in OPENERS or tokens[first].dep in ("preconj", "advmod")):
        first += 1
    before_cue = (last < cue[0] and last + 1 == cue[0]) or (last < high and head > cue[0])
    if before_cue and last < len(tokens):
        inside = [token.text for token in tokens[first:last]]
        if tokens[last].text in (",", "--", "–", "—") and tokens[last].text in inside:
            last += 1
    return first, last


def _without_cue_clause(annotated: Annotated, head: int, cue: Range) -> list[int]:
    """The noun phrase without a relative clause or participle that the cue itself stands in."""
    reached = [head]
    for child in annotated.children(head):
        branch = [token.index for token in annotated.subtree(child.index)]
        if child.dep in ("acl", "relcl", "advcl") and any(cue[0] <= index < cue[1] for index in branch):
            continue
        reached.extend(branch)
    return reached


def _after_dateline(annotated: Annotated, sentence_first: int, first: int, stop: int) -> int:
    """A town in capitals and a dash before the first noun phrase of a report are no part of it."""
    tokens = annotated.tokens
    if first == sentence_first and tokens[first].text.isupper() and len(tokens[first].text) > 3:
        for index in range(first + 1, min(first + 6, stop)):
            if tokens[index].text in ("-", "--", "–", "—"):
                return index + 1
    return first


def _stop_at_quote(annotated: Annotated, first: int, last: int) -> int:
    """A source after its cue ends where a quotation opens after a full stop: `said Okoro. "We …"`."""
    for index in range(first + 1, last):
        if annotated.tokens[index].text in ('"', "“") and annotated.tokens[index - 1].text in (".", ",", ":"):
            return index
    return last


def trim(annotated: Annotated, reach: Range) -> Range:
    """Without punctuation at the ends; quotation marks and brackets stay. An abbreviation keeps its full stop."""
    first, last = reach
    tokens = annotated.tokens
    while first < last - 1 and tokens[first].text in LOOSE:
        first += 1
    while last > first + 1 and tokens[last - 1].text in LOOSE:
        last -= 1
    return first, last


def trim_content(annotated: Annotated, reach: Range) -> Range | None:
    """Content without loose punctuation and without the conjunction that leads into its clause; None when nothing is left."""
    tokens = annotated.tokens
    first, last = trim(annotated, reach)
    if first == annotated.sentence_of(first).first:
        first = _after_dateline(annotated, first, first, last)
    while first < last - 1 and first == _clause_first(annotated, first) and _only_leads_in(tokens[first]):
        first, last = trim(annotated, (first + 1, last))
    if not any(token.text[0].isalnum() for token in tokens[first:last] if token.text):
        return None
    return first, last


def _only_leads_in(token: Token) -> bool:
    return token.dep == "cc" or token.lemma.lower() in load_speech_words().connectors


def _clause_first(annotated: Annotated, token: int) -> int:
    sentence = annotated.sentence_of(token)
    return token if token == sentence.first or annotated.tokens[token - 1].text in LOOSE else -1


def runs_around(reached: Iterable[int], block: Range, *holes: Range) -> list[Range]:
    """Tokens left and right of a block, as one range each: a clause that a cue stands in the middle of has two."""
    kept = [index for index in reached if not any(low <= index < high for low, high in (block, *holes))]
    left = [index for index in kept if index < block[0]]
    right = [index for index in kept if index >= block[1]]
    return [(min(side), max(side) + 1) for side in (left, right) if side]


def joined(*ranges: Range | None) -> Range:
    """The smallest range that holds all of them."""
    present = [each for each in ranges if each is not None]
    return min(each[0] for each in present), max(each[1] for each in present)
