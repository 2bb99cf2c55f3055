"""CSV, Parquet and JSON lines: written, read by other libraries, equal to the record's values."""

import csv
import io
import json
from datetime import date
from typing import Any

import polars as pl
import pyarrow.parquet as pq
import pytest
from awkward import FORMULA, QUOTED, URL, written

from communique.export.choices import Choices
from communique.export.safe_text import unguarded
from communique.export.separated import listed
from communique.export.tables.catalogue import TABLES
from communique.export.tables.column import AnyTable, Cell, ColumnType
from communique.store import Filters, Record

KINDS = tuple(TABLES)


def values(record: Record, kind: str) -> list[list[Cell]]:
    return [list(row) for row in TABLES[kind].rows(record, Filters())]


def decoded(table: AnyTable, row: list[str]) -> list[Any]:
    """The cells of a CSV row as the reference says they are to be read."""
    return [_decoded(column.type, text) for column, text in zip(table.columns, row, strict=True)]


def _decoded(kind: ColumnType, text: str) -> Any:
    if kind is ColumnType.TEXTS:
        return listed(unguarded(text))
    if kind is ColumnType.TEXT:
        return unguarded(text)
    if not text:
        return None
    return {
        ColumnType.INTEGER: int,
        ColumnType.REAL: float,
        ColumnType.DAY: date.fromisoformat,
        ColumnType.TRUTH: {"true": True, "false": False}.__getitem__,
    }[kind](text)


def as_csv_has_it(cell: Cell, kind: ColumnType) -> Any:
    if kind is ColumnType.TEXT:
        return cell or ""
    return () if cell == ("",) else cell  # one empty value and none are written alike


@pytest.mark.parametrize("kind", KINDS)
def test_csv_read_back_is_the_record(record: Record, kind: str) -> None:
    table, expected = TABLES[kind], values(record, kind)
    rows = list(csv.reader(io.StringIO(written(record, "csv", choices=Choices(kind=kind)).decode(), newline="")))
    assert rows[0] == [column.name for column in table.columns]
    assert len(rows) - 1 == len(expected) > 0
    for row, cells in zip(rows[1:], expected, strict=True):
        wanted = [as_csv_has_it(cell, column.type) for cell, column in zip(cells, table.columns, strict=True)]
        assert decoded(table, row) == wanted


@pytest.mark.parametrize("kind", KINDS)
def test_parquet_read_back_is_the_record(record: Record, kind: str) -> None:
    table, expected = TABLES[kind], values(record, kind)
    content = written(record, "parquet", choices=Choices(kind=kind))
    frame = pl.read_parquet(io.BytesIO(content))
    assert frame.columns == [column.name for column in table.columns]
    plain = [[list(cell) if isinstance(cell, tuple) else cell for cell in row] for row in expected]
    assert [list(row) for row in frame.iter_rows()] == plain
    schema = pq.read_schema(io.BytesIO(content))
    for column in table.columns:
        assert schema.field(column.name).metadata[b"description"].decode() == column.description


def test_quotations_are_the_words_at_their_offsets(record: Record) -> None:
    frames = {
        kind: pl.read_parquet(io.BytesIO(written(record, "parquet", choices=Choices(kind=kind)))) for kind in KINDS
    }
    texts = dict(frames["articles"].select("id", "text").iter_rows())
    looked_at = 0
    for kind in ("claims", "events", "statements", "positions", "meetings", "lines"):
        for row in frames[kind].iter_rows(named=True):
            for name in (each.removesuffix("_start") for each in row if each.endswith("_start")):
                if row[name] is not None:
                    looked_at += 1
                    quoted = texts[row["article_id"]][row[f"{name}_start"] : row[f"{name}_end"]]
                    assert row[name] == quoted, (kind, name)
    assert looked_at > 60


def test_claims_in_csv_are_the_claims_of_the_record(record: Record) -> None:
    """By the records themselves, not by the table of columns."""
    rows = {row["id"]: row for row in csv.DictReader(io.StringIO(written(record, "csv").decode(), newline=""))}
    claims = record.claims()
    assert list(rows) == [claim.id for claim in claims]
    articles = record.articles_by_id(claim.article_id for claim in claims)
    for claim in claims:
        row, article = rows[claim.id], articles[claim.article_id]
        assert (row["type"], row["plover_type"]) == (claim.type, claim.plover_type)
        assert row["status"] == claim.status.value
        assert row["article_address"] == (article.url or article.source)
        assert row["quotation"] == article.quote(claim.evidence[0])
        assert int(row["quotation_start"]) == claim.evidence[0].start
        assert row["first_day"] == (claim.date.dates.earliest.isoformat() if claim.date and claim.date.dates else "")  # type: ignore[union-attr]
        assert row["latitude"] == ("1.5" if claim.place else "")
        assert row["longitude"] == ("-2.25" if claim.place else "")  # a number is no formula
    assert {row["article_address"] for row in rows.values()} == {URL, "talks.txt", "archive.jsonl#7"}


def test_no_cell_of_text_begins_like_a_formula(record: Record) -> None:
    content = written(record, "csv", choices=Choices(kind="articles")).decode()
    titles = [row["title"] for row in csv.DictReader(io.StringIO(content, newline=""))]
    assert f"'{FORMULA}" in titles
    assert "=HYPERLINK" not in {title[:10] for title in titles}


def test_csv_is_rfc_4180(record: Record) -> None:
    content = written(record, "csv", choices=Choices(kind="articles"))
    assert content.endswith(b"\r\n")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert content.split(b"\r\n", 1)[0].decode().split(",") == [column.name for column in TABLES["articles"].columns]
    assert "уйти" in content.decode("utf-8")


def test_a_list_keeps_names_with_every_separator(record: Record) -> None:
    rows = csv.DictReader(io.StringIO(written(record, "csv").decode(), newline=""))
    row = next(row for row in rows if row["type"] == "WATER")
    assert listed(row["actors"]) == (QUOTED, "Sudria")
    assert row["plover_type"] == "COERCE"
    assert row["score"] == "-7.0"


@pytest.mark.parametrize("kind", KINDS)
def test_json_lines_are_what_the_api_tells_with_words_beside(record: Record, kind: str) -> None:
    from communique.serve.api.kinds import LISTINGS

    listing = LISTINGS[kind]
    expected = listing.tell(record, list(listing.everything(record, Filters())))
    lines = [json.loads(line) for line in written(record, "jsonl", choices=Choices(kind=kind)).splitlines()]
    assert len(lines) == len(expected) > 0
    for line, item in zip(lines, expected, strict=True):
        assert {name: line[name] for name in item if name != "characters"} == {
            name: value for name, value in item.items() if name != "characters"
        }


def test_json_lines_quote_and_tell_where(record: Record) -> None:
    articles = {each.id: each for each in record.articles()}
    for kind in ("claims", "events", "statements", "positions", "meetings", "lines"):
        for line in map(json.loads, written(record, "jsonl", choices=Choices(kind=kind)).splitlines()):
            assert line["words"], kind
            for word in line["words"]:
                assert articles[word["article_id"]].text[word["start"] : word["end"]] == word["quote"]
            addresses = {each["id"]: each["address"] for each in line["sources"]}
            assert addresses == {each: articles[each].url or articles[each].source for each in addresses}
            assert set(addresses) == {word["article_id"] for word in line["words"]}


@pytest.mark.parametrize("name", ["csv", "parquet", "jsonl"])
def test_filters_and_limit_hold(record: Record, name: str) -> None:
    asked = Filters(types=("CONSULT",), limit=2)
    content = written(record, name, asked)
    ids = {
        "csv": lambda: [row["id"] for row in csv.DictReader(io.StringIO(content.decode(), newline=""))],
        "parquet": lambda: pl.read_parquet(io.BytesIO(content))["id"].to_list(),
        "jsonl": lambda: [json.loads(line)["id"] for line in content.splitlines()],
    }[name]()
    assert ids == [claim.id for claim in record.claims(asked)]
    assert len(ids) == 2
