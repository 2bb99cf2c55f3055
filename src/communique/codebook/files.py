"""The codebook's data files: where they lie, how they are read, and the hash that names their state in a run."""

import hashlib
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

from communique.records import CodebookError

ROOT = files("communique.codebook") / "data"


def read_yaml(name: str) -> Any:
    """The content of one data file, `name` relative to `codebook/data`. Raises CodebookError when absent or malformed."""
    try:
        text = (ROOT / name).read_text(encoding="utf-8")
    except OSError as error:
        raise CodebookError(f"codebook file {name}: cannot be read ({error}); reinstall the package") from error
    return parse_yaml(text, name)


def parse_yaml(text: str, name: str) -> Any:
    """YAML text → plain values. Raises CodebookError that names the file and the line."""
    try:
        return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.YAMLError as error:
        raise CodebookError(f"codebook file {name}: not valid YAML ({error}); correct the line named") from error


def yaml_files(folder: str) -> list[str]:
    """Names (relative to `codebook/data`) of the YAML files in a folder, sorted."""
    return sorted(f"{folder}/{entry.name}" for entry in (ROOT / folder).iterdir() if entry.name.endswith(".yaml"))


def codebook_hash() -> str:
    """SHA-256 (hex) over the names and bytes of all data files."""
    digest = hashlib.sha256()
    for name, entry in sorted(_walk(ROOT, "")):
        content = entry.read_bytes()
        digest.update(f"{name}:{len(content)}:".encode() + content)
    return digest.hexdigest()


def _walk(folder: Traversable, prefix: str) -> list[tuple[str, Traversable]]:
    found: list[tuple[str, Traversable]] = []
    for entry in folder.iterdir():
        name = f"{prefix}{entry.name}"
        found.extend(_walk(entry, f"{name}/") if entry.is_dir() else [(name, entry)])
    return found
