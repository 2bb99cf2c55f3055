"""`communique.toml` and the environment → docs/reference/settings.md, from the fields, the module's own example and
the options."""

import re
from collections.abc import Iterator
from typing import get_args

from communique.run import settings
from communique.run.settings import SETTINGS_FILE, Settings
from reference_pages.commands import every_command, parameters
from reference_pages.markdown import cell, code, page_of, table

LINE = re.compile(r"^(?P<key>\w+) = (?P<example>.*?)\s+# (?P<told>.+)$", re.MULTILINE)
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
    ("COMMUNIQUE_DEBUG", "`1` shows where in the program an unforeseen fault arose, instead of one line."),
    ("NO_COLOR", "Set to anything: no colours."),
    ("COLUMNS", "The width of tables, in characters, where the terminal does not tell it."),
)


def described() -> dict[str, tuple[str, str]]:
    """Setting → (example, what it means), as the module tells them."""
    return {each["key"]: (each["example"], each["told"]) for each in LINE.finditer(settings.__doc__ or "")}


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
            (code(name), _kind(field.annotation), code(_default(field.default)), cell(told[name][1]))
            for name, field in Settings.model_fields.items()
        ),
    )
    yield "All of them, in one file:"
    yield "\n".join(["```toml", *(f"{name} = {told[name][0]}" for name in Settings.model_fields), "```"])
    yield CODING
    yield "## Environment"
    yield ENVIRONMENT
    rows = [(code(name), f"{code(options[0].split()[-1])}" + _of(options)) for name, options in environment().items()]
    yield table(("variable", "stands for"), [*rows, *((code(name), meaning) for name, meaning in OTHERS)])


def _of(options: list[str]) -> str:
    if len(options) > 2:
        return " of every command that has it"
    return f" of {' and '.join(code(each.rsplit(' ', 1)[0]) for each in options)}"


def _kind(annotation: object) -> str:
    names = [getattr(each, "__name__", str(each)) for each in get_args(annotation) or (annotation,)]
    words = {"Path": "path", "int": "number", "str": "text", "ellipsis": "…", "bool": "yes or no", "float": "number"}
    told = [words[each] for each in names if each in words and words[each] != "…"]
    return f"list of {told[0]}s" if "Ellipsis" in str(get_args(annotation)) else " or ".join(told)


def _default(value: object) -> str:
    return "none" if value in (None, ()) else str(value)
