"""What linking needs to know of an article beside what was coded from it: its day and whose voice it is.

In: articles, and for each the outlet that it counts for. Out: slim records that many articles fit into memory as.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """`day` is when the article was published (None: unknown). `voice` is the outlet it counts for.

    A copy counts for the outlet of the earliest of its copies, so that copies are one voice, and two outlets' own reports two.
    """

    article_id: str
    day: date | None
    voice: str


def voices_of(article_ids: Iterable[str], reports: Mapping[str, Report]) -> int:
    """How many independent outlets some articles stand for, at least 1."""
    return max(1, len({reports[each].voice for each in article_ids if each in reports}))
