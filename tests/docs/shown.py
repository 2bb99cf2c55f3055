"""Documentation → the commands and answers that it shows."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

DOCS = Path(__file__).parent.parent.parent / "docs"
FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<inside>.*?)^ *```$", re.MULTILINE | re.DOTALL)
PLACEHOLDER = re.compile(r"[A-Z][A-Z-]*[A-Z]")
ELLIPSIS = "…"


@dataclass(frozen=True, slots=True)
class Block:
    """A fenced block of a page."""

    path: str
    language: str
    text: str


@dataclass(frozen=True, slots=True)
class Example:
    """A command, split as a shell splits it, and the lines that are shown of its answer (a lone … stands for any)."""

    words: tuple[str, ...]
    answer: tuple[str, ...]

    @property
    def is_pattern(self) -> bool:
        """True where a word in capitals stands for a value: `explain CLAIM`."""
        return any(PLACEHOLDER.fullmatch(word) for word in self.words)


def blocks(path: str) -> Iterator[Block]:
    """The fenced blocks of a page (a path relative to docs/), and the lines set in by four that begin with the program."""
    text = (DOCS / path).read_text(encoding="utf-8")
    for found in FENCE.finditer(text):
        yield Block(path, found["language"], found["inside"])
    for line in FENCE.sub("", text).splitlines():
        if line.startswith("    communique "):
            yield Block(path, "sh", line.strip())


def commands(block: Block) -> Iterator[tuple[str, ...]]:
    """The words behind `communique` of every call in a block for the shell."""
    if block.language not in ("sh", "bash", "console"):
        return
    for line in block.text.replace("\\\n", " ").splitlines():
        for part in re.split(r"\s(?:&&|\||>)\s", line.strip().removeprefix("$ ")):
            words = shlex.split(part, comments=True)
            if words[:1] == ["communique"]:
                yield tuple(words[1:])


def examples(path: str) -> Iterator[Example]:
    """The `$ command` lines of a page's console blocks, each with what is shown below it."""
    for block in blocks(path):
        if block.language != "console":
            continue
        for part in re.split(r"^\$ ", block.text, flags=re.MULTILINE)[1:]:
            first, _, rest = part.partition("\n")
            yield Example(tuple(shlex.split(first)), tuple(line for line in rest.splitlines() if line.strip()))


def missing(answer: tuple[str, ...], said: str) -> str | None:
    """The first line of the shown answer that was not said, in its order; None when all were.

    Lines that follow each other in the answer follow each other in what was said (empty ones aside); … lets others between.
    """
    lines = [line.rstrip() for line in said.splitlines() if line.strip()]
    at, loose = 0, True
    for line in answer:
        if line.strip() == ELLIPSIS:
            loose = True
            continue
        wanted = line.rstrip()
        places = [place for place, each in enumerate(lines[at:], at) if each == wanted]
        if not places or (not loose and places[0] != at):
            return line
        at, loose = places[0] + 1, False
    return None
