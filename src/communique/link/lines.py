"""Positions of all articles → lines: one party's stances on one issue over time, with turns, answers and what is owed.

In: one slim record a position, the reports they stand in, all actors. Out: lines, by issue and party. A function of the set
of positions only; the cost grows with their number, since only those of one issue and side are compared.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from communique.link.reports import Report
from communique.records import Actor, Article, DateRange, Line, Position, Stance


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStance:
    """One position of one article: `words` is its content, `start` where that begins, `dates` when it was voiced if told.

    `party`, `of`, `by` and `asserted_by` are actor ids, with the meaning they have in `Position`.
    """

    id: str
    article_id: str
    start: int
    issue: str
    party: str
    stance: Stance
    words: str
    of: tuple[str, ...] = ()
    by: str | None = None
    asserted_by: str | None = None
    dates: DateRange | None = None


def told_stance(position: Position, article: Article) -> ToldStance:
    """A position as linking needs it."""
    return ToldStance(
        id=position.id,
        article_id=position.article_id,
        start=position.content.start,
        issue=position.issue,
        party=position.party.actor_id,
        stance=position.stance,
        words=" ".join(article.quote(position.content).split()),
        of=tuple(role.actor_id for role in position.of),
        by=position.by.actor_id if position.by else None,
        asserted_by=position.asserted_by.actor_id if position.asserted_by else None,
        dates=position.date.dates if position.date else None,
    )


def make_lines(
    stances: Iterable[ToldStance], reports: Mapping[str, Report], actors: Iterable[Actor]
) -> tuple[Line, ...]:
    """The lines, ordered by issue, side and id. `reports` by article id; `actors` are those of the record, in any order."""
    raise NotImplementedError
