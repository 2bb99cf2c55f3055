"""An article's text cut where any coded words begin or end, so that every stretch knows what was coded from it.

In: a coded article. Out: paragraphs of segments; each segment names the records that stand on it and in which role.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from communique.records import Block, BlockKind, Claim, CodedArticle, Meeting, Position, Role, Span, Statement
from communique.serve.pages.wording import quad_of

# The roles of words, the most telling first: what a stretch looks like when several records stand on it.
LOOKS = ("did", "cue", "status", "if", "who", "whom", "speaker", "when", "where", "said", "about", "words")
LOOK_OF = {"addressee": "whom", "reporter": "speaker", "source": "speaker", "medium": "cue", "party": "who"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A stretch of text. `of` are (record id, role) pairs; `opens` is the record that a click on it opens, None for none.

    `look` is one of LOOKS, empty for plain text; `quad` the quad class of the claim it triggers, 0 for none; `language` is set
    for a stretch in another language than the article's.
    """

    text: str
    of: tuple[tuple[str, str], ...] = ()
    look: str = ""
    quad: int = 0
    opens: str | None = None
    language: str | None = None

    @property
    def pairs(self) -> str:
        """`claim-…=who statement-…=said`, as the page's script reads it."""
        return " ".join(f"{identity}={role}" for identity, role in self.of)


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One block. `reason` says why furniture was set aside, in words."""

    kind: BlockKind
    segments: tuple[Segment, ...]
    reason: str = ""


def paragraphs(coded: CodedArticle) -> tuple[Paragraph, ...]:
    """The article's blocks, in order, cut into segments."""
    marks = sorted(_marks(coded), key=lambda mark: (mark[0].start, mark[0].end))
    quads = {claim.id: quad_of(claim.type) for claim in coded.claims}
    return tuple(_paragraph(coded, block, marks, quads) for block in coded.article.blocks)


def _paragraph(
    coded: CodedArticle, block: Block, marks: Sequence[tuple[Span, str, str]], quads: dict[str, int]
) -> Paragraph:
    article = coded.article
    reason = (block.reason or "").replace("-", " ")
    if block.kind is BlockKind.FURNITURE:
        return Paragraph(kind=block.kind, segments=(Segment(text=article.quote(block.span)),), reason=reason)
    own = [mark for mark in marks if mark[0].overlaps(block.span)]
    foreign = [each for each in article.fragments if each.span.overlaps(block.span)]
    edges = {block.span.start, block.span.end}
    for span in [mark[0] for mark in own] + [each.span for each in foreign]:
        edges |= {edge for edge in (span.start, span.end) if block.span.start < edge < block.span.end}
    cut = sorted(edges)
    made: list[Segment] = []
    for start, end in pairwise(cut):
        of = tuple(dict.fromkeys((identity, role) for span, identity, role in own if span.start <= start < span.end))
        language = next((each.language for each in foreign if each.span.start <= start < each.span.end), None)
        made.append(_segment(article.text[start:end], of, quads, language))
    return Paragraph(kind=block.kind, segments=tuple(made), reason=reason)


def _segment(text: str, of: tuple[tuple[str, str], ...], quads: dict[str, int], language: str | None) -> Segment:
    if not of:
        return Segment(text=text, language=language)
    looks = {LOOK_OF.get(role, role): identity for identity, role in reversed(of)}
    look = next(each for each in LOOKS if each in looks)
    opens = looks["did"] if "did" in looks else looks.get("cue")
    quad = quads.get(looks["did"], 0) if "did" in looks else 0
    return Segment(text=text, of=of, look=look, quad=quad, opens=opens, language=language)


def _marks(coded: CodedArticle) -> Iterator[tuple[Span, str, str]]:
    """Every span that a record stands on: the span, the record's id, the role of the words."""
    for claim in coded.claims:
        yield from ((span, claim.id, role) for span, role in _claim_words(claim))
    for statement in coded.statements:
        yield from ((span, statement.id, role) for span, role in _statement_words(statement))
    for position in coded.positions:
        yield from ((span, position.id, role) for span, role in _position_words(position))
    for meeting in coded.meetings:
        yield from ((span, meeting.id, role) for span, role in _meeting_words(meeting))


def _claim_words(claim: Claim) -> Iterator[tuple[Span, str]]:
    yield claim.trigger, "did"
    for roles, name in ((claim.actors, "who"), (claim.recipients, "whom"), (claim.asserted_by, "source")):
        yield from _role_words(roles, name)
    if claim.date is not None:
        yield claim.date.span, "when"
    if claim.place is not None:
        yield claim.place.span, "where"
    for span, name in ((claim.status_span, "status"), (claim.condition, "if"), (claim.content, "about")):
        if span is not None:
            yield span, name
    yield from ((span, "words") for span in claim.evidence)


def _statement_words(statement: Statement) -> Iterator[tuple[Span, str]]:
    yield from ((span, "said") for span in statement.content)
    for span, name in ((statement.cue, "cue"), (statement.source, "speaker"), (statement.medium, "medium")):
        if span is not None:
            yield span, name
    yield from _role_words((statement.speaker,), "speaker")
    yield from _role_words((statement.addressee,), "addressee")
    yield from _role_words((statement.reported_by,), "reporter")


def _position_words(position: Position) -> Iterator[tuple[Span, str]]:
    yield position.content, "about"
    yield from _role_words((position.party,), "party")
    yield from _role_words(position.of, "whom")
    yield from _role_words((position.by, position.asserted_by), "speaker")


def _meeting_words(meeting: Meeting) -> Iterator[tuple[Span, str]]:
    yield from ((span, "words") for span in meeting.evidence)
    yield from _role_words(meeting.parties, "party")
    if meeting.date is not None:
        yield meeting.date.span, "when"
    if meeting.place is not None:
        yield meeting.place.span, "where"


def _role_words(roles: Sequence[Role | None], name: str) -> Iterator[tuple[Span, str]]:
    yield from ((role.span, name) for role in roles if role is not None and role.span is not None)
