"""A PolNeAR file → scores of the statement finder: source, cue and content spans, and speakers linked to contents.

Conventions. Each line of the file is one article of one paragraph. A predicted span is exact when it equals a gold span of
the same role in the same line; the overlap figures match spans one to one, longest shared stretch first, a pair counting
when it shares a character. The corpus marks outermost attributions only, so a statement inside another's content is left
out. Gold spans carry no links: a content belongs to the nearest cue, the cue to the nearest source (see `linked_gold`).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.annotate import annotate
from communique.coding.statements import find_statements, is_inside
from communique.records import Annotated, Article, Block, BlockKind, Cast, ConfigurationError, Span, Statement

ROLES = ("source", "cue", "content")
Reach = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """`right` of `found` predicted and `expected` gold items."""

    right: int = 0
    found: int = 0
    expected: int = 0

    def plus(self, right: int, found: int, expected: int) -> "Counts":
        """These counts with some more added."""
        return Counts(right=self.right + right, found=self.found + found, expected=self.expected + expected)

    @property
    def precision(self) -> float:
        """Share of the found that is right; 0 when nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of the expected that was found; 0 when nothing was expected."""
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        return 2 * self.right / (self.found + self.expected) if self.found + self.expected else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementsScores:
    """Exact and overlap counts by role, counts of linked (source, content) pairs, and the errors as readable lines."""

    exact: dict[str, Counts]
    overlap: dict[str, Counts]
    linked: Counts
    sentences: int
    errors: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The object that `communique evaluate statements --json` prints."""
        figures: dict[str, Any] = {
            role: {"exact_f1": round(self.exact[role].f1, 4), "overlap_f1": round(self.overlap[role].f1, 4)}
            for role in ROLES
        }
        return {**figures, "linked_f1": round(self.linked.f1, 4), "sentences": self.sentences}

    def table(self) -> list[tuple[str, ...]]:
        """Rows for a terminal table, the first one the header."""
        rows: list[tuple[str, ...]] = [
            ("role", "exact P", "exact R", "exact F1", "overlap P", "overlap R", "overlap F1", "gold")
        ]
        for role in ROLES:
            exact, overlap = self.exact[role], self.overlap[role]
            figures = (exact.precision, exact.recall, exact.f1, overlap.precision, overlap.recall, overlap.f1)
            rows.append((role, *(f"{figure:.3f}" for figure in figures), str(exact.expected)))
        linked = (self.linked.precision, self.linked.recall, self.linked.f1)
        rows.append(("linked", "", "", "", *(f"{figure:.3f}" for figure in linked), str(self.linked.expected)))
        return rows


def evaluate_statements(path: Path) -> StatementsScores:
    """Scores over a file in PolNeAR's form. Raises ConfigurationError when the file is not in it."""
    lines = read_lines(path)
    return score((line, annotate(one_paragraph(line, number))) for number, line in enumerate(lines))


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The lines of the file: `id`, `text`, `spans` with `role`, `start`, `end`."""
    try:
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
        for line in lines:
            _ = line["text"], [(span["role"], span["start"], span["end"]) for span in line["spans"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigurationError(
            f"{path}: not a statements file ({error!r}); each line needs id, text and spans[role, start, end]"
        ) from error
    return lines


def one_paragraph(line: dict[str, Any], number: int) -> Article:
    """The line as an article of one body paragraph."""
    name, text = f"line-{number + 1}", str(line["text"])
    blocks = (Block(span=Span(article_id=name, start=0, end=len(text)), kind=BlockKind.BODY),) if text else ()
    return Article(id=name, page_id=name, source=name, text=text, blocks=blocks, language="en")


def score(pairs: Iterable[tuple[dict[str, Any], Annotated]]) -> StatementsScores:
    """Scores over lines that are annotated already."""
    exact = {role: Counts() for role in ROLES}
    overlap = {role: Counts() for role in ROLES}
    linked = Counts()
    errors: list[str] = []
    sentences = 0
    for line, annotated in pairs:
        sentences += 1
        statements = outermost(find_statements(annotated, Cast(actors=(), mentions=()), ()))
        predicted, gold = spans_of(statements), gold_spans(line)
        for role in ROLES:
            mine, theirs = predicted[role], gold[role]
            exact[role] = exact[role].plus(len(set(mine) & set(theirs)), len(mine), len(theirs))
            matched = match(mine, theirs)
            overlap[role] = overlap[role].plus(len(matched), len(mine), len(theirs))
            errors.extend(_errors(str(line["text"]), annotated.article.id, role, mine, theirs, matched))
        mine_linked, gold_linked = linked_found(statements), linked_gold(gold)
        linked = linked.plus(_linked_right(mine_linked, gold_linked), len(mine_linked), len(gold_linked))
    return StatementsScores(exact=exact, overlap=overlap, linked=linked, sentences=sentences, errors=tuple(errors))


def outermost(statements: Sequence[Statement]) -> list[Statement]:
    """Without those that stand inside another's content."""
    return [inner for inner in statements if not any(o is not inner and is_inside(inner, o) for o in statements)]


def spans_of(statements: Sequence[Statement]) -> dict[str, list[Reach]]:
    """The distinct spans by role, in text order."""
    found: dict[str, set[Reach]] = {role: set() for role in ROLES}
    for each in statements:
        found["content"] |= {(span.start, span.end) for span in each.content}
        found["source"] |= {(each.source.start, each.source.end)} if each.source else set()
        found["cue"] |= {(each.cue.start, each.cue.end)} if each.cue else set()
    return {role: sorted(spans) for role, spans in found.items()}


def gold_spans(line: dict[str, Any]) -> dict[str, list[Reach]]:
    """The distinct gold spans by role, in text order."""
    return {
        role: sorted({(span["start"], span["end"]) for span in line["spans"] if span["role"] == role}) for role in ROLES
    }


def match(mine: Sequence[Reach], theirs: Sequence[Reach]) -> list[tuple[Reach, Reach]]:
    """One-to-one pairs of spans that share characters, longest shared stretch first."""
    shared = sorted(
        ((min(a[1], b[1]) - max(a[0], b[0]), a, b) for a in mine for b in theirs), key=lambda each: (-each[0], each[1:])
    )
    pairs: list[tuple[Reach, Reach]] = []
    used_mine: set[Reach] = set()
    used_theirs: set[Reach] = set()
    for length, a, b in shared:
        if length > 0 and a not in used_mine and b not in used_theirs:
            pairs.append((a, b))
            used_mine.add(a)
            used_theirs.add(b)
    return pairs


def linked_found(statements: Sequence[Statement]) -> list[tuple[Reach, Reach]]:
    """(source, content) pairs of the statements; one that continues takes the source of the one before it."""
    pairs: list[tuple[Reach, Reach]] = []
    source: Reach | None = None
    for each in statements:
        if each.source is not None:
            source = (each.source.start, each.source.end)
        elif each.cue is not None or not each.rule.endswith("continued"):
            source = None
        if source is not None:
            pairs.extend((source, (span.start, span.end)) for span in each.content)
    return list(dict.fromkeys(pairs))


def linked_gold(gold: dict[str, list[Reach]]) -> list[tuple[Reach, Reach]]:
    """(source, content) pairs that the gold's order implies: the content takes the cue nearest to it (a gap before it counts
    half, because contents mostly follow their cue), the cue the source nearest to it. No cue or source: no pair."""
    pairs = []
    for content in gold["content"]:
        cue = _nearest(content, gold["cue"])
        source = _nearest(cue, gold["source"]) if cue is not None else None
        if source is not None:
            pairs.append((source, content))
    return pairs


def _nearest(reach: Reach, others: Sequence[Reach]) -> Reach | None:
    def distance(other: Reach) -> float:
        return (reach[0] - other[1]) / 2 if other[1] <= reach[0] else float(max(0, other[0] - reach[1]))

    return min(others, key=distance, default=None)


def _linked_right(mine: Sequence[tuple[Reach, Reach]], gold: Sequence[tuple[Reach, Reach]]) -> int:
    waiting = list(gold)
    right = 0
    for source, content in mine:
        found = next((g for g in waiting if _share(source, g[0]) and _share(content, g[1])), None)
        if found is not None:
            waiting.remove(found)
            right += 1
    return right


def _share(one: Reach, other: Reach) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _errors(
    text: str,
    name: str,
    role: str,
    mine: Sequence[Reach],
    theirs: Sequence[Reach],
    matched: Sequence[tuple[Reach, Reach]],
) -> list[str]:
    lines = [f"{name} {role} wrong: {text[a:b]!r}" for a, b in mine if (a, b) not in {m for m, _ in matched}]
    lines += [f"{name} {role} missed: {text[a:b]!r}" for a, b in theirs if (a, b) not in {t for _, t in matched}]
    lines += [
        f"{name} {role} inexact: {text[a:b]!r}, expected {text[c:d]!r}"
        for (a, b), (c, d) in matched
        if (a, b) != (c, d)
    ]
    return lines
