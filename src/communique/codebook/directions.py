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
    """`words`: forms of words that turn round what stands with them; `negations`: words that turn those round again."""

    words: frozenset[str]
    phrases: tuple[tuple[str, ...], ...]
    negations: frozenset[str]


@lru_cache(maxsize=1)
def load_reversing() -> Reversing:
    """The packaged words. Raises CodebookError when a list is missing."""
    entry = read_yaml("issues_reversing.yaml")
    try:
        listed = [str(each) for each in entry["words"]]
        return Reversing(
            words=frozenset(form for word in listed if " " not in word for form in _forms(word)),
            phrases=tuple(
                (form, *rest)
                for phrase in listed
                if " " in phrase
                for first, *rest in [phrase.split()]
                for form in sorted(_forms(first))
            ),
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
        for phrase in sorted(issue.against, key=len, reverse=True):
            places = _places(found, phrase) - taken
            against, taken = against or bool(places), taken | places
        for phrase in sorted(issue.phrases, key=len, reverse=True):
            taken |= _places(found, phrase)
    reversing = load_reversing()
    rest = [word for place, word in enumerate(found) if place not in taken]
    turned = any(word in reversing.words for word in rest) or any(_places(rest, phrase) for phrase in reversing.phrases)
    negated = any(word in reversing.negations or word.endswith(("n't", "n’t")) for word in rest)
    return Bearing((against or turned) is not negated, bool(taken), bool(found) and found[0] in ALLEGED)


def _places(words: list[str], phrase: tuple[str, ...]) -> set[int]:
    """Where the words of a phrase of lemmas stand among others, in any regular form."""
    found: set[int] = set()
    for start in range(len(words)):
        taken, reached, gap = [], start, False
        for piece in phrase:
            if piece == GAP_SIGN:
                gap = True
                continue
            farthest = min(len(words), reached + 1 + (GAP if gap else 0))
            hit = next((place for place in range(reached, farthest) if _is_form(words[place], piece)), None)
            if hit is None:
                break
            taken.append(hit)
            reached, gap = hit + 1, False
        else:
            found.update(taken)
    return found


def _is_form(word: str, lemma: str) -> bool:
    return word == lemma or word in _forms_of(lemma)


@lru_cache(maxsize=4096)
def _forms_of(lemma: str) -> frozenset[str]:
    return frozenset(_forms(lemma))
