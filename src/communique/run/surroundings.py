"""Reports and those around them, fetched from the record as far as they are asked for, in few questions.

For a report: whom it is compared with, with whom it makes a sure pair, whom it is near to, and its component.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass

from communique.link.across_articles import Judged, belong, is_loose, near_each_other
from communique.link.blocks import Keys, keys_of
from communique.link.copies import Fingerprint, fingerprint
from communique.link.reports import Report, reports_of
from communique.records.reported import ReportedArticle
from communique.store import Record
from communique.store.link_inputs import KeysOf


@dataclass(frozen=True, slots=True)
class Loaded:
    """An article as linking compares it."""

    number: int
    article: ReportedArticle
    reports: tuple[Report, ...]


def loaded(number: int, article: ReportedArticle, judged: Judged) -> Loaded:
    """The article with its reports."""
    return Loaded(number, article, tuple(reports_of(article, judged.different)))


def print_of(each: Loaded) -> Fingerprint | None:
    """What the article's text is compared by; None for one too short to tell."""
    return fingerprint(each.article.id, each.article.day, each.article.text)


def kept_keys(each: Loaded, text_print: Fingerprint | None) -> KeysOf:
    """The keys under which the article is to be found by later ones."""
    keys = set(text_print.keys) if text_print is not None else set()
    for report in each.reports:
        keys.update(keys_of(report).kept)
    return KeysOf(number=each.number, article_id=each.article.id, keys=array("q", sorted(keys)))


class Surroundings:
    """What was read so far. `fresh` are the numbers of articles of which the record has no keys yet: all are looked at."""

    def __init__(self, record: Record, judged: Judged, fresh: frozenset[int]) -> None:
        self._record = record
        self._judged = judged
        self._fresh = fresh
        self._known: dict[int, Loaded] = {}
        self._prints: dict[int, Fingerprint | None] = {}
        self._keys: dict[str, Keys] = {}
        self._number_of: dict[str, int] = {}
        self._beside: dict[str, list[Report]] = {}
        self._sure: dict[str, list[Report]] = {}
        self._bound = {claim for pair in judged.same for claim in pair}

    def load(self, numbers: Iterable[int]) -> list[Loaded]:
        """Those articles; what was read once is at hand."""
        wanted = sorted(set(numbers))
        for number, article in self._record.reported([each for each in wanted if each not in self._known]):
            self._known[number] = loaded(number, article, self._judged)
            self._number_of[article.id] = number
        return [self._known[number] for number in wanted if number in self._known]

    def prints(self, numbers: Iterable[int]) -> dict[int, Fingerprint]:
        """The fingerprints of those articles, as far as they have one, by number."""
        for each in self.load(numbers):
            if each.number not in self._prints:
                self._prints[each.number] = print_of(each)
        known = ((number, self._prints.get(number)) for number in sorted(set(numbers)))
        return {number: text_print for number, text_print in known if text_print is not None}

    def numbers(self, articles: Iterable[str]) -> set[int]:
        """The numbers of the articles with those ids, as far as there are such."""
        listed = set(articles)
        unknown = {each for each in listed if each not in self._number_of}
        return {self._number_of[each] for each in listed - unknown} | self._record.numbers_of(articles=unknown)

    def of_claims(self, claims: Iterable[str]) -> list[Report]:
        """The reports that hold any of the claims."""
        wanted = set(claims)
        articles = self.load(self._record.numbers_of(claims=wanted))
        return [
            report for each in articles for report in each.reports if any(claim.id in wanted for claim in report.claims)
        ]

    def component(self, seeds: Iterable[Report]) -> dict[str, Report]:
        """The reports with all that are joined to them, by sure pairs or by a person's word; by the names of reports."""
        found: dict[str, Report] = {}
        fresh = {name_of(report): report for report in seeds}
        while fresh:
            found |= fresh
            self._look_around(fresh.values())
            fresh = {
                name_of(other): other for name in fresh for other in self._sure[name] if name_of(other) not in found
            }
        return found

    def leaves(self, reports: Iterable[Report]) -> dict[str, Report]:
        """Those of the reports that no sure pair holds, and that have no exact date."""
        loose = {name_of(report): report for report in reports if is_loose(report)}
        self._look_around(loose.values())
        return {name: report for name, report in loose.items() if not self._sure[name]}

    def near(self, reports: Iterable[Report]) -> dict[str, Report]:
        """All that any of the reports may tell one event with."""
        listed = list(reports)
        self._look_around(listed)
        return {
            name_of(other): other
            for report in listed
            for other in self._beside[name_of(report)]
            if near_each_other(report, other)
        }

    def _look_around(self, reports: Iterable[Report]) -> None:
        """Finds whom those reports are to be compared with, and with whom they make sure pairs."""
        listed = [report for report in reports if name_of(report) not in self._sure]
        if not listed:
            return
        asked: dict[int, list[Report]] = {}
        for report in listed:
            self._beside[name_of(report)] = []
            for key in self._keys_of(report).asked:
                asked.setdefault(key, []).append(report)
        numbers = {number for group in self._record.numbers_with(asked).values() for number in group}
        for each in self.load(numbers | self._fresh):
            for other in each.reports:
                met = {name_of(one): one for key in self._keys_of(other).kept for one in asked.get(key, ())}
                for name, one in met.items():
                    if one is not other:
                        self._beside[name].append(other)
        for report in listed:
            own = name_of(report)
            self._sure[own] = [other for other in self._beside[own] if belong(report, other)]
            claims = {claim.id for claim in report.claims}
            if claims & self._bound:
                said = {other for pair in self._judged.same if pair & claims for other in pair}
                self._sure[own] += [other for other in self.of_claims(said) if other is not report]

    def _keys_of(self, report: Report) -> Keys:
        name = name_of(report)
        if name not in self._keys:
            self._keys[name] = keys_of(report)
        return self._keys[name]


def name_of(report: Report) -> str:
    """What a report is known by: its first claim's id."""
    return report.claims[0].id
