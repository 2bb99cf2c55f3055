"""The accepted figures of our annotated articles: where the folders are, what is kept, what counts as a fall."""

from pathlib import Path
from typing import Any

import yaml

from communique.evaluate.article import SECTIONS, ArticleScores

ARTICLES = Path(__file__).parent
FIGURES = ARTICLES / "figures.yaml"
FOLDERS = sorted(path.parent for path in ARTICLES.glob("*/*/expected.yaml"))
HEADER = "# Accepted by accept_figures.py: found per section; ceilings for wrong records, broken nevers and unmatched claims.\n"

Figures = dict[str, dict[str, Any]]


def name_of(folder: Path) -> str:
    """The folder's name in the figures file, e.g. `negative/market-wrap`."""
    return folder.relative_to(ARTICLES).as_posix()


def figures_of(scores: ArticleScores) -> dict[str, Any]:
    """What is kept of one article's scores."""
    told = scores.as_json()
    return {
        "found": {name: told[name]["found"] for name in SECTIONS},
        "wrong": {name: told[name]["wrong"] for name in SECTIONS},
        "never": told["never"],
        "unmatched_claims": told["unmatched_claims"],
    }


def falls(accepted: dict[str, Any], now: dict[str, Any]) -> list[str]:
    """The figures that are worse than the accepted ones, in words; a missing one counts as worse."""
    worse = [
        f"{name}: found {now['found'][name]}, accepted {accepted['found'].get(name)}"
        for name in SECTIONS
        if now["found"][name] < accepted["found"].get(name, now["found"][name] + 1)
    ]
    worse += [
        f"{name}: wrong {now['wrong'][name]}, accepted {accepted['wrong'].get(name)}"
        for name in SECTIONS
        if now["wrong"][name] > accepted["wrong"].get(name, -1)
    ]
    return worse + [
        f"{name}: {now[name]}, accepted {accepted[name]}"
        for name in ("never", "unmatched_claims")
        if now[name] > accepted[name]
    ]


def load_figures() -> Figures:
    """The accepted figures by folder name; none when nothing was accepted yet."""
    if not FIGURES.exists():
        return {}
    loaded: Figures = yaml.safe_load(FIGURES.read_text(encoding="utf-8"))
    return loaded


def write_figures(figures: Figures) -> None:
    """Replaces the accepted figures."""
    rows = [f"{name}: {_flow(figures[name])}" for name in sorted(figures)]
    FIGURES.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")


def _flow(figures: dict[str, Any]) -> str:
    text: str = yaml.safe_dump(figures, default_flow_style=True, sort_keys=False, width=10_000)
    return text.strip()
