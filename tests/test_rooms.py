"""The import rule: data flows one way, so a room imports only the rooms that the design allows it."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "src" / "communique"
STAGES = {"read", "clean", "annotate", "resolve", "coding", "link"}
ALLOWED = {
    "records": set(),
    "codebook": {"records"},
    **{stage: {"records", "codebook"} for stage in STAGES},
    "read": {"records"},
    "store": {"records"},
    "run": {"records", "codebook", "store", *STAGES},
    "training": {"records", "codebook", "coding"},
    "evaluate": {"records", "codebook", "run", "store", "training", *STAGES},
    "export": {"records", "codebook", "store"},
    "brief": {"records", "codebook", "store", "export"},
    "assist": {"records", "codebook", "store"},
    "serve": {"records", "codebook", "store", "export", "run", "read"},
    "cli": {"records", "codebook", "store", "run", "evaluate", "export", "brief", "assist", "serve", *STAGES},
}
MODULES = sorted(PACKAGE.glob("*/**/*.py"))
HEAVY_ADAPTERS = {
    "spacy": {"annotate/parser.py"},
    "trafilatura": {"clean"},
    "sqlalchemy": {"store"},
    "rich": {"cli"},
    "typer": {"cli"},
    "onnxruntime": {"coding/classifier.py"},
    "torch": {"training"},
    "httpx": {"read"},
    "feedparser": {"read"},
    "fastwarc": {"read"},
    "datasketch": {"link"},
    "distributed": {"run"},
    "fastapi": {"serve"},
    "jinja2": {"serve", "brief", "export"},
    "mcp": {"assist"},
    "icalendar": {"export"},
    "followthemoney": {"export"},
}


def imported_names(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_room_imports_only_what_it_may(path: Path) -> None:
    room = path.relative_to(PACKAGE).parts[0]
    for name in imported_names(path):
        parts = name.split(".")
        if parts[0] == "communique" and len(parts) > 1:
            assert parts[1] == room or parts[1] in ALLOWED[room], f"{room} may not import {name}"
        for heavy, places in HEAVY_ADAPTERS.items():
            if parts[0] == heavy:
                relative = path.relative_to(PACKAGE).as_posix()
                assert any(relative.startswith(place) for place in places), f"{relative} may not import {heavy}"


def test_records_use_the_standard_library_only() -> None:
    import sys

    for path in (PACKAGE / "records").glob("*.py"):
        for name in imported_names(path):
            assert name.split(".")[0] in sys.stdlib_module_names | {"communique"}, f"{path.name} imports {name}"
