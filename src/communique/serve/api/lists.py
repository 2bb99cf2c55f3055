"""GET /api/KIND: pages of JSON with a cursor to the next, or the whole view streamed as CSV, JSON lines and other formats."""

from collections.abc import Callable, Mapping
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from communique.serve.api.answering import answer, tag_of, unchanged
from communique.serve.api.documenting import failures, named_choice, parameters
from communique.serve.api.kinds import LISTINGS, Listing
from communique.serve.api.models import page_of
from communique.serve.api.streaming import Download, Streams, asked_format, downloads_of
from communique.serve.query import read_view
from communique.serve.site import site_of


def router() -> APIRouter:
    """One route for each list."""
    routes = APIRouter()
    streams = Streams()
    for listing in LISTINGS.values():
        downloads = downloads_of(listing.name)
        whole = {each.media_type.partition(";")[0]: {"schema": _schema(each)} for each in downloads.values()}
        routes.add_api_route(
            f"/api/{listing.name}",
            _lister(listing, downloads, streams),
            methods=["GET"],
            operation_id=f"list_{listing.name}",
            summary=listing.title,
            tags=[listing.name],
            response_model=page_of(f"{listing.name.capitalize()}Page", listing.item),
            responses={
                200: {"description": "A page, or the whole view in another format.", "content": whole},
                **failures(304, 404),
            },
            openapi_extra={
                "parameters": [
                    *parameters(listing.name),
                    named_choice("format", "The whole view as a file; `Accept` does the same.", ["json", *downloads]),
                ]
            },
        )
    return routes


def _lister(listing: Listing, downloads: Mapping[str, Download], streams: Streams) -> Callable[[Request], Response]:
    """The handler of one list."""

    def handle(request: Request) -> Response:
        record = site_of(request).record
        pairs = request.query_params.multi_items()
        wanted = asked_format(request, downloads)
        view = read_view(record, listing.name, pairs, extra=("format",), default_limit=None if wanted else 100)
        if wanted is not None:
            return streams.answer(record, listing, view, wanted)
        tag = tag_of(record.revision())
        known = unchanged(request, tag)
        if known is not None:
            return known
        part = listing.page(record, view.filters)
        content: dict[str, Any] = {"items": listing.tell(record, part.items), "next": None}
        headers = {"vary": "accept"}
        if part.next is not None:
            content["next"] = f"{request.url.path}?{view.query(after=part.next)}"
            headers["link"] = f'<{content["next"]}>; rel="next"'
        return answer(content, tag=tag, headers=headers)

    return handle


def _schema(download: Download) -> dict[str, Any]:
    """What a file is to a program that reads the description."""
    if download.media_type.partition(";")[0].endswith("+json"):
        return {"type": ["array", "object"]}
    return {"type": "string"}
