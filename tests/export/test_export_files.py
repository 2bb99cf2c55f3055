"""Files are whole or not there; text is guarded and comes back; memory stays flat; the reference is what the program writes."""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from awkward import written
from hypothesis import given
from hypothesis import strategies as st

from communique.export import gathering
from communique.export.choices import Choices
from communique.export.days import iso_of
from communique.export.files import check, export
from communique.export.formats import FORMATS
from communique.export.reference import reference
from communique.export.safe_text import for_xml, guarded, unguarded
from communique.export.separated import listed, write_rows
from communique.export.separated import written as cell_text
from communique.records import ConfigurationError, DateRange, Precision, StorageError
from communique.store import Filters, Record

DOCS = Path(__file__).parents[2] / "docs"
TEXT = st.text(st.characters(exclude_categories=["Cs"]))


@given(TEXT)
def test_guarded_text_comes_back_and_is_no_formula(text: str) -> None:
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1)).map(tuple))
def test_lists_come_back_from_one_cell(values: tuple[str, ...]) -> None:
    assert listed(unguarded(cell_text(values))) == values


@given(st.lists(st.lists(TEXT, min_size=3, max_size=3), min_size=1))
def test_rows_come_back_through_the_csv_module(rows: list[list[str]]) -> None:
    out = io.BytesIO()
    assert write_rows(out, ("a", "b", "c"), rows) == len(rows)
    back = list(csv.reader(io.StringIO(out.getvalue().decode(), newline="")))
    assert [[unguarded(cell) for cell in row] for row in back[1:]] == rows


def test_a_lone_surrogate_is_replaced_and_stops_nothing() -> None:
    out = io.BytesIO()
    write_rows(out, ("a",), [["x\ud800y"]])
    assert out.getvalue().decode() == "a\r\nx?y\r\n"
    assert for_xml("a\x00b\ud800c\x0bd\te") == "abcd\te"


def test_days_are_as_precise_as_what_is_known() -> None:
    from datetime import date

    def told(first: date | None, last: date | None) -> str:
        return iso_of(DateRange(earliest=first, latest=last, precision=Precision.DAY))

    assert told(date(2022, 1, 10), date(2022, 1, 10)) == "2022-01-10"
    assert told(date(2024, 2, 1), date(2024, 2, 29)) == "2024-02"
    assert told(date(2022, 1, 1), date(2022, 12, 31)) == "2022"
    assert told(date(2022, 1, 1), date(2022, 3, 31)) == "2022-01-01/2022-03-31"
    assert told(None, date(2022, 3, 31)) == "../2022-03-31"
    assert (told(None, None), iso_of(None)) == ("", "")


INSTALLED = [each for each in FORMATS.values() if each.installed]


@pytest.mark.parametrize("format", INSTALLED, ids=lambda each: each.name)
def test_every_format_and_its_files_are_the_same_each_time(record: Record, tmp_path: Path, format: Any) -> None:
    contents = []
    for number in (1, 2):
        place = tmp_path / f"{number}" / f"out{format.extension}"
        place.parent.mkdir()
        count, paths = export(record, Filters(), format, place, Choices(), extended=bool(format.extended))
        assert count > 0
        assert [each.name for each in paths] == [place.name + end for end in ("", *format.beside, *format.extended)]
        assert sorted(place.parent.iterdir()) == sorted(paths)
        contents.append([each.read_bytes() for each in paths])
    assert contents[0] == contents[1]
    assert contents[0][0] == written(record, format.name)


@pytest.mark.parametrize("format", INSTALLED, ids=lambda each: each.name)
def test_formats_stream_and_chunks_do_not_show(record: Record, monkeypatch: pytest.MonkeyPatch, format: Any) -> None:
    whole = {kind: written(record, format.name, choices=Choices(kind=kind)) for kind in format.kinds}
    monkeypatch.setattr(gathering, "CHUNK", 1)
    for name in ("claims", "events", "statements", "positions", "meetings", "linked_meetings", "lines", "articles"):
        monkeypatch.setattr(Record, name, _refuse)
    for kind, content in whole.items():
        assert written(record, format.name, choices=Choices(kind=kind)) == content


def _refuse(*_: object, **__: object) -> None:
    raise AssertionError("an export holds everything in memory")


def test_a_chunk_is_given_before_the_next_is_read() -> None:
    def endless() -> Iterator[int]:
        number = 0
        while True:
            yield number
            number += 1

    parts = gathering.chunked(endless())
    assert next(parts) == list(range(gathering.CHUNK))
    assert next(gathering.chunked(iter([5, 5]), lambda _: gathering.CHUNK * 2)) == [5]


def test_a_failure_leaves_the_old_file_and_no_other(
    record: Record, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "events.tsv"
    place.write_text("old")
    (tmp_path / "events.tsv.mentions.tsv").write_text("old mentions")

    def failing(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
        out.write(b"half")
        raise StorageError("the record: cannot be read")

    format = FORMATS["gdelt"]
    monkeypatch.setitem(format.beside, ".mentions.tsv", failing)  # type: ignore[arg-type]
    with pytest.raises(StorageError):
        export(record, Filters(), format, place, Choices())
    assert place.read_text() == "old"
    assert (tmp_path / "events.tsv.mentions.tsv").read_text() == "old mentions"
    assert {each.name for each in tmp_path.iterdir() if each.name.startswith((".", "events"))} == {
        "events.tsv", "events.tsv.mentions.tsv",
    }  # fmt: skip


def test_places_that_cannot_be_written_are_told_in_one_line(record: Record, tmp_path: Path) -> None:
    for place in (tmp_path, tmp_path / "nowhere" / "out.csv"):
        with pytest.raises(ConfigurationError, match="cannot be written") as told:
            export(record, Filters(), FORMATS["csv"], place, Choices())
        assert "\n" not in str(told.value)


def test_a_link_is_followed_and_a_device_is_written_to(record: Record, tmp_path: Path) -> None:
    (tmp_path / "real.csv").write_text("old")
    (tmp_path / "link.csv").symlink_to("real.csv")
    export(record, Filters(), FORMATS["csv"], tmp_path / "link.csv", Choices())
    assert (tmp_path / "link.csv").is_symlink()
    assert (tmp_path / "real.csv").read_bytes() == written(record, "csv")
    assert export(record, Filters(), FORMATS["csv"], Path("/dev/null"), Choices())[0] == 12


def test_what_cannot_go_well_is_told_before_any_work(monkeypatch: pytest.MonkeyPatch) -> None:
    out = Path("out")
    with pytest.raises(ConfigurationError, match="--kind may be events, claims"):
        check(FORMATS["polecat"], out, Choices(kind="articles"), extended=False)
    with pytest.raises(ConfigurationError, match="no extended twin"):
        check(FORMATS["csv"], out, Choices(), extended=True)
    with pytest.raises(ConfigurationError, match="give --out a file"):
        check(FORMATS["polecat"], Path("-"), Choices(), extended=True)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    with pytest.raises(ConfigurationError, match="nothing for a terminal"):
        check(FORMATS["parquet"], Path("-"), Choices(), extended=False)
    monkeypatch.setitem(sys.modules, "followthemoney", None)
    monkeypatch.setattr("communique.export.formats.find_spec", lambda _: None)
    with pytest.raises(ConfigurationError, match=r"pip install 'communique\[ftm\]'"):
        check(FORMATS["ftm"], out, Choices(), extended=False)


def test_the_reference_is_made_from_the_program() -> None:
    assert (DOCS / "reference" / "exports.md").read_text(encoding="utf-8") == reference()


def test_every_format_and_option_has_its_how_to() -> None:
    from communique.cli.main import app

    page = (DOCS / "how-to" / "exports.md").read_text(encoding="utf-8")
    for name in FORMATS:
        assert f"communique export {name} " in page
    command = next(each for each in app.registered_commands if each.name == "export")
    assert command.callback is not None
    told = {"--extended", "--claims", "--kind", "--address", "--rejected", "--confidence", "--limit"}
    assert {each for each in told if each not in page} == set()
