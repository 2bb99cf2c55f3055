"""A program that a test can kill: reads a folder into a record by two workers, and tells each document when it is stored."""

import sys
from pathlib import Path

from stub_stages import stub_stages

from communique.read import read_paths
from communique.run import Settings
from communique.run.many import Plan, read_many
from communique.store import Record

if __name__ == "__main__":
    folder, place = sys.argv[1:3]
    with Record.open(Path(place), create=True) as record:
        counts = read_many(
            record,
            read_paths([folder], stdin=None),
            Settings(),
            Plan(workers=2, shard_documents=3),
            progress=lambda source: print(source, flush=True),
            make_stages=stub_stages,
        )
    sys.exit(130 if counts.interrupted else 0)
