"""The scorers by name, each a function from an annotated set's path to plain figures: what the scoreboard runs.

An explicit table, so that a test can put others in their stead. What a set needs coded twice (with the crosswalk and
without) is coded once.
"""

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.records import ReadingError

Figures = dict[str, Any]
Scorer = Callable[[Path], Figures]
REMEMBERED = 4096  # sentences whose coding is kept for the second reading


def own_scorers() -> dict[str, Scorer]:
    """The program's own. Parser and model are loaded when the first of them is called."""
    from communique.evaluate.actors import evaluate_actors
    from communique.evaluate.claims import evaluate_claims
    from communique.evaluate.relations import evaluate_relations
    from communique.evaluate.sentences import code_sentence
    from communique.evaluate.times import evaluate_times

    code = lru_cache(maxsize=REMEMBERED)(code_sentence)
    return {
        "times": lambda path: evaluate_times(path).as_json(),
        "statements": statements,
        "actors": lambda path: evaluate_actors(path).as_json(),
        "places": places,
        "relations": lambda path: evaluate_relations(path).as_json(),
        "relations_bare": lambda path: evaluate_relations(path, crosswalk=None).as_json(),
        "claims": lambda path: evaluate_claims(path, code=code).as_json(),
        "claims_bare": lambda path: evaluate_claims(path, crosswalk=None, code=code).as_json(),
        "article": article,
        "articles": articles,
        "links": links,
        "card": card,
    }


def statements(path: Path) -> Figures:
    """The figures of the statements, each role with the number of spans `expected`."""
    from communique.evaluate.statements import ROLES, evaluate_statements

    scores = evaluate_statements(path)
    told = scores.as_json()
    return told | {role: told[role] | {"expected": scores.exact[role].expected} for role in ROLES}


def places(path: Path) -> Figures:
    """The figures of the places, and the share of events without a place for which none is found."""
    from communique.evaluate.places import evaluate_places

    scores = evaluate_places(path)
    return scores.as_json() | {"null_share": round(scores.null.share, 4)}


def article(path: Path) -> Figures:
    """One annotated folder: each section with its `share` found, and `wrong` in all."""
    from communique.evaluate.article import evaluate_article

    return with_shares(evaluate_article(path).as_json())


def articles(path: Path) -> Figures:
    """All annotated folders two levels below `path`, added up. Raises ReadingError when there is none."""
    from communique.evaluate.article import evaluate_article

    folders = sorted(each.parent for each in path.glob("*/*/expected.yaml"))
    if not folders:
        raise ReadingError(f"{path}: holds no annotated article; give the folder that holds in_the_wild and negative")
    total: Figures = {}
    for folder in folders:
        total = added(total, evaluate_article(folder).as_json())
    return with_shares(total)


def links(path: Path) -> Figures:
    """One annotated record of many articles: the figures of its comparisons."""
    from communique.evaluate.links import evaluate_links

    return evaluate_links(path).as_json()


def card(path: Path) -> Figures:
    """What the model's card says. Raises ReadingError when it is no JSON object."""
    try:
        figures = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ReadingError(f"{path}: is no model card ({error}); run make model") from error
    if not isinstance(figures, dict):
        raise ReadingError(f"{path}: is no model card (no JSON object); run make model")
    return figures


def added(left: Figures, right: Figures) -> Figures:
    """The sum of two objects of counts of the same form; an empty one adds nothing."""
    if not left:
        return right
    return {
        key: added(left[key], value) if isinstance(value, dict) else left[key] + value for key, value in right.items()
    }


def with_shares(figures: Figures) -> Figures:
    """Sections get the share found (none where nothing is expected), the whole the number of wrong records."""
    told = dict(figures)
    for name, each in figures.items():
        if isinstance(each, dict) and each["expected"]:
            told[name] = each | {"share": round(each["found"] / each["expected"], 4)}
    told["wrong"] = sum(each["wrong"] for each in figures.values() if isinstance(each, dict))
    return told
