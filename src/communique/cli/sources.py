"""The options that say what `communique read` may take in, and the ReadOptions that they make."""

from pathlib import Path
from typing import Annotated

import typer

from communique.read import ReadOptions, parse_columns

FETCHED_ENDING = "-fetched.json"  # beside the record: what servers said of pages fetched before

Fetch = Annotated[
    bool,
    typer.Option("--fetch", help="Fetch addresses, and the pages that feeds link to. Without it nothing is fetched."),
]
AllowPrivate = Annotated[
    bool,
    typer.Option(
        "--allow-private", help="Fetch from private and loopback addresses too, such as a server of your own."
    ),
]
ColumnPairs = Annotated[
    list[str] | None,
    typer.Option(
        "--column",
        metavar="NAME=COLUMN",
        help="Which column of a table holds what: id, title, text, url, date, source. Repeatable. [default: by their names]",
        show_default=False,
    ),
]


def read_options(record: Path, fetch: bool, allow_private: bool, columns: list[str] | None) -> ReadOptions:
    """Raises ConfigurationError for a --column that means nothing."""
    return ReadOptions(
        fetch=fetch, allow_private=allow_private, columns=parse_columns(columns or ()), fetch_cache=fetched_file(record)
    )


def fetched_file(record: Path) -> Path:
    """The small file beside the record."""
    return record.with_name(record.name + FETCHED_ENDING)
