"""Lines and meetings over time → which positions turned, which meetings moved, and which meetings lie ahead."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from communique.brief.asking import Asked
from communique.brief.digest import Sentence
from communique.brief.phrasing import counted, day_words, heard, load_phrases, opened, uncapitalized, when
from communique.brief.sourcing import Sourcing
from communique.export.gathering import chunked, paged
from communique.records import Claim, LinkedMeeting, MeetingMove, MeetingStatus
from communique.store import Filters, Record

AHEAD = (MeetingStatus.ANNOUNCED, MeetingStatus.CONFIRMED, MeetingStatus.POSTPONED)


def turned(record: Record, asked: Asked) -> Iterator[Sentence]:
    """A sentence for each turn of a party's position within the period."""
    filters = asked.filters(statuses=("changed",))
    for part in chunked(paged(record.lines_slice, filters), lambda line: len(line.entries)):
        positions = record.positions_by_id(each for line in part for entry in line.entries for each in entry.positions)
        sourcing = Sourcing(record, asked, positions.values(), (line.party for line in part))
        for line in part:
            for before, entry in zip(line.entries, line.entries[1:], strict=False):
                told = [positions[each] for each in entry.positions if each in positions]
                if not entry.changed or not told or not asked.within(entry.day):
                    continue
                best = max(told, key=lambda each: (each.content.end - each.content.start, each.id))
                earlier = [positions[each] for each in before.positions if each in positions]
                words = [sourcing.words(best, entry.stance.value)]
                words += [sourcing.words(each, before.stance.value) for each in earlier[:1]]
                party = load_phrases().name(sourcing.name(line.party))
                day = f"On {day_words(entry.day, year=not asked.one_year)}, " if entry.day else ""
                others = ", as others tell it" if entry.by_others else ""
                count = f" ({counted(entry.voices, 'outlet')})" if entry.voices > 1 else ""
                yield Sentence(
                    text=opened(
                        f"{day}{party} turned from “{before.stance.value}” to “{entry.stance.value}” on {line.issue}{others}{count}"
                    ),
                    words=tuple(each for each in words if each is not None),
                    keys=tuple(f"turn:{each}" for each in entry.positions),
                    voices=entry.voices,
                    day=entry.day,
                )


def moved(record: Record, asked: Asked) -> Iterator[Sentence]:
    """A sentence for each meeting that was confirmed, put off, called off or held by a word of the period."""
    everything = replace(asked.filters(), since=None, until=None)  # its own day may lie outside of the period
    for meetings, claims, sourcing in _gathered(record, asked, everything):
        for meeting in meetings:
            for before, move in zip(meeting.moves, meeting.moves[1:], strict=False):
                claim = claims.get(move.claim_id)
                words = sourcing.words(claim) if claim else None
                if move.status is before.status or words is None or not asked.within(move.day):
                    continue
                same = [each for each in meeting.moves if (each.status, each.day) == (move.status, move.day)]
                articles = len({each.article_id for each in same})
                voices = _voices(same, sourcing)
                day = f", as reported on {day_words(move.day, year=not asked.one_year)}" if move.day else ""
                status = load_phrases().became(move.status)
                yield Sentence(
                    text=f"{opened(_meeting(meeting, sourcing))} {status}{day}{heard(articles, voices)}",
                    words=(words,),
                    keys=tuple(f"moved:{each.status.value}:{each.claim_id}" for each in same),
                    voices=voices,
                    day=move.day,
                )


def coming(record: Record, asked: Asked) -> Iterator[Sentence]:
    """A sentence for each meeting that lies ahead of the period's end, as was known then; the next first."""
    filters = replace(asked.filters(), since=asked.end + timedelta(days=1), until=None)
    for meetings, claims, sourcing in _gathered(record, asked, filters):
        for meeting in meetings:
            known = [each for each in meeting.moves if each.day is None or each.day <= asked.end]
            last = known[-1] if known else None
            claim = claims.get(last.claim_id) if last else None
            words = sourcing.words(claim) if claim else None
            if last is None or words is None or last.status not in AHEAD:
                continue
            articles, voices = meeting.articles, meeting.voices
            if asked.until is not None:  # reports that came later do not count
                articles, voices = len({each.article_id for each in known}), _voices(known, sourcing)
            opening = when(meeting.dates, year=not asked.one_year or _year(meeting) != asked.end.year)
            said = f", {load_phrases().ahead[last.status.value]}"
            said += f" on {day_words(last.day, year=not asked.one_year)}" if last.day else ""
            text = f"{opening}: {_meeting(meeting, sourcing, day=False)}" if opening else _meeting(meeting, sourcing)
            yield Sentence(
                text=f"{opened(text)}{said}{heard(articles, voices)}",
                words=(words,),
                keys=tuple(f"coming:{each}" for each in meeting.meetings),
                voices=voices,
                day=meeting.dates.earliest if meeting.dates else None,
            )


Part = tuple[list[LinkedMeeting], dict[str, Claim], Sourcing]


def _gathered(record: Record, asked: Asked, filters: Filters) -> Iterator[Part]:
    for part in chunked(record.iter_linked_meetings(filters), lambda each: len(each.moves) + 1):
        claims = record.claims_by_id(move.claim_id for meeting in part for move in meeting.moves)
        yield part, claims, Sourcing(record, asked, claims.values(), {each for one in part for each in one.parties})


def _meeting(meeting: LinkedMeeting, sourcing: Sourcing, *, day: bool = True) -> str:
    """`the meeting of Russia and NATO in Brussels, 12 January 2022,`."""
    parties = load_phrases().names(sourcing.names(meeting.parties))
    kind = f"the meeting ({meeting.format})" if meeting.format else "the meeting"
    text = f"{kind} of {parties}" if parties else kind
    text += f" in {' '.join(meeting.place.split())}" if meeting.place else ""
    dates = when(meeting.dates) if day else ""
    return f"{text} ({uncapitalized(dates)})" if dates else text


def _voices(moves: Sequence[MeetingMove], sourcing: Sourcing) -> int:
    own = {sourcing.outlet(each.article_id) for each in moves if not sourcing.is_copy(each.article_id)}
    return max(1, len(own))


def _year(meeting: LinkedMeeting) -> int | None:
    day: date | None = (meeting.dates.earliest or meeting.dates.latest) if meeting.dates else None
    return day.year if day else None
