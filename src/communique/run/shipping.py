"""Settings and the user's own files that they name → a machine that has no such files.

There they lie in a passing folder, one for each state of the files, that goes with the process.
"""

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from communique.run.settings import Settings


@dataclass(frozen=True, slots=True, kw_only=True)
class SentSettings:
    """The settings, and the bytes of the files in them."""

    settings: Settings
    actors: bytes | None
    codebook: tuple[bytes, ...]


def pack(settings: Settings) -> SentSettings:
    """Reads the files. Raises ConfigurationError when one cannot be read."""
    return SentSettings(settings=settings, actors=settings.actors_content(), codebook=settings.codebook_contents())


@lru_cache(maxsize=4)
def unpack(sent: SentSettings) -> Settings:
    """The settings with paths that hold on this machine; their description, and so the run, is the same."""
    settings = sent.settings
    if settings.actors is None and not settings.codebook:
        return settings
    folder = Path(tempfile.mkdtemp(prefix="communique-settings-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    changed: dict[str, object] = {}
    if settings.actors is not None and sent.actors is not None:
        changed["actors"] = _written(folder / "actors" / settings.actors.name, sent.actors)
    numbered = enumerate(zip(settings.codebook, sent.codebook, strict=True))
    changed["codebook"] = tuple(_written(folder / str(number) / path.name, each) for number, (path, each) in numbered)
    return settings.model_copy(update=changed)


def _written(place: Path, content: bytes) -> Path:
    place.parent.mkdir()
    place.write_bytes(content)
    return place
