"""Inputs of every kind → pages and problems: no input raises, nothing disappears without a word."""

import io
import os
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.read import read_paths
from communique.read.page import MAX_BYTES
from communique.records import MediaType, Page, Problem, Severity

ARTICLE = "<html><body><p>Ministers met in Oslo.</p></body></html>"


def read(*paths: object, stdin: bytes | None = None) -> list[Page | Problem]:
    return list(read_paths([str(path) for path in paths], stdin=None if stdin is None else io.BytesIO(stdin)))


def only_problem(found: list[Page | Problem]) -> Problem:
    (problem,) = found
    assert isinstance(problem, Problem)
    assert "\n" not in problem.reason + problem.remedy
    assert problem.reason
    assert problem.remedy
    return problem


def test_a_file_is_a_page_with_its_bytes_and_time(tmp_path: Path) -> None:
    file = tmp_path / "talks.html"
    file.write_text(ARTICLE)
    os.utime(file, (1_641_900_000, 1_641_900_000))
    (page,) = read(file)
    assert isinstance(page, Page)
    assert (page.source, page.content, page.media_type) == (str(file), ARTICLE.encode(), MediaType.HTML)
    assert page.fetched_at == datetime(2022, 1, 11, 11, 20, tzinfo=UTC)
    assert read(file) == [page]


def test_a_folder_is_read_in_order_and_counts_what_it_passes_over(tmp_path: Path) -> None:
    for name in ("b.txt", "a.html", "sub/c.md", "sub/plain", "picture.png", "sub/tool.py", ".hidden.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name}: ministers met in Oslo.")
    (tmp_path / "program").write_bytes(b"\x7fELF\x00\x00\x01")
    *pages, warning = read(tmp_path)
    assert [Path(page.source).name for page in pages] == ["a.html", "b.txt", "c.md", "plain"]
    assert isinstance(warning, Problem)
    assert warning.severity is Severity.WARNING
    assert warning.reason.startswith("4 files were passed over")


def test_the_programs_own_files_are_passed_over_without_a_word(tmp_path: Path) -> None:
    for name in ("a.txt", "communique.db", "communique.db-wal"):
        (tmp_path / name).write_text("Ministers met in Oslo.")
    results = tmp_path / "communique.db.shards"
    results.mkdir()
    (results / "one.jsonl").write_text('{"text": "Ministers met in Oslo."}')
    own = [str(tmp_path / name) for name in ("communique.db", "communique.db-wal", results.name)]
    (page,) = read_paths([str(tmp_path)], stdin=None, own=own)
    assert isinstance(page, Page)
    assert Path(page.source).name == "a.txt"


def test_a_folder_with_nothing_but_the_record_holds_no_files(tmp_path: Path) -> None:
    (tmp_path / "communique.db").write_text("")
    (problem,) = read_paths([str(tmp_path)], stdin=None, own=[str(tmp_path / "communique.db")])
    assert isinstance(problem, Problem)
    assert problem.reason == "holds no files"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("<p>Ministers met in Oslo.</p>", MediaType.HTML),
        ('\n<div class="story">Ministers met in Oslo.', MediaType.HTML),
        ("<h1>Talks in Oslo</h1>", MediaType.HTML),
        ("<person at the door> said no.", MediaType.TEXT),
        ("<pre-war borders> is what they call it.", MediaType.TEXT),
        ("Ministers met <p> in Oslo.", MediaType.TEXT),
    ],
)
def test_a_fragment_of_a_page_is_html(tmp_path: Path, content: str, expected: MediaType) -> None:
    (tmp_path / "story").write_text(content)
    (page,) = read(tmp_path / "story")
    assert isinstance(page, Page)
    assert page.media_type is expected


def test_patterns_and_repetitions(tmp_path: Path) -> None:
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(name)
    found = read(tmp_path / "*.txt", tmp_path / "one.txt", tmp_path)
    assert [Path(page.source).name for page in found] == ["one.txt", "two.txt"]
    assert "matches no file" in only_problem(read(tmp_path / "*.html")).reason


def test_standard_input() -> None:
    (page,) = read("-", stdin=b"Ministers met in Oslo.")
    assert isinstance(page, Page)
    assert (page.source, page.fetched_at, page.media_type) == ("-", None, MediaType.TEXT)
    only_problem(read("-"))
    only_problem(read("-", stdin=b""))


@pytest.mark.parametrize(
    ("content", "cause"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (b"%PDF-1.7 ...", "PDF"),
        (b"\x89PNG\r\n\x1a\n\x00", "PNG"),
        (bytes(range(256)) * 8, "binary"),
        (b"\x00" * 500, "binary"),
        (b"ab\x00\xff\xfe\x00cd" * 50, "binary"),
        (b"a" * (MAX_BYTES + 1), "too large"),
    ],
)
def test_what_is_no_document_is_one_problem(tmp_path: Path, content: bytes, cause: str) -> None:
    file = tmp_path / "page.html"
    file.write_bytes(content)
    problem = only_problem(read(file))
    assert cause in problem.reason
    assert problem.source == str(file)
    assert problem.severity is Severity.ERROR


def test_stray_nul_bytes_are_a_warning(tmp_path: Path) -> None:
    file = tmp_path / "page.txt"
    file.write_bytes(b"Ministers met in Oslo.\x00 They will meet again in May." * 20)
    page, warning = read(file)
    assert isinstance(page, Page)
    assert isinstance(warning, Problem)
    assert warning.severity is Severity.WARNING
    assert "20 NUL bytes" in warning.reason


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1251")
WIDE_WITHOUT_MARK = ("utf-16-le", "utf-16-be")  # told by the pattern of zero bytes, so in Latin script only


@pytest.mark.parametrize(
    ("encoding", "text", "media_type"),
    [(encoding, ARTICLE, MediaType.HTML) for encoding in (*ENCODINGS, *WIDE_WITHOUT_MARK)]
    + [(encoding, "Встреча в Осло.", MediaType.TEXT) for encoding in ENCODINGS],
)
def test_encodings_are_no_obstacle(tmp_path: Path, encoding: str, text: str, media_type: MediaType) -> None:
    file = tmp_path / "page"
    file.write_bytes(text.encode(encoding))
    (page,) = read(file)
    assert isinstance(page, Page)
    assert page.media_type is media_type


def test_missing_and_vanished_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "does not exist" in only_problem(read(tmp_path / "nowhere.txt")).reason
    only_problem(read(""))
    only_problem(read("a\x00b"))
    file = tmp_path / "gone.txt"
    file.write_text("Ministers met.")

    def vanished(*_: object, **__: object) -> object:
        raise FileNotFoundError(2, "No such file or directory", str(file))

    monkeypatch.setattr("builtins.open", vanished)
    assert "does not exist" in only_problem(read(tmp_path)).reason


def test_no_permission(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.txt").write_text("Ministers met.")

    def refused(path: object, *_: object, **__: object) -> object:
        raise PermissionError(13, "Permission denied", str(path))

    with monkeypatch.context() as patch:
        patch.setattr("os.scandir", refused)
        problem = only_problem(read(tmp_path))
        assert problem.source == str(tmp_path)
        assert "permission denied" in problem.reason
    with monkeypatch.context() as patch:
        patch.setattr("builtins.open", refused)
        assert "permission denied" in only_problem(read(tmp_path / "page.txt")).reason


def test_an_empty_folder_and_a_device(tmp_path: Path) -> None:
    assert "holds no files" in only_problem(read(tmp_path)).reason
    assert "neither a file nor a folder" in only_problem(read("/dev/null")).reason


@given(st.binary(max_size=400))
def test_any_bytes_give_a_page_or_a_problem(content: bytes) -> None:
    found = read("-", stdin=content)
    assert found
    assert all(isinstance(each, Page | Problem) for each in found)
    assert sum(isinstance(each, Page) for each in found) + sum(
        each.severity is Severity.ERROR for each in found if isinstance(each, Problem)
    ) == 1  # fmt: skip
