"""`communique timeline`: what happened by day, then what was announced, then what has no date; each event once.

An event that several articles tell is one entry, with its voices and what they disagree about.
"""

from collections.abc import Iterator, Sequence
from itertools import groupby

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.actors import published
from communique.cli.events_told import EventWording, place_text, reports_text
from communique.cli.nothing import nothing_found
from communique.cli.options import (
    Actors,
    AsJson,
    ClaimStatus,
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
from communique.cli.output import NARROW, console, day_text, id_text, print_json, status_text
from communique.cli.wording import Wording
from communique.records import Claim, LinkedEvent, Status
from communique.store import Plain, Record, plain

UNDATED = "Date unknown"


def timeline(
    context: typer.Context,
    actor: Actors = None,
    type: EventTypes = None,
    status: ClaimStatus = None,
    since: Since = None,
    until: Until = None,
    article: InArticle = None,
    words: Words = None,
    limit: Limit = None,
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """What happened and what is announced, day by day."""
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
        claims = opened.claims(asked)
        if json:
            print_json(claims_as_json(opened, claims))
        elif claims:
            print_timeline(opened, claims, console())
        else:
            nothing_found(opened, "claims", asked)


def claims_as_json(record: Record, claims: Sequence[Claim]) -> Plain:
    """Each claim with all its fields; beside them its event in the article and over all, and its weakest field's confidence."""
    texts = Wording(record, claims).texts
    events = record.events_of([claim.id for claim in claims])
    over_all = record.linked_events_of([claim.id for claim in claims])
    listed: list[Plain] = []
    for claim in claims:
        own = plain(claim, texts)
        event = events.get(claim.id)
        linked = over_all.get(claim.id)
        beside: dict[str, Plain] = {
            "event_id": event.id if event else None,
            "linked_event_id": linked.id if linked else None,
            "confidence": claim.confidence,
        }
        listed.append(own | beside if isinstance(own, dict) else own)
    return listed


def print_timeline(record: Record, claims: Sequence[Claim], on: Console) -> None:
    """The claims by day under `past` and `announced`, claims of one event together, whatever articles they stand in."""
    ids = [claim.id for claim in claims]
    linked, own = record.linked_events_of(ids), record.events_of(ids)
    names = {claim: event.id for claim, event in own.items()} | {claim: event.id for claim, event in linked.items()}
    wording = EventWording(record, {event.id: event for event in linked.values()}.values(), claims)
    past = [claim for claim in claims if _status(claim, linked) is not Status.SCHEDULED]
    ahead = [claim for claim in claims if _status(claim, linked) is Status.SCHEDULED]
    for title, part in (("What happened and was said to happen", past), ("What is announced", ahead)):
        if part:
            on.rule(Text(f" {title} ", style="bold"), style="dim", align="left")
            for day, group in groupby(_merged(part, names), key=_day):
                on.print()
                on.print(
                    Text.assemble(
                        (day or UNDATED, "bold underline"), ("" if day else _reported(part, wording.wording), "dim")
                    )
                )
                for members in group:
                    on.print(_entry(members, linked.get(members[0].id), wording, on.width))
            on.print()


def _status(claim: Claim, linked: dict[str, LinkedEvent]) -> Status:
    event = linked.get(claim.id)
    return event.status if event else claim.status


def _merged(claims: Sequence[Claim], names: dict[str, str]) -> Iterator[list[Claim]]:
    """Claims of one event together, where the first of them that tells the date stands."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        groups.setdefault(names.get(claim.id, claim.id), []).append(claim)
    yield from groups.values()


def _day(members: Sequence[Claim]) -> str:
    """The heading of an event: its day or days, empty when it has none."""
    time = members[0].date
    if time is None or (time.dates is None and "X" in time.value):
        return ""
    first = time.dates.earliest if time.dates else None
    one_day = first is not None and time.dates is not None and time.dates.latest == first
    return f"{day_text(time)}  {first:%A}" if one_day else day_text(time)


def _reported(claims: Sequence[Claim], wording: Wording) -> str:
    """When undated events were reported, where all of them were reported at the same time."""
    days = {" ".join(published(wording.article(claim)).split()) for claim in claims}
    return f"  reported {days.pop()}" if len(days) == 1 and days != {"?"} else ""


def _entry(members: Sequence[Claim], event: LinkedEvent | None, wording: EventWording, width: int) -> Table:
    """Status, who → whom and type, then the quotation of each report with its id.

    Of an event that several articles tell: how many, what they disagree about, and a report of each of some outlets.
    """
    grid = Table.grid(padding=(0, 1), expand=True)
    narrow = width < NARROW
    if not narrow:
        grid.add_column(width=12)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(width=6 if narrow else 8, justify="right")
    shared = event is not None and event.articles > 1
    rows = (
        _shared_rows(members, event, wording) if event is not None and shared else _own_rows(members, wording.wording)
    )
    status = (event.status if event is not None and shared else members[0].status).value
    if narrow:
        rows[0] = (Text.assemble(status_text(status), "  ", rows[0][0]), rows[0][1])
    for number, (body, beside) in enumerate(rows):
        mark = status_text(status) if number == 0 else Text("")
        grid.add_row(body, beside) if narrow else grid.add_row(mark, body, beside)
    return grid


def _own_rows(members: Sequence[Claim], wording: Wording) -> list[tuple[Text, Text]]:
    first = members[0]
    rows = [(Text.assemble(wording.who_to_whom(first), "  ", wording.type_of(first)), Text(""))]
    told = Text("")
    for claim in members:
        rows.append((_words(claim, wording), id_text(wording.short(claim.id))))
        beside = wording.circumstances(claim)
        if beside and beside != told:
            rows.append((beside, Text("")))
        told = beside
    return rows


def _shared_rows(members: Sequence[Claim], event: LinkedEvent, wording: EventWording) -> list[tuple[Text, Text]]:
    headline = Text.assemble(wording.who_to_whom(event), "  ", wording.what(event))
    place = f"in {place_text(event)} · " if event.place else ""
    rows = [(headline, id_text(wording.short(event))), (Text(f"{place}{reports_text(event)}", style="dim"), Text(""))]
    rows += [(line, Text("")) for line in wording.disputes(event)]
    for claim in wording.worth_quoting(members):
        line = Text.assemble(_words(claim, wording.wording), "  ", wording.source(claim))
        rows.append((line, id_text(wording.wording.short(claim.id))))
    return rows


def _words(claim: Claim, wording: Wording) -> Text:
    return wording.words(claim.evidence[0] if claim.evidence else claim.trigger)
