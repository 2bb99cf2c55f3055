"""`/timeline`: what happened and what is announced, day by day, as a list and as a graphic; `/timeline/points` feeds the graphic.

The conditions stand in the address, so that a view is a link.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from communique.records import LinkedEvent, Status
from communique.serve.pages.caching import KeptRoute
from communique.serve.pages.dates import range_words
from communique.serve.pages.listing import listing
from communique.serve.pages.rows import Asked, EventRow, first_day, happenings, happenings_of
from communique.serve.pages.wording import Wording, quad_of
from communique.serve.query import View, read_view
from communique.serve.site import site_of
from communique.store import Record

router = APIRouter(route_class=KeptRoute)

PAST = tuple(each.value for each in Status if each is not Status.SCHEDULED)
AHEAD = (Status.SCHEDULED.value,)
ROWS = 40
AHEAD_SHOWN = 10  # announced events beside the first page; a link opens all
POINTS_AT_ONCE = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """The events under one heading. `day` is None for the undated; `when` tells a heading that is wider than a day."""

    day: date | None
    when: str
    rows: tuple[EventRow, ...]

    @property
    def exact(self) -> bool:
        """True when the heading is a single day."""
        return self.day is not None and self.when == f"{self.day.day} {self.day:%B} {self.day.year}"


def by_day(rows: Iterable[EventRow]) -> tuple[Day, ...]:
    """Rows in timeline order, under the days or ranges that they are dated to."""
    return tuple(
        Day(day=day, when=when, rows=tuple(group))
        for (day, when), group in groupby(rows, key=lambda row: (row.day, row.when))
    )


@router.get("/timeline")
def timeline(request: Request) -> Response:
    """The first page shows what is announced too; further pages only what happened."""
    site = site_of(request)
    pairs = request.query_params.multi_items()
    view = read_view(site.record, "events", pairs, strict=False, default_limit=ROWS)
    asked = view.filters.statuses
    past = tuple(each for each in asked or PAST if each in PAST)
    behind = Asked(replace(view.filters, statuses=past)) if past else None
    beside = (not asked or AHEAD[0] in asked) and (not view.filters.after or not past)
    few = AHEAD_SHOWN if past else view.filters.limit
    before = Asked(replace(view.filters, statuses=AHEAD, limit=few)) if beside else None
    shown, ahead = happenings_of(site.record, behind, before)
    following = behind.following if behind else before.following if before else None
    more_ahead = bool(behind and before and before.following)
    context = {
        "past": by_day(shown),
        "ahead": by_day(ahead),
        "all_ahead": f"/timeline?{view.query(status=AHEAD)}" if more_ahead else None,
        "points": f"/timeline/points?{view.conditions}",
        "rest": _without_days(view),
    }
    return site.render(request, "timeline.html", listing(site.record, view, following, "/timeline") | context)


@router.get("/timeline/points")
def points(request: Request) -> Response:
    """The events as points of the graphic, at most POINTS_AT_ONCE, with the address of the next ones."""
    site = site_of(request)
    view = read_view(site.record, "events", request.query_params.multi_items(), strict=False)
    filters = replace(view.filters, limit=POINTS_AT_ONCE)
    part = site.record.events_slice(filters)
    told = _event_points(site.record, part.items)
    following = part.next
    if not part.items and not filters.after:  # a record that was never linked
        rows, following = happenings(site.record, filters)
        told = [_row_point(row) for row in rows if row.day is not None]
    address = f"/timeline/points?{view.query(after=following)}" if following else None
    return JSONResponse({"points": told, "next": address})


def _event_points(record: Record, events: Sequence[LinkedEvent]) -> list[dict[str, Any]]:
    """Dated events as the graphic draws them; their words are on the page that each opens."""
    dated = [(event, first_day(event.dates)) for event in events]
    wording = Wording(record, (), {each for event in events for each in (*event.actors, *event.recipients)})
    return [
        _point(
            day=day,
            event_type=event.type,
            status=event.status.value,
            who=", ".join(each.name for each in wording.names(event.actors)),
            whom=", ".join(each.name for each in wording.names(event.recipients)),
            when=range_words(event.dates),
            href=f"/events/{event.id}",
            reports=event.articles,
            disputed=bool(event.disputed),
        )
        for event, day in dated
        if day is not None
    ]


def _row_point(row: EventRow) -> dict[str, Any]:
    return _point(
        day=row.day or date.min,
        event_type=row.type,
        status=row.status,
        who=", ".join(each.name for each in row.who),
        whom=", ".join(each.name for each in row.whom),
        when=row.when,
        href=row.href,
        reports=row.reports,
        disputed=bool(row.disputed),
    )


def _point(
    *,
    day: date,
    event_type: str,
    status: str,
    who: str,
    whom: str,
    when: str,
    href: str,
    reports: int,
    disputed: bool,
) -> dict[str, Any]:
    return {
        "day": day.isoformat(),
        "quad": quad_of(event_type),
        "status": status,
        "title": f"{who or 'somebody'} → {whom}" if whom else who or "somebody",
        "type": event_type.lower(),
        "when": when,
        "href": href,
        "reports": reports,
        "disputed": disputed,
    }


def _without_days(view: View) -> str:
    """The view's address without its days, to which the graphic adds those that it shows."""
    return f"/timeline?{view.query(since=None, until=None)}"
