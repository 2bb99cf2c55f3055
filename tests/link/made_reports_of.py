"""Reported articles made by hand: one claim each, in as few words as a test needs."""

from collections.abc import Sequence
from datetime import date
from itertools import count

from communique.link.across_articles import Judged, group_reports
from communique.link.agreement import linked_event
from communique.link.reports import Report, reports_of
from communique.records import DateRange, LinkedEvent, Precision, Status
from communique.records.reported import Party, ReportedArticle, ReportedClaim

NUMBERS = count()
DAY = date(2031, 5, 6)


def party(name: str) -> Party:
    """A state by its code, a named person as `person:side`, or somebody unknown in small letters."""
    if name.islower():
        return Party(actor_id=f"actor-{name}", side=f"actor-{name}", known=False)
    person, _, side = name.rpartition(":")
    return Party(actor_id=f"actor-{person or side}", side=f"country:{side}", known=True, person=bool(person))


def told(
    words: str,
    event_type: str = "CONSULT",
    actors: Sequence[str] = (),
    recipients: Sequence[str] = (),
    *,
    outlet: str | None = None,
    published: date | None = DAY,
    on: date | None = None,
    month: date | None = None,
    status: Status = Status.OCCURRED,
    place: str | None = None,
    country: str | None = None,
    modes: Sequence[str] = (),
    meeting_type: str | None = None,
    name: str | None = None,
) -> ReportedArticle:
    """An article of one claim; `on` is the day it gives its event, `month` a day of the month it gives."""
    number = name or f"{next(NUMBERS):04}"
    dates = DateRange(earliest=on, latest=on, precision=Precision.DAY) if on else None
    if month is not None:
        dates = DateRange(earliest=month.replace(day=1), latest=month.replace(day=28), precision=Precision.MONTH)
    claim = ReportedClaim(
        id=f"claim-{number}", position=0, type=event_type, status=status, trigger=words.split()[0], sentence=words,
        actors=tuple(map(party, actors)), recipients=tuple(map(party, recipients)), modes=tuple(modes), dates=dates,
        place=place, country=country, town=place is not None, meeting_type=meeting_type,
    )  # fmt: skip
    return ReportedArticle(
        id=f"article-{number}", outlet=outlet or f"outlet-{number}", day=published, title=words, text=words, claims=(claim,),
        events=((0,),),
    )  # fmt: skip


def groups(*articles: ReportedArticle, judged: Judged | None = None) -> list[list[str]]:
    """The events as lists of article ids."""
    reports = [report for article in articles for report in reports_of(article, judged.different if judged else ())]
    return [[report.article.id for report in group] for group in group_reports(reports, judged or Judged())]


def together(*articles: ReportedArticle) -> bool:
    """Whether all tell one event."""
    return len(groups(*articles)) == 1


def event_of(*articles: ReportedArticle, doubted: frozenset[frozenset[str]] = frozenset()) -> LinkedEvent:
    """The event that the articles' reports make, whether the program would join them or not."""
    reports: list[Report] = [report for article in articles for report in reports_of(article)]
    reports.sort(key=lambda report: report.order)
    return linked_event(reports, {article.id: article.outlet for article in articles}, doubted)


def pair(one: ReportedArticle, other: ReportedArticle) -> frozenset[str]:
    """The ids of both claims, as a judgement names them."""
    return frozenset((one.claims[0].id, other.claims[0].id))
