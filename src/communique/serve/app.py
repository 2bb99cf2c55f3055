"""A record file → the web application that shows it: pages, API, files, and the gate before all of them.

Pages come from `communique.serve.pages`: `router() -> APIRouter`, and `prepare(environment)` for filters of the templates.
Their handlers are plain functions (`def`), run in threads, and take `site_of(request)`; `site.render(request, "x.html", {...})`.
"""

import importlib
import importlib.util
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException

from communique import __version__
from communique.read.options import ReadOptions
from communique.run import Settings
from communique.serve import entering
from communique.serve.access import Access
from communique.serve.jobs import Jobs
from communique.serve.problems import RefusedError, refusal
from communique.serve.query import QueryError
from communique.serve.rates import DEFAULT_RATES, Rate, Rates
from communique.serve.security import LOOPBACK_HOSTS, Gate, Outermost
from communique.serve.site import STATIC, Site, make_templates, utc_now
from communique.serve.worker import Coder, CodingProcess
from communique.store import Record

PAGES = "communique.serve.pages"


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
    pages: Any = importlib.import_module(PAGES) if importlib.util.find_spec(PAGES) else None
    options = ReadOptions(fetch=fetch, allow_private=allow_private)
    site = Site(
        record=record,
        settings=settings,
        access=Access(read_token=read_token, write_token=write_token),
        templates=make_templates(getattr(pages, "prepare", None)),
        rates=Rates(rates),
        jobs=Jobs(coder or CodingProcess(record_path, settings, options), utc_now),
        fetch=fetch,
        allow_private=allow_private,
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        site.jobs.close()
        record.close()

    app = FastAPI(title="Communiqué", version=__version__, lifespan=lifespan, docs_url=None, redoc_url=None)
    app.state.site = site
    app.add_middleware(Gate, access=site.access, hosts=hosts, rates=site.rates)
    app.add_middleware(Outermost)
    app.include_router(entering.router(), include_in_schema=False)
    if STATIC.is_dir():
        app.mount("/static", StaticFiles(directory=STATIC), name="static")
    if hasattr(pages, "router"):
        app.include_router(pages.router(), include_in_schema=False)
    if hasattr(Record, "claims_slice"):
        for name in ("lists", "records", "submitting", "reviewing"):
            app.include_router(importlib.import_module(f"communique.serve.api.{name}").router())
    for kind, answer in _answers().items():
        app.add_exception_handler(kind, answer)
    return app


def _answers() -> dict[type[Exception], Callable[[Request, Any], Response]]:
    """How each kind of error is told."""

    def refused(request: Request, error: RefusedError) -> Response:
        return refusal(request.scope, error.status_code, error.detail, faults=error.faults, headers=error.headers)

    def wrong_query(request: Request, error: QueryError) -> Response:
        return refusal(request.scope, 422, "The query asks for what cannot be asked.", faults=error.faults)

    def http(request: Request, error: HTTPException) -> Response:
        return refusal(request.scope, error.status_code, str(error.detail), headers=error.headers)

    def invalid(request: Request, error: RequestValidationError) -> Response:
        faults = [(".".join(str(part) for part in each["loc"]), str(each["msg"])) for each in error.errors()]
        return refusal(request.scope, 422, "The request cannot be understood.", faults=faults)

    return {
        RefusedError: refused,
        QueryError: wrong_query,
        HTTPException: http,
        RequestValidationError: invalid,
    }
