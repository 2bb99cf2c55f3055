"""WARC files: whole, cut off, damaged, packed by record or as a whole."""

import bz2
import gzip
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sourcing import pages, problems, read, text, write

from communique.records import MediaType, Problem, Severity


def record(
    number: int,
    body: bytes | None = None,
    *,
    kind: str = "response",
    media_type: str = "text/html; charset=utf-8",
    status: str = "200 OK",
    head: str = "",
    address: str | None = None,
) -> bytes:
    """One record; the body of an answer is a page that tells its number."""
    page = body if body is not None else b"<html><body><p>Report %d of the ministers' talks.</p></body></html>" % number
    block = f"HTTP/1.1 {status}\r\nContent-Type: {media_type}\r\n{head}\r\n".encode() + page
    if kind != "response":
        block = page
    declared = "application/http; msgtype=response" if kind == "response" else media_type
    top = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2022-01-11T10:00:00Z\r\n"
        f"WARC-Target-URI: {address or f'https://harbour.example/{number}'}\r\nContent-Type: {declared}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    return top.encode() + block + b"\r\n\r\n"


RECORDS = [record(0, b"software: test\r\n", kind="warcinfo", media_type="application/warc-fields")] + [
    record(number) for number in range(1, 21)
]
PLAIN = b"".join(RECORDS)
PACKED = b"".join(map(gzip.compress, RECORDS))


def test_records_become_pages_with_their_place_and_time(tmp_path: Path) -> None:
    file = write(tmp_path / "news.warc.gz", PACKED)
    found = pages(read(file))
    assert len(found) == 20
    first = found[0]
    offset = len(gzip.compress(RECORDS[0]))
    assert first.source == f"{file}@{offset}"
    assert gzip.decompress(PACKED[offset : offset + len(gzip.compress(RECORDS[1]))]) == RECORDS[1]
    assert (first.url, first.fetched_at) == ("https://harbour.example/1", datetime(2022, 1, 11, 10, tzinfo=UTC))
    assert (first.media_type, first.encoding, first.told_by) == (MediaType.HTML, "utf-8", None)
    assert text(first).startswith("<html><body><p>Report 1 ")


def test_every_packing_gives_the_same_pages(tmp_path: Path) -> None:
    expected = [page.content for page in pages(read(write(tmp_path / "a.warc.gz", PACKED)))]
    for name, content in (("b.warc", PLAIN), ("c.warc.gz", gzip.compress(PLAIN)), ("d.warc.bz2", bz2.compress(PLAIN))):
        found = pages(read(write(tmp_path / name, content)))
        assert [page.content for page in found] == expected
        assert len({page.source for page in found}) == 20
    assert [page.content for page in pages(read("-", stdin=PACKED))] == expected


@pytest.mark.parametrize("cut", [10, 60, 150, 5_000])
@pytest.mark.parametrize("packed", [True, False])
def test_a_truncated_archive_keeps_what_came_before(tmp_path: Path, cut: int, packed: bool) -> None:
    content = PACKED if packed else PLAIN
    name = "news.warc.gz" if packed else "news.warc"
    found = read(write(tmp_path / name, content[: len(content) - cut]))
    kept = pages(found)
    assert [page.url for page in kept] == [f"https://harbour.example/{number}" for number in range(1, len(kept) + 1)]
    assert 20 * (len(content) - cut) / len(content) - 2 <= len(kept)
    assert all(text(page).endswith("</body></html>") for page in kept)
    told = problems(found)
    assert len(told) == (1 if len(kept) < 20 else 0)
    assert all(str(tmp_path / name) in each.source for each in told)


def test_reading_goes_on_after_the_damage(tmp_path: Path) -> None:
    members = [gzip.compress(each) for each in RECORDS]
    start = sum(map(len, members[:8]))
    damaged = PACKED[: start + 30] + b"x" * 60 + PACKED[start + 90 :]
    found = read(write(tmp_path / "news.warc.gz", damaged))
    assert [page.url for page in pages(found)] == [
        f"https://harbour.example/{number}" for number in range(1, 21) if number != 8
    ]
    (problem,) = problems(found)
    assert "is damaged after the record at byte" in problem.reason
    pages_before = [each for each in found[: found.index(problem)] if not isinstance(each, Problem)]
    assert len(pages_before) == 7


def test_what_is_no_page_is_counted(tmp_path: Path) -> None:
    archive = [
        record(1),
        record(2, b"\x89PNG\r\n", media_type="image/png"),
        record(3, b"gone", status="404 Not Found"),
        record(4, b"", address="dns:harbour.example", media_type="text/dns", kind="resource"),
        record(5, b"A text of the archive.", kind="conversion", media_type="text/plain"),
        record(6, b"GET / HTTP/1.1\r\n\r\n", kind="request"),
    ]
    found = read(write(tmp_path / "news.warc", b"".join(archive)))
    assert [page.url for page in pages(found)] == ["https://harbour.example/1", "https://harbour.example/5"]
    (warning,) = problems(found, Severity.WARNING)
    assert warning.reason.startswith("3 of 5 records were passed over")
    assert all(cause in warning.reason for cause in ("image/png", "status 404", "dns address"))


def test_bodies_are_decoded_where_they_are_encoded(tmp_path: Path) -> None:
    page = b"<html><body>" + b"<p>Ministers met in Oslo.</p>" * 40 + b"</body></html>"
    half = len(page) // 2
    chunks = b"%x\r\n%b\r\n%x;a=b\r\n%b\r\n0\r\n\r\n" % (half, page[:half], len(page) - half, page[half:])
    archive = [
        record(1, gzip.compress(page), head="Content-Encoding: gzip\r\n"),
        record(2, page, head="Content-Encoding: gzip\r\n"),
        record(3, chunks, head="Transfer-Encoding: chunked\r\n"),
        record(4, page, head="Transfer-Encoding: chunked\r\nContent-Encoding: br\r\n"),
        record(5, gzip.compress(page)[:40], head="Content-Encoding: gzip\r\n"),
        record(6, b"\x8b\x01\x80" * 40, head="Content-Encoding: br\r\n"),
    ]
    found = read(write(tmp_path / "news.warc", b"".join(archive)))
    assert [each.content for each in pages(found)] == [page] * 4
    assert [each.reason for each in problems(found)] == ["is cut off", "is encoded as br, which is not read"]


@pytest.mark.parametrize(
    "content",
    [b"WARC/1.0\r\nfoo", b"WARC/", gzip.compress(b"WARC/1.0\r\n" + bytes(5_000)), b"WARC/1.0\r\n\r\n" * 50],
)
def test_what_only_looks_like_an_archive(tmp_path: Path, content: bytes) -> None:
    found = read(write(tmp_path / "news.warc.gz", content))
    assert not pages(found)
    assert problems(found) or problems(found, Severity.WARNING)


def test_a_bound_on_what_is_read(tmp_path: Path) -> None:
    found = read(write(tmp_path / "news.warc", PLAIN), max_unpacked_bytes=700)
    assert 0 < len(pages(found)) < 20
    assert "holds more than" in problems(found)[0].reason
