"""Writes codebook/data/common_words.yaml: how common each stem is in the sentences of the project's own corpus.

    .venv/bin/python scripts/make_common_words.py

A stem's weight is the logarithm of all sentences over those that hold it, in steps of a half. Groups of words of one meaning
are kept as they stand in the file.
"""

import csv
import math
import re
from collections import Counter
from pathlib import Path

import yaml

from communique.link.words import WORD, stem

ROOT = Path(__file__).resolve().parent.parent
FILE = ROOT / "src" / "communique" / "codebook" / "data" / "common_words.yaml"
FEWEST = 6  # sentences that hold a common stem
YAML_WORDS = ("no", "yes", "on", "off", "null", "true", "false", "y", "n")  # which YAML takes for something else


def main() -> None:
    """Counts and writes."""
    kept = FILE.read_text(encoding="utf-8").partition("# Counted")[0]
    own = yaml.safe_load(kept)
    same = {word: meant for meant, words in own["same"].items() for word in words}
    nothing = {str(word) for word in own["nothing"]}
    counted: Counter[str] = Counter()
    sentences = 0
    for path in sorted((ROOT / "corpus" / "train").glob("*.tsv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
                text = re.sub(r"</?[a-z]>", " ", row["marked_sentence"] or "").lower()
                bare = {re.sub(r"['’]s?$", "", word) for word in WORD.findall(text)} - nothing
                found = {same.get(word) or stem(word) for word in bare}
                counted.update({same.get(word, word) for word in found})
                sentences += 1
    steps: dict[float, list[str]] = {}
    for word, times in counted.items():
        if times >= FEWEST and len(word) > 1:
            weight = round(2 * math.log(sentences / times)) / 2
            steps.setdefault(weight, []).append(word)
    told = f"# Counted by scripts/make_common_words.py in {sentences:,} sentences of corpus/train; do not edit below.\n"
    lines = [told, "weights:\n"]
    for weight in sorted(steps):
        words = ", ".join(f'"{word}"' if word in YAML_WORDS else word for word in sorted(steps[weight]))
        lines.append(f"  {weight}: [{words}]\n")
    FILE.write_text(kept + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
