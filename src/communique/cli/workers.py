"""The options that divide the work of `communique read`, and the plan that they make."""

import os
from pathlib import Path
from typing import Annotated

import typer

from communique.run.many import MANY, MOST_WORKERS, Plan
from communique.run.shards import SHARD_DOCUMENTS

Workers = Annotated[
    int | None,
    typer.Option(
        "--workers",
        min=0,
        metavar="N",
        help=f"Processes that code at the same time; 0 is one for each core. [default: one; from {MANY} documents on one "
        f"for each core, at most {MOST_WORKERS}, fewer where memory is short]",
        show_default=False,
    ),
]
ClusterAddress = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Code on the Dask cluster whose scheduler is there: tcp://host:8786. Needs communique[cluster].",
        show_default=False,
    ),
]
KeepShards = Annotated[
    Path | None,
    typer.Option(
        "--keep-shards",
        metavar="DIR",
        help="Keep the results there as Parquet files, which `communique load` takes.",
        show_default=False,
    ),
]
ShardSize = Annotated[
    int,
    typer.Option("--shard-size", min=1, metavar="N", help="Documents that a worker is given at a time."),
]
NoLink = Annotated[
    bool, typer.Option("--no-link", help="Do not look for copies and for the same event in other articles afterwards.")
]


def plan_of(
    workers: int | None,
    cluster: str | None,
    keep: Path | None,
    shard_size: int = SHARD_DOCUMENTS,
    *,
    fetch: bool = False,
) -> Plan:
    """The options as a plan. Raises BadParameter for a cluster address without a scheme.

    What is fetched politely comes more slowly than one process codes: with `fetch` more are started only when asked for.
    """
    if cluster is not None and "://" not in cluster:
        raise typer.BadParameter(f"{cluster!r} is no address; write tcp://host:8786", param_hint="--cluster")
    if workers == 0:
        workers = os.cpu_count() or 1
    elif workers is None and fetch:
        workers = 1
    return Plan(workers=workers, cluster=cluster, keep=keep, shard_documents=shard_size)
