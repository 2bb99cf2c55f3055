"""`communique statements`: who said what, in whose words."""

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.nothing import nothing_found
from communique.cli.options import (
    Actors,
    AsJson,
    InArticle,
    Limit,
    RecordFile,
    Since,
    SpeechActs,
    Until,
    Words,
    filters,
    open_record,
)
from communique.cli.output import console, id_text, print_json, table
from communique.cli.wording import Wording
from communique.records import Statement
from communique.store import Record, plain


def statements(
    context: typer.Context,
    actor: Actors = None,
    act: SpeechActs = None,
    since: Since = None,
    until: Until = None,
    article: InArticle = None,
    words: Words = None,
    limit: Limit = None,
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """Who said what, quoted or reported."""
    with open_record(context, record) as opened:
        asked = filters(
            opened,
            actors=actor,
            statuses=[each.value for each in act or ()],
            since=since,
            until=until,
            article=article,
            words=words,
            limit=limit,
        )
        found = opened.statements(asked)
        if json:
            print_json(plain(found, Wording(opened, found).texts))
        elif found:
            print_statements(opened, found, console())
        else:
            nothing_found(opened, "statements", asked)


def print_statements(record: Record, statements: Sequence[Statement], on: Console) -> None:
    """A table of statements."""
    wording = Wording(record, statements)
    rows = [
        (
            id_text(wording.short(statement.id)),
            speaker(statement, wording),
            Text.assemble(
                (f"{'not ' if statement.negated else ''}{statement.act.value}", "yellow"),
                "\n",
                (statement.kind.value, "dim"),
            ),
            wording.all_words(statement.content),
        )
        for statement in statements
    ]
    table(("id", "speaker", "act", "said"), rows, (6, 28, 8, None), on)


def speaker(statement: Statement, wording: Wording) -> Text:
    """The speaker's name, else the words that name the source; then to whom, by what means and through whom it was said."""
    name = Text(wording.name(statement.speaker), style="bold")
    if not name:
        name = Text(str(wording.words(statement.source)).strip("“”") or "not named", style="italic")
    beside = []
    if statement.addressee is not None:
        beside.append(f"to {wording.name(statement.addressee)}")
    if statement.medium is not None:
        beside.append(str(wording.words(statement.medium)).strip("“”"))
    if statement.reported_by is not None:
        beside.append(f"reported by {wording.name(statement.reported_by)}")
    return Text.assemble(name, *((f"\n{part}", "dim") for part in beside))
