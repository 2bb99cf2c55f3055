"""Sources that stand in another sentence than the words: "This is stated in the message of X" and "It is noted that …".

Reports that were put together from press releases name their document once and go on in the passive. The document's author
is carried over to those sentences; words that point back ("this was said by …") take the sentence before as their content.
Embedded posts take the account that signs them.
"""

from dataclasses import replace

from communique.codebook.speech import SpeechWords
from communique.coding.statement_frames import FrameReader
from communique.coding.statement_parts import Attribution
from communique.coding.statement_phrases import Range, trim_content
from communique.records import Annotated, BlockKind, Sentence, SpeechAct, Token

DASHES = {"-", "--", "–", "—"}
AUTHOR_LINKS = ("of", "by", "from")
REACH_SENTENCES = 4  # a document's author is carried over that many sentences without being named again
SIGNATURE_TOKENS = 30


def points_back(annotated: Annotated, verb: Token, reader: FrameReader) -> Attribution | None:
    """ "This is stated in the message of X", "That was announced by X": the content is the sentence before."""
    tokens = annotated.tokens
    act = reader.words.frames.get(("VERB", verb.lemma), {}).get("clause")
    subject = next((c for c in annotated.children(verb.index) if c.dep in ("nsubjpass", "nsubj")), None)
    sentence = annotated.sentence_of(verb.index)
    if act is None or subject is None or not reader.is_passive(verb) or sentence.index == 0:
        return None
    if subject.lemma.lower() not in reader.words.demonstratives or len(tokens[subject.index].children) > 0:
        return None
    cue = reader.cue_of(verb)
    source, head = reader.source_of(verb, cue, True)
    if source is None:
        source, head = _author(annotated, verb, reader)
    before = annotated.sentences[sentence.index - 1]
    content = trim_content(annotated, (before.first, before.last))
    if source is None or content is None or before.kind == BlockKind.FURNITURE:
        return None
    return Attribution(
        frame="pointing-back", act=act, content=(content,), head=verb.index, cue=cue, source=source, source_head=head
    )


def _author(annotated: Annotated, verb: Token, reader: FrameReader) -> tuple[Range | None, int | None]:
    """The author of the document that a passive cue names: "… in the message of X"; the document itself without one."""
    for child in annotated.children(verb.index):
        if child.dep not in ("prep", "agent") or child.lemma.lower() not in ("in", "by", "on"):
            continue
        for document in annotated.children(child.index):
            if document.dep != "pobj" or document.lemma.lower() not in reader.words.documents:
                continue
            author = author_of(annotated, document)
            head = author if author is not None else document.index
            first, last = reader.whole(head, head if author is None else document.index + 1)
            return (first, last), head
    return None, None


def author_of(annotated: Annotated, document: Token) -> int | None:
    """The head of "of X", "by X" behind a document's noun, or of its possessor."""
    for child in annotated.children(document.index):
        if child.dep == "poss":
            return child.index
        if child.dep in ("prep", "agent") and child.lemma.lower() in AUTHOR_LINKS:
            return next((c.index for c in annotated.children(child.index) if c.dep == "pobj"), None)
    return None


def issuer_of(annotated: Annotated, token: int, words: SpeechWords) -> int | None:
    """Who a document speaks for: its author, or who issues it in the same clause ("issued a statement saying …")."""
    document = annotated.tokens[token]
    if document.lemma.lower() not in words.documents:
        return None
    author = author_of(annotated, document)
    if author is not None or document.dep != "dobj":
        return author
    governor = annotated.tokens[document.head]
    return next((c.index for c in annotated.children(governor.index) if c.dep == "nsubj"), None)


def carry_sources(annotated: Annotated, found: list[Attribution], reader: FrameReader) -> list[Attribution]:
    """Attributions in text order, those of passives without a subject given the source of the document reported on."""
    carried: list[Attribution] = []
    author: Attribution | None = None
    last_use = -1
    for each in found:
        if each.cue is None:
            carried.append(each)
            continue
        sentence = annotated.sentence_of(each.cue[0])
        if each.source is None and author is not None and _is_impersonal(annotated, each, reader):
            if sentence.index - last_use <= REACH_SENTENCES:
                each = replace(each, source_head=author.source_head, carried=True)
                last_use = sentence.index
        elif each.source_head is not None and _names_document(annotated, each, sentence, reader):
            author, last_use = each, sentence.index
        carried.append(each)
    return carried


def _is_impersonal(annotated: Annotated, attribution: Attribution, reader: FrameReader) -> bool:
    """ "It is noted that …": a passive whose subject is "it", or none."""
    if attribution.head is None or attribution.frame != "clause":
        return False
    verb = annotated.tokens[attribution.head]
    subject = next((c for c in annotated.children(verb.index) if c.dep in ("nsubjpass", "nsubj", "expl")), None)
    empty = subject is None or subject.lemma.lower() == "it"
    return verb.pos == "VERB" and reader.is_passive(verb) and empty


def _names_document(annotated: Annotated, attribution: Attribution, sentence: Sentence, reader: FrameReader) -> bool:
    """The sentence reports a document: its nouns for one stand outside the content."""
    if attribution.frame not in ("pointing-back", "clause", "quote", "according", "inserted"):
        return False
    inside = [range(*reach) for reach in attribution.content]
    return any(
        token.lemma.lower() in reader.words.documents and not any(token.index in reach for reach in inside)
        for token in annotated.sentence_tokens(sentence)
    )


def embedded_posts(annotated: Annotated) -> list[Attribution]:
    """Embedded posts: the paragraphs up to a signature "— Name (@account) …", as that account's words."""
    found: list[Attribution] = []
    waiting: list[Sentence] = []
    for sentence in annotated.sentences:
        if sentence.kind != BlockKind.EMBEDDED:
            found.extend(_post(annotated, waiting, None))
            waiting = []
            continue
        name = _signature(annotated, sentence)
        if name is None:
            waiting.append(sentence)
            continue
        found.extend(_post(annotated, waiting, name))
        waiting = []
    found.extend(_post(annotated, waiting, None))
    return found


def _signature(annotated: Annotated, sentence: Sentence) -> Range | None:
    tokens = annotated.tokens
    if tokens[sentence.first].text not in DASHES or sentence.last - sentence.first > SIGNATURE_TOKENS:
        return None
    stop = next((i for i in range(sentence.first + 1, sentence.last) if tokens[i].text in ("(", "@")), sentence.last)
    return (sentence.first + 1, stop) if stop > sentence.first + 1 else None


def _post(annotated: Annotated, sentences: list[Sentence], name: Range | None) -> list[Attribution]:
    if not sentences:
        return []
    paragraphs: dict[int, Range] = {}
    for sentence in sentences:
        first, _ = paragraphs.get(sentence.paragraph, (sentence.first, sentence.last))
        paragraphs[sentence.paragraph] = (first, sentence.last)
    head = None
    if name is not None:
        inside = range(*name)
        outside = [i for i in inside if annotated.tokens[i].head not in inside or annotated.tokens[i].head == i]
        head = next((i for i in outside if annotated.tokens[i].pos in ("PROPN", "NOUN")), name[1] - 1)
    return [
        Attribution(
            frame="embedded", act=SpeechAct.ASSERT, content=tuple(paragraphs.values()), source=name, source_head=head
        )
    ]
