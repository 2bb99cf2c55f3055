"""Reports of many articles → which of them tell one event, whatever the order they come in.

Pairs that share a block are compared; sure ones join reports to components, and each component is parted by itself: the most
definite reports first, each to the cluster it is on the average most like, unless it contradicts one of its members. A report
without an exact date that no sure pair holds joins the cluster that it is most like, or another such report where the two are
nearest to each other, but joins no two clusters: undated reports would chain the events of years together. What a person
judged stands above: `same` reports stay together, `different` ones apart.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.link.blocks import keys_of, pairs_of
from communique.link.components import Joined
from communique.link.pairing import likeness
from communique.link.reports import Report
from communique.records import Judgement, Verdict

MEMBERS_COMPARED = 24  # of a large cluster, with a newcomer: its most definite ones
SURE = 1.5  # likeness from which a pair without two exact dates is sure
EXACTLY = 2  # what `dated` is for an exact date
CLUSTERS_MERGED = 300  # in a component with more clusters they are not compared with one another once more


@dataclass(frozen=True, slots=True)
class Judged:
    """Pairs of claim ids that people judged; `doubted` ones are left to the program but do not count as sure."""

    same: frozenset[frozenset[str]] = frozenset()
    different: frozenset[frozenset[str]] = frozenset()
    doubted: frozenset[frozenset[str]] = frozenset()


def judged_pairs(judgements: Iterable[Judgement]) -> Judged:
    """The judgements that hold; of two on one pair the later one. One that contradicts later ones by what they imply gives way."""
    latest: dict[frozenset[str], Judgement] = {}
    for each in sorted(judgements, key=lambda each: (each.judged_at, each.id)):
        if each.other is not None and each.verdict in (Verdict.SAME, Verdict.DIFFERENT, Verdict.UNSURE):
            latest[frozenset((each.subject, each.other))] = each
    same: set[frozenset[str]] = set()
    different: set[frozenset[str]] = set()
    group: dict[str, frozenset[str]] = {}
    for pair, each in sorted(latest.items(), key=lambda item: (item[1].judged_at, item[1].id), reverse=True):
        one, other = (group.setdefault(claim, frozenset((claim,))) for claim in sorted(pair))
        if each.verdict is Verdict.SAME:
            if not any(frozenset((first, second)) in different for first in one for second in other):
                same.add(pair)
                group.update(dict.fromkeys(one | other, one | other))
        elif each.verdict is Verdict.DIFFERENT and one is not other:
            different.add(pair)
    doubted = {pair for pair, each in latest.items() if each.verdict is Verdict.UNSURE}
    return Judged(frozenset(same), frozenset(different), frozenset(doubted))


def group_reports(reports: Iterable[Report], judged: Judged) -> list[list[Report]]:
    """The reports by events: clusters in the order of their first members, each in order."""
    ordered = sorted(reports, key=lambda report: report.order)
    number_of = {claim.id: number for number, report in enumerate(ordered) for claim in report.claims}
    joined, near = _joined(ordered, _numbered(judged.same, number_of))
    clusters: list[list[int]] = []
    leaves: list[int] = []
    for component in joined.groups():
        if len(component) == 1:
            if is_loose(ordered[component[0]]):
                leaves.append(component[0])
            else:
                clusters.append(component)
        else:
            parted = part_component([ordered[number] for number in component], judged)
            clusters += [[component[place] for place in cluster] for cluster in parted]
    apart = _numbered(judged.different, number_of)
    pairs = _mutual(leaves, near, apart)
    alone = [leaf for leaf in leaves if leaf not in pairs]
    _attach(ordered, clusters, alone, near, apart)
    clusters += [[one, other] for one, other in pairs.items() if one < other]
    groups = [[ordered[number] for number in sorted(cluster)] for cluster in clusters]
    return sorted(groups, key=lambda cluster: cluster[0].order)


def _joined(ordered: Sequence[Report], bound: Iterable[tuple[int, int]]) -> tuple[Joined, dict[int, dict[int, float]]]:
    """Components of sure pairs, and for each report without an exact date those that it is near to, and how near."""
    joined = Joined(len(ordered))
    for one, other in bound:
        joined.join(one, other)
    held: set[int] = set()  # by a sure pair, so that whom they are near to does not matter
    near: dict[int, dict[int, float]] = {}
    loose = [is_loose(report) for report in ordered]
    for one, other in pairs_of([keys_of(report) for report in ordered]):
        if joined.together(one, other):
            continue
        score = likeness(ordered[one], ordered[other])
        if score is None or score <= 0:
            continue
        if score > sure_from(ordered[one], ordered[other]):
            joined.join(one, other)
            held.update((one, other))
            continue
        for own, beside in ((one, other), (other, one)):
            if loose[own] and own not in held:
                near.setdefault(own, {})[beside] = score
    return joined, near


def _mutual(
    leaves: Sequence[int], near: Mapping[int, Mapping[int, float]], apart: set[tuple[int, int]]
) -> dict[int, int]:
    """Leaves that are nearest to each other, each with the other."""
    nearest = {
        leaf: max(others, key=lambda other, others=others: (others[other], -other))  # type: ignore[misc]
        for leaf in leaves
        if (others := near.get(leaf))
    }
    return {one: other for one, other in nearest.items() if nearest.get(other) == one and (one, other) not in apart}


def _attach(
    ordered: Sequence[Report],
    clusters: list[list[int]],
    leaves: Sequence[int],
    near: dict[int, dict[int, float]],
    apart: set[tuple[int, int]],
) -> None:
    """Puts each leaf into the cluster that it is most like, among those with a member it is near to, or leaves it alone."""
    cluster_of = {number: place for place, cluster in enumerate(clusters) for number in cluster}
    cores = [cluster[:MEMBERS_COMPARED] for cluster in clusters]
    for leaf in leaves:
        best, into = 0.0, None
        for place in sorted({cluster_of[number] for number in near.get(leaf, ()) if number in cluster_of}):
            core = cores[place]
            if any((leaf, member) in apart for member in clusters[place]):
                continue
            scores = [likeness(ordered[leaf], ordered[member]) for member in core]
            told = [score for score in scores if score is not None]
            if len(told) == len(scores) and sum(told) / len(told) > best:
                best, into = sum(told) / len(told), place
        if into is None:
            clusters.append([leaf])
        else:
            clusters[into].append(leaf)


def is_loose(report: Report) -> bool:
    """True for a report of which no exact date is known."""
    return report.dated < EXACTLY


def sure_from(one: Report, other: Report) -> float:
    """The likeness from which a pair joins components: more is asked where a date is not exact."""
    return SURE if is_loose(one) or is_loose(other) else 0.0


def belong(one: Report, other: Report) -> bool:
    """Whether the two reports are a sure pair."""
    score = likeness(one, other)
    return score is not None and score > sure_from(one, other)


def near_each_other(one: Report, other: Report) -> bool:
    """Whether the two may tell one event."""
    score = likeness(one, other)
    return score is not None and score > 0


def part_component(component: Sequence[Report], judged: Judged) -> list[list[int]]:
    """The clusters of reports that are joined by sure pairs, as their places in `component`, which is in order."""
    number_of = {claim.id: number for number, report in enumerate(component) for claim in report.claims}
    apart = _numbered(judged.different, number_of)
    atoms = Joined(len(component))
    for one, other in _numbered(judged.same, number_of):
        atoms.join(one, other)
    parting = _Parting(component, apart)
    for atom in sorted(atoms.groups(), key=lambda atom: min(_definite(component[number]) for number in atom)):
        parting.place(sorted(atom, key=lambda number: _definite(component[number])))
    parting.merge()
    return [sorted(cluster, key=lambda number: _definite(component[number])) for cluster in parting.clusters]


def _numbered(pairs: Iterable[frozenset[str]], number_of: dict[str, int]) -> set[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for pair in pairs:
        one, other = (number_of.get(claim) for claim in pair)
        if one is not None and other is not None and one != other:
            found |= {(one, other), (other, one)}
    return found


def _definite(report: Report) -> tuple[object, ...]:
    """The more a report tells, the earlier it is placed; then in order."""
    sides = min(2, len(report.actors | report.recipients))
    return -report.dated, -sides, -bool(report.towns), report.order


class _Parting:
    """Clusters that grow report by report."""

    def __init__(self, component: Sequence[Report], apart: set[tuple[int, int]]) -> None:
        self._component = component
        self._apart = apart
        self._known: dict[tuple[int, int], float | None] = {}
        self.clusters: list[list[int]] = []

    def place(self, atom: list[int]) -> None:
        """Puts reports that stay together into the cluster that is most like them, or into one of their own."""
        best, into = 0.0, None
        for cluster in self.clusters:
            score = self._mean(atom, cluster)
            if score is not None and score > best:
                best, into = score, cluster
        if into is None:
            self.clusters.append(list(atom))
        else:
            into.extend(atom)

    def merge(self) -> None:
        """Joins clusters that belong together after all, the likest first."""
        while 1 < len(self.clusters) <= CLUSTERS_MERGED:
            best, pair = 0.0, None
            for place, cluster in enumerate(self.clusters):
                for other in range(place):
                    score = self._mean(cluster, self.clusters[other])
                    if score is not None and score > best:
                        best, pair = score, (other, place)
            if pair is None:
                return
            self.clusters[pair[0]].extend(self.clusters.pop(pair[1]))

    def _mean(self, ones: Sequence[int], others: Sequence[int]) -> float | None:
        """The average likeness; None when a member contradicts another, or a person keeps two apart."""
        if self._apart and any((one, other) in self._apart for one in ones for other in others):
            return None
        total, count = 0.0, 0
        for one in ones[:MEMBERS_COMPARED]:
            for other in others[:MEMBERS_COMPARED]:
                score = self._score(one, other)
                if score is None:
                    return None
                total += score
                count += 1
        return total / count

    def _score(self, one: int, other: int) -> float | None:
        key = (one, other) if one < other else (other, one)
        if key not in self._known:
            self._known[key] = likeness(self._component[key[0]], self._component[key[1]])
        return self._known[key]
