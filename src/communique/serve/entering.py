"""A token, or the link that was printed at the start → the cookie by which a browser is known; and out again."""

from typing import Annotated

from fastapi import APIRouter, Form, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from communique.serve.access import COOKIE, LONGEST_NAME, SESSION_SECONDS, Level
from communique.serve.problems import RefusedError
from communique.serve.security import client_of
from communique.serve.site import site_of

LONGEST_TOKEN = 512
# A page that goes on by itself: a cookie that is strictly of this site is not sent along a redirection from elsewhere.
ENTERED = (
    '<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="0; url=/">'
    '<title>Communiqué</title><p><a href="/">Go on to the record</a></p></html>'
)


def router() -> APIRouter:
    """GET and POST /login, POST /logout, GET /enter/CODE, GET /healthz."""
    routes = APIRouter()
    routes.add_api_route("/login", login_page, methods=["GET"])
    routes.add_api_route("/login", login, methods=["POST"])
    routes.add_api_route("/logout", logout, methods=["POST"])
    routes.add_api_route("/enter/{code}", enter, methods=["GET"])
    routes.add_api_route("/healthz", healthy, methods=["GET"])
    return routes


def login_page(request: Request, next: str = "/") -> Response:
    """The form for the token."""
    return site_of(request).render(request, "login.html", {"next": local(next), "failed": False})


def login(
    request: Request,
    token: Annotated[str, Form(max_length=LONGEST_TOKEN)],
    name: Annotated[str, Form(max_length=LONGEST_NAME)] = "",
    next: Annotated[str, Form(max_length=2_000)] = "/",
) -> Response:
    """Exchanges the token for a cookie and goes on to `next`."""
    site = site_of(request)
    wait = site.rates.wait(client_of(request.scope), "sign-in")
    if wait > 0:
        raise RefusedError(429, "Too many tries; wait a little.", headers={"retry-after": str(wait)})
    level = site.access.level_of(token.strip())
    if level == Level.NONE:
        return site.render(request, "login.html", {"next": local(next), "failed": True}, 403)
    answer = RedirectResponse(local(next), 303)
    _set_cookie(request, answer, level, name)
    return answer


def logout(request: Request) -> Response:
    """Takes the cookie away."""
    answer = RedirectResponse("/", 303)
    answer.delete_cookie(COOKIE, path="/", httponly=True, samesite="strict")
    return answer


def enter(request: Request, code: str) -> Response:
    """The link printed at the start: works once."""
    site = site_of(request)
    wait = site.rates.wait(client_of(request.scope), "sign-in")
    if wait > 0:
        raise RefusedError(429, "Too many tries; wait a little.", headers={"retry-after": str(wait)})
    level = site.access.redeem(code)
    if level == Level.NONE:
        raise RefusedError(403, "This link has been used; sign in with the token, or start the server again.")
    answer = HTMLResponse(ENTERED)
    _set_cookie(request, answer, level, "")
    return answer


def healthy() -> Response:
    """For a proxy that wants to know whether the server runs."""
    return Response("ok\n", media_type="text/plain")


def local(address: str) -> str:
    """The address when it lies on this server, else `/`: nobody is led elsewhere by a link to our login page."""
    fine = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if fine and "\\" not in address else "/"


def _set_cookie(request: Request, answer: Response, level: Level, name: str) -> None:
    answer.set_cookie(
        COOKIE,
        site_of(request).access.cookie(level, name),
        max_age=SESSION_SECONDS,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="strict",
    )
