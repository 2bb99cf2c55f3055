"""What the generator knows of made articles → the links between them: one event each, copies, meetings, lines of positions.

It stands in for linking where a big record is wanted at once; how well and fast linking itself is, `linking.py` measures.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from made_world import WORLD, Happening, MadeArticle

from communique.records import (
    CodedArticle,
    CopyGroup,
    CopyKind,
    DateRange,
    FieldAgreement,
    FieldValue,
    Line,
    LineEntry,
    LinkedEvent,
    LinkedMeeting,
    Links,
    MeetingMove,
    MeetingStatus,
    Precision,
    Stance,
    Status,
    make_actor,
    make_id,
)
from communique.records.actor import ActorKind


@dataclass(frozen=True, slots=True)
class Report:
    """One article's telling of an event: ids, and `voice`, the number of the article that said it first."""

    claim: str
    article: str
    told: date | None
    published: date
    voice: int


@dataclass(slots=True)
class Truth:
    """Filled article by article."""

    happenings: dict[int, Happening] = field(default_factory=dict)
    reports: dict[int, list[Report]] = field(default_factory=lambda: defaultdict(list))
    meetings: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    positions: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))
    copies: dict[int, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, made: MadeArticle, coded: CodedArticle) -> None:
        """Notes whom its claims, positions and meetings belong to."""
        voice = made.number if made.copy_of is None else made.copy_of
        self.copies[voice].append(coded.article.id)
        of_claim = {}
        for telling, claim in zip(made.tellings, coded.claims, strict=True):
            one = telling.happening
            self.happenings[one.number] = one
            self.reports[one.number].append(Report(claim.id, coded.article.id, telling.day, made.day, voice))
            of_claim[claim.id] = one.number
        for position in coded.positions:
            self.positions[of_claim[position.basis]].append(position.id)
        for meeting in coded.meetings:
            self.meetings[of_claim[meeting.claims[0]]].append(meeting.id)

    def links(self) -> Links:
        """All that can be derived."""
        events = tuple(_event(self.happenings[each], reports) for each, reports in self.reports.items())
        meetings = tuple(
            _meeting(self.happenings[each], ids, self.reports[each]) for each, ids in self.meetings.items()
        )
        groups = [ids for ids in self.copies.values() if len(ids) > 1]
        copies = tuple(
            CopyGroup(id=make_id("copies", ids[0]), articles=tuple(ids), kind=CopyKind.EXACT, similarity=1.0)
            for ids in groups
        )
        return Links(copies=copies, events=events, meetings=meetings, lines=self._lines())

    def _lines(self) -> tuple[Line, ...]:
        entries: dict[tuple[str, int], list[LineEntry]] = defaultdict(list)
        for number, ids in self.positions.items():
            one = self.happenings[number]
            entries[one.kind["issue"], one.left].append(
                LineEntry(
                    positions=tuple(ids),
                    stance=Stance(one.kind["stance"]),
                    day=one.day,
                    voices=len({report.voice for report in self.reports[number]}),
                )
            )
        return tuple(
            Line(
                id=make_id("line", issue, f"country:{WORLD['countries'][left][0]}"),
                issue=issue,
                party=_state(left),
                side=f"country:{WORLD['countries'][left][0]}",
                now=ordered[-1].stance,
                entries=tuple(ordered),
            )
            for (issue, left), unordered in entries.items()
            for ordered in [sorted(unordered, key=lambda entry: (entry.day, entry.positions))]
        )


def _state(country: int) -> str:
    code, name, _, _ = WORLD["countries"][country]
    return make_actor(name=name, kind=ActorKind.STATE, country=code, sectors=("GOV",)).id


def _event(one: Happening, unordered: list[Report]) -> LinkedEvent:
    reports = sorted(unordered, key=lambda report: (report.published, report.article))
    code, _, _, city = WORLD["countries"][one.city]
    told: dict[str, list[Report]] = defaultdict(list)
    for report in reports:
        if report.told is not None:
            told[report.told.isoformat()].append(report)
    values = sorted(told.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    dates = tuple(
        FieldValue(value=value, claims=tuple(each.claim for each in given), voices=len({each.voice for each in given}))
        for value, given in values
    )
    return LinkedEvent(
        id=make_id("linked-event", reports[0].claim),
        type=one.kind["type"],
        claims=tuple(each.claim for each in reports),
        status=Status(one.kind.get("status", "occurred")),
        actors=(_state(one.left),),
        recipients=(_state(one.right),),
        dates=DateRange(earliest=one.day, latest=one.day, precision=Precision.DAY) if dates else None,
        place=city,
        country=code,
        modes=tuple(one.kind.get("modes", ())),
        articles=len({each.article for each in reports}),
        voices=len({each.voice for each in reports}),
        fields=(FieldAgreement(field="date", values=dates),) if dates else (),
        meeting_type="CONSULT" if one.kind.get("meeting") else None,
    )


def _meeting(one: Happening, ids: list[str], unordered: list[Report]) -> LinkedMeeting:
    reports = sorted(unordered, key=lambda report: (report.published, report.article))
    code, _, _, city = WORLD["countries"][one.city]
    return LinkedMeeting(
        id=make_id("linked-meeting", ids[0]),
        meetings=tuple(ids),
        parties=(_state(one.left), _state(one.right)),
        dates=DateRange(earliest=one.day, latest=one.day, precision=Precision.DAY),
        place=city,
        country=code,
        format="talks",
        status=MeetingStatus.ANNOUNCED,
        moves=tuple(
            MeetingMove(
                status=MeetingStatus.ANNOUNCED, claim_id=each.claim, article_id=each.article, day=each.published
            )
            for each in reports[:1]
        ),
        articles=len({each.article for each in reports}),
        voices=len({each.voice for each in reports}),
    )
