"""Issues on which parties hold positions, and the words by which they take them (data/issues.yaml, data/stances.yaml)."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError, SpeechAct, Stance

GAP = 24  # words that `…` stands for, at most
GAP_SIGN = "…"
PHRASE = re.compile(r"\w+|-|…|'s")
PLAIN_LISTS = (
    "neutral", "courtesies", "cooperative", "about", "by_way", "documents", "pressure", "persisting", "withheld",
    "intentions", "warnings", "gatherings", "admitting",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """`phrases` are lemma sequences, any of which puts a content under this issue; those `against` it name its opposite too.

    In a phrase `…` stands for up to GAP words. A "withdrawal" belongs to troop deployments, and who demands one is against
    them. A `general` issue has to be what a content is mainly about. `source` is the file of a user's own issue.
    """

    name: str
    phrases: frozenset[tuple[str, ...]]
    against: frozenset[tuple[str, ...]] = frozenset()
    general: bool = False
    definition: str = ""
    source: str | None = None


@dataclass(frozen=True, slots=True)
class IssueMatch:
    """Words that put a content under an issue: places `first` to `last` (exclusive) among those looked at."""

    issue: Issue
    rank: int
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stances:
    """`types` and `deeds` by event type, `acts` by speech act, `verbs` by (lemma, preposition or ""), the rest by lemma.

    `evaluations` maps a word to the stance of who applies it; a speech noun can stand for several stances. The other
    fields are sets of lemmas, explained at the head of each list in data/stances.yaml.
    """

    types: dict[str, Stance]
    deeds: dict[str, Stance]
    acts: dict[SpeechAct, Stance]
    triggers: dict[str, Stance]
    verbs: dict[tuple[str, str], Stance]
    speech_nouns: dict[str, frozenset[Stance]]
    evaluations: dict[str, Stance]
    evaluating: frozenset[str]
    answering_verbs: frozenset[str]
    telling: frozenset[str]
    answers: frozenset[str]
    givers: frozenset[str]
    refusals: frozenset[str]
    neutral: frozenset[str]
    courtesies: frozenset[str]
    cooperative: frozenset[str]
    about: frozenset[str]
    by_way: frozenset[str]
    modals: frozenset[str]
    obliging: frozenset[str]
    documents: frozenset[str]
    pressure: frozenset[str]
    persisting: frozenset[str]
    withheld: frozenset[str]
    intentions: frozenset[str]
    warnings: frozenset[str]
    pair_counts: frozenset[str]
    pair_nouns: frozenset[str]
    gatherings: frozenset[str]
    admitting: frozenset[str]


@lru_cache(maxsize=1)
def load_issues() -> tuple[Issue, ...]:
    """The packaged issues, the more particular first. Raises CodebookError on a malformed entry."""
    issues: list[Issue] = []
    for entry in read_yaml("issues.yaml"):
        if not {"name", "words"} <= set(entry) <= {"name", "words", "against", "general"}:
            raise CodebookError(
                f"codebook file issues.yaml: {entry.get('name', entry)} needs exactly the keys name, words (and against, general)"
            )
        against = phrases_of(entry.get("against", ()))
        issues.append(
            Issue(
                name=entry["name"],
                phrases=phrases_of(entry["words"]) | against,
                against=against,
                general=bool(entry.get("general")),
            )
        )
    return tuple(issues)


def phrases_of(listed: Iterable[str]) -> frozenset[tuple[str, ...]]:
    """Phrases as sequences of lemmas; "open-door" is one token or three."""
    listed = [str(each).lower().replace("...", GAP_SIGN) for each in listed]
    return frozenset({tuple(each.split()) for each in listed} | {tuple(PHRASE.findall(each)) for each in listed})


@lru_cache(maxsize=1)
def load_stances() -> Stances:
    """The packaged stance words. Raises CodebookError when a key is missing or a stance unknown."""
    entry = read_yaml("stances.yaml")
    try:
        speech_nouns: dict[str, frozenset[Stance]] = {}
        for stance, nouns in entry["speech_nouns"].items():
            for noun in nouns:
                speech_nouns[noun] = speech_nouns.get(noun, frozenset()) | {Stance(stance)}
        evaluations = dict(entry["evaluations"])
        evaluating = frozenset(evaluations.pop("verbs"))
        return Stances(
            types={name: Stance(stance) for name, stance in entry["types"].items()},
            deeds={name: Stance(stance) for name, stance in entry["deeds"].items()},
            acts={SpeechAct(act): Stance(stance) for act, stance in entry["acts"].items()},
            triggers=_by_word(entry["triggers"]),
            verbs={
                (verb.partition("_")[0], verb.partition("_")[2]): stance
                for verb, stance in _by_word(entry["verbs"]).items()
            },
            speech_nouns=speech_nouns,
            evaluations=_by_word(evaluations),
            evaluating=evaluating,
            answering_verbs=frozenset(entry["answers"]["verbs"]),
            telling=frozenset(entry["answers"]["telling"]),
            answers=frozenset(entry["answers"]["nouns"]),
            givers=frozenset(entry["answers"]["givers"]),
            refusals=frozenset(entry["answers"]["refusals"]),
            modals=frozenset(entry["obligations"]["modals"]),
            obliging=frozenset(entry["obligations"]["verbs"]),
            pair_counts=frozenset(entry["pairs"]["counts"]),
            pair_nouns=frozenset(entry["pairs"]["nouns"]),
            **{name: frozenset(entry[name]) for name in PLAIN_LISTS},
        )
    except (KeyError, ValueError, TypeError) as error:
        raise CodebookError(
            f"codebook file stances.yaml: {error} is missing or unknown; see codebook/issues.py"
        ) from error


def _by_word(listed: dict[str, list[str]]) -> dict[str, Stance]:
    return {word: Stance(stance) for stance, words in listed.items() for word in words}


class IssueFinder:
    """Finds issues in words; made once for a list of issues."""

    def __init__(self, issues: tuple[Issue, ...]) -> None:
        self.issues = issues
        self._by_word: dict[str, list[tuple[int, tuple[str, ...]]]] = {}
        for rank, issue in enumerate(issues):
            for phrase in sorted(issue.phrases):
                self._by_word.setdefault(phrase[0], []).append((rank, phrase))

    def matches(self, words: Sequence[str]) -> list[IssueMatch]:
        """All matches in some words (lower case, in text order), in the order of the issues, then of the text."""
        found = []
        for place, word in enumerate(words):
            for rank, phrase in self._by_word.get(word, ()):
                last = _end_of(words, place, phrase)
                if last is not None:
                    found.append(IssueMatch(self.issues[rank], rank, place, last))
        return sorted(found, key=lambda each: (each.rank, each.first, -each.last))


def issue_of(lemmas: tuple[str, ...], issues: tuple[Issue, ...]) -> str | None:
    """The first issue one of whose phrases stands among some lemmas (lower case, in text order); None when none does."""
    found = issue_finder(issues).matches(lemmas)
    return found[0].issue.name if found else None


@lru_cache(maxsize=8)
def issue_finder(issues: tuple[Issue, ...]) -> IssueFinder:
    """The finder of a list of issues."""
    return IssueFinder(issues)


def _end_of(words: Sequence[str], place: int, phrase: tuple[str, ...]) -> int | None:
    """Where the phrase that begins at `place` ends, None when it does not stand there."""
    if len(phrase) > 1 and GAP_SIGN not in phrase:
        return place + len(phrase) if tuple(words[place : place + len(phrase)]) == phrase else None
    reached, gap = place, False
    for piece in phrase:
        if piece == GAP_SIGN:
            gap = True
            continue
        farthest = min(len(words), reached + 1 + (GAP if gap else 0))
        hit = next((number for number in range(reached, farthest) if words[number] == piece), None)
        if hit is None:
            return None
        reached, gap = hit + 1, False
    return reached
