"""One column of a table: its name, type, description, and how a record fills it. Documentation is made from these."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Generic, TypeAlias, TypeVar

from communique.export.gathering import Gathered, Known
from communique.store import Filters, Record

T = TypeVar("T")

Cell: TypeAlias = str | int | float | bool | date | tuple[str, ...] | None


class ColumnType(StrEnum):
    """What a cell holds; None (empty) is allowed in each, an empty list stands for none."""

    TEXT = "text"
    TEXTS = "list of text"
    INTEGER = "integer"
    REAL = "number"
    DAY = "day"
    TRUTH = "true or false"


TEXT, TEXTS, INTEGER, REAL, DAY, TRUTH = ColumnType


@dataclass(frozen=True, slots=True)
class Column(Generic[T]):
    """`value` gives the cell of one record; `description` is one sentence or two for the reader of the file."""

    name: str
    type: ColumnType
    description: str
    value: Callable[[T, Known], Cell]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table(Generic[T]):
    """All records of a kind. `read` streams them with what their ids stand for."""

    kind: str
    title: str
    columns: tuple[Column[T], ...]
    read: Callable[[Record, Filters], Gathered[T]]

    def rows(self, record: Record, filters: Filters) -> Iterator[Sequence[Cell]]:
        """The cells of one record after another, in the order of the columns."""
        for part, known in self.read(record, filters):
            for thing in part:
                yield [column.value(thing, known) for column in self.columns]


AnyTable: TypeAlias = Table[Any]
