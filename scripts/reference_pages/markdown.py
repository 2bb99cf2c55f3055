"""Text → pieces of Markdown that cannot break a table or become a tag."""

import inspect
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

MODULES = re.compile(r"\b(?:[a-z_]+\.)+(?=[A-Z])")
DEFAULTS = re.compile(r"= (?P<name>[A-Z]\w+)\((?:[^()]|\([^()]*\))*\)")
CLASSES = re.compile(r"<class '(?:\w+\.)*(?P<name>\w+)'>")


def cell(text: object) -> str:
    """The text in one line, with what would end a cell or begin a tag written out."""
    return " ".join(str(text).split()).replace("|", "\\|").replace("<", "&lt;")


def code(text: object) -> str:
    """The text as code, in a cell too."""
    return f"`{' '.join(str(text).split())}`".replace("|", "\\|")


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; the cells are Markdown already."""
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def page_of(parts: Iterable[str]) -> str:
    """The parts with an empty line between them."""
    return "\n\n".join(part.strip("\n") for part in parts if part.strip()) + "\n"


def paragraphs(docstring: str | None) -> Iterator[str]:
    """A docstring's paragraphs, each in one line; examples (lines set in by four) as code."""
    for part in (docstring or "").split("\n\n"):
        lines = part.strip("\n").splitlines()
        if lines and all(line.startswith("    ") or not line.strip() for line in lines):
            yield "\n".join(["```", *(line[4:] for line in lines), "```"])
        elif lines:
            yield " ".join(" ".join(lines).split()).replace("<", "&lt;")


def short_type(annotation: Any) -> str:
    """A type as it is written where it is imported: `Claim`, not the module that it comes from."""
    if isinstance(annotation, type) and not hasattr(annotation, "__args__"):
        return annotation.__name__
    told = CLASSES.sub(r"\g<name>", str(annotation))
    return MODULES.sub("", told.replace("datetime.date", "date"))


def signature(name: str, found: Any, *, bound: bool = False) -> str:
    """A call of the function or class as it is written; `bound` leaves `self` out. The name alone where there is none to know."""
    try:
        told = str(inspect.signature(found))
    except (TypeError, ValueError):
        return name
    told = CLASSES.sub(r"\g<name>", told.replace("datetime.date", "date"))
    told = DEFAULTS.sub(r"= \g<name>()", MODULES.sub("", told))
    if bound:
        told = told.replace("(self, ", "(", 1).replace("(self)", "()", 1)
    return f"{name}{told.replace(', /', '')}"
