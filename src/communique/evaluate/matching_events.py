"""Claims of one article against an annotator's events.

An event counts when type, actors, recipients, status and (where given) date of a claim agree and its evidence overlaps
the quote; each claim serves one event only. A second mention (`same_as`) counts only when linking put it into the same
Event. Claims that overlap an expected event and agree with none are wrong, unless they keep what a demand, threat or
denial that was found is about; claims that overlap none are listed as unmatched, for a person to read: they may be right.
"""

from dataclasses import dataclass

from communique.evaluate.assignment import assign
from communique.evaluate.casting import Casting
from communique.evaluate.expected import Expected, ExpectedEvent, ExpectedNever
from communique.evaluate.iso_dates import date_agrees
from communique.evaluate.locating import Locator
from communique.evaluate.section import SectionScore
from communique.records import Claim, CodedArticle, Span, Status

DONE = {Status.OCCURRED, Status.ONGOING}
NOT_ASSERTED = {Status.DEMANDED, Status.THREATENED, Status.HYPOTHETICAL, Status.DENIED, Status.ASKED}


@dataclass(frozen=True, slots=True, kw_only=True)
class EventScore:
    """`linked` counts the second mentions; `never` the entries broken; `unmatched` lists the claims nobody expected."""

    events: SectionScore
    linked: SectionScore
    never: tuple[str, ...]
    unmatched: tuple[str, ...]


def score_events(expected: Expected, coded: CodedArticle, casting: Casting, locator: Locator) -> EventScore:
    """Everything that the claims are asked for."""
    claims = coded.claims
    by_id = {event.id: event for event in expected.events}
    wanted = sorted((_complete(event, by_id) for event in expected.events), key=lambda each: each.optional)
    places = [locator.first(each.quote, each.after) for each in wanted]
    near = [[n for n, claim in enumerate(claims) if place and overlaps(claim, place)] for place in places]
    reasons = {
        (e, n): _disagreements(event, by_id, claims[n], casting) for e, event in enumerate(wanted) for n in near[e]
    }
    fits = [[n for n in near[e] if not reasons[e, n]] for e in range(len(wanted))]
    pairs = assign(
        [sorted(each, key=lambda n: _closeness(claims[n], place)) for each, place in zip(fits, places, strict=True)]
    )
    groups = {claim_id: event.id for event in coded.events for claim_id in event.claims}
    claimed = {wanted[e].id: claims[n].id for e, n in pairs.items()}

    errors: list[str] = []
    found = linked = pairs_expected = 0
    unlinked: list[str] = []
    for e, event in enumerate(wanted):
        if event.optional:
            continue
        together = _linked(event, expected, claimed, groups)
        pairs_expected += event.same_as is not None
        if e not in pairs:
            closest = sorted(near[e], key=lambda n: len(reasons[e, n]))[:1]
            got = [
                f"{_words(claims[n], coded, casting)}: {', '.join(reasons[e, n]) or 'serves another event'}"
                for n in closest
            ]
            lost = "; its words are not in the article" if places[e] is None else ""
            errors.append(f"event missed: {event.id} {event.quote!r}{lost}" + (f"; got {got[0]}" if got else ""))
        elif together is False:
            unlinked.append(f"event not linked: {event.id} to {event.same_as}, {event.quote!r}")
        else:
            found += 1
            linked += event.same_as is not None
    settled = set(pairs.values()) | {n for each in fits for n in each}
    neutral = {n for e, event in enumerate(wanted) if event.optional for n in near[e]}
    overlapped = {n for each in near for n in each}
    answered = {n for e in pairs for n in near[e]}
    content = {n for n in answered if claims[n].status in NOT_ASSERTED}
    wrong = [claims[n] for n in sorted(overlapped - settled - neutral - content)]
    errors += unlinked + [f"event wrong: {_words(claim, coded, casting)}" for claim in wrong]
    unexpected = [claim for n, claim in enumerate(claims) if n not in overlapped]
    total = sum(1 for event in wanted if not event.optional)
    never = _broken(expected, [claim for n, claim in enumerate(claims) if n not in settled], coded, casting, locator)
    return EventScore(
        events=SectionScore(found=found, expected=total, wrong=len(wrong), errors=tuple(errors)),
        linked=SectionScore(found=linked, expected=pairs_expected, wrong=0, errors=tuple(unlinked)),
        never=tuple(never),
        unmatched=tuple(f"claim unmatched: {_words(claim, coded, casting)}" for claim in unexpected),
    )


def overlaps(claim: Claim, place: Span) -> bool:
    """True when the claim's words touch the place."""
    return any(place.overlaps(span) for span in (claim.trigger, *claim.evidence))


def _complete(event: ExpectedEvent, by_id: dict[str, ExpectedEvent]) -> ExpectedEvent:
    """A second mention takes type and status, where it leaves them out, from the first one."""
    if not event.same_as:
        return event
    first = by_id[event.same_as]
    return event.model_copy(update={"type": event.type or first.type, "status": event.status or first.status})


def _disagreements(event: ExpectedEvent, by_id: dict[str, ExpectedEvent], claim: Claim, casting: Casting) -> list[str]:
    first = by_id[event.same_as] if event.same_as else event
    named_by = [role.actor_id for role in claim.asserted_by]
    alleged = event.alleged_actor or first.alleged_actor
    blamed_by = event.alleged_by or first.alleged_by
    told = any(casting.agrees(name, actor_id) for name in blamed_by for actor_id in named_by)
    allowed = (*first.actor, *(alleged if told else ()))
    reasons = [
        casting.disagreement("actor", event.actor, allowed, claim.actors),
        casting.disagreement("recipient", event.recipient, first.recipient, claim.recipients),
    ]
    if event.type and claim.type not in event.type:
        reasons.append(f"type {claim.type} instead of {' or '.join(event.type)}")
    if event.status and claim.status not in event.status:
        reasons.append(f"status {claim.status} instead of {' or '.join(event.status)}")
    if event.date and not date_agrees(event.date, claim.date):
        reasons.append(f"date {claim.date.value if claim.date else None} instead of {event.date}")
    return [reason for reason in reasons if reason]


def _linked(event: ExpectedEvent, expected: Expected, claimed: dict[str, str], groups: dict[str, str]) -> bool | None:
    """For a second mention: is it in one Event with some other mention of its group? None when no other one was found."""
    if not event.same_as or event.id not in claimed:
        return None
    group = [each.id for each in expected.events if event.same_as in (each.id, each.same_as) and each.id != event.id]
    others = [claimed[each] for each in group if each in claimed]
    if not others:
        return None
    own = groups.get(claimed[event.id])
    return own is not None and any(groups.get(other) == own for other in others)


def _closeness(claim: Claim, place: Span | None) -> tuple[bool, int]:
    """Claims whose trigger lies in the quote first, then by distance."""
    if place is None:
        return (True, 0)
    return (not place.overlaps(claim.trigger), abs(claim.trigger.start - place.start))


def _broken(
    expected: Expected, claims: list[Claim], coded: CodedArticle, casting: Casting, locator: Locator
) -> list[str]:
    """The `never` entries that some claim breaks. Claims that agree with an expected event break none."""
    broken = []
    for entry in expected.never:
        guilty = next((claim for claim in claims if _breaks(entry, claim, casting, locator)), None)
        if guilty is not None:
            broken.append(
                f"never {'/'.join(entry.type) or 'any type'}: {_words(guilty, coded, casting)}; {entry.because}"
            )
    return broken


def _breaks(entry: ExpectedNever, claim: Claim, casting: Casting, locator: Locator) -> bool:
    if (entry.type and claim.type not in entry.type) or claim.status not in DONE:
        return False
    if entry.quote is not None:
        places = locator.everywhere(entry.quote)
        if not any(overlaps(claim, place) for place in places):
            return False
    elif entry.date and not date_agrees(entry.date, claim.date):
        return False
    return all(
        any(casting.agrees(name, role.actor_id) for role in roles)
        for names, roles in ((entry.actor, claim.actors), (entry.recipient, claim.recipients))
        for name in names
    )


def _words(claim: Claim, coded: CodedArticle, casting: Casting) -> str:
    actors, recipients = (
        ", ".join(casting.name(role.actor_id) for role in roles) or "nobody"
        for roles in (claim.actors, claim.recipients)
    )
    when = f" {claim.date.value}" if claim.date else ""
    words = " … ".join(" ".join(coded.article.quote(span).split()) for span in claim.evidence)
    return f"{claim.type} {claim.status}{when}, {actors} → {recipients}, {words!r}"
