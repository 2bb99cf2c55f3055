"""What the readers of cues hand to the assembler: one attribution in token ranges, before anybody is resolved."""

from dataclasses import dataclass

from communique.coding.statement_phrases import Range
from communique.records import SpeechAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """`head` is the cue's main token (None without a cue), `frame` the shape that was read (see codebook/data/speech.yaml).

    `source` are the words that name the source, `source_head` the token by which it is resolved (an antecedent, for a
    relative pronoun). `outer_head` is the token of an outer source ("the agency quoted him as saying"). `continues` marks
    words of the same source as the attribution before, `carried` a source taken over from an earlier sentence.
    """

    frame: str
    act: SpeechAct
    content: tuple[Range, ...]
    head: int | None = None
    cue: Range | None = None
    source: Range | None = None
    source_head: int | None = None
    outer_head: int | None = None
    negated: bool = False
    continues: bool = False
    carried: bool = False
