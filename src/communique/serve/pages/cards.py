"""What was coded from one article, as cards: each field with its value, its words, and the rule that decided it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from communique.records import (
    Claim,
    CodedArticle,
    FieldDecision,
    Meeting,
    Place,
    Position,
    Role,
    Span,
    Statement,
    Timex,
)
from communique.serve.pages.dates import timex_words
from communique.serve.pages.wording import Name, Wording, quad_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field: `names` are actors to link, `value` other values; `words` its quotation, `why` the rule, `sure` 0 to 1."""

    label: str
    value: str = ""
    names: tuple[Name, ...] = ()
    words: str = ""
    why: str = ""
    sure: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One claim, statement, position or meeting. `who` → `whom` head it, with `label` (type, act, stance, format) and `status`."""

    id: str
    kind: str
    label: str
    modes: tuple[str, ...] = ()
    quad: int = 0
    who: tuple[Name, ...] = ()
    whom: tuple[Name, ...] = ()
    status: str = ""
    quote: str = ""
    fields: tuple[Field, ...] = ()
    confidence: float | None = None
    event: str | None = None
    judged: bool = False


def cards(coded: CodedArticle, wording: Wording, events: dict[str, str]) -> dict[str, tuple[Card, ...]]:
    """The cards by kind, in text order; `events` gives the event of a claim."""
    return {
        "claim": tuple(_claim_card(each, wording, events.get(each.id)) for each in coded.claims),
        "statement": tuple(_statement_card(each, wording) for each in coded.statements),
        "position": tuple(_position_card(each, wording) for each in coded.positions),
        "meeting": tuple(_meeting_card(each, wording) for each in coded.meetings),
    }


def place_words(place: Place | None) -> str:
    """`Geneva, CHE`."""
    return ", ".join(dict.fromkeys(part for part in (place.name, place.region, place.country) if part)) if place else ""


def _claim_card(claim: Claim, wording: Wording, event: str | None) -> Card:
    return Card(
        id=claim.id,
        kind="claim",
        label=claim.type,
        modes=(*((f"to {claim.meeting_type.lower()}",) if claim.meeting_type else ()), *claim.modes),
        quad=quad_of(claim.type),
        who=wording.roles(claim.actors),
        whom=wording.roles(claim.recipients),
        status=claim.status.value,
        quote=wording.quote(claim.evidence[0] if claim.evidence else claim.trigger, None),
        fields=tuple(_claim_fields(claim, wording)),
        confidence=claim.confidence,
        event=event,
        judged=any(each.rule == "judgement" for each in claim.decisions),
    )


def _claim_fields(claim: Claim, wording: Wording) -> Iterator[Field]:
    decided = {each.field: each for each in claim.decisions}
    yield _field("Type", claim.type, claim.trigger, wording, decided.get("type"))
    if claim.modes:
        yield _field("Mode", ", ".join(claim.modes), None, wording, decided.get("modes"))
    if claim.contexts:
        yield _field("Context", ", ".join(claim.contexts), None, wording, decided.get("contexts"))
    yield _field("Status", claim.status.value, claim.status_span, wording, decided.get("status"))
    yield from _role_fields("Who", claim.actors, wording, decided.get("actors"))
    yield from _role_fields("To whom", claim.recipients, wording, decided.get("recipients"))
    if claim.date is not None:
        yield _time_field("When", claim.date, wording, decided.get("date"))
    if claim.place is not None:
        yield _place_field(claim.place, wording, decided.get("place"))
    yield from _role_fields("According to", claim.asserted_by, wording, decided.get("asserted_by"))
    if claim.content is not None:
        yield _field("About", "", claim.content, wording, None)
    if claim.condition is not None:
        yield _field("Condition", "", claim.condition, wording, None)


def _statement_card(statement: Statement, wording: Wording) -> Card:
    fields = [Field(label="Words", value=statement.kind.value, words=wording.quotes(statement.content, None))]
    fields += _role_fields("Speaker", _present(statement.speaker), wording, None)
    if statement.cue is not None:
        fields.append(_field("Said with", "", statement.cue, wording, None))
    fields += _role_fields("To", _present(statement.addressee), wording, None)
    fields += _role_fields("Reported by", _present(statement.reported_by), wording, None)
    if statement.medium is not None:
        fields.append(_field("Through", "", statement.medium, wording, None))
    if statement.date is not None:
        fields.append(_time_field("When", statement.date, wording, None))
    if statement.negated:
        fields.append(Field(label="Negated", value="yes"))
    return Card(
        id=statement.id,
        kind="statement",
        label=statement.act.value,
        who=wording.roles(_present(statement.speaker)),
        whom=wording.roles(_present(statement.addressee)),
        status=statement.kind.value,
        quote=wording.quotes(statement.content, None),
        fields=tuple(fields),
    )


def _position_card(position: Position, wording: Wording) -> Card:
    fields = [Field(label="Issue", value=position.issue), _field("Content", "", position.content, wording, None)]
    fields += _role_fields("Towards", position.of, wording, None)
    fields += _role_fields("Voiced by", _present(position.by), wording, None)
    fields += _role_fields("According to", _present(position.asserted_by), wording, None)
    if position.date is not None:
        fields.append(_time_field("When", position.date, wording, None))
    return Card(
        id=position.id,
        kind="position",
        label=position.issue,
        who=wording.roles((position.party,)),
        status=position.stance.value,
        quote=wording.quote(position.content, None),
        fields=tuple(fields),
    )


def _meeting_card(meeting: Meeting, wording: Wording) -> Card:
    fields = [Field(label="Format", value=meeting.format)] if meeting.format else []
    fields += _role_fields("Party", meeting.parties, wording, None)
    if meeting.date is not None:
        fields.append(_time_field("When", meeting.date, wording, None))
    if meeting.place is not None:
        fields.append(_place_field(meeting.place, wording, None))
    return Card(
        id=meeting.id,
        kind="meeting",
        label=meeting.format or "meeting",
        who=wording.roles(meeting.parties),
        status=meeting.status.value,
        quote=wording.quotes(meeting.evidence, None),
        fields=tuple(fields),
    )


def _present(role: Role | None) -> tuple[Role, ...]:
    return () if role is None else (role,)


def _field(label: str, value: str, span: Span | None, wording: Wording, decision: FieldDecision | None) -> Field:
    return Field(
        label=label,
        value=value,
        words=wording.quote(span, None),
        why=decision.rule if decision else "",
        sure=decision.confidence if decision else None,
    )


def _role_fields(
    label: str, roles: Sequence[Role], wording: Wording, decision: FieldDecision | None
) -> Iterator[Field]:
    for role in roles:
        yield Field(
            label=label,
            names=(wording.name(role.actor_id),),
            words=wording.quote(role.span, None) or "carried over from the words before",
            why=decision.rule if decision else "",
            sure=decision.confidence if decision else None,
        )


def _time_field(label: str, time: Timex, wording: Wording, decision: FieldDecision | None) -> Field:
    return Field(
        label=label,
        value=timex_words(time),
        words=wording.quote(time.span, None),
        why="; ".join(part for part in (time.reason, decision.rule if decision else "") if part),
        sure=decision.confidence if decision else None,
    )


def _place_field(place: Place, wording: Wording, decision: FieldDecision | None) -> Field:
    return Field(
        label="Where",
        value=place_words(place),
        words=wording.quote(place.span, None),
        why="; ".join(part for part in (place.reason, decision.rule if decision else "") if part),
        sure=decision.confidence if decision else None,
    )
