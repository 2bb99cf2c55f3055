"""`/meetings.ics?…` and `/atom?…`: a view that a calendar or a feed reader asks for again and again.

The same filters as the list it is a feed of. What has not changed since the tag that was sent is not sent again. Where reading
needs a token, `key` in the address stands for it, since such programs know no other way.
"""

from collections.abc import Callable

from fastapi import APIRouter, Request
from starlette.responses import Response

from communique.export.formats import FORMATS
from communique.serve.api.answering import tag_of, unchanged
from communique.serve.api.kinds import LISTINGS
from communique.serve.api.streaming import Download, Streams, written_by
from communique.serve.query import read_view
from communique.serve.security import FEED_KEY
from communique.serve.site import site_of

FEEDS = {"/meetings.ics": ("meetings", "ics", None), "/atom": ("events", "atom", 100)}  # list, format, entries


def router() -> APIRouter:
    """One route for each feed."""
    routes = APIRouter()
    streams = Streams()
    for path, (kind, name, most) in FEEDS.items():
        routes.add_api_route(path, _feeder(kind, name, most, streams), methods=["GET"])
    return routes


def _feeder(kind: str, name: str, most: int | None, streams: Streams) -> Callable[[Request], Response]:
    format = FORMATS[name]

    def handle(request: Request) -> Response:
        record = site_of(request).record
        pairs = request.query_params.multi_items()
        view = read_view(record, kind, pairs, extra=(FEED_KEY,), default_limit=most)
        tag = tag_of(record.revision())
        known = unchanged(request, tag)
        if known is not None:
            return known
        feed = Download(
            name=name,
            media_type=format.media_type,
            extension=format.extension,
            write=written_by(format.write, str(request.base_url)),
            attached=False,
        )
        return streams.answer(record, LISTINGS[kind], view, feed, {"etag": tag})

    return handle
