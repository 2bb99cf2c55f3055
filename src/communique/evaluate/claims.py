"""Claims found without marks, against the same benchmark file as `relations`: the program must find actor, recipient and type.

A row counts when a claim has the row's root (after the crosswalk) and its roles' words overlap the marked source and target;
a role that the row leaves unmarked, or that the sentence only implies, is not asked for. Where a file has rows without event
(`gold_penta` 0), a sentence in which no claim is found counts for them.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.evaluate.relations import Row, read_rows, root_of, shown
from communique.evaluate.sentences import code_sentence
from communique.records import Claim, CodedArticle, Role

WORST = 2000
LONGEST_SHOWN = 260  # characters

Coder = Callable[[str], CodedArticle]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimsScores:
    """Shares of the rows with an event: a claim of the right type with both roles, with both roles of any type, of the
    right type with any roles, any claim at all. `per_class` is (right, n) by root; `claims` is how many were made in all."""

    n: int
    right: float
    roles: float
    type: float
    any: float
    none_right: float | None
    claims: int
    per_class: dict[str, tuple[int, int]]
    crosswalk: str | None
    errors: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The figures, rounded to four places."""
        figures: dict[str, Any] = {
            "n": self.n,
            "right": round(self.right, 4),
            "roles_right": round(self.roles, 4),
            "type_right": round(self.type, 4),
            "any_claim": round(self.any, 4),
            "claims": self.claims,
            "crosswalk": self.crosswalk,
            "per_class": {name: {"right": right, "n": n} for name, (right, n) in sorted(self.per_class.items())},
        }
        return figures | ({} if self.none_right is None else {"none_right": round(self.none_right, 4)})

    def table(self) -> list[tuple[str, ...]]:
        """Rows for a terminal; the first is the header."""
        rows: list[tuple[str, ...]] = [("", "share", "n")]
        rows.append(("right type, both roles", f"{self.right:.3f}", str(self.n)))
        rows.append(("both roles, any type", f"{self.roles:.3f}", ""))
        rows.append(("right type, any roles", f"{self.type:.3f}", ""))
        rows.append(("any claim", f"{self.any:.3f}", f"{self.claims} claims"))
        rows += [(f"  {name}", f"{right / n:.2f}", str(n)) for name, (right, n) in sorted(self.per_class.items())]
        if self.none_right is not None:
            rows.append(("no event, none found", f"{self.none_right:.3f}", ""))
        rows.append((f"crosswalk: {self.crosswalk or 'none'}", "", ""))
        return rows


def evaluate_claims(path: Path, *, crosswalk: str | None = "plv", code: Coder | None = None) -> ClaimsScores:
    """Codes every sentence and compares. Raises ReadingError for a file that is not of that form."""
    rows = read_rows(path)
    coder = code or code_sentence
    coded = [coder(row.sentence) for row in rows]
    return score(rows, coded, crosswalk)


def score(rows: Sequence[Row], coded: Sequence[CodedArticle], crosswalk: str | None) -> ClaimsScores:
    """The figures for coded sentences."""
    counts: Counter[str] = Counter()
    right: Counter[str] = Counter()
    per_class: Counter[str] = Counter()
    errors: list[str] = []
    empty = [not article.claims for row, article in zip(rows, coded, strict=True) if row.quad == 0]
    for row, article in zip(rows, coded, strict=True):
        if row.quad == 0 or row.root is None:
            continue
        counts["n"] += 1
        per_class[row.root] += 1
        typed = [claim for claim in article.claims if root_of(claim, row.sentence, crosswalk) == row.root]
        placed = [claim for claim in article.claims if _fits(claim, row)]
        counts["any"] += bool(article.claims)
        counts["type"] += bool(typed)
        counts["roles"] += bool(placed)
        if any(claim in placed for claim in typed):
            counts["right"] += 1
            right[row.root] += 1
        elif len(errors) < WORST:
            told = "; ".join(_told(each, article) for each in article.claims) or "no claim"
            errors.append(f"{row.root}: {shown(row, LONGEST_SHOWN)} :: {told}")
    n = max(1, counts["n"])
    return ClaimsScores(
        n=counts["n"],
        right=counts["right"] / n,
        roles=counts["roles"] / n,
        type=counts["type"] / n,
        any=counts["any"] / n,
        none_right=sum(empty) / len(empty) if empty else None,
        claims=sum(len(article.claims) for article in coded),
        per_class={name: (right[name], total) for name, total in per_class.items()},
        crosswalk=crosswalk,
        errors=tuple(errors),
    )


def _fits(claim: Claim, row: Row) -> bool:
    """Both marked roles overlap; an understood recipient (no words of its own) may be found in the evidence or content."""
    wanted = {"actor": claim.actors, "recipient": claim.recipients}
    if {"actor", "recipient"} <= set(row.marks) and len(claim.actors) > 1 and not claim.recipients:
        wanted = {"actor": claim.actors, "recipient": claim.actors}  # reciprocal: one list of parties
    return all(_overlaps(wanted[name], claim, place, name) for name, place in row.marks.items())


def _overlaps(roles: tuple[Role, ...], claim: Claim, place: tuple[int, int], name: str) -> bool:
    spans = [role.span for role in roles if role.span is not None]
    if name == "recipient" and not spans and claim.content is not None:
        spans = [claim.content]
    return any(span.start < place[1] and place[0] < span.end for span in spans)


def _told(claim: Claim, coded: CodedArticle) -> str:
    text = coded.article.text

    def words(roles: tuple[Role, ...]) -> str:
        return "+".join(role.span.of(text) if role.span else "(understood)" for role in roles) or "nobody"

    sort = f"{claim.type}/{','.join(claim.modes)} {claim.status}"
    return f"{sort} {words(claim.actors)} → {words(claim.recipients)} ({claim.trigger.of(text)})"
