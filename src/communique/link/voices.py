"""Whose word an article is: when it came out, and the outlet that it counts for, so that copies are one voice."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol


class Source(Protocol):
    """What is asked of an article: its day of publication (None: unknown) and its voice.

    A copy's voice is the outlet of the earliest of its copies; an outlet's own reports are one voice.
    """

    @property
    def day(self) -> date | None: ...

    @property
    def voice(self) -> str: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """The plainest source."""

    day: date | None
    voice: str


def voices_of(article_ids: Iterable[str], sources: Mapping[str, Source]) -> int:
    """How many independent outlets some articles stand for, at least 1."""
    return max(1, len({sources[each].voice for each in article_ids if each in sources}))
