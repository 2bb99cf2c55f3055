"""The hand-made articles of the store's and the exports' tests are used here too."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.store import Record

for room in ("store", "export", "cli", "run"):
    sys.path.insert(0, str(Path(__file__).parent.parent / room))


@pytest.fixture
def talks(tmp_path: Path) -> Path:
    """A record in whose links a position turns, a meeting is put off, and an event is disputed."""
    from turning import make_turning

    return make_turning(tmp_path / "communique.db")


@pytest.fixture
def record(talks: Path) -> Iterator[Record]:
    """The same, open."""
    with Record.open(talks) as opened:
        yield opened
