"""Shards: what is cut where, what a file of results holds, and that none is there by half."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from fakes import fake_stages, page
from handmade import coded_article, problem

from communique.records import Article, CodedArticle, Page, Problem, ReadingError, StorageError
from communique.run.describing import describe_run
from communique.run.loading import finished_shards
from communique.run.manifest import MANIFEST, append_line, manifest_lines
from communique.run.outcomes import Failed
from communique.run.settings import Settings
from communique.run.shard_files import ResultsError, line_of_file, read_shard, write_whole
from communique.run.shards import SHARD_BYTES, Shard, code_shard, cut_shards
from communique.run.stages import Stages

TOLD = problem("folder")


def refusing(source: str) -> Stages:
    """Stages that give no article for that source."""
    good = fake_stages()

    def clean(each: Page) -> Article:
        if each.source == source:
            raise ReadingError(f"{each.source}: holds no text; check the page")
        return good.clean(each)

    return replace(good, clean=clean)


def shard(*documents: Page | Problem, number: int = 0) -> Shard:
    return Shard(number=number, documents=documents)


def outcomes(place: Path) -> list[object]:
    return [stored.unpack() for _, stored in read_shard(place)]


def test_shards_have_so_many_pages_and_problems_stay_with_the_page_before() -> None:
    documents = [TOLD, page("a"), page("b"), TOLD, page("c"), TOLD]
    shards = list(cut_shards(documents, 2))
    assert [each.documents for each in shards] == [tuple(documents[:4]), tuple(documents[4:])]
    assert [(each.number, each.pages) for each in shards] == [(0, 2), (1, 1)]
    assert [each.documents for each in cut_shards([TOLD], 2)] == [(TOLD,)]
    assert list(cut_shards([], 2)) == []


def test_huge_pages_make_small_shards() -> None:
    huge = [replace(page(name), content=b"x" * (SHARD_BYTES // 2 + 1)) for name in "abc"]
    assert [each.pages for each in cut_shards(huge, 20)] == [1, 1, 1]


def test_shards_are_made_while_documents_stream() -> None:
    seen: list[str] = []

    def stream() -> object:
        for name in "abcdef":
            seen.append(name)
            yield page(name)

    next(cut_shards(stream(), 2))  # type: ignore[arg-type]
    assert seen == ["a", "b", "c"]


def test_the_key_is_made_of_all_that_decides_the_result() -> None:
    run = describe_run(Settings(), fake_stages())
    key = shard(page()).key(run)
    assert shard(page(), number=7).key(run) == key, "its place in the run changes nothing"
    others = [
        shard(page(content=b"other words")),
        shard(page("elsewhere.txt")),
        shard(replace(page(), fetched_at=datetime(2031, 1, 1, tzinfo=UTC))),
        shard(replace(page(), published=date(2031, 1, 1))),
        shard(page(), TOLD),
    ]
    keys = {each.key(run) for each in others} | {shard(page()).key(replace(run, id="run-2"))}
    assert len(keys | {key}) == len(others) + 2


def test_a_file_of_results_gives_every_outcome_back(tmp_path: Path) -> None:
    documents = (page("a.txt"), TOLD, page("bad.txt"), page("c.txt"))
    line = code_shard(shard(*documents), Settings(), tmp_path, refusing("bad.txt"))
    found = outcomes(tmp_path / line.file)
    assert [type(each) for each in found] == [CodedArticle, Problem, Failed, CodedArticle]
    coded, told, failed, _ = found
    whole = coded_article("a.txt")
    assert isinstance(coded, CodedArticle)
    assert coded.page == documents[0]
    assert (coded.claims, coded.statements, coded.mentions) == (whole.claims, whole.statements, whole.mentions)
    assert told == TOLD
    assert isinstance(failed, Failed)
    assert (failed.page, failed.problem.reason) == (documents[2], "holds no text")
    assert (line.documents, line.articles, line.failed, line.claims) == (3, 2, 2, 8)
    assert (line.first, line.last) == ("a.txt", "c.txt")
    assert line_of_file(tmp_path / line.file) == line


def test_the_same_documents_give_the_same_bytes(tmp_path: Path) -> None:
    files = []
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        line = code_shard(shard(page("a.txt"), page("b.txt")), Settings(), tmp_path / name, fake_stages())
        files.append((tmp_path / name / line.file).read_bytes())
    assert files[0] == files[1]


def test_what_is_done_is_not_done_again(tmp_path: Path) -> None:
    first = code_shard(shard(page()), Settings(), tmp_path, fake_stages())
    calls: list[str] = []
    assert code_shard(shard(page()), Settings(), tmp_path, fake_stages(calls)) == first
    assert "clean" not in calls
    assert code_shard(shard(page()), Settings(max_characters=50), tmp_path, fake_stages(calls)) != first
    assert "clean" in calls


def test_half_of_a_character_pair_survives(tmp_path: Path) -> None:
    odd = replace(TOLD, reason="holds \udce9")
    line = code_shard(shard(odd, page()), Settings(), tmp_path, fake_stages())
    assert outcomes(tmp_path / line.file)[0] == odd


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    line = code_shard(shard(page()), Settings(), tmp_path, fake_stages())
    place = tmp_path / line.file
    whole = place.read_bytes()
    place.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(ResultsError, match="not a readable file of results"):
        list(read_shard(place))
    assert code_shard(shard(page()), Settings(), tmp_path, fake_stages()) == line
    assert place.read_bytes() == whole


def test_a_changed_byte_is_noticed(tmp_path: Path) -> None:
    line = code_shard(shard(page(content=b"SOMETHING THAT IS NOT PACKED " * 9)), Settings(), tmp_path, fake_stages())
    place = tmp_path / line.file
    spoilt = bytearray(place.read_bytes())
    spoilt[len(spoilt) // 3] ^= 0xFF
    place.write_bytes(bytes(spoilt))
    with pytest.raises(ResultsError):
        outcomes(place)


def test_nothing_by_half_is_left_when_the_disk_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("communique.run.shard_files.os.fsync", full)
    with pytest.raises(StorageError, match=r"\(No space left on device\); free some space"):
        write_whole(tmp_path / "x.parquet", b"1234")
    assert list(tmp_path.iterdir()) == []


def test_a_torn_manifest_loses_nothing(tmp_path: Path) -> None:
    lines = [
        code_shard(shard(page(name), number=number), Settings(), tmp_path, fake_stages())
        for number, name in enumerate("abc")
    ]
    for line in lines[:2]:
        append_line(tmp_path, line)
    manifest = tmp_path / MANIFEST
    manifest.write_bytes(manifest.read_bytes()[:-20])
    assert list(manifest_lines(tmp_path).values()) == lines[:1]
    assert finished_shards(tmp_path) == lines, "the files tell what the manifest lost"
    append_line(tmp_path, lines[2])
    assert list(manifest_lines(tmp_path).values()) == [lines[0], lines[2]]


@pytest.mark.parametrize("noise", [b"\x00\xff\n", b"[]\n", b'{"shard": 1}\n', b"null\n", b"\n\n"])
def test_noise_in_a_manifest_is_passed_over(tmp_path: Path, noise: bytes) -> None:
    line = code_shard(shard(page()), Settings(), tmp_path, fake_stages())
    (tmp_path / MANIFEST).write_bytes(noise)
    append_line(tmp_path, line)
    assert list(manifest_lines(tmp_path).values()) == [line]


def test_a_line_whose_file_is_gone_is_not_done(tmp_path: Path) -> None:
    line = code_shard(shard(page()), Settings(), tmp_path, fake_stages())
    append_line(tmp_path, line)
    (tmp_path / line.file).unlink()
    assert finished_shards(tmp_path) == []
