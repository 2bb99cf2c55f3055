"""Coded articles of any shape: every field of every record type filled with whatever its type allows."""

import hashlib
from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from hypothesis import strategies as st

from communique.records import (
    Actor,
    ActorKind,
    Anchor,
    Article,
    Block,
    BlockKind,
    Claim,
    CodedArticle,
    DateRange,
    Event,
    FieldDecision,
    Fragment,
    MediaType,
    Meeting,
    MeetingStatus,
    Mention,
    MentionKind,
    Page,
    Place,
    Position,
    Precision,
    Problem,
    PublicationDate,
    Role,
    Run,
    Severity,
    Span,
    SpeechAct,
    Stance,
    Statement,
    StatementKind,
    Status,
    Timex,
    TimexType,
    TranslationSign,
    make_actor,
    make_id,
)

Draw = Callable[[st.SearchStrategy[Any]], Any]

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=12)
SOME_WORDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
DAYS = st.dates(date(1900, 1, 1), date(2100, 12, 31))
MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
SCORES = st.floats(0, 1)


def few(values: st.SearchStrategy[Any], least: int = 0, most: int = 2) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(values, min_size=least, max_size=most).map(tuple)


def maybe(values: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | values


runs = st.builds(
    Run,
    id=st.integers(0, 9).map(lambda n: make_id("run", n)),
    version=WORDS,
    codebook_hash=WORDS,
    model_hash=WORDS,
    settings=WORDS,
)


@st.composite
def coded_articles(draw: Draw) -> CodedArticle:
    text = draw(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60))
    page, article_id = _page(draw), make_id("article", draw(st.integers(0, 3)))
    numbers = iter(range(10_000))

    def identity(kind: str) -> str:
        return make_id(kind, article_id, next(numbers))

    @st.composite
    def spans(draw: Draw) -> Span:
        start = draw(st.integers(0, len(text) - 1))
        return Span(article_id=article_id, start=start, end=draw(st.integers(start + 1, len(text))))

    @st.composite
    def times(draw: Draw) -> Timex:
        dates = st.builds(DateRange, earliest=maybe(DAYS), latest=maybe(DAYS), precision=st.sampled_from(Precision))
        return Timex(
            id=identity("timex"),
            span=draw(spans()),
            type=draw(st.sampled_from(TimexType)),
            value=draw(WORDS),
            mod=draw(maybe(WORDS)),
            dates=draw(maybe(dates)),
            anchor=draw(st.sampled_from(Anchor)),
            anchor_value=draw(maybe(WORDS)),
            reason=draw(WORDS),
        )

    actors = tuple({actor.id: actor for actor in draw(few(_actors(), 1, 3))}.values())
    actor_ids = st.sampled_from([actor.id for actor in actors])
    roles = st.builds(Role, actor_id=actor_ids, span=maybe(spans()))
    listed = draw(few(times()))
    dates = maybe(st.sampled_from(listed) | times() if listed else times())
    places = st.builds(
        Place,
        name=WORDS,
        span=spans(),
        country=maybe(WORDS),
        region=maybe(WORDS),
        latitude=maybe(st.floats(-90, 90)),
        longitude=maybe(st.floats(-180, 180)),
        geonames_id=maybe(st.integers(0, 10**9)),
        precision=WORDS,
        reason=WORDS,
    )
    claims = tuple(
        draw(
            st.builds(
                Claim,
                id=st.just(identity("claim")),
                article_id=st.just(article_id),
                type=WORDS,
                modes=few(WORDS),
                contexts=few(WORDS),
                actors=few(roles),
                recipients=few(roles),
                date=dates,
                place=maybe(places),
                status=st.sampled_from(Status),
                status_span=maybe(spans()),
                asserted_by=few(roles),
                trigger=spans(),
                evidence=few(spans()),
                decisions=few(st.builds(FieldDecision, field=WORDS, rule=WORDS, confidence=SCORES)),
                meeting_type=maybe(WORDS),
                like=maybe(WORDS),
                condition=maybe(spans()),
                content=maybe(spans()),
            )
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    statements = tuple(
        draw(
            st.builds(
                Statement,
                id=st.just(identity("statement")),
                article_id=st.just(article_id),
                kind=st.sampled_from(StatementKind),
                act=st.sampled_from(SpeechAct),
                content=few(spans()),
                source=maybe(spans()),
                speaker=maybe(roles),
                cue=maybe(spans()),
                addressee=maybe(roles),
                medium=maybe(spans()),
                reported_by=maybe(roles),
                negated=st.booleans(),
                date=dates,
                rule=WORDS,
            )
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    claim_ids = few(st.sampled_from([claim.id for claim in claims])) if claims else st.just(())
    positions = tuple(
        draw(
            st.builds(
                Position,
                id=st.just(identity("position")),
                article_id=st.just(article_id),
                issue=WORDS,
                party=roles,
                stance=st.sampled_from(Stance),
                content=spans(),
                basis=SOME_WORDS,
                of=few(roles),
                by=maybe(roles),
                asserted_by=maybe(roles),
                date=dates,
            )
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    meetings = tuple(
        draw(
            st.builds(
                Meeting,
                id=st.just(identity("meeting")),
                article_id=st.just(article_id),
                parties=few(roles),
                date=dates,
                place=maybe(places),
                format=maybe(WORDS),
                status=st.sampled_from(MeetingStatus),
                evidence=few(spans()),
                claims=claim_ids,
                condition=maybe(spans()),
            )
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    events = tuple(
        Event(id=identity("event"), type=draw(WORDS), claims=draw(claim_ids)) for _ in range(draw(st.integers(0, 2)))
    )
    mentions = tuple(
        Mention(
            id=identity("mention"),
            span=draw(spans()),
            head=draw(st.integers(0, 500)),
            kind=draw(st.sampled_from(MentionKind)),
            actor_id=draw(maybe(actor_ids)),
            candidates=draw(few(WORDS)),
            reason=draw(WORDS),
        )
        for _ in range(draw(st.integers(0, 2)))
    )
    return CodedArticle(
        page=page,
        article=_article(draw, article_id, page, text, spans()),
        times=listed,
        actors=actors,
        mentions=mentions,
        claims=claims,
        statements=statements,
        events=events,
        positions=positions,
        meetings=meetings,
        problems=draw(
            few(
                st.builds(
                    Problem,
                    id=st.integers(0, 5).map(lambda n: make_id("problem", n)),
                    stage=WORDS,
                    source=WORDS,
                    reason=WORDS,
                    remedy=WORDS,
                    severity=st.sampled_from(Severity),
                )
            )
        ),
    )


def _actors() -> st.SearchStrategy[Actor]:
    return st.builds(
        make_actor,
        name=SOME_WORDS,
        kind=st.sampled_from(ActorKind),
        country=maybe(st.sampled_from(["RUS", "USA", "XKX"])),
        sectors=few(st.sampled_from(["GOV", "MIL", "IGO"])),
        organization=maybe(WORDS),
        title=maybe(WORDS),
    )


def _page(draw: Draw) -> Page:
    content = draw(st.binary(max_size=200))
    source = draw(WORDS)
    content_hash = hashlib.sha256(content).hexdigest()
    return Page(
        id=make_id("page", source, content_hash),
        source=source,
        content=content,
        content_hash=content_hash,
        media_type=draw(st.sampled_from(MediaType)),
        url=draw(maybe(WORDS)),
        fetched_at=draw(maybe(MOMENTS)),
        encoding=draw(maybe(WORDS)),
        title=draw(maybe(WORDS)),
        published=draw(maybe(DAYS)),
        site=draw(maybe(WORDS)),
        told_by=draw(maybe(WORDS)),
    )


def _article(draw: Draw, article_id: str, page: Page, text: str, spans: st.SearchStrategy[Span]) -> Article:
    days = st.builds(PublicationDate, day=DAYS, source=WORDS)
    return Article(
        id=article_id,
        page_id=page.id,
        source=page.source,
        text=text,
        blocks=draw(few(st.builds(Block, span=spans, kind=st.sampled_from(BlockKind), reason=maybe(WORDS)))),
        title=draw(maybe(WORDS)),
        url=draw(maybe(WORDS)),
        site=draw(maybe(WORDS)),
        authors=draw(few(WORDS)),
        language=draw(maybe(WORDS)),
        fragments=draw(few(st.builds(Fragment, span=spans, language=WORDS))),
        translation_signs=draw(few(st.builds(TranslationSign, span=spans, sign=WORDS))),
        machine_translated=draw(WORDS),
        published=draw(maybe(days)),
        modified=draw(maybe(DAYS)),
        publication_candidates=draw(few(days)),
        published_between=draw(maybe(st.tuples(maybe(DAYS), maybe(DAYS)))),
        fetched=draw(maybe(DAYS)),
    )
