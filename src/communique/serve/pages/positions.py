"""`/positions`: issues by parties, each cell a stance with its words. `/positions/ID`: one party's line on one issue over time."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from fastapi import APIRouter, HTTPException, Request, Response

from communique.records import Claim, Line, LineEntry, Position, Span, StorageError
from communique.serve.pages.caching import KeptRoute
from communique.serve.pages.dates import day_words
from communique.serve.pages.listing import formats, listing
from communique.serve.pages.wording import Name, Wording, words_href
from communique.serve.query import read_view
from communique.serve.site import site_of
from communique.store import Record

router = APIRouter(route_class=KeptRoute)

COLUMNS = 5  # parties that get a column of their own; the others share the last one
SHORT_CONTENT = 40  # characters of a content that is quoted with its clause
LINES_READ = 120  # of one board; filter for what lies beyond


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One entry of a line with its words. `words` is None where the position is gone; `answers` the address of what it answers."""

    stance: str
    day: str
    quote: str
    words: str | None
    outlet: str
    speaker: Name | None
    reported_by: Name | None
    changed: bool
    owed: bool
    by_others: bool
    voices: int
    answers: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """Where a party stands now, with how often it has spoken (`entries`) and changed (`changes`)."""

    id: str
    party: Name
    now: Point
    entries: int
    changes: int

    @property
    def href(self) -> str:
        """The party's line on the issue."""
        return f"/positions/{self.id}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """One row of the board: a cell (or None) for each column, and the cells of all other parties."""

    name: str
    cells: tuple[Cell | None, ...]
    others: tuple[Cell, ...]


@router.get("/positions")
def positions(request: Request) -> Response:
    """The board. Columns are the parties that hold the most positions in the view."""
    site = site_of(request)
    view = read_view(site.record, "lines", request.query_params.multi_items(), strict=False, default_limit=LINES_READ)
    part = site.record.lines_slice(view.filters)
    cells = cells_of(site.record, part.items)
    spoken = Counter[str]()
    for line in part.items:
        spoken[line.side] += len(line.entries)
    columns = [side for side, _ in sorted(spoken.items(), key=lambda each: (-each[1], each[0]))[:COLUMNS]]
    by_issue: dict[str, list[Line]] = defaultdict(list)
    for line in part.items:
        if line.id in cells:
            by_issue[line.issue].append(line)
    issues = []
    for name, lines in sorted(by_issue.items(), key=lambda each: (-sum(len(x.entries) for x in each[1]), each[0])):
        own = {line.side: cells[line.id] for line in lines}
        others = tuple(cells[line.id] for line in lines if line.side not in columns)
        issues.append(Issue(name=name, cells=tuple(own.get(side) for side in columns), others=others))
    heads = [next(cells[line.id].party for line in part.items if line.side == side and line.id in cells)
             for side in columns if any(line.side == side and line.id in cells for line in part.items)]  # fmt: skip
    context = {"issues": issues, "parties": heads, "singles": formats("positions", view.conditions)}
    return site.render(request, "positions.html", listing(site.record, view, part.next, "/positions") | context)


@router.get("/positions/{asked}")
def line(request: Request, asked: str) -> Response:
    """One party on one issue: every entry with its words."""
    site = site_of(request)
    try:
        found = site.record.line(asked)
    except StorageError as error:
        raise HTTPException(404, str(error)) from error
    ids = [each for entry in found.entries for each in entry.positions]
    kept = site.record.positions_by_id([*ids, *(entry.answers for entry in found.entries if entry.answers)])
    wording = Wording(site.record, kept.values(), [found.party])
    bases = _bases(site.record, kept)
    context = {
        "line": found,
        "party": wording.name(found.party),
        "points": tuple(_point(entry, kept, wording, bases) for entry in found.entries),
        "reports": tuple(
            tuple((wording.outlet(kept[each].article_id), words_href(kept[each].article_id, each))
                  for each in entry.positions[1:] if each in kept)
            for entry in found.entries
        ),
        "others": cells_of(site.record, _on_issue(site.record, found)).values(),
    }  # fmt: skip
    return site.render(request, "line.html", context)


def _on_issue(record: Record, line: Line) -> Sequence[Line]:
    from communique.store import Filters

    found = record.lines_slice(replace(Filters(), types=(line.issue,), limit=40)).items
    return [each for each in found if each.id != line.id]


def cells_of(record: Record, lines: Sequence[Line]) -> dict[str, Cell]:
    """A cell for each line, by the line's id."""
    now = {each.id: _latest(each) for each in lines}
    kept = record.positions_by_id([entry.positions[0] for entry in now.values()])
    wording = Wording(record, kept.values(), [each.party for each in lines])
    bases = _bases(record, kept)
    return {
        each.id: Cell(
            id=each.id,
            party=wording.name(each.party),
            now=_point(now[each.id], kept, wording, bases),
            entries=len(each.entries),
            changes=sum(entry.changed for entry in each.entries),
        )
        for each in lines
    }


def _latest(line: Line) -> LineEntry:
    """The entry that gives the stance now: the latest dated one, the last where none is dated."""
    dated = [entry for entry in line.entries if entry.day is not None]
    return max(dated, key=lambda entry: entry.day or date.min) if dated else line.entries[-1]


def _bases(record: Record, kept: dict[str, Position]) -> dict[str, Claim]:
    """The claims that positions of very few words were read from: "the demand" tells little without its clause."""
    short = [each.basis for each in kept.values() if each.content.end - each.content.start < SHORT_CONTENT]
    return record.claims_by_id(each for each in short if each.startswith("claim-"))


def _point(entry: LineEntry, kept: dict[str, Position], wording: Wording, bases: dict[str, Claim]) -> Point:
    own = next((kept[each] for each in entry.positions if each in kept), None)
    answered = kept.get(entry.answers or "")
    return Point(
        stance=entry.stance.value,
        day=day_words(entry.day) if entry.day else "",
        quote=wording.quote(_words_of(own, bases)) if own else "",
        words=words_href(own.article_id, own.id) if own else None,
        outlet=wording.outlet(own.article_id) if own else "",
        speaker=wording.role(own.by) if own else None,
        reported_by=wording.role(own.asserted_by) if own else None,
        changed=entry.changed,
        owed=entry.owed,
        by_others=entry.by_others,
        voices=entry.voices,
        answers=words_href(answered.article_id, answered.id) if answered else None,
    )


def _words_of(position: Position, bases: dict[str, Claim]) -> Span:
    """The content, or the clause around it where the content alone is too short to be understood."""
    claim = bases.get(position.basis)
    around = next((each for each in claim.evidence if each.covers(position.content)), None) if claim else None
    return around or position.content
