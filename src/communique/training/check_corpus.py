"""The corpus' validator: `python -m communique.training.check_corpus [--near] [--against FILE.tsv …]`. Exit 1 when a line is wrong.

It checks marks, labels, duplicates and near-duplicates (also against other files' `sentence` column, so that no benchmark
sentence slips in), and prints how often each type, mode, status, style, region and kind of actor is covered.
"""

import argparse
import csv
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from communique.codebook.event_types import load_event_types
from communique.records import Status
from communique.training.corpus import COLUMNS, CORPUS, CorpusError, Example, read_row

STYLES = {"wire", "headline", "translated", "quoted", "nominal", "brief", "feature", "live"}
REGIONS = {"EUR", "MENA", "SSA", "SAS", "EAS", "SEA", "CAS", "NAM", "LAM", "OCE", "INT"}
KINDS = {
    "state", "rebel", "court", "company", "crowd", "international", "police", "party", "media", "church", "ngo", "union",
    "other",
}  # fmt: skip
NONE = "NONE"
NEAR = 88.0  # rapidfuzz ratio (0-100) from which two sentences are near-duplicates, unless written as twins
LEAST_PER_MODE = 40
LONGEST_TRIGGER_WORDS = 6


def faults(example: Example, modes: dict[str, set[str]]) -> Iterator[str]:
    """What is wrong with one example, one line each."""
    if example.type not in modes and example.type != NONE:
        yield f"unknown type {example.type!r}"
        return
    for mode in example.modes:
        if mode not in modes.get(example.type, set()):
            yield f"{example.type} has no mode {mode!r}"
    if example.type == NONE and example.status:
        yield "NONE has no status"
    if example.type != NONE and example.status not in set(Status):
        yield f"unknown status {example.status!r}"
    for value, known, name in (
        (example.style, STYLES, "style"),
        (example.region, REGIONS, "region"),
        (example.kind, KINDS, "kind"),
    ):
        if value not in known:
            yield f"unknown {name} {value!r}"
    if "trigger" not in example.marks:
        yield "no <e> trigger"
    elif len(example.sentence[slice(*example.marks["trigger"])].split()) > LONGEST_TRIGGER_WORDS:
        yield "the trigger is longer than six words"
    if example.type != NONE and not {"actor", "recipient"} & set(example.marks):
        yield "neither <s> nor <t>"
    for name, (start, end) in example.marks.items():
        words = example.sentence[start:end]
        if words != words.strip() or words[-1:] in ",;:":
            yield f"the {name} mark {words!r} begins or ends with a space or a comma"
    if re.search(r"[<>]|\s{2}", example.sentence):
        yield "stray < or >, or a double space"
    if len(example.sentence.split()) < 4:
        yield "fewer than four words"


def main(arguments: list[str] | None = None) -> int:
    """Runs the validator; 0 when every line is sound."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=CORPUS)
    parser.add_argument("--near", action="store_true", help="look for near-duplicates too (about a minute)")
    parser.add_argument(
        "--against", nargs="*", type=Path, default=[], help="files with a `sentence` column to keep apart from"
    )
    options = parser.parse_args(arguments)
    types = load_event_types()
    modes = {name: set(each.mode_scores) for name, each in types.types.items()}
    examples, problems = _read(sorted(options.folder.rglob("*.tsv")))
    for example in examples:
        problems += [f"{example.place}: {fault}" for fault in faults(example, modes)]
    problems += duplicates(examples)
    if options.near:
        problems += near_duplicates(examples, options.against)
    for line in problems:
        print(line)
    print_coverage(examples, modes)
    print(f"{len(examples)} lines, {len({each.sentence for each in examples})} sentences, {len(problems)} problems")
    return 1 if problems else 0


def _read(paths: Iterable[Path]) -> tuple[list[Example], list[str]]:
    examples: list[Example] = []
    problems: list[str] = []
    for path in paths:
        lines = path.read_text(encoding="utf-8").split("\n")
        if tuple(lines[0].split("\t")) != COLUMNS:
            problems.append(f"{path.name}:1: the header must be {' '.join(COLUMNS)}")
            continue
        for number, line in enumerate(lines[1:], start=2):
            if not line.strip():
                continue
            try:
                examples.append(read_row(line.split("\t"), f"{path.name}:{number}"))
            except CorpusError as error:
                problems.append(str(error))
    return examples, problems


def duplicates(examples: list[Example]) -> list[str]:
    """Lines with the same sentence and the same marks, or the same sentence in both the training and the test part."""
    seen: dict[tuple[object, ...], str] = {}
    found: list[str] = []
    for example in examples:
        key = (example.sentence, *sorted(example.marks.items()))
        if key in seen:
            found.append(f"{example.place}: the same sentence and marks as {seen[key]}")
        seen.setdefault(key, example.place)
    tested = {each.sentence: each.place for each in examples if each.place.startswith("test")}
    for example in examples:
        if example.sentence in tested and not example.place.startswith("test"):
            found.append(f"{example.place}: the same sentence as {tested[example.sentence]} of the test part")
    return found


def near_duplicates(examples: list[Example], against: list[Path]) -> list[str]:
    """Pairs of sentences from different files that are almost the same; twins inside one file are meant."""
    from rapidfuzz import fuzz, process

    sentences = {each.sentence: each.place for each in examples}
    texts = list(sentences)
    others = [
        row["sentence"] for path in against for row in csv.DictReader(path.open(encoding="utf-8"), delimiter="\t")
    ]
    found: list[str] = []
    for start in range(0, len(texts), 500):
        block = texts[start : start + 500]
        for pool, label in ((texts, ""), (others, "another set: ")):
            if not pool:
                continue
            scores = process.cdist(block, pool, scorer=fuzz.ratio, score_cutoff=NEAR, workers=-1)
            for row, column in zip(*scores.nonzero(), strict=True):
                one, other = block[row], pool[column]
                if label:
                    found.append(f"{sentences[one]}: close to {label}{other[:80]!r}")
                elif one < other and sentences[one].split(":")[0] != sentences[other].split(":")[0]:
                    found.append(f"{sentences[one]}: close to {sentences[other]}")
    return found


def print_coverage(examples: list[Example], modes: dict[str, set[str]]) -> None:
    """How often each label is covered, modes below the least number marked."""
    print("type       lines  main  modes")
    for name in [*sorted(modes), NONE]:
        mine = [each for each in examples if each.type == name]
        counted = Counter(mode for each in mine for mode in each.modes)
        listed = " ".join(
            f"{mode} {counted[mode]}{'!' if counted[mode] < LEAST_PER_MODE else ''}"
            for mode in sorted(modes.get(name, ()))
        )
        print(f"{name:10} {len(mine):5} {sum(each.main for each in mine):5}  {listed}")
    for field in ("status", "style", "region", "kind"):
        values = Counter(getattr(each, field) or "-" for each in examples)
        print(f"{field}: " + ", ".join(f"{value} {count}" for value, count in values.most_common()))
    speakers = sum("speaker" in each.marks for each in examples)
    one_sided = sum(not {"actor", "recipient"} <= set(each.marks) for each in examples)
    print(
        f"speaker marked {speakers}, one role absent {one_sided}, trigger only {sum(not each.main for each in examples)}"
    )


if __name__ == "__main__":
    sys.exit(main())
