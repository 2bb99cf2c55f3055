"""`gold.yaml` and `articles.yaml` of an annotated record → plain records, checked at the door.

In: a folder that holds both files, and the articles in `record/` (or beside the files). Out: `LinkedGold`: copies,
events with their members, agreements, meetings and positions over all articles, and where each article lies. How they
were decided stands in the folder's README.
"""

from datetime import date
from datetime import date as Day
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from communique.records import MeetingStatus, ReadingError, Stance


def _as_tuple(value: Any) -> Any:
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _as_days(value: Any) -> Any:
    return value if value is None or isinstance(value, list) else [value, value]


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Days = Annotated[tuple[date, date], BeforeValidator(_as_days)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Place(_Entry):
    """Where an article lies: its file below the record, its address where the file holds several, its day."""

    file: str
    url: str | None = None
    day: date | None = None


class GoldMember(_Entry):
    """`articles` share the `words`: passages of each of them that tell the event."""

    articles: Names = Field(alias="in")
    words: tuple[str, ...]


class GoldEvent(_Entry):
    """Any of `type` is right. `apart` are look-alikes that must not be one event with it."""

    id: str
    type: Names
    gloss: str = ""
    members: tuple[GoldMember, ...]
    apart: tuple[str, ...] = ()


class GoldValue(_Entry):
    """One value of a field and the articles that give it; durations are minutes."""

    value: float | str
    articles: Names = Field(alias="in")


class GoldAgreement(_Entry):
    """What the reports of an event say about a field, by any of the field's names."""

    event: str
    field: Names
    disputed: bool
    values: tuple[GoldValue, ...]


class GoldMeeting(_Entry):
    """`parties`: country codes or organisations, each with its other names; `date` the first and last day it may be dated."""

    id: str
    parties: tuple[Names, ...]
    date: Days
    place: str | None = None
    status: MeetingStatus
    history: tuple[tuple[MeetingStatus, Day], ...] = ()


class GoldPosition(_Entry):
    """Any of `issue` and of `now` is right. `changes`: for each turn the days on which it may be told; None: not asked."""

    issue: Names
    party: Names
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    now: tuple[Stance, ...]
    changes: tuple[Days, ...] | None


class LinkedGold(_Entry):
    """Everything; `articles` by their keys."""

    articles: dict[str, Place]
    copies: tuple[tuple[str, ...], ...]
    events: tuple[GoldEvent, ...]
    agreement: tuple[GoldAgreement, ...] = ()
    meetings: tuple[GoldMeeting, ...] = ()
    positions: tuple[GoldPosition, ...] = ()


FILES: tuple[Literal["articles.yaml", "gold.yaml"], ...] = ("articles.yaml", "gold.yaml")


def load_linked_gold(folder: Path) -> LinkedGold:
    """The gold of a folder. Raises ReadingError when a file is missing, has another form, or names what is nowhere."""
    told: list[Any] = []
    for name in FILES:
        try:
            told.append(yaml.safe_load((folder / name).read_text(encoding="utf-8")))
        except (OSError, ValueError, yaml.YAMLError) as error:
            reason = " ".join(str(error).split())
            raise ReadingError(f"{folder / name}: cannot be read ({reason}); give a folder with {FILES[1]}") from error
    if not all(isinstance(each, dict) for each in told):
        raise ReadingError(f"{folder}: {' or '.join(FILES)} is no mapping; see the README of the demonstration record")
    try:
        gold = LinkedGold.model_validate({**told[1], "articles": told[0]})
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(each) for each in first["loc"])
        raise ReadingError(f"{folder / FILES[1]}: {place}: {first['msg']}; correct the entry") from error
    if unknown := _unknown(gold):
        raise ReadingError(f"{folder / FILES[1]}: {unknown} is not defined; correct the entry")
    return gold


def articles_folder(folder: Path) -> Path:
    """Where the articles lie: `record`, or the folder itself."""
    return folder / "record" if (folder / "record").is_dir() else folder


def _unknown(gold: LinkedGold) -> str | None:
    """The first article or event that an entry names and nobody defines."""
    keys = {key for group in gold.copies for key in group}
    keys |= {key for event in gold.events for member in event.members for key in member.articles}
    keys |= {key for each in gold.agreement for value in each.values for key in value.articles}
    events = {each.id for each in gold.events}
    named = {name for each in gold.events for name in each.apart} | {each.event for each in gold.agreement}
    return next(iter(sorted(keys - set(gold.articles)) + sorted(named - events)), None)
