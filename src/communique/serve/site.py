"""What every request of a running server shares: the record, who may do what, the templates. One object an application."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request, Response
from fastapi.templating import Jinja2Templates
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from communique import __version__
from communique.run import Settings
from communique.serve.access import NOBODY, Access, Visitor
from communique.serve.jobs import Jobs
from communique.serve.rates import Rates
from communique.store import Record

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
STATIC = HERE / "static"


def utc_now() -> datetime:
    """The time of day in UTC: what a judgement is stamped with."""
    return datetime.now(UTC)


@dataclass(slots=True, kw_only=True)
class Site:
    """`fetch` allows addresses to be fetched for a visitor, `allow_private` also those of the own network (demonstrations)."""

    record: Record
    settings: Settings
    access: Access
    templates: Jinja2Templates
    rates: Rates
    jobs: Jobs
    fetch: bool = False
    allow_private: bool = False
    now: Callable[[], datetime] = utc_now

    def render(
        self, request: Request, name: str, context: Mapping[str, Any] | None = None, status: int = 200
    ) -> Response:
        """A page from templates/`name`. Every template knows `request`, `visitor`, `csrf`, `may_write`, `writable`,
        `feed_key` (what `?key=` of a feed's address must say, empty if nothing), `static_url`, `version`."""
        visitor = visitor_of(request)
        known = {
            "visitor": visitor,
            "csrf": visitor.csrf,
            "may_write": visitor.may_write,
            "writable": self.access.writable,
            "feed_key": self.access.feed_key,
            "version": __version__,
        }
        return self.templates.TemplateResponse(request, name, known | dict(context or {}), status_code=status)


def site_of(request: Request) -> Site:
    """The application's site."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def visitor_of(request: Request) -> Visitor:
    """Who asks, as the gate found it."""
    visitor = getattr(request.state, "visitor", NOBODY)
    assert isinstance(visitor, Visitor)
    return visitor


def make_templates(prepare: Callable[[Environment], None] | None) -> Jinja2Templates:
    """Templates that escape everything and refuse names they do not know; `prepare` adds filters and globals."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static_url"] = static_url
    if prepare is not None:
        prepare(environment)
    return Jinja2Templates(env=environment)


@lru_cache(maxsize=256)
def static_url(name: str) -> str:
    """`/static/NAME?v=…`: the address changes with the file's content, so that it may be kept for long."""
    path = STATIC / name
    version = hashlib.sha256(path.read_bytes()).hexdigest()[:12] if path.is_file() else "0"
    return f"/static/{name}?v={version}"
