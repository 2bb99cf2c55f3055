"""Relations between a marked source and target against a benchmark file: root type, quad class, conflict or cooperation.

Columns (tab separated): `marked_sentence` with <s>…</s> and <t>…</t>, and any of `gold_root`, `gold_penta` (quad 1-4, 0 for no
event), `gold_binary` (0 cooperation, 1 conflict). A file with `sentence` and no marks is read as whole sentences: the strongest
claim found decides. PLV's conventions hold: CONCEDE and RETREAT are one root, YIELD, of quad 2; quads 3 and 4 are conflict.
"""

import csv
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.codebook.crosswalks import load_crosswalk
from communique.codebook.event_types import load_event_types
from communique.coding.classifier import Classifier, Labels, load_classifier
from communique.evaluate.classification import Classification, classify
from communique.evaluate.marked_pairs import certainty_of_type, read_pair
from communique.evaluate.sentences import code_sentence
from communique.records import Claim, ConfigurationError, ReadingError, Status

TAG = re.compile(r"<(/?)([st])>")
ROLES = {"s": "actor", "t": "recipient"}
NONE = "NONE"
MERGED = {"CONCEDE": "YIELD", "RETREAT": "YIELD"}
YIELD_QUAD = 2
MODE_THRESHOLD = 0.5
WORST = 60  # error lines kept
LONGEST_SHOWN = 300  # characters

Marks = dict[str, tuple[int, int]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the file; absent columns are None. `marks` is empty for whole sentences."""

    sentence: str
    marks: Marks
    root: str | None
    quad: int | None
    conflict: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RelationScores:
    """Absent columns have no figures. `crosswalk` names the table that was applied, None for none."""

    n: int
    root: Classification | None
    quad: Classification | None
    binary: Classification | None
    none: tuple[float, float] | None
    crosswalk: str | None
    errors: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """`n`, `root`, `quad`, `binary`, `none` and `crosswalk`; what the file does not hold is left out."""
        figures: dict[str, Any] = {"n": self.n, "crosswalk": self.crosswalk}
        for name, scores in (("root", self.root), ("quad", self.quad), ("binary", self.binary)):
            if scores is not None:
                figures[name] = scores.as_json()
        if self.none is not None:
            figures["none"] = {"precision": round(self.none[0], 4), "recall": round(self.none[1], 4)}
        return figures

    def table(self) -> list[tuple[str, ...]]:
        """Rows for a terminal; the first is the header."""
        rows: list[tuple[str, ...]] = [("", "precision", "recall", "F1", "n")]
        for name, scores in (("root", self.root), ("quad", self.quad), ("binary", self.binary)):
            if scores is None:
                continue
            rows.append((f"{name}: macro-F1", "", "", f"{scores.macro_f1:.3f}", str(self.n)))
            rows.append((f"{name}: accuracy", "", "", f"{scores.accuracy:.3f}", ""))
            for label, each in scores.per_class.items():
                rows.append(
                    (f"  {label}", f"{each.precision:.2f}", f"{each.recall:.2f}", f"{each.f1:.2f}", str(each.n))
                )
            rows += [
                (f"  {gold} read as {found}", "", "", "", str(count)) for gold, found, count in scores.confusions[:12]
            ]
        if self.none is not None:
            rows.append(("no event", f"{self.none[0]:.3f}", f"{self.none[1]:.3f}", "", ""))
        rows.append((f"crosswalk: {self.crosswalk or 'none'}", "", "", "", ""))
        return rows


def evaluate_relations(
    path: Path, *, crosswalk: str | None = "plv", train: Path | None = None, classifier: Classifier | None = None
) -> RelationScores:
    """Reads every marked pair with grammar and model and compares; `train` is a file to fine-tune on first, with its own labels.

    Raises ReadingError for a file that is not of that form, ConfigurationError when `train` needs what is not installed.
    """
    rows = read_rows(path)
    with_none = any(row.quad == 0 for row in rows)
    if train is not None:
        label = fine_tuned(read_rows(train), train)
        return score(rows, [label(row) for row in rows], None)
    model = classifier or load_classifier()
    found: list[str] = []
    for row in rows:
        if row.marks:
            scores, labels = read_pair(row.sentence, row.marks, model)
            found.append(label_of(scores, labels, row.sentence, with_none=with_none, crosswalk=crosswalk))
        else:
            found.append(strongest(code_sentence(row.sentence).claims, row.sentence, crosswalk))
    return score(rows, found, crosswalk)


def fine_tuned(rows: Sequence[Row], path: Path) -> Callable[[Row], str]:
    """A reader fine-tuned on the rows' own roots. Raises ConfigurationError without torch, ReadingError without roots."""
    try:
        from communique.training.supervised import fine_tune
    except ImportError as error:
        raise ConfigurationError(
            f"--train needs {error.name}, which is not installed; install src/communique/training/requirements.txt"
        ) from error
    examples = [((row.sentence, row.marks), row.root or NONE) for row in rows if row.root or row.quad == 0]
    if not examples:
        raise ReadingError(f"{path}: has no gold_root to train on; give a file with that column")
    label = fine_tune(examples)
    return lambda row: label((row.sentence, row.marks))


def strongest(claims: Sequence[Claim], sentence: str, crosswalk: str | None) -> str:
    """The root of the claim that is surest of its type; NONE without a claim. Denied and asked events are no event."""
    held = [claim for claim in claims if claim.status not in (Status.DENIED, Status.ASKED)]
    if not held:
        return NONE
    return root_of(max(held, key=certainty_of_type), sentence, crosswalk)


def root_of(claim: Claim, sentence: str, crosswalk: str | None) -> str:
    """The benchmark's root for a claim."""
    root = load_crosswalk(crosswalk).label(claim.type, claim.modes, claim.status, sentence) if crosswalk else claim.type
    return MERGED.get(root, root)


def score(rows: Sequence[Row], found: Sequence[str], crosswalk: str | None) -> RelationScores:
    """The figures for labels found; NONE is a label like the others where the file has it."""
    quads = [quad_of(label) for label in found]
    errors: list[str] = []
    for row, label, quad in zip(rows, found, quads, strict=True):
        wrong = label != row.root if row.root is not None else quad != row.quad if row.quad is not None else False
        if wrong and len(errors) < WORST:
            errors.append(f"{row.root or row.quad} read as {label}: {shown(row, LONGEST_SHOWN)}")
    none: tuple[float, float] | None = None
    if any(row.quad == 0 for row in rows):
        said = sum(quad == 0 for quad in quads)
        right = sum(quad == 0 == row.quad for quad, row in zip(quads, rows, strict=True))
        none = (right / said if said else 0.0, right / sum(row.quad == 0 for row in rows))
    return RelationScores(
        n=len(rows),
        root=_compare([row.root for row in rows], found),
        quad=_compare([None if row.quad is None else str(row.quad) for row in rows], [str(quad) for quad in quads]),
        binary=_compare(
            [None if row.conflict is None else POLES[row.conflict] for row in rows],
            [POLES[quad >= 3] for quad in quads],
        ),
        none=none,
        crosswalk=crosswalk,
        errors=tuple(errors),
    )


POLES = ("cooperation", "conflict")


def label_of(
    scores: Mapping[str, float], labels: Labels, sentence: str, *, with_none: bool, crosswalk: str | None
) -> str:
    """The benchmark's root for what was read; NONE only where the file knows it."""
    types = {name: chance for name, chance in scores.items() if with_none or name != NONE}
    best = max(types, key=lambda each: types[each])
    if crosswalk is not None:
        best = load_crosswalk(crosswalk).label(best, labels.modes_of(best, MODE_THRESHOLD), labels.status, sentence)
    return MERGED.get(best, best)


def quad_of(root: str) -> int:
    """The quad class of a root by PLV's convention; 0 for NONE."""
    if root == NONE:
        return 0
    return YIELD_QUAD if root == "YIELD" else load_event_types().quad(root)


def read_rows(path: Path) -> list[Row]:
    """The lines of a benchmark file. Raises ReadingError that names the file and the missing column."""
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            entries = list(csv.DictReader(lines, delimiter="\t"))
    except (OSError, UnicodeDecodeError) as error:
        raise ReadingError(f"{path}: cannot be read ({error}); give a tab separated file in UTF-8") from error
    if not entries:
        raise ReadingError(f"{path}: has no lines; give a tab separated file with a header")
    columns = set(entries[0])
    if not columns & {"marked_sentence", "sentence"} or not columns & {"gold_root", "gold_penta", "gold_binary"}:
        raise ReadingError(
            f"{path}: the columns are {', '.join(sorted(filter(None, columns)))}; "
            "needed are marked_sentence (or sentence), and gold_root, gold_penta or gold_binary"
        )
    rows: list[Row] = []
    for number, entry in enumerate(entries, start=2):
        try:
            rows.append(_row(entry))
        except ValueError as error:
            raise ReadingError(f"{path}: line {number} cannot be read ({error}); correct it") from error
    return rows


def _row(entry: dict[str, str]) -> Row:
    sentence, marks = unmark(entry.get("marked_sentence") or entry.get("sentence") or "")
    if not sentence.strip():
        raise ValueError("the sentence is empty")
    root = entry.get("gold_root") or None
    quad = int(entry["gold_penta"]) if entry.get("gold_penta") else None
    conflict = int(entry["gold_binary"]) if entry.get("gold_binary") else None
    if conflict is None and quad:
        conflict = int(quad >= 3)
    return Row(
        sentence=sentence, marks=marks, root=MERGED.get(root, root) if root else None, quad=quad, conflict=conflict
    )


def unmark(marked: str) -> tuple[str, Marks]:
    """The plain sentence and the first stretch of each mark; what is opened and not closed is no mark."""
    plain: list[str] = []
    marks: Marks = {}
    opened: dict[str, int] = {}
    length = position = 0
    for tag in TAG.finditer(marked):
        plain.append(marked[position : tag.start()])
        length += tag.start() - position
        position = tag.end()
        name = ROLES[tag.group(2)]
        if not tag.group(1):
            opened[name] = length
        elif name in opened and name not in marks and opened[name] < length:
            marks[name] = (opened[name], length)
    plain.append(marked[position:])
    return "".join(plain), marks


def _compare(gold: Sequence[str | None], found: Sequence[str]) -> Classification | None:
    pairs = [(theirs, ours) for theirs, ours in zip(gold, found, strict=True) if theirs is not None]
    return classify([theirs for theirs, _ in pairs], [ours for _, ours in pairs]) if pairs else None


def shown(row: Row, longest: int) -> str:
    """The sentence with [actor] and {recipient}, cut to `longest` characters."""
    marked = row.sentence
    for name, (start, end) in sorted(row.marks.items(), key=lambda each: -each[1][0]):
        left, right = ("[", "]") if name == "actor" else ("{", "}")
        marked = f"{marked[:start]}{left}{marked[start:end]}{right}{marked[end:]}"
    return marked[:longest]
