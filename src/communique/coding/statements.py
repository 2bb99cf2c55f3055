"""Annotated, cast and times → the statements of the article: who said, asked, promised, denied or thought what, by which words.

Sources and contents come from the grammar and the quotation marks alone; the cast only resolves them. Nobody is invented: a
quotation whose speaker does not show has none.
"""

from collections.abc import Sequence
from dataclasses import replace

from communique.codebook.speech import SpeechWords, load_speech_words
from communique.coding.clauses import Argument, coordinated
from communique.coding.quotes import Quotation, find_quotations
from communique.coding.roles import RoleFinder
from communique.coding.statement_carried import carry_sources, embedded_posts, issuer_of, points_back
from communique.coding.statement_details import DetailReader
from communique.coding.statement_fixed import according_to, headline, hearsay, inserted
from communique.coding.statement_frames import FrameReader
from communique.coding.statement_parts import Attribution
from communique.coding.statement_phrases import MARKS
from communique.coding.statement_quotes import QuoteReader
from communique.records import (
    ActorKind,
    Annotated,
    BlockKind,
    Cast,
    Role,
    Sentence,
    Span,
    SpeechAct,
    Statement,
    StatementKind,
    Timex,
    make_id,
)

PERSONAL = {"he", "she"}


def find_statements(annotated: Annotated, cast: Cast, times: Sequence[Timex] = ()) -> tuple[Statement, ...]:
    """All statements in text order. Spans are offsets into the article's text; `speaker` is None when nobody known is named."""
    words = load_speech_words()
    quotations = find_quotations(annotated)
    attributions = find_attributions(annotated, words, quotations)
    resolver = Resolver(annotated, cast, words)
    details = DetailReader(annotated, words)
    distinct: dict[str, tuple[Statement, Attribution]] = {}
    for each in attributions:
        for speaker in resolver.speakers(each) or (None,):
            statement = _statement(annotated, each, speaker, quotations, resolver, details, times)
            distinct.setdefault(statement.id, (statement, each))
    ordered = sorted(distinct.values(), key=lambda pair: pair[0].content[0].start)
    return tuple(_nested(_with_speakers_carried(annotated, ordered, resolver)))


def _with_speakers_carried(
    annotated: Annotated, ordered: list[tuple[Statement, Attribution]], resolver: "Resolver"
) -> list[Statement]:
    """`"…," he said` where the cast leaves "he" open: the person who spoke last, in the same paragraph or the one before."""
    everything = [statement for statement, _ in ordered]
    result: list[Statement] = []
    speaker: Role | None = None
    spoke_in = -2
    for statement, attribution in ordered:
        if any(other is not statement and is_inside(statement, other) for other in everything):
            result.append(statement)
            continue
        paragraph = annotated.sentence_of(attribution.content[-1][1] - 1).paragraph
        head = attribution.source_head
        open_pronoun = head is not None and annotated.tokens[head].text.lower() in PERSONAL
        unnamed = statement.speaker is None and open_pronoun and paragraph - spoke_in <= 1
        if unnamed and speaker is not None and resolver.may_be(head, speaker):
            role = Role(actor_id=speaker.actor_id, span=statement.source)
            statement = replace(statement, speaker=role, rule=f"{statement.rule}-last-speaker")
        if statement.act != SpeechAct.THINK and statement.source is not None:
            person = statement.speaker is not None and resolver.is_person(statement.speaker)
            speaker, spoke_in = (statement.speaker if person else None), paragraph
        elif statement.speaker is not None:
            spoke_in = paragraph
        result.append(statement)
    return result


def find_attributions(annotated: Annotated, words: SpeechWords, quotations: tuple[Quotation, ...]) -> list[Attribution]:
    """Everything that the grammar and the marks show, in text order, nobody resolved yet."""
    reader = FrameReader(annotated, words)
    spoken = [(q.first, q.last) for q in quotations if q.sentential and q.opened]
    found: list[Attribution] = []
    for sentence in annotated.sentences:
        if sentence.kind == BlockKind.EMBEDDED:
            continue
        found.extend(_of_sentence(annotated, sentence, reader, spoken))
    found = QuoteReader(annotated, reader, quotations).attach(found)
    found = [each for each in carry_sources(annotated, found, reader) if _says_something(annotated, each, words)]
    return found + embedded_posts(annotated)


def _says_something(annotated: Annotated, attribution: Attribution, words: SpeechWords) -> bool:
    """False where nobody could have spoken ("allow anyone to slam …"), or the content is a bare pronoun ("rejected it")."""
    head = attribution.source_head
    if head is not None and annotated.tokens[head].lemma.lower() in words.nobodies:
        return False
    tokens = [token for first, last in attribution.content for token in annotated.tokens[first:last]]
    spoken = attribution.frame in ("quote", "colon", "dash") or any(token.text in MARKS for token in tokens)
    return spoken or any(token.pos != "PRON" for token in tokens if token.text[0].isalnum())


def _of_sentence(
    annotated: Annotated, sentence: Sentence, reader: FrameReader, spoken: list[tuple[int, int]]
) -> list[Attribution]:
    found: list[Attribution] = []
    for token in annotated.sentence_tokens(sentence):
        if any(first <= token.index < last for first, last in spoken):
            continue
        attribution = reader.read(token) if token.pos != "ADV" else hearsay(annotated, token, reader.words)
        if attribution is None and token.pos == "VERB":
            attribution = points_back(annotated, token, reader) or inserted(annotated, token, reader, sentence)
        if attribution is not None:
            found.append(attribution)
    found.extend(according_to(annotated, sentence, reader.words))
    if sentence.first == 0 or annotated.sentence_of(sentence.first - 1).paragraph != sentence.paragraph:
        last = max(each.last for each in annotated.sentences if each.paragraph == sentence.paragraph)
        titled = headline(annotated, sentence, last)
        if titled is not None:
            found.append(titled)
    return found


class Resolver:
    """Source tokens → actors of the cast."""

    def __init__(self, annotated: Annotated, cast: Cast, words: SpeechWords) -> None:
        self.words = words
        self.annotated = annotated
        self.cast = cast
        self.roles = RoleFinder(annotated, cast)

    def speakers(self, attribution: Attribution) -> tuple[Role, ...]:
        """The actors that a source names: one for each of its coordinated heads ("Hamas and Iran said …")."""
        head = attribution.source_head
        if head is None:
            return ()
        heads = coordinated(self.annotated, head) if attribution.source else [head]
        if attribution.source is not None:
            first, last = attribution.source
            heads = [each for each in heads if first <= each < last] or [head]
        found: dict[str, Role] = {}
        for each in heads:
            role = self.role(each)
            if role is None:
                role = self.role(issuer_of(self.annotated, each, self.words))
            if role is not None and self.is_person(role) and self._is_which(attribution):
                role = self._body_near(attribution)
            if role is not None:
                found.setdefault(role.actor_id, role)
        return tuple(found.values())

    def _is_which(self, attribution: Attribution) -> bool:
        source = attribution.source
        return source is not None and self.annotated.tokens[source[0]].lemma.lower() == "which"

    def _body_near(self, attribution: Attribution) -> Role | None:
        """The body that "which" stands for, where the noun it hangs on is a person: "the head of the Group, which says …"."""
        if attribution.source is None or attribution.source_head is None:
            return None
        near = range(attribution.source_head, attribution.source[0])
        mentions = [m for m in self.cast.mentions if m.head in near and m.actor_id is not None]
        for kinds in ((ActorKind.ORGANIZATION, ActorKind.BODY), (ActorKind.STATE, ActorKind.GROUP)):
            for mention in reversed(mentions):
                actor = self.cast.actor(mention.actor_id)
                if actor is not None and actor.kind in kinds:
                    return Role(actor_id=actor.id, span=mention.span)
        return None

    def role(self, head: int | None) -> Role | None:
        """The actor that a source's head token names: a person before the body that the person speaks for."""
        if head is None:
            return None
        filler = self.roles.fill(Argument(head))
        known = filler.any
        persons = [role for role in known if self.is_person(role)]
        return next(iter(persons or known), None)

    def may_be(self, head: int | None, role: Role) -> bool:
        """False when the cast weighed other actors for the token, and not this one."""
        mention = self.roles.mention_at(head) if head is not None else None
        return mention is None or not mention.candidates or role.actor_id in mention.candidates

    def is_person(self, role: Role) -> bool:
        """The role's actor is a person."""
        actor = self.cast.actor(role.actor_id)
        return actor is not None and actor.kind == ActorKind.PERSON


def _statement(
    annotated: Annotated,
    attribution: Attribution,
    speaker: Role | None,
    quotations: tuple[Quotation, ...],
    resolver: Resolver,
    details: DetailReader,
    times: Sequence[Timex],
) -> Statement:
    content = tuple(annotated.span(first, last) for first, last in attribution.content)
    cue = annotated.span(*attribution.cue) if attribution.cue else None
    source = annotated.span(*attribution.source) if attribution.source else None
    article = annotated.article.id
    outer = resolver.role(attribution.outer_head)
    return Statement(
        id=make_id(
            "statement",
            article,
            cue.start if cue else None,
            content[0].start,
            content[-1].end,
            speaker.actor_id if speaker else None,
        ),
        article_id=article,
        kind=_kind(attribution, content, quotations),
        act=attribution.act,
        content=content,
        source=source,
        speaker=speaker,
        cue=cue,
        addressee=resolver.role(details.addressee(attribution)),
        medium=details.medium(attribution),
        reported_by=outer,
        negated=attribution.negated,
        date=details.date(attribution, times),
        rule=f"{attribution.frame}{'-continued' if attribution.continues else ''}{'-carried' if attribution.carried else ''}",
    )


def _kind(attribution: Attribution, content: tuple[Span, ...], quotations: tuple[Quotation, ...]) -> StatementKind:
    quoted = sum(max(0, min(span.end, q.end) - max(span.start, q.start)) for span in content for q in quotations)
    total = sum(span.end - span.start for span in content)
    if attribution.frame == "embedded":
        return StatementKind.DIRECT
    if quoted == 0:
        return StatementKind.INDIRECT
    return StatementKind.DIRECT if quoted >= total - 2 * len(content) else StatementKind.MIXED


def _nested(statements: list[Statement]) -> list[Statement]:
    """`reported_by` of a statement inside another's content is the outer speaker."""
    result = []
    for inner in statements:
        around = [o for o in statements if o is not inner and is_inside(inner, o)]
        outer = min(around, key=lambda each: each.content[-1].end - each.content[0].start, default=None)
        if outer is not None and inner.reported_by is None and outer.speaker is not None:
            inner = replace(inner, reported_by=outer.speaker)
        result.append(inner)
    return result


def is_inside(inner: Statement, outer: Statement) -> bool:
    """True when the cue and every content of `inner` lie in one content span of `outer`."""
    parts = (*inner.content, *((inner.cue,) if inner.cue else ()))
    return any(all(span.covers(part) for part in parts) for span in outer.content)
