"""The hand-made record of the exports' tests is used here too."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.store import Record

for room in ("store", "export"):
    sys.path.insert(0, str(Path(__file__).parent.parent / room))


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """The file of a record of three linked articles: two tell of the same talks, one denies them."""
    from awkward import make_record

    return make_record(tmp_path / "talks.db")


@pytest.fixture
def record(place: Path) -> Iterator[Record]:
    """The record, open for reading."""
    with Record.open(place) as opened:
        yield opened
