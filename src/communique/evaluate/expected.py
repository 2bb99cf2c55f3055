"""`expected.yaml` of an annotated article → plain records, checked at the door.

In: a folder that holds `expected.yaml` and `article.txt` or `article.html` (or names another file under `source`, a path
relative to the folder). Out: `Expected`. Keys that only inform a reader (`because`, `comment`, `continues`, `condition` …)
are ignored, so that an annotator may say more than is scored.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from communique.records import ReadingError


def _as_tuple(value: Any) -> Any:
    if value is None:
        return ()
    return tuple(value) if isinstance(value, list | tuple) else (value,)


def _as_text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else str(value) if isinstance(value, int | float) else value


Names = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Quotes = Annotated[tuple[str, ...], BeforeValidator(_as_tuple)]
Iso = Annotated[str | None, BeforeValidator(_as_text)]


class _Entry(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")


class ExpectedFragment(_Entry):
    """A stretch in another language (ISO 639-1)."""

    quote: str
    language: str


class ExpectedTime(_Entry):
    """A time expression with its TIMEX3 value; `after` are the words that precede it where the quote is ambiguous."""

    quote: str
    value: Annotated[str, BeforeValidator(_as_text)]
    after: str | None = None
    type: str | None = None
    mod: str | None = None
    optional: bool = False


class ExpectedActor(_Entry):
    """An actor with every form of its name in the text; `country` is ISO 3166-1 alpha-3, any of the PLOVER codes `sector` fits."""

    name: str
    mentions: Quotes = ()
    country: str | None = None
    sector: Names = ()
    organization: str | None = None
    optional: bool = False


class ExpectedEvent(_Entry):
    """Any of `type` and of `status` is right; all of `actor` and `recipient` are needed. A second mention inherits both."""

    id: str
    quote: str
    type: Names = ()
    after: str | None = None
    actor: Names = ()
    recipient: Names = ()
    status: Names = ()
    date: Iso = None
    meeting_type: str | None = None
    same_as: str | None = None
    alleged_actor: Names = ()
    alleged_by: Names = ()
    optional: bool = False


class ExpectedNever(_Entry):
    """A reading (no `type`: of any type) that is an error when it is produced with the status `occurred` or `ongoing`."""

    type: Names = ()
    actor: Names = ()
    recipient: Names = ()
    quote: str | None = None
    date: Iso = None
    because: str = ""


class ExpectedStatement(_Entry):
    """All of `speaker` are needed, any of `kind` is right."""

    speaker: Names = ()
    kind: Names = ()
    quote: str
    after: str | None = None
    optional: bool = False


class ExpectedStance(_Entry):
    """One party's stance on the issue that it stands under."""

    party: str
    stance: Names
    of: Names = ()
    by: Names = ()
    asserted_by: Names = ()
    content: str | None = None
    optional: bool = False


class ExpectedIssue(_Entry):
    """An issue in the annotator's words, and where the parties stand on it."""

    issue: str
    parties: tuple[ExpectedStance, ...]


class ExpectedMeeting(_Entry):
    """An announced meeting; `status` are records.MeetingStatus values, any of them right (none: announced or confirmed)."""

    parties: Names
    quote: str | None = None
    after: str | None = None
    date: Iso = None
    status: Names = ()
    optional: bool = False


class ExpectedArticle(_Entry):
    """What is true of the page as a whole."""

    not_article: Quotes = ()
    foreign_fragments: tuple[ExpectedFragment, ...] = ()
    published: Iso = None


class Expected(_Entry):
    """Everything that a careful reader takes from one article."""

    article: ExpectedArticle
    times: tuple[ExpectedTime, ...] = ()
    actors: tuple[ExpectedActor, ...] = ()
    events: tuple[ExpectedEvent, ...] = ()
    never: tuple[ExpectedNever, ...] = ()
    statements: tuple[ExpectedStatement, ...] = ()
    positions: tuple[ExpectedIssue, ...] = ()
    listed_meetings: tuple[ExpectedMeeting, ...] | None = Field(default=None, alias="meetings")
    source: str | None = None

    @property
    def meetings(self) -> tuple[ExpectedMeeting, ...]:
        """The listed meetings; a file without such a list means its events with a `meeting_type`, second mentions left out."""
        if self.listed_meetings is not None:
            return self.listed_meetings
        return tuple(
            ExpectedMeeting(
                parties=event.actor + event.recipient, quote=event.quote, after=event.after, date=event.date,
                optional=event.optional,
            )
            for event in self.events
            if event.meeting_type and not event.same_as
        )  # fmt: skip

    def quotes(self) -> Iterator[tuple[str, str | None]]:
        """Every passage that has been read as article, with its `after`."""
        for section in (self.times, self.events, self.statements, self.meetings):
            yield from ((each.quote, each.after) for each in section if each.quote and not each.optional)


def load_expected(folder: Path) -> Expected:
    """The checked content of `folder/expected.yaml`. Raises ReadingError when it is absent, malformed or incomplete."""
    path = folder / "expected.yaml"
    try:
        content = yaml.load(path.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        expected = Expected.model_validate(content)
    except OSError as error:
        raise ReadingError(f"{path}: cannot be read ({error.strerror}); name a folder with an expected.yaml") from error
    except yaml.YAMLError as error:
        line = " ".join(str(error).split())
        raise ReadingError(f"{path}: not valid YAML ({line}); correct the line named") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ReadingError(
            f"{path}: {where or 'the file'}: {first['msg']}; follow the form of the annotated articles"
        ) from error
    identities = {event.id for event in expected.events}
    for event in expected.events:
        if event.same_as and event.same_as not in identities:
            raise ReadingError(
                f"{path}: event {event.id}: same_as names {event.same_as!r}, which is not there; correct the id"
            )
    return expected


def article_file(folder: Path, expected: Expected) -> Path:
    """The file to read. Raises ReadingError when the folder holds none."""
    if expected.source:
        named = folder / expected.source
        if named.is_file():
            return named
        raise ReadingError(f"{folder}: the source {expected.source} is not there; correct `source` in expected.yaml")
    for name in ("article.txt", "article.html"):
        if (folder / name).is_file():
            return folder / name
    raise ReadingError(f"{folder}: holds neither article.txt nor article.html; put the article beside expected.yaml")
