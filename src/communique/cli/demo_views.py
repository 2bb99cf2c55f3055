"""A record of many articles in five short views: counts, a stretch of the timeline, disputes, positions, meetings.

In: a linked record. Out: lines on the terminal, each view cut to what fits a page; the commands that show all are told below.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby

from rich.console import Console
from rich.text import Text

from communique.cli.output import STANCE_STYLES, STATUS_STYLES, counted, id_text, quoted
from communique.records import (
    Actor,
    Article,
    Claim,
    FieldAgreement,
    Line,
    LineEntry,
    LinkedEvent,
    LinkedMeeting,
    Severity,
)
from communique.store import Record

EVENTS_SHOWN, DISPUTES_SHOWN, LINES_SHOWN = 14, 6, 14
QUOTED = 150  # characters of a quotation
ACTOR_ID = re.compile(r"\bactor-[0-9a-f]+\b")
COUNTED_FIELDS = {"deaths": "killed", "injured": "injured", "arrested": "arrested"}


def print_counts(record: Record, on: Console) -> None:
    """Documents, outlets, copies, claims, events; what was not coded, and why."""
    articles, outlets, copies = record.count("articles"), record.outlets(), record.copy_groups()
    copied = sum(len(group.articles) - 1 for group in copies)
    of_them = (
        f", {copied:,} of them {'a copy' if copied == 1 else 'copies'} of another, counted as one voice"
        if copied
        else ""
    )
    on.print(f"{counted(articles, 'article')} of {counted(len(outlets), 'outlet')}{of_them}.")
    events = record.events()
    several = sum(event.voices > 1 for event in events)
    disputed = sum(bool(event.disputed) for event in events)
    claims, statements = counted(record.count("claims"), "claim"), counted(record.count("statements"), "statement")
    on.print(f"{claims} and {statements}, every one tied to its words.")
    on.print(
        f"{counted(len(events), 'event')}, {several:,} of them told by several outlets, {disputed} with reports that differ."
    )
    reasons = Counter(each.reason for each in record.problems() if each.severity is Severity.WARNING)
    for reason, times in sorted(reasons.items()):
        on.print(Text(f"{counted(times, 'document')}: {reason}", style="dim"))


def print_stretch(record: Record, on: Console) -> str | None:
    """The events that most outlets tell, by day; gives the id of the first claim shown."""
    told = [event for event in record.events() if event.voices > 1]
    most = sorted(told, key=lambda event: (-event.voices, -event.articles, event.id))[:EVENTS_SHOWN]
    shown = sorted(most, key=lambda event: (_day(event) or date.max, event.id))
    words = _Words(record, shown)
    for day, events in groupby(shown, key=_day):
        on.print(Text(f"{day:%Y-%m-%d  %A}" if day else "Date unknown", style="bold underline"))
        for event in events:
            _print_event(event, words, on)
    if not shown:
        on.print(Text("No event is told by several outlets.", style="dim"))
    return shown[0].claims[0] if shown else None


def print_disputes(record: Record, on: Console) -> None:
    """Events with fields on which reports differ: each value with the outlets that give it."""
    disputed = [event for event in record.events() if event.disputed]
    shown = sorted(disputed, key=lambda event: (-event.voices, -event.articles, event.id))[:DISPUTES_SHOWN]
    words = _Words(record, shown)
    for event in shown:
        on.print(Text.assemble(words.who(event), "  ", (event.type, "bold blue"), f"  {_day(event) or ''}"))
        for field in event.fields:
            if field.disputed:
                _print_field(field, words, on)
        on.print()
    if not shown:
        on.print(Text("Nowhere.", style="dim"))


def print_lines(record: Record, on: Console) -> None:
    """The lines with most entries: each stance with the day on which it is first told, as often as it turns."""
    most = sorted(record.lines(), key=lambda line: (-len(line.entries), line.issue, line.id))[:LINES_SHOWN]
    shown = sorted(most, key=lambda line: (line.issue, line.id))
    actors = record.actors_by_id(line.party for line in shown)
    for issue, lines in groupby(shown, key=lambda line: line.issue):
        on.print(Text(issue, style="bold underline"))
        for line in lines:
            on.print(_line_text(line, actors))
    if not shown:
        on.print(Text("No positions over time.", style="dim"))


def print_linked_meetings(record: Record, on: Console) -> None:
    """Each meeting with the way it went: announced, confirmed, postponed, cancelled or held, with the day of each word."""
    shown = [meeting for meeting in record.linked_meetings() if len(meeting.moves) > 1] or record.linked_meetings()
    actors = record.actors_by_id(party for meeting in shown for party in meeting.parties)
    for meeting in shown:
        on.print(_meeting_text(meeting, actors))
    if not shown:
        on.print(Text("No meeting was announced.", style="dim"))


class _Words:
    """Names, quotations and outlets for some events."""

    def __init__(self, record: Record, events: Sequence[LinkedEvent]) -> None:
        self._claims: dict[str, Claim] = record.claims_by_id(claim for event in events for claim in event.claims)
        self._articles: dict[str, Article] = record.articles_by_id(claim.article_id for claim in self._claims.values())
        told = (value.value for event in events for field in event.fields for value in field.values)
        ids = (actor for event in events for actor in (*event.actors, *event.recipients))
        self._actors = record.actors_by_id((*ids, *(each for value in told for each in ACTOR_ID.findall(value))))
        self._short = record.short_ids(event.claims[0] for event in events)

    def who(self, event: LinkedEvent) -> Text:
        """`Russia → NATO`."""
        line = Text(names(event.actors, self._actors) or "somebody", style="bold")
        if event.recipients:
            line.append(" → ", style="dim").append(names(event.recipients, self._actors), style="bold")
        return line

    def quotation(self, event: LinkedEvent) -> Text:
        """The words of the event's first claim, and its outlet."""
        claim = self._claims[event.claims[0]]
        article = self._articles[claim.article_id]
        words = quoted(article.quote(claim.evidence[0] if claim.evidence else claim.trigger), most=QUOTED)
        return Text.assemble("  ", words, (f"  {outlet(article)}", "dim"))

    def outlets(self, claims: Iterable[str]) -> str:
        """The outlets of some claims, each once."""
        told = (outlet(self._articles[self._claims[claim].article_id]) for claim in claims if claim in self._claims)
        return ", ".join(dict.fromkeys(told))

    def value(self, value: str) -> str:
        """A field's value with names in the place of actors' ids."""
        return ACTOR_ID.sub(lambda found: names([found.group()], self._actors), value)

    def short(self, event: LinkedEvent) -> Text:
        """The short id of the event's first claim."""
        return id_text(self._short.get(event.claims[0], ""))


def outlet(article: Article) -> str:
    """The outlet's name, else the host of its address, else the folder of its file."""
    host = (article.url or "").partition("//")[2].partition("/")[0].removeprefix("www.")
    return article.site or host or article.source.rpartition("/")[0].rpartition("/")[2]


def names(ids: Iterable[str], actors: dict[str, Actor]) -> str:
    """Actors' names in order, each once."""
    return ", ".join(dict.fromkeys(actors[each].name if each in actors else each for each in ids))


def _print_event(event: LinkedEvent, words: _Words, on: Console) -> None:
    told = f"{counted(event.voices, 'outlet')}, {counted(event.articles, 'report')}"
    where = f"  in {event.place}" if event.place else ""
    on.print(
        Text.assemble(
            "  ",
            words.who(event),
            "  ",
            (event.type, "bold blue"),
            where,
            "  ",
            (told, "dim"),
            "  ",
            words.short(event),
        )
    )
    on.print(words.quotation(event))
    for field in event.fields:
        if field.disputed:
            _print_field(field, words, on)


def _print_field(field: FieldAgreement, words: _Words, on: Console) -> None:
    name = COUNTED_FIELDS.get(field.field, field.field)
    line = Text(f"  {name}: ", style="yellow")
    for number, value in enumerate(field.values):
        line.append("; " if number else "").append(words.value(value.value), style="bold")
        line.append(f" ({words.outlets(value.claims)})", style="dim")
    on.print(line)


def _line_text(line: Line, actors: dict[str, Actor]) -> Text:
    party = actors[line.party].name if line.party in actors else line.party
    told = Text.assemble(f"  {party}: ")
    steps: list[LineEntry] = []
    for entry in line.entries:
        if not steps or (entry.changed and entry.stance is not steps[-1].stance):
            steps.append(entry)
    for number, entry in enumerate(steps):
        told.append(" → " if number else "", style="dim")
        told.append(entry.stance.value, style=STANCE_STYLES[entry.stance.value])
        told.append(f" {entry.day.day} {entry.day:%b %Y}" if entry.day else " (no date)", style="dim")
    since = len(line.entries) - len(steps)
    if since:
        told.append(f", and {since} time{'' if since == 1 else 's'} more", style="dim")
    return told


def _meeting_text(meeting: LinkedMeeting, actors: dict[str, Actor]) -> Text:
    day = meeting.dates.earliest if meeting.dates else None
    told = Text.assemble(f"{day.isoformat() if day else 'no date':10}  ", (names(meeting.parties, actors), "bold"))
    told.append(f" in {meeting.place}" if meeting.place else "")
    told.append(":")
    for number, move in enumerate(meeting.moves):
        told.append(" → " if number else " ", style="dim")
        told.append(move.status.value, style=STATUS_STYLES.get(move.status.value, ""))
        told.append(f" {move.day.day} {move.day:%b}" if move.day else "", style="dim")
    return told


def _day(event: LinkedEvent) -> date | None:
    return event.dates.earliest if event.dates else None
