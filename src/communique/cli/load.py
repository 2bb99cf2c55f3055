"""`communique load`: results that were made elsewhere into the record."""

from pathlib import Path
from typing import Annotated

import typer

from communique.cli.options import AsJson, RecordFile, record_path, settings_of
from communique.cli.reading import conclude
from communique.cli.watching import watching
from communique.cli.workers import NoLink
from communique.run.linking import link_record
from communique.run.loading import count_results, load_results
from communique.store import Record

Places = Annotated[
    list[Path],
    typer.Argument(help="Folders that `communique read --keep-shards` made, or Parquet files of them.", metavar="DIR…"),
]


def load(
    context: typer.Context,
    places: Places,
    record: RecordFile = None,
    no_link: NoLink = False,
    json: AsJson = False,
) -> None:
    """Load results that were made elsewhere (Parquet) into the record, with the same ids."""
    place = record_path(context, record)
    with Record.open(place, create=True) as opened:
        with watching(count_results(places), "loading") as watch:
            counts = load_results(opened, places, progress=watch.advance, report=watch.report)
        if not (no_link or counts.interrupted):
            link_record(opened, settings=settings_of(context))
    conclude(counts, watch, place, json)
