"""The hand-made articles and links of the store's tests are used here too."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from communique.store import Record

sys.path.insert(0, str(Path(__file__).parent.parent / "store"))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    """Three articles: two tell of the same talks, one has what is awkward to write down."""
    from awkward import make_record

    with Record.open(make_record(tmp_path / "talks.db")) as opened:
        yield opened
