"""`communique watch`: saved searches that tell only what is new since their last run; made for a cron line."""

import os
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from communique.brief import watches
from communique.brief.asking import days_back
from communique.brief.composing import compose
from communique.brief.digest import Digest
from communique.brief.mailing import PASSWORD, MailServer, PartlyRefusedError, address, message, send
from communique.brief.watches import Watch
from communique.cli.brief import (
    MOST,
    STANDARD_OUTPUT,
    UNSENT,
    About,
    Base,
    BriefFormat,
    BriefSince,
    Form,
    Most,
    Sources,
    asking,
    rendered,
    write,
)
from communique.cli.options import Actors, RecordFile, Until, open_record, parse_day, record_path, settings_of
from communique.cli.output import console, counted, note, table
from communique.records import CommuniqueError, ConfigurationError
from communique.run.settings import MailSettings
from communique.store import Record

app = typer.Typer(
    help="Saved searches: each run tells only what is new since the last one.",
    no_args_is_help=True,
    add_completion=False,
)

Name = Annotated[str, typer.Argument(metavar="NAME", help="What the watch is called.", show_default=False)]
Which = Annotated[
    str | None, typer.Argument(metavar="NAME", help="Only this watch (default: all).", show_default=False)
]
Mail = Annotated[
    list[str] | None,
    typer.Option(
        "--mail", metavar="TO", help="Send it there by [mail] of communique.toml; may be repeated.", show_default=False
    ),
]
FromNow = Annotated[bool, typer.Option("--from-now", help="What the record has already counts as told.")]


@app.command()
def add(
    context: typer.Context,
    name: Name,
    since: BriefSince = None,
    until: Until = None,
    about: About = None,
    actor: Actors = None,
    source: Sources = None,
    mail: Mail = None,
    from_now: FromNow = False,
    record: RecordFile = None,
) -> None:
    """Save a search under a name. A stretch as --since 7d is counted anew at each run."""
    watches.check_name(name)
    for each in mail or ():
        address(each)
    path = watches.watches_path(record_path(context, record))
    made = Watch(
        name=name,
        about=tuple(about or ()),
        actors=tuple(actor or ()),
        sources=tuple(source or ()),
        since=_kept(since, last=False),
        until=_kept(until, last=True),
        mail=tuple(mail or ()),
    )
    with open_record(context, record) as opened:
        digest = _digest(opened, made, None)
        if from_now:
            made = replace(made, told=digest.keys, last=date.today().isoformat())

    def with_it(known: dict[str, Watch]) -> dict[str, Watch]:
        if name in known:
            raise ConfigurationError(f"watch: there is {name!r} already; remove it first or take another name")
        return known | {name: made}

    watches.change(path, with_it)
    number = 0 if from_now else sum(len(section.sentences) for section in digest.sections)
    note(f"{name}: saved; its next run has {counted(number, 'sentence')} to tell")


@app.command("list")
def list_all(context: typer.Context, record: RecordFile = None) -> None:
    """The watches, what they ask, and when they last ran."""
    known = watches.load(watches.watches_path(record_path(context, record)))
    if not known:
        note("There are no watches; `communique watch add NAME --about SOMEBODY` saves one")
        return
    rows = [
        (Text(each.name, style="bold"), Text(_asks(each)), Text(each.last or "never"), Text(", ".join(each.mail)))
        for each in known.values()
    ]
    table(("name", "asks for", "last run", "mails to"), rows, (None, None, 10, None), console(), spaced=False)


@app.command()
def remove(context: typer.Context, name: Name, record: RecordFile = None) -> None:
    """Forget a watch and what it has told."""

    def without(known: dict[str, Watch]) -> dict[str, Watch]:
        _chosen(known, name)
        return {other: each for other, each in known.items() if other != name}

    watches.change(watches.watches_path(record_path(context, record)), without)
    note(f"{name}: removed")


@app.command("run")
def run_watches(
    context: typer.Context,
    name: Which = None,
    mail: Mail = None,
    format: Form = BriefFormat.MARKDOWN,
    base: Base = None,
    most: Most = MOST,
    record: RecordFile = None,
) -> None:
    """Tell what is new since the last run; without anything new there is no output, and the exit code is 0 all the same."""
    path = watches.watches_path(record_path(context, record))
    known = _chosen(watches.load(path), name)
    settings = settings_of(context).mail
    for to in mail or ():
        address(to)
    failed: CommuniqueError | None = None
    with open_record(context, record) as opened:
        for each in known:
            try:
                _run(opened, path, each, mail or each.mail, settings, format, base, most)
            except CommuniqueError as error:  # the others still run; the first failure is the one that is told last
                if failed is not None:
                    note(str(error), style="red")
                failed = failed or error
    if failed is not None:
        raise failed


def _run(
    record: Record,
    path: Path,
    watch: Watch,
    to: Sequence[str],
    settings: MailSettings | None,
    format: BriefFormat,
    base: str | None,
    most: int,
) -> None:
    digest = _digest(record, watch, base)
    news = digest.kept(lambda each: watch.told.isdisjoint(each.keys))
    partly: PartlyRefusedError | None = None
    if not news.empty:
        shown = _without_empty(replace(news, title=f"{watch.name}: what is new")).cut(most)
        if to:
            try:
                _send(shown, to, settings)
            except PartlyRefusedError as error:  # some have it, so it must not come again
                partly = error
        else:
            write(rendered(shown, format, settings.sender if settings else UNSENT), STANDARD_OUTPUT)
    if not digest.keys <= watch.told:
        watches.tell(path, watch.name, digest.keys, date.today())
    if partly is not None:
        raise partly


def _send(digest: Digest, to: Sequence[str], settings: MailSettings | None) -> None:
    if settings is None:
        raise ConfigurationError("mail: no server is set; write [mail] with host and sender into communique.toml")
    server = MailServer(
        host=settings.host,
        port=settings.port,
        user=settings.user,
        sender=settings.sender,
        starttls=settings.starttls,
    )
    made = message(digest, sender=server.sender, to=to, when=datetime.now(UTC))
    send(made, server, os.environ.get(PASSWORD))


def _digest(record: Record, watch: Watch, base: str | None) -> Digest:
    return compose(record, asking(record, watch.since, watch.until, watch.about, watch.actors, watch.sources, base))


def _without_empty(digest: Digest) -> Digest:
    """News have no need to say what there is not."""
    return replace(digest, sections=tuple(each for each in digest.sections if each.sentences))


def _kept(text: str | None, *, last: bool) -> str | None:
    """The option as it is saved: a stretch as it stands, a month or year as its first or last day."""
    if text is None or (not last and days_back(text) is not None):
        return text
    day = parse_day(text, last=last, option="--until" if last else "--since")
    return day.isoformat() if day else None


def _chosen(known: dict[str, Watch], name: str | None) -> list[Watch]:
    if name is None:
        return list(known.values())
    if name not in known:
        there = f"there are {', '.join(known)}" if known else "there are none"
        raise ConfigurationError(f"watch: no watch is called {name!r}; {there}")
    return [known[name]]


def _asks(watch: Watch) -> str:
    parts = [f"about {each}" for each in watch.about] + [f"actor {each}" for each in watch.actors]
    parts += [f"source {each}" for each in watch.sources]
    parts += [f"since {watch.since}"] if watch.since else []
    parts += [f"until {watch.until}"] if watch.until else []
    return ", ".join(parts) or "everything"
