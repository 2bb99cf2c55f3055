"""The pipe between a writer and an answer, and how many views are given out at once."""

import threading
from pathlib import Path

import pytest
from reading_room import asking, make_record, make_room

from communique.serve.api import streaming
from communique.serve.api.streaming import PIECE_BYTES, PIECES_AHEAD, Pipe


def test_what_is_written_comes_out_in_order_then_the_end() -> None:
    pipe = Pipe()
    pipe.write(b"a" * (PIECE_BYTES + 1))
    pipe.write(b"b")
    pipe.flush()
    pipe.finish(None)
    assert [pipe.take(), pipe.take(), pipe.take()] == [b"a" * (PIECE_BYTES + 1), b"b", None]


def test_a_writer_waits_for_the_reader_and_so_memory_stays_flat() -> None:
    pipe = Pipe()
    written = 0

    def write() -> None:
        nonlocal written
        for _ in range(PIECES_AHEAD + 20):
            pipe.write(b"x" * PIECE_BYTES)
            written += 1
        pipe.finish(None)

    writer = threading.Thread(target=write)
    writer.start()
    writer.join(0.3)
    assert written <= PIECES_AHEAD + 1
    pieces = 0
    while pipe.take() is not None:
        pieces += 1
        assert written <= pieces + PIECES_AHEAD + 1
    writer.join(5)
    assert pieces == PIECES_AHEAD + 20


def test_a_reader_that_leaves_ends_the_writer() -> None:
    pipe = Pipe()
    ended = threading.Event()

    def write() -> None:
        try:
            while True:
                pipe.write(b"x" * PIECE_BYTES)
        except BrokenPipeError:
            ended.set()

    threading.Thread(target=write, daemon=True).start()
    assert pipe.take() is not None
    pipe.leave()
    assert ended.wait(5)
    assert pipe.take() is None


def test_a_reader_that_takes_nothing_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streaming, "PATIENCE_SECONDS", 0.05)
    monkeypatch.setattr(streaming, "TURN_SECONDS", 0.01)
    pipe = Pipe()
    for _ in range(PIECES_AHEAD):
        pipe.write(b"x" * PIECE_BYTES)
    with pytest.raises(BrokenPipeError):
        pipe.write(b"x" * PIECE_BYTES)


def test_the_writers_error_is_raised_where_it_is_read() -> None:
    pipe = Pipe()
    pipe.finish(ValueError("no"))
    with pytest.raises(ValueError, match="no"):
        pipe.take()


def test_only_so_many_views_at_once_and_each_gives_its_place_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streaming, "MOST_STREAMS", 1)
    app = make_room(make_record(tmp_path / "talks.db"))
    busy = threading.Event()
    began = threading.Event()

    def slow(*_: object) -> tuple[()]:
        began.set()
        busy.wait(10)
        return ()

    with asking(app) as client:
        for address in ("/api/claims?format=jsonl", "/api/claims?format=jsonl&after=nowhere", "/api/claims?format=csv"):
            assert client.get(address).status_code in (200, 422)
        monkeypatch.setattr(streaming, "islice", slow)
        first = threading.Thread(target=client.get, args=("/api/claims?format=jsonl",))
        first.start()
        assert began.wait(5)
        assert client.get("/api/claims?format=csv").status_code == 503
        busy.set()
        first.join(10)
