"""What a digest is made of: sections of sentences, each with the words that it stands on and where these are to be found."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """A quotation. `href` opens it (None: the article is a file without an address), `source` names outlet and day.

    `id` is the record that was coded from it, `explain` takes it; `label` is the value that it supports, where values differ.
    """

    quote: str
    id: str
    source: str
    href: str | None = None
    label: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """`text` is composed from values of the record and ends without a full stop; what follows it are the words.

    `keys` name the reports that it tells of: a sentence none of whose keys was told before is news.
    """

    text: str
    words: tuple[Words, ...]
    keys: tuple[str, ...]
    voices: int = 1
    day: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """`sentences` are the weightiest first; `left` so many more would belong here; `empty` is said where there are none."""

    title: str
    empty: str
    sentences: tuple[Sentence, ...]
    left: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """`about` are the names or words asked for, `period` the days in words. `more` is the page with all of it, or None."""

    title: str
    period: str
    about: tuple[str, ...]
    sections: tuple[Section, ...]
    more: str | None = None

    @property
    def keys(self) -> frozenset[str]:
        """Everything that it tells of."""
        return frozenset(key for section in self.sections for each in section.sentences for key in each.keys)

    @property
    def empty(self) -> bool:
        """True when no section has a sentence."""
        return not any(section.sentences for section in self.sections)

    def kept(self, keep: Callable[[Sentence], bool]) -> "Digest":
        """The digest with only those sentences."""
        return replace(
            self,
            sections=tuple(
                replace(each, sentences=tuple(one for one in each.sentences if keep(one))) for each in self.sections
            ),
        )

    def cut(self, most: int) -> "Digest":
        """The digest with at most so many sentences in each section, the others counted."""
        return replace(
            self,
            sections=tuple(
                replace(each, sentences=each.sentences[:most], left=each.left + max(0, len(each.sentences) - most))
                for each in self.sections
            ),
        )
