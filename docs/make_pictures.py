"""Draws the pictures of the README from the program's own output: `.venv/bin/python docs/make_pictures.py`."""

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

FOLDER = Path(__file__).parent / "images"
PROGRAM = Path(sys.executable).parent / "communique"
WIDTH = 100
LONGEST_LINES = 46


def draw(name: str, arguments: list[str], record: Path, skip_lines: int = 0) -> None:
    """Runs the program in colour at 100 columns and saves what it prints as an SVG."""
    environment = os.environ | {"COLUMNS": str(WIDTH), "FORCE_COLOR": "1", "TERM": "xterm-256color"}
    environment["COMMUNIQUE_RECORD"] = str(record)
    printed = subprocess.run([PROGRAM, *arguments], env=environment, capture_output=True, text=True, check=True).stdout
    lines = printed.splitlines()[skip_lines : skip_lines + LONGEST_LINES]
    console = Console(record=True, width=WIDTH, file=open(os.devnull, "w"), force_terminal=True)  # noqa: SIM115
    console.print(Text.from_ansi("\n".join(lines)))
    picture = console.export_svg(title=f"communique {' '.join(arguments)}")
    local = re.sub(r"@font-face \{.*?\}", "", picture, flags=re.DOTALL)  # no font is fetched: the reader's own is used
    (FOLDER / f"{name}.svg").write_text(local, encoding="utf-8")


def main() -> None:
    """Reads the demonstration article into a record of its own and draws the views."""
    FOLDER.mkdir(exist_ok=True)
    article = Path(__file__).parent.parent / "src" / "communique" / "demo" / "article.html"
    with tempfile.TemporaryDirectory() as folder:
        record = Path(folder) / "demo.db"
        subprocess.run([PROGRAM, "read", "--record", record, article], check=True, capture_output=True)
        draw("timeline", ["timeline"], record)


if __name__ == "__main__":
    main()
