"""An article with its grammar: sentences, tokens, dependencies, entities. Plain data, so that only `annotate` needs spaCy.

Tokens are numbered through the whole article. All character offsets are offsets into `Article.text`.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from communique.records.article import Article, BlockKind
from communique.records.span import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """`pos` is the universal tag, `tag` the Penn tag, `dep` the ClearNLP-style label of en_core_web_sm (nsubj, dobj, pobj …).

    `head` is the index of the governing token (its own index for a root). `text` is the reading form (straight
    quotes, ordinary spaces); the article's own characters are `article.text[start:end]`.
    """

    index: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    children: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A named entity of the parser: OntoNotes label (PERSON, GPE, ORG, NORP, DATE …) over tokens `first` to `last` (exclusive)."""

    label: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Tokens `first` to `last` (exclusive). `paragraph` numbers the block it stands in, `kind` is that block's kind."""

    index: int
    first: int
    last: int
    root: int
    paragraph: int
    kind: BlockKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotated:
    """An article, its sentences in reading order, tokens and entities. Furniture and foreign fragments have no tokens."""

    article: Article
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]

    def sentence_tokens(self, sentence: Sentence) -> tuple[Token, ...]:
        """The tokens of one sentence."""
        return self.tokens[sentence.first : sentence.last]

    def sentence_of(self, token: int) -> Sentence:
        """The sentence in which the token stands."""
        low, high = 0, len(self.sentences) - 1
        while low < high:
            middle = (low + high) // 2
            if self.sentences[middle].last <= token:
                low = middle + 1
            else:
                high = middle
        return self.sentences[low]

    def children(self, token: int) -> Iterator[Token]:
        """The direct dependents, in text order."""
        return (self.tokens[child] for child in self.tokens[token].children)

    def subtree(self, token: int) -> list[Token]:
        """The token and everything that depends on it, in text order."""
        reached, waiting = [], [token]
        while waiting:
            current = waiting.pop()
            reached.append(self.tokens[current])
            waiting.extend(self.tokens[current].children)
        return sorted(reached, key=lambda each: each.index)

    def ancestors(self, token: int) -> Iterator[Token]:
        """The governing tokens, nearest first, up to and including the root."""
        current = self.tokens[token]
        while current.head != current.index:
            current = self.tokens[current.head]
            yield current

    def span(self, first: int, last: int) -> Span:
        """The characters from token `first` to token `last` (exclusive)."""
        return self.article.span(self.tokens[first].start, self.tokens[last - 1].end)

    def sentence_span(self, sentence: Sentence) -> Span:
        """The characters of one sentence."""
        return self.span(sentence.first, sentence.last)

    def head_of(self, tokens: range) -> int:
        """The token that governs neighbouring ones (at least one): the first whose governor stands outside, or a root."""
        outside = (
            index for index in tokens if self.tokens[index].head not in tokens or self.tokens[index].head == index
        )
        return next(outside, tokens[0])

    def tokens_in(self, span: Span) -> range:
        """The indices of the tokens that overlap the span (empty when none does)."""
        first = _bisect(self.tokens, span.start, by_end=True)
        last = _bisect(self.tokens, span.end, by_end=False)
        return range(first, max(first, last))


def _bisect(tokens: tuple[Token, ...], offset: int, *, by_end: bool) -> int:
    low, high = 0, len(tokens)
    while low < high:
        middle = (low + high) // 2
        passed = tokens[middle].end <= offset if by_end else tokens[middle].start < offset
        if passed:
            low = middle + 1
        else:
            high = middle
    return low
