"""Annotated → the time expressions with TIMEX3 values, and bounds of the publication date where it is unknown.

An expression is completed from the publication date; without one, a missing year comes from dates told in the text, in
their order, and what the bounds leave no choice about is completed from them. The rest keeps X: nothing is invented.
"""

from dataclasses import dataclass
from datetime import date

from communique.codebook.time_rules import load_time_rules
from communique.records import Anchor, Annotated, BlockKind, Precision, Span, Timex, TimexType, make_id
from communique.resolve.time_calendar import day_range
from communique.resolve.time_frame import Source, Tense
from communique.resolve.time_reading import Piece, ReadTime, TimeReader
from communique.resolve.time_tense import tense_of_parse

Bounds = tuple[date | None, date | None]
ANCHORS = {
    Source.WORDS: Anchor.NONE,
    Source.PUBLICATION: Anchor.PUBLICATION,
    Source.TEXT: Anchor.TEXT,
    Source.PRIOR: Anchor.TEXT,
    Source.UNKNOWN: Anchor.UNRESOLVED,
}
BOUNDING = (Precision.DAY, Precision.MINUTE, Precision.PART_OF_DAY, Precision.MONTH)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesFound:
    """`times` in text order. `published_between` are inclusive days, None when the publication date is known or unbounded."""

    times: tuple[Timex, ...]
    published_between: Bounds | None


def find_times(annotated: Annotated) -> TimesFound:
    """All time expressions of the blocks that are article (title, body, embedded posts)."""
    article, rules = annotated.article, load_time_rules()
    pieces = [
        Piece(block.span.start, block.span.of(article.text))
        for block in article.blocks
        if block.kind != BlockKind.FURNITURE
    ]

    def tense_at(start: int, end: int) -> Tense:
        return tense_of_parse(annotated, Span(article_id=article.id, start=start, end=end), rules.tense)

    reader = TimeReader(pieces, rules, tense_at)
    if article.published is not None:
        times = reader.read(publication=article.published.day, latest=article.fetched)
        return TimesFound(
            times=tuple(_timex(each, article.id, article.published.day) for each in times), published_between=None
        )
    times = reader.read(publication=None, latest=article.fetched)
    bounds = publication_bounds(times)
    timexes = [_timex(each, article.id, None) for each in times]
    if bounds is not None and bounds[0] is not None and bounds[1] is not None:
        timexes = _completed_from_bounds(reader, times, timexes, bounds[0], bounds[1])
    return TimesFound(times=tuple(timexes), published_between=bounds)


def publication_bounds(times: list[ReadTime]) -> Bounds | None:
    """First and last possible publication day: not before what has happened, not after what is still planned.

    A plan for a day before the last thing that happened is an old plan, told of again, and bounds nothing.
    """
    ranges = [(each.tense, day_range(each.value)) for each in times if each.type in (TimexType.DATE, TimexType.TIME)]
    known = [(tense, days) for tense, days in ranges if days is not None and days.precision in BOUNDING]
    past = [days.earliest for tense, days in known if tense is Tense.PAST and days.earliest is not None]
    lower = max(past, default=None)
    planned = [days.latest for tense, days in known if tense is Tense.FUTURE and days.latest is not None]
    upper = min((day for day in planned if lower is None or day >= lower), default=None)
    return None if lower is None and upper is None else (lower, upper)


def _completed_from_bounds(
    reader: TimeReader, times: list[ReadTime], timexes: list[Timex], first: date, last: date
) -> list[Timex]:
    """Where the first and the last possible publication day give the same value, that is the value."""
    from_first, from_last = reader.read(publication=first), reader.read(publication=last)
    completed: list[Timex] = []
    for read, timex, early, late in zip(times, timexes, from_first, from_last, strict=True):
        if read.source is Source.UNKNOWN and early.value == late.value:
            bounded = f"{first}/{last}"
            completed.append(
                Timex(
                    id=timex.id,
                    span=timex.span,
                    type=timex.type,
                    value=early.value,
                    mod=early.mod,
                    dates=day_range(early.value),
                    anchor=Anchor.BOUNDS,
                    anchor_value=bounded,
                    reason=f"{read.reason.split(':')[0]}: the same from every possible publication day, {first} to {last}",
                )
            )
        else:
            completed.append(timex)
    return completed


def _timex(read: ReadTime, article_id: str, publication: date | None) -> Timex:
    return Timex(
        id=make_id("time", article_id, read.start, read.end),
        span=Span(article_id=article_id, start=read.start, end=read.end),
        type=read.type,
        value=read.value,
        mod=read.mod,
        dates=day_range(read.value, publication) if read.type in (TimexType.DATE, TimexType.TIME) else None,
        anchor=ANCHORS[read.source],
        anchor_value=read.anchor,
        reason=read.reason,
    )
