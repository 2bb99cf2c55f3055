"""`communique export`: the record, or what some filters keep of it, in a format that other tools read."""

from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import (
    Actors,
    InArticle,
    Limit,
    RecordFile,
    Since,
    Until,
    Words,
    event_types,
    filters,
    open_record,
    settings_of,
)
from communique.cli.output import note
from communique.export.choices import Choices
from communique.export.files import STANDARD_OUTPUT, check, export
from communique.export.formats import FORMATS, Format
from communique.export.tables.catalogue import TABLES
from communique.records import ActorKind, ConfigurationError, MeetingStatus, SpeechAct, Stance, StatementKind, Status
from communique.store import Filters, Record

EVENT_TYPED = {"claims", "events", "articles"}
TYPES: dict[str, type[StrEnum]] = {"statements": StatementKind, "actors": ActorKind}  # elsewhere any words
STATUSES: dict[str, tuple[str, ...]] = {
    "claims": tuple(Status),
    "events": (*Status, "disputed"),
    "articles": tuple(Status),
    "statements": tuple(SpeechAct),
    "positions": tuple(Stance),
    "lines": (*Stance, "changed", "owed"),
    "meetings": tuple(MeetingStatus),
    "actors": (),
}
PLACED = {"claims", "events", "meetings", "articles"}  # the kinds that can be asked for a place

FormatName = Annotated[str, typer.Argument(metavar="FORMAT", help=f"One of {', '.join(FORMATS)}.", show_default=False)]
Out = Annotated[
    Path,
    typer.Option("--out", "-o", metavar="FILE", help="The file to write; - is standard output.", show_default=True),
]
Kind = Annotated[
    str | None,
    typer.Option(
        "--kind",
        metavar="KIND",
        help=f"What to write, where the format has several: {', '.join(TABLES)}.",
        show_default=False,
    ),
]
OneAClaim = Annotated[
    bool, typer.Option("--claims", help="One entry for each claim, not for each event over all articles.")
]
Extended = Annotated[
    bool,
    typer.Option("--extended", help="Write FILE.words.csv too: article, quotation and offsets of every entry."),
]
Types = Annotated[
    list[str] | None,
    typer.Option(
        "--type",
        "--issue",
        metavar="TYPE",
        help="Event type, or what the kind has for it (a position's issue); may be repeated.",
        show_default=False,
    ),
]
Statuses = Annotated[
    list[str] | None,
    typer.Option(
        "--status",
        "--act",
        "--stance",
        metavar="STATUS",
        help="Status, or what the kind has for it (a statement's act, a position's stance); may be repeated.",
        show_default=False,
    ),
]
Places = Annotated[
    list[str] | None,
    typer.Option(
        "--place", metavar="PLACE", help="Place or country, by name or ISO code; may be repeated.", show_default=False
    ),
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="OUTLET", help="Only from this outlet; may be repeated.", show_default=False),
]
Confidence = Annotated[
    float | None,
    typer.Option(min=0, max=1, metavar="SHARE", help="Claims at least as sure as this, 0 to 1.", show_default=False),
]
Rejected = Annotated[bool, typer.Option("--rejected", help="Also what a person rejected.")]
Address = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Where this record is served, for links to its pages (http://127.0.0.1:8000).",
        show_default=False,
    ),
]


def export_record(
    context: typer.Context,
    format: FormatName,
    out: Out = STANDARD_OUTPUT,
    kind: Kind = None,
    claims: OneAClaim = False,
    extended: Extended = False,
    actor: Actors = None,
    type: Types = None,
    status: Statuses = None,
    since: Since = None,
    until: Until = None,
    place: Places = None,
    source: Sources = None,
    article: InArticle = None,
    words: Words = None,
    confidence: Confidence = None,
    rejected: Rejected = False,
    limit: Limit = None,
    address: Address = None,
    record: RecordFile = None,
) -> None:
    """Write the record in a format that other tools read: tables, event data, calendar, map, feed, annotations."""
    wanted = FORMATS.get(format)
    if wanted is None:
        raise typer.BadParameter(f"{format!r} is no format; there are {', '.join(FORMATS)}", param_hint="FORMAT")
    if claims:
        if kind not in (None, "claims"):
            raise typer.BadParameter(
                f"asks for claims, --kind for {kind}; leave out one of them", param_hint="--claims"
            )
        kind = "claims"
    if kind is None and (type or status):
        kind = wanted.kinds[0]  # a format of several kinds: these words are those of the first
    choices = Choices(kind=kind, address=address)
    check(wanted, out, choices, extended=extended)
    listed = kind or wanted.kinds[0]
    with open_record(context, record) as opened:
        asked = replace(
            filters(
                opened,
                actors=actor,
                types=_types(context, listed, type),
                statuses=_statuses(listed, status),
                since=since,
                until=until,
                article=article,
                words=words,
                limit=limit,
            ),
            places=tuple(place or ()),
            sources=tuple(source or ()),
            min_confidence=confidence,
            rejected=rejected,
        )
        _refuse_unknown(asked, listed)
        number, paths = export(opened, asked, wanted, out, choices, extended=extended)
        _tell(opened, number, wanted, listed, paths, choices)


def _types(context: typer.Context, kind: str, values: list[str] | None) -> list[str] | None:
    """The values of --type in the record's own spelling. Raises BadParameter for unknown ones."""
    if values and kind in EVENT_TYPED:
        return event_types(values, settings_of(context))
    return _chosen(values, tuple(TYPES[kind]), kind, "--type") if kind in TYPES else values


def _statuses(kind: str, values: list[str] | None) -> list[str] | None:
    """The values of --status in the record's own spelling. Raises BadParameter for unknown ones."""
    return _chosen(values, STATUSES[kind], kind, "--status")


def _chosen(values: list[str] | None, known: tuple[str, ...], kind: str, option: str) -> list[str] | None:
    for value in values or ():
        if value.lower() not in known:
            those = f"there are {', '.join(known)}" if known else "they have none"
            raise typer.BadParameter(f"{value!r} is nothing that {kind} have; {those}", param_hint=option)
    return [value.lower() for value in values or ()]


def _refuse_unknown(asked: Filters, kind: str) -> None:
    """Raises ConfigurationError for a filter that the kind of record knows nothing of, instead of passing it over."""
    wrong = {
        "--place": bool(asked.places) and kind not in PLACED,
        "--confidence": asked.min_confidence is not None and kind != "claims",
        "--since and --until": (asked.since is not None or asked.until is not None) and kind == "actors",
    }
    for option in (each for each, refused in wrong.items() if refused):
        raise ConfigurationError(f"export: {kind} cannot be asked by {option}; leave it out or choose another --kind")


def _tell(record: Record, number: int, format: Format, kind: str, paths: tuple[Path, ...], choices: Choices) -> None:
    """A line on standard error: how many of what went where; one for each reason why something was left out."""
    names = " and ".join(str(path) for path in paths)
    note(
        f"{number:,} {kind if number != 1 else kind.removesuffix('s')} as {format.name}{f' → {names}' if names else ''}"
    )
    if format.beside and not paths:
        note(f"FILE{', FILE'.join(format.beside)} is written beside a file only; give --out", style="yellow")
    for reason, those in groupby(sorted(choices.left_out.items()), key=lambda each: each[0][0]):
        named = ", ".join(f"{count:,} {detail}" for (_, detail), count in those)
        note(f"left out, since {reason}: {named}", style="yellow")
    unlinked = len(record.unlinked()) if kind in ("events", "meetings", "lines") else 0
    if unlinked:
        articles = "1 article is" if unlinked == 1 else f"{unlinked:,} articles are"
        note(f"{articles} not linked yet and not in this; run `communique link` first", style="yellow")
