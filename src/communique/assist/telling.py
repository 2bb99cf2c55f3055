"""Claims and statements → what a model is told of them: who, what, whether it took place, and the words."""

from communique.assist.citing import Item, Sources, meaning, time
from communique.records import Claim, Statement


def told_claim(claim: Claim, sources: Sources, event_id: str | None = None) -> Item:
    """One article's report of an event."""
    item: Item = {
        "id": claim.id,
        "kind": "claim",
        "type": claim.type,
        "status": claim.status.value,
        "status_means": meaning(claim.status, claim.plover_type),
        "who": sources.roles(claim.actors),
        "to_whom": sources.roles(claim.recipients),
        "according_to": sources.roles(claim.asserted_by) or ["the article itself"],
        "when": time(claim.date),
        "where": claim.place.name if claim.place else None,
        "confidence": round(claim.confidence, 2),
    }
    if claim.modes:
        item["modes"] = list(claim.modes)
    if claim.meeting_type:
        item["announces"] = claim.meeting_type
    if event_id:
        item["event_id"] = event_id
    if claim.condition:
        item["only_if"] = sources.cite(claim.condition)["quotation"]
    return item | sources.cite(claim.evidence[0] if claim.evidence else claim.trigger)


def told_statement(statement: Statement, sources: Sources) -> Item:
    """What somebody said. That it was said is reported; whether it is so, is not."""
    item: Item = {
        "id": statement.id,
        "kind": "statement",
        "who_said_it": sources.roles([statement.speaker] if statement.speaker else []) or ["not named"],
        "act": statement.act.value,
        "wording": f"{statement.kind.value} speech",
        "status_means": "this was said; that it is true or was done is not reported by it",
    }
    if statement.reported_by:
        item["reported_by"] = sources.roles([statement.reported_by])
    return item | sources.cite(statement.content[0])
