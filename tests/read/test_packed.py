"""Packed files: read as if unpacked, within bounds, and as far as they are sound."""

import bz2
import gzip
import io
import json
import lzma
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sourcing import TEXT, pages, problems, read, text, write

from communique.read.kinds import Packing
from communique.read.unpacking import BrokenOffError, Unpacked, read_up_to
from communique.records import Severity


def pack_zstd(content: bytes) -> bytes:
    sink = pa.BufferOutputStream()
    with pa.CompressedOutputStream(sink, "zstd") as stream:
        stream.write(content)
    return bytes(sink.getvalue())


PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": pack_zstd}
LINES = "".join(json.dumps({"text": f"{number}. {TEXT}"}) + "\n" for number in range(5_000)).encode()


@pytest.mark.parametrize(("ending", "pack"), PACKERS.items())
def test_every_packing_of_every_kind(tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]) -> None:
    assert len(pages(read(write(tmp_path / f"a.jsonl{ending}", pack(LINES))))) == 5_000
    assert len(pages(read(write(tmp_path / f"b.csv{ending}", pack(f"text\n{TEXT}\n".encode()))))) == 1
    (page,) = pages(read(write(tmp_path / f"c.html{ending}", pack(f"<p>{TEXT}</p>".encode()))))
    assert text(page) == f"<p>{TEXT}</p>"
    assert len(pages(read(write(tmp_path / "no-extension", pack(LINES))))) == 5_000


def test_members_one_after_the_other_and_padding(tmp_path: Path) -> None:
    content = gzip.compress(LINES[:10_000]) + gzip.compress(LINES[10_000:]) + bytes(1_000)
    found = read(write(tmp_path / "a.jsonl.gz", content))
    assert len(pages(found)) == 5_000
    assert not problems(found)


@pytest.mark.parametrize(("ending", "pack"), PACKERS.items())
def test_what_comes_before_the_damage_is_kept(tmp_path: Path, ending: str, pack: Callable[[bytes], bytes]) -> None:
    packed = pack(LINES * 20)
    found = read(write(tmp_path / f"a.jsonl{ending}", packed[: len(packed) // 2]))
    assert 1_000 < len(pages(found)) < 100_000
    (problem,) = problems(found)
    assert "is damaged" in problem.reason
    assert "lines up to" in problem.reason


def test_a_bomb_stops_at_the_bound(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(200_000_000), 9)
    assert len(bomb) < 250_000
    for name in ("a.html.gz", "a.jsonl.gz", "a.csv.gz", "a.xml.gz"):
        (problem,) = problems(read(write(tmp_path / name, bomb), max_unpacked_bytes=30_000_000))
        assert "unpacks to more than 30 MB" in problem.reason or "too large" in problem.reason
    text_bomb = gzip.compress(b'{"text": "a"}\n' * 15_000_000, 9)
    stream = Unpacked(io.BytesIO(text_bomb), Packing.GZIP, 10**12)
    with pytest.raises(BrokenOffError, match="500 times its size"):
        read_up_to(stream, 10**12)
    assert stream.unpacked_bytes < 101_000_000


def test_packed_twice_and_packed_nothing(tmp_path: Path) -> None:
    (problem,) = problems(read(write(tmp_path / "a.jsonl.gz", gzip.compress(gzip.compress(LINES)))))
    assert problem.reason == "is packed twice"
    (problem,) = problems(read(write(tmp_path / "b.html.gz", gzip.compress(b""))))
    assert problem.reason == "is empty"
    (problem,) = problems(read(write(tmp_path / "c.html.gz", b"\x1f\x8b\x08damage")))
    assert "is damaged" in problem.reason


def test_a_folder_is_searched_for_packed_files_too(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl.gz", gzip.compress(json.dumps({"text": TEXT}).encode()))
    write(tmp_path / "package.json", '{"name": "tool", "version": "1"}')
    write(tmp_path / "export.json", json.dumps([{"title": "t", "body": TEXT}]))
    write(tmp_path / "sitemap.xml", "<?xml version='1.0'?><urlset></urlset>")
    write(tmp_path / "program.tar.gz", gzip.compress(b"x"))
    found = read(tmp_path)
    assert [Path(page.source).name for page in pages(found)] == ["a.jsonl.gz#1", "export.json#1"]
    (warning,) = problems(found, Severity.WARNING)
    assert warning.reason.startswith("3 files were passed over (package.json, program.tar.gz, sitemap.xml")


@given(st.binary(max_size=300), st.sampled_from(list(PACKERS)), st.integers(0, 40), st.binary(max_size=8))
def test_any_damage_is_a_problem(content: bytes, ending: str, place: int, damage: bytes) -> None:
    packed = PACKERS[ending](content)
    found = read("-", stdin=packed[:place] + damage + packed[place + len(damage) :])
    assert found
