"""The stages by name, in one place: what the pipeline calls, and what a test puts in their stead."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Protocol

from communique.codebook.actors import ActorEntry
from communique.codebook.custom import CustomLabel
from communique.codebook.issues import Issue
from communique.records import (
    Actor,
    Annotated,
    Article,
    Cast,
    Claim,
    Event,
    Meeting,
    Page,
    Place,
    Position,
    Statement,
    Timex,
)


class TimesFound(Protocol):
    """What `find_times` gives: the times, and bounds of the publication day that the text itself sets (or None)."""

    @property
    def times(self) -> tuple[Timex, ...]: ...

    @property
    def published_between(self) -> tuple[date | None, date | None] | None: ...


class ClaimCoding(Protocol):
    """What `code_claims` is; `custom` are the user's own types and modes, and only given when there are some."""

    def __call__(
        self,
        annotated: Annotated,
        cast: Cast,
        times: tuple[Timex, ...],
        places: tuple[Place, ...],
        statements: tuple[Statement, ...],
        /,
        custom: tuple[CustomLabel, ...] = (),
    ) -> tuple[Claim, ...]: ...


class PositionFinding(Protocol):
    """What `find_positions` is; `issues` are given where the user has some of his own."""

    def __call__(
        self,
        annotated: Annotated,
        cast: Cast,
        claims: Sequence[Claim],
        statements: Sequence[Statement],
        /,
        issues: tuple[Issue, ...] | None = None,
    ) -> tuple[Position, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stages:
    """One callable for each step, from page to meetings."""

    clean: Callable[[Page], Article]
    annotate: Callable[[Article], Annotated]
    find_times: Callable[[Annotated], TimesFound]
    find_cast: Callable[[Annotated, Sequence[ActorEntry]], Cast]
    find_places: Callable[[Annotated], tuple[Place, ...]]
    with_states: Callable[[Cast, Iterable[Place]], Cast]
    find_statements: Callable[[Annotated, Cast, tuple[Timex, ...]], tuple[Statement, ...]]
    code_claims: ClaimCoding
    find_positions: PositionFinding
    find_meetings: Callable[[Article, Sequence[Claim], Iterable[Actor]], tuple[Meeting, ...]]
    link_events: Callable[[Sequence[Claim], Iterable[Actor]], tuple[Event, ...]]
    model_hash: Callable[[], str]


@lru_cache(maxsize=1)
def installed_stages() -> Stages:
    """The program's own stages. They are imported when first needed: looking at a record does without the parser."""
    from communique.annotate import annotate, model_hash
    from communique.clean import clean
    from communique.coding import code_claims, find_positions, find_statements, with_states
    from communique.link import find_meetings, link_events
    from communique.resolve import find_cast, find_places, find_times

    return Stages(
        clean=clean,
        annotate=annotate,
        find_times=find_times,
        find_cast=find_cast,
        find_places=find_places,
        with_states=with_states,
        find_statements=find_statements,
        code_claims=code_claims,
        find_positions=find_positions,
        find_meetings=find_meetings,
        link_events=link_events,
        model_hash=model_hash,
    )
