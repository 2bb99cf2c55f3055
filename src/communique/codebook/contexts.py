"""The contexts of PLOVER 2.0 and the words that set them (data/contexts.yaml)."""

import re
from dataclasses import dataclass
from functools import lru_cache

from communique.codebook.files import read_yaml
from communique.records import CodebookError

WORD = re.compile(r"\w+|-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contexts:
    """`definitions` by context; `phrases` maps a phrase's first word to (all its words, contexts)."""

    definitions: dict[str, str]
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]

    def of(self, lemmas: tuple[str, ...]) -> tuple[str, ...]:
        """The contexts that some lemmas (lower case, in text order) set, in the codebook's order."""
        found = {
            context
            for position, lemma in enumerate(lemmas)
            for words, context in self.phrases.get(lemma, ())
            if lemmas[position : position + len(words)] == words
        }
        return tuple(context for context in self.definitions if context in found)


@lru_cache(maxsize=1)
def load_contexts() -> Contexts:
    """The packaged contexts. Raises CodebookError on a malformed entry."""
    definitions: dict[str, str] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for name, entry in read_yaml("contexts.yaml").items():
        if set(entry) != {"definition", "words"}:
            raise CodebookError(f"codebook file contexts.yaml: {name} needs exactly the keys definition, words")
        definitions[name] = entry["definition"]
        for phrase in entry["words"]:
            for words in {tuple(phrase.split(" ")), tuple(WORD.findall(phrase))}:  # "build-up" is one token or three
                phrases.setdefault(words[0], []).append((words, name))
    return Contexts(definitions=definitions, phrases={first: tuple(each) for first, each in phrases.items()})
