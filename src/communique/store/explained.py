"""The parts of an explanation."""

from dataclasses import dataclass

from communique.records import Span


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedField:
    """A field's value in words, the spans it stands on (none: it is carried over or inferred), and what decided it.

    `program` is what the program itself had said, where a person's judgement stands in its place.
    """

    name: str
    value: str
    words: tuple[Span, ...] = ()
    rule: str | None = None
    confidence: float | None = None
    program: str | None = None


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Ids of records that this one is made from or belongs to, the articles it stands in, and fields that others give it."""

    related: list[tuple[str, str]]
    articles: list[str]
    extra: list[ExplainedField]
