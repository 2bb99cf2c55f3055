"""What a digest is asked about: days, parties, words; and what "now" is for a record that has come to its end."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from communique.records import ConfigurationError
from communique.store import Filters, Record
from communique.store.as_of import as_of_days

BACK = re.compile(r"([1-9]\d{0,3})\s*([dw])", re.IGNORECASE)
UNIT_DAYS = {"d": 1, "w": 7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """`since` and `until` are inclusive, None where open. `now` is the day by which "coming" is judged.

    `actors` must all take part; `words` must all stand in the article. `base` is the address of `communique serve`.
    """

    now: date
    since: date | None = None
    until: date | None = None
    actors: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    base: str | None = None

    @property
    def about(self) -> tuple[str, ...]:
        """Everything that it is about."""
        return (*self.actors, *self.words, *self.sources)

    @property
    def end(self) -> date:
        """The last day of the period."""
        return self.until or self.now

    @property
    def one_year(self) -> bool:
        """True when the period lies in one year, which then need not be repeated with every day."""
        return self.since is not None and self.since.year == self.end.year

    def within(self, day: date | None) -> bool:
        """True for a day of the period; an unknown day lies only in a period without limits."""
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)

    def filters(self, **others: object) -> Filters:
        """The same as filters of the record, with others beside them."""
        made = Filters(
            actors=self.actors,
            words=" ".join(f'"{each}"' if " " in each and '"' not in each else each for each in self.words) or None,
            sources=self.sources,
            since=self.since,
            until=self.until,
        )
        return replace(made, **others)  # type: ignore[arg-type]


def days_back(text: str) -> int | None:
    """`7d` → 7, `2w` → 14; None for what is no such stretch."""
    match = BACK.fullmatch(text.strip())
    return int(match[1]) * UNIT_DAYS[match[2].lower()] if match else None


def first_day(now: date, days: int) -> date:
    """The first of so many days that end with `now`."""
    return now - timedelta(days=days - 1)


def now_of(record: Record, today: date) -> date:
    """Today for a living record, its own last day for one that gets no articles any more."""
    return as_of_days((each.last for each in record.outlets() if each.last is not None), today).day


def sorted_out(record: Record, about: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What somebody wants to read about → names that the record knows, and words for all else."""
    for each in about:
        if not each.strip() or not each.isprintable():
            raise ConfigurationError(f"brief: --about {each!r} names nothing; give a name or words")
    actors = tuple(each for each in about if record.actors_called(each))
    return actors, tuple(each for each in about if each not in actors)
