"""`communique meetings`: what is announced, and how far it has come; over all articles, or as one article has it."""

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.meetings_told import linked_as_json, print_linked
from communique.cli.nothing import nothing_found
from communique.cli.options import (
    Actors,
    AsJson,
    InArticle,
    Limit,
    MeetingStatuses,
    RecordFile,
    Since,
    Until,
    Words,
    filters,
    open_record,
)
from communique.cli.output import console, day_text, id_text, note, print_json, quoted, status_text, table
from communique.cli.wording import Wording, place_words
from communique.records import Meeting
from communique.store import Record, plain


def meetings(
    context: typer.Context,
    actor: Actors = None,
    status: MeetingStatuses = None,
    since: Since = None,
    until: Until = None,
    article: InArticle = None,
    words: Words = None,
    limit: Limit = None,
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """Announced meetings, and how far they have come, by whose word."""
    with open_record(context, record) as opened:
        asked = filters(
            opened,
            actors=actor,
            statuses=[each.value for each in status or ()],
            since=since,
            until=until,
            article=article,
            words=words,
            limit=limit,
        )
        if article is None and opened.count("linked_meetings") > 0:
            linked = opened.linked_meetings(asked)
            if json:
                print_json(linked_as_json(opened, linked))
            elif linked:
                print_linked(opened, linked, console())
            else:
                nothing_found(opened, "meetings", asked)
            return
        found = opened.meetings(asked)
        if json:
            print_json(plain(found, Wording(opened, found).texts))
        elif found:
            print_meetings(opened, found, console())
            if article is None and opened.count("articles") > 1:
                note("As each article has it; `communique link` joins what all of them say of one meeting.")
        else:
            nothing_found(opened, "meetings", asked)


def print_meetings(record: Record, meetings: Sequence[Meeting], on: Console) -> None:
    """A table of meetings in the order of their dates."""
    wording = Wording(record, meetings)
    rows = [
        (
            id_text(wording.short(meeting.id)),
            day_text(meeting.date),
            status_text(meeting.status.value),
            parties(meeting, wording),
            words(meeting, wording),
        )
        for meeting in meetings
    ]
    table(("id", "date", "status", "who and where", "in these words"), rows, (6, 10, 10, None, None), on)


def parties(meeting: Meeting, wording: Wording) -> Text:
    """The parties, then place and format."""
    names = " – ".join(dict.fromkeys(wording.name(role) for role in meeting.parties))
    beside = [place_words(meeting.place)] if meeting.place else []
    beside += [meeting.format] if meeting.format else []
    return Text.assemble((names or "parties not named", "bold"), (f"\n{', '.join(beside)}" if beside else "", "dim"))


def words(meeting: Meeting, wording: Wording) -> Text:
    """The words of the announcement, and the condition it hangs on where they leave it out."""
    line = wording.all_words(meeting.evidence)
    if meeting.condition is not None and not any(span.covers(meeting.condition) for span in meeting.evidence):
        line = Text.assemble(line, "\n", (str(quoted(wording.article(meeting).quote(meeting.condition))), "dim"))
    return line
