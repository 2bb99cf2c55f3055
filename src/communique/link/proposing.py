"""Positions that no issue covers → issues worth having: what several reports have parties demand, offer or refuse.

In: positions with the words of their contents. Out: candidates, the most told first, each with the words that would find its
positions, and those positions. Two neighbouring words that recur are better than one ("bridge toll" than "toll"); what
only names somebody, or says that something is asked or offered, is no matter. Each position goes to one candidate.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.codebook.issues import load_stances
from communique.link.words import stem, stems, weight_of

WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*")
FEWEST_POSITIONS = 2
FEWEST_ARTICLES = 2
LEAST_WEIGHT = 4.5  # of a stem in a pair, by the codebook's list of common words
LEAST_ALONE = 6.0  # of one by itself
PAIR_BONUS = 1.6
COMPANIONS = 3  # further words that would find the same positions
SHARED_BY = 0.5  # of a candidate's positions, for a companion


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncovered:
    """A position whose issue has no name yet; `side` is whose stance it is, `article_id` the first of an article's copies."""

    id: str
    article_id: str
    side: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """`name` is its most frequent wording, `words` the phrases that find it, `positions` the ids of those it would cover."""

    name: str
    words: tuple[str, ...]
    positions: tuple[str, ...]
    articles: int
    sides: int


@dataclass(frozen=True, slots=True)
class _Term:
    """A stem, or two neighbouring ones."""

    stems: tuple[str, ...]

    @property
    def weight(self) -> float:
        own = sum(weight_of(each) for each in self.stems)
        return own * PAIR_BONUS if len(self.stems) > 1 else own


def propose_issues(uncovered: Iterable[Uncovered], *, most: int = 20) -> tuple[Candidate, ...]:
    """At most `most` candidates that at least two positions of two articles tell. In whatever order these come."""
    told = sorted({each.id: each for each in uncovered}.values(), key=lambda each: each.id)
    written = {each.id: _terms(each.words) for each in told}
    holders: dict[_Term, set[str]] = {}
    for each in told:
        for term in written[each.id]:
            holders.setdefault(term, set()).add(each.id)
    by_id = {each.id: each for each in told}
    holders = {term: ids for term, ids in holders.items() if _enough(ids, by_id)}
    ranked = sorted(holders, key=lambda term: _rank(term, holders[term], by_id))
    found: list[Candidate] = []
    taken: set[str] = set()
    for term in ranked:
        left = holders[term] - taken
        if len(found) == most:
            break
        if _enough(left, by_id):
            found.append(_candidate(term, left, written, by_id))
            taken |= left
    return tuple(sorted(found, key=lambda each: (-len(each.positions), each.name)))


def _terms(words: str) -> dict[_Term, str]:
    """The terms of a content, each with the words as written."""
    written = WORD.findall(words)
    meant = [_telling(word) for word in written]
    found: dict[_Term, str] = {}
    for place, own in enumerate(meant):
        if own is None:
            continue
        if weight_of(own) >= LEAST_ALONE:  # "country", "date" say too little by themselves
            found.setdefault(_Term((own,)), written[place].lower())
        if place + 1 < len(meant) and (following := meant[place + 1]) is not None:
            found.setdefault(_Term((own, following)), f"{written[place]} {written[place + 1]}".lower())
    return found


def _telling(word: str) -> str | None:
    """The stem of a word that says what a matter is about; None for names of countries and words that say little."""
    found = stems(word)
    if len(found) != 1:
        return None
    own = next(iter(found))
    plain = word.lower() in _speech() or stem(word.lower()) in _speech()
    return None if own.startswith("@") or plain or weight_of(own) < LEAST_WEIGHT else own


def _speech() -> frozenset[str]:
    stances = load_stances()
    return frozenset(stances.speech_nouns) | stances.courtesies | frozenset(verb for verb, _ in stances.verbs)


def _enough(ids: set[str], by_id: dict[str, Uncovered]) -> bool:
    return len(ids) >= FEWEST_POSITIONS and len({by_id[each].article_id for each in ids}) >= FEWEST_ARTICLES


def _rank(term: _Term, ids: set[str], by_id: dict[str, Uncovered]) -> tuple[float, tuple[str, ...]]:
    articles = len({by_id[each].article_id for each in ids})
    return (-term.weight * articles, term.stems)


def _candidate(
    term: _Term, ids: set[str], written: dict[str, dict[_Term, str]], by_id: dict[str, Uncovered]
) -> Candidate:
    forms = Counter(written[each][term] for each in sorted(ids))
    beside = Counter(
        other
        for each in sorted(ids)
        for other in written[each]
        if other != term and not set(other.stems) & set(term.stems)
    )
    companions = [
        other
        for other, times in sorted(beside.items(), key=lambda each: (-each[1], each[0].stems))
        if times >= max(FEWEST_POSITIONS, SHARED_BY * len(ids)) and len(other.stems) == 1
    ][:COMPANIONS]
    words = [form for form, _ in sorted(forms.items(), key=lambda each: (-each[1], each[0]))]
    name = words[0]
    if companions:
        name = f"{name} ({', '.join(_form(other, ids, written) for other in companions)})"
    return Candidate(
        name=name,
        words=tuple(dict.fromkeys([*words, *_singular(words)])),
        positions=tuple(sorted(ids)),
        articles=len({by_id[each].article_id for each in ids}),
        sides=len({by_id[each].side for each in ids}),
    )


def _form(term: _Term, ids: set[str], written: dict[str, dict[_Term, str]]) -> str:
    forms = Counter(written[each][term] for each in sorted(ids) if term in written[each])
    return min(forms, key=lambda form: (-forms[form], form))


def _singular(words: Sequence[str]) -> list[str]:
    """The last word without its plural ending: issues are found by the dictionary's form."""
    return [
        word[:-1] for word in words if word.endswith("s") and not word.endswith(("ss", "us", "is")) and len(word) > 4
    ]
