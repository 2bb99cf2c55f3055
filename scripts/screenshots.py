"""Pictures of every page for the documentation: `python scripts/screenshots.py [--record FILE] [--into FOLDER]`.

In: a record (the demonstration record, read and linked for the occasion, without `--record`). Out: one PNG a page in
docs/images/pages, and one of a phone and of a dark screen. Needs Chromium; the server is started here and ended again.
"""

import argparse
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from communique.read import read_paths
from communique.run import Settings
from communique.run.linking import link_record
from communique.run.many import Plan, read_many
from communique.serve import make_app
from communique.store import Record

ROOT = Path(__file__).parent.parent
DEMO = ROOT / "src/communique/demo/record"
INTO = ROOT / "docs/images/pages"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844}
# name, address, what must be seen before the picture is taken
PAGES = (
    ("front", "/", ".story.lead"),
    ("timeline", "/timeline?since=2021-12-01&until=2022-02-28", ".chart-note"),
    ("positions", "/positions?since=2021-12-01&until=2022-02-28", ".board"),
    ("meetings", "/meetings?month=2022-01", ".calendar"),
    ("actors", "/actors", ".network .tie"),
    ("map", "/map", ".map .spot"),
    ("search", "/search?q=Geneva", "mark"),
    ("sources", "/sources", ".share"),
    ("problems", "/problems", "h1"),
)


def main() -> None:
    """Takes all pictures."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("--record", type=Path)
    asked.add_argument("--into", type=Path, default=INTO)
    options = asked.parse_args()
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("Chromium is not installed; install it and run the script again")
    options.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        path = options.record or demonstration(Path(folder) / "demo.db")
        with served(path) as base, sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            take_all(browser, base, options.into)
            browser.close()


def demonstration(path: Path) -> Path:
    """The demonstration record, read and linked."""
    with Record.open(path, create=True) as record:
        read_many(record, read_paths([str(DEMO)]), Settings(), Plan())
        link_record(record, settings=Settings())
    return path


@contextmanager
def served(path: Path) -> Iterator[str]:
    """The address of a server on the record, for as long as the block runs."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(make_app(path, settings=Settings()), port=port, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started and thread.is_alive():
        time.sleep(0.05)
    yield f"http://127.0.0.1:{port}"
    server.should_exit = True
    thread.join(20)


def take_all(browser: Browser, base: str, into: Path) -> None:
    """Every page on a desk, then what a phone and a dark screen make of some."""
    page = browser.new_context(viewport=DESKTOP).new_page()  # type: ignore[arg-type]
    for name, address, seen in PAGES:
        take(page, base + address, seen, into / f"{name}.png")
    event = first(page, f"{base}/", ".beside .headline a[href^='/events/']") or first(
        page, f"{base}/timeline", ".headline a[href^='/events/']"
    )
    words = first(page, f"{base}/timeline?since=2022-01-01&until=2022-02-01&status=occurred", "blockquote a")
    line = first(page, f"{base}/positions?since=2021-12-01&until=2022-02-28", "td a[href^='/positions/line']")
    tie = first(page, f"{base}/actors", ".pairs a")
    for name, found, seen in (
        ("event", event, ".report"),
        ("article", words, ".card.chosen"),
        ("line", line, ".history"),
        ("dyad", tie, ".plot"),
    ):
        if found:
            take(page, base + found, seen, into / f"{name}.png")
    for name, kind in (("phone", {"viewport": PHONE}), ("dark", {"viewport": DESKTOP, "color_scheme": "dark"})):
        other: Any = browser.new_context(**kind).new_page()
        if words:
            take(other, base + words, ".card.chosen", into / f"article-{name}.png")


def first(page: Page, address: str, selector: str) -> str | None:
    """The address of the first such link of a page."""
    page.goto(address)
    found = page.locator(selector)
    return found.first.get_attribute("href") if found.count() else None


def take(page: Page, address: str, seen: str, into: Path) -> None:
    """One picture of the window."""
    page.goto(address)
    page.wait_for_selector(seen, state="attached")
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    page.screenshot(path=into)


if __name__ == "__main__":
    main()
