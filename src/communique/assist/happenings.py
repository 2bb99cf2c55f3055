"""Events and meetings over all articles → what a model is told: status, voices, disputes, and the words of several reports."""

from collections.abc import Iterable
from pathlib import Path

from communique.assist.asking import Asked, AskingError
from communique.assist.citing import Item, Sources, days, meaning, sources_of
from communique.assist.telling import told_claim
from communique.codebook.files import yaml_files
from communique.records import Claim, FieldAgreement, FieldValue, LinkedEvent, LinkedMeeting, MeetingStatus, outlet_of
from communique.store import Filters, Plain, Record

REPORTS = 3  # quoted for an event, each of another outlet
MEMBERS = 24  # claims of an event that are looked at for that
VALUES = 4  # of a disputed field
MOVES = 6  # of a meeting, the latest

MEETING_MEANINGS = {
    MeetingStatus.ANNOUNCED: "announced; not reported as held",
    MeetingStatus.CONFIRMED: "announced and confirmed; not reported as held",
    MeetingStatus.POSTPONED: "put off; not held as announced",
    MeetingStatus.CANCELLED: "called off; not held",
    MeetingStatus.HELD: "reported as held",
}


def timeline(record: Record, asked: Asked) -> Item:
    """One page of the events that fit, in the order of their days. Raises AskingError for an unknown type."""
    filters = _filters(asked, types=_types(record, asked), statuses=asked.texts("status"))
    part = record.events_slice(filters)
    shown = {claim for event in part.items for claim in event.claims[:MEMBERS]}
    shown |= {value.claims[0] for event in part.items for value in _dissent(event) if value.claims}
    claims = record.claims_by_id(shown)
    named = {each for event in part.items for each in (*event.actors, *event.recipients)}
    named |= {each for event in part.items for value in _dissent(event) for each in _ids_in(value)}
    sources = sources_of(record, claims.values(), named)
    results: list[Plain] = [told_event(event, claims, sources) for event in part.items]
    answer: Item = {"events_found": record.count("events", filters), "results": results, "next_cursor": part.next}
    return answer | not_linked(record)


def told_event(event: LinkedEvent, claims: dict[str, Claim], sources: Sources) -> Item:
    """An event with its reports."""
    disputed: list[Plain] = [_dispute(field, claims, sources) for field in event.fields if field.disputed]
    reports: list[Plain] = [told_claim(claim, sources) for claim in _worth_quoting(event, claims, sources)]
    known = claims.get(event.claims[0])
    item: Item = {
        "id": event.id,
        "type": event.type,
        "status": event.status.value,
        "status_means": meaning(event.status, known.plover_type if known else event.type),
        "who": sources.names(event.actors),
        "to_whom": sources.names(event.recipients),
        "when": days(event.dates),
        "where": event.place,
        "country": event.country,
        "articles": event.articles,
        "voices": event.voices,
        "disputed": disputed,
        "reports": reports,
    }
    if event.modes:
        item["modes"] = list(event.modes)
    if event.meeting_type:
        item["announces"] = event.meeting_type
    return item


def meetings(record: Record, asked: Asked) -> Item:
    """One page of the meetings that fit, in the order of their days."""
    filters = _filters(asked, statuses=asked.texts("status"))
    part = record.linked_meetings_slice(filters)
    claims = record.claims_by_id(move.claim_id for meeting in part.items for move in meeting.moves[-MOVES:])
    sources = sources_of(record, claims.values(), {each for meeting in part.items for each in meeting.parties})
    results: list[Plain] = [_told_meeting(meeting, claims, sources) for meeting in part.items]
    found = record.count("linked_meetings", filters)
    answer: Item = {"meetings_found": found, "results": results, "next_cursor": part.next}
    return answer | not_linked(record)


def _told_meeting(meeting: LinkedMeeting, claims: dict[str, Claim], sources: Sources) -> Item:
    moves: list[Plain] = [
        {
            "status": move.status.value,
            "said_on": move.day.isoformat() if move.day else None,
            "report": told_claim(claims[move.claim_id], sources),
        }
        for move in meeting.moves[-MOVES:]
        if move.claim_id in claims
    ]
    return {
        "id": meeting.id,
        "parties": sources.names(meeting.parties),
        "when": days(meeting.dates),
        "where": meeting.place,
        "country": meeting.country,
        "format": meeting.format,
        "status": meeting.status.value,
        "status_means": MEETING_MEANINGS[meeting.status],
        "articles": meeting.articles,
        "voices": meeting.voices,
        "earlier_moves_left_out": max(0, len(meeting.moves) - MOVES),
        "moves": moves,
    }


def not_linked(record: Record) -> Item:
    """A note where articles were coded since the record was linked: answers over all articles lack them."""
    waiting = len(record.unlinked())
    if not waiting:
        return {}
    return {"note": f"{waiting} articles of this record are not linked yet and are missing here; run `communique link`"}


def _filters(asked: Asked, *, types: tuple[str, ...] = (), statuses: tuple[str, ...] = ()) -> Filters:
    return Filters(
        actors=asked.texts("actor"),
        types=types,
        statuses=statuses,
        since=asked.day("since"),
        until=asked.day("until"),
        places=asked.texts("place"),
        sources=asked.texts("outlet"),
        words=asked.text("words"),
        limit=asked.limit,
        after=asked.text("cursor"),
    )


def _worth_quoting(event: LinkedEvent, claims: dict[str, Claim], sources: Sources) -> list[Claim]:
    """The first report of each outlet, those of the event's own status before others, copies only where there is nothing else."""
    members = [claims[each] for each in event.claims if each in claims]
    members.sort(key=lambda claim: (claim.article_id in sources.copies, claim.status is not event.status))
    chosen: dict[str, Claim] = {}
    for claim in members:
        article = sources.articles.get(claim.article_id)
        chosen.setdefault(outlet_of(article) if article else "", claim)
    return list(chosen.values())[:REPORTS]


def _dispute(field: FieldAgreement, claims: dict[str, Claim], sources: Sources) -> Item:
    told: list[Plain] = []
    for value in field.values[:VALUES]:
        ids = _ids_in(value)
        own: Item = {
            "value": ", ".join(map(str, sources.names(ids))) if ids else value.value or "none",
            "voices": value.voices,
            "reports": len(value.claims),
        }
        claim = claims.get(value.claims[0]) if value.claims else None
        if claim is not None:
            own |= sources.cite(claim.evidence[0] if claim.evidence else claim.trigger)
        told.append(own)
    return {"field": field.field, "values": told}


def _dissent(event: LinkedEvent) -> Iterable[FieldValue]:
    for field in event.fields:
        if field.disputed:
            yield from field.values[:VALUES]


def _ids_in(value: FieldValue) -> list[str]:
    parts = value.value.split(",")
    return parts if all(part.startswith("actor-") for part in parts) else []


def _types(record: Record, asked: Asked) -> tuple[str, ...]:
    """The event types that are asked for; the user's own are those that the record has."""
    known = {Path(name).stem for name in yaml_files("types")}
    wanted = tuple(each.upper() for each in asked.texts("type"))
    for each in wanted:
        if each not in known and not record.count("claims", Filters(types=(each,))):
            raise AskingError(f"type {each!r} is no event type; there are {', '.join(sorted(known))}")
    return wanted
