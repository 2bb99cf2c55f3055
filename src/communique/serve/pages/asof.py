"""Which day a page looks at the record from, told by the newest articles."""

from datetime import date

from communique.records import Article
from communique.store import Record
from communique.store.as_of import AsOf, as_of_days

LOOKED_AT = 40  # newest arrivals that tell the record's last day


def as_of(record: Record, today: date) -> AsOf:
    """The day by which "coming" is judged."""
    return as_of_articles(record.newest(LOOKED_AT), today)


def as_of_articles(articles: tuple[Article, ...], today: date) -> AsOf:
    """The same, from the newest articles."""
    return as_of_days((each.published.day for each in articles if each.published), today)
