"""`communique claims`: one row a claim, each as one article reports it."""

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.text import Text

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
from communique.cli.output import console, day_text, id_text, print_json, status_text, table
from communique.cli.timeline import claims_as_json
from communique.cli.wording import Wording
from communique.records import Claim
from communique.store import Record


def claims(
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
    """Who did what to whom, as each article has it."""
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
        found = opened.claims(asked)
        if json:
            print_json(claims_as_json(opened, found))
        elif found:
            print_claims(opened, found, console())
        else:
            nothing_found(opened, "claims", asked)


def print_claims(record: Record, claims: Sequence[Claim], on: Console) -> None:
    """A table of claims."""
    wording = Wording(record, claims)
    rows = [
        (
            id_text(wording.short(claim.id)),
            day_text(claim.date),
            Text.assemble(status_text(claim.status.value), "\n", wording.type_of(claim)),
            Text("\n").join(part for part in (wording.who_to_whom(claim), wording.circumstances(claim)) if part),
            wording.words(claim.evidence[0] if claim.evidence else claim.trigger),
        )
        for claim in claims
    ]
    table(("id", "date", "what", "who → whom", "in these words"), rows, (6, 10, 14, None, None), on)
