"""Which day a record is looked at from: today for a living one, its own last day for a closed one."""

from dataclasses import dataclass
from datetime import date, timedelta

from communique.records import Article
from communique.store import Record

LIVING_DAYS = 60  # a record that got an article published within this time is a living one
LOOKED_AT = 40  # newest arrivals that tell the record's last day


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """`day` is what counts as now; `living` is False where it is the record's own last day."""

    day: date
    living: bool


def as_of(record: Record, today: date) -> AsOf:
    """The day by which "coming" is judged."""
    return as_of_articles(record.newest(LOOKED_AT), today)


def as_of_articles(articles: tuple[Article, ...], today: date) -> AsOf:
    """The same, from the newest articles."""
    days = [each.published.day for each in articles if each.published and each.published.day <= today]
    last = max(days, default=today)
    living = today - last <= timedelta(days=LIVING_DAYS)
    return AsOf(day=today if living else last, living=living)
