"""Which day a record is looked at from: today for a living one, its own last day for a closed one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

LIVING_DAYS = 60  # a record that got an article published within this time is a living one


@dataclass(frozen=True, slots=True, kw_only=True)
class AsOf:
    """`day` is what counts as now; `living` is False where it is the record's own last day."""

    day: date
    living: bool


def as_of_days(published: Iterable[date], today: date) -> AsOf:
    """The day by which "coming" is judged, from days on which articles were published; those after today do not count."""
    last = max((day for day in published if day <= today), default=today)
    living = today - last <= timedelta(days=LIVING_DAYS)
    return AsOf(day=today if living else last, living=living)
