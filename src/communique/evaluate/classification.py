"""Figures of a classification: macro-F1 over the gold classes, accuracy, each class's precision, recall and F1, confusions."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassScore:
    """Shares, 0 to 1; `n` is how often the class stands in the gold."""

    precision: float
    recall: float
    f1: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Classification:
    """`per_class` holds the gold's classes in alphabetical order; `confusions` are (gold, found, count), most frequent first."""

    macro_f1: float
    accuracy: float
    per_class: dict[str, ClassScore]
    confusions: tuple[tuple[str, str, int], ...]

    def as_json(self) -> dict[str, Any]:
        """The figures, rounded to four places."""
        return {
            "macro_f1": round(self.macro_f1, 4),
            "accuracy": round(self.accuracy, 4),
            "per_class": {
                name: {
                    "precision": round(each.precision, 4),
                    "recall": round(each.recall, 4),
                    "f1": round(each.f1, 4),
                    "n": each.n,
                }
                for name, each in self.per_class.items()
            },
        }


def classify(gold: Sequence[str], found: Sequence[str]) -> Classification:
    """Compares two lists of the same length, which must not be empty; the macro average is over the gold's classes."""
    pairs = Counter(zip(gold, found, strict=True))
    per_class: dict[str, ClassScore] = {}
    for name in sorted(set(gold)):
        right = pairs[name, name]
        expected = sum(count for (theirs, _), count in pairs.items() if theirs == name)
        produced = sum(count for (_, ours), count in pairs.items() if ours == name)
        precision, recall = right / produced if produced else 0.0, right / expected
        f1 = 2 * precision * recall / (precision + recall) if right else 0.0
        per_class[name] = ClassScore(precision=precision, recall=recall, f1=f1, n=expected)
    confusions = sorted(
        ((count, theirs, ours) for (theirs, ours), count in pairs.items() if theirs != ours), reverse=True
    )
    return Classification(
        macro_f1=sum(each.f1 for each in per_class.values()) / len(per_class),
        accuracy=sum(count for (theirs, ours), count in pairs.items() if theirs == ours) / len(gold),
        per_class=per_class,
        confusions=tuple((theirs, ours, count) for count, theirs, ours in confusions),
    )
