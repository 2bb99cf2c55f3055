"""`/meetings`: announced meetings as a month's calendar and as a list with their status history; `/meetings.ics` is the API's."""

from calendar import Calendar
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from fastapi import APIRouter, Request, Response

from communique.records import LinkedMeeting
from communique.serve.pages.asof import as_of
from communique.serve.pages.caching import KeptRoute
from communique.serve.pages.dates import UNKNOWN, day_words, range_words
from communique.serve.pages.listing import href, listing
from communique.serve.pages.wording import Name, Wording, words_href
from communique.serve.query import View, read_view
from communique.serve.site import site_of
from communique.store import Filters, Record

router = APIRouter(route_class=KeptRoute)

LONGEST_SHOWN_DAYS = 7  # a meeting "in January" is listed above the month, not on each of its days
CALENDAR = "/meetings.ics"
LOOKED_BACK_DAYS = 120
ROWS = 40
MOST_IN_MONTH = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One step of a meeting's status, with the words that made it."""

    status: str
    day: str
    words: str
    outlet: str
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MeetingRow:
    """One meeting over all articles. `words` opens what was last said of it."""

    id: str
    parties: tuple[Name, ...]
    format: str
    when: str
    first: date | None
    last: date | None
    place: str
    status: str
    moves: tuple[Move, ...]
    articles: int
    voices: int

    @property
    def words(self) -> str:
        """The words of the latest move."""
        return self.moves[-1].words if self.moves else f"/meetings?after={self.id}"

    @property
    def title(self) -> str:
        """The parties in one line."""
        return " – ".join(each.name for each in self.parties) or "Parties unknown"


@router.get("/meetings")
def meetings(request: Request, month: str = "") -> Response:
    """The calendar of one month (`month=2022-01`; the next meeting's by default) and the list."""
    site = site_of(request)
    pairs = request.query_params.multi_items()
    view = read_view(site.record, "meetings", pairs, strict=False, default_limit=ROWS)
    part = site.record.linked_meetings_slice(view.filters)
    rows = meeting_rows(site.record, part.items)
    today = as_of(site.record, site.now().date())
    shown = _month(month) or _telling_month(rows, today.day)
    last = (shown + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    inside = site.record.linked_meetings_slice(
        replace(view.filters, since=shown, until=last, after=None, limit=MOST_IN_MONTH)
    )
    weeks, wide = _weeks(shown, meeting_rows(site.record, inside.items))
    context = {
        "rows": rows,
        "month": shown,
        "weeks": weeks,
        "wide": wide,
        "today": today,
        "months": {"before": _step(view, shown, -1), "after": _step(view, shown, 1)},
        "subscribe": _calendar(view),
    }
    return site.render(request, "meetings.html", listing(site.record, view, part.next, "/meetings") | context)


def _calendar(view: View) -> str:
    """The address of the view as a calendar file."""
    return f"{CALENDAR}?{view.conditions}" if view.conditions else CALENDAR


def coming(record: Record, day: date, most: int) -> tuple[MeetingRow, ...]:
    """Meetings that lie ahead of a day and were not called off, the next first."""
    filters = Filters(since=day, statuses=("announced", "confirmed", "postponed"), limit=most)
    return meeting_rows(record, record.linked_meetings_slice(filters).items)


def latest(record: Record, day: date, most: int) -> tuple[MeetingRow, ...]:
    """The last meetings before a day, the latest first."""
    filters = Filters(since=day - timedelta(days=LOOKED_BACK_DAYS), until=day, limit=MOST_IN_MONTH)
    return tuple(reversed(meeting_rows(record, record.linked_meetings_slice(filters).items[-most:])))


def meeting_rows(record: Record, meetings: Sequence[LinkedMeeting]) -> tuple[MeetingRow, ...]:
    """Meetings with names, and each move with its words."""
    claims = record.claims_by_id([move.claim_id for each in meetings for move in each.moves])
    wording = Wording(record, claims.values(), [party for each in meetings for party in each.parties])
    made = []
    for each in meetings:
        moves = []
        for move in each.moves:
            claim = claims.get(move.claim_id)
            moves.append(
                Move(
                    status=move.status.value,
                    day=day_words(move.day) if move.day else "",
                    words=words_href(move.article_id, move.claim_id),
                    outlet=wording.outlet(move.article_id),
                    quote=wording.quote(claim.evidence[0] if claim.evidence else claim.trigger) if claim else "",
                )
            )
        made.append(
            MeetingRow(
                id=each.id,
                parties=wording.names(each.parties),
                format=each.format or "meeting",
                when=range_words(each.dates) or UNKNOWN,
                first=each.dates.earliest if each.dates else None,
                last=each.dates.latest if each.dates else None,
                place=", ".join(part for part in (each.place, each.country) if part),
                status=each.status.value,
                moves=tuple(moves),
                articles=each.articles,
                voices=each.voices,
            )
        )
    return tuple(made)


def _month(text: str) -> date | None:
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError:
        return None


def _telling_month(rows: Iterable[MeetingRow], today: date) -> date:
    """The month of the next meeting, of the latest one where all lie behind, else this month."""
    days = sorted(row.first for row in rows if row.first is not None)
    ahead = [day for day in days if day >= today]
    return (ahead[0] if ahead else days[-1] if days else today).replace(day=1)


def _weeks(
    month: date, rows: Iterable[MeetingRow]
) -> tuple[list[list[tuple[date, tuple[MeetingRow, ...]]]], tuple[MeetingRow, ...]]:
    """The weeks of a month, Monday first, each day with its meetings; and those whose day is not known that closely."""
    on_day: Mapping[date, list[MeetingRow]] = defaultdict(list)
    wide = []
    for row in rows:
        first, last = row.first or row.last, row.last or row.first
        if first is None or last is None or (last - first).days >= LONGEST_SHOWN_DAYS:
            wide.append(row)
            continue
        for number in range((last - first).days + 1):
            on_day[first + timedelta(days=number)].append(row)
    weeks = Calendar().monthdatescalendar(month.year, month.month)
    return [[(day, tuple(on_day.get(day, ()))) for day in week] for week in weeks], tuple(wide)


def _step(view: View, month: date, months: int) -> tuple[str, str]:
    """Name and address of a neighbouring month."""
    number = month.year * 12 + month.month - 1 + months
    if not 12 <= number < 9999 * 12:
        number = month.year * 12 + month.month - 1
    there = date(number // 12, number % 12 + 1, 1)
    beside = f"{view.conditions}&" if view.conditions else ""
    return f"{there:%B %Y}", f"/meetings?{beside}{href('', month=f'{there:%Y-%m}').removeprefix('?')}#calendar"
