"""The words that decide a claim's status (data/status.yaml), indexed for look-up."""

from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError, Status

FIELDS = {
    "governors", "modals", "attributes", "conditions", "interrogatives", "continuing", "continuing_nouns", "activities",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """Lemma → status tables; governors are split by part of speech (VERB, NOUN, ADJ)."""

    governors: dict[tuple[str, str], Status]
    modals: dict[str, Status]
    attributes: dict[str, Status]
    conditions: frozenset[str]
    interrogatives: frozenset[str]
    continuing: frozenset[str]
    continuing_nouns: frozenset[str]
    activities: frozenset[str]


@lru_cache(maxsize=1)
def load_status_words() -> StatusWords:
    """The packaged table. Raises CodebookError when a key is missing or a status unknown."""
    entry = read_yaml("status.yaml")
    if set(entry) != FIELDS:
        raise CodebookError(f"codebook file status.yaml: needs exactly the keys {', '.join(sorted(FIELDS))}")
    parts = {"verbs": "VERB", "nouns": "NOUN", "adjectives": "ADJ"}
    governors: dict[tuple[str, str], Status] = {}
    for status, lists in entry["governors"].items():
        for part, lemmas in lists.items():
            for lemma in lemmas:
                governors.setdefault((parts[part], lemma), Status(status))
    return StatusWords(
        governors=governors,
        modals={word: Status(status) for word, status in entry["modals"].items()},
        attributes={word: Status(status) for status, words in entry["attributes"].items() for word in words},
        conditions=frozenset(entry["conditions"]),
        interrogatives=frozenset(entry["interrogatives"]),
        continuing=frozenset(entry["continuing"]),
        continuing_nouns=frozenset(entry["continuing_nouns"]),
        activities=frozenset(entry["activities"]),
    )
