"""JSON lines and JSON documents: rows become pages, broken lines problems, and memory stays flat."""

import json
import tracemalloc
from datetime import date
from pathlib import Path

import pytest
from sourcing import TEXT, pages, problems, read, text, write

from communique.read import read_paths
from communique.records import MediaType, Page, Severity

ROW = {
    "Headline": "Border to reopen &amp; trade to follow",
    "Body": TEXT,
    "Published_At": "2022-01-11T23:30:00-05:00",
    "link": "https://harbour.example/border",
    "outlet": "Harbour Gazette",
}


def lines(*rows: object) -> str:
    return "\n".join(each if isinstance(each, str) else json.dumps(each) for each in rows) + "\n"


def test_columns_are_guessed_from_their_names(tmp_path: Path) -> None:
    file = write(tmp_path / "news.jsonl", lines(ROW, {**ROW, "Body": f"<p>{TEXT}</p><p>{TEXT}</p>"}))
    first, second = read(file)
    assert isinstance(first, Page)
    assert isinstance(second, Page)
    assert (first.source, second.source) == (f"{file}#1", f"{file}#2")
    assert text(first) == TEXT
    assert first.title == "Border to reopen & trade to follow"
    assert first.published == date(2022, 1, 11), "the day where it was published, not the one in Greenwich"
    assert (first.url, first.site, first.told_by) == ("https://harbour.example/border", "Harbour Gazette", "column")
    assert (first.media_type, second.media_type) == (MediaType.TEXT, MediaType.HTML)
    assert first.fetched_at is not None
    assert read(file) == [first, second]


def test_what_was_told_makes_another_page(tmp_path: Path) -> None:
    one = read(write(tmp_path / "news.jsonl", lines(ROW)))
    other = read(write(tmp_path / "news.jsonl", lines({**ROW, "Headline": "Another headline"})))
    assert pages(one)[0].content_hash == pages(other)[0].content_hash
    assert pages(one)[0].id != pages(other)[0].id


def test_wishes_outrank_guesses_and_reach_into_objects(tmp_path: Path) -> None:
    row = {"text": "teaser", "story": {"en": TEXT}, "key": "A-17", "when": "11 January 2022"}
    file = write(tmp_path / "news.jsonl", lines(row))
    columns = (("text", "story.en"), ("date", "When"), ("id", "key"))
    (page,) = pages(read(file, columns=columns))
    assert (text(page), page.published, page.source) == (TEXT, date(2022, 1, 11), f"{file}#A-17")


@pytest.mark.parametrize(
    ("columns", "cause"),
    [
        ((("text", "leib"),), "has no column leib for the text; its columns are Headline, Body"),
        ((("date", "pub"),), "has no column pub for the date"),
    ],
)
def test_a_wished_column_that_is_missing_ends_the_file_at_once(
    tmp_path: Path, columns: tuple[tuple[str, str], ...], cause: str
) -> None:
    file = write(tmp_path / "news.jsonl", lines(ROW, ROW))
    (problem,) = problems(read(file, columns=columns))
    assert problem.source == str(file)
    assert problem.reason.startswith(cause)


def test_no_column_for_the_text_names_those_there_are(tmp_path: Path) -> None:
    (problem,) = problems(read(write(tmp_path / "a.jsonl", lines({"price": 3, "unit": "kg"}))))
    assert "price, unit" in problem.reason
    assert "--column text=COLUMN" in problem.remedy


def test_other_forms_of_values(tmp_path: Path) -> None:
    rows = [
        {"title": {"rendered": "A title"}, "content": {"rendered": TEXT}, "source": {"name": "Gazette"}},
        {"text": [TEXT, TEXT], "date": 1_641_900_000, "source": "https://www.harbour.example/feed"},
        {"text": TEXT, "date": 1_641_900_000_000, "title": "nan", "url": "not an address"},
        {"text": TEXT, "date": 20220111, "id": "https://harbour.example/17"},
        {"text": TEXT, "date": "Tue, 11 Jan 2022 08:00:00 GMT"},
    ]
    found = pages(read(write(tmp_path / "a.jsonl", lines(*rows))))
    assert [page.title for page in found] == ["A title", None, None, None, None]
    assert [page.published for page in found[1:]] == [date(2022, 1, 11)] * 4
    assert [page.site for page in found[:3]] == ["Gazette", "harbour.example", None]
    assert text(found[1]) == f"{TEXT}\n\n{TEXT}"
    assert [page.url for page in found[2:4]] == [None, "https://harbour.example/17"]


def test_broken_lines_are_problems_and_the_others_are_read(tmp_path: Path) -> None:
    row = {"text": TEXT}
    broken = ['{"text": "cut', "[1, 2]", "null", {"text": "  "}, {"text": None, "title": "t"}, "[" * 100_000]
    file = write(tmp_path / "news.jsonl", lines(row, *broken, "", row))
    found = read(file)
    assert [page.source for page in pages(found)] == [f"{file}#1", f"{file}#9"]
    told = problems(found)
    assert [each.source for each in told] == [f"{file}#{number}" for number in range(2, 8)]
    assert ["no valid JSON" in told[0].reason, "no object" in told[1].reason] == [True, True]
    assert told[3].reason == "has no text (it has text)"


def test_bytes_that_are_no_utf8_are_kept_for_cleaning(tmp_path: Path) -> None:
    line = '{"title": "Café", "text": "Der Außenminister sprach in Zürich über Frieden."}'.encode("windows-1252")
    (page,) = pages(read(write(tmp_path / "a.jsonl", line)))
    assert page.title == "Café"
    assert page.content == "Der Außenminister sprach in Zürich über Frieden.".encode("windows-1252")
    (page,) = pages(read(write(tmp_path / "b.jsonl", '{"text": "a \\ud800 lone surrogate"}')))
    assert text(page) == "a ? lone surrogate"
    (page,) = pages(read(write(tmp_path / "c.jsonl", lines({"text": TEXT}).encode("utf-16"))))
    assert text(page) == TEXT


def test_signs_that_are_no_characters_reach_nothing_that_is_stored(tmp_path: Path) -> None:
    rows = [
        {"text": TEXT, "url": "https://a.example/\ud800", "title": "Café \ud800", "source": "https://\ud800.example"},
        {"text": "", "\udc80": 3},
    ]
    page, problem = read(write(tmp_path / "a.jsonl", "\n".join(json.dumps(row) for row in rows)))
    assert isinstance(page, Page)
    assert (page.url, page.title) == (None, "Café ?")
    for each in (page, problem):
        str(each).encode()


def test_many_lines_in_flat_memory_and_none_of_the_broken_ones_lost(tmp_path: Path) -> None:
    """Every third line is broken; reading ten times as many lines takes no more memory."""
    few, many = tmp_path / "few.jsonl", tmp_path / "many.jsonl"
    for path, count in ((few, 3_000), (many, 30_000)):
        with path.open("w") as file:
            for number in range(1, count + 1):
                file.write('{"text": "cut\n' if number % 3 == 0 else json.dumps({"text": f"{number}: {TEXT}"}) + "\n")
    peaks = []
    for path in (few, many):
        told = good = 0
        lost = set(range(3, (3_000 if path is few else 30_000) + 1, 3))
        tracemalloc.start()
        for each in read_paths([str(path)]):
            if isinstance(each, Page):
                good += 1
                continue
            told += 1
            if each.source == str(path):
                assert each.reason.startswith("500 more lines gave no article (500 × is no valid JSON)") or told > 10
                lost -= {int(number) for number in each.reason.partition("): lines ")[2].split(", ")}
            else:
                lost -= {int(each.source.partition("#")[2])}
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert good == (2_000 if path is few else 20_000)
        assert not lost
        assert told <= 10 + (2 if path is few else 20)
    assert peaks[1] < 1.5 * peaks[0]


def test_a_stretch_of_broken_lines_is_one_range(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", lines({"text": TEXT}, *["x"] * 5_000))
    *singly, together = problems(read(file))
    assert len(singly) == 10
    assert together.reason == "4,990 more lines gave no article (4,990 × is no valid JSON): lines 12-5001"


def test_a_line_longer_than_any_article_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("communique.read.json_lines.lines_of", lambda source: shortened(source))
    from communique.read.lines import lines_of

    def shortened(source: object) -> object:
        return lines_of(source, limit=200)  # type: ignore[arg-type]

    file = write(tmp_path / "a.jsonl", lines({"text": TEXT}, {"text": TEXT * 50}, {"text": TEXT}))
    found = read(file)
    assert [page.source for page in pages(found)] == [f"{file}#1", f"{file}#3"]
    assert "longer than" in problems(found)[0].reason


@pytest.mark.parametrize(
    "content",
    [
        json.dumps([{"text": TEXT}, {"text": TEXT}]),
        json.dumps({"status": "ok", "articles": [{"content": TEXT}, {"content": TEXT}]}, indent=2),
        json.dumps({"response": {"docs": [{"body": TEXT}, {"body": TEXT}]}}, indent=1),
    ],
)
def test_a_json_document_with_a_list_of_articles(tmp_path: Path, content: str) -> None:
    for name in ("news.json", "news"):
        found = read(write(tmp_path / name, content))
        assert [(page.source, text(page)) for page in pages(found)] == [
            (f"{tmp_path / name}#{number}", TEXT) for number in (1, 2)
        ]


def test_a_json_document_without_articles(tmp_path: Path) -> None:
    (problem,) = problems(read(write(tmp_path / "a.json", '{"name": "tool", "version": "1"}')))
    assert "name, version" in problem.reason
    (problem,) = problems(read(write(tmp_path / "b.json", '[{"text": "cut')))
    assert "no valid JSON" in problem.reason


def test_extracts_only_are_read_with_a_warning(tmp_path: Path) -> None:
    found = read(write(tmp_path / "a.jsonl", lines({"title": "t", "description": TEXT})))
    assert text(pages(found)[0]) == TEXT
    assert "extracts in description" in problems(found, Severity.WARNING)[0].reason


def test_lines_through_a_pipe() -> None:
    found = read("-", stdin=lines({"text": TEXT}, {"text": TEXT}).encode())
    assert [page.source for page in pages(found)] == ["-#1", "-#2"]
