"""`/map`: events by place, drawn offline. `/map/places` feeds it; `/map/boundaries.json` is the boundary file.

A file `boundaries.json` in the folder of the record (TopoJSON with an object `countries`) takes the place of the one that comes
with the program, whose lines are Natural Earth's and nobody's claim.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, JSONResponse

from communique.records import Claim
from communique.serve.pages.caching import KeptRoute
from communique.serve.pages.listing import href, listing
from communique.serve.pages.wording import quad_of
from communique.serve.query import View, read_view
from communique.serve.site import STATIC, Site, site_of

router = APIRouter(route_class=KeptRoute)

CLAIMS_AT_ONCE = 1000
CLAIMS_LISTED = 300  # of which the page itself lists the places; the drawing asks for more
LISTED = 40
OWN_BOUNDARIES = "boundaries.json"
BOUNDARIES = STATIC / "vendor" / "countries-110m.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with its claims counted; `latitude` and `longitude` in degrees (WGS 84). `href` lists what happened there."""

    name: str
    country: str
    precision: str
    latitude: float
    longitude: float
    claims: int
    cooperation: int
    conflict: int
    href: str


@router.get("/map")
def map_page(request: Request) -> Response:
    """The map and, for who cannot see it, the list of places."""
    site = site_of(request)
    view = read_view(site.record, "claims", request.query_params.multi_items(), strict=False)
    part = site.record.claims_slice(replace(view.filters, limit=CLAIMS_LISTED))
    context = {
        "spots": spots(part.items, view)[:LISTED],
        "places": f"/map/places?{view.conditions}",
        "boundaries": _address(boundaries_of(site)),
        "own": boundaries_of(site) != BOUNDARIES,
    }
    return site.render(request, "map.html", listing(site.record, view, None, "/map") | context)


@router.get("/map/places")
def places(request: Request) -> Response:
    """The places of some claims, with the address of the next ones."""
    site = site_of(request)
    view = read_view(site.record, "claims", request.query_params.multi_items(), strict=False)
    part = site.record.claims_slice(replace(view.filters, limit=CLAIMS_AT_ONCE))
    told: list[dict[str, Any]] = [
        {name: getattr(each, name) for name in Spot.__dataclass_fields__} for each in spots(part.items, view)
    ]
    following = f"/map/places?{view.query(after=part.next)}" if part.next else None
    return JSONResponse({"places": told, "next": following})


@router.get("/map/boundaries.json")
def boundaries(request: Request) -> Response:
    """The boundary file."""
    return FileResponse(
        boundaries_of(site_of(request)), media_type="application/json", headers={"cache-control": "max-age=3600"}
    )


def boundaries_of(site: Site) -> Path:
    """The user's own boundary file beside the record, else the program's."""
    own = site.record.path.parent / OWN_BOUNDARIES
    return own if own.is_file() else BOUNDARIES


def spots(claims: Iterable[Claim], view: View) -> list[Spot]:
    """The places of the claims, the busiest first."""
    counted: dict[tuple[str, str], Counter[str]] = {}
    found: dict[tuple[str, str], Spot] = {}
    for claim in claims:
        place = claim.place
        if place is None or place.latitude is None or place.longitude is None:
            continue
        key = (place.name, place.country or "")
        counts = counted.setdefault(key, Counter())
        counts["claims"] += 1
        counts["cooperation" if quad_of(claim.type) in (1, 2) else "conflict"] += 1
        if key not in found:
            found[key] = Spot(
                name=place.name,
                country=place.country or "",
                precision=place.precision,
                latitude=place.latitude,
                longitude=place.longitude,
                claims=0,
                cooperation=0,
                conflict=0,
                href=f"/timeline?{view.query(place=place.name)}",
            )
    made = [
        replace(
            spot,
            claims=counted[key]["claims"],
            cooperation=counted[key]["cooperation"],
            conflict=counted[key]["conflict"],
        )
        for key, spot in found.items()
    ]
    return sorted(made, key=lambda each: (-each.claims, each.name, each.country))


def _address(path: Path) -> str:
    return href("/map/boundaries.json", v=int(path.stat().st_mtime))
