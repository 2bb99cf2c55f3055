"""A few changed articles → what linking has to replace because of them: copies, events, meetings and lines.

From the changed reports the search goes on to all that are joined to them by pairs, and from those to the next, until nothing
new is found: these components are parted anew as a whole, so that the result is the one of linking everything. An
article that was coded anew also brings in those it was compared with as it was before.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.codebook.issues import Issue
from communique.link.across_articles import group_reports, judged_pairs
from communique.link.agreement import linked_event
from communique.link.copies import Fingerprint, copied, find_copies
from communique.link.reports import Report
from communique.records import CopyGroup, LinkedEvent, Links
from communique.run.standing import changed_standing
from communique.run.surroundings import Surroundings, kept_keys, name_of
from communique.store import Record
from communique.store.link_inputs import KeysOf, LinkState, ToldOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What goes out of the record, what comes in, and what is kept for the next linking."""

    removed: tuple[str, ...]
    links: Links
    keys: tuple[KeysOf, ...]
    told: tuple[ToldOf, ...]


class Relinking:
    """One run over some changed articles."""

    def __init__(self, record: Record, state: LinkState, issues: Sequence[Issue]) -> None:
        self._record = record
        self._issues = issues
        self._changed = frozenset(state.unlinked)
        self._gone = frozenset(state.removed)
        self._gone_ids = frozenset(state.removed.values())
        self._judged = judged_pairs(record.pair_judgements())
        self._around = Surroundings(record, self._judged, self._changed)
        # Those that the changed ones were compared with as they were before.
        left = record.kept_keys((*state.recoded, *state.removed))
        self._left = {number for numbers in record.numbers_with(left).values() for number in numbers}

    def carry_out(self) -> Made:
        """Everything that is to be replaced."""
        self._around.load(self._changed | self._left)
        copies, old_copies, revoiced = self._copies()
        events, old_events = self._events(copies, revoiced)
        renamed = frozenset(self._around.numbers(revoiced))
        standing = changed_standing(self._record, self._changed, self._gone, renamed, copies, self._issues)
        put = {each.id for each in copies} | {each.id for each in events}
        prints = self._around.prints(self._changed)
        removed = (*(each for each in (*old_copies, *sorted(old_events)) if each not in put), *standing.removed)
        return Made(
            removed=removed,
            links=Links(copies=tuple(copies), events=tuple(events), meetings=standing.meetings, lines=standing.lines),
            keys=tuple(kept_keys(each, prints.get(each.number)) for each in self._around.load(self._changed)),
            told=standing.told,
        )

    # Copies

    def _copies(self) -> tuple[tuple[CopyGroup, ...], tuple[str, ...], frozenset[str]]:
        """The new groups, the ids of the old ones in their place, and the articles that speak for another outlet now."""
        changed = {each.article.id for each in self._around.load(self._changed)} | self._gone_ids
        old = {group.id: group for group in self._record.copy_groups(sorted(changed))}
        seeds = (
            self._changed | self._left | self._around.numbers(each for group in old.values() for each in group.articles)
        )
        prints: dict[int, Fingerprint] = {}
        fresh = self._around.prints(seeds)
        while fresh:
            prints |= fresh
            found = self._record.numbers_with(key for each in fresh.values() for key in each.keys)
            beside = self._around.prints({number for numbers in found.values() for number in numbers} - set(prints))
            fresh = {
                number: each for number, each in beside.items() if any(_copied(each, other) for other in fresh.values())
            }
        ids = {each.article_id for each in prints.values()}
        groups = find_copies(prints.values())
        old |= {group.id: group for group in self._record.copy_groups(sorted(ids))}
        return groups, tuple(sorted(old)), self._revoiced(ids | changed, groups, old.values())

    def _revoiced(self, articles: set[str], groups: Iterable[CopyGroup], old: Iterable[CopyGroup]) -> frozenset[str]:
        now, before = _first_of(groups), _first_of(old)
        return frozenset(
            article
            for article in articles | set(before)
            if article not in self._gone_ids and now.get(article, article) != before.get(article, article)
        )

    # Events

    def _events(self, copies: Iterable[CopyGroup], revoiced: frozenset[str]) -> tuple[list[LinkedEvent], set[str]]:
        """The new events, and the ids of the old ones that they take the place of."""
        record, around = self._record, self._around
        broken = record.broken_events() if self._gone or self._left else {}
        numbers = self._changed | self._left | around.numbers(revoiced)
        numbers |= record.numbers_of(claims=(claim for claims in broken.values() for claim in claims))
        core = around.component(report for each in around.load(numbers) for report in each.reports)
        # Reports that hang on a component without joining any; those that hang, or hung, on others touch these too.
        leaves = around.leaves((*core.values(), *around.near(core.values()).values()))
        old = record.events_holding(
            sorted(_claims((*core.values(), *leaves.values())) | set(record.claim_ids(self._changed)))
        )
        members = around.of_claims(claim for event in record.events_by_id(old) for claim in event.claims)
        core = around.component((*core.values(), *around.near(leaves.values()).values(), *members))
        # What else hangs on those stays where it is, but has to be there.
        hanging = around.leaves(around.near(core.values()).values())
        beside = around.component(around.near(hanging.values()).values())
        competing = around.near(around.leaves(beside.values()).values())
        reports = {**competing, **beside, **hanging, **leaves, **core}
        touched = set(core) | set(leaves)
        groups = [
            group
            for group in group_reports(reports.values(), self._judged)
            if not touched.isdisjoint(name_of(report) for report in group)
        ]
        voices = self._voices({report.article.id for group in groups for report in group}, copies)
        made = [linked_event(group, voices, self._judged.doubted) for group in groups]
        claims = _claims(report for group in groups for report in group)
        return made, old | record.events_holding(sorted(claims)) | set(broken)

    def _voices(self, articles: set[str], copies: Iterable[CopyGroup]) -> dict[str, str]:
        firsts = _first_of([*self._record.copy_groups(sorted(articles)), *copies])
        outlets = self._record.outlets_of(articles | {firsts[each] for each in articles if each in firsts})
        # An old group may name an article that is gone; then the article stands alone, or in a group of `copies`.
        return {each: outlets.get(firsts.get(each, each), outlets[each]) for each in articles}


def _claims(reports: Iterable[Report]) -> set[str]:
    return {claim.id for report in reports for claim in report.claims}


def _copied(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether linking everything would join the two: copies that share a key, or have the same words."""
    found_out = one.exact == other.exact or not set(one.keys).isdisjoint(other.keys)
    return found_out and copied(one, other) is not None


def _first_of(groups: Iterable[CopyGroup]) -> dict[str, str]:
    return {article: group.articles[0] for group in groups for article in group.articles}
