"""Submitted articles wait here to be coded, one after the other; who submitted one can ask how far it is."""

import queue
import secrets
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from communique.records import Problem
from communique.serve.problems import RefusedError
from communique.serve.worker import ADDRESS, LINKING, Coder, Outcome, Submission, failed

MOST_WAITING = 20
KEPT = 200  # jobs remembered
RELINKING = "waiting to link the articles anew"


class JobState(StrEnum):
    """How far a job is. `failed`: no article came of it; its problems say why."""

    WAITING = "waiting"
    CODING = "coding"
    LINKING = "linking"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """`step` says in words what is being done; `articles` are the ids of what came of it; times are UTC."""

    id: str
    state: JobState
    step: str
    submitted: datetime
    articles: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def over(self) -> bool:
        """True when nothing more will happen."""
        return self.state in (JobState.DONE, JobState.FAILED)


class Jobs:
    """The queue and its thread."""

    def __init__(self, coder: Coder, now: Callable[[], datetime]) -> None:
        self._coder = coder
        self._now = now
        self._known: OrderedDict[str, Job] = OrderedDict()
        self._waiting: queue.Queue[tuple[str, Submission | None] | None] = queue.Queue(MOST_WAITING)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None

    def submit(self, submission: Submission) -> Job:
        """The job that codes it. Raises RefusedError for what is no address of the web, and when too many wait."""
        if submission.url is not None and not ADDRESS.fullmatch(submission.url):
            raise RefusedError(422, "That is no address of a page; it begins with https:// or http://.")
        return self._submitted(submission, "waiting")

    def _submitted(self, submission: Submission | None, step: str) -> Job:
        job = Job(id=secrets.token_hex(16), state=JobState.WAITING, step=step, submitted=self._now())
        with self._lock:
            try:
                self._waiting.put_nowait((job.id, submission))
            except queue.Full:
                raise RefusedError(
                    503, "Too many articles wait to be coded; try again in a minute.", headers={"retry-after": "60"}
                ) from None
            self._known[job.id] = job
            while len(self._known) > KEPT:
                self._known.popitem(last=False)
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="coding", daemon=True)
                self._thread.start()
        return job

    def link_again(self) -> Job | None:
        """The job that links all articles anew, after something was judged; None when one waits already, or none may."""
        with self._lock:
            if any(each.step == RELINKING and each.state is JobState.WAITING for each in self._known.values()):
                return None
        try:
            return self._submitted(None, RELINKING)
        except RefusedError:
            return None  # those that wait link everything themselves

    def find(self, job_id: str) -> Job | None:
        """The job as it stands; None when it is unknown or long over."""
        with self._lock:
            return self._known.get(job_id)

    def close(self) -> None:
        """Ends what is being coded and lets nothing more begin."""
        with self._lock:
            self._coder.close()
            while not self._waiting.empty():
                self._waiting.get_nowait()
            if self._thread is not None:
                self._waiting.put_nowait(None)

    def _work(self) -> None:
        while (waiting := self._waiting.get()) is not None:
            job_id, submission = waiting
            self._change(job_id, JobState.CODING, "starting")
            outcome = self._coded(job_id, submission)
            fine = outcome.articles or (submission is None and not outcome.problems)
            state = JobState.DONE if fine else JobState.FAILED
            with self._lock:
                job = self._known.get(job_id)
                if job is not None:
                    done = replace(job, state=state, step=state.value)
                    self._known[job_id] = replace(done, articles=outcome.articles, problems=outcome.problems)

    def _coded(self, job_id: str, submission: Submission | None) -> Outcome:
        def tell(step: str) -> None:
            self._change(job_id, JobState.LINKING if step == LINKING else JobState.CODING, step)

        try:
            return self._coder.code(submission, tell)
        except Exception as error:  # one submission never stops those that wait
            return failed(submission, f"the program failed on it ({type(error).__name__})", "report it as a fault")

    def _change(self, job_id: str, state: JobState, step: str) -> None:
        with self._lock:
            job = self._known.get(job_id)
            if job is not None:
                self._known[job_id] = replace(job, state=state, step=step)
