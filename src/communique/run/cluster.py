"""Workers on a Dask cluster: the same function, the shard sent to them, the file's bytes sent back. The adapter to Dask.

No folder needs to be shared. A worker codes one shard at a time, however many threads it has; start workers with one thread
each. Every worker must have this very version of the program, which is checked before any work is sent.
"""

import contextlib
import tempfile
import threading
import warnings
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from communique.records import CommuniqueError, ConfigurationError, Run
from communique.run.describing import describe_run
from communique.run.executing import Pending, Work, WorkerDiedError
from communique.run.manifest import ShardLine
from communique.run.shard_files import shard_file, write_whole
from communique.run.shards import Shard, code_shard
from communique.run.shipping import SentSettings, pack, unpack
from communique.run.stages import Stages

SHARDS_A_WORKER = 3
ANSWER_S = 20  # how long a scheduler, and then a first worker, may take to answer
_one_at_a_time = threading.Lock()

MakeStages = Callable[[], Stages]


def check_cluster(address: str) -> None:
    """Raises ConfigurationError when the extra that a cluster needs is not installed. Does not connect."""
    if find_spec("distributed") is None:
        raise ConfigurationError(
            f"--cluster {address}: needs Dask, which is not installed; run `pip install 'communique[cluster]'`"
        )


class Cluster:
    """An executor on the workers of the scheduler at `address`. Raises ConfigurationError when they cannot be used."""

    def __init__(self, work: Work, address: str, workers: int | None = None) -> None:
        """`workers` bounds how many shards are there at a time, None: as many as keep all workers busy."""
        check_cluster(address)
        distributed: Any = import_module("distributed")
        self._address, self._work = address, work
        self._sent = pack(work.settings)
        self._died: tuple[type[BaseException], ...] = (distributed.KilledWorker,)
        self._lost: tuple[type[BaseException], ...] = (OSError, distributed.client.FutureCancelledError)
        try:
            self._client: Any = distributed.Client(address, timeout=ANSWER_S, set_as_default=False)
        except (OSError, ValueError) as error:
            raise ConfigurationError(
                f"--cluster {address}: no Dask scheduler answers there ({_told(error)}); check the address, as in "
                "tcp://host:8786"
            ) from error
        try:
            found = self._check_workers()
            self.most = workers or SHARDS_A_WORKER * found
        except BaseException:
            self._client.close()
            raise

    def _check_workers(self) -> int:
        """How many there are; each answers with the run that it would make."""
        try:
            self._client.wait_for_workers(1, timeout=ANSWER_S)
        except TimeoutError as error:
            raise ConfigurationError(
                f"--cluster {self._address}: has no workers; start some with `dask worker {self._address} --nthreads 1`"
            ) from error
        own = describe_run(self._work.settings, self._work.make_stages())
        found = self._client.run(_run_there, self._sent, self._work.make_stages, on_error="return")
        for worker, answer in found.items():
            if not isinstance(answer, Run):
                raise ConfigurationError(
                    f"--cluster {self._address}: the worker {worker} cannot run communique ({_told(answer)}); install "
                    f"communique {own.version.partition('+')[0]} there"
                )
            if answer.id != own.id:
                raise ConfigurationError(
                    f"--cluster {self._address}: the worker {worker} has communique {answer.version}, this is "
                    f"{own.version}; install the same version there"
                )
        return len(found)

    def submit(self, shard: Shard) -> Pending:
        """Sends the shard."""
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", message="Sending large graph")  # one page of several MB is no graph
            future = self._client.submit(_code_there, shard, self._sent, self._work.make_stages, pure=False)
        return _Sent(self, future)

    def close(self) -> None:
        """Lets the cluster go; what it still has of this run is cancelled."""
        with contextlib.suppress(*self._lost):
            self._client.close()

    def fetch(self, future: Any) -> ShardLine:
        """Waits for the shard and keeps its file here. Raises WorkerDiedError, and what `code_shard` raises."""
        try:
            line, content = future.result()
        except self._died as error:
            raise WorkerDiedError("on several workers of the cluster") from error
        except CommuniqueError:
            raise
        except self._lost as error:
            raise ConfigurationError(
                f"--cluster {self._address}: the cluster is gone ({_told(error)}); start it and run the command again"
            ) from error
        future.release()
        write_whole(self._work.folder / line.file, content)
        found: ShardLine = line
        return found


class _Sent:
    def __init__(self, cluster: Cluster, future: Any) -> None:
        self._cluster, self._future = cluster, future

    def done(self) -> bool:
        return bool(self._future.done())

    def result(self) -> ShardLine:
        return self._cluster.fetch(self._future)

    def settle(self) -> None:
        with contextlib.suppress(Exception):
            self._future.exception()


def _code_there(shard: Shard, sent: SentSettings, make_stages: MakeStages) -> tuple[ShardLine, bytes]:
    """On a worker: the line and the file."""
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="communique-") as name:
        folder = Path(name)
        line = code_shard(shard, unpack(sent), folder, make_stages())
        return line, shard_file(folder, line.shard).read_bytes()


def _run_there(sent: SentSettings, make_stages: MakeStages) -> Run:
    return describe_run(unpack(sent), make_stages())


def _told(error: object) -> str:
    lines = str(error).strip().splitlines()
    return " ".join(lines[-1].split())[:200] if lines else type(error).__name__
