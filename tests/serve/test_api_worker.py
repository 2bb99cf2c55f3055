"""The process that codes what is submitted: from bytes to a linked article, within its limits, whatever it is given."""

import sys
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest

from communique.read.options import ReadOptions
from communique.records import MediaType
from communique.run import Settings
from communique.serve import worker
from communique.serve.jobs import MOST_WAITING, Job, Jobs, JobState
from communique.serve.problems import RefusedError
from communique.serve.worker import LINKING, STEPS, CodingProcess, Outcome, Submission, Tell, code_submission
from communique.store import Record

sys.path.insert(0, str(Path(__file__).parent.parent / "run"))

FETCHING = ReadOptions(fetch=True)
TEXT = b"The foreign ministers of Norway and Sweden met in Oslo on 3 March 2031."


@pytest.fixture
def place(tmp_path: Path) -> Path:
    Record.open(tmp_path / "new.db", create=True).close()
    return tmp_path / "new.db"


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    from fakes import fake_stages

    monkeypatch.setattr(worker, "installed_stages", fake_stages)


def coded(place: Path, submission: Submission | None) -> tuple[Outcome, list[str]]:
    steps: list[str] = []
    return code_submission(submission, place, Settings(), FETCHING, steps.append), steps


@pytest.mark.usefixtures("quick")
def test_a_submission_is_coded_stored_and_linked_step_by_step(place: Path) -> None:
    submission = Submission(
        content=TEXT,
        media_type=MediaType.TEXT,
        url="https://gazette.example/talks",
        title="Talks",
        published=date(2031, 3, 4),
        site="The Gazette",
    )
    outcome, steps = coded(place, submission)
    assert not [each for each in outcome.problems if each.stage == "serve"]
    assert [each for each in steps if each in STEPS.values()] == list(STEPS.values())
    assert steps[-1] == LINKING
    with Record.open(place) as record:
        article = record.coded_article(outcome.articles[0])
        assert record.unlinked() == ()
    page = article.page
    assert (page.source, page.url, page.title) == ("https://gazette.example/talks",) * 2 + ("Talks",)
    assert (page.published, page.site, page.content) == (date(2031, 3, 4), "The Gazette", TEXT)


@pytest.mark.usefixtures("quick")
def test_the_same_text_twice_is_one_article(place: Path) -> None:
    first, _ = coded(place, Submission(content=TEXT))
    again, _ = coded(place, Submission(content=TEXT))
    assert first.articles == again.articles
    with Record.open(place) as record:
        assert record.counts()["articles"] == 1


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("url", ["/etc/passwd", "file:///etc/passwd", "-", "notes", "https://user:word@host/"])
def test_only_addresses_of_the_web_are_fetched(place: Path, url: str) -> None:
    outcome, _ = coded(place, Submission(content=None, url=url))
    assert outcome.articles == ()
    assert "is no address" in outcome.problems[0].reason


@pytest.mark.usefixtures("quick")
@pytest.mark.parametrize("host", ["127.0.0.1:1", "localhost:1", "169.254.169.254", "10.0.0.1", "[::1]:1", "0x7f.1"])
def test_no_private_address_is_asked_on_a_visitors_behalf(place: Path, host: str) -> None:
    outcome, _ = coded(place, Submission(content=None, url=f"http://{host}/latest"))
    assert outcome.articles == ()
    assert outcome.problems


@pytest.mark.usefixtures("quick")
def test_what_is_no_text_gives_its_problem(place: Path) -> None:
    outcome, _ = coded(place, Submission(content=b"%PDF-1.7 ..."))
    assert outcome.articles == ()
    assert "PDF" in outcome.problems[0].reason


def test_a_record_that_is_gone_is_told_without_its_path(place: Path) -> None:
    place.unlink()
    outcome, _ = coded(place, Submission(content=TEXT))
    assert outcome.problems
    assert str(place) not in outcome.problems[0].reason


def test_the_process_gives_up_in_time_and_codes_the_next(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    process = CodingProcess(place, Settings(), ReadOptions())
    steps: list[str] = []
    try:
        monkeypatch.setattr(worker, "CODING_SECONDS", 0.01)
        assert "took too long" in process.code(Submission(content=TEXT), steps.append).problems[0].reason
        monkeypatch.setattr(worker, "CODING_SECONDS", 120.0)
        outcome = process.code(Submission(content=TEXT), steps.append)
    finally:
        process.close()
    assert len(outcome.articles) == 1
    with Record.open(place) as record:
        assert [claim.type for claim in record.claims()] == ["CONSULT"]


class Slow:
    """Codes nothing until it may."""

    def __init__(self) -> None:
        self.may = Event()
        self.begun = Event()

    def code(self, submission: Submission | None, tell: Tell) -> Outcome:
        """Waits."""
        self.begun.set()
        tell("waiting for the test")
        self.may.wait(10)
        if submission is not None and submission.content == b"broken":
            raise RuntimeError("broken")
        return Outcome(articles=("article-1",))

    def close(self) -> None:
        """Lets it end."""
        self.may.set()


def at(jobs: Jobs, job: Job, state: JobState) -> Job:
    for _ in range(500):
        found = jobs.find(job.id)
        assert found is not None
        if found.state is state:
            return found
        Event().wait(0.01)
    raise AssertionError(f"never {state}")


def test_only_so_many_wait() -> None:
    slow = Slow()
    jobs = Jobs(slow, lambda: datetime(2031, 1, 1, tzinfo=UTC))
    first = jobs.submit(Submission(content=TEXT))
    assert slow.begun.wait(5)
    waiting = [jobs.submit(Submission(content=TEXT)) for _ in range(MOST_WAITING)]
    with pytest.raises(RefusedError) as raised:
        jobs.submit(Submission(content=TEXT))
    assert raised.value.status_code == 503
    assert at(jobs, first, JobState.CODING).step == "waiting for the test"
    slow.may.set()
    assert at(jobs, waiting[-1], JobState.DONE).articles == ("article-1",)
    jobs.close()


def test_a_coder_that_fails_does_not_stop_the_others() -> None:
    slow = Slow()
    slow.may.set()
    jobs = Jobs(slow, lambda: datetime(2031, 1, 1, tzinfo=UTC))
    broken = jobs.submit(Submission(content=b"broken"))
    fine = jobs.submit(Submission(content=TEXT))
    assert at(jobs, fine, JobState.DONE).articles
    assert at(jobs, broken, JobState.FAILED).problems
    jobs.close()


def test_linking_anew_waits_once() -> None:
    slow = Slow()
    jobs = Jobs(slow, lambda: datetime(2031, 1, 1, tzinfo=UTC))
    jobs.submit(Submission(content=TEXT))
    assert slow.begun.wait(5)
    job = jobs.link_again()
    assert job is not None
    assert jobs.link_again() is None
    slow.may.set()
    assert at(jobs, job, JobState.DONE)
    jobs.close()
