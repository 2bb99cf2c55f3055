"""Claims → announced meetings, each with the status that the latest word gives it.

An announced future CONSULT is a claim of type AGREE with `meeting_type` CONSULT (PLOVER 2.0). Refusals and cancellations
(REJECT, mode meet) and meetings held (CONSULT) of the same parties at the same date move its status.
"""

import re
from collections.abc import Iterable, Sequence

from communique.link.events import same_event
from communique.records import Actor, Article, Claim, Meeting, MeetingStatus, Role, Sides, Status, make_id

CONFIRMING = frozenset({"confirm", "reaffirm", "reiterate"})
POSTPONING = frozenset({"postpone", "delay", "put", "push", "reschedule", "defer", "move"})
QUESTION_WORDS = frozenset({"how", "whether", "if", "when", "why", "what", "who"})
FORUMS = frozenset({"council", "commission", "committee", "assembly", "forum", "conference", "group", "summit"})
FORUM_BEFORE = re.compile(
    r"\b(?:(?:session|sitting|meeting|round|summit|level|framework|format|gathering)\s+of|at|in|within)\s+(?:the\s+)?$"
)
LONGEST_NOTICE_DAYS = 60  # between the word that calls a meeting off and the day it was due
FORMATS = ("phone", "visit", "third-party", "multilateral")
FORMAT_WORDS = {
    "summit": "summit", "council": "council", "conference": "conference", "video": "video", "phone": "phone", "telephone": "phone",
    "visit": "visit", "visits": "visit", "hearing": "hearing", "round": "round of talks", "dinner": "dinner", "call": "phone",
}  # fmt: skip


def find_meetings(article: Article, claims: Sequence[Claim], actors: Iterable[Actor]) -> tuple[Meeting, ...]:
    """The announced meetings of one article, in text order; mentions of one meeting are merged."""
    sides = Sides(actors)
    groups: list[list[Claim]] = []
    for claim in claims:
        if claim.meeting_type != "CONSULT" or claim.status is not Status.SCHEDULED or _only_asked(article, claim):
            continue
        group = next((each for each in groups if any(same_event(claim, member, sides) for member in each)), None)
        if group is None:
            groups.append([claim])
        else:
            group.append(claim)
    meetings = (_meeting(article, group, claims, sides) for group in groups)
    return tuple(each for each in meetings if len(each.parties) > 1 or each.date is not None or each.place is not None)


def _meeting(article: Article, announced: list[Claim], claims: Sequence[Claim], sides: Sides) -> Meeting:
    lead = max(announced, key=lambda each: (each.date is not None, len(each.actors) + len(each.recipients)))
    status, movers = _status(article, announced, claims, sides)
    parties: dict[str, Role] = {}
    for claim in (lead, *announced):
        for role in (*claim.actors, *claim.recipients):
            parties.setdefault(role.actor_id, role)
    members = [*announced, *(mover for mover in movers if mover not in announced)]
    return Meeting(
        id=make_id("meeting", announced[0].id),
        article_id=article.id,
        parties=_without_forum(article, tuple(parties.values()), sides),
        date=lead.date,
        place=next((claim.place for claim in (lead, *announced) if claim.place is not None), None),
        format=_format(article, announced),
        status=status,
        evidence=tuple(claim.evidence[0] for claim in members),
        claims=tuple(claim.id for claim in members),
        condition=next((claim.condition for claim in announced if claim.condition is not None), None),
    )


def _only_asked(article: Article, claim: Claim) -> bool:
    """ "How they will negotiate with him" asks about a meeting and announces none."""
    before = article.text[: claim.evidence[0].start].split()[-1:]
    inside = article.quote(claim.evidence[0]).split()[:1]
    return any(word.lower() in QUESTION_WORDS for word in (*before, *inside))


def _without_forum(article: Article, parties: tuple[Role, ...], sides: Sides) -> tuple[Role, ...]:
    """A council in which others meet is no party: "Norway and Russia will hold a session of the Arctic Council"."""
    kept = []
    for role in parties:
        actor = sides.actor(role.actor_id)
        before = article.text[: role.span.start].lower() if role.span else ""
        is_forum = actor is not None and bool(FORUMS & set(actor.name.lower().replace("-", " ").split()))
        if not (is_forum and len(parties) > 2 and FORUM_BEFORE.search(before)):
            kept.append(role)
    return tuple(kept)


def _status(
    article: Article, announced: list[Claim], claims: Sequence[Claim], sides: Sides
) -> tuple[MeetingStatus, list[Claim]]:
    """The status, and the claims that moved it; the last mover in the text wins."""
    parties = sides.sides(role for claim in announced for role in (*claim.actors, *claim.recipients))
    status, movers = MeetingStatus.ANNOUNCED, list[Claim]()
    for claim in claims:
        if claim in announced:
            if _opens_with(article, claim, CONFIRMING):
                status = MeetingStatus.CONFIRMED
                movers.append(claim)
            continue
        theirs = sides.sides((*claim.actors, *claim.recipients))
        if not theirs or not theirs & parties or len(theirs & parties) < min(2, len(theirs)):
            continue
        if not any(_same_time(claim, each) for each in announced):
            continue
        if claim.type == "REJECT" and "meet" in claim.modes and claim.status is Status.OCCURRED:
            if any(_long_before(claim, each) for each in announced):
                continue
            status = MeetingStatus.POSTPONED if _opens_with(article, claim, POSTPONING) else MeetingStatus.CANCELLED
            movers.append(claim)
        elif claim.type == "CONSULT" and claim.status is Status.OCCURRED and _both_dated(claim, announced):
            status = MeetingStatus.HELD
            movers.append(claim)
    return status, movers


def _both_dated(claim: Claim, announced: list[Claim]) -> bool:
    return claim.date is not None and any(each.date is not None for each in announced)


def _long_before(mover: Claim, announced: Claim) -> bool:
    """A refusal of some months ago was about an earlier meeting."""
    refused = mover.date.dates.latest if mover.date and mover.date.dates else None
    due = announced.date.dates.earliest if announced.date and announced.date.dates else None
    return refused is not None and due is not None and (due - refused).days > LONGEST_NOTICE_DAYS


def _same_time(mover: Claim, announced: Claim) -> bool:
    mine = mover.date.dates if mover.date else None
    theirs = announced.date.dates if announced.date else None
    if mover.type == "REJECT" or mine is None or theirs is None:
        return True  # a cancellation is dated by when it was made, not by when the meeting was due
    return mine.overlaps(theirs)


def _opens_with(article: Article, claim: Claim, words: frozenset[str]) -> bool:
    trigger = article.quote(claim.trigger).lower()
    return any(trigger.startswith(word[:-1] if word.endswith("e") else word) for word in words)


def _format(article: Article, announced: list[Claim]) -> str | None:
    for claim in announced:
        for word in article.quote(claim.evidence[0]).lower().replace("-", " ").replace(",", " ").split():
            if word in FORMAT_WORDS:
                return FORMAT_WORDS[word]
    return next((mode for claim in announced for mode in claim.modes if mode in FORMATS), None)
