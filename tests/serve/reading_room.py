"""A reading room on a small record made by hand, for tests of the API and the gate."""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

from fastapi import FastAPI
from fastapi.testclient import TestClient
from handmade import RUN, coded_article, problem

from communique.run import Settings
from communique.serve import make_app
from communique.serve.rates import Rate
from communique.serve.security import LOOPBACK_HOSTS
from communique.serve.worker import Outcome, Submission, Tell
from communique.store import Record

BASE = "http://127.0.0.1:8000"
READ, WRITE = "reading-token-0123456789", "writing-token-0123456789"
BEARER = {"authorization": f"Bearer {WRITE}"}
NOW = datetime(2031, 4, 1, 12, tzinfo=UTC)
UNLIMITED: Mapping[str, Rate] = {}


class FakeCoder:
    """Stores a hand-made article for whatever is submitted; a text that says `fail` gives nothing."""

    def __init__(self, record: Path) -> None:
        self.record = record
        self.submissions: list[Submission | None] = []

    def code(self, submission: Submission | None, tell: Tell) -> Outcome:
        """The outcome."""
        self.submissions.append(submission)
        tell("coding what happened")
        if submission is None:
            return Outcome()
        if submission.content is not None and b"fail" in submission.content:
            return Outcome(problems=(problem("pasted"),))
        with Record.open(self.record, writable=True) as record:
            coded = coded_article(f"submitted {len(self.submissions)}", published=date(2031, 5, 1))
            record.add(coded, RUN)
        return Outcome(articles=(coded.article.id,))

    def close(self) -> None:
        """Nothing runs."""


def make_record(path: Path) -> Path:
    """A record with two articles of the same words, and a problem."""
    with Record.open(path, create=True) as record:
        record.add(coded_article(), RUN)
        record.add(coded_article("https://gazette.example/talks", published=date(2031, 3, 6)), RUN)
        record.add_problem(problem())
    return path


def make_room(
    path: Path,
    *,
    write: bool = False,
    read_token: str | None = None,
    rates: Mapping[str, Rate] = UNLIMITED,
    fetch: bool = False,
    hosts: Iterable[str] = LOOPBACK_HOSTS,
) -> FastAPI:
    """The application on a record."""
    return make_app(
        path,
        settings=Settings(),
        write_token=WRITE if write else None,
        read_token=read_token,
        fetch=fetch,
        hosts=hosts,
        rates=rates,
        coder=FakeCoder(path),
    )


@contextmanager
def asking(app: FastAPI) -> Iterator[TestClient]:
    """A client; faults of the program are answered as they would be by the running server."""
    with TestClient(app, base_url=BASE, raise_server_exceptions=False, follow_redirects=False) as client:
        yield client
