"""Meetings over all articles on the terminal: who, when, where, and the words that moved each from announced to held.

In: a linked record and some of its meetings. Out: a table, or plain values for JSON with the words of each move.
"""

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from communique.cli.events_told import range_text
from communique.cli.output import counted, id_text, status_text, table
from communique.cli.wording import Wording
from communique.records import LinkedMeeting, MeetingMove
from communique.store import Plain, Record, Texts, plain


def print_linked(record: Record, meetings: Sequence[LinkedMeeting], on: Console) -> None:
    """A table of meetings in the order of their dates: each with its moves, oldest first, in their words."""
    claims = record.claims_by_id(move.claim_id for meeting in meetings for move in meeting.moves)
    wording = Wording(record, list(claims.values()))
    actors = record.actors_by_id(party for meeting in meetings for party in meeting.parties)
    short = record.short_ids(meeting.id for meeting in meetings)
    rows = []
    for meeting in meetings:
        names = " – ".join(dict.fromkeys(actors[each].name if each in actors else each for each in meeting.parties))
        place = f"in {meeting.place}" if meeting.place else ""
        reports = f"{counted(meeting.articles, 'report')}, {counted(meeting.voices, 'outlet')}"
        beside = [part for part in (place, meeting.format or "", reports if meeting.articles > 1 else "") if part]
        who = Text.assemble((names or "parties not named", "bold"), ("\n" + ", ".join(beside) if beside else "", "dim"))
        for number, move in enumerate(meeting.moves):
            claim = claims.get(move.claim_id)
            said = wording.words(claim.evidence[0] if claim.evidence else claim.trigger) if claim else Text("")
            rows.append(
                (
                    id_text(short[meeting.id]) if number == 0 else Text(""),
                    Text(range_text(meeting.dates) or "no date") if number == 0 else Text(""),
                    who if number == 0 else Text(""),
                    _move(move, last=number == len(meeting.moves) - 1),
                    said,
                )
            )
    table(("id", "date", "who and where", "how far", "in these words"), rows, (6, 10, 22, 11, None), on)


def _move(move: MeetingMove, *, last: bool) -> Text:
    """The status, bold where it is the one that holds, and the day of the word."""
    line = status_text(move.status.value)
    if last:
        line.stylize("bold")
    return line.append(f"\n{move.day.isoformat()}", style="dim") if move.day else line


def linked_as_json(record: Record, meetings: Sequence[LinkedMeeting]) -> Plain:
    """Each meeting with all its fields and the parties' names; each move also with its words."""
    claims = record.claims_by_id(move.claim_id for meeting in meetings for move in meeting.moves)
    texts = Wording(record, list(claims.values())).texts
    actors = record.actors_by_id(party for meeting in meetings for party in meeting.parties)
    listed: list[Plain] = []
    for meeting in meetings:
        moves: list[Plain] = []
        for move in meeting.moves:
            own, claim = plain(move, texts), claims.get(move.claim_id)
            words: dict[str, Plain] = {"words": plain(claim.evidence, texts) if claim is not None else []}
            moves.append(own | words if isinstance(own, dict) else own)
        whole = plain(meeting, Texts({}, actors))
        names: dict[str, Plain] = {each: actors[each].name for each in meeting.parties if each in actors}
        beside: dict[str, Plain] = {"names": names, "moves": moves}
        listed.append(whole | beside if isinstance(whole, dict) else whole)
    return listed
