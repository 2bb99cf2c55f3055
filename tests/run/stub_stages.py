"""Stages that workers can import and that need no parser: every page is read as the hand-made article of the store's tests.

Words in a page make its worker misbehave: `POISON` ends the process, `ONCE` ends it the first time (the file named in the
page remembers), `BROKEN` gives no article. Where the environment names a file in LOG, each page that is coded adds a line
to it, and `SLOW` takes a while.
"""

import os
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "store"))
sys.path.insert(0, str(Path(__file__).parent))

from fakes import fake_stages
from handmade import TEXT

from communique.records import ReadingError
from communique.run.stages import Stages

SLOW_S = 0.1
LOG = "STUB_STAGES_LOG"


def stub_stages() -> Stages:
    """The stages, made where they are used."""
    made = fake_stages()

    def clean(page: Any) -> Any:
        words = page.content.decode()
        if "POISON" in words:
            os._exit(3)
        if "ONCE" in words:
            marker = Path(words.split("ONCE ")[1].split("\n")[0])
            if not marker.exists():
                marker.touch()
                os._exit(4)
        if LOG in os.environ:
            if "SLOW" in words:
                time.sleep(SLOW_S)
            with open(os.environ[LOG], "a", encoding="utf-8") as log:
                log.write(f"{page.source}\n")
        if "BROKEN" in words:
            raise ReadingError(f"{page.source}: holds no text; check the page")
        return made.clean(page)

    return replace(made, clean=clean)


def write_pages(folder: Path, number: int, words: str = "") -> Path:
    """A folder of so many pages, 000.txt and on."""
    folder.mkdir(exist_ok=True)
    for each in range(number):
        (folder / f"{each:03}.txt").write_text(f"{TEXT}\n\n{words} {each}", encoding="utf-8")
    return folder
