"""CSV, TSV and Parquet: the same rows in other clothes."""

import io
from datetime import UTC, date, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from sourcing import TEXT, pages, problems, read, text, write

from communique.records import Page, Severity

QUOTED = f'"{TEXT}\n\n""We agreed"", she said."'


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_in_any_delimiter(tmp_path: Path, delimiter: str) -> None:
    rows = [["Title", "Text", "Date", "URL"], ["A border reopens", QUOTED, "2022-01-11", "https://a.example/1"]]
    content = "\r\n".join(delimiter.join(row) for row in [*rows, ["Second", TEXT, "", ""]])
    file = write(tmp_path / "news.csv", "\ufeff" + content)
    first, second = read(file)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert text(first) == f'{TEXT}\n\n"We agreed", she said.'
    assert (first.title, first.published, first.url) == ("A border reopens", date(2022, 1, 11), "https://a.example/1")
    assert (first.source, second.source) == (f"{file}#2", f"{file}#5"), "rows are named by the line on which they begin"
    assert second.published is None


def test_quotation_marks_in_a_table_that_does_not_quote(tmp_path: Path) -> None:
    file = write(tmp_path / "news.tsv", f'title\ttext\n"Yes\t{TEXT}\nNo"\t"Never, he said.\n')
    assert [(page.title, text(page)) for page in pages(read(file))] == [('"Yes', TEXT), ('No"', '"Never, he said.')]


def test_rows_that_do_not_fit_their_header(tmp_path: Path) -> None:
    content = f'id,title,text\n1,a,{TEXT}\n2,b,They met, they said.\n\n3,"c,{TEXT}\n4,d,{TEXT}\n5,"e",{TEXT}\n6,f\n'
    found = read(write(tmp_path / "news.csv", content))
    assert [page.title for page in pages(found)] == ["a", "d", "e"]
    assert [each.source.partition("#")[2] for each in problems(found)] == ["3", "5", "8"]


def test_a_quotation_mark_that_is_never_closed_swallows_nothing(tmp_path: Path) -> None:
    rows = "".join(f"{number},{TEXT}\n" for number in range(3, 3_000))
    found = read(write(tmp_path / "news.csv", f'id,text\n1,{TEXT}\n2,"{TEXT}\n{rows}'))
    assert len(pages(found)) == 2_998
    (problem,) = problems(found)
    assert problem.source.endswith("#3")


def test_how_a_column_writes_its_dates(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.csv", f"date,text\n03/04/2022,{TEXT}\n25/04/2022,{TEXT}\n"))
    assert [page.published for page in pages(found)] == [date(2022, 4, 3), date(2022, 4, 25)]
    found = read(write(tmp_path / "b.csv", f"date,text\n03/04/2022,{TEXT}\n05/05/2022,{TEXT}\n1970-01-01,{TEXT}\n"))
    assert [page.published for page in pages(found)] == [None, date(2022, 5, 5), None]
    (warning,) = problems(found, Severity.WARNING)
    assert "1 dates such as 03/04/2022" in warning.reason


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        ("", "is empty"),
        ("\n\n", "holds no rows"),
        ("title,text\n", "holds no lines"),
        ("title,b\n", "holds no lines"),
        ("1,2\n3,4\n", "no column is known to hold the text; its columns are 1, 2"),
    ],
)
def test_tables_without_articles(tmp_path: Path, content: str, cause: str) -> None:
    (problem,) = problems(read(write(tmp_path / "a.csv", content)))
    assert cause in problem.reason


def test_windows_tables(tmp_path: Path) -> None:
    file = write(tmp_path / "a.csv", f"sep=;\ntitle;text\nÜber Land;{TEXT}\n".encode("utf-16"))
    assert [(page.title, text(page)) for page in pages(read(file))] == [("Über Land", TEXT)]


def parquet(table: dict[str, object], **settings: object) -> bytes:
    file = io.BytesIO()
    pq.write_table(pa.table(table), file, **settings)
    return file.getvalue()


def test_parquet_with_types_of_its_own(tmp_path: Path) -> None:
    table = {
        "headline": ["One", "Two", None],
        "content": pa.array([TEXT.encode(), TEXT.encode(), None], pa.binary()),
        "published": pa.array([datetime(2022, 1, 11, 23, tzinfo=UTC)] * 3, pa.timestamp("us", "UTC")),
        "source": [{"name": "Gazette", "id": 4}] * 3,
        "embedding": [[0.1] * 8] * 3,
    }
    file = write(tmp_path / "news.parquet", parquet(table))
    found = read(file)
    assert [(page.source, page.title) for page in pages(found)] == [(f"{file}#1", "One"), (f"{file}#2", "Two")]
    assert [(page.published, page.site, text(page)) for page in pages(found)] == [
        (date(2022, 1, 11), "Gazette", TEXT)
    ] * 2
    (problem,) = problems(found)
    assert problem.source == f"{file}#3"
    (problem,) = problems(read(file, columns=(("text", "body"),)))
    assert "headline, content, published" in problem.reason


def test_times_finer_than_any_day_needs(tmp_path: Path) -> None:
    times = {
        "ns": pa.array([1_641_900_000_123_456_789], pa.timestamp("ns")),
        "zone": pa.array([1_641_900_000_123_456], pa.timestamp("us", "Asia/Tokyo")),
        "nowhere": pa.array([1_641_900_000_123_456], pa.timestamp("us", "Nowhere/Land")),
    }
    for name, column in times.items():
        found = read(write(tmp_path / f"{name}.parquet", parquet({"text": [TEXT], "date": column})))
        assert len(found) == 1
        assert [page.published for page in pages(found)] == ([] if name == "nowhere" else [date(2022, 1, 11)])


def test_a_damaged_parquet_file_keeps_the_rows_before(tmp_path: Path) -> None:
    whole = parquet({"text": [f"{number}. {TEXT}" for number in range(600)]}, row_group_size=200, compression="zstd")
    assert len(pages(read(write(tmp_path / "a.parquet", whole)))) == 600
    middle = len(whole) // 2
    found = read(write(tmp_path / "b.parquet", whole[:middle] + b"x" * 50 + whole[middle + 50 :]))
    assert 200 <= len(pages(found)) < 600
    assert "rows up to" in problems(found)[0].reason
    (problem,) = problems(read(write(tmp_path / "c.parquet", whole[:middle])))
    assert "no readable Parquet file" in problem.reason
    (problem,) = problems(read(write(tmp_path / "a.parquet", whole), max_unpacked_bytes=1_000))
    assert "unpacks to more" in problem.reason
    assert len(pages(read("-", stdin=whole))) == 600
