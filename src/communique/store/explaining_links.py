"""What linking derived, and what people judged → how it is known: each value with the claims that give it, and their words."""

from collections.abc import Iterable, Sequence
from typing import TypeAlias

from sqlalchemy import Connection, select

from communique.records import (
    Claim,
    CopyGroup,
    Event,
    Judgement,
    Line,
    LinkedEvent,
    LinkedMeeting,
    Role,
    Span,
)
from communique.store import schema
from communique.store.explained import ExplainedField, Surroundings
from communique.store.mapping.claims import load_claims
from communique.store.mapping.columns import CHUNK
from communique.store.mapping.linked import line_positions
from communique.store.mapping.speech import load_positions

Derived: TypeAlias = Event | LinkedEvent | LinkedMeeting | Line | CopyGroup | Judgement

REPORTS_SHOWN = 12  # of one value; the number of all is told


def derived_surroundings(connection: Connection, record: Derived) -> Surroundings:
    """Ids that belong to the record, the articles whose words it stands on, and its fields with those words."""
    if isinstance(record, Event):
        return _event(connection, record)
    if isinstance(record, LinkedEvent):
        return _linked_event(connection, record)
    if isinstance(record, LinkedMeeting):
        return _linked_meeting(connection, record)
    if isinstance(record, Line):
        return _line(connection, record)
    if isinstance(record, CopyGroup):
        return Surroundings([("article", each) for each in record.articles], _present(connection, record.articles), [])
    return _judgement(connection, record)


def _event(connection: Connection, event: Event) -> Surroundings:
    claims = load_claims(connection, event.claims)
    members = [claims[each] for each in event.claims]
    extra = [ExplainedField(name="reported", value=each.status.value, words=each.evidence) for each in members]
    return Surroundings([("claim", each) for each in event.claims], _articles(members), extra)


def _linked_event(connection: Connection, event: LinkedEvent) -> Surroundings:
    claims = load_claims(connection, event.claims)
    shown: list[Claim] = [claims[each] for each in event.claims[:REPORTS_SHOWN] if each in claims]
    extra = []
    for field in event.fields:
        for place, value in enumerate(field.values):
            members = [claims[each] for each in value.claims[:REPORTS_SHOWN] if each in claims]
            shown += members
            told = f"{value.value or 'none'} ({_voices(value.voices)}{', otherwise' if place else ''})"
            extra.append(
                ExplainedField(
                    name=field.field, value=told, words=_spans(_words_of(field.field, each) for each in members)
                )
            )
    if not extra:
        extra = [ExplainedField(name="reported", value=each.status.value, words=each.evidence) for each in shown]
    return Surroundings([("claim", each) for each in event.claims], _articles(shown), extra)


def _linked_meeting(connection: Connection, meeting: LinkedMeeting) -> Surroundings:
    claims = load_claims(connection, sorted({move.claim_id for move in meeting.moves}))
    extra = [
        ExplainedField(
            name="moved",
            value=f"{move.status.value}{f' on {move.day}' if move.day else ''}",
            words=claims[move.claim_id].evidence,
        )
        for move in meeting.moves
        if move.claim_id in claims
    ]
    related = [("meeting", each) for each in meeting.meetings]
    related += [("claim", each) for each in dict.fromkeys(move.claim_id for move in meeting.moves)]
    return Surroundings(
        related, _articles(claims[move.claim_id] for move in meeting.moves if move.claim_id in claims), extra
    )


def _line(connection: Connection, line: Line) -> Surroundings:
    positions = load_positions(connection, line_positions(line))
    extra = []
    for entry in line.entries:
        members = [positions[each] for each in entry.positions[:REPORTS_SHOWN] if each in positions]
        notes = [
            note
            for note, holds in (
                ("changed", entry.changed),
                ("an answer is owed", entry.owed),
                ("reported by others", entry.by_others),
            )
            if holds
        ]
        told = ", ".join((entry.stance.value, *([str(entry.day)] if entry.day else []), *notes))
        extra.append(ExplainedField(name="stance", value=told, words=_spans((each.content,) for each in members)))
    related = [("position", each) for each in line_positions(line)]
    return Surroundings(related, list(dict.fromkeys(each.article_id for each in positions.values())), extra)


def _judgement(connection: Connection, judgement: Judgement) -> Surroundings:
    judged = [each for each in (judgement.subject, judgement.other) if each is not None]
    claims = load_claims(connection, judged)
    members = [claims[each] for each in judged if each in claims]
    extra = [ExplainedField(name="judged", value=each.status.value, words=(each.trigger,)) for each in members]
    articles = _articles(members)
    if not articles:
        own = schema.cast_members.c
        query = select(own.article_id).where(own.actor_id.in_(judged)).order_by(own.seen.desc()).limit(1)
        articles = list(connection.execute(query).scalars())
    return Surroundings([(each.partition("-")[0], each) for each in judged], articles, extra)


def _words_of(field: str, claim: Claim) -> tuple[Span, ...]:
    """The words by which a claim gives a field its value; its main evidence where there are no narrower ones."""
    if field == "date" and claim.date is not None:
        return (claim.date.span,)
    if field == "place" and claim.place is not None:
        return (claim.place.span,)
    if field == "status":
        return (claim.status_span or claim.trigger,)
    if field in ("actors", "recipients"):
        roles: tuple[Role, ...] = claim.actors if field == "actors" else claim.recipients
        return tuple(role.span for role in roles if role.span is not None)
    return (claim.trigger,) if field == "modes" else claim.evidence[:1]


def _spans(groups: Iterable[tuple[Span, ...]]) -> tuple[Span, ...]:
    return tuple(dict.fromkeys(span for group in groups for span in group))


def _articles(claims: Iterable[Claim]) -> list[str]:
    return list(dict.fromkeys(claim.article_id for claim in claims))


def _present(connection: Connection, ids: Sequence[str]) -> list[str]:
    own = schema.articles.c.id
    found = set(connection.execute(select(own).where(own.in_(ids[:CHUNK]))).scalars())
    return [each for each in ids[:REPORTS_SHOWN] if each in found]


def _voices(number: int) -> str:
    return "1 voice" if number == 1 else f"{number} voices"
