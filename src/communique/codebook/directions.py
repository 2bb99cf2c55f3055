"""Which way a content points: "an end to the tariffs" is against tariffs, "an end to the fighting" is for a ceasefire.

In: the words of a content and its issue. Out: whether they turn the issue round, so that who demands them is against it
(data/issues_reversing.yaml, and `against` of an issue).
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.codebook.issues import GAP, GAP_SIGN, Issue
from communique.records import CodebookError

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|-")
ALLEGED = frozenset({"having", "being"})  # "accused it of having bought the dam's plans" is no word on the dam
ENDINGS = ("s", "es", "ed", "d", "ing")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reversing:
    """`words`: forms of words that turn round what stands with them, `phrases` those of several by their first.

    `negations` are words that turn those round again.
    """

    words: frozenset[str]
    phrases: dict[str, tuple[tuple[str, ...], ...]]
    negations: frozenset[str]


@lru_cache(maxsize=1)
def load_reversing() -> Reversing:
    """The packaged words. Raises CodebookError when a list is missing."""
    entry = read_yaml("issues_reversing.yaml")
    try:
        listed = [str(each) for each in entry["words"]]
        phrases: dict[str, list[tuple[str, ...]]] = {}
        for first, *rest in (each.split() for each in listed if " " in each):
            for form in sorted(_forms(first)):
                phrases.setdefault(form, []).append((form, *rest))
        return Reversing(
            words=frozenset(form for word in listed if " " not in word for form in _forms(word)),
            phrases={form: tuple(each) for form, each in phrases.items()},
            negations=frozenset(map(str, entry["negations"])),
        )
    except (KeyError, TypeError) as error:
        raise CodebookError(
            f"codebook file issues_reversing.yaml: {error} is missing; see codebook/directions.py"
        ) from error


def _forms(lemma: str) -> set[str]:
    """The forms of a regular word; irregular ones stand in the list themselves."""
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    forms = {lemma, *(lemma + ending for ending in ENDINGS), *(stem + ending for ending in ("es", "ed", "ing"))}
    forms |= {lemma + lemma[-1] + ending for ending in ("ed", "ing")}
    return forms | ({f"{lemma[:-1]}ies", f"{lemma[:-1]}ied"} if lemma.endswith("y") else set())


@dataclass(frozen=True, slots=True)
class Bearing:
    """How a content bears on its issue: `turned` when it names its end or opposite, `names` when it has words of the issue.

    `alleged` when it is what somebody is accused of having done, which is no word on the issue.
    """

    turned: bool
    names: bool
    alleged: bool = False


def bearing(words: str, issue: Issue | None) -> Bearing:
    """How some words bear on an issue. Those that name the issue itself do not turn it round."""
    found = [each.lower() for each in WORD.findall(words)]
    taken: set[int] = set()
    against = False
    if issue is not None:
        own = _by_first_form(issue)
        for start, word in enumerate(found):
            for phrase, opposite in own.get(word, ()):
                places = _places(found, start, phrase)
                against = against or (opposite and bool(places))
                taken |= places
    reversing = load_reversing()
    rest = [word for place, word in enumerate(found) if place not in taken]
    turned = any(word in reversing.words for word in rest) or any(
        _places(rest, start, phrase) for start, word in enumerate(rest) for phrase in reversing.phrases.get(word, ())
    )
    negated = any(word in reversing.negations or word.endswith(("n't", "n’t")) for word in rest)
    return Bearing((against or turned) is not negated, bool(taken), bool(found) and found[0] in ALLEGED)


@lru_cache(maxsize=512)
def _by_first_form(issue: Issue) -> dict[str, tuple[tuple[tuple[str, ...], bool], ...]]:
    """The phrases of an issue by every form of their first words, and whether they name its opposite."""
    made: dict[str, list[tuple[tuple[str, ...], bool]]] = {}
    for phrase in sorted(issue.phrases):
        for form in _forms_of(phrase[0]):
            made.setdefault(form, []).append((phrase, phrase in issue.against))
    return {form: tuple(phrases) for form, phrases in made.items()}


def _places(words: list[str], start: int, phrase: tuple[str, ...]) -> set[int]:
    """Where the words of a phrase of lemmas stand that begins at `start`, in any regular form; empty where it does not."""
    taken, reached, gap = [], start, False
    for piece in phrase:
        if piece == GAP_SIGN:
            gap = True
            continue
        farthest = min(len(words), reached + 1 + (GAP if gap else 0))
        forms = _forms_of(piece)
        hit = next((place for place in range(reached, farthest) if words[place] in forms), None)
        if hit is None:
            return set()
        taken.append(hit)
        reached, gap = hit + 1, False
    return set(taken)


@lru_cache(maxsize=4096)
def _forms_of(lemma: str) -> frozenset[str]:
    return frozenset(_forms(lemma))
