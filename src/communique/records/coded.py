"""Everything that one article gave: what `run` hands to `store`, and what `evaluate` scores."""

from dataclasses import dataclass

from communique.records.actor import Actor, Mention
from communique.records.article import Article
from communique.records.claim import Claim
from communique.records.dates import Timex
from communique.records.event import Event
from communique.records.meeting import Meeting
from communique.records.page import Page
from communique.records.position import Position
from communique.records.problem import Problem
from communique.records.statement import Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class CodedArticle:
    """One page, its article and all that was coded from it. All ids inside refer to records of the same object."""

    page: Page
    article: Article
    times: tuple[Timex, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    problems: tuple[Problem, ...] = ()
