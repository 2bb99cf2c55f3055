"""A number of articles → a record of that size with what the program would have coded and linked, made without reading.

    .venv/bin/python benchmarks/big_record.py PATH [--articles 100000] [--seed 1]

The texts are those of `made_world.py`, every span quotes its words, and events, copies, meetings and lines are linked by what
the generator knows. A record that is there already with so many articles is taken as it is.
"""

import argparse
import sqlite3
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from hashlib import sha256
from itertools import islice
from pathlib import Path

from made_links import Truth
from made_world import WORLD, MadeArticle, Saying, Telling, made_articles, person_name, person_title
from sqlalchemy import create_engine

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
    MediaType,
    Meeting,
    MeetingStatus,
    Mention,
    MentionKind,
    Page,
    Place,
    Position,
    Precision,
    PublicationDate,
    Role,
    Run,
    Span,
    SpeechAct,
    Stance,
    Statement,
    StatementKind,
    Status,
    Timex,
    TimexType,
    make_actor,
    make_id,
)
from communique.store import Record
from communique.store.writing import write_coded

RUN = Run(
    id=make_id("run", "benchmark"), version="benchmark", codebook_hash="0" * 64, model_hash="0" * 64, settings="{}"
)
TOGETHER = 250  # articles in one transaction: one at a time would take three times as long


def states() -> list[Actor]:
    """One actor for each country of the world."""
    return [
        make_actor(name=name, kind=ActorKind.STATE, country=code, sectors=("GOV",))
        for code, name, _, _ in WORLD["countries"]
    ]


STATES = states()


def person(country: int, number: int) -> Actor:
    """One of a country's people."""
    return make_actor(
        name=person_name(country, number),
        kind=ActorKind.PERSON,
        country=WORLD["countries"][country][0],
        sectors=("GOV",),
        title=person_title(country, number),
    )


class Coding:
    """A made article as the program would have coded it."""

    def __init__(self, made: MadeArticle) -> None:
        source = f"{made.outlet}/{made.day:%Y/%m/%d}/{made.number}.txt"
        content = made.text.encode()
        content_hash = sha256(content).hexdigest()
        self.made = made
        self.page = Page(
            id=make_id("page", source, content_hash),
            source=source,
            content=content,
            content_hash=content_hash,
            media_type=MediaType.TEXT,
            url=f"https://{source}",
            fetched_at=datetime(made.day.year, made.day.month, made.day.day, 18, tzinfo=UTC),
            site=made.outlet,
        )
        self.article_id = make_id("article", self.page.id)
        self.actors: dict[str, Actor] = {}
        self.mentions: list[Mention] = []
        self.times: list[Timex] = []

    def span(self, place: tuple[int, int]) -> Span:
        return Span(article_id=self.article_id, start=place[0], end=place[1])

    def role(self, actor: Actor, place: tuple[int, int], kind: MentionKind = MentionKind.NAME) -> Role:
        """The actor in a role, noted as a member of the cast with a mention."""
        span = self.span(place)
        self.actors[actor.id] = actor
        self.mentions.append(
            Mention(
                id=make_id("mention", self.article_id, *place),
                span=span,
                head=len(self.mentions),
                kind=kind,
                actor_id=actor.id,
                reason="name in the codebook",
            )
        )
        return Role(actor_id=actor.id, span=span)

    def coded(self) -> CodedArticle:
        claims, positions, meetings = [], [], []
        for telling in self.made.tellings:
            claim = self.claim(telling)
            claims.append(claim)
            if "stance" in telling.happening.kind:
                positions.append(self.position(telling, claim))
            if telling.happening.kind.get("meeting"):
                meetings.append(self.meeting(telling, claim))
        statements = tuple(self.statement(each) for each in self.made.sayings)
        return CodedArticle(
            page=self.page,
            article=self.article(),
            times=tuple(self.times),
            actors=tuple(self.actors.values()),
            mentions=tuple(self.mentions),
            claims=tuple(claims),
            statements=statements,
            events=tuple(Event(id=make_id("event", each.id), type=each.type, claims=(each.id,)) for each in claims),
            positions=tuple(positions),
            meetings=tuple(meetings),
        )

    def article(self) -> Article:
        made = self.made
        title, *body = made.paragraphs
        day = PublicationDate(day=made.day, source="meta")
        return Article(
            id=self.article_id,
            page_id=self.page.id,
            source=self.page.source,
            text=made.text,
            blocks=(
                Block(span=self.span(title), kind=BlockKind.TITLE),
                *(Block(span=self.span(each), kind=BlockKind.BODY) for each in body),
            ),
            title=made.text[slice(*title)],
            url=self.page.url,
            site=made.outlet,
            language="en",
            published=day,
            publication_candidates=(day,),
        )

    def claim(self, telling: Telling) -> Claim:
        one, marks = telling.happening, telling.marks
        left = STATES[one.left] if telling.person is None else person(one.left, telling.person)
        code, _, _, city = WORLD["countries"][one.city]
        told = self.time(telling.day, marks["date"]) if telling.day is not None else None
        status = Status(one.kind.get("status", "occurred"))
        sure = 0.55 + (self.made.number * 37 + one.number * 11) % 45 / 100
        fields = ("type", "status", "actors", "recipients", "date")
        return Claim(
            id=make_id("claim", self.article_id, *marks["trigger"], one.kind["type"]),
            article_id=self.article_id,
            type=one.kind["type"],
            modes=tuple(one.kind.get("modes", ())),
            contexts=("diplomatic",),
            actors=(self.role(left, marks["left"]),),
            recipients=(self.role(STATES[one.right], marks["right"]),),
            date=told,
            place=Place(name=city, span=self.span(marks["city"]), country=code, latitude=1.0, longitude=2.0),
            status=status,
            status_span=None,
            asserted_by=(),
            trigger=self.span(marks["trigger"]),
            evidence=(self.span(marks["sentence"]),),
            decisions=tuple(FieldDecision(field=each, rule="made", confidence=sure) for each in fields),
            meeting_type="CONSULT" if one.kind.get("meeting") else None,
            content=self.span(marks["content"]) if "content" in marks else None,
        )

    def time(self, day: date, place: tuple[int, int]) -> Timex:
        made = Timex(
            id=make_id("timex", self.article_id, *place),
            span=self.span(place),
            type=TimexType.DATE,
            value=day.isoformat(),
            dates=DateRange(earliest=day, latest=day, precision=Precision.DAY),
            anchor=Anchor.NONE,
            reason="complete in itself",
        )
        self.times.append(made)
        return made

    def position(self, telling: Telling, claim: Claim) -> Position:
        kind = telling.happening.kind
        self.add_state(telling)
        return Position(
            id=make_id("position", claim.id),
            article_id=self.article_id,
            issue=kind["issue"],
            party=Role(actor_id=STATES[telling.happening.left].id, span=claim.actors[0].span),
            stance=Stance(kind["stance"]),
            content=claim.content or claim.trigger,
            basis=claim.id,
            of=claim.recipients,
            date=claim.date,
        )

    def add_state(self, telling: Telling) -> None:
        """The country itself belongs to the cast, also where only its minister is named."""
        state = STATES[telling.happening.left]
        self.actors.setdefault(state.id, state)

    def meeting(self, telling: Telling, claim: Claim) -> Meeting:
        return Meeting(
            id=make_id("meeting", claim.id),
            article_id=self.article_id,
            parties=(*claim.actors, *claim.recipients),
            date=claim.date,
            place=claim.place,
            format="talks",
            status=MeetingStatus.ANNOUNCED,
            evidence=claim.evidence,
            claims=(claim.id,),
        )

    def statement(self, saying: Saying) -> Statement:
        marks = saying.marks
        return Statement(
            id=make_id("statement", self.article_id, *marks["content"]),
            article_id=self.article_id,
            kind=StatementKind.INDIRECT,
            act=SpeechAct.ASSERT,
            content=(self.span(marks["content"]),),
            source=self.span(marks["speaker"]),
            speaker=self.role(person(saying.country, saying.person), marks["speaker"]),
            cue=self.span(marks["cue"]),
            rule="subject of a speech verb",
        )


def chunks(articles: Iterator[MadeArticle]) -> Iterator[Sequence[MadeArticle]]:
    """TOGETHER at a time."""
    while chunk := tuple(islice(articles, TOGETHER)):
        yield chunk


def careless(path: Path) -> sqlite3.Connection:
    """A connection that is fast because nobody minds if this record is lost when the machine stops."""
    connection = sqlite3.connect(path)
    connection.executescript(
        "PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -500000; PRAGMA foreign_keys = OFF"
    )
    return connection


def make_record(path: Path, number: int, seed: int = 1, *, tell: bool = True) -> None:
    """Makes the record unless it is there with so many articles. Raises StorageError when it cannot be written."""
    if path.exists():
        with Record.open(path) as present:
            if present.counts()["articles"] == number:
                return
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
    started = time.perf_counter()
    truth = Truth()
    Record.open(path, create=True).close()
    writer = create_engine("sqlite://", creator=lambda: careless(path))
    done = 0
    for chunk in chunks(made_articles(number, seed)):
        coded = [Coding(made).coded() for made in chunk]
        with writer.begin() as connection:
            for each in coded:
                write_coded(connection, each, RUN)
        for made, each in zip(chunk, coded, strict=True):
            truth.add(made, each)
        done += len(chunk)
        if tell and done % 10_000 < TOGETHER:
            print(f"{done:,} articles, {time.perf_counter() - started:,.0f} s", file=sys.stderr, flush=True)
    writer.dispose()
    with Record.open(path, writable=True) as record:
        record.write_links(truth.links())
    if tell:
        print(f"linked, {time.perf_counter() - started:,.0f} s", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Makes the record and prints what is in it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("path", type=Path)
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    make_record(options.path, options.articles, options.seed)
    with Record.open(options.path) as record:
        print(", ".join(f"{count:,} {kind}" for kind, count in record.counts().items()))
    print(f"{options.path.stat().st_size / 1e9:.2f} GB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
