"""Anything that goes wrong → an answer that says so: problem+json (RFC 9457) for programs, a page for browsers.

What it tells is what the visitor can do something about; faults of the program are told as such, and only the log says more.
"""

import json
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.types import Scope

PROBLEM_TYPE = "application/problem+json"
API = "/api/"

Faults = Iterable[tuple[str, str]]


class RefusedError(HTTPException):
    """A request that is answered with a problem: its HTTP status, what is wrong in one sentence, and headers to send."""

    def __init__(
        self, status: int, detail: str, *, faults: Faults = (), headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, detail, headers)
        self.faults = tuple(faults)


def problem(status: int, detail: str, *, faults: Faults = (), headers: Mapping[str, str] | None = None) -> Response:
    """The problem as JSON; `errors` names each wrong parameter or field with the reason."""
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
    }
    listed = [{"name": name, "reason": reason} for name, reason in faults]
    if listed:
        told["errors"] = listed
    content = json.dumps(told, ensure_ascii=True)
    return Response(content, status_code=status, media_type=PROBLEM_TYPE, headers=dict(headers or {}))


def refusal(
    scope: Scope, status: int, detail: str, *, faults: Faults = (), headers: Mapping[str, str] | None = None
) -> Response:
    """The problem in the form that who asks can read: a page for a browser outside the API, else JSON."""
    request = Request(scope)
    named = tuple(faults)
    if scope["path"].startswith(API) or "text/html" not in request.headers.get("accept", ""):
        return problem(status, detail, faults=named, headers=headers)
    context = {"status": status, "title": HTTPStatus(status).phrase, "detail": detail, "faults": named}
    try:
        page: Response = request.app.state.site.render(request, "error.html", context, status)
    except Exception:  # an error while an error is told: the plain form needs nothing
        page = HTMLResponse(f"<!doctype html><title>{status}</title><h1>{HTTPStatus(status).phrase}</h1>", status)
    page.headers.update(dict(headers or {}))
    return page
