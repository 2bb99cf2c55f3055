"""What a stance is about, in which words: without the addressee, without what only dates or reports it.

A noun of speech ("demand", "claims", "concern") is no content by itself. What it is about stands behind it ("a demand for an
amnesty", "claims in connection with the build-up"), or it points back to what another party took a stand on ("this demand").
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from communique.codebook.issues import Stances
from communique.codebook.speech import load_speech_words
from communique.records import Annotated, Role, Span, SpeechAct, Token

POINTING = {"this", "that", "these", "those", "the", "such", "it", "its", "their", "his", "her"}
DATED = {"DATE", "TIME"}
CUT_MARKS = {
    "after",
    "before",
    "when",
    "while",
    "as",
    "if",
    "unless",
    "because",
    "once",
    "since",
    "until",
    "although",
    "though",
}
PLACING = {"in", "with", "to", "of"}
BY_WAYS = 3  # nouns that only lead on, one behind another
WORD_CLASSES = {"NOUN", "PROPN", "VERB", "ADJ", "NUM", "PRON"}


@dataclass(frozen=True, slots=True)
class Content:
    """The words, and whether they only point back."""

    span: Span
    pointer: bool = False


class ContentReader:
    """Finds contents in one article. Holds no state beyond the tokens that stand in dates."""

    def __init__(self, annotated: Annotated, stances: Stances) -> None:
        self.annotated = annotated
        self.stances = stances
        self._dated = {
            index
            for entity in annotated.entities
            if entity.label in DATED
            for index in range(entity.first, entity.last)
        }

    def phrase(self, head: int) -> Span:
        """A token with all that depends on it, without marks, closing punctuation and clauses of time or condition."""
        return self.span_of(self.annotated.subtree(head), head)

    def span_of(self, tokens: list[Token], head: int) -> Span:
        """The characters of some tokens around a head, trimmed at both ends."""
        cut = self._cut(head)
        kept = [token for token in tokens if token.index not in cut] or tokens
        last = kept[-1].index
        for one, other in pairwise(kept):
            if one.index >= head and other.index - one.index > 1:
                last = one.index  # what stands behind a clause that was cut does not belong to the phrase
                break
        kept = [token for token in kept if token.index <= last]
        while len(kept) > 1 and (kept[-1].pos in ("PUNCT", "CCONJ", "SPACE")):
            kept.pop()
        while len(kept) > 1 and (kept[0].pos == "PUNCT" or kept[0].dep == "mark"):
            kept.pop(0)
        return self.annotated.article.span(kept[0].start, kept[-1].end)

    def refined(self, span: Span, recipients: tuple[Role, ...]) -> Content:
        """A claim's content: its addressee dropped, clauses of time cut off, a noun of speech opened."""
        span = self._without_addressee(span, recipients)
        head = self.head_of(span)
        if head is None:
            return Content(span)
        opened = self.opened(head, {role.span for role in recipients if role.span})
        if opened is not None:
            return opened
        inside = [self.annotated.tokens[index] for index in self.annotated.tokens_in(span)]
        return Content(self.span_of(inside, head))

    def opened(self, head: int, besides: Iterable[Span] = ()) -> Content | None:
        """What a noun of speech is about, or the pointer that it is; None for any other noun."""
        noun = self.annotated.tokens[head]
        if noun.lemma.lower() not in self.stances.speech_nouns or noun.pos not in ("NOUN", "PROPN"):
            return None
        about = self._about(noun, tuple(besides))
        if about is not None:
            return Content(about)
        children = list(self.annotated.children(head))
        pointing = any(
            child.lemma.lower() in POINTING or child.text.lower() in POINTING or child.dep in ("poss", "amod")
            for child in children
        )
        return Content(self.phrase(head), pointer=pointing)

    def question(self, head: int) -> Span:
        """An embedded question with the word that asks it."""
        tokens = self.annotated.subtree(head)
        return self.annotated.article.span(tokens[0].start, self.phrase(head).end)

    def empty(self, span: Span) -> bool:
        """True when the words name nothing that one could take a stand on."""
        tokens = [self.annotated.tokens[index] for index in self.annotated.tokens_in(span)]
        telling = [
            each
            for each in tokens
            if each.pos in ("NOUN", "PROPN", "VERB") and each.lemma.lower() not in self.stances.courtesies
        ]
        return not telling

    def head_of(self, span: Span) -> int | None:
        """The token of the span that governs the others: the first one whose own governor stands outside."""
        inside = self.annotated.tokens_in(span)
        for index in inside:
            token = self.annotated.tokens[index]
            if (token.head not in inside or token.head == index) and token.pos in WORD_CLASSES:
                return index
        return None

    def _about(self, noun: Token, besides: tuple[Span, ...]) -> Span | None:
        """The phrase behind the noun that says what it is about; the parser hangs it on the noun or on the verb above."""
        pools = [noun.index]
        if noun.dep == "dobj":
            pools.append(noun.head)
        for pool in pools:
            for child in self.annotated.children(pool):
                if child.index < noun.index:
                    continue
                if child.dep == "acl" and child.pos == "VERB" and pool == noun.index:
                    return self.phrase(child.index)
                if child.dep == "prep" and child.lemma.lower() in self.stances.about:
                    found = self._object(child, besides, depth=BY_WAYS)
                    if found is not None:
                        return found
        return None

    def _object(self, preposition: Token, besides: tuple[Span, ...], depth: int) -> Span | None:
        """The object of a preposition, past nouns that only lead on; no date, no place of the noun, not the addressee."""
        plain = preposition.lemma.lower() in PLACING and any(
            child.dep == "pobj" for child in self.annotated.children(preposition.index)
        )
        for child in self.annotated.children(preposition.index):
            if child.dep not in ("pobj", "pcomp") or child.index in self._dated:
                continue
            if child.lemma.lower() in self.stances.by_way and depth:
                for link in self.annotated.children(child.index):
                    if link.dep in ("prep", "acl", "relcl"):
                        deeper = (
                            self._object(link, besides, depth - 1) if link.dep == "prep" else self.phrase(link.index)
                        )
                        if deeper is not None:
                            return deeper
                continue
            span = self.phrase(child.index)
            led_on = depth < BY_WAYS
            if any(each.start <= child.start < each.end for each in besides) or (plain and not led_on):
                continue  # "in Moscow", "of the rebels", "to Russia" say where, whose and to whom
            return span
        return None

    def _without_addressee(self, span: Span, recipients: tuple[Role, ...]) -> Span:
        """ "from Armenia to withdraw its troops" is about the withdrawal."""
        indices = self.annotated.tokens_in(span)
        if not indices or self.annotated.tokens[indices[0]].pos != "ADP":
            return span
        for role in recipients:
            if role.span is not None and role.span.start <= self.annotated.tokens[indices[0]].end + 5:
                rest = [index for index in indices if self.annotated.tokens[index].start >= role.span.end]
                if rest and role.span.start >= span.start:
                    return self.annotated.article.span(self.annotated.tokens[rest[0]].start, span.end)
        return span

    def _cut(self, head: int) -> set[int]:
        """Tokens of clauses of time, reason and condition behind the head, and of whole sentences put after it."""
        cut: set[int] = set()
        for clause in self._clauses(head):
            cut.update(token.index for token in self.annotated.subtree(clause.index))
        return cut - {head}

    def _clauses(self, head: int) -> Iterator[Token]:
        for token in self.annotated.subtree(head):
            if token.dep == "advcl" and token.index != head:
                marks = {
                    child.lemma.lower()
                    for child in self.annotated.children(token.index)
                    if child.dep in ("mark", "advmod")
                }
                if marks & CUT_MARKS:
                    yield token
            elif token.index > head and (self._dates(token) or self._speaks_again(token, head)):
                yield token

    def _dates(self, token: Token) -> bool:
        return token.dep == "prep" and token.lemma.lower() in ("after", "before")

    def _speaks_again(self, token: Token, head: int) -> bool:
        """ "complained that it was close and asked for guarantees": who complained asks, not what he complains of."""
        if token.dep != "conj" or token.pos != "VERB" or self.annotated.tokens[head].dep != "ccomp":
            return False
        acts = load_speech_words().frames.get(("VERB", token.lemma.lower()), {}).values()
        asking = any(act in (SpeechAct.ASK, SpeechAct.DEMAND) for act in acts)
        return asking and not any(child.dep in ("nsubj", "nsubjpass") for child in self.annotated.children(token.index))
