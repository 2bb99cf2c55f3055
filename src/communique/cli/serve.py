"""`communique serve`: a record in the browser, and as an API."""

import contextlib
import logging
import secrets
import socket
import webbrowser
from ipaddress import ip_address
from typing import Annotated

import typer

from communique.cli.options import RecordFile, record_path, settings_of
from communique.cli.output import note
from communique.records import ConfigurationError

LOCALHOST = "localhost"
SHORTEST_TOKEN = 16
HIGHEST_PORT = 65_535

Host = Annotated[str, typer.Option(metavar="ADDRESS", help="Where to listen; other than this machine needs a token.")]
Port = Annotated[int, typer.Option(min=0, max=HIGHEST_PORT, metavar="N", help="The port; 0 takes any free one.")]
Write = Annotated[
    bool, typer.Option("--write", help="Let who has the printed token add articles and judge what was coded.")
]
Token = Annotated[
    str | None,
    typer.Option(
        envvar="COMMUNIQUE_TOKEN",
        metavar="TOKEN",
        help="Reading needs this token too (at least 16 characters; best given in the environment).",
        show_default=False,
        show_envvar=True,
    ),
]
WriteToken = Annotated[
    str | None,
    typer.Option(
        "--write-token",
        envvar="COMMUNIQUE_WRITE_TOKEN",
        metavar="TOKEN",
        help="The token for writing, instead of a new one at every start.",
        show_default=False,
    ),
]
AllowHost = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host",
        metavar="NAME",
        help="A name it is asked under, as by a proxy; may be repeated.",
        show_default=False,
    ),
]
Fetch = Annotated[bool, typer.Option("--fetch", help="Fetch addresses that a reader submits (never private ones).")]
Open = Annotated[bool, typer.Option("--open", help="Open it in the browser.")]


def serve(
    context: typer.Context,
    record: RecordFile = None,
    host: Host = "127.0.0.1",
    port: Port = 8000,
    write: Write = False,
    token: Token = None,
    write_token: WriteToken = None,
    allow_host: AllowHost = None,
    fetch: Fetch = False,
    open: Open = False,
) -> None:
    """Open the record in the browser, with all its pages and an API."""
    import uvicorn

    from communique.serve import make_app, settle
    from communique.serve.security import LOOPBACK_HOSTS

    settings = settings_of(context)
    local = is_loopback(host)
    _check_token(token, "COMMUNIQUE_TOKEN")
    _check_token(write_token, "COMMUNIQUE_WRITE_TOKEN")
    if not local and token is None:
        raise ConfigurationError(
            f"--host {host}: others can reach this address; set COMMUNIQUE_TOKEN to a token that readers must show, "
            "or listen on 127.0.0.1"
        )
    writing = (write_token or secrets.token_urlsafe(32)) if write else None
    place = record_path(context, record)
    hosts = {*LOOPBACK_HOSTS, host.strip("[]"), *(allow_host or ())} if local or allow_host else None
    app = make_app(place, settings=settings, write_token=writing, read_token=token, fetch=fetch, hosts=hosts)
    listening = listen(host, port)
    address = address_of(host, listening.getsockname()[1])
    site = app.state.site
    entry = address
    if site.access.writable or site.access.needs_token_to_read:
        entry = f"{address}enter/{site.access.one_time_code()}"
    note(f"communique: {place} at {address} (Ctrl-C ends it)")
    if writing is not None:
        note(
            f"communique: token for writing: {writing}"
            if write_token is None
            else "communique: writing with your token"
        )
    if entry != address:
        note(f"communique: sign in, once, with {entry}")
    server = uvicorn.Server(
        uvicorn.Config(
            app,
            access_log=False,
            log_level="warning",
            timeout_keep_alive=15,
            timeout_graceful_shutdown=3,
            h11_max_incomplete_event_size=65_536,
            server_header=False,
            proxy_headers=True,
        )
    )
    # An answer that broke off is told by our own log already; what the server would add is a traceback.
    logging.getLogger("uvicorn.error").addFilter(lambda told: told.exc_info is None)
    if open:
        webbrowser.open(entry)
    settle()
    with contextlib.suppress(KeyboardInterrupt):  # that is how it is ended
        server.run(sockets=[listening])


def is_loopback(host: str) -> bool:
    """True when only this machine can reach the address."""
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == LOCALHOST


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises ConfigurationError, in one line, when none can."""
    name = host.strip("[]")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            name, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
    except OSError as error:
        raise ConfigurationError(
            f"--host {host}: is no address of this machine ({error.strerror}); try 127.0.0.1"
        ) from error
    made = socket.socket(family, kind, protocol)
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(address)
        made.listen(512)
    except OSError as error:
        made.close()
        raise ConfigurationError(
            f"--port {port}: cannot listen at {host} ({error.strerror}); choose another with --port, or 0 for any free one"
        ) from error
    return made


def address_of(host: str, port: int) -> str:
    """The address to open in a browser."""
    name = host.strip("[]")
    if name in ("0.0.0.0", "::"):
        name = LOCALHOST
    return f"http://{f'[{name}]' if ':' in name else name}:{port}/"


def _check_token(token: str | None, name: str) -> None:
    if token is not None and (
        len(token) < SHORTEST_TOKEN or not token.isascii() or not token.isprintable() or " " in token
    ):
        raise ConfigurationError(
            f"{name}: needs at least {SHORTEST_TOKEN} letters, digits and signs without spaces; "
            "make one with `python3 -c 'import secrets; print(secrets.token_urlsafe(32))'`"
        )
