"""Worker processes on this machine: each codes one shard at a time, on one thread of its own.

Each worker has a pipe and a thread here that waits for it, so that it is always known which shard a dead worker had. A
worker ends by itself when this process is gone, even if that was killed, and leaves Ctrl-C to this process.
"""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from multiprocessing.connection import Connection
from pathlib import Path

from communique.records import CodingError, CommuniqueError, ConfigurationError
from communique.run.executing import Pending, Work, WorkerDiedError
from communique.run.manifest import ShardLine
from communique.run.settings import Settings
from communique.run.shards import Shard, code_shard
from communique.run.stages import Stages

SHARDS_A_WORKER = 3  # under way: one that it codes, others so that one slow shard does not stop the rest
ONE_THREAD = dict.fromkeys(
    ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS", "RAYON_NUM_THREADS"), "1"
) | {"TOKENIZERS_PARALLELISM": "false"}
READY = "ready"
_starting = threading.Lock()


class Pool:
    """An executor of `workers` processes, each started when there is a shard for it."""

    def __init__(self, work: Work, workers: int) -> None:
        self.most = workers * SHARDS_A_WORKER
        self._work = work
        self._threads = ThreadPoolExecutor(workers, thread_name_prefix="shards")
        self._own = threading.local()
        self._lock = threading.Lock()
        self._workers: list[_Worker] = []
        self._closed = False

    def submit(self, shard: Shard) -> Pending:
        """Queues the shard for the next free worker."""
        return _Queued(self._threads.submit(self._code, shard))

    def close(self) -> None:
        """Ends the workers; what they were at is lost."""
        with self._lock:
            self._closed = True
            for worker in self._workers:
                worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in self._workers:
            worker.join()

    def _code(self, shard: Shard) -> ShardLine:
        """In the thread of one worker."""
        worker: _Worker | None = getattr(self._own, "worker", None)
        if worker is None:
            worker = self._own.worker = self._start()
        try:
            return worker.code(shard)
        except WorkerDiedError:
            self._own.worker = None
            with self._lock:
                self._workers.remove(worker)
            raise

    def _start(self) -> "_Worker":
        with self._lock:
            if self._closed:
                raise WorkerDiedError("the run was stopped")
            worker = _Worker(self._work)
            self._workers.append(worker)
        worker.wait_until_ready()
        return worker


class _Queued:
    def __init__(self, future: Future[ShardLine]) -> None:
        self._future = future

    def done(self) -> bool:
        return self._future.done()

    def result(self) -> ShardLine:
        return self._future.result()

    def settle(self) -> None:
        wait([self._future])


class _Worker:
    """One process, seen from here."""

    def __init__(self, work: Work) -> None:
        spawning = multiprocessing.get_context("spawn")
        self._connection, theirs = spawning.Pipe()
        self._process = spawning.Process(
            target=_serve, args=(theirs, work.settings, work.folder, work.make_stages), daemon=True
        )
        with _quiet_start():
            self._process.start()
        theirs.close()

    def wait_until_ready(self) -> None:
        """Raises ConfigurationError when it ends before it could begin."""
        answer = self._receive()
        if answer != READY:
            self._process.join()
            told = f"{type(answer).__name__}: {answer}" if isinstance(answer, Exception) else self._how()
            raise ConfigurationError(f"a worker process could not be started ({told}); read with --workers 1")

    def code(self, shard: Shard) -> ShardLine:
        """Has the shard coded. Raises WorkerDiedError when the process ends meanwhile, and what `code_shard` raises."""
        with contextlib.suppress(OSError):  # it is dead already: then nothing comes back either
            self._connection.send(shard)
        answer = self._receive()
        if isinstance(answer, ShardLine):
            return answer
        if isinstance(answer, CommuniqueError):
            raise answer
        self._process.join()
        raise WorkerDiedError(self._how())

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()

    def join(self) -> None:
        """Waits until it is gone."""
        self._process.join()
        self._connection.close()

    def _receive(self) -> object:
        try:
            return self._connection.recv()
        except (EOFError, OSError):
            return None

    def _how(self) -> str:
        code = self._process.exitcode or 0
        if code >= 0:
            return f"exit code {code}"
        name = signal.Signals(-code).name if -code in set(signal.Signals) else f"signal {-code}"
        return f"{name}: the system may have been out of memory" if name == "SIGKILL" else name


@contextlib.contextmanager
def _quiet_start() -> Iterator[None]:
    """While a process is started: numeric libraries in it find these names set before they are loaded.

    Ctrl-C is blocked meanwhile in this thread, and so in the new process from its first moment on.
    """
    with _starting:
        before = {name: os.environ.get(name) for name in ONE_THREAD}
        os.environ.update(ONE_THREAD)
        mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if hasattr(signal, "pthread_sigmask") else None
        try:
            yield
        finally:
            if mask is not None:
                signal.pthread_sigmask(signal.SIG_SETMASK, mask)
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def _serve(connection: Connection, settings: Settings, folder: Path, make_stages: Callable[[], Stages]) -> None:
    """The worker's whole life: shard after shard, until nobody wants more."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    stages = make_stages()
    connection.send(READY)
    while True:
        try:
            shard: Shard = connection.recv()
        except (EOFError, OSError):
            return
        try:
            answer: object = code_shard(shard, settings, folder, stages)
        except CommuniqueError as error:
            answer = error
        except Exception as error:  # code_shard itself failed, not a stage: no document's fault
            told = " ".join(str(error).split())
            answer = CodingError(f"{shard.documents[0].source}: its shard failed ({type(error).__name__}: {told})")
        connection.send(answer)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
