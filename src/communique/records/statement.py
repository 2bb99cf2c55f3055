"""What somebody said, in whose words."""

from dataclasses import dataclass
from enum import StrEnum

from communique.records.claim import Role
from communique.records.dates import Timex
from communique.records.span import Span


class StatementKind(StrEnum):
    """`direct`: only quoted words; `indirect`: only paraphrase; `mixed`: both in one content."""

    DIRECT = "direct"
    INDIRECT = "indirect"
    MIXED = "mixed"


class SpeechAct(StrEnum):
    """What is done by saying it, as the cue has it."""

    ASSERT = "assert"
    ASK = "ask"
    DEMAND = "demand"
    PROMISE = "promise"
    THREATEN = "threaten"
    DENY = "deny"
    REJECT = "reject"
    ACCUSE = "accuse"
    PRAISE = "praise"
    THINK = "think"  # opinions and wishes: believe, hope, want


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """`source` quotes the words that name the speaker (None when none stand there), `speaker` the actor they resolve to.

    `content` are the spans of what was said, in text order (a quotation broken by its cue has two); `cue` the words that
    introduce it (None for a quotation that continues an earlier one). `reported_by` is the outer speaker when the
    statement stands inside another's ("the agency quoted him as saying").
    """

    id: str
    article_id: str
    kind: StatementKind
    act: SpeechAct
    content: tuple[Span, ...]
    source: Span | None
    speaker: Role | None
    cue: Span | None
    addressee: Role | None = None
    medium: Span | None = None
    reported_by: Role | None = None
    negated: bool = False
    date: Timex | None = None
    rule: str = ""
