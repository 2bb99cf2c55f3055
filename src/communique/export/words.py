"""Happenings → the twin of a format that has no place for words: one row a report, with article, quotation and offsets."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import BinaryIO

from communique.export.choices import Choices
from communique.export.gathering import address_of
from communique.export.happenings import Happening, Report, happenings
from communique.export.separated import write_rows
from communique.export.tables.column import Cell
from communique.records import outlet_of
from communique.store import Filters, Record


@dataclass(frozen=True, slots=True)
class WordsColumn:
    """A column of the twin."""

    name: str
    description: str
    value: Callable[[Happening, Report], Cell]


ID_DIGITS = 15  # hexadecimal ones of our id, so that GLOBALEVENTID fits into 64 bits with a sign


def number_of(identity: str) -> int:
    """GLOBALEVENTID for one of our ids: the first 15 digits of its hash as a number."""
    return int(identity.rpartition("-")[2][:ID_DIGITS], 16)


COLUMNS: tuple[WordsColumn, ...] = (
    WordsColumn("id", "Id of the entry in the file beside.", lambda each, _: each.id),
    WordsColumn("number", "Its GLOBALEVENTID in the tables like GDELT's.", lambda each, _: number_of(each.id)),
    WordsColumn("claim_id", "Id of the claim; `communique explain` takes it.", lambda _, report: report.claim.id),
    WordsColumn("status", "Whether it took place, as this report has it.", lambda _, report: report.claim.status.value),
    WordsColumn("type", "Its type by the codebook.", lambda _, report: report.claim.type),
    WordsColumn("article_id", "Id of the article.", lambda _, report: report.article.id),
    WordsColumn(
        "article_address", "Its address on the web, else its file.", lambda _, report: address_of(report.article)
    ),
    WordsColumn("article_title", "Its title.", lambda _, report: report.article.title),
    WordsColumn("outlet", "Its outlet.", lambda _, report: outlet_of(report.article)),
    WordsColumn(
        "published",
        "Its day of publication.",
        lambda _, report: report.article.published.day if report.article.published else None,
    ),
    WordsColumn(
        "trigger", "The words that name the event.", lambda _, report: report.article.quote(report.claim.trigger)
    ),
    WordsColumn(
        "trigger_start", "Their first character in the article's text.", lambda _, report: report.claim.trigger.start
    ),
    WordsColumn("trigger_end", "The character behind their last.", lambda _, report: report.claim.trigger.end),
    WordsColumn("quotation", "The clause that the claim stands on.", lambda _, report: report.quote),
    WordsColumn("quotation_start", "Its first character in the article's text.", lambda _, report: report.span.start),
    WordsColumn("quotation_end", "The character behind its last.", lambda _, report: report.span.end),
    WordsColumn("confidence", "Of the least certain field, 0 to 1.", lambda _, report: report.claim.confidence),
)


def write_words(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """A header and one row a report of every happening that the format beside holds; gives the number of rows."""
    return write_rows(
        out, [column.name for column in COLUMNS], _rows(happenings(record, filters, choices or Choices()))
    )


def _rows(told: Iterator[Happening]) -> Iterator[Sequence[Cell]]:
    for happening in told:
        for report in happening.reports:
            yield [column.value(happening, report) for column in COLUMNS]
