"""Article → Annotated: the blocks that are article are parsed, each on its own; furniture and fragments are not.

A block is a paragraph, so a headline can never run into the sentence below it; a dateline is parsed apart too.
"""

from communique.annotate.parser import Parse, parse_texts
from communique.annotate.reading import Reading, read_block, surnames_of
from communique.records import Annotated, Article, BlockKind, Entity, Sentence, Token


def annotate(article: Article) -> Annotated:
    """Sentences, tokens and entities of the article, offsets into `article.text`. Raises CodingError without a parser."""
    numbered = [(number, block) for number, block in enumerate(article.blocks) if block.kind != BlockKind.FURNITURE]
    surnames = surnames_of(article)
    kept = [
        (number, block, part)
        for number, block in numbered
        for part in read_block(article, block, surnames).parts()
        if part.text
    ]
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    parses = parse_texts(reading.parsed for _, _, reading in kept)
    for (number, block, reading), parse in zip(kept, parses, strict=True):
        base = len(tokens)
        tokens.extend(_tokens(parse, reading, base))
        entities.extend(
            Entity(label=label, first=base + first, last=base + last) for label, first, last in parse.entities
        )
        sentences.extend(_sentences(parse, base, len(sentences), number, block.kind))
    return Annotated(article=article, tokens=tuple(tokens), sentences=tuple(sentences), entities=tuple(entities))


def _tokens(parse: Parse, reading: Reading, base: int) -> list[Token]:
    children: list[list[int]] = [[] for _ in parse.tokens]
    for index, token in enumerate(parse.tokens):
        if token.head != index:
            children[token.head].append(base + index)
    return [
        Token(
            index=base + index,
            start=reading.offsets[token.start],
            end=reading.offsets[token.end - 1] + 1,
            text=reading.text[token.start : token.end],
            lemma=token.lemma if token.pos != "PROPN" else reading.text[token.start : token.end],
            pos=token.pos,
            tag=token.tag,
            dep=token.dep,
            head=base + token.head,
            children=tuple(children[index]),
        )
        for index, token in enumerate(parse.tokens)
    ]


def _sentences(parse: Parse, base: int, count: int, paragraph: int, kind: BlockKind) -> list[Sentence]:
    starts = [index for index, token in enumerate(parse.tokens) if token.starts_sentence or index == 0]
    ends = [*starts[1:], len(parse.tokens)]
    return [
        Sentence(
            index=count + position,
            first=base + first,
            last=base + last,
            root=base + next((i for i in range(first, last) if parse.tokens[i].head == i), first),
            paragraph=paragraph,
            kind=kind,
        )
        for position, (first, last) in enumerate(zip(starts, ends, strict=True))
    ]
