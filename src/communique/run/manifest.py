"""The manifest of a folder of shards: one JSON line for each shard that is done, only ever appended to.

A line torn by a crash is passed over, and so is one whose file is gone. The same line stands inside each Parquet file, so
that a shard whose line was lost is not.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from communique.records import Run

MANIFEST = "manifest.jsonl"


@dataclass(frozen=True, slots=True, kw_only=True)
class ShardLine:
    """`shard` is the key of the work, `file` its name in the folder, `run` who made it, `documents` its pages.

    The counts are those of ReadCounts; `first` and `last` are the sources at its ends, for a person who looks for one.
    """

    shard: str
    number: int
    file: str
    run: Run
    documents: int
    articles: int
    uncoded: int
    failed: int
    warnings: int
    claims: int
    statements: int
    first: str
    last: str

    def as_json(self) -> str:
        """One line of ASCII, without its end."""
        return json.dumps(asdict(self), sort_keys=True)


def line_of_json(text: str) -> ShardLine | None:
    """The line, or None for what is none: torn, or of another program."""
    try:
        found: Mapping[str, Any] = json.loads(text)
        return ShardLine(**{**found, "run": Run(**found["run"])})
    except (ValueError, TypeError, KeyError):
        return None


def append_line(folder: Path, line: ShardLine) -> None:
    """Adds the line for good. After a torn line it begins a new one. Raises OSError."""
    with (folder / MANIFEST).open("ab+") as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":
                file.write(b"\n")
        file.write(line.as_json().encode("ascii") + b"\n")
        file.flush()
        os.fsync(file.fileno())


def manifest_lines(folder: Path) -> dict[str, ShardLine]:
    """Key → line for every whole line, in the order they were written; none without a manifest. Raises OSError."""
    place = folder / MANIFEST
    if not place.exists():
        return {}
    lines: dict[str, ShardLine] = {}
    with place.open(encoding="utf-8", errors="replace") as file:
        for text in file:
            line = line_of_json(text)
            if line is not None:
                lines[line.shard] = line
    return lines
