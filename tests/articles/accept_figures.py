"""Scores all annotated articles, shows what is missed or wrong, and keeps the figures: `python tests/articles/accept_figures.py`.

`--show` only shows, and a part of a folder's name (`accept_figures.py --show summit`) shows only the articles that have it.
"""

import sys

from article_figures import FOLDERS, figures_of, load_figures, name_of, write_figures

from communique.evaluate.article import SECTIONS, evaluate_article


def main(arguments: list[str]) -> None:
    """Prints one block an article; writes figures.yaml unless told only to show or only a part."""
    only_show = "--show" in arguments
    parts = [each for each in arguments if not each.startswith("--")]
    figures = load_figures()
    totals = dict.fromkeys(SECTIONS, (0, 0, 0))
    for folder in FOLDERS:
        name = name_of(folder)
        if parts and not any(part in name for part in parts):
            continue
        scores = evaluate_article(folder)
        told = scores.as_json()
        print(f"\n{name}: never {told['never']}, unmatched {told['unmatched_claims']}")
        print("  " + ", ".join(f"{each} {told[each]['found']}/{told[each]['expected']}" for each in SECTIONS))
        print("\n".join(f"    {line}" for line in scores.errors))
        for each in SECTIONS:
            found, expected, wrong = totals[each]
            section = told[each]
            totals[each] = (found + section["found"], expected + section["expected"], wrong + section["wrong"])
        figures[name] = figures_of(scores)
    print(
        "\n"
        + "\n".join(
            f"{each}: {found} of {expected}, wrong {wrong}" for each, (found, expected, wrong) in totals.items()
        )
    )
    if not only_show:
        write_figures({name: each for name, each in figures.items() if name in {name_of(folder) for folder in FOLDERS}})


if __name__ == "__main__":
    main(sys.argv[1:])
