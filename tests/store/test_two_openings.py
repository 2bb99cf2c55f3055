"""One process may open a record twice: the second opening must not take the locks of the first.

A file that is opened and closed beside SQLite loses this process's locks on it; another program that then closes the record
believes itself alone and removes the log, and what is written next is lost or damages the file.
"""

import subprocess
import sys
from pathlib import Path

from handmade import RUN, coded_article

from communique.store import Record

ELSEWHERE = """
import sys
from communique.store import Record
with Record.open(sys.argv[1], writable=True) as record:
    print(len(record.articles()))
"""


def test_another_program_does_not_take_the_log_away(tmp_path: Path) -> None:
    path = tmp_path / "talks.db"
    with Record.open(path, create=True) as record:
        record.add(coded_article(), RUN)
        with Record.open(path) as second:
            assert len(second.articles()) == 1
        told = subprocess.run([sys.executable, "-c", ELSEWHERE, str(path)], capture_output=True, text=True, check=True)
        assert told.stdout.strip() == "1"
        assert path.with_name("talks.db-wal").exists()
        record.add(coded_article("second.txt"), RUN)
        assert len(record.articles()) == 2
