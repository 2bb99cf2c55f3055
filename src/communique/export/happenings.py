"""Linked events, or claims one by one, as event data formats see them: type, parties, day, place, and the words of each report.

Formats that have no status hold only what `scores.countable` lets through, unless statuses are asked for by name; what stays out is
counted by its reason.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from communique.export import gathering
from communique.export.choices import Choices
from communique.export.gathering import Known
from communique.export.scores import coded_type, countable, in_order
from communique.records import Actor, Article, Claim, DateRange, LinkedEvent, Place, Role, Span, Status
from communique.store import Filters, Record

NO_STATUS = "the format has no status, and they would read as done (--status has them)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """A party of a happening: who it is, and the words by which the first report that names it does (None: none does)."""

    actor_id: str
    actor: Actor | None
    words: Span | None
    quote: str

    @property
    def name(self) -> str:
        """The name; the id where the record does not know the actor."""
        return self.actor.name if self.actor else self.actor_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One claim with its article, and the clause that it stands on."""

    claim: Claim
    article: Article

    @property
    def span(self) -> Span:
        """The clause."""
        return self.claim.evidence[0] if self.claim.evidence else self.claim.trigger

    @property
    def quote(self) -> str:
        """The words of the clause."""
        return self.article.quote(self.span)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """`type` is the PLOVER type, `own_type` the codebook's; `reports` are in order of publication and never empty.

    `place` has coordinates as far as some report's place with the agreed name does; without a report's place there are only
    `place_name` and `country`. `voices` counts independent outlets.
    """

    id: str
    type: str
    own_type: str
    modes: tuple[str, ...]
    contexts: tuple[str, ...]
    status: Status
    dates: DateRange | None
    actors: tuple[Taking, ...]
    recipients: tuple[Taking, ...]
    place: Place | None
    place_name: str | None
    country: str | None
    meeting_type: str | None
    articles: int
    voices: int
    disputed: tuple[str, ...]
    reports: tuple[Report, ...]

    @property
    def first(self) -> Report:
        """The report that was published first."""
        return self.reports[0]

    @property
    def coded(self) -> str:
        """The type in formats that have no status."""
        return coded_type(self.type, self.status)


def happenings(
    record: Record, filters: Filters, choices: Choices, *, all_statuses: bool = False
) -> Iterator[Happening]:
    """Events, or claims if `choices.kind` says so. Unless `all_statuses`, without what would read as the deed in a format that
    knows no status; `filters.statuses` overrules that."""
    whole = replace(filters, limit=None)
    told = _claims(record, whole) if choices.kind == "claims" else _events(record, whole)
    left = filters.limit
    for each in told:
        if left == 0:
            return
        if all_statuses or filters.statuses or countable(each.type, each.status):
            left = None if left is None else left - 1
            yield each
        else:
            choices.left_out[NO_STATUS, each.status.value] += 1


def _claims(record: Record, filters: Filters) -> Iterator[Happening]:
    for part, known in gathering.claims(record, filters):
        for claim in part:
            article = known.articles[claim.article_id]
            yield Happening(
                id=claim.id,
                type=claim.plover_type,
                own_type=claim.type,
                modes=claim.modes,
                contexts=claim.contexts,
                status=claim.status,
                dates=claim.date.dates if claim.date else None,
                actors=tuple(_taking(role.actor_id, (role,), known) for role in claim.actors),
                recipients=tuple(_taking(role.actor_id, (role,), known) for role in claim.recipients),
                place=claim.place,
                place_name=claim.place.name if claim.place else None,
                country=claim.place.country if claim.place else None,
                meeting_type=claim.meeting_type,
                articles=1,
                voices=1,
                disputed=(),
                reports=(Report(claim=claim, article=article),),
            )


def _events(record: Record, filters: Filters) -> Iterator[Happening]:
    for part, known in gathering.events(record, filters):
        for event in part:
            members = [known.claims[each] for each in event.claims if each in known.claims]
            reports = [Report(claim=each, article=known.articles[each.article_id]) for each in members]
            if reports:
                yield _event(event, tuple(reports), known)


def _event(event: LinkedEvent, reports: tuple[Report, ...], known: Known) -> Happening:
    claims = [report.claim for report in reports]
    acting = tuple(role for claim in claims for role in claim.actors)
    receiving = tuple(role for claim in claims for role in claim.recipients)
    both = acting + receiving
    return Happening(
        id=event.id,
        type=next((claim.plover_type for claim in claims if claim.type == event.type), event.type),
        own_type=event.type,
        modes=event.modes,
        contexts=in_order(context for claim in claims for context in claim.contexts),
        status=event.status,
        dates=event.dates,
        actors=tuple(_taking(each, acting + both, known) for each in event.actors),
        recipients=tuple(_taking(each, receiving + both, known) for each in event.recipients),
        place=_place(event, claims),
        place_name=event.place,
        country=event.country,
        meeting_type=event.meeting_type,
        articles=event.articles,
        voices=event.voices,
        disputed=event.disputed,
        reports=reports,
    )


def _place(event: LinkedEvent, claims: Sequence[Claim]) -> Place | None:
    """The place that was agreed on, from a report that locates it where there is one."""
    named = [claim.place for claim in claims if claim.place and claim.place.name == event.place]
    return next((place for place in named if place.latitude is not None), named[0] if named else None)


def _taking(actor_id: str, roles: Sequence[Role], known: Known) -> Taking:
    words = next((role.span for role in roles if role.actor_id == actor_id and role.span), None)
    return Taking(actor_id=actor_id, actor=known.actors.get(actor_id), words=words, quote=known.quote(words) or "")
