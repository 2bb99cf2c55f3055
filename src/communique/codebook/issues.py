"""Issues on which parties hold positions, and the words by which they take them (data/issues.yaml, data/stances.yaml)."""

from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.contexts import WORD
from communique.codebook.files import read_yaml
from communique.records import CodebookError, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """`phrases` are lemma sequences, any of which puts a content under this issue."""

    name: str
    phrases: frozenset[tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stances:
    """`types` by event type; `verbs` by (lemma, preposition or ""); the rest are lemmas about answers owed."""

    types: dict[str, Stance]
    verbs: dict[tuple[str, str], Stance]
    answering_verbs: frozenset[str]
    answers: frozenset[str]
    givers: frozenset[str]
    refusals: frozenset[str]


@lru_cache(maxsize=1)
def load_issues() -> tuple[Issue, ...]:
    """The packaged issues, the more particular first. Raises CodebookError on a malformed entry."""
    issues: list[Issue] = []
    for entry in read_yaml("issues.yaml"):
        if set(entry) != {"name", "words"}:
            raise CodebookError(
                f"codebook file issues.yaml: {entry.get('name', entry)} needs exactly the keys name, words"
            )
        phrases = {tuple(phrase.split(" ")) for phrase in entry["words"]}
        phrases |= {tuple(WORD.findall(phrase)) for phrase in entry["words"]}  # "open-door" is one token or three
        issues.append(Issue(name=entry["name"], phrases=frozenset(phrases)))
    return tuple(issues)


@lru_cache(maxsize=1)
def load_stances() -> Stances:
    """The packaged stance words. Raises CodebookError when a key is missing or a stance unknown."""
    entry = read_yaml("stances.yaml")
    try:
        verbs = {
            (verb.partition("_")[0], verb.partition("_")[2]): Stance(stance)
            for stance, listed in entry["verbs"].items()
            for verb in listed
        }
        answers = entry["answers"]
        return Stances(
            types={name: Stance(stance) for name, stance in entry["types"].items()},
            verbs=verbs,
            answering_verbs=frozenset(answers["verbs"]),
            answers=frozenset(answers["nouns"]),
            givers=frozenset(answers["givers"]),
            refusals=frozenset(answers["refusals"]),
        )
    except (KeyError, ValueError) as error:
        raise CodebookError(
            f"codebook file stances.yaml: {error} is missing or unknown; see codebook/issues.py"
        ) from error


def issue_of(lemmas: tuple[str, ...], issues: tuple[Issue, ...]) -> str | None:
    """The first issue one of whose phrases stands among some lemmas (lower case, in text order); None when none does."""
    for issue in issues:
        for phrase in issue.phrases:
            if any(lemmas[start : start + len(phrase)] == phrase for start in range(len(lemmas) - len(phrase) + 1)):
                return issue.name
    return None
