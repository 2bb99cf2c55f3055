"""The command line → docs/reference/commands.md: every command, argument and option with the help that it prints
itself."""

from collections.abc import Iterator
from enum import Enum
from typing import Any

import typer

from communique.cli.main import app
from reference_pages.markdown import cell, code, page_of, table

HEAD = """# Commands

*Made from the program by `python scripts/make_reference.py`; the same stands in `communique COMMAND --help`.*

Every command ends with 0, with 1 after an error, with 2 when it was called wrongly and with 130 after Ctrl-C; an
error is one line on standard
error. What is asked for goes to standard output, everything else (progress, hints) to standard error, so that output
can be piped.
Options that several commands share, and how they combine, are in [How to ask](../how-to/ask.md).
"""


def every_command() -> Iterator[tuple[str, Any]]:
    """(name with the program's, command) for the program, each group and each command, in the order of `--help`."""
    yield from _within("communique", typer.main.get_command(app))


def _within(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    yield name, command
    for below, each in getattr(command, "commands", {}).items():
        if not each.hidden:
            yield from _within(f"{name} {below}", each)


def parameters(command: Any) -> Iterator[Any]:
    """Its arguments and options, without --help."""
    return (each for each in command.params if not getattr(each, "hidden", False) and each.name != "help")


def page() -> str:
    """The page."""
    return page_of(_parts())


def _parts() -> Iterator[str]:
    yield HEAD
    commands = list(every_command())
    yield table(
        ("command", "what it does"),
        (
            (f"[`{name}`](#{name.replace(' ', '-')})", cell((command.help or "").strip().split("\n\n")[0]))
            for name, command in commands[1:]
        ),
    )
    for name, command in commands:
        yield f"## {name}"
        yield f"```\n{_usage(name, command)}\n```"
        for part in (command.help or "").strip().split("\n\n"):
            yield cell(part)
        rows = [(_names(each), _help(each)) for each in parameters(command)]
        if rows:
            yield table(("option", "meaning"), rows)


def _usage(name: str, command: Any) -> str:
    below = " COMMAND" if getattr(command, "commands", None) else ""
    arguments = [each for each in parameters(command) if each.param_type_name == "argument"]
    told = "".join(
        f" {label if each.required else f'[{label}]'}"
        for each in arguments
        for label in [_metavar(each) + ("" if each.nargs == 1 or _metavar(each).endswith("…") else "…")]
    )
    return f"{name} [OPTIONS]{told}{below}"


def _metavar(parameter: Any) -> str:
    return str(parameter.metavar or parameter.name.upper())


def _names(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return code(_metavar(parameter))
    value = "" if parameter.is_flag or parameter.count else f" {_metavar(parameter)}"
    return ", ".join(code(f"{each}{value}") for each in (*parameter.opts, *parameter.secondary_opts))


def _help(parameter: Any) -> str:
    told = cell(parameter.help or "")
    default = parameter.default
    if parameter.param_type_name == "option" and default not in (None, False, [], ()) and not callable(default):
        told += f" Default: {code(default.value if isinstance(default, Enum) else default)}."
    if parameter.envvar:
        told += f" Also from the environment: {code(parameter.envvar)}."
    return told
