"""Settings and stages → the Run: which program, codebook, parser and settings a part of the record was made with.

Two runs with the same id give the same coding of the same page, so that what one of them has done need not be done again.
"""

import hashlib
from collections.abc import Iterable, Iterator
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from communique import __version__
from communique.codebook.files import codebook_hash
from communique.records import Run, make_id
from communique.run.settings import Settings
from communique.run.stages import Stages

LINKING_ROOMS = ("codebook", "link", "records")
CODING_ROOMS = ("annotate", "clean", "codebook", "coding", "link", "read", "records", "resolve", "run")


def describe_run(settings: Settings, stages: Stages) -> Run:
    """Which program this is: version with the hash of its code, codebook, parser weights, settings."""
    parts = (f"{__version__}+{code_hash()[:12]}", codebook_hash(), stages.model_hash(), settings.described())
    return Run(
        id=make_id("run", *parts),
        version=parts[0],
        codebook_hash=parts[1],
        model_hash=parts[2],
        settings=parts[3],
    )


@lru_cache(maxsize=1)
def code_hash() -> str:
    """SHA-256 (hex) over the modules that decide the coding: a changed rule's work is not taken for the old one's."""
    return _hash_of(CODING_ROOMS)


@lru_cache(maxsize=1)
def linking_hash() -> str:
    """SHA-256 (hex) over the modules that decide the linking, which is done again where a rule has changed."""
    return _hash_of(LINKING_ROOMS)


def _hash_of(rooms: Iterable[str]) -> str:
    digest = hashlib.sha256()
    for room in rooms:
        for name, module in sorted(_modules(files("communique") / room, f"{room}/"), key=lambda each: each[0]):
            content = module.read_bytes()
            digest.update(f"{name}:{len(content)}:".encode() + content)
    return digest.hexdigest()


def _modules(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    for entry in folder.iterdir():
        if entry.is_dir():
            yield from _modules(entry, f"{prefix}{entry.name}/")
        elif entry.name.endswith(".py"):
            yield f"{prefix}{entry.name}", entry
