"""Events: the claims that report the same happening. Derived: rebuilt from claims and judgements, never edited.

`Event` joins the claims of one article, `LinkedEvent` those of all articles, with what each field's reports agree and
disagree about.
"""

from dataclasses import dataclass

from communique.records.claim import Status
from communique.records.dates import DateRange


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """`type` is the members' type; `claims` the ids of the member claims, in text order."""

    id: str
    type: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldValue:
    """One value that some claims give a field: `value` in normal form (ISO date, place name, number with its unit …).

    `claims` are the ids of those that say so, `voices` how many independent outlets they stand for (copies count once).
    """

    value: str
    claims: tuple[str, ...]
    voices: int


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldAgreement:
    """What the reports of one event say about one field: `values[0]` has the supporters, every later one dissents from it.

    `field` is one of date, place, status, actors, recipients, modes, or a quantity read from the words (deaths, injured,
    arrested, duration, money …). Values that agree within their precision ("7.5 hours", "almost eight hours") are one value.
    """

    field: str
    values: tuple[FieldValue, ...]

    @property
    def disputed(self) -> bool:
        """True when some claim says otherwise."""
        return len(self.values) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedEvent:
    """One happening over all articles. `claims` are ordered by publication day, then article id, then place in the text.

    The id is made from the first claim; an id that a later run no longer gives still finds the event through the claim it was
    made from. `voices` counts independent outlets, `articles` all reports. `actors` and `recipients` are actor ids (one for
    each side, the best supported first), `dates` the narrowest range that the supporters share, None when undated.
    """

    id: str
    type: str
    claims: tuple[str, ...]
    status: Status
    actors: tuple[str, ...]
    recipients: tuple[str, ...]
    dates: DateRange | None
    place: str | None
    country: str | None
    modes: tuple[str, ...]
    articles: int
    voices: int
    fields: tuple[FieldAgreement, ...]
    meeting_type: str | None = None

    @property
    def disputed(self) -> tuple[str, ...]:
        """The fields about which reports differ."""
        return tuple(each.field for each in self.fields if each.disputed)
