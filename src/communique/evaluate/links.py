"""`communique evaluate links DIR`: many articles, coded and linked anew, compared with what careful readers took from
all of them.

In: a folder with `gold.yaml`, `articles.yaml` and the articles in `record/`, in whatever form. Out: copies as pairs
(precision, recall, F1), events by B-cubed over the gold's members, with the share of members that were found and
B-cubed over those alone, look-alikes kept apart, fields agreed and disputed, meetings with the right status,
positions with the right stance and turns, and a line for each miss. What counts as found is defined in
`linked_events` and `linked_standing`.
"""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from communique.evaluate.clusters import ClusterScore, pairwise
from communique.evaluate.linked_events import EventScores, score_events
from communique.evaluate.linked_gold import LinkedGold, load_linked_gold
from communique.evaluate.linked_record import LinkedRecord, read_linked
from communique.evaluate.linked_standing import StandingScore, score_meetings, score_positions


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkScores:
    """The five comparisons; `missing` are articles that the gold names and that gave none."""

    copies: ClusterScore
    events: EventScores
    meetings: StandingScore
    positions: StandingScore
    articles: int
    missing: tuple[str, ...]
    copy_errors: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Figures by comparison; every `n`, `expected` and `members` is a count of what the gold holds."""
        events = self.events
        return {
            "articles": self.articles,
            "missing": len(self.missing),
            "copies": self.copies.as_json(),
            "events": events.clusters.as_json()
            | {
                "members": events.members,
                "found": events.found,
                "recall_of_members": round(events.found / events.members, 4) if events.members else 1.0,
                "found_alone": events.matched.as_json(),
                "apart": {"right": events.apart, "expected": events.lookalikes},
            },
            "agreement": {"right": events.agreement, "expected": events.fields},
            "meetings": self.meetings.as_json(),
            "positions": self.positions.as_json(),
        }

    @property
    def errors(self) -> tuple[str, ...]:
        """A line for each miss and each wrong joining."""
        lost = (f"{key}: gave no article" for key in self.missing)
        return (*lost, *self.copy_errors, *self.events.errors, *self.meetings.errors, *self.positions.errors)

    def table(self) -> list[tuple[str, ...]]:
        """Rows for a terminal, the header first."""
        events = self.events
        return [
            ("comparison", "precision", "recall", "F1", "right", "of"),
            _row("copies (pairs)", self.copies),
            _row("events (B-cubed)", events.clusters),
            _row("  members found alone", events.matched),
            ("  members found", "", "", "", str(events.found), str(events.members)),
            ("  look-alikes apart", "", "", "", str(events.apart), str(events.lookalikes)),
            ("fields agreed, disputed", "", "", "", str(events.agreement), str(events.fields)),
            *_standing("meetings (status)", self.meetings),
            *_standing("positions", self.positions),
        ]


def _row(name: str, score: ClusterScore) -> tuple[str, ...]:
    return (name, f"{score.precision:.3f}", f"{score.recall:.3f}", f"{score.f1:.3f}", "", str(score.items))


def _standing(name: str, score: StandingScore) -> list[tuple[str, ...]]:
    parts = (("found", score.found), *score.parts)
    return [
        (name, "", "", "", str(score.right), str(score.expected)),
        *((f"  {part}", "", "", "", str(count), str(score.expected)) for part, count in parts),
    ]


def evaluate_links(folder: Path) -> LinkScores:
    """Reads, codes and links the folder's articles and compares. Raises ReadingError when the folder holds no gold."""
    gold = load_linked_gold(folder)
    return compare(gold, read_linked(folder, gold))


def compare(gold: LinkedGold, record: LinkedRecord) -> LinkScores:
    """The scores of what was made of the articles."""
    keys = record.key_of()
    found = [[keys.get(article, article) for article in group.articles] for group in record.links.copies]
    return LinkScores(
        copies=pairwise(gold.copies, found),
        events=score_events(gold, record),
        meetings=score_meetings(gold, record),
        positions=score_positions(gold, record),
        articles=len(record.articles),
        missing=record.missing,
        copy_errors=tuple(_copy_errors(gold, found)),
    )


def _copy_errors(gold: LinkedGold, found: list[list[str]]) -> list[str]:
    right = [set(group) for group in gold.copies]
    told = [set(group) for group in found]
    lines = [f"copies {', '.join(sorted(each))} are not one group" for each in right if each not in told]
    return lines + [f"copies {', '.join(sorted(each))} are one group, wrongly" for each in told if each not in right]
