"""Made articles of which the truth is known: which claims tell one event, which articles are copies.

A world of countries and towns has events day by day; outlets report them in their own words, leave out the date, the place or
one of the parties, add what else is going on, and copy one another, cut or edited. How many articles come out in a day does not
depend on how many days there are. Everything comes from the seed.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    Page,
    Place,
    Precision,
    PublicationDate,
    Role,
    Span,
    Status,
    Timex,
    TimexType,
    make_id,
)
from communique.records.reported import Party, ReportedArticle, ReportedClaim

ARTICLES_A_DAY = 100
FIRST_DAY = date(2031, 1, 1)
COUNTRIES = 70
TOWNS_EACH = 6
TYPES = ("CONSULT", "ASSAULT", "SANCTION", "PROTEST", "ACCUSE", "REQUEST", "AID", "MOBILIZE", "COERCE", "RETREAT")
MUTUAL = frozenset({"CONSULT"})
VERBS = {
    "CONSULT": ("met", "held talks with", "conferred with"), "ASSAULT": ("attacked", "shelled", "killed people of"),
    "SANCTION": ("imposed sanctions on", "blacklisted firms of"), "PROTEST": ("protested against", "marched against"),
    "ACCUSE": ("accused", "blamed"), "REQUEST": ("urged", "demanded a halt from"), "AID": ("sent aid to", "delivered help to"),
    "MOBILIZE": ("sent troops towards", "massed soldiers near"), "COERCE": ("detained citizens of", "seized ships of"),
    "RETREAT": ("pulled forces back from", "released prisoners of"),
}  # fmt: skip
SYLLABLES = tuple(first + last for first in "bdfgklmnprstvz" for last in "aeio")
WORDS_OF_AFFAIR, WORDS_OF_EVENT = 6, 9
OUTLETS = 80
COPIED = 0.15
MOST_REPORTS = 60  # of one event


@dataclass(frozen=True, slots=True)
class Happening:
    """One event of the made world."""

    number: int
    type: str
    actor: int
    recipient: int
    day: date
    town: int
    words: tuple[str, ...]
    killed: int


@dataclass(frozen=True, slots=True)
class MadeArticle:
    """An article, the event of each claim, and the number of the article it copies, if any."""

    article: ReportedArticle
    events: tuple[int, ...]
    copy_of: str | None


class World:
    """Everything that happens, day by day."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.vocabulary = [self._word() for _ in range(9_000)]
        self.affairs: dict[tuple[int, int], tuple[str, ...]] = {}
        self._number = 0

    def _word(self) -> str:
        return "".join(self.random.choice(SYLLABLES) for _ in range(self.random.randint(2, 4)))

    def _country(self) -> int:
        return min(int(self.random.paretovariate(0.7)) - 1, 10_000) % COUNTRIES

    def happenings(self, day: date) -> list[tuple[Happening, int]]:
        """The day's events, each with the number of articles that are going to tell it first of all."""
        made: list[tuple[Happening, int]] = []
        left = ARTICLES_A_DAY
        while left > 0:
            actor, recipient = self._country(), self._country()
            if actor == recipient:
                continue
            pair = (min(actor, recipient), max(actor, recipient))
            affair = self.affairs.get(pair)
            if affair is None or self.random.random() < 0.03:
                affair = self.affairs[pair] = tuple(self.random.sample(self.vocabulary, WORDS_OF_AFFAIR))
            own = self.random.sample(self.vocabulary, WORDS_OF_EVENT)
            self._number += 1
            reports = min(left, MOST_REPORTS, int(self.random.paretovariate(1.1)))
            happening = Happening(
                self._number, self.random.choice(TYPES), actor, recipient, day,
                self.random.choice((actor, recipient)) * TOWNS_EACH + self.random.randrange(TOWNS_EACH),
                (*affair, *own), self.random.randint(2, 60),
            )  # fmt: skip
            made.append((happening, reports))
            left -= reports
        return made


def made_articles(count: int, seed: int = 7) -> Iterator[MadeArticle]:
    """So many articles, by day."""
    world = World(seed)
    day, made = FIRST_DAY, 0
    recent: list[Happening] = []
    printed: list[MadeArticle] = []
    while made < count:
        fresh = world.happenings(day)
        for happening, reports in fresh:
            for _ in range(reports):
                if made >= count:
                    return
                if printed and world.random.random() < COPIED:
                    article = _copy(world, made, world.random.choice(printed))
                else:
                    late = int(world.random.expovariate(1.0))
                    others = [
                        each for each in recent if {each.actor, each.recipient} & {happening.actor, happening.recipient}
                    ]
                    article = _article(world, made, day + timedelta(days=min(late, 3)), happening, others)
                made += 1
                printed.append(article)
                del printed[:-600]
                yield article
        recent = [each for each in recent if (day - each.day).days < 4] + [each for each, _ in fresh]
        day += timedelta(days=1)


def _article(world: World, number: int, day: date, main: Happening, others: list[Happening]) -> MadeArticle:
    beside = world.random.sample(others, min(len(others), world.random.randint(0, 3)))
    events = [main, *beside]
    identity = make_id("article", "made", number)
    claims = tuple(_claim(world, identity, place, each) for place, each in enumerate(events))
    filler = [_filler(world, main) for _ in range(world.random.randint(3, 9))]
    text = "\n".join([*(claim.sentence for claim in claims), *filler])
    article = ReportedArticle(
        id=identity, outlet=f"outlet{world.random.randrange(OUTLETS)}", day=day, title=claims[0].sentence[:60], text=text,
        claims=claims, events=tuple((claim.position,) for claim in claims),
    )  # fmt: skip
    return MadeArticle(article, tuple(each.number for each in events), None)


def _filler(world: World, main: Happening) -> str:
    return f"{' '.join(world.random.choices(world.vocabulary, k=9)).capitalize()} {world.random.choice(main.words)}."


def _claim(world: World, article: str, position: int, told: Happening) -> ReportedClaim:
    chance = world.random.random
    kept = [word for word in told.words if chance() < 0.6]
    noise = world.random.choices(world.vocabulary, k=4)
    verb = world.random.choice(VERBS[told.type])
    actors: tuple[Party, ...] = (_party(told.actor),)
    recipients: tuple[Party, ...] = (_party(told.recipient),)
    if told.type in MUTUAL and chance() < 0.5:
        actors, recipients = recipients, actors
    if chance() < 0.25:
        if chance() < 0.5:
            actors = ()
        else:
            recipients = ()
    town = chance() < 0.45
    dead = f" with {told.killed} killed" if told.type == "ASSAULT" and chance() < 0.7 else ""
    place = f" at Town{told.town}" if town else ""
    sentence = f"{actors[0].actor_id if actors else 'They'} {verb} {' '.join([*kept, *noise])}{place}{dead}."
    return ReportedClaim(
        id=make_id("claim", article, position), position=position, type=told.type,
        status=Status.OCCURRED if chance() < 0.97 else Status.DENIED, trigger=verb, sentence=sentence, actors=actors,
        recipients=recipients, dates=_dates(world, told.day), place=f"Town{told.town}" if town else None,
        country=f"C{told.town // TOWNS_EACH:02}" if town else None, town=town,
    )  # fmt: skip


def _party(country: int) -> Party:
    return Party(actor_id=f"actor-{country:02}", side=f"country:C{country:02}", known=True)


def _dates(world: World, day: date) -> DateRange | None:
    chance = world.random.random()
    if chance < 0.45:
        return DateRange(earliest=day, latest=day, precision=Precision.DAY)
    if chance < 0.55:
        monday = day - timedelta(days=day.weekday())
        return DateRange(earliest=monday, latest=monday + timedelta(days=6), precision=Precision.WEEK)
    return None


def _copy(world: World, number: int, original: MadeArticle) -> MadeArticle:
    """The original under another outlet's name: as it is, cut at the end, with a line added, or with some words changed."""
    identity = make_id("article", "made", number)
    lines, claims = original.article.text.split("\n"), original.article.claims
    kind = world.random.random()
    if kind < 0.3 and len(lines) > len(claims) + 3:
        lines = lines[:-2]
    elif kind < 0.5:
        lines = [*lines, f"Reporting by {' '.join(world.random.choices(world.vocabulary, k=6))}."]
    elif kind < 0.65:
        lines = [
            " ".join(
                word if world.random.random() > 0.06 else world.random.choice(world.vocabulary) for word in line.split()
            )
            for line in lines
        ]
    copied = tuple(replace(claim, id=make_id("claim", identity, claim.position)) for claim in claims)
    day = original.article.day
    article = replace(
        original.article, id=identity, outlet=f"outlet{world.random.randrange(OUTLETS)}", text="\n".join(lines), claims=copied,
        day=day + timedelta(days=world.random.randrange(2)) if day else None,
    )  # fmt: skip
    return MadeArticle(article, original.events, original.copy_of or original.article.id)


def coded_article(made: MadeArticle) -> CodedArticle:
    """The made article as coding would have left it, to be put into a record."""
    told = made.article
    content = told.text.encode()
    page = Page(
        id=make_id("page", told.id), source=f"{told.id}.txt", content=content, content_hash=told.id,
        media_type=MediaType.TEXT,
    )  # fmt: skip
    article = Article(
        id=told.id, page_id=page.id, source=page.source, text=told.text, title=told.title, site=told.outlet, language="en",
        blocks=(Block(span=Span(article_id=told.id, start=0, end=len(told.text)), kind=BlockKind.BODY),),
        published=PublicationDate(day=told.day, source="made") if told.day else None,
    )  # fmt: skip
    claims, start = [], 0
    lines = told.text.split("\n")
    for number, (claim, line) in enumerate(zip(told.claims, lines, strict=False)):
        claims.append(_coded_claim(article, claim, start, start + len(line)))
        start += len(lines[number]) + 1
    parties = {party.actor_id: party for claim in told.claims for party in (*claim.actors, *claim.recipients)}
    actors = tuple(
        Actor(id=each, name=f"Land {each[-2:]}", kind=ActorKind.STATE, country=f"X{each[-2:]}")
        for each in sorted(parties)
    )
    events = tuple(Event(id=make_id("event", claim.id), type=claim.type, claims=(claim.id,)) for claim in claims)
    return CodedArticle(page=page, article=article, actors=actors, claims=tuple(claims), events=events)


def _coded_claim(article: Article, told: ReportedClaim, start: int, end: int) -> Claim:
    whole = Span(article_id=article.id, start=start, end=end)
    trigger = article.text.find(told.trigger, start, end)
    first = trigger if trigger >= 0 else start
    words = Span(article_id=article.id, start=first, end=first + max(1, len(told.trigger) if trigger >= 0 else 1))
    date = None
    if told.dates and told.dates.earliest:
        date = Timex(
            id=make_id("timex", told.id), span=words, type=TimexType.DATE, value=told.dates.earliest.isoformat(),
            dates=told.dates,
        )  # fmt: skip
    return Claim(
        id=told.id, article_id=article.id, type=told.type, modes=(), contexts=(),
        actors=tuple(Role(actor_id=party.actor_id, span=None) for party in told.actors),
        recipients=tuple(Role(actor_id=party.actor_id, span=None) for party in told.recipients), date=date,
        place=Place(name=told.place, span=words, country=told.country) if told.place else None, status=told.status,
        status_span=None, asserted_by=(), trigger=words, evidence=(whole,),
        decisions=(FieldDecision(field="type", rule="made", confidence=1.0),),
    )  # fmt: skip
