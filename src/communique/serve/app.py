"""A record file → the web application that shows it: pages, API, files, and the gate before all of them.

Pages come from `communique.serve.pages`: `router() -> APIRouter`, and `prepare(environment)` for filters of the templates.
Their handlers are plain functions (`def`), run in threads, and take `site_of(request)`; `site.render(request, "x.html", {...})`.
"""

import gc
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from anyio.to_thread import current_default_thread_limiter
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from communique import __version__
from communique.read.options import ReadOptions
from communique.records import StorageError
from communique.run import Settings
from communique.serve import entering, feeds, pages
from communique.serve.access import Access
from communique.serve.api import lists, records, reviewing, submitting
from communique.serve.api.documenting import document
from communique.serve.jobs import Jobs
from communique.serve.problems import RefusedError, refusal
from communique.serve.query import QueryError
from communique.serve.rates import DEFAULT_RATES, Rate, Rates
from communique.serve.security import LOOPBACK_HOSTS, Gate, Outermost, log
from communique.serve.site import STATIC, Site, make_templates, utc_now
from communique.serve.worker import Coder, CodingProcess
from communique.store import Record

# Answers are made a few at a time, first come, first served: many at once would only take the processor from one another.
THREADS = 4
QUERY = "The query asks for what cannot be asked."


def make_app(
    record_path: Path,
    *,
    settings: Settings,
    write_token: str | None = None,
    read_token: str | None = None,
    allow_private: bool = False,
    fetch: bool = False,
    hosts: Iterable[str] | None = LOOPBACK_HOSTS,
    rates: Mapping[str, Rate] = DEFAULT_RATES,
    coder: Coder | None = None,
) -> FastAPI:
    """The application on the record at `record_path`, which is made when it is absent and may be written.

    Without `write_token` the record is never changed; with `read_token` reading needs a token too. `hosts` are the names that
    it answers to, None for any: only where a token protects reading, since any site's name can be made to point here.
    `coder` stands in for the process that codes submitted articles. Raises StorageError.
    """
    writes = write_token is not None
    record = Record.open(record_path, create=writes)
    options = ReadOptions(fetch=fetch, allow_private=allow_private)
    site = Site(
        record=record,
        settings=settings,
        access=Access(read_token=read_token, write_token=write_token),
        templates=make_templates(pages.prepare),
        rates=Rates(rates),
        jobs=Jobs(coder or CodingProcess(record_path, settings, options), utc_now),
        fetch=fetch,
        allow_private=allow_private,
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        current_default_thread_limiter().total_tokens = THREADS
        yield
        site.jobs.close()
        record.close()

    app = FastAPI(title="Communiqué", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.site = site
    app.add_middleware(Gate, access=site.access, hosts=hosts, rates=site.rates)
    app.add_middleware(Outermost)
    app.include_router(entering.router(), include_in_schema=False)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.include_router(pages.router(), include_in_schema=False)
    app.include_router(feeds.router(), include_in_schema=False)
    for each in (lists, records, submitting, reviewing):
        app.include_router(each.router())
    schema = document(app)
    app.openapi = lambda: schema  # type: ignore[method-assign]
    for kind, answer in _answers().items():
        app.add_exception_handler(kind, answer)
    return app


def settle() -> None:
    """Tells Python's collector that what is loaded now stays, and to look for rubbish less often: about an eighth of the work.

    For a process that does nothing but serve; called once, when the application is made.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _answers() -> dict[type[Exception], Callable[[Request, Any], Response]]:
    """How each kind of error is told."""

    def refused(request: Request, error: RefusedError) -> Response:
        return refusal(request.scope, error.status_code, error.detail, faults=error.faults, headers=error.headers)

    def wrong_query(request: Request, error: QueryError) -> Response:
        if error.missing:
            return refusal(request.scope, 404, "There is no such article.", faults=error.faults)
        return refusal(request.scope, 422, QUERY, faults=error.faults)

    def http(request: Request, error: HTTPException) -> Response:
        return refusal(request.scope, error.status_code, str(error.detail), headers=error.headers)

    def unreadable(request: Request, error: StorageError) -> Response:
        if str(error).startswith("after: "):
            return refusal(request.scope, 422, QUERY, faults=[("after", str(error).removeprefix("after: "))])
        log.error("%s %r: %s", request.method, request.url.path, error)
        detail = "The record cannot be read or written just now; the server's log says why."
        return refusal(request.scope, 503, detail, headers={"retry-after": "10"})

    def invalid(request: Request, error: RequestValidationError) -> Response:
        faults = [(".".join(str(part) for part in each["loc"]), str(each["msg"])) for each in error.errors()]
        return refusal(request.scope, 422, "The request cannot be understood.", faults=faults)

    return {
        RefusedError: refused,
        QueryError: wrong_query,
        HTTPException: http,
        RequestValidationError: invalid,
        StorageError: unreadable,
    }
