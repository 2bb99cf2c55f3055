"""What linking needs of one article: its words, and its claims with their parties as sides; far less than a coded article.

Made from a coded article here, and from rows by the store, so that a hundred thousand articles can be linked at once.
"""

import re
from dataclasses import dataclass
from datetime import date

from communique.records.actor import Actor, ActorKind
from communique.records.article import Article, BlockKind
from communique.records.claim import Claim, Role, Status
from communique.records.coded import CodedArticle
from communique.records.dates import DateRange
from communique.records.outlet import outlet_of
from communique.records.sides import side_of

CODED_KINDS = (BlockKind.TITLE, BlockKind.BODY, BlockKind.EMBEDDED)
SENTENCE_END = re.compile(r"[.!?…][\"”’')\]]*\s+(?=[\"“‘'(\[]?[A-Z0-9])|\n")
ABBREVIATED = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Sgt|Sen|Rep|Gov|St|No|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)|\b[A-Z])\.\s$"
)
LONGEST_SENTENCE = 700  # characters to each side of a claim's words


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """An actor in a role. `side` is equal for all who act for one side; `known` is False for "soldiers" or "gunmen".

    `person` is True for somebody by name or office.
    """

    actor_id: str
    side: str
    known: bool
    person: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedClaim:
    """`position` is the claim's number in its article; `sentence` the whole sentence it stands in, `trigger` its own words,
    `content` what is demanded, refused or criticised, empty where it is about nothing further.

    `place` is the place's name, `town` True when that is a town, `country` ISO alpha-3. `dates` None means undated.
    """

    id: str
    position: int
    type: str
    status: Status
    trigger: str
    sentence: str
    actors: tuple[Party, ...] = ()
    recipients: tuple[Party, ...] = ()
    modes: tuple[str, ...] = ()
    meeting_type: str | None = None
    dates: DateRange | None = None
    place: str | None = None
    country: str | None = None
    town: bool = False
    content: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportedArticle:
    """`text` is what is coded of it: the body without title and furniture. `day` is its publication day or None.

    `events` are the article's own events: for each the positions of its claims.
    """

    id: str
    outlet: str
    day: date | None
    title: str
    text: str
    claims: tuple[ReportedClaim, ...] = ()
    events: tuple[tuple[int, ...], ...] = ()


def reported_article(coded: CodedArticle) -> ReportedArticle:
    """What linking needs of a coded article."""
    article = coded.article
    actors = {actor.id: actor for actor in coded.actors}
    positions = {claim.id: number for number, claim in enumerate(coded.claims)}
    return ReportedArticle(
        id=article.id,
        outlet=outlet_of(article),
        day=article.published.day if article.published else None,
        title=article.title or "",
        text=body_text(article),
        claims=tuple(_reported_claim(article.text, claim, number, actors) for number, claim in enumerate(coded.claims)),
        events=tuple(tuple(positions[each] for each in event.claims) for event in coded.events),
    )


def body_text(article: Article) -> str:
    """The words of the article itself; the title where there is nothing else."""
    body = [block.span.of(article.text) for block in article.blocks if block.kind is BlockKind.BODY]
    return "\n".join(body) or "\n".join(
        block.span.of(article.text) for block in article.blocks if block.kind in CODED_KINDS
    )


def party_of(actor_id: str, actor: Actor | None) -> Party:
    """The party that an actor stands for."""
    if actor is None:
        return Party(actor_id=actor_id, side=actor_id, known=False)
    side = side_of(actor)
    person = actor.kind is ActorKind.PERSON
    return Party(actor_id=actor_id, side=side, known=side != actor_id or person, person=person)


def _reported_claim(text: str, claim: Claim, position: int, actors: dict[str, Actor]) -> ReportedClaim:
    def parties(roles: tuple[Role, ...]) -> tuple[Party, ...]:
        return tuple(party_of(role.actor_id, actors.get(role.actor_id)) for role in roles)

    first = claim.evidence[0] if claim.evidence else claim.trigger
    return ReportedClaim(
        id=claim.id,
        position=position,
        type=claim.type,
        status=claim.status,
        trigger=claim.trigger.of(text),
        sentence=sentence_around(text, first.start, first.end),
        actors=parties(claim.actors),
        recipients=parties(claim.recipients),
        modes=claim.modes,
        meeting_type=claim.meeting_type,
        dates=claim.date.dates if claim.date else None,
        place=claim.place.name if claim.place else None,
        country=claim.place.country if claim.place else None,
        town=claim.place is not None and claim.place.precision == "town",
        content=claim.content.of(text) if claim.content else "",
    )


def sentence_around(text: str, start: int, end: int) -> str:
    """The sentence or sentences that hold the characters, at most LONGEST_SENTENCE to each side; spaces folded."""
    before = text[max(0, start - LONGEST_SENTENCE) : start]
    first = 0
    for match in SENTENCE_END.finditer(before + text[start : start + 1]):
        if not ABBREVIATED.search(before[: match.end()]):
            first = match.end()
    after = text[end - 1 : end + LONGEST_SENTENCE]
    last = len(after)
    for match in SENTENCE_END.finditer(after):
        if not ABBREVIATED.search(after[: match.end()]):
            last = match.start() + 1
            break
    return " ".join((before[first:] + text[start : end - 1] + after[:last]).split())
