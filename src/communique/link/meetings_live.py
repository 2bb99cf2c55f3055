"""Announced meetings of all articles → each meeting once, with the words that moved it: announced, confirmed, postponed, …

In: the meetings of each article and the claims that may move one (held, called off, put off, confirmed), the reports they
stand in, all actors. Out: linked meetings. That a day has passed never makes a meeting held: somebody has to say so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from communique.link.voices import Source
from communique.records import Actor, Article, Claim, DateRange, LinkedMeeting, Meeting, Place, Status


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldMeeting:
    """One claim that announces, moves or reports a meeting. `meeting_id` is the article's meeting it belongs to, or None.

    `trigger` and `words` (its main clause) are in lower case, with single spaces; `parties` are actor ids.
    """

    claim_id: str
    article_id: str
    start: int
    meeting_id: str | None
    type: str
    meeting_type: str | None
    modes: tuple[str, ...]
    status: Status
    parties: tuple[str, ...]
    dates: DateRange | None
    place: Place | None
    format: str | None
    trigger: str
    words: str


def told_meetings(article: Article, claims: Sequence[Claim], meetings: Sequence[Meeting]) -> tuple[ToldMeeting, ...]:
    """What one article tells of meetings, in text order; the claims that have nothing to do with one are left out."""
    raise NotImplementedError


def link_meetings(
    told: Iterable[ToldMeeting], sources: Mapping[str, Source], actors: Iterable[Actor]
) -> tuple[LinkedMeeting, ...]:
    """The meetings, by date and id. `sources` by article id; `actors` are those of the record, in any order."""
    raise NotImplementedError
