"""POST /api/articles: a text, a page or an address → coded articles; GET /api/jobs/ID: how far one is."""

import asyncio
import re
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field, ValidationError, model_validator
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from communique.records import CodedArticle, MediaType
from communique.serve.api.answering import answer, only
from communique.serve.api.documenting import failures
from communique.serve.api.models import EXACT, model_of
from communique.serve.api.records import coded
from communique.serve.jobs import Job
from communique.serve.problems import RefusedError
from communique.serve.security import Writer, client_of
from communique.serve.site import Site, site_of
from communique.serve.worker import ADDRESS, Submission
from communique.store import Texts, plain

CHARSET = re.compile(r"charset=\"?([A-Za-z0-9_.:-]{1,40})")
LONGEST_WAIT = 120
POLL_SECONDS = 0.1
RAW_TYPES = {"text/plain": MediaType.TEXT, "text/html": MediaType.HTML, "application/octet-stream": None}

JobId = Annotated[str, Path(pattern="^[0-9a-f]{32}$", description="A job's id.")]
Wait = Annotated[int, Query(ge=0, le=LONGEST_WAIT, description="Seconds to wait for the coded article; 0: not at all.")]


class Document(BaseModel):
    """A text or a page, with what is known beside it; or only the address of a page, where the server may fetch."""

    model_config = EXACT
    text: str | None = Field(None, min_length=1, description="Plain text.")
    html: str | None = Field(None, min_length=1, description="The source of a web page.")
    url: str | None = Field(
        None, max_length=2_000, pattern=f"^{ADDRESS.pattern}$", description="Where it stands on the web."
    )
    title: str | None = Field(None, max_length=500, pattern=r"^[^\x00-\x1f\x7f]*$")
    published: date | None = Field(None, description="The day of publication, if the text does not tell.")
    site: str | None = Field(None, max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$", description="The outlet.")

    @model_validator(mode="after")
    def one_content(self) -> "Document":
        """Either text or html; an address alone is fetched."""
        if self.text is not None and self.html is not None:
            raise ValueError("give text or html, not both")
        if self.text is None and self.html is None and self.url is None:
            raise ValueError("give text, html or url")
        return self


class CodingResult(BaseModel):
    """What came of it."""

    model_config = EXACT
    job: model_of(Job)  # type: ignore[valid-type]
    articles: list[model_of(CodedArticle)]  # type: ignore[valid-type]


def router() -> APIRouter:
    """The two routes."""
    routes = APIRouter()
    text = {"schema": {"type": "string", "minLength": 1}}
    routes.add_api_route(
        "/api/articles",
        submit,
        methods=["POST"],
        operation_id="submit_article",
        summary="Code a text or page, keep it and link it",
        tags=["articles"],
        status_code=201,
        response_model=CodingResult,
        responses={
            202: {"description": "It waits or is being coded; ask /api/jobs/ID.", "model": model_of(Job)},
            **failures(400, 408, 413, 415),
        },
        openapi_extra={
            "requestBody": {
                "required": True,
                "content": {
                    "text/plain": text,
                    "text/html": text,
                    "application/json": {"schema": Document.model_json_schema()},
                },
            }
        },
    )
    routes.add_api_route(
        "/api/jobs/{id}",
        show_job,
        methods=["GET"],
        operation_id="get_job",
        summary="How far a submitted article is",
        tags=["articles"],
        response_model=model_of(Job),
        responses=failures(404),
    )
    return routes


async def submit(request: Request, visitor: Writer, wait: Wait = 60) -> Response:
    """Takes text/plain, text/html or JSON; answers when it is coded, or after `wait` seconds with the job."""
    only(request, ("wait",))
    site = site_of(request)
    pause = site.rates.wait(client_of(request.scope), "code")
    if pause > 0:
        raise RefusedError(429, "Too many articles; wait a little.", headers={"retry-after": str(pause)})
    submission = _submission(request.headers.get("content-type", ""), await request.body())
    if submission.content is None and not site.fetch:
        raise RefusedError(403, "This server fetches no addresses; start it with --fetch, or send the page itself.")
    job = site.jobs.submit(submission)
    async with asyncio.timeout(wait + 1):
        for _ in range(int(wait / POLL_SECONDS)):
            if job.over:
                break
            await asyncio.sleep(POLL_SECONDS)
            job = site.jobs.find(job.id) or job
    return await run_in_threadpool(_told, site, job)


def show_job(request: Request, id: JobId) -> Response:
    """The job as it stands."""
    only(request)
    job = site_of(request).jobs.find(id)
    if job is None:
        raise RefusedError(404, "No such job; finished ones are forgotten after a while.")
    return answer(plain(job, Texts({}, {})), headers={"cache-control": "no-store"})


def _told(site: Site, job: Job) -> Response:
    if not job.over:
        return answer(plain(job, Texts({}, {})), status=202, headers={"location": f"/api/jobs/{job.id}"})
    if not job.articles:
        told = "; ".join(f"{each.reason}; {each.remedy}" for each in job.problems) or "no article came of it"
        raise RefusedError(422, f"It could not be read: {told}.")
    articles: list[Any] = [coded(site.record, each) for each in job.articles]
    content = {"job": plain(job, Texts({}, {})), "articles": articles}
    return answer(content, status=201, headers={"location": f"/api/articles/{job.articles[0]}"})


def _submission(content_type: str, body: bytes) -> Submission:
    media_type = content_type.partition(";")[0].strip().lower()
    if media_type == "application/json":
        return _of_json(body)
    if media_type not in RAW_TYPES:
        raise RefusedError(415, f"Send text/plain, text/html or application/json, not {media_type or 'nothing'}.")
    if not body.strip():
        raise RefusedError(422, "The text is empty.")
    charset = CHARSET.search(content_type)
    return Submission(content=body, media_type=RAW_TYPES[media_type], encoding=charset[1] if charset else None)


def _of_json(body: bytes) -> Submission:
    try:
        document = Document.model_validate_json(body)
    except ValidationError as error:
        faults = [(".".join(str(part) for part in each["loc"]) or "body", each["msg"]) for each in error.errors()]
        raise RefusedError(422, "The document cannot be understood.", faults=faults) from None
    told = document.html if document.html is not None else document.text
    return Submission(
        content=told.encode() if told is not None else None,
        media_type=None if told is None else MediaType.TEXT if document.html is None else MediaType.HTML,
        encoding="utf-8" if told is not None else None,
        url=document.url,
        title=document.title,
        published=document.published,
        site=document.site,
    )
