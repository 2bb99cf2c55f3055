"""`communique timeline`: what happened by day, then what was announced, then what has no date; each event once."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import typer
from rich.console import Console
from rich.table import Table
from rich.text import Text

from communique.cli.actors import published
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
from communique.records import Claim, Event, Status
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
    """Each claim with all its fields, and `event_id` and `confidence` (of its weakest field) beside them."""
    texts = Wording(record, claims).texts
    events = record.events_of([claim.id for claim in claims])
    listed: list[Plain] = []
    for claim in claims:
        own = plain(claim, texts)
        event = events.get(claim.id)
        beside: dict[str, Plain] = {"event_id": event.id if event else None, "confidence": claim.confidence}
        listed.append(own | beside if isinstance(own, dict) else own)
    return listed


def print_timeline(record: Record, claims: Sequence[Claim], on: Console) -> None:
    """The claims by day under `past` and `announced`, claims of one event together."""
    wording = Wording(record, claims)
    events = record.events_of([claim.id for claim in claims])
    past = [claim for claim in claims if claim.status is not Status.SCHEDULED]
    ahead = [claim for claim in claims if claim.status is Status.SCHEDULED]
    for title, part in (("What happened and was said to happen", past), ("What is announced", ahead)):
        if part:
            on.rule(Text(f" {title} ", style="bold"), style="dim", align="left")
            for day, group in groupby(_merged(part, events), key=_day):
                on.print()
                on.print(
                    Text.assemble((day or UNDATED, "bold underline"), ("" if day else _reported(part, wording), "dim"))
                )
                for members in group:
                    on.print(_entry(members, wording, on.width))
            on.print()


def _merged(claims: Sequence[Claim], events: dict[str, Event]) -> Iterator[list[Claim]]:
    """Claims of one event together, where the first of them that tells the date stands."""
    groups: dict[str, list[Claim]] = {}
    for claim in claims:
        event = events.get(claim.id)
        groups.setdefault(event.id if event else claim.id, []).append(claim)
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


def _entry(members: Sequence[Claim], wording: Wording, width: int) -> Table:
    """Status, who → whom and type, then the quotation of each report with its id."""
    grid = Table.grid(padding=(0, 1), expand=True)
    narrow = width < NARROW
    if not narrow:
        grid.add_column(width=12)
    grid.add_column(ratio=1, overflow="fold")
    grid.add_column(width=6 if narrow else 8, justify="right")
    first = members[0]
    headline = Text.assemble(wording.who_to_whom(first), "  ", wording.type_of(first))
    if narrow:
        headline = Text.assemble(status_text(first.status.value), "  ", headline)
    rows: list[tuple[Text, Text]] = [(headline, Text(""))]
    told = Text("")
    for claim in members:
        words = wording.words(claim.evidence[0] if claim.evidence else claim.trigger)
        rows.append((words, id_text(wording.short(claim.id))))
        beside = wording.circumstances(claim)
        if beside and beside != told:
            rows.append((beside, Text("")))
        told = beside
    for number, (body, beside) in enumerate(rows):
        mark = status_text(first.status.value) if number == 0 else Text("")
        grid.add_row(body, beside) if narrow else grid.add_row(mark, body, beside)
    return grid
