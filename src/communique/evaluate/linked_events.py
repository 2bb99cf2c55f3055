"""Gold events and the program's, over all articles: members found, clusters compared, fields agreed and disputed.

A member is one article's report of one event. It is matched to a claim of that article whose type is one of the
event's and whose trigger lies in the member's words, else whose main evidence shares most of the shorter of both;
each claim goes to one member only, the member's first passage and the trigger first. A matched member stands in the
linked event of its claim, an unmatched one alone.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from communique.evaluate.assignment import assign
from communique.evaluate.clusters import ClusterScore, b_cubed
from communique.evaluate.linked_gold import GoldAgreement, GoldValue, LinkedGold
from communique.evaluate.linked_record import LinkedRecord
from communique.evaluate.locating import Locator, mostly_shared, plain
from communique.records import Claim, CodedArticle, FieldAgreement, FieldValue, LinkedEvent, Span

NEAR = 0.15  # by so much of itself a value that all agree on may differ from the annotator's
DURATION = re.compile(r"P(?:(\d+(?:\.\d+)?)D)?(?:T(?:(\d+(?:\.\d+)?)H)?(?:(\d+(?:\.\d+)?)M)?)?")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
MINUTES = {"day": 1440, "hour": 60, "minute": 1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One article's report of one gold event."""

    event: str
    article: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventScores:
    """`clusters` over all members, `matched` over the `found` ones; `apart` counts the pairs of look-alikes kept so."""

    clusters: ClusterScore
    matched: ClusterScore
    found: int
    members: int
    apart: int
    lookalikes: int
    agreement: int
    fields: int
    errors: tuple[str, ...]


def score_events(gold: LinkedGold, record: LinkedRecord) -> EventScores:
    """Compares all events, look-alikes and agreements."""
    members = [
        Member(event=event.id, article=article, words=each.words)
        for event in gold.events
        for each in event.members
        for article in each.articles
    ]
    events = {claim: event.id for event in record.links.events for claim in event.claims}
    claims, errors = match_members(gold, members, record)
    right = {member: member.event for member in members}
    known = {member: events.get(claim, claim) for member, claim in claims.items()}
    found: dict[Member, str | Member] = {member: known.get(member, member) for member in members}
    lookalikes = sorted({tuple(sorted((event.id, other))) for event in gold.events for other in event.apart})
    joined = [(one, other) for one, other in lookalikes if _clusters(one, known) & _clusters(other, known)]
    fields, missed = score_agreement(gold, record, known)
    return EventScores(
        clusters=b_cubed(right, found),
        matched=b_cubed({member: right[member] for member in known}, known),
        found=len(claims),
        members=len(members),
        apart=len(lookalikes) - len(joined),
        lookalikes=len(lookalikes),
        agreement=fields,
        fields=len(gold.agreement),
        errors=(
            *errors,
            *_torn(gold, known),
            *_mixed(gold, known),
            *(f"events {one} and {other} are one, and must be apart" for one, other in joined),
            *missed,
        ),
    )


def match_members(gold: LinkedGold, members: list[Member], record: LinkedRecord) -> tuple[dict[Member, str], list[str]]:
    """For each member that is found the id of its claim; a line for each that is not."""
    types = {event.id: event.type for event in gold.events}
    found: dict[Member, str] = {}
    errors: list[str] = []
    for article in dict.fromkeys(member.article for member in members):
        own = [member for member in members if member.article == article]
        coded = record.articles.get(article)
        if coded is None:
            errors += [f"{article}: gave no article; event {member.event} is missed" for member in own]
            continue
        locator = Locator(coded.article)
        order = [_candidates(member, types[member.event], coded, locator) for member in own]
        pairs = assign(order)
        for number, member in enumerate(own):
            if number in pairs:
                found[member] = coded.claims[pairs[number]].id
            else:
                errors.append(_miss(member, types[member.event], coded, locator))
    return found, errors


def _candidates(member: Member, types: tuple[str, ...], coded: CodedArticle, locator: Locator) -> list[int]:
    """The claims that may report the member's event, as numbers, best first."""
    ranked: list[tuple[int, int, int]] = []
    for number, claim in enumerate(coded.claims):
        fits = [fit for place, words in enumerate(member.words) if (fit := _fit(claim, words, place, locator))]
        if claim.type in types and fits:
            ranked.append((*min(fits), number))
    return [number for _, _, number in sorted(ranked)]


def _fit(claim: Claim, words: str, place: int, locator: Locator) -> tuple[int, int] | None:
    """How well a claim stands on the words: 0 with its trigger, 1 with its evidence, then the passage's number."""
    spans = locator.coded(words) or locator.everywhere(words)
    if any(claim.trigger.overlaps(span) for span in spans):
        return 0, place
    return (1, place) if any(mostly_shared(claim.evidence[0], span) for span in spans) else None


def _miss(member: Member, types: tuple[str, ...], coded: CodedArticle, locator: Locator) -> str:
    spans: list[Span] = [span for words in member.words for span in locator.everywhere(words)]
    others = sorted({each.type for each in coded.claims if any(each.trigger.overlaps(span) for span in spans)})
    why = (
        f"only {', '.join(others)} there" if others else "no claim there" if spans else "the words are not in the text"
    )
    return f"{member.article}: missed {'/'.join(types)} of {member.event} “{member.words[0]}” ({why})"


def _clusters(event: str, known: Mapping[Member, str]) -> set[str]:
    return {cluster for member, cluster in known.items() if member.event == event}


def _torn(gold: LinkedGold, known: Mapping[Member, str]) -> list[str]:
    lines = []
    for event in gold.events:
        parts: dict[str, list[str]] = {}
        for member, cluster in known.items():
            if member.event == event.id:
                parts.setdefault(cluster, []).append(member.article)
        if len(parts) > 1:
            lines.append(f"event {event.id} is in {len(parts)} parts: " + " | ".join(map(", ".join, parts.values())))
    return lines


def _mixed(gold: LinkedGold, known: Mapping[Member, str]) -> list[str]:
    parts: dict[str, dict[str, None]] = {}
    for member, cluster in known.items():
        parts.setdefault(cluster, {})[member.event] = None
    return [f"one event holds {' and '.join(events)}" for events in parts.values() if len(events) > 1]


def score_agreement(gold: LinkedGold, record: LinkedRecord, known: Mapping[Member, str]) -> tuple[int, list[str]]:
    """How many fields have the values and the dispute that they should, and a line for each that has not."""
    keys, right, errors = record.key_of(), 0, list[str]()
    of_claim = {claim.id: keys[each.article.id] for each in record.articles.values() for claim in each.claims}
    events = {event.id: event for event in record.links.events}
    for wanted in gold.agreement:
        found = _fields(wanted, events, known)
        if any(_agrees(wanted, field, of_claim) for field in found):
            right += 1
        else:
            told = "; ".join(" | ".join(value.value for value in field.values) for field in found) or "nothing"
            should = " | ".join(str(value.value) for value in wanted.values)
            errors.append(f"event {wanted.event}: {wanted.field[0]} should be {should}, is {told}")
    return right, errors


def _fields(
    wanted: GoldAgreement, events: Mapping[str, LinkedEvent], known: Mapping[Member, str]
) -> list[FieldAgreement]:
    """The fields asked for of the linked event that holds most of the gold event's members."""
    held = Counter(cluster for member, cluster in known.items() if member.event == wanted.event)
    event = events.get(held.most_common(1)[0][0]) if held else None
    return [field for field in event.fields if field.field in wanted.field] if event else []


def _agrees(wanted: GoldAgreement, field: FieldAgreement, of_claim: Mapping[str, str]) -> bool:
    if wanted.disputed != field.disputed:
        return False
    return all(any(_same(value, each, wanted.disputed, of_claim) for each in field.values) for value in wanted.values)


def _same(wanted: GoldValue, found: FieldValue, exactly: bool, of_claim: Mapping[str, str]) -> bool:
    """The same value, told by one of the articles that the annotator names."""
    if not {of_claim.get(claim) for claim in found.claims} & set(wanted.articles):
        return False
    if isinstance(wanted.value, str):
        return plain(found.value).lower() == wanted.value.lower()
    number = as_number(found.value)
    room = 0.0 if exactly else NEAR * wanted.value
    return number is not None and abs(number - wanted.value) <= room


def as_number(value: str) -> float | None:
    """The first number of a value; of a duration its minutes. None where there is none."""
    if (iso := DURATION.fullmatch(value)) and any(iso.groups()):
        days, hours, minutes = (float(each or 0) for each in iso.groups())
        return days * MINUTES["day"] + hours * MINUTES["hour"] + minutes
    number = NUMBER.search(value)
    if number is None:
        return None
    unit = next((size for word, size in MINUTES.items() if word in value.lower()), 1)
    return float(number.group().replace(",", "")) * unit
