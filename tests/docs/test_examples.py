"""What the pages show can be done: commands are understood, settings load, files of one's own are taken, Python runs."""

import ast
import tomllib
from pathlib import Path
from typing import Any

import pytest
import typer
from shown import DOCS, blocks, commands

from communique.cli.main import app
from communique.codebook.custom import load_custom
from communique.codebook.own_issues import load_own_issues
from communique.run.settings import Settings

PAGES = sorted(each.relative_to(DOCS).as_posix() for each in DOCS.rglob("*.md"))
BLOCKS = [block for path in PAGES for block in blocks(path)]
CALLS = sorted({(block.path, words) for block in BLOCKS for words in commands(block)})


def understood(command: Any, name: str, words: list[str]) -> None:
    """Goes down to the command that is called; raises where it would be refused as called wrongly."""
    context = command.make_context(name, words, resilient_parsing=False)
    rest = [*getattr(context, "_protected_args", getattr(context, "protected_args", [])), *context.args]
    if getattr(command, "commands", None) and rest:
        assert rest[0] in command.commands, f"{rest[0]} is no command"
        understood(command.commands[rest[0]], rest[0], rest[1:])


@pytest.mark.parametrize(("path", "words"), CALLS, ids=[f"{path}: {' '.join(words)}"[:90] for path, words in CALLS])
def test_command_is_understood(path: str, words: tuple[str, ...]) -> None:
    understood(typer.main.get_command(app), "communique", [word for word in words if word not in ("…", "...")])


def test_a_command_that_is_none_is_refused() -> None:
    with pytest.raises(AssertionError, match="is no command"):
        understood(typer.main.get_command(app), "communique", ["predict", "x"])
    with pytest.raises(typer.TyperException):
        understood(typer.main.get_command(app), "communique", ["claims", "--mood", "x"])


@pytest.mark.parametrize("block", [each for each in BLOCKS if each.language == "toml"], ids=lambda each: each.path)
def test_settings_that_are_shown_load(block: Any) -> None:
    assert Settings.model_validate(tomllib.loads(block.text))


def test_issues_that_are_shown_load(tmp_path: Path) -> None:
    (shown,) = (each for each in blocks("how-to/positions-and-issues.md") if each.language == "yaml")
    (tmp_path / "own.yaml").write_text(shown.text, encoding="utf-8")
    assert "lake levels" in {each.name for each in load_own_issues(tmp_path / "own.yaml")}


@pytest.mark.parametrize("path", sorted((DOCS / "examples").glob("*.yaml")), ids=lambda path: path.name)
def test_codebook_files_that_are_shown_load(path: Path) -> None:
    assert load_custom(path)


@pytest.mark.parametrize(
    "block",
    [each for each in BLOCKS if each.language == "python" and not each.path.startswith("reference/")],
    ids=lambda each: each.path,
)
def test_python_that_is_shown_is_python(block: Any) -> None:
    for node in ast.walk(ast.parse(block.text)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("communique"):
            module = __import__(node.module or "", fromlist=[each.name for each in node.names])
            assert all(hasattr(module, each.name) for each in node.names)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "communique":
            assert hasattr(__import__("communique"), node.attr), f"communique.{node.attr}"
