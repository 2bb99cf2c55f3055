"""`/`: what is new since the last visit, what is coming, where reports disagree, and a box for an article to read."""

from dataclasses import dataclass
from datetime import date, timedelta

from fastapi import APIRouter, Request, Response

from communique.records import Article, LinkedEvent
from communique.serve.pages.articles import ArticleRow, article_row
from communique.serve.pages.asof import as_of_articles
from communique.serve.pages.caching import KeptRoute
from communique.serve.pages.meetings import MeetingRow, coming, latest
from communique.serve.pages.rows import EventRow, event_rows
from communique.serve.pages.versions import ids_in, value_words
from communique.serve.pages.wording import Wording
from communique.serve.site import site_of
from communique.store import Filters, Record
from communique.store.as_of import AsOf

router = APIRouter(route_class=KeptRoute)

SEEN = "communique_seen"
VISIT_SECONDS = 1800  # after this long without a look at the front page a new visit begins
YEAR_SECONDS = 365 * 24 * 3600
NEWEST_READ = 60
NEWEST_SHOWN = 14
COMING_SHOWN = 6
DISPUTES_SHOWN = 6
WINDOWS_DAYS = (7, 30, 120, 1000)  # how far back disagreements are looked for, until enough are found
EVENTS_READ = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Dispute:
    """An event about which reports differ; `versions` are (field, first value, second value) in words."""

    row: EventRow
    versions: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """What is the same for all visitors: the newest articles first, their days, what is coming (or came last), disagreements."""

    newest: tuple[ArticleRow, ...]
    articles: int
    days: tuple[date, date] | None
    seen_from: AsOf
    coming: tuple[MeetingRow, ...]
    latest: tuple[MeetingRow, ...]
    disputes: tuple[Dispute, ...]


@router.get("/")
def front(request: Request) -> Response:
    """The front page. A cookie remembers which article was the newest at the last visit."""
    site = site_of(request)
    now = site.now()
    edition = edition_of(request, site.record, now.date())
    ids = [row.id for row in edition.newest]
    current, before, began = _seen(request.cookies.get(SEEN, ""))
    clock = int(now.timestamp())
    if clock - began > VISIT_SECONDS:
        before = current
    at = ids.index(before) if before in ids else 0
    new, known = edition.newest[:at], edition.newest[at:]
    context = {
        "edition": edition,
        "new": new[:NEWEST_SHOWN],
        "new_count": len(new),
        "known": known[: max(4, NEWEST_SHOWN - len(new))],
        "returning": before in ids,
        "now": now.date(),
        "fetches": site.fetch,
    }
    answer = site.render(request, "front.html", context)
    top = ids[0] if ids else ""
    answer.set_cookie(SEEN, f"{top}.{before}.{clock}", max_age=YEAR_SECONDS, path="/", httponly=True, samesite="lax")
    return answer


def edition_of(request: Request, record: Record, today: date) -> Edition:
    """What the front page has for everybody, made once for each state of the record and each day."""
    state = request.app.state
    key = (record.revision(), today)
    kept: tuple[tuple[str, date], Edition] | None = getattr(state, "edition", None)
    if kept is not None and kept[0] == key:
        return kept[1]
    newest = record.newest(NEWEST_READ)
    seen_from = as_of_articles(newest, today)
    ahead = coming(record, seen_from.day, COMING_SHOWN)
    made = Edition(
        newest=tuple(article_row(each) for each in newest),
        articles=record.count("articles", Filters()),
        days=_span_of(newest),
        seen_from=seen_from,
        coming=ahead,
        latest=() if ahead else latest(record, seen_from.day, COMING_SHOWN - 2),
        disputes=disputes(record, seen_from.day),
    )
    state.edition = (key, made)
    return made


def disputes(record: Record, day: date) -> tuple[Dispute, ...]:
    """Events of late about which independent reports differ, the most reported first."""
    found: list[LinkedEvent] = []
    for days in WINDOWS_DAYS:
        events = record.events_slice(Filters(since=day - timedelta(days=days), limit=EVENTS_READ)).items
        found = [each for each in events if each.disputed and each.articles > 1]
        if len(found) >= DISPUTES_SHOWN:
            break
    found.sort(key=lambda each: (-each.voices, -len(each.disputed), each.id))
    shown = found[:DISPUTES_SHOWN]
    wording = Wording(record, (), [each for event in shown for each in ids_in(event)])
    rows = {row.id: row for row in event_rows(record, shown)}
    return tuple(
        Dispute(
            row=rows[event.id],
            versions=tuple(
                (each.field, value_words(each.values[0].value, wording), value_words(each.values[1].value, wording))
                for each in event.fields
                if each.disputed
            ),
        )
        for event in shown
        if event.id in rows
    )


def _seen(cookie: str) -> tuple[str, str, int]:
    """The newest article at the last look, at the visit before, and when the last look was (seconds)."""
    parts = cookie.split(".")
    if len(parts) != 3 or not (parts[2].isascii() and parts[2].isdigit() and len(parts[2]) < 12):
        return "", "", 0
    return parts[0], parts[1], int(parts[2])


def _span_of(newest: tuple[Article, ...]) -> tuple[date, date] | None:
    days = [each.published.day for each in newest if each.published]
    return (min(days), max(days)) if days else None
