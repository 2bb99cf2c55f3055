"""`communique judge`: a person's word on a claim, on two claims, or on who somebody is; it outranks the program's.

What is judged stands through every later run, until it is undone; `explain` shows both sides.
"""

import getpass
import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Annotated, TypeVar

import typer
from rich.text import Text

from communique.cli.options import AsJson, RecordFile, record_path, settings_of
from communique.cli.output import console, id_text, note, print_json, table
from communique.records import Actor, Claim, Judgement, StorageError, Verdict, make_judgement
from communique.run.linking import link_record
from communique.store import Record, Texts, plain

app = typer.Typer(
    help="Judge claims: same or different event, right or wrong. What a person says stands.", no_args_is_help=True
)

ClaimId = Annotated[str, typer.Argument(metavar="CLAIM", help="A claim's id or its first digits.")]
OtherId = Annotated[str, typer.Argument(metavar="CLAIM", help="The other claim's.")]
Changes = Annotated[
    list[str],
    typer.Argument(
        metavar="FIELD=VALUE…",
        help="type, status, modes, date (2022-01-10, 2022-01, 2022), place, actors, recipients; nothing behind = for none.",
    ),
]
Why = Annotated[str, typer.Option("--why", metavar="WORDS", help="The reason, for those who come after.")]
By = Annotated[
    str | None, typer.Option("--by", metavar="NAME", help="Who judges (default: your user name).", show_default=False)
]

T = TypeVar("T", Actor, Claim, Judgement)

CHANGE = re.compile(r"(?P<field>[a-z]+)=(?P<value>.*)", re.DOTALL)


@app.command()
def same(
    context: typer.Context, one: ClaimId, other: OtherId, why: Why = "", by: By = None, record: RecordFile = None
) -> None:
    """The two claims report one event."""
    _judge(context, record, Verdict.SAME, one, other, why=why, by=by)


@app.command()
def different(
    context: typer.Context, one: ClaimId, other: OtherId, why: Why = "", by: By = None, record: RecordFile = None
) -> None:
    """The two claims report different events."""
    _judge(context, record, Verdict.DIFFERENT, one, other, why=why, by=by)


@app.command()
def unsure(
    context: typer.Context, one: ClaimId, other: OtherId, why: Why = "", by: By = None, record: RecordFile = None
) -> None:
    """Nobody can tell whether they report one event: the program decides, and the later one has no voice in it."""
    _judge(context, record, Verdict.UNSURE, one, other, why=why, by=by)


@app.command()
def confirm(context: typer.Context, claim: ClaimId, why: Why = "", by: By = None, record: RecordFile = None) -> None:
    """The claim is right as it stands."""
    _judge(context, record, Verdict.CONFIRMED, claim, why=why, by=by)


@app.command()
def reject(context: typer.Context, claim: ClaimId, why: Why = "", by: By = None, record: RecordFile = None) -> None:
    """The words do not say this: the claim is left out of every answer."""
    _judge(context, record, Verdict.REJECTED, claim, why=why, by=by)


@app.command()
def correct(
    context: typer.Context, claim: ClaimId, changes: Changes, why: Why = "", by: By = None, record: RecordFile = None
) -> None:
    """The claim is right but for some fields."""
    _judge(context, record, Verdict.CORRECTED, claim, changes=parse_changes(changes), why=why, by=by)


@app.command()
def name(
    context: typer.Context,
    actor: Annotated[str, typer.Argument(metavar="ACTOR", help="An actor's id or its first digits.")],
    changes: Annotated[
        list[str],
        typer.Argument(metavar="FIELD=VALUE…", help="name, country (ISO code of three letters), kind, sectors."),
    ],
    why: Why = "",
    by: By = None,
    record: RecordFile = None,
) -> None:
    """Who an actor is."""
    _judge(context, record, Verdict.NAMED, actor, changes=parse_changes(changes), why=why, by=by)


@app.command()
def undo(
    context: typer.Context,
    judgement: Annotated[
        str, typer.Argument(metavar="JUDGEMENT", help="Its id or first digits, as `judge list` shows it.")
    ],
    record: RecordFile = None,
) -> None:
    """Take a judgement back: what the program had said holds again."""
    with _writable(context, record) as opened:
        found = _found(opened, judgement, "judgement", Judgement)
        if not opened.withdraw(found.id, datetime.now(UTC)):
            raise StorageError(f"{judgement}: was taken back before; `communique judge list --all` shows when")
        _link_again(context, opened)
    console().print(f"Taken back: {found.verdict.value}, by {found.judge}.", soft_wrap=True)


@app.command("list")
def listed(
    context: typer.Context,
    all: Annotated[bool, typer.Option("--all", help="Also those that were taken back.")] = False,
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """What people judged, in the order they did."""
    with Record.open(record_path(context, record)) as opened:
        found = opened.judgements(active=not all)
        if json:
            print_json(plain(found, Texts({}, {})))
        elif found:
            _print(opened, found)
        else:
            note(f"Nobody has judged anything in {opened.path}.")


def parse_changes(words: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """`field=value` as pairs, the later of two for one field. Raises BadParameter."""
    found: dict[str, str] = {}
    for word in words:
        match = CHANGE.fullmatch(word.strip())
        if match is None:
            raise typer.BadParameter(
                f"{word!r} is no change; write field=value, as in date=2022-01-10", param_hint="FIELD=VALUE"
            )
        found[match["field"]] = match["value"].strip()
    return tuple(found.items())


def _judge(
    context: typer.Context,
    record: RecordFile,
    verdict: Verdict,
    subject: str,
    other: str | None = None,
    *,
    changes: tuple[tuple[str, str], ...] = (),
    why: str,
    by: str | None,
) -> None:
    with _writable(context, record) as opened:
        judgement = make_judgement(
            verdict=verdict,
            subject=(
                _found(opened, subject, "actor", Actor)
                if verdict is Verdict.NAMED
                else _found(opened, subject, "claim", Claim)
            ).id,
            other=_found(opened, other, "claim", Claim).id if other is not None else None,
            changes=changes,
            judge=by or _user(),
            judged_at=datetime.now(UTC),  # to the microsecond: two judgements of one second hold in their order
            reason=why.strip(),
        )
        opened.judge(judgement)
        short = opened.short_ids([judgement.id])[judgement.id]
        _link_again(context, opened)
    console().print(
        f"Kept: {verdict.value}, by {judgement.judge}. `communique judge undo {short}` takes it back.", soft_wrap=True
    )


def _writable(context: typer.Context, record: RecordFile) -> Record:
    return Record.open(record_path(context, record), writable=True)


def _found(record: Record, asked: str, kind: str, wanted: type[T]) -> T:
    """The record of that kind. Raises StorageError for an id of another kind, or none."""
    found = record.find(asked if "-" in asked else f"{kind}-{asked}")
    if not isinstance(found, wanted):
        raise StorageError(f"{asked}: is no {kind}; give the id of one")
    return found


def _link_again(context: typer.Context, record: Record) -> None:
    """A record that was linked stays so."""
    if record.link_state().program is not None:
        link_record(record, settings=settings_of(context))


def _user() -> str:
    with suppress(OSError, KeyError, ImportError):
        return getpass.getuser()
    return "somebody"


def _print(record: Record, judgements: Sequence[Judgement]) -> None:
    short = record.short_ids(
        each
        for judgement in judgements
        for each in (judgement.id, judgement.subject, judgement.other)
        if each is not None
    )
    rows = [
        (
            id_text(short[each.id]),
            Text(each.verdict.value, style="dim strike" if each.withdrawn_at else ""),
            Text(" – ").join(id_text(short[one]) for one in (each.subject, each.other) if one is not None),
            Text("\n".join([*(f"{field}: {value or 'none'}" for field, value in each.changes), each.reason]).strip()),
            f"{each.judge}, {each.judged_at:%Y-%m-%d}",
        )
        for each in judgements
    ]
    table(("id", "verdict", "about", "what and why", "by"), rows, (6, 10, 14, None, 24), console(), spaced=False)
