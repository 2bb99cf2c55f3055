"""The Python interface: paths → a record to ask questions of, and a record → plain rows for pandas, polars and the like.

Everything else is asked of `Record` itself (store/record.py), in the record types of `communique.records`.
"""

import os
import shutil
import tempfile
import weakref
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeAlias

from communique.export.tables.catalogue import TABLES
from communique.export.tables.column import AnyTable
from communique.read import read_paths
from communique.read.options import FIELDS, ReadOptions
from communique.records import ConfigurationError, Problem, ReadingError, Severity
from communique.run.linking import link_record
from communique.run.many import Plan, read_many
from communique.run.reading import own_files
from communique.run.settings import Settings, load_settings
from communique.store import Filters, Record

Value: TypeAlias = str | int | float | bool | date | list[str] | None
StrPath: TypeAlias = str | os.PathLike[str]

FETCHED_ENDING = "-fetched.json"  # as `communique read --fetch` calls the file beside the record


def read(
    *paths: StrPath,
    record: StrPath | None = "communique.db",
    settings: Settings | StrPath | None = None,
    link: bool = True,
    fetch: bool = False,
    columns: Mapping[str, str] | None = None,
    workers: int = 1,
    report: Callable[[Problem], None] | None = None,
) -> Record:
    """Reads files, folders, patterns or addresses into the record and gives it, open for questions and judgements.

    `record` is its file, made where there is none; None keeps it in a temporary file until it is closed. `settings` are
    those of a TOML file or ready made; without them `communique.toml` of the working folder holds, if there is one. `link`
    joins what several articles tell. Addresses are fetched only with `fetch`. `columns` says which column of a table is
    `text`, `title`, `url`, `date`, `source` or `id`. With more than one of `workers` as many processes code the articles.

    One bad document never stops it: `report` is called with each problem, and `record.problems()` lists them. Raises
    ReadingError when no document at all could be read, StorageError, ConfigurationError and CodebookError for what their
    names say, KeyboardInterrupt after Ctrl-C; what was stored before is sound. `settings.record` does not matter here.
    """
    settled = settings if isinstance(settings, Settings) else load_settings(Path(settings) if settings else None)
    unknown = sorted(set(columns or ()) - set(FIELDS))
    if unknown:
        raise ConfigurationError(f"columns: {unknown[0]!r} is no field; there are {', '.join(FIELDS)}")
    opened = _Temporary.made() if record is None else Record.open(Path(record), create=True)
    try:
        _read_into(opened, [os.fspath(path) for path in paths], settled, workers, report, fetch, columns or {})
        if link:
            link_record(opened, settings=settled)
    except BaseException:
        opened.close()
        raise
    return opened


def _read_into(
    record: Record,
    paths: list[str],
    settings: Settings,
    workers: int,
    report: Callable[[Problem], None] | None,
    fetch: bool,
    columns: Mapping[str, str],
) -> None:
    failures: list[Problem] = []

    def told(problem: Problem) -> None:
        if problem.severity is not Severity.WARNING and not failures:
            failures.append(problem)
        if report is not None:
            report(problem)

    cache = record.path.with_name(record.path.name + FETCHED_ENDING)
    options = ReadOptions(fetch=fetch, columns=tuple(columns.items()))
    if workers == 1:
        options = replace(options, fetch_cache=cache)
    documents = read_paths(paths, own=[*own_files(record), str(cache)], options=options)
    counts = read_many(record, documents, settings, Plan(workers=workers), report=told)
    if counts.interrupted:
        raise KeyboardInterrupt
    if counts.failed and not counts.articles:
        first = failures[0] if failures else None
        told_first = f"{first.source}: {first.reason}; {first.remedy}" if first else "none of them is an article"
        raise ReadingError(f"nothing could be read: {' '.join(told_first.split())}")


def rows(record: Record, kind: str, filters: Filters | None = None) -> list[dict[str, Value]]:
    """One dictionary a record of that kind, with the columns of docs/reference/exports.md: text, numbers, days, lists of text.

    Kinds: claims, events, statements, positions, meetings, lines, actors, articles. Raises ConfigurationError for others.
    """
    table = _table(kind)
    names = columns(kind)
    return [
        {name: list(cell) if isinstance(cell, tuple) else cell for name, cell in zip(names, cells, strict=True)}
        for cells in table.rows(record, filters or Filters())
    ]


def columns(kind: str) -> tuple[str, ...]:
    """The names of a kind's columns, also where there is no row. Raises ConfigurationError for an unknown kind."""
    return tuple(column.name for column in _table(kind).columns)


def _table(kind: str) -> AnyTable:
    table = TABLES.get(kind)
    if table is None:
        raise ConfigurationError(f"{kind!r} is no kind of rows; there are {', '.join(TABLES)}")
    return table


class _Temporary(Record):
    """A record in a folder of its own, which goes with it."""

    @classmethod
    def made(cls) -> "_Temporary":
        folder = tempfile.mkdtemp(prefix="communique-")
        opened = cls.open(Path(folder) / "communique.db", create=True)
        weakref.finalize(opened, shutil.rmtree, folder, ignore_errors=True)
        return opened

    def close(self) -> None:
        """Lets go of the file and removes it."""
        super().close()
        shutil.rmtree(self.path.parent, ignore_errors=True)
