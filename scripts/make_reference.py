"""The program → the pages of docs/reference, so that they cannot say what it does not do; tests fail while one is stale.

`python scripts/make_reference.py` writes them, `--check` only tells which differ and ends with 1 when one does.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "scripts"))

from reference_pages import api, codebook, commands, records, settings  # noqa: E402

from communique.export.reference import reference as exports  # noqa: E402

FOLDER = ROOT / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {
    "api.md": api.page,
    "codebook.md": codebook.page,
    "commands.md": commands.page,
    "exports.md": exports,
    "records.md": records.page,
    "settings.md": settings.page,
}


def stale() -> dict[str, str]:
    """File name → what it should hold, for those that differ."""
    made = {name: page() for name, page in PAGES.items()}
    return {name: text for name, text in made.items() if _found(FOLDER / name) != text}


def _found(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def main() -> int:
    """0, or 1 with --check when a page is stale."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only tell which pages differ")
    asked = parser.parse_args()
    differing = stale()
    for name, text in differing.items():
        sys.stdout.write(f"docs/reference/{name}: {'is stale' if asked.check else 'written'}\n")
        if not asked.check:
            (FOLDER / name).write_text(text, encoding="utf-8")
    return 1 if asked.check and differing else 0


if __name__ == "__main__":
    sys.exit(main())
