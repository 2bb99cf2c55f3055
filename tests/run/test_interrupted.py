"""A run that is killed or stopped in the middle loses at most the shards under way; the next one finishes the rest."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from dumping import dump
from stub_stages import LOG, stub_stages, write_pages

from communique.read import read_paths
from communique.run import Settings, read_documents
from communique.run.reading import SHARDS_ENDING
from communique.store import Record

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
HERE = Path(__file__).parent
PAGES = 30
UNDER_WAY = 2 * 3  # documents: two workers with a shard of three each


class Reader:
    """The program of reading_slowly.py, on one folder and record."""

    def __init__(self, tmp_path: Path) -> None:
        self.pages = write_pages(tmp_path / "in", PAGES, "SLOW")
        self.record = tmp_path / "r.db"
        self.log = tmp_path / "log"
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> subprocess.Popen[str]:
        paths = os.pathsep.join([str(HERE), str(HERE.parent / "store"), os.environ.get("PYTHONPATH", "")])
        self.process = subprocess.Popen(
            [sys.executable, str(HERE / "reading_slowly.py"), str(self.pages), str(self.record)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": paths, LOG: str(self.log)},
            start_new_session=True,
        )
        return self.process

    def stop_after(self, told: int, how: signal.Signals) -> subprocess.Popen[str]:
        """Starts it, sends the signal when so many documents were told, and waits for its end."""
        process = self.start()
        assert process.stdout is not None
        for _ in range(told):
            assert process.stdout.readline(), process.stderr.read() if process.stderr else ""
        workers = children(process.pid)
        os.kill(process.pid, how)
        process.communicate(timeout=20)
        gone = time.monotonic() + 10
        while any(Path(f"/proc/{worker}").exists() for worker in workers):
            assert time.monotonic() < gone, "workers outlive the program"
            time.sleep(0.05)
        return process

    def stored(self) -> int:
        with Record.open(self.record) as record:
            return record.counts()["articles"]

    def coded(self) -> int:
        return len(self.log.read_text().splitlines())

    def finish(self) -> None:
        process = self.start()
        _, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")


def children(parent: int) -> list[int]:
    """The processes that it started, where the system tells (elsewhere none)."""
    listed = Path(f"/proc/{parent}/task/{parent}/children")
    return [int(each) for each in listed.read_text().split()] if listed.exists() else []


@pytest.fixture
def reader(tmp_path: Path) -> Iterator[Reader]:
    made = Reader(tmp_path)
    yield made
    if made.process is not None and made.process.poll() is None:
        made.process.kill()
        made.process.communicate()


def check_whole(reader: Reader, tmp_path: Path) -> None:
    """Equal to a run that nobody disturbed, and nothing left beside it."""
    with Record.open(tmp_path / "single.db", create=True) as single:
        documents = read_paths([str(reader.pages)], stdin=None)
        read_documents(single, documents, Settings(), stages=stub_stages())
    assert dump(reader.record) == dump(tmp_path / "single.db")
    assert not reader.record.with_name(reader.record.name + SHARDS_ENDING).exists()


def test_killed_twice_in_the_middle(reader: Reader, tmp_path: Path) -> None:
    reader.stop_after(4, signal.SIGKILL)
    first = reader.stored()
    assert 4 <= first < PAGES
    reader.stop_after(first + 4, signal.SIGKILL)
    second = reader.stored()
    assert first + 4 <= second < PAGES
    reader.finish()
    check_whole(reader, tmp_path)
    assert PAGES <= reader.coded() <= PAGES + 2 * UNDER_WAY, "what was finished is not made again"


def test_stopped_by_ctrl_c(reader: Reader, tmp_path: Path) -> None:
    process = reader.stop_after(4, signal.SIGINT)
    assert process.returncode == 130
    assert 4 <= reader.stored() < PAGES
    reader.finish()
    check_whole(reader, tmp_path)
    assert reader.coded() <= PAGES + UNDER_WAY
