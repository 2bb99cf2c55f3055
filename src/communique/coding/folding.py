"""Drafts that belong together: a promise and what is promised, a speaker's act and the occasion of speaking."""

from dataclasses import replace

from communique.coding.dating import Dating
from communique.coding.drafts import Draft
from communique.records import Sides, Statement, Status, Timex


def fold_promises(drafts: list[Draft], sides: Sides) -> list[Draft]:
    """ "agreed to meet": the promise takes the meeting's partner, type and date; the meeting itself is no second claim."""
    promised = {
        draft.match.trigger: draft
        for draft in drafts
        if draft.settled.type == "AGREE" and draft.match.frame.event_type == "AGREE"
    }
    folded: dict[int, Draft] = {}
    kept: list[Draft] = []
    for draft in drafts:
        promise = promised.get(draft.reading.governor) if draft.reading.governor is not None else None
        if promise is None or draft is promise:
            kept.append(draft)
            continue
        if draft.settled.meeting_type:
            settled = replace(promise.settled, meeting_type=draft.settled.meeting_type, status=Status.SCHEDULED)
        else:
            settled = promise.settled
        folded[promise.match.trigger] = replace(
            promise,
            settled=settled,
            recipients=promise.recipients or sides.apart_from(draft.recipients, promise.actors),
            dating=promise.dating or draft.dating,
        )
    return [folded.get(draft.match.trigger, draft) for draft in kept]


def inherit_occasions(drafts: list[Draft], statements: tuple[Statement, ...]) -> list[Draft]:
    """What a speaker does by speaking, undated, belongs to the occasion on which the report has that speaker talk."""
    occasion: dict[str, Timex] = {}
    dated: list[Draft] = []
    for statement in statements:
        if statement.speaker is not None and statement.date is not None and statement.date.dates is not None:
            occasion.setdefault(statement.speaker.actor_id, statement.date)
    for draft in drafts:
        speaker = draft.actors[0].actor_id if draft.actors else None
        speaking = (
            draft.settled.type in ("ACCUSE", "REJECT", "REQUEST", "THREATEN")
            and draft.settled.status is Status.OCCURRED
        )
        own = draft.statement is None or draft.statement.speaker is None or draft.statement.speaker.actor_id == speaker
        if draft.dating is None and speaking and own and speaker in occasion:
            draft = replace(
                draft, dating=Dating(occasion[speaker], "the day on which the report has the speaker talk", True)
            )
        dated.append(draft)
    return dated
