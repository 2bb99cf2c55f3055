"""Two partitions of the same items → how far they agree: B-cubed for events, pairs for copies.

B-cubed (Bagga and Baldwin 1998): for each item, precision is the share of its cluster that belongs with it, recall
the share of what belongs with it that its cluster holds; both are averaged over the items.
"""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from itertools import combinations
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClusterScore:
    """`precision` and `recall` (0 to 1) over `items` (items, or pairs of them); 1 where nothing is to find or was found."""

    precision: float
    recall: float
    items: int

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def as_json(self) -> dict[str, float]:
        """The figures, four digits."""
        told = {"precision": self.precision, "recall": self.recall, "f1": self.f1}
        return {name: round(value, 4) for name, value in told.items()} | {"n": self.items}


def b_cubed(gold: Mapping[Item, Hashable], found: Mapping[Item, Hashable]) -> ClusterScore:
    """`gold` and `found` give each item its cluster; both hold the same items."""
    if not gold:
        return ClusterScore(precision=1.0, recall=1.0, items=0)
    right, theirs = _by_cluster(gold), _by_cluster(found)
    precision = recall = 0.0
    for item in gold:
        mine, told = right[gold[item]], theirs[found[item]]
        common = len(mine & told)
        precision += common / len(told)
        recall += common / len(mine)
    return ClusterScore(precision=precision / len(gold), recall=recall / len(gold), items=len(gold))


def pairwise(gold: Collection[Collection[Item]], found: Collection[Collection[Item]]) -> ClusterScore:
    """Pairs of items in one group; `items` counts the pairs of `gold`."""
    right, told = _pairs(gold), _pairs(found)
    common = len(right & told)
    return ClusterScore(
        precision=common / len(told) if told else 1.0, recall=common / len(right) if right else 1.0, items=len(right)
    )


def _by_cluster(partition: Mapping[Item, Hashable]) -> dict[Hashable, set[Item]]:
    clusters: dict[Hashable, set[Item]] = {}
    for item, cluster in partition.items():
        clusters.setdefault(cluster, set()).add(item)
    return clusters


def _pairs(groups: Collection[Collection[Item]]) -> set[frozenset[Item]]:
    return {frozenset(pair) for group in groups for pair in combinations(set(group), 2)}
