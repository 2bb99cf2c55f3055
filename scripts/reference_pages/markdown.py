"""Text → pieces of Markdown that cannot break a table or become a tag."""

from collections.abc import Iterable, Iterator, Sequence


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
