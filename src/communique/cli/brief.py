"""`communique brief`: a digest of the record as Markdown, a page, or a mail message; each sentence ends in its words."""

import sys
from collections.abc import Sequence
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from communique.brief.asking import Asked, days_back, first_day, now_of, sorted_out
from communique.brief.composing import compose
from communique.brief.digest import Digest
from communique.brief.mailing import message
from communique.brief.rendering import html, markdown
from communique.cli.options import Actors, RecordFile, Until, open_record, parse_day, settings_of
from communique.cli.output import note
from communique.records import ConfigurationError
from communique.store import Record

STANDARD_OUTPUT = Path("-")
MOST = 12
UNSENT = "communique@localhost"


class BriefFormat(StrEnum):
    """What a digest is written as."""

    MARKDOWN = "markdown"
    HTML = "html"
    EML = "eml"


BriefSince = Annotated[
    str | None,
    typer.Option(
        metavar="DAY|7d", help="First day: 2022-01-10, 2022-01, 2022; or 7d, 2w: so many days back.", show_default=False
    ),
]
About = Annotated[
    list[str] | None,
    typer.Option(
        "--about",
        metavar="NAME|WORDS",
        help="Somebody the record knows, else words of the article; may be repeated.",
        show_default=False,
    ),
]
Sources = Annotated[
    list[str] | None,
    typer.Option("--source", metavar="OUTLET", help="Only from this outlet; may be repeated.", show_default=False),
]
Base = Annotated[
    str | None,
    typer.Option(
        metavar="URL",
        help="Where `communique serve` is (http://127.0.0.1:8000): links lead to its pages, not to the articles.",
        show_default=False,
    ),
]
Most = Annotated[int, typer.Option("--most", min=1, metavar="N", help="Sentences in each section.")]
Form = Annotated[BriefFormat, typer.Option("--format", metavar="FORMAT", help="markdown, html or eml.")]
Out = Annotated[Path, typer.Option("--out", "-o", metavar="FILE", help="The file to write; - is standard output.")]


def brief(
    context: typer.Context,
    since: BriefSince = None,
    until: Until = None,
    about: About = None,
    actor: Actors = None,
    source: Sources = None,
    format: Form = BriefFormat.MARKDOWN,
    out: Out = STANDARD_OUTPUT,
    base: Base = None,
    most: Most = MOST,
    record: RecordFile = None,
) -> None:
    """A digest: what happened, was said, changed, is coming and is disputed; each sentence with its words."""
    with open_record(context, record) as opened:
        asked = asking(opened, since, until, about or (), actor or (), source or (), base)
        digest = compose(opened, asked, most)
        hints(opened, asked, date.today())
        mail = settings_of(context).mail if format is BriefFormat.EML else None
    write(rendered(digest, format, mail.sender if mail else UNSENT), out)


def asking(
    record: Record,
    since: str | None,
    until: str | None,
    about: Sequence[str],
    actors: Sequence[str],
    sources: Sequence[str],
    base: str | None,
) -> Asked:
    """The options as a question; days back are counted from the record's "now". Raises BadParameter, ConfigurationError."""
    if base is not None and not base.lower().startswith(("http://", "https://")):
        raise typer.BadParameter(f"{base!r} is no address; write http://127.0.0.1:8000", param_hint="--base")
    now = now_of(record, date.today())
    last = parse_day(until, last=True, option="--until")
    back = days_back(since) if since is not None else None
    first = first_day(last or now, back) if back else parse_day(since, last=False, option="--since")
    if first is not None and last is not None and first > last:
        raise typer.BadParameter(f"{since} is later than --until {until}; exchange them", param_hint="--since")
    names, words = sorted_out(record, tuple(about))
    return Asked(
        now=now,
        since=first,
        until=last or (now if back else None),
        actors=tuple(dict.fromkeys((*actors, *names))),
        words=words,
        sources=tuple(sources),
        base=base,
    )


def hints(record: Record, asked: Asked, today: date) -> None:
    """On standard error, what a reader should know about the record beside the digest."""
    if asked.now != today and asked.until is None:
        note(f"The record's last article is of {asked.now.isoformat()}; that day counts as today.")
    unlinked = len(record.unlinked())
    if unlinked:
        articles = "1 article is" if unlinked == 1 else f"{unlinked:,} articles are"
        note(f"{articles} not linked yet and not in this; run `communique link` first", style="yellow")


def rendered(digest: Digest, format: BriefFormat, sender: str, to: Sequence[str] = ()) -> bytes:
    """The digest in that format."""
    if format is BriefFormat.EML:
        return message(digest, sender=sender, to=to, when=datetime.now(UTC)).as_bytes()
    made = html(digest) if format is BriefFormat.HTML else markdown(digest)
    return made.encode("utf-8", "replace")


def write(content: bytes, out: Path) -> None:
    """To the file, as a whole, or to standard output. Raises ConfigurationError."""
    if out == STANDARD_OUTPUT:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    draft = out.with_name(f".{out.name}.part")
    try:
        draft.write_bytes(content)
        draft.replace(out)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise ConfigurationError(f"{out}: cannot be written ({error.strerror}); give --out another place") from error
