"""Statements, positions and meetings of one article against an annotator's.

A statement counts when it shares at least half of the shorter of quote and content, its speaker agrees and its kind is
right. A position counts when party, stance and issue agree, and whom it is directed at, who voiced it and who reports it,
where these are given; issues have no agreed names, so that they agree by their words or by the content they stand on.
A meeting counts when all parties (and nobody else), status and (where given) date agree and its evidence overlaps the quote.
"""

import re

from rapidfuzz.fuzz import ratio

from communique.evaluate.assignment import assign
from communique.evaluate.casting import Casting
from communique.evaluate.expected import Expected, ExpectedMeeting, ExpectedStance
from communique.evaluate.iso_dates import date_agrees
from communique.evaluate.locating import Locator, mostly_shared, plain
from communique.evaluate.section import SectionScore
from communique.records import CodedArticle, Meeting, MeetingStatus, Position, Role, Span, Statement

PLANNED = ("announced", "confirmed")
SHORT_WORD = 3  # words up to this length ("the", "of", "on") say nothing about an issue, unless they are in capitals
SAME_WORD = 75  # ratio, 0 to 100: "enlargement" and "enlarging" have 80
SHORT_ISSUE = 2  # issues with fewer telling words than this need only one in common


def score_statements(expected: Expected, coded: CodedArticle, casting: Casting, locator: Locator) -> SectionScore:
    """Wrong are the statements that overlap an expected one and agree with none."""
    produced = coded.statements
    wanted = sorted(expected.statements, key=lambda each: each.optional)
    places = [locator.first(each.quote, each.after) for each in wanted]
    near = [[n for n, each in enumerate(produced) if place and _touches(each, place)] for place in places]
    fits = []
    for want, numbers in zip(wanted, near, strict=True):
        speakers = [speaker for n in numbers if (speaker := produced[n].speaker)]
        complete = all(any(casting.agrees(name, each.actor_id) for each in speakers) for name in want.speaker)
        fits.append(
            [
                n
                for n in numbers
                if complete
                and (not want.kind or produced[n].kind in want.kind)
                and _spoken_by(produced[n], want.speaker, casting)
            ]
        )
    pairs = assign(fits)
    errors = []
    for number, want in enumerate(wanted):
        if number not in pairs and not want.optional:
            got = "; got " + ", ".join(_said(produced[n], coded, casting) for n in near[number]) if near[number] else ""
            errors.append(f"statement missed: {'/'.join(want.kind)} {', '.join(want.speaker)} {want.quote!r}{got}")
    settled = {n for each in fits for n in each} | {
        n for w, each in enumerate(near) if wanted[w].optional for n in each
    }
    wrong = sorted({n for each in near for n in each} - settled)
    errors += [f"statement wrong: {_said(produced[n], coded, casting)}" for n in wrong]
    return _section([not each.optional for each in wanted], pairs, len(wrong), errors)


def score_positions(expected: Expected, coded: CodedArticle, casting: Casting, locator: Locator) -> SectionScore:
    """Wrong are the positions of an expected party on an expected issue that agree with none of its stances."""
    produced = coded.positions
    wanted = [(issue.issue, stance) for issue in expected.positions for stance in issue.parties]
    wanted.sort(key=lambda each: each[1].optional)
    about = []
    for issue, stance in wanted:
        place = locator.first(stance.content) if stance.content else None
        about.append([n for n, each in enumerate(produced) if _same_issue(issue, place, each, coded)])
    fits = [
        [n for n in numbers if _takes(stance, produced[n], casting)]
        for (_, stance), numbers in zip(wanted, about, strict=True)
    ]
    pairs = assign(fits)
    errors = []
    party_on_issue: set[int] = set()
    for number, (issue, stance) in enumerate(wanted):
        rivals = [n for n in about[number] if casting.agrees(stance.party, produced[n].party.actor_id)]
        party_on_issue.update(rivals)
        if number not in pairs and not stance.optional:
            got = "; got " + ", ".join(_held(produced[n], coded, casting) for n in rivals) if rivals else ""
            details = "".join(f", {key} {', '.join(names)}" for key, names in _details(stance) if names)
            errors.append(f"position missed: {stance.party} {'/'.join(stance.stance)}{details}, on {issue!r}{got}")
    settled = {n for each in fits for n in each}
    wrong = sorted(party_on_issue - settled)
    errors += [f"position wrong: {_held(produced[n], coded, casting)}" for n in wrong]
    return _section([not stance.optional for _, stance in wanted], pairs, len(wrong), errors)


def score_meetings(expected: Expected, coded: CodedArticle, casting: Casting, locator: Locator) -> SectionScore:
    """Wrong are all other meetings, apart from those that were simply held."""
    produced = coded.meetings
    wanted = sorted(expected.meetings, key=lambda each: each.optional)
    places = [locator.first(each.quote, each.after) if each.quote else None for each in wanted]
    reasons = [
        {n: _meeting_reasons(want, place, each, casting) for n, each in enumerate(produced)}
        for want, place in zip(wanted, places, strict=True)
    ]
    fits = [[n for n, why in each.items() if not why] for each in reasons]
    pairs = assign(fits)
    errors = []
    for number, want in enumerate(wanted):
        if number not in pairs and not want.optional:
            near = [n for n, why in reasons[number].items() if "words" not in why]
            got = "; got " + ", ".join(_meets(produced[n], coded, casting) for n in near) if near else ""
            errors.append(f"meeting missed: {', '.join(want.parties)} {want.date or ''} {want.quote!r}{got}")
    settled = {n for each in fits for n in each}
    settled |= {
        n for w, each in enumerate(reasons) if wanted[w].optional for n, why in each.items() if "words" not in why
    }
    wrong = [each for n, each in enumerate(produced) if n not in settled and each.status is not MeetingStatus.HELD]
    errors += [f"meeting wrong: {_meets(each, coded, casting)}" for each in wrong]
    return _section([not each.optional for each in wanted], pairs, len(wrong), errors)


def _section(counted: list[bool], pairs: dict[int, int], wrong: int, errors: list[str]) -> SectionScore:
    found = sum(1 for number in pairs if counted[number])
    return SectionScore(found=found, expected=sum(counted), wrong=wrong, errors=tuple(errors))


def _touches(statement: Statement, place: Span) -> bool:
    return any(mostly_shared(span, place) for span in statement.content)


def _spoken_by(statement: Statement, speakers: tuple[str, ...], casting: Casting) -> bool:
    speaker = statement.speaker
    if not speakers:
        return speaker is None
    return speaker is not None and any(casting.agrees(name, speaker.actor_id) for name in speakers)


def _same_issue(issue: str, place: Span | None, position: Position, coded: CodedArticle) -> bool:
    if place and place.overlaps(position.content):
        return True
    words = _telling_words(issue)
    produced = _telling_words(position.issue) + _telling_words(coded.article.quote(position.content))
    common = [word for word in words if any(ratio(word, other) >= SAME_WORD for other in produced)]
    return len(common) >= min(SHORT_ISSUE, len(words)) > 0


def _telling_words(text: str) -> list[str]:
    words = re.findall(r"\w+", plain(text))
    return [word.casefold() for word in words if len(word) > SHORT_WORD or (word.isupper() and len(word) > 1)]


def _details(stance: ExpectedStance) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (("of", stance.of), ("by", stance.by), ("asserted by", stance.asserted_by))


def _takes(stance: ExpectedStance, position: Position, casting: Casting) -> bool:
    if position.stance not in stance.stance or not casting.agrees(stance.party, position.party.actor_id):
        return False
    given: tuple[tuple[Role, ...], ...] = (
        position.of,
        (position.by,) if position.by else (),
        (position.asserted_by,) if position.asserted_by else (),
    )
    return all(
        any(casting.agrees(name, role.actor_id) for role in roles)
        for (_, names), roles in zip(_details(stance), given, strict=True)
        for name in names
    )


def _meeting_reasons(want: ExpectedMeeting, place: Span | None, meeting: Meeting, casting: Casting) -> list[str]:
    reasons = []
    same_day = want.date is not None and date_agrees(want.date, meeting.date)
    if want.quote and not same_day and not (place and any(place.overlaps(span) for span in meeting.evidence)):
        reasons.append("words")
    if casting.disagreement("party", want.parties, (), meeting.parties):
        reasons.append("parties")
    if want.date and not same_day:
        reasons.append("date")
    if meeting.status not in (want.status or PLANNED):
        reasons.append("status")
    return reasons


def _said(statement: Statement, coded: CodedArticle, casting: Casting) -> str:
    speaker = casting.name(statement.speaker.actor_id) if statement.speaker else "nobody"
    words = " … ".join(" ".join(coded.article.quote(span).split()) for span in statement.content)
    return f"{statement.kind} {speaker} {words!r}"


def _held(position: Position, coded: CodedArticle, casting: Casting) -> str:
    roles = (("of", position.of), ("by", (position.by,)), ("asserted by", (position.asserted_by,)))
    details = "".join(
        f", {key} {', '.join(casting.name(role.actor_id) for role in each if role)}" for key, each in roles if any(each)
    )
    words = " ".join(coded.article.quote(position.content).split())
    return f"{casting.name(position.party.actor_id)} {position.stance}{details}, on {position.issue!r}: {words!r}"


def _meets(meeting: Meeting, coded: CodedArticle, casting: Casting) -> str:
    parties = ", ".join(casting.name(role.actor_id) for role in meeting.parties) or "nobody"
    words = " … ".join(" ".join(coded.article.quote(span).split()) for span in meeting.evidence)
    return f"{meeting.status} {parties} {meeting.date.value if meeting.date else ''} {words!r}"
