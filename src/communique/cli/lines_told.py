"""Lines of positions on the terminal: issue by issue the parties, where each stands now, and how it came there.

In: a linked record and some of its lines. Out: a table an issue, or plain values for JSON with the positions and their words.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

from rich.console import Console
from rich.text import Text

from communique.cli.output import NARROW, STANCE_STYLES, counted, id_text, table
from communique.cli.wording import Wording
from communique.codebook.issues import Issue
from communique.records import Line, LineEntry, Position, Stance
from communique.store import Plain, Record, Texts, plain

OTHER = "other matters"
ENTRIES_SHOWN = 6  # the last ones of a line, where several lines are shown; its first and its turns always are


class LineWording:
    """Positions, names and short ids for some lines; read once."""

    def __init__(self, record: Record, lines: Sequence[Line]) -> None:
        ids = [each for line in lines for entry in line.entries for each in _positions_of(entry)]
        self.positions = record.positions_by_id(ids)
        self.words = Wording(record, list(self.positions.values()))
        self._parties = record.actors_by_id(line.party for line in lines)
        self._short = record.short_ids(line.id for line in lines)

    def short(self, line: Line) -> str:
        """The first digits of the line's id."""
        return self._short[line.id]

    def party(self, line: Line) -> str:
        """The party's name."""
        actor = self._parties.get(line.party)
        return actor.name if actor else line.party

    def told(self, entry: LineEntry) -> list[Position]:
        """The positions of an entry, the first report first."""
        return [self.positions[each] for each in entry.positions if each in self.positions]

    def quotation(self, entry: LineEntry) -> Text:
        """The words of the report that says most, as far as there is one."""
        told = self.told(entry)
        longest = max(told, key=lambda each: each.content.end - each.content.start, default=None)
        return self.words.words(longest.content) if longest is not None else Text("")

    def beside(self, entry: LineEntry) -> Text:
        """Who voiced it, to whom, who reports it, what it answers, how many outlets tell it."""
        told = self.told(entry)
        voices = [each.by for each in told if each.by is not None and each.by.actor_id != each.party.actor_id]
        parts = [self.words.names(voices)] if voices else []
        towards = self.words.names(role for each in told for role in each.of)
        parts += [f"to {towards}"] if towards else []
        if entry.by_others:
            reporters = self.words.names(each.asserted_by for each in told if each.asserted_by is not None)
            parts.append(
                f"only {reporters} {'say' if ', ' in reporters else 'says'} so" if reporters else "told by others"
            )
        answered = self.positions.get(entry.answers) if entry.answers else None
        if answered is not None:
            parts.append(self._answer(answered, told))
        parts += [counted(entry.voices, "outlet")] if entry.voices > 1 else []
        return Text(" · ".join(parts), style="dim")

    def _answer(self, answered: Position, told: Sequence[Position]) -> str:
        if answered.stance is Stance.UNANSWERED:
            return "answers what was left open"
        own = {each.party.actor_id for each in told}
        asker = self.words.name(answered.party)
        return "answers a demand" if answered.party.actor_id in own else f"answers {asker}"


def print_lines(record: Record, lines: Sequence[Line], issues: Iterable[Issue], on: Console) -> None:
    """Issue by issue in alphabetical order, matters without a name last; the party that is told of most first."""
    wording = LineWording(record, lines)
    named = {issue.name for issue in issues}
    ordered = sorted(
        lines,
        key=lambda line: (line.issue not in named, _heading(line, named), -len(line.entries), line.issue, line.id),
    )
    columns, widths = ("id", "party", "day", "stance", "in these words"), (6, 19, 10, 10, None)
    for number, (heading, group) in enumerate(groupby(ordered, key=lambda line: _heading(line, named))):
        if number == 0 and on.width >= NARROW:
            table(columns, (), widths, on)
        on.print(Text(heading, style="bold underline"))
        rows = [row for line in group for row in _rows(line, wording, whole=len(lines) == 1)]
        table(columns, rows, widths, on, headed=False)
        on.print()


def _heading(line: Line, named: set[str]) -> str:
    return line.issue if line.issue in named else OTHER


def _rows(line: Line, wording: LineWording, *, whole: bool) -> list[tuple[Text, Text, Text, Text, Text]]:
    shown = list(line.entries) if whole else _shown(line.entries)
    rows = []
    left = len(line.entries) - len(shown)
    party = Text(wording.party(line), style="bold")
    party.append(f"\nnow {line.now.value}", style=STANCE_STYLES[line.now.value])
    if left:
        party.append(f"\n{counted(left, 'entry') if left == 1 else f'{left:,} entries'} left out", style="dim")
    for number, entry in enumerate(shown):
        first = number == 0
        rows.append(
            (
                id_text(wording.short(line)) if first else Text(""),
                party if first else Text(""),
                Text(entry.day.isoformat() if entry.day else "undated", style="" if entry.day else "dim"),
                _stance(entry),
                Text("\n").join(part for part in (wording.quotation(entry), wording.beside(entry)) if part),
            )
        )
    return rows


def _shown(entries: Sequence[LineEntry]) -> list[LineEntry]:
    last = len(entries) - ENTRIES_SHOWN
    return [entry for place, entry in enumerate(entries) if place == 0 or place > last or entry.changed or entry.owed]


def _stance(entry: LineEntry) -> Text:
    line = Text(entry.stance.value, style=STANCE_STYLES[entry.stance.value])
    if entry.changed:
        line.append("\n↺ turns", style="bold")
    if entry.owed:
        line.append("\nstill owed", style="bold magenta")
    return line


def lines_as_json(record: Record, lines: Sequence[Line]) -> Plain:
    """Each line with all its fields and the party's name; each entry also with its positions and their words."""
    wording = LineWording(record, lines)
    texts = wording.words.texts
    listed: list[Plain] = []
    for line in lines:
        entries: list[Plain] = []
        for entry in line.entries:
            own = plain(entry, texts)
            told: dict[str, Plain] = {"told": [plain(each, texts) for each in wording.told(entry)]}
            entries.append(own | told if isinstance(own, dict) else own)
        whole = plain(line, Texts({}, {}))
        beside: dict[str, Plain] = {"name": wording.party(line), "entries": entries}
        listed.append(whole | beside if isinstance(whole, dict) else whole)
    return listed


def _positions_of(entry: LineEntry) -> list[str]:
    return [*entry.positions, *([entry.answers] if entry.answers else [])]
