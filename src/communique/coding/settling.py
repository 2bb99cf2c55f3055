"""Type and status together: PLOVER codes an announced meeting as AGREE, a vowed strike as THREATEN, a refusal to talk as REJECT.

Input: the matched type and the status its words give. Output: the type that the words amount to, and its status.
"""

from dataclasses import dataclass

from communique.coding.status import StatusReading
from communique.records import Status

PROMISED = {"CONSULT", "SUPPORT", "COOPERATE", "AID"}  # announced: AGREE (PLOVER 2.0, AGREE)
YIELDING = {"RETREAT", "CONCEDE", "CONSULT", "AID"}
SPEECH_TYPES = {"REQUEST", "ACCUSE", "REJECT", "THREATEN", "AGREE", "SUPPORT", "CONCEDE"}
PERFORMATIVE_MODALS = {"will", "shall", "can", "would", "must", "could", "'ll", "wo"}


@dataclass(frozen=True, slots=True)
class Settled:
    """`meeting_type` is set when an announced event of that type was recoded."""

    type: str
    status: Status
    meeting_type: str | None = None
    rule: str = ""


def settle(event_type: str, quad: int, reading: StatusReading, *, refusal: bool, by_own_word: bool) -> Settled:
    """`refusal` says that the frame consists of a negation; `by_own_word` that the actor's own side tells it."""
    status = reading.status
    if (
        refusal
        and status in (Status.SCHEDULED, Status.HYPOTHETICAL, Status.DENIED)
        and reading.modal in PERFORMATIVE_MODALS
    ):
        return Settled(event_type, Status.OCCURRED, rule="a refusal is made when it is said")
    if status is Status.SCHEDULED and event_type == "SANCTION" and reading.rule == "governed by announce":
        return Settled(event_type, Status.OCCURRED, rule="a sanction is imposed by announcing it")
    if status is Status.SCHEDULED:
        if event_type in PROMISED:
            return Settled(
                "AGREE",
                Status.SCHEDULED,
                event_type if event_type == "CONSULT" else None,
                "announced cooperation is AGREE",
            )
        if quad == 4 and by_own_word:
            return Settled("THREATEN", Status.OCCURRED, rule="announced harm is THREATEN")
        if event_type == "RETREAT" and by_own_word:
            return Settled("CONCEDE", Status.OCCURRED, rule="an announced retreat is CONCEDE")
        if event_type in ("REJECT", "THREATEN"):
            return Settled(event_type, Status.OCCURRED, rule="done by saying so")
    if status is Status.DENIED and by_own_word and event_type in YIELDING and reading.modal in PERFORMATIVE_MODALS:
        return Settled("REJECT", Status.OCCURRED, rule="what one says one will not do is REJECT")
    if status is Status.THREATENED and quad == 4 and by_own_word and reading.rule == "governed by warn":
        return Settled("THREATEN", Status.OCCURRED, rule="a warning of one's own harm is THREATEN")
    if event_type == "THREATEN" and status is Status.THREATENED:
        return Settled(event_type, Status.OCCURRED, rule="done by saying so")
    return Settled(event_type, status, rule=reading.rule)
