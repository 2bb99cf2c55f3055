"""A few changed articles → what linking has to replace because of them: copies, events, meetings and lines.

From the changed reports the search goes on to all that are joined to them by pairs, and from those to the next, until nothing
new is found: these components are parted anew as a whole, so that the result is the one of linking everything. An
article that was coded anew also brings in those it was compared with as it was before.
"""

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.codebook.issues import Issue
from communique.link.agreement import linked_event
from communique.link.blocks import keys_of
from communique.link.copies import Fingerprint, copied, find_copies, fingerprint
from communique.link.reports import Report, reports_of
from communique.link.same_event import Judged, belong, group_reports, judged_pairs
from communique.records import CopyGroup, LinkedEvent, Links
from communique.records.reported import ReportedArticle
from communique.run.standing import changed_standing
from communique.store import Record
from communique.store.link_inputs import KeysOf, LinkState, ToldOf


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What goes out of the record, what comes in, and what is kept for the next linking."""

    removed: tuple[str, ...]
    links: Links
    keys: tuple[KeysOf, ...]
    told: tuple[ToldOf, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article as linking compares it."""

    number: int
    article: ReportedArticle
    text_print: Fingerprint | None
    reports: tuple[Report, ...]


def loaded(number: int, article: ReportedArticle, judged: Judged) -> Loaded:
    """The article with its fingerprint and its reports."""
    made = reports_of(article, judged.different)
    return Loaded(number, article, fingerprint(article.id, article.day, article.text), tuple(made))


def kept_keys(each: Loaded) -> KeysOf:
    """The keys under which the article is to be found by later ones."""
    keys = set(each.text_print.keys) if each.text_print is not None else set()
    for report in each.reports:
        keys.update(keys_of(report).kept)
    return KeysOf(number=each.number, article_id=each.article.id, keys=array("q", sorted(keys)))


class Relinking:
    """One run over some changed articles."""

    def __init__(self, record: Record, state: LinkState, issues: Sequence[Issue]) -> None:
        self._record = record
        self._issues = issues
        self._changed = frozenset(state.unlinked)
        self._gone = frozenset(state.removed)
        self._gone_ids = frozenset(state.removed.values())
        self._judged = judged_pairs(record.pair_judgements())
        self._known: dict[int, Loaded] = {}
        self._number_of: dict[str, int] = {}
        # Those that the changed ones were compared with as they were before.
        left = record.kept_keys((*state.recoded, *state.removed))
        self._left = {number for numbers in record.numbers_with(left).values() for number in numbers}

    def carry_out(self) -> Made:
        """Everything that is to be replaced."""
        self._load(self._changed | self._left)
        copies, old_copies, revoiced = self._copies()
        events, old_events = self._events(copies, revoiced)
        renamed = frozenset(self._numbers(revoiced))
        standing = changed_standing(self._record, self._changed, self._gone, renamed, copies, self._issues)
        put = {each.id for each in copies} | {each.id for each in events}
        removed = (*(each for each in (*old_copies, *sorted(old_events)) if each not in put), *standing.removed)
        return Made(
            removed=removed,
            links=Links(copies=tuple(copies), events=tuple(events), meetings=standing.meetings, lines=standing.lines),
            keys=tuple(kept_keys(self._known[number]) for number in sorted(self._changed) if number in self._known),
            told=standing.told,
        )

    def _load(self, numbers: Iterable[int]) -> list[Loaded]:
        """Those articles; what was read once is at hand."""
        wanted = sorted(set(numbers))
        for number, article in self._record.reported([each for each in wanted if each not in self._known]):
            self._known[number] = loaded(number, article, self._judged)
            self._number_of[article.id] = number
        return [self._known[number] for number in wanted if number in self._known]

    def _numbers(self, articles: Iterable[str]) -> set[int]:
        listed = set(articles)
        unknown = {each for each in listed if each not in self._number_of}
        return {self._number_of[each] for each in listed - unknown} | self._record.numbers_of(articles=unknown)

    # Copies

    def _copies(self) -> tuple[tuple[CopyGroup, ...], tuple[str, ...], frozenset[str]]:
        """The new groups, the ids of the old ones in their place, and the articles that speak for another outlet now."""
        changed = {each.article.id for each in self._load(self._changed)} | self._gone_ids
        old = {group.id: group for group in self._record.copy_groups(sorted(changed))}
        seeds = self._changed | self._left | self._numbers(each for group in old.values() for each in group.articles)
        prints: dict[int, Fingerprint] = {}
        fresh = [each for each in self._load(seeds) if each.text_print is not None]
        while fresh:
            prints.update((each.number, each.text_print) for each in fresh if each.text_print is not None)
            found = self._record.numbers_with(key for each in fresh if each.text_print for key in each.text_print.keys)
            beside = {number for numbers in found.values() for number in numbers} - set(prints)
            fresh = [
                each
                for each in self._load(beside)
                if each.text_print is not None
                and any(_copied(each.text_print, prints[other.number]) for other in fresh)
            ]
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
        record = self._record
        broken = record.broken_events() if self._gone or self._left else {}
        numbers = self._changed | self._left | self._numbers(revoiced)
        numbers |= record.numbers_of(claims=(claim for claims in broken.values() for claim in claims))
        reports = self._component(self._load(numbers))
        claims = {claim.id for report in reports for claim in report.claims} | set(record.claim_ids(self._changed))
        voices = self._voices({report.article.id for report in reports}, copies)
        made = [linked_event(group, voices, self._judged.doubted) for group in group_reports(reports, self._judged)]
        return made, record.events_holding(sorted(claims)) | set(broken)

    def _component(self, seeds: Iterable[Loaded]) -> list[Report]:
        """The reports of those articles with all that are joined to them, pair by pair or by a person's word."""
        found: dict[str, Report] = {}
        fresh = [report for each in seeds for report in each.reports]
        while fresh:
            found.update((report.claims[0].id, report) for report in fresh)
            fresh = [*self._joined(fresh, found).values()]
        return list(found.values())

    def _joined(self, reports: list[Report], found: Mapping[str, Report]) -> dict[str, Report]:
        asked: dict[int, list[Report]] = {}
        for report in reports:
            for key in keys_of(report).asked:
                asked.setdefault(key, []).append(report)
        numbers = self._record.numbers_with(asked)
        # Of the changed articles the record has no keys yet.
        beside = self._load({number for group in numbers.values() for number in group} | self._changed)
        ids = {claim.id for report in reports for claim in report.claims}
        partners = {other for pair in self._judged.same if pair & ids for other in pair}
        said = self._load(self._record.numbers_of(claims=partners)) if partners else []
        joined: dict[str, Report] = {}
        for each in {other.number: other for other in (*beside, *said)}.values():
            for report in each.reports:
                name = report.claims[0].id
                if name in found or name in joined:
                    continue
                near = {id(one): one for key in keys_of(report).kept for one in asked.get(key, ())}
                if any(claim.id in partners for claim in report.claims) or any(
                    belong(one, report) for one in near.values()
                ):
                    joined[name] = report
        return joined

    def _voices(self, articles: set[str], copies: Iterable[CopyGroup]) -> dict[str, str]:
        firsts = _first_of([*self._record.copy_groups(sorted(articles)), *copies])
        outlets = self._record.outlets_of(articles | {firsts[each] for each in articles if each in firsts})
        # An old group may name an article that is gone; then the article stands alone, or in a group of `copies`.
        return {each: outlets.get(firsts.get(each, each), outlets[each]) for each in articles}


def _copied(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether linking everything would join the two: copies that share a key, or have the same words."""
    found_out = one.exact == other.exact or not set(one.keys).isdisjoint(other.keys)
    return found_out and copied(one, other) is not None


def _first_of(groups: Iterable[CopyGroup]) -> dict[str, str]:
    return {article: group.articles[0] for group in groups for article in group.articles}
