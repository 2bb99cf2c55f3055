"""Coded articles made by hand, to be put into a record: each line of the text is one claim, or none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from communique.records import (
    Actor,
    ActorKind,
    Article,
    Block,
    BlockKind,
    Claim,
    CodedArticle,
    DateRange,
    Event,
    FieldDecision,
    MediaType,
    Meeting,
    MeetingStatus,
    Page,
    Place,
    Position,
    Precision,
    PublicationDate,
    Role,
    Run,
    Span,
    Stance,
    Status,
    Timex,
    TimexType,
    make_actor,
    make_id,
)

RUN = Run(id="run-made", version="1", codebook_hash="made", model_hash="made", settings="{}")
START = date(2031, 5, 1)


def land(name: str, code: str) -> Actor:
    """A state."""
    return make_actor(name=name, kind=ActorKind.STATE, country=code)


GHANA, TOGO, BENIN = land("Ghana", "GHA"), land("Togo", "TGO"), land("Benin", "BEN")
ACTORS = (GHANA, TOGO, BENIN)


@dataclass(frozen=True, slots=True)
class Said:
    """One line and what it tells: nothing without a `type`; `on` counts days from START."""

    words: str
    type: str | None = None
    actors: tuple[Actor, ...] = ()
    recipients: tuple[Actor, ...] = ()
    on: int | None = None
    town: str | None = None
    status: Status = Status.OCCURRED
    meeting: bool = False
    stance: Stance | None = None


def coded(name: str, outlet: str, day: int, lines: Sequence[Said]) -> CodedArticle:
    """The coded article; its id is made from its name."""
    identity = make_id("article", name)
    text = "\n".join(line.words for line in lines)
    starts = [sum(len(each.words) + 1 for each in lines[:number]) for number in range(len(lines))]
    article = Article(
        id=identity, page_id=make_id("page", name), source=f"{name}.txt", text=text, title=lines[0].words[:40], site=outlet,
        language="en", blocks=(Block(span=Span(article_id=identity, start=0, end=len(text)), kind=BlockKind.BODY),),
        published=PublicationDate(day=START + timedelta(days=day), source="made"),
    )  # fmt: skip
    page = Page(
        id=article.page_id, source=article.source, content=name.encode(), content_hash=name, media_type=MediaType.TEXT
    )
    claims = [_claim(identity, start, line) for start, line in zip(starts, lines, strict=True) if line.type]
    told = [line for line in lines if line.type]
    meetings = tuple(
        Meeting(
            id=make_id("meeting", claim.id), article_id=identity, parties=(*claim.actors, *claim.recipients), date=claim.date,
            place=claim.place, format=None, status=MeetingStatus.ANNOUNCED, evidence=claim.evidence, claims=(claim.id,),
        )
        for claim, line in zip(claims, told, strict=True)
        if line.meeting
    )  # fmt: skip
    positions = tuple(
        Position(
            id=make_id("position", claim.id), article_id=identity, issue="talks", party=claim.actors[0],
            stance=line.stance, content=claim.evidence[0], basis=claim.id, of=claim.recipients,
        )
        for claim, line in zip(claims, told, strict=True)
        if line.stance is not None
    )  # fmt: skip
    return CodedArticle(
        page=page, article=article, actors=ACTORS, claims=tuple(claims), meetings=meetings, positions=positions,
        events=tuple(Event(id=make_id("event", claim.id), type=claim.type, claims=(claim.id,)) for claim in claims),
    )  # fmt: skip


def _claim(article: str, start: int, line: Said) -> Claim:
    trigger = Span(article_id=article, start=start, end=start + len(line.words.split()[0]))
    time = None
    if line.on is not None:
        on = START + timedelta(days=line.on)
        dates = DateRange(earliest=on, latest=on, precision=Precision.DAY)
        identity = make_id("timex", article, start)
        time = Timex(id=identity, span=trigger, type=TimexType.DATE, value=on.isoformat(), dates=dates)
    return Claim(
        id=make_id("claim", article, start, line.type), article_id=article, type=line.type or "", modes=(), contexts=(),
        actors=tuple(Role(actor_id=each.id, span=None) for each in line.actors),
        recipients=tuple(Role(actor_id=each.id, span=None) for each in line.recipients), date=time,
        place=Place(name=line.town, span=trigger, country="TGO") if line.town else None, status=line.status,
        status_span=None, asserted_by=(), trigger=trigger, meeting_type="CONSULT" if line.meeting else None,
        evidence=(Span(article_id=article, start=start, end=start + len(line.words)),),
        decisions=(FieldDecision(field="type", rule="made", confidence=0.8),),
    )  # fmt: skip
