"""Drafts that belong together: a promise and what is promised, a speaker's act and the occasion of speaking."""

from dataclasses import replace

from communique.coding.dating import Dating
from communique.coding.drafts import Draft
from communique.records import ActorKind, Annotated, Role, Sides, Statement, Status

SPOKEN = {"ACCUSE", "REJECT", "REQUEST", "THREATEN"}
TALKS = {
    "talk", "talks", "negotiation", "meeting", "summit", "dialogue", "consultation", "conference", "session", "round",
}  # fmt: skip


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
            recipients=promise.recipients or _promised_to(draft, promise, sides),
            dating=(draft.dating or promise.dating) if draft.settled.meeting_type else (promise.dating or draft.dating),
        )
    return [folded.get(draft.match.trigger, draft) for draft in kept]


def _promised_to(draft: Draft, promise: Draft, sides: Sides) -> tuple[Role, ...]:
    """Whom the promised act is directed at, when that is somebody who can be promised something."""
    apart = sides.apart_from(draft.recipients, promise.actors)
    known = [(role, sides.actor(role.actor_id)) for role in apart]
    return tuple(role for role, actor in known if actor is None or actor.kind is not ActorKind.GROUP)


def inherit_occasions(
    drafts: list[Draft], statements: tuple[Statement, ...], annotated: Annotated, sides: Sides
) -> list[Draft]:
    """What a speaker does by speaking, undated, belongs to the occasion of speaking.

    The occasion is the talks that its own clause names ("complained during the negotiations"), when talks of the same
    sides were dated before; else the latest dated occasion on which the report has had that speaker talk.
    """
    dated: list[Draft] = []
    for draft in drafts:
        if draft.dating is None and draft.settled.type in SPOKEN and draft.settled.status is Status.OCCURRED:
            dating = _talks_before(draft, dated, annotated, sides) or _spoken_before(draft, statements, annotated)
            draft = replace(draft, dating=dating)
        dated.append(draft)
    return dated


def _talks_before(draft: Draft, earlier: list[Draft], annotated: Annotated, sides: Sides) -> Dating | None:
    if not any(
        token.lemma.lower() in TALKS and annotated.tokens[token.head].lemma.lower() in ("during", "at")
        for token in annotated.subtree(draft.match.trigger)
    ):
        return None
    mine = sides.sides((*draft.actors, *draft.recipients))
    for talks in reversed(earlier):
        same = mine <= sides.sides((*talks.actors, *talks.recipients))
        if talks.settled.type == "CONSULT" and talks.dating is not None and same:
            return Dating(talks.dating.timex, "the day of the talks at which it was said", True)
    return None


def _spoken_before(draft: Draft, statements: tuple[Statement, ...], annotated: Annotated) -> Dating | None:
    speaker = draft.actors[0].actor_id if draft.actors else None
    source = draft.statement.speaker if draft.statement else None
    if speaker is None or (source is not None and source.actor_id != speaker):
        return None
    place = annotated.tokens[draft.match.trigger].end
    spoken = [
        statement.date
        for statement in statements
        if statement.speaker is not None
        and statement.speaker.actor_id == speaker
        and statement.date is not None
        and statement.date.dates is not None
        and statement.content[0].start <= place
    ]
    return Dating(spoken[-1], "the day on which the report has the speaker talk", True) if spoken else None
