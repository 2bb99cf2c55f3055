"""Claims made by hand over a text of their own words, so that linking is tested without the stages."""

from collections.abc import Sequence
from datetime import date

from communique.records import (
    Actor,
    ActorKind,
    Article,
    Block,
    BlockKind,
    Claim,
    DateRange,
    Place,
    Precision,
    Role,
    Span,
    Status,
    Timex,
    TimexType,
    make_actor,
    make_id,
)


def state(name: str, code: str) -> Actor:
    """A country."""
    return make_actor(name=name, kind=ActorKind.STATE, country=code)


GHANA, TOGO, BENIN, MALI = state("Ghana", "GHA"), state("Togo", "TGO"), state("Benin", "BEN"), state("Mali", "MLI")
MINISTER = make_actor(name="Ama Boateng", kind=ActorKind.PERSON, country="GHA", sectors=("GOV",))
ECOWAS = make_actor(name="ECOWAS", kind=ActorKind.ORGANIZATION, sectors=("IGO",))
SECRETARY = make_actor(name="Kofi Adu", kind=ActorKind.PERSON, sectors=("IGO",), organization="ECOWAS")
ACTORS = (GHANA, TOGO, BENIN, MALI, MINISTER, ECOWAS, SECRETARY)
LINE = 80  # characters that each claim's words fill


class Telling:
    """Collects claims; each one's evidence is a line of the text that grows with it."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.claims: list[Claim] = []

    def claim(
        self,
        event_type: str,
        actors: Sequence[Actor] = (),
        recipients: Sequence[Actor] = (),
        *,
        words: str = "met",
        status: Status = Status.OCCURRED,
        modes: Sequence[str] = (),
        days: tuple[date, date] | date | None = None,
        place: Place | None = None,
        meeting_type: str | None = None,
        condition: bool = False,
    ) -> Claim:
        """A new claim; the first of `words` is its trigger, all of them its evidence."""
        start = len(self.lines) * (LINE + 1)
        self.lines.append(words.ljust(LINE, "."))
        trigger = Span(article_id="made", start=start, end=start + len(words.split()[0]))
        evidence = Span(article_id="made", start=start, end=start + len(words))
        made = Claim(
            id=make_id("claim", "made", start, event_type),
            article_id="made",
            type=event_type,
            modes=tuple(modes),
            contexts=(),
            actors=tuple(Role(actor_id=actor.id, span=None) for actor in actors),
            recipients=tuple(Role(actor_id=actor.id, span=None) for actor in recipients),
            date=self._timex(days, evidence),
            place=place,
            status=status,
            status_span=None,
            asserted_by=(),
            trigger=trigger,
            evidence=(evidence,),
            decisions=(),
            meeting_type=meeting_type,
            condition=evidence if condition else None,
        )
        self.claims.append(made)
        return made

    def announced(
        self,
        *parties: Actor,
        words: str = "will meet",
        days: tuple[date, date] | date | None = None,
        place: Place | None = None,
        condition: bool = False,
    ) -> Claim:
        """An announced meeting as PLOVER codes it: AGREE, scheduled."""
        return self.claim(
            "AGREE", parties, words=words, status=Status.SCHEDULED, days=days, place=place, meeting_type="CONSULT",
            condition=condition,
        )  # fmt: skip

    @property
    def article(self) -> Article:
        """The article that the claims quote."""
        text = "\n".join(self.lines)
        block = Block(span=Span(article_id="made", start=0, end=len(text)), kind=BlockKind.BODY)
        return Article(id="made", page_id="page", source="made", text=text, blocks=(block,), language="en")

    def _timex(self, days: tuple[date, date] | date | None, span: Span) -> Timex | None:
        if days is None:
            return None
        first, last = days if isinstance(days, tuple) else (days, days)
        precision = Precision.DAY if first == last else Precision.MONTH
        dates = DateRange(earliest=first, latest=last, precision=precision)
        return Timex(
            id=make_id("timex", span.start), span=span, type=TimexType.DATE, value=first.isoformat(), dates=dates
        )


def place(name: str, country: str, precision: str = "town") -> Place:
    """A place without coordinates."""
    return Place(name=name, span=Span(article_id="made", start=0, end=1), country=country, precision=precision)
