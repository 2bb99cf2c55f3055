"""`communique events`: one entry a happening over all articles, with who tells it and what is disputed."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.events_told import EventWording, place_text, range_text, reports_text
from communique.cli.nothing import nothing_found
from communique.cli.options import (
    Actors,
    AsJson,
    EventTypes,
    InArticle,
    Limit,
    RecordFile,
    Since,
    Until,
    Words,
    event_types,
    filters,
    open_record,
)
from communique.cli.output import console, id_text, note, print_json, status_text, table
from communique.records import LinkedEvent, Status
from communique.store import Filters, Plain, Record, Texts, plain

EventStatus = StrEnum("EventStatus", {"disputed": "disputed", **{each.value: each.value for each in Status}})  # type: ignore[misc]


def events(
    context: typer.Context,
    actor: Actors = None,
    type: EventTypes = None,
    status: Annotated[
        list[EventStatus] | None,
        typer.Option(
            "--status",
            metavar="STATUS",
            help=f"disputed (reports differ), {', '.join(Status)}; may be repeated.",
            show_default=False,
        ),
    ] = None,
    since: Since = None,
    until: Until = None,
    article: InArticle = None,
    words: Words = None,
    limit: Limit = None,
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """Each event once, however many articles tell it, with what they agree and disagree about."""
    with open_record(context, record) as opened:
        asked = filters(
            opened,
            actors=actor,
            types=event_types(type),
            statuses=[each.value for each in status or ()],
            since=since,
            until=until,
            article=article,
            words=words,
            limit=limit,
        )
        found = opened.events(asked)
        if json:
            print_json(events_as_json(opened, found))
        elif found:
            print_events(opened, found, console())
        elif asked == Filters() and opened.count("claims", asked):
            note(f"No events in {opened.path} yet: `communique link` joins what its articles tell.")
        else:
            nothing_found(opened, "events", asked)


def events_as_json(record: Record, events: Sequence[LinkedEvent]) -> Plain:
    """Each event with all its fields; `disputed` names those that reports differ about, `names` tells the actors'."""
    ids = {each for event in events for each in (*event.actors, *event.recipients)}
    actors = record.actors_by_id(ids)
    listed: list[Plain] = []
    for event in events:
        own = plain(event, Texts({}, actors))
        names: dict[str, Plain] = {
            each: actors[each].name for each in (*event.actors, *event.recipients) if each in actors
        }
        beside: dict[str, Plain] = {"disputed": list(event.disputed), "names": names}
        listed.append(own | beside if isinstance(own, dict) else own)
    return listed


def print_events(record: Record, events: Sequence[LinkedEvent], on: Console) -> None:
    """A table of events in timeline order."""
    claims = record.claims_by_id(claim for event in events for claim in event.claims[:12])
    wording = EventWording(record, events, list(claims.values()))
    rows = []
    for event in events:
        quoted = wording.worth_quoting([claims[each] for each in event.claims[:12] if each in claims])
        beside = " · ".join(part for part in (place_text(event), reports_text(event)) if part)
        told = [wording.who_to_whom(event), Text(beside, style="dim"), *wording.disputes(event)]
        rows.append(
            (
                id_text(wording.short(event)),
                range_text(event.dates),
                Text.assemble(status_text(event.status.value), "\n", wording.what(event)),
                Text("\n").join(part for part in told if part),
                wording.wording.words(quoted[0].evidence[0] if quoted[0].evidence else quoted[0].trigger)
                if quoted
                else Text(""),
            )
        )
    table(("id", "date", "what", "who → whom", "in these words"), rows, (6, 10, 14, None, None), on)
