"""Time expressions against a gold file (JSONL: id, dct, text, timex[start, end, type, value]): spans, values, dates, speed.

The conventions are those of TempEval-3: spans are matched one to one, strictly (same characters) or relaxed (sharing at
least one); value F1 counts relaxed matches whose values are equal. Values are compared as strings after blanks are
dropped, letters are made capital and zero seconds cut (T16:00:00 = T16:00), nothing else.
"""

import json
import re
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from communique.records import TimexType
from communique.resolve.time_reading import ReadTime, read_text

CALENDAR_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
CONTEXT = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class TimesScores:
    """Shares are 0 to 1; `documents_per_second` is wall time of the reading without a parse, on one process."""

    strict_precision: float
    strict_recall: float
    strict_f1: float
    relaxed_precision: float
    relaxed_recall: float
    relaxed_f1: float
    value_f1: float
    type_f1: float
    date_accuracy: float
    documents_per_second: float
    documents: int
    expected: int
    found: int
    errors: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The figures, rounded to four places."""
        names = [name for name in self.__dataclass_fields__ if name != "errors"]
        return {name: round(getattr(self, name), 4) for name in names}

    def table(self) -> list[tuple[str, ...]]:
        """Rows for a terminal; the first is the header."""
        rows: list[tuple[str, ...]] = [("figure", "precision", "recall", "F1")]
        rows.append(("strict span", *(f"{x:.3f}" for x in (self.strict_precision, self.strict_recall, self.strict_f1))))
        relaxed = (self.relaxed_precision, self.relaxed_recall, self.relaxed_f1)
        rows.append(("relaxed span", *(f"{x:.3f}" for x in relaxed)))
        rows.append(("value", "", "", f"{self.value_f1:.3f}"))
        rows.append(("type", "", "", f"{self.type_f1:.3f}"))
        rows.append(("calendar dates right", "", f"{self.date_accuracy:.3f}", ""))
        rows.append(("documents a second", "", "", f"{self.documents_per_second:.0f}"))
        return rows


@dataclass(frozen=True, slots=True)
class GoldTime:
    """One annotated expression."""

    start: int
    end: int
    type: str
    value: str


def evaluate_times(path: Path) -> TimesScores:
    """Score the reading of plain text against `path`. Raises OSError or KeyError for a file that is not of that form."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    read_text("Read once, so that the rules are compiled before the clock runs: 1 May 2001.")
    started = time.perf_counter()
    found = [read_text(row["text"], publication=date.fromisoformat(row["dct"][:10])) for row in rows]
    seconds = time.perf_counter() - started
    counts = dict.fromkeys(("expected", "found", "strict", "relaxed", "value", "type", "dates", "dates_right"), 0)
    errors: list[str] = []
    for row, times in zip(rows, found, strict=True):
        gold = [GoldTime(x["start"], x["end"], x["type"], x["value"]) for x in row["timex"]]
        _score_document(row["id"], row["text"], gold, times, counts, errors)
    strict = _rates(counts["strict"], counts["found"], counts["expected"])
    relaxed = _rates(counts["relaxed"], counts["found"], counts["expected"])
    return TimesScores(
        strict_precision=strict[0],
        strict_recall=strict[1],
        strict_f1=strict[2],
        relaxed_precision=relaxed[0],
        relaxed_recall=relaxed[1],
        relaxed_f1=relaxed[2],
        value_f1=_rates(counts["value"], counts["found"], counts["expected"])[2],
        type_f1=_rates(counts["type"], counts["found"], counts["expected"])[2],
        date_accuracy=counts["dates_right"] / counts["dates"] if counts["dates"] else 0.0,
        documents_per_second=len(rows) / seconds if seconds else 0.0,
        documents=len(rows),
        expected=counts["expected"],
        found=counts["found"],
        errors=tuple(errors),
    )


def same_value(left: str, right: str) -> bool:
    """Equal after the harmless normalisation that the module names."""
    return _plain(left) == _plain(right)


def _plain(value: str) -> str:
    return re.sub(r"(T\d\d:\d\d):00", r"\1", re.sub(r"\s", "", value).upper())


def pair_spans(gold: list[GoldTime], times: list[ReadTime]) -> dict[int, int]:
    """Gold index → found index, one to one: exact pairs first, then those that share most characters."""
    overlaps = [
        (min(g.end, t.end) - max(g.start, t.start), (g.start, g.end) == (t.start, t.end), i, j)
        for i, g in enumerate(gold)
        for j, t in enumerate(times)
    ]
    pairs: dict[int, int] = {}
    for shared, _, i, j in sorted(overlaps, key=lambda each: (not each[1], -each[0], each[2], each[3])):
        if shared > 0 and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _score_document(
    name: str, text: str, gold: list[GoldTime], times: list[ReadTime], counts: dict[str, int], errors: list[str]
) -> None:
    pairs = pair_spans(gold, times)
    counts["expected"] += len(gold)
    counts["found"] += len(times)
    counts["relaxed"] += len(pairs)
    for i, expected in enumerate(gold):
        match = times[pairs[i]] if i in pairs else None
        words = text[expected.start : expected.end]
        is_date = expected.type == TimexType.DATE and CALENDAR_DATE.fullmatch(expected.value) is not None
        counts["dates"] += is_date
        if match is None:
            errors.append(
                f"{name} missed {words!r} {expected.value} in {_around(text, expected.start, expected.end)!r}"
            )
            continue
        counts["strict"] += (match.start, match.end) == (expected.start, expected.end)
        counts["type"] += match.type == expected.type
        right = same_value(match.value, expected.value)
        counts["value"] += right
        counts["dates_right"] += is_date and right
        said = text[match.start : match.end]
        if not right:
            where = _around(text, expected.start, expected.end)
            errors.append(
                f"{name} value {said!r} {match.value}, expected {words!r} {expected.value} ({match.reason}) in {where!r}"
            )
        elif said != words:
            errors.append(f"{name} span {said!r}, expected {words!r}")
    for j in set(range(len(times))) - set(pairs.values()):
        extra = times[j]
        said = text[extra.start : extra.end]
        errors.append(f"{name} extra {said!r} {extra.value} in {_around(text, extra.start, extra.end)!r}")


def _around(text: str, start: int, end: int) -> str:
    return text[max(0, start - CONTEXT) : end + CONTEXT].replace("\n", " ")


def _rates(right: int, found: int, expected: int) -> tuple[float, float, float]:
    precision = right / found if found else 0.0
    recall = right / expected if expected else 0.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0
