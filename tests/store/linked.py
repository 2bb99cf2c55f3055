"""Links made by hand over copies of the hand-made article, so that the store is tested without the linking stage."""

from datetime import date

from communique.records import (
    CodedArticle,
    CopyGroup,
    CopyKind,
    FieldAgreement,
    FieldValue,
    Line,
    LineEntry,
    LinkedEvent,
    LinkedMeeting,
    Links,
    MeetingMove,
    MeetingStatus,
    Stance,
    make_id,
)


def links_of(first: CodedArticle, second: CodedArticle) -> Links:
    """The talks (a title and a sentence of each article), the announced round and the demand, each told by both articles."""
    talks, _, planned, demand = ((one.id, other.id) for one, other in zip(first.claims, second.claims, strict=True))
    met = tuple(claim.id for coded in (first, second) for claim in coded.claims[:2])
    claims = {claim.id: claim for coded in (first, second) for claim in coded.claims}
    sides = {actor.name: actor.id for actor in first.actors}
    both = (sides["Norland"], sides["Sudria"])
    place = FieldAgreement(
        field="place",
        values=(
            FieldValue(value="Port Vell", claims=(met[1], met[3]), voices=2),
            FieldValue(value="", claims=talks, voices=1),
        ),
    )

    def event(members: tuple[str, ...], *fields: FieldAgreement) -> LinkedEvent:
        shown = claims[members[1]] if len(members) > 2 else claims[members[0]]
        return LinkedEvent(
            id=make_id("event", "linked", members[0]),
            type=shown.type,
            claims=members,
            status=shown.status,
            actors=both,
            recipients=(),
            dates=shown.date.dates if shown.date else None,
            place=shown.place.name if shown.place else None,
            country=shown.place.country if shown.place else None,
            modes=shown.modes,
            articles=2,
            voices=2,
            fields=fields,
            meeting_type=shown.meeting_type,
        )

    positions = tuple(position.id for coded in (first, second) for position in coded.positions)
    meeting = first.meetings[0]
    return Links(
        copies=(
            CopyGroup(
                id=make_id("copies", first.article.id),
                articles=(first.article.id, second.article.id),
                kind=CopyKind.SYNDICATED,
                similarity=0.9375,
            ),
        ),
        events=(event(met, place), event(planned), event(demand)),
        meetings=(
            LinkedMeeting(
                id=make_id("meeting", "linked", meeting.id),
                meetings=tuple(each.id for coded in (first, second) for each in coded.meetings),
                parties=both,
                dates=meeting.date.dates if meeting.date else None,
                place=None,
                country=None,
                format=meeting.format,
                status=MeetingStatus.ANNOUNCED,
                moves=tuple(
                    MeetingMove(
                        status=MeetingStatus.ANNOUNCED,
                        claim_id=claim,
                        article_id=claims[claim].article_id,
                        day=date(2031, 3, 4),
                    )
                    for claim in planned
                ),
                articles=2,
                voices=2,
            ),
        ),
        lines=(
            Line(
                id=make_id("line", "navigation", sides["Sudria"]),
                issue="navigation",
                party=sides["Sudria"],
                side="country:SDR",
                now=Stance.DEMANDS,
                entries=(
                    LineEntry(
                        positions=positions, stance=Stance.DEMANDS, day=date(2031, 2, 1), by_others=True, voices=2
                    ),
                ),
            ),
        ),
    )
