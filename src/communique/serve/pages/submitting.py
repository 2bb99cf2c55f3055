"""The box of the front page: a text, a page or an address is handed in, coded while one watches, and opened."""

from typing import Annotated

from fastapi import APIRouter, Form, HTTPException, Request, Response, UploadFile
from fastapi.responses import RedirectResponse

from communique.records import MediaType
from communique.serve.problems import RefusedError
from communique.serve.security import Writer, client_of
from communique.serve.site import site_of
from communique.serve.worker import Submission

router = APIRouter()

LONGEST_PASTE = 2_000_000  # characters
STEPS = (
    "cleaning the text",
    "parsing the sentences",
    "finding dates",
    "finding who is who",
    "finding places",
    "finding what was said",
    "coding what happened",
    "finding positions",
    "finding meetings",
    "storing",
    "linking the articles",
)


@router.post("/submit")
def submit(
    request: Request,
    visitor: Writer,
    text: Annotated[str, Form(max_length=LONGEST_PASTE)] = "",
    address: Annotated[str, Form(max_length=2_000)] = "",
    document: UploadFile | None = None,
) -> Response:
    """Takes the form and goes on to the page that tells how far it is."""
    site = site_of(request)
    pause = site.rates.wait(client_of(request.scope), "code")
    if pause > 0:
        raise RefusedError(429, "Too many articles; wait a little.", headers={"retry-after": str(pause)})
    content = document.file.read() if document and document.filename else b""
    if content.strip():
        submission = Submission(content=content)
    elif text.strip():
        page = text.lstrip().lower().startswith(("<!doctype html", "<html"))
        kind = MediaType.HTML if page else MediaType.TEXT
        submission = Submission(content=text.encode(), media_type=kind, encoding="utf-8")
    elif address.strip():
        if not site.fetch:
            raise RefusedError(403, "This server fetches no addresses; paste the text of the page instead.")
        submission = Submission(content=None, url=address.strip())
    else:
        raise RefusedError(422, "There is nothing to read; paste a text or choose a file.")
    return RedirectResponse(f"/jobs/{site.jobs.submit(submission).id}", 303)


@router.get("/jobs/{job_id}")
def job(request: Request, job_id: str) -> Response:
    """How far it is: a page that asks again by itself, and ends at the article."""
    site = site_of(request)
    found = site.jobs.find(job_id)
    if found is None:
        raise HTTPException(404, "This reading is long over; the article stands among the newest.")
    asked_by_script = "hx-request" in request.headers
    target = f"/articles/{found.articles[0]}" if len(found.articles) == 1 else "/articles"
    if found.articles and found.over:
        if asked_by_script:
            return Response(status_code=204, headers={"hx-redirect": target})
        return RedirectResponse(target, 303)
    reached = STEPS.index(found.step) if found.step in STEPS else -1
    context = {
        "job": found,
        "steps": [(step, number < reached, number == reached) for number, step in enumerate(STEPS)],
    }
    return site.render(request, "job_steps.html" if asked_by_script else "job.html", context)
