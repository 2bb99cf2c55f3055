"""A process of its own in which pasted and fetched articles are coded: pages stay quick, and what takes too long is ended.

Messages to it are Submissions; back come steps (words for who waits), then an Outcome. It opens the record for itself, as
`communique read` does beside a running server.
"""

import contextlib
import multiprocessing
import re
import resource
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any, Protocol

from communique.read import read_paths
from communique.read.options import ReadOptions
from communique.read.page import Told, make_page
from communique.records import CommuniqueError, MediaType, Page, Problem, make_problem
from communique.run import Settings, Stages, read_documents
from communique.run.linking import link_record
from communique.run.stages import installed_stages
from communique.store import Record

PASTED = "pasted"  # the source of what came over the web without an address
MOST_DOCUMENTS = 10  # of one address: a feed has many
CODING_SECONDS = 120.0
LINKING_SECONDS = 600.0
MEMORY_BYTES = 4 << 30
STORING, LINKING = "storing", "linking the articles"

ADDRESS = re.compile(r"https?://[^\s/@\x00-\x1f\x7f]+(/[^\s\x00-\x1f\x7f]*)?")

STEPS = {
    "clean": "cleaning the text",
    "annotate": "parsing the sentences",
    "find_times": "finding dates",
    "find_cast": "finding who is who",
    "find_places": "finding places",
    "find_statements": "finding what was said",
    "code_claims": "coding what happened",
    "find_positions": "finding positions",
    "find_meetings": "finding meetings",
}

Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """A document to be coded: its bytes, or an `url` to fetch it from (`content` None).

    `media_type` None means that the bytes decide. `url`, `title`, `published` and `site` are what the sender knows beside it.
    """

    content: bytes | None
    media_type: MediaType | None = None
    encoding: str | None = None
    url: str | None = None
    title: str | None = None
    published: date | None = None
    site: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """The ids of the articles that are in the record now, and the problems met."""

    articles: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()


class Coder(Protocol):
    """Codes one submission at a time."""

    def code(self, submission: Submission | None, tell: Tell) -> Outcome:
        """Codes, stores and links it (None: only links); `tell` is called with each step."""

    def close(self) -> None:
        """Ends what runs."""


class CodingProcess:
    """The process; started when first needed, and anew after it had to be ended."""

    def __init__(self, record: Path, settings: Settings, options: ReadOptions) -> None:
        self._arguments = (record, settings, options)
        self._process: multiprocessing.process.BaseProcess | None = None
        self._connection: Connection | None = None

    def code(self, submission: Submission | None, tell: Tell) -> Outcome:
        """The outcome; a problem of its own when the process dies or takes longer than CODING_SECONDS."""
        connection = self._started()
        deadline = time.monotonic() + CODING_SECONDS
        try:
            connection.send(submission)
            while True:
                if not connection.poll(max(0.0, deadline - time.monotonic())):
                    self.close()
                    return failed(submission, "took too long and was given up", "send a shorter text")
                message = connection.recv()
                if isinstance(message, Outcome):
                    return message
                if message == LINKING:
                    deadline = time.monotonic() + LINKING_SECONDS
                tell(message)
        except (EOFError, OSError):
            self.close()
            return failed(submission, "ended the program that codes it", "report it as a fault, with the document")

    def close(self) -> None:
        """Ends the process, whatever it does; a transaction that it has open is undone by the record itself."""
        process, connection = self._process, self._connection
        self._process = self._connection = None
        if connection is not None:
            connection.close()
        if process is not None:
            process.terminate()
            process.join(5)
            if process.is_alive():
                process.kill()

    def _started(self) -> Connection:
        if self._connection is not None and self._process is not None and self._process.is_alive():
            return self._connection
        self.close()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=serve_submissions, args=(theirs, *self._arguments), daemon=True)
        process.start()
        theirs.close()
        self._process, self._connection = process, ours
        return ours


def serve_submissions(connection: Connection, record: Path, settings: Settings, options: ReadOptions) -> None:
    """What the process does until the server ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the server, which then ends this
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    while True:
        try:
            submission = connection.recv()
        except EOFError:
            return
        connection.send(code_submission(submission, record, settings, options, connection.send))


def code_submission(
    submission: Submission | None, record: Path, settings: Settings, options: ReadOptions, tell: Tell
) -> Outcome:
    """Codes, stores and links one submission; whatever goes wrong becomes a problem."""
    problems: list[Problem] = []
    pages: list[Page] = []

    def documents(submission: Submission) -> Iterator[Page | Problem]:
        for each in islice(_documents(submission, options), MOST_DOCUMENTS):
            if isinstance(each, Page):
                pages.append(each)
            yield each

    try:
        with Record.open(record, writable=True) as opened:
            if submission is not None:
                tell("starting")
                stages = _telling(installed_stages(), tell)
                read_documents(opened, documents(submission), settings, report=problems.append, stages=stages)
            tell(LINKING)
            link_record(opened, settings=settings)
            articles = [_article_of(opened, page) for page in pages]
    except CommuniqueError as error:
        cause, _, remedy = " ".join(str(error).removeprefix(f"{record}: ").split()).rpartition("; ")
        return failed(submission, cause or remedy, remedy if cause else "report it as a fault")
    except MemoryError:
        return failed(submission, "needs more memory than is allowed", "send a shorter text")
    except Exception as error:  # one bad document never stops the server
        return failed(submission, f"the program failed on it ({type(error).__name__})", "report it as a fault")
    return Outcome(articles=tuple(each for each in articles if each is not None), problems=tuple(problems))


def _documents(submission: Submission, options: ReadOptions) -> Iterator[Page | Problem]:
    if submission.content is None:
        if submission.url is None or not ADDRESS.fullmatch(submission.url):  # never a path of this machine
            yield from failed(submission, "is no address of a page", "give one that begins with https://").problems
            return
        yield from read_paths([submission.url], options=options)
        return
    told = Told(
        url=submission.url,
        title=submission.title,
        published=submission.published,
        site=submission.site,
        by="sender",
        encoding=submission.encoding,
    )
    for each in make_page(submission.url or PASTED, submission.content, datetime.now(UTC), told):
        kind = submission.media_type
        yield replace(each, media_type=kind) if kind is not None and isinstance(each, Page) else each


def _telling(stages: Stages, tell: Tell) -> Stages:
    """The stages, each announced before it begins."""

    def announced(stage: Callable[..., Any], step: str) -> Callable[..., Any]:
        def run(*arguments: Any, **named: Any) -> Any:
            tell(step)
            return stage(*arguments, **named)

        return run

    told: dict[str, Any] = {name: announced(getattr(stages, name), step) for name, step in STEPS.items()}
    return replace(stages, **told)


def _article_of(record: Record, page: Page) -> str | None:
    """The article that the record has of a page; None when there is none."""
    try:
        related = record.explain(page.id).related
    except CommuniqueError:
        return None
    return next((identity for relation, identity in related if relation == "article"), None)


def failed(submission: Submission | None, reason: str, remedy: str) -> Outcome:
    """The outcome that holds only the problem."""
    source = (submission.url if submission else None) or PASTED
    return Outcome(problems=(make_problem(stage="serve", source=source, reason=reason, remedy=remedy),))
