"""The vendored browser libraries are exactly those of their tables, with licences, and name no package index."""

import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FOLDERS = (ROOT / "src/communique/serve/static/vendor", ROOT / "tests/serve/vendor")
OPEN_LICENCES = {"0BSD", "MIT", "ISC", "OFL-1.1", "MPL-2.0"}
INDEX_TRACES = (b"registry.", b"unpkg.com", b"jsdelivr", b"cdnjs")


def table(folder: Path) -> list[dict[str, Any]]:
    read: list[dict[str, Any]] = json.loads((folder / "vendored.json").read_text(encoding="utf-8"))
    return read


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.parent.name)
def test_every_file_is_listed_with_its_sum(folder: Path) -> None:
    listed = {wanted["file"]: wanted["sha256"] for package in table(folder) for wanted in package["files"]}
    found = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "vendored.json"
    }
    assert found == listed


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.parent.name)
def test_every_package_has_an_exact_version_and_an_open_licence_with_its_text(folder: Path) -> None:
    for package in table(folder):
        assert package["version"].replace(".", "").isdigit(), package["name"]
        assert package["licence"] in OPEN_LICENCES, package["name"]
        texts = [each["file"] for each in package["files"] if each["file"].startswith("licences/")]
        assert texts, package["name"]
        assert all(len((folder / text).read_text(encoding="utf-8")) > 400 for text in texts)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.parent.parent.name)
def test_no_file_names_a_package_index(folder: Path) -> None:
    for path in folder.rglob("*"):
        if path.is_file() and path.suffix != ".woff2":
            content = path.read_bytes()
            assert not [trace for trace in INDEX_TRACES if trace in content], path.name
