"""An annotator's file → the coded article of a program that makes no mistakes, to test the scorer with.

Only for tests: `read_carefully` returns plain records whose every span quotes the article, so that a test can spoil one
thing at a time and see the figure move.
"""

from datetime import date
from pathlib import Path

from communique.evaluate.expected import Expected, ExpectedActor, article_file
from communique.evaluate.locating import Locator
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
    Fragment,
    MediaType,
    Meeting,
    MeetingStatus,
    Mention,
    MentionKind,
    Page,
    Position,
    Precision,
    Role,
    Span,
    Stance,
    Statement,
    StatementKind,
    Status,
    Timex,
    TimexType,
)
from communique.records.statement import SpeechAct


def read_carefully(folder: Path, expected: Expected, text: str | None = None) -> CodedArticle:
    """The perfect reading; `text` replaces the file's own text (for HTML pages, which are not cleaned here)."""
    path = article_file(folder, expected)
    article = _article(text if text is not None else path.read_text(encoding="utf-8"), expected)
    locator = Locator(article)
    actors = {each.name: _actor(each) for each in expected.actors}
    for name in _named_without_entry(expected) - set(actors):
        actors[name] = Actor(id=f"actor-{name}", name=name, kind=ActorKind.ORGANIZATION)
    claims = tuple(_claims(expected, locator, actors))
    content = path.read_bytes()
    return CodedArticle(
        page=Page(id="page", source=str(path), content=content, content_hash="0", media_type=MediaType.TEXT),
        article=article,
        times=tuple(_times(expected, locator)),
        actors=tuple(actors.values()),
        mentions=tuple(_mentions(expected, locator, actors)),
        claims=claims,
        statements=tuple(_statements(expected, locator, actors)),
        events=tuple(_events(expected)),
        positions=tuple(_positions(expected, locator, actors)),
        meetings=tuple(_meetings(expected, locator, actors)),
    )


def _article(text: str, expected: Expected) -> Article:
    article = Article(id="article", page_id="page", source="test", text=text, blocks=())
    aside = [span for quote in expected.article.not_article for span in Locator(article).everywhere(quote)]
    blocks, start = [], 0
    for line in text.split("\n"):
        if line.strip():
            span = article.span(start, start + len(line))
            furniture = any(2 * _common(each, span) > len(line.strip()) for each in aside)
            blocks.append(
                Block(span=span, kind=BlockKind.FURNITURE if furniture else BlockKind.BODY, reason="furniture")
            )
        start += len(line) + 1
    whole = Article(id="article", page_id="page", source="test", text=text, blocks=tuple(blocks))
    fragments = []
    for each in expected.article.foreign_fragments:
        place = Locator(whole).first(each.quote)
        assert place, each.quote
        fragments.append(Fragment(span=place, language=each.language))
    return Article(
        id="article", page_id="page", source="test", text=text, blocks=tuple(blocks), fragments=tuple(fragments)
    )


def _common(first: Span, second: Span) -> int:
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def _actor(wanted: ExpectedActor) -> Actor:
    country_itself = wanted.country and not wanted.sector and not wanted.organization
    last = wanted.name.split()[-1]
    person = last != wanted.name and (
        last in wanted.mentions
        or any(f.endswith(f" {wanted.name}") and not f.lower().startswith("the ") for f in wanted.mentions)
    )
    kind = ActorKind.STATE if country_itself else ActorKind.PERSON if person else ActorKind.ORGANIZATION
    return Actor(
        id=f"actor-{wanted.name}", name=wanted.name, kind=kind, country=wanted.country,
        sectors=wanted.sector, organization=wanted.organization,
    )  # fmt: skip


def _named_without_entry(expected: Expected) -> set[str]:
    names: set[str] = set()
    for event in expected.events:
        names.update(event.actor, event.recipient)
    for statement in expected.statements:
        names.update(statement.speaker)
    return names


def _roles(names: tuple[str, ...], actors: dict[str, Actor]) -> tuple[Role, ...]:
    return tuple(Role(actor_id=actors[name].id, span=None) for name in names)


def _timex(value: str, span: Span) -> Timex:
    dates = None
    if len(value) == 10 and value.replace("-", "").isdigit():
        day = date.fromisoformat(value)
        dates = DateRange(earliest=day, latest=day, precision=Precision.DAY)
    return Timex(id=f"time-{span.start}-{value}", span=span, type=TimexType.DATE, value=value, dates=dates)


def _times(expected: Expected, locator: Locator) -> list[Timex]:
    return [_timex(each.value, _place(locator, each.quote, each.after)) for each in expected.times]


def _place(locator: Locator, quote: str | None, after: str | None = None) -> Span:
    place = locator.first(quote, after) if quote else None
    assert place is not None, f"not in the article: {quote!r}"
    return place


def _mentions(expected: Expected, locator: Locator, actors: dict[str, Actor]) -> list[Mention]:
    mentions = []
    for wanted in expected.actors:
        for form in wanted.mentions:
            places = locator.coded(form, whole_words=True)
            assert places, f"not in the article: {form!r}"
            mentions += [
                Mention(
                    id=f"m-{form}-{place.start}",
                    span=place,
                    head=0,
                    kind=MentionKind.NAME,
                    actor_id=actors[wanted.name].id,
                )
                for place in places
            ]
    return mentions


def _claims(expected: Expected, locator: Locator, actors: dict[str, Actor]) -> list[Claim]:
    by_id = {event.id: event for event in expected.events}
    claims = []
    for event in expected.events:
        place = _place(locator, event.quote, event.after)
        type_ = event.type or by_id[event.same_as or event.id].type
        status = event.status or (by_id[event.same_as].status if event.same_as else ()) or ("occurred",)
        claims.append(
            Claim(
                id=f"claim-{event.id}", article_id="article", type=type_[0], modes=(), contexts=(),
                actors=_roles(event.actor, actors), recipients=_roles(event.recipient, actors),
                date=_timex(event.date, place) if event.date else None, place=None, status=Status(status[0]),
                status_span=None, asserted_by=(), trigger=place, evidence=(place,), decisions=(),
                meeting_type=event.meeting_type,
            )
        )  # fmt: skip
    return claims


def _events(expected: Expected) -> list[Event]:
    groups: dict[str, list[str]] = {}
    for event in expected.events:
        groups.setdefault(event.same_as or event.id, []).append(f"claim-{event.id}")
    return [Event(id=f"event-{name}", type="", claims=tuple(claims)) for name, claims in groups.items()]


def _statements(expected: Expected, locator: Locator, actors: dict[str, Actor]) -> list[Statement]:
    return [
        Statement(
            id=f"statement-{number}-{name}", article_id="article", kind=StatementKind((*each.kind, "indirect")[0]),
            act=SpeechAct.ASSERT,
            content=(_place(locator, each.quote, each.after),), source=None,
            speaker=Role(actor_id=actors[name].id, span=None), cue=None,
        )
        for number, each in enumerate(expected.statements)
        for name in each.speaker
    ]  # fmt: skip


def _positions(expected: Expected, locator: Locator, actors: dict[str, Actor]) -> list[Position]:
    positions = []
    for issue in expected.positions:
        for number, each in enumerate(issue.parties):
            content = _place(locator, each.content) if each.content else Span(article_id="article", start=0, end=1)
            by, told = _roles(each.by, actors), _roles(each.asserted_by, actors)
            positions.append(
                Position(
                    id=f"position-{issue.issue}-{number}", article_id="article", issue=issue.issue,
                    party=_roles((each.party,), actors)[0], stance=Stance(each.stance[0]), content=content, basis="",
                    of=_roles(each.of, actors), by=by[0] if by else None, asserted_by=told[0] if told else None,
                )
            )  # fmt: skip
    return positions


def _meetings(expected: Expected, locator: Locator, actors: dict[str, Actor]) -> list[Meeting]:
    meetings = []
    for number, each in enumerate(expected.meetings):
        place = _place(locator, each.quote, each.after)
        status = MeetingStatus(each.status[0]) if each.status else MeetingStatus.ANNOUNCED
        meetings.append(
            Meeting(
                id=f"meeting-{number}", article_id="article", parties=_roles(each.parties, actors),
                date=_timex(each.date, place) if each.date else None, place=None, format=None, status=status,
                evidence=(place,), claims=(),
            )
        )  # fmt: skip
    return meetings
