"""Rows for data frames, and the examples of the documentation."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import communique

for room in ("store", "export"):
    sys.path.insert(0, str(Path(__file__).parent.parent / room))

ROOT = Path(__file__).parent.parent.parent
EXAMPLES = ROOT / "docs" / "examples"
KINDS = ("claims", "events", "statements", "positions", "meetings", "lines", "actors", "articles")


@pytest.fixture
def record(tmp_path: Path) -> Iterator[communique.Record]:
    """Three linked articles."""
    from awkward import make_record

    with communique.Record.open(make_record(tmp_path / "talks.db")) as opened:
        yield opened


@pytest.mark.parametrize("kind", KINDS)
def test_rows_have_the_columns_of_the_exports(record: communique.Record, kind: str) -> None:
    rows = communique.rows(record, kind)
    assert rows
    assert all(tuple(row) == communique.columns(kind) for row in rows)
    assert not any(isinstance(value, tuple) for row in rows for value in row.values())


def test_rows_keep_to_the_filters(record: communique.Record) -> None:
    rows = communique.rows(record, "claims", communique.Filters(types=("REQUEST",)))
    assert len(rows) == 2
    assert {row["type"] for row in rows} == {"REQUEST"}
    assert communique.rows(record, "claims", communique.Filters(since=date(2050, 1, 1))) == []


def test_rows_quote_their_words(record: communique.Record) -> None:
    articles = {article.id: article for article in record.articles()}
    for row in communique.rows(record, "claims"):
        text = articles[str(row["article_id"])].text
        start, end = row["quotation_start"], row["quotation_end"]
        assert isinstance(start, int)
        assert isinstance(end, int)
        assert text[start:end] == row["quotation"]


def test_an_unknown_kind_is_told(record: communique.Record) -> None:
    with pytest.raises(communique.CommuniqueError, match="'claim' is no kind of rows; there are claims, events"):
        communique.rows(record, "claim")


@pytest.mark.parametrize("kind", KINDS)
def test_data_frames_take_the_rows(record: communique.Record, kind: str) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    rows = communique.rows(record, kind)
    assert polars.DataFrame(rows, infer_schema_length=None).columns == list(communique.columns(kind))
    assert pandas.DataFrame(rows, columns=communique.columns(kind)).shape == (len(rows), len(communique.columns(kind)))
    assert list(pandas.DataFrame([], columns=communique.columns(kind)).columns) == list(communique.columns(kind))


def test_the_python_example_runs(tmp_path: Path) -> None:
    pytest.importorskip("pandas"), pytest.importorskip("polars")
    texts = ROOT / "src" / "communique" / "demo" / "record" / "texts"
    places = sorted(texts.glob("2022-01-*.txt"))
    done = subprocess.run(
        [sys.executable, str(EXAMPLES / "first_look.py"), *map(str, places)],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "COLUMNS": "200", "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stderr
    assert "CONSULT" in done.stdout
    assert "“" in done.stdout
    assert list(tmp_path.iterdir()) == []


def test_the_columns_of_the_r_example_exist() -> None:
    """There is no R here: what can be checked is that the files and columns it names are those that Parquet has."""
    text = (EXAMPLES / "first_look.R").read_text(encoding="utf-8")
    reads = re.findall(r'read_parquet\(\s*"(\w+)\.parquet",\s*col_select = c\(([^)]*)\)', text)
    assert [kind for kind, _ in reads] == ["events", "claims"]
    for kind, names in reads:
        assert f"communique export parquet --kind {kind} --out {kind}.parquet" in text
        assert set(re.findall(r'"(\w+)"', names)) <= set(communique.columns(kind))


def test_the_columns_of_the_python_example_exist() -> None:
    text = (EXAMPLES / "first_look.py").read_text(encoding="utf-8")
    named = set(re.findall(r'\[["\'](\w+)["\']\]', text)) - {"who"}
    assert named
    assert named <= set(communique.columns("events")) | set(communique.columns("claims"))
