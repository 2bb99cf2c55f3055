"""Pages are kept for a moment for readers who have not signed in: many who look at one view cost as much as one.

A kept page is given while the record is unchanged, or for FRESH_SECONDS after it was made; who has signed in gets every page anew.
"""

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from communique.serve.site import site_of, visitor_of

FRESH_SECONDS = 1.0
KEPT_BYTES = 64_000_000  # of all pages together: one to three thousand of them
LONGEST_BODY = 600_000  # bytes
NOT_KEPT = frozenset({"/"})  # tells each reader what is new to them


@dataclass(frozen=True, slots=True)
class Kept:
    """A page as it was sent, the record's revision it was made from, and when (seconds of a clock that only goes on)."""

    revision: str
    made: float
    body: bytes
    media_type: str


class Shelf:
    """The pages kept by one application, the longest unused given up first."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Kept] = OrderedDict()
        self._bytes = 0
        self._lock = threading.Lock()

    def find(self, address: str) -> Kept | None:
        """The page kept under an address."""
        with self._lock:
            found = self._pages.get(address)
            if found is not None:
                self._pages.move_to_end(address)
            return found

    def keep(self, address: str, page: Kept) -> None:
        """Keeps a page."""
        with self._lock:
            before = self._pages.pop(address, None)
            self._bytes += len(page.body) - (len(before.body) if before is not None else 0)
            self._pages[address] = page
            while self._bytes > KEPT_BYTES:
                _, gone = self._pages.popitem(last=False)
                self._bytes -= len(gone.body)


class KeptRoute(APIRoute):
    """A route whose pages are kept."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """The handler with the shelf before it."""
        handle = super().get_route_handler()

        async def kept(request: Request) -> Response:
            visitor = visitor_of(request)
            if request.method != "GET" or visitor.by_cookie or visitor.may_write or request.url.path in NOT_KEPT:
                return await handle(request)
            if "hx-request" in request.headers or request.url.path.startswith("/jobs/"):
                return await handle(request)
            shelf = _shelf_of(request)
            address = f"{request.url.path}?{request.url.query}"
            found = shelf.find(address)
            now = time.monotonic()
            if found is not None and now - found.made < FRESH_SECONDS:
                return Response(found.body, media_type=found.media_type)
            revision = await run_in_threadpool(site_of(request).record.revision)
            if found is not None and found.revision == revision:
                return Response(found.body, media_type=found.media_type)
            answer = await handle(request)
            body = getattr(answer, "body", None)
            if answer.status_code == 200 and isinstance(body, bytes) and 0 < len(body) < LONGEST_BODY:
                media_type = answer.headers.get("content-type", "text/html; charset=utf-8")
                shelf.keep(address, Kept(revision, now, body, media_type))
            return answer

        return kept


def _shelf_of(request: Request) -> Shelf:
    state = request.app.state
    if not hasattr(state, "shelf"):
        state.shelf = Shelf()
    shelf = state.shelf
    assert isinstance(shelf, Shelf)
    return shelf
