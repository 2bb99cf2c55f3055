"""A record as text that is the same for equal content, however it came there."""

import io
from pathlib import Path

from communique.store import Record


def dump(path: Path) -> str:
    """The whole record."""
    told = io.StringIO()
    with Record.open(path) as record:
        record.dump(told)
    return told.getvalue()
