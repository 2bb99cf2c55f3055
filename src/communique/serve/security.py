"""The gate before every request: which hosts it may be asked under, who asks, how much is sent and how often.

Plain ASGI, outermost first: headers and faults, host, rate, visitor, body. What is refused never reaches a handler.
"""

import asyncio
import logging
import os
from collections.abc import Iterable
from typing import Annotated
from urllib.parse import quote, urlsplit

from fastapi import Depends, Request
from starlette.datastructures import Headers, MutableHeaders, QueryParams
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from communique.serve.access import COOKIE, Access, Level, Visitor
from communique.serve.problems import API, RefusedError, refusal
from communique.serve.rates import Rates
from communique.serve.site import visitor_of

HEADERS = {
    "content-security-policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
LOOPBACK_HOSTS = frozenset({"localhost", "127.0.0.1", "::1"})
OPEN_PATHS = ("/static/", "/enter/", "/login", "/healthz")  # what can be had without the token that reading may need
FOR_LONG = "public, max-age=31536000, immutable"  # a file whose address changes with its content
SIGN_IN_PATHS = ("/login", "/logout")
FEED_PATHS = frozenset({"/meetings.ics", "/atom"})
FEED_KEY = "key"
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
LONGEST_TARGET = 8_000  # characters of path and query
MAX_BODY_BYTES = 5_000_000
BODY_SECONDS = 30.0
CSRF_FIELD = "csrf"
CSRF_HEADER = "x-csrf-token"
DEBUG = "COMMUNIQUE_DEBUG"

log = logging.getLogger("communique.serve")


class Outermost:
    """Adds the protecting headers to every answer and turns a fault of the program into one that shows nothing of it."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        begun = False
        versioned = scope["path"].startswith("/static/") and scope["query_string"].startswith(b"v=")

        async def protected(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers[name] = value
                if "cache-control" not in headers:
                    kept = versioned and message["status"] == 200
                    headers["cache-control"] = FOR_LONG if kept else "private, no-cache"
            await send(message)

        try:
            await self._app(scope, receive, protected)
        except Exception as error:
            about = f"{scope['method']} {scope['path']!r}: the program failed ({type(error).__name__}: {error})"
            log.error(about, exc_info=error if os.environ.get(DEBUG) else None)
            if begun:  # too late to say it: the connection is cut, so that half an answer is not taken for a whole one
                raise
            detail = "The server failed to answer; its log says more."
            await refusal(scope, 500, detail)(scope, receive, protected)


class Gate:
    """Refuses foreign hosts, too many requests and who may not do this; what it lets through knows its visitor."""

    def __init__(self, app: ASGIApp, *, access: Access, hosts: Iterable[str] | None, rates: Rates) -> None:
        self._app = app
        self._access = access
        self._hosts = None if hosts is None else frozenset(each.lower() for each in hosts)
        self._rates = rates

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handles one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        answer = self._refused(scope)
        if answer is not None:
            await answer(scope, receive, send)
            return
        await self._app(scope, _bounded(Headers(scope=scope), receive), send)

    def _refused(self, scope: Scope) -> Response | None:
        headers = Headers(scope=scope)
        path, method = scope["path"], scope["method"]
        if self._hosts is not None and host_of(headers.get("host", "")) not in self._hosts:
            return refusal(scope, 421, "This server is not asked under that name; start it with --allow-host NAME.")
        if len(path) + len(scope["query_string"]) > LONGEST_TARGET:
            return refusal(scope, 414, f"The address is longer than {LONGEST_TARGET} characters.")
        if _length(headers) > MAX_BODY_BYTES:
            return refusal(scope, 413, f"The body is larger than {MAX_BODY_BYTES:,} bytes.")
        safe = method in SAFE_METHODS
        wait = self._rates.wait(client_of(scope), "read" if safe else "write")
        if wait > 0:
            return refusal(scope, 429, "Too many requests; wait a little.", headers={"retry-after": str(wait)})
        visitor = self._access.visitor(headers.get("authorization"), cookies_of(headers).get(COOKIE))
        scope.setdefault("state", {})["visitor"] = visitor
        if not safe and not _same_origin(headers):
            return refusal(scope, 403, "This was sent from a page of another site.")
        if path.startswith(OPEN_PATHS) or (path in SIGN_IN_PATHS and method == "POST"):
            return None
        if safe and path in FEED_PATHS and visitor.level == Level.NONE:
            key = QueryParams(scope["query_string"]).get(FEED_KEY, "")
            if self._access.opens_feeds(key):
                return None
        return self._not_allowed(scope, visitor, headers, safe=safe)

    def _not_allowed(self, scope: Scope, visitor: Visitor, headers: Headers, *, safe: bool) -> Response | None:
        challenge = {"www-authenticate": 'Bearer realm="communique"'}
        wrong = "authorization" in headers and (visitor.level == Level.NONE or not (safe or visitor.may_write))
        wait = self._rates.wait(client_of(scope), "sign-in") if wrong else 0
        if wait > 0:
            return refusal(scope, 429, "Too many wrong tokens; wait a little.", headers={"retry-after": str(wait)})
        if visitor.level == Level.NONE:
            if safe and not scope["path"].startswith(API) and "text/html" in headers.get("accept", ""):
                target = scope["path"] + (
                    f"?{scope['query_string'].decode('latin-1')}" if scope["query_string"] else ""
                )
                return RedirectResponse(f"/login?next={quote(target, safe='')}", 303)
            return refusal(scope, 401, "Reading needs a token: Authorization: Bearer TOKEN.", headers=challenge)
        if safe or visitor.may_write:
            return None
        if not self._access.writable:
            return refusal(scope, 403, "This server only reads; start it with --write to change the record.")
        return refusal(scope, 401, "Writing needs the token that the server printed at its start.", headers=challenge)


async def require_writer(request: Request) -> Visitor:
    """The visitor of a request that changes something; a browser's must bring the word of our own pages."""
    visitor = visitor_of(request)
    if not visitor.may_write:
        raise RefusedError(403, "Writing needs the token that the server printed at its start.")
    if visitor.by_cookie:
        given = request.headers.get(CSRF_HEADER)
        if given is None and request.headers.get("content-type", "").startswith(
            ("application/x-www-form-urlencoded", "multipart/form-data")
        ):
            field = (await request.form(max_part_size=MAX_BODY_BYTES)).get(CSRF_FIELD)
            given = field if isinstance(field, str) else None
        if given is None or given != visitor.csrf:
            raise RefusedError(403, "The form is too old or not ours; load the page again and repeat it.")
    return visitor


Writer = Annotated[Visitor, Depends(require_writer)]


def client_of(scope: Scope) -> str:
    """The address that asks (behind a proxy of this machine, the one that the proxy tells)."""
    return str(scope["client"][0]) if scope.get("client") else ""


def host_of(host: str) -> str:
    """The name in a Host header, without port and brackets."""
    try:
        return (urlsplit(f"//{host}").hostname or "").lower()
    except ValueError:
        return ""


def cookies_of(headers: Headers) -> dict[str, str]:
    """The cookies that are sent; of one name the first, since a cookie set for a narrower path comes first."""
    found: dict[str, str] = {}
    for part in headers.get("cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        found.setdefault(name, value)
    return found


def _length(headers: Headers) -> int:
    told = headers.get("content-length", "0")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 19 else 0


def _same_origin(headers: Headers) -> bool:
    """False when a browser says that another site made it send this."""
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or (origin != "null" and urlsplit(origin).netloc.lower() == headers.get("host", "").lower())


def _bounded(headers: Headers, receive: Receive) -> Receive:
    """`receive` that stops when more comes than MAX_BODY_BYTES, or when nothing comes for BODY_SECONDS."""
    if "content-length" not in headers and "transfer-encoding" not in headers:
        return receive
    taken = 0
    whole = False

    async def counted() -> Message:
        nonlocal taken, whole
        if whole:
            return await receive()  # waits for the visitor to go away
        try:
            message = await asyncio.wait_for(receive(), BODY_SECONDS)
        except TimeoutError:
            raise RefusedError(408, "The body did not arrive in time.") from None
        taken += len(message.get("body", b""))
        whole = message["type"] != "http.request" or not message.get("more_body", False)
        if taken > MAX_BODY_BYTES:
            raise RefusedError(413, f"The body is larger than {MAX_BODY_BYTES:,} bytes.")
        return message

    return counted
