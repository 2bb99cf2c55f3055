"""A writer that is killed in the middle leaves the record as it was before that article."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from handmade import RUN, coded_article

from communique.store import Record

# Stores one article, tells so, then is stopped inside the next transaction: after its rows were sent, before COMMIT.
WRITER = """
import sys, time
sys.path.insert(0, {folder!r})
from handmade import RUN, coded_article
from communique.store import Record, writing
import communique.store.record as record_module
record = Record.open({path!r}, create=True)
record.add(coded_article("first.txt"), RUN)
original = writing.write_coded
def slow(connection, coded, run):
    changed = original(connection, coded, run)
    print("in the middle", flush=True)
    time.sleep(60)
    return changed
record_module.write_coded = slow
record.add(coded_article("second.txt"), RUN)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs SIGKILL")
def test_killed_in_the_middle_of_a_write(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    script = WRITER.format(folder=str(Path(__file__).parent), path=str(path))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "in the middle\n"
        with Record.open(path) as record:
            assert record.counts()["articles"] == 1, "a reader sees the state before the write"
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
    with Record.open(path, writable=True) as record:
        assert record.counts()["articles"] == 1
        assert record.coded_article(coded_article("first.txt").article.id) == coded_article("first.txt")
        assert record.add(coded_article("second.txt"), RUN)
        assert record.counts()["articles"] == 2
    assert sqlite3.connect(path).execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_killed_at_any_moment(tmp_path: Path) -> None:
    """Writes as fast as it can until it is killed; whatever is there afterwards is whole."""
    path = tmp_path / "r.db"
    script = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from handmade import RUN, coded_article\nfrom communique.store import Record\n"
        f"record = Record.open({str(path)!r}, create=True)\nprint('go', flush=True)\n"
        "for n in range(100_000): record.add(coded_article(f'{n}.txt'), RUN)\n"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.4)
        os.kill(writer.pid, signal.SIGKILL)
        writer.wait()
    with Record.open(path, writable=True) as record:
        articles = record.counts()["articles"]
        for number in range(articles):
            whole = coded_article(f"{number}.txt")
            assert record.coded_article(whole.article.id) == whole
        assert len(record.claims()) == 4 * articles
        assert record.add(coded_article(f"{articles}.txt"), RUN), "the next one was not stored"


def test_several_writers_share_a_record_that_none_has_made_yet(tmp_path: Path) -> None:
    path = tmp_path / "r.db"
    script = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from handmade import RUN, coded_article\nfrom communique.store import Record\n"
        "sys.stdin.readline()\n"
        f"with Record.open({str(path)!r}, create=True) as record:\n"
        "    for n in range(10): assert record.add(coded_article(f'{sys.argv[1]}-{n}.txt'), RUN)\n"
    )
    writers = [
        subprocess.Popen([sys.executable, "-c", script, str(number)], stdin=subprocess.PIPE, stderr=subprocess.PIPE)
        for number in range(4)
    ]
    time.sleep(1)  # until all of them wait at the line
    for writer in writers:
        assert writer.stdin is not None
        writer.stdin.write(b"go\n")
        writer.stdin.flush()
    for writer in writers:
        _, err = writer.communicate(timeout=60)
        assert (writer.returncode, err) == (0, b"")
    with Record.open(path) as record:
        assert record.counts()["articles"] == 40
        assert len(record.claims()) == 160
