"""`communique.toml` and the environment → docs/reference/settings.md, from the fields, the module's own example and
the options."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from communique.run import settings
from communique.run.settings import SETTINGS_FILE, Settings
from reference_pages.commands import every_command, parameters
from reference_pages.markdown import cell, code, page_of, table

LINE = re.compile(r"(?P<key>\w+) = (?P<example>.*?)\s+# (?P<told>.+)")
TABLE = re.compile(r"\[(?P<key>\w+)\]\s+# (?P<told>.+)")
HEAD = """# Settings

*Made from the program by `python scripts/make_reference.py`.*

Everything has a sensible value without a file. `communique.toml` in the working folder is read when it is there;
`--settings FILE` or
`COMMUNIQUE_SETTINGS` names another. Paths in it are relative to it (the record's: to the working folder). A key that
means nothing is refused, in one line.
"""
CODING = """What changes the coding (`actors`, `codebook`, `issues`, `max_characters`) is part of the run that is
stored with every claim: after a
change of one of them, `communique read` codes again what it is given.
"""
ENVIRONMENT = """An option on the command line outranks the environment, which outranks the file."""
OTHERS = (
    ("COMMUNIQUE_SMTP_PASSWORD", "The password for the mail server in `[mail]`; it is never kept in a file."),
    ("COMMUNIQUE_DEBUG", "`1` shows where in the program an unforeseen fault arose, instead of one line."),
    ("NO_COLOR", "Set to anything: no colours."),
    ("COLUMNS", "The width of tables, in characters, where the terminal does not tell it."),
)


def described() -> dict[str, tuple[str, str]]:
    """Setting (`mail.host` in a table) → (example, what it means), as the module tells them."""
    found: dict[str, tuple[str, str]] = {}
    table_name = ""
    for line in (settings.__doc__ or "").splitlines():
        if match := TABLE.fullmatch(line):
            table_name = f"{match['key']}."
            found[match["key"]] = ("", match["told"])
        elif match := LINE.fullmatch(line):
            found[table_name + match["key"]] = (match["example"], match["told"])
    return found


def every_setting() -> Iterator[tuple[str, FieldInfo]]:
    """(name, field), those of a table behind it as `mail.host`."""
    for name, each in Settings.model_fields.items():
        yield name, each
        for part in get_args(each.annotation) or (each.annotation,):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from ((f"{name}.{below}", inner) for below, inner in part.model_fields.items())


def environment() -> dict[str, list[str]]:
    """Variable → the options that it stands for."""
    found: dict[str, list[str]] = {}
    for name, command in every_command():
        for each in parameters(command):
            for variable in [each.envvar] if isinstance(each.envvar, str) else each.envvar or ():
                found.setdefault(variable, []).append(f"{name} {each.opts[0]}")
    return found


def page() -> str:
    """The page."""
    return page_of(_parts())


def _parts() -> Iterator[str]:
    yield HEAD
    yield f"## {SETTINGS_FILE}"
    told = described()
    yield table(
        ("setting", "kind", "default", "meaning"),
        (
            (code(name), _kind(field.annotation), _default(field), cell(told[name][1]))
            for name, field in every_setting()
        ),
    )
    yield "All of them, in one file:"
    yield "\n".join(["```toml", *_example(told), "```"])
    yield CODING
    yield "## Environment"
    yield ENVIRONMENT
    rows = [(code(name), f"{code(options[0].split()[-1])}" + _of(options)) for name, options in environment().items()]
    yield table(("variable", "stands for"), [*rows, *((code(name), meaning) for name, meaning in OTHERS)])


def _of(options: list[str]) -> str:
    if len(options) > 2:
        return " of every command that has it"
    return f" of {' and '.join(code(each.rsplit(' ', 1)[0]) for each in options)}"


def _example(told: dict[str, tuple[str, str]]) -> Iterator[str]:
    for name, (example, _) in told.items():
        yield f"{name.rpartition('.')[2]} = {example}" if example else f"\n[{name}]"


def _kind(annotation: object) -> str:
    parts = get_args(annotation) or (annotation,)
    words = {Path: "path", int: "number", str: "text", bool: "yes or no", float: "number"}
    told = [words.get(each, "table") for each in parts if isinstance(each, type) and each is not type(None)]
    return f"list of {told[0]}s" if Ellipsis in parts else " or ".join(told)


def _default(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    value = field.default
    return "none" if value in (None, ()) else code("true" if value is True else value)
