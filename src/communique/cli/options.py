"""The options that several commands share, and how their values become filters."""

import re
from calendar import monthrange
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from communique.codebook.files import yaml_files
from communique.records import ActorKind, MeetingStatus, Severity, SpeechAct, Stance, Status
from communique.run.settings import Settings, load_settings
from communique.run.user_files import own_labels
from communique.store import Filters, Record


def _choices(kind: type[StrEnum]) -> str:
    return ", ".join(kind)


RecordFile = Annotated[
    Path | None,
    typer.Option(
        "--record",
        metavar="FILE",
        envvar="COMMUNIQUE_RECORD",
        help="The record's file (default: communique.db in the working folder).",
        show_default=False,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print full records as JSON, with every span and its words.")]
Actors = Annotated[
    list[str] | None,
    typer.Option(
        "--actor",
        metavar="NAME",
        help="Name, country code or id; given twice: only what happens between both.",
        show_default=False,
    ),
]
EventTypes = Annotated[
    list[str] | None,
    typer.Option(
        "--type", metavar="TYPE", help="Event type as CONSULT or REQUEST; may be repeated.", show_default=False
    ),
]
ClaimStatus = Annotated[
    list[Status] | None,
    typer.Option("--status", metavar="STATUS", help=f"{_choices(Status)}; may be repeated.", show_default=False),
]
SpeechActs = Annotated[
    list[SpeechAct] | None,
    typer.Option("--act", metavar="ACT", help=f"{_choices(SpeechAct)}; may be repeated.", show_default=False),
]
Issues = Annotated[
    list[str] | None,
    typer.Option("--issue", metavar="ISSUE", help="An issue by its name; may be repeated.", show_default=False),
]
Stances = Annotated[
    list[Stance] | None,
    typer.Option("--stance", metavar="STANCE", help=f"{_choices(Stance)}; may be repeated.", show_default=False),
]
MeetingStatuses = Annotated[
    list[MeetingStatus] | None,
    typer.Option("--status", metavar="STATUS", help=f"{_choices(MeetingStatus)}; may be repeated.", show_default=False),
]
ActorKinds = Annotated[
    list[ActorKind] | None,
    typer.Option("--kind", metavar="KIND", help=f"{_choices(ActorKind)}; may be repeated.", show_default=False),
]
Severities = Annotated[
    list[Severity] | None,
    typer.Option("--severity", metavar="SEVERITY", help=f"{_choices(Severity)}; may be repeated.", show_default=False),
]
Since = Annotated[
    str | None, typer.Option(metavar="DAY", help="First day: 2022-01-10, 2022-01 or 2022.", show_default=False)
]
Until = Annotated[
    str | None, typer.Option(metavar="DAY", help="Last day: 2022-01-10, 2022-01 or 2022.", show_default=False)
]
InArticle = Annotated[
    str | None,
    typer.Option(
        "--article",
        metavar="ARTICLE",
        help="Only this article: its id, path or words of its title.",
        show_default=False,
    ),
]
Words = Annotated[
    str | None,
    typer.Option(
        "--words", metavar="WORDS", help='Only articles with all these words; "a phrase" in quotes.', show_default=False
    ),
]
Limit = Annotated[int | None, typer.Option(min=1, metavar="N", help="At most so many.", show_default=False)]

DAY = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")


def settings_of(context: typer.Context | None = None) -> Settings:
    """The settings of the file that was named with --settings, or of communique.toml. Raises ConfigurationError."""
    root = context.find_root() if context is not None else None
    named = root.params.get("settings") if root is not None else None
    return load_settings(named)


def record_path(context: typer.Context, own: Path | None) -> Path:
    """Where the record lies: the command's option, the program's, the environment's, or the settings' value."""
    return own or context.find_root().params.get("record") or settings_of(context).record


def open_record(context: typer.Context, own: Path | None, *, create: bool = False) -> Record:
    """The record, for reading unless `create`. Raises StorageError and ConfigurationError."""
    return Record.open(record_path(context, own), create=create)


def filters(
    record: Record,
    *,
    actors: list[str] | None = None,
    types: list[str] | None = None,
    statuses: list[str] | None = None,
    since: str | None = None,
    until: str | None = None,
    article: str | None = None,
    words: str | None = None,
    limit: int | None = None,
) -> Filters:
    """The options as filters. Raises BadParameter for a day that is none and StorageError for an unknown article."""
    made = Filters(
        actors=tuple(actors or ()),
        types=tuple(types or ()),
        statuses=tuple(statuses or ()),
        since=parse_day(since, last=False, option="--since"),
        until=parse_day(until, last=True, option="--until"),
        words=words,
        limit=limit,
    )
    return replace(made, article_id=record.find_article(article)) if article is not None else made


def parse_day(text: str | None, *, last: bool, option: str) -> date | None:
    """A day, or the first or last one of a month or year. Raises BadParameter."""
    if text is None:
        return None
    match = DAY.fullmatch(text.strip())
    try:
        if match is None:
            raise ValueError
        year = int(match[1])
        month = int(match[2] or (12 if last else 1))
        return date(year, month, int(match[3] or (monthrange(year, month)[1] if last else 1)))
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is no day; write 2022-01-10, 2022-01 or 2022", param_hint=option) from error


def event_types(names: list[str] | None, settings: Settings | None = None) -> list[str]:
    """Event types in any case. Raises BadParameter for one that neither PLOVER nor the settings' codebook has."""
    known = [Path(name).stem for name in yaml_files("types")]
    if names and not {name.upper() for name in names} <= set(known):
        known += [label.type for label in own_labels(settings or load_settings()) if label.mode is None]
    wanted = [name.upper() for name in names or ()]
    for name in wanted:
        if name not in known:
            raise typer.BadParameter(f"{name} is no event type; there are {', '.join(known)}", param_hint="--type")
    return wanted
