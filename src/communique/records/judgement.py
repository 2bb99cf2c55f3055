"""What a person decided about the record. A person's judgement outranks the program's and stands through every later run."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from communique.records.ids import make_id


class Verdict(StrEnum):
    """`same`, `different`, `unsure` judge two claims as reports of one event; the others judge one claim or actor."""

    SAME = "same"
    DIFFERENT = "different"
    UNSURE = "unsure"
    CONFIRMED = "confirmed"  # the claim is right as it stands
    CORRECTED = "corrected"  # `changes` hold the right values
    REJECTED = "rejected"  # the words do not say this: left out of every answer unless asked for
    NAMED = "named"  # `subject` is an actor id, `changes` hold its name (and country, kind, sectors)


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """`subject` (and `other`, for two claims) are ids; `changes` are (field, value) pairs, values in the record's plain form.

    Fields that may be corrected: type, status, modes (comma separated), date (ISO day, month or year; empty for none), place
    (name; empty for none), actors and recipients (comma separated actor ids). `judged_at` is UTC; `withdrawn_at` is set
    by undo. `anchor` says where the subject's words stand ("article-id:start-end" of the trigger), so that a judgement finds its
    claim again when a later version of the program gives it another id.
    """

    id: str
    verdict: Verdict
    subject: str
    other: str | None
    changes: tuple[tuple[str, str], ...]
    judge: str
    judged_at: datetime
    reason: str
    anchor: str | None = None
    other_anchor: str | None = None
    withdrawn_at: datetime | None = None


def make_judgement(
    *,
    verdict: Verdict,
    subject: str,
    other: str | None = None,
    changes: tuple[tuple[str, str], ...] = (),
    judge: str,
    judged_at: datetime,
    reason: str = "",
    anchor: str | None = None,
    other_anchor: str | None = None,
) -> Judgement:
    """A judgement with its id made from what was judged, how, by whom and when; the two claims of a pair are put in order."""
    if other is not None and other < subject:
        subject, other, anchor, other_anchor = other, subject, other_anchor, anchor
    told = "\n".join(f"{field}={value}" for field, value in changes)
    return Judgement(
        id=make_id("judgement", verdict, subject, other, told, judge, judged_at.isoformat()),
        verdict=verdict,
        subject=subject,
        other=other,
        changes=changes,
        judge=judge,
        judged_at=judged_at,
        reason=reason,
        anchor=anchor,
        other_anchor=other_anchor,
    )
