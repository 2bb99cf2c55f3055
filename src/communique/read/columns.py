"""The columns of a table and the user's wishes → which column tells what of an article.

The user's own pairs come first; the rest is guessed from the names in column_names.toml.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from communique.read.options import FIELDS

SIGNS = re.compile(r"[\W_]+")
COLUMNS_NAMED = 30  # in a message
SUMMARY = "summary"


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """For each of FIELDS the columns to look into, in order. `wished` are the fields that the user settled,
    `only_summary` is true when the text can come from no more than a column of extracts."""

    of: Mapping[str, tuple[str, ...]]
    wished: frozenset[str] = frozenset()
    only_summary: bool = False

    def used(self) -> tuple[str, ...]:
        """All columns that are looked into."""
        return tuple(dict.fromkeys(column for columns in self.of.values() for column in columns))


class NoSuchColumnError(Exception):
    """What is missing, with the columns there are, in one line; `remedy` says what to write."""

    def __init__(self, cause: str, remedy: str) -> None:
        super().__init__(cause)
        self.remedy = remedy


def choose_columns(
    present: Sequence[str], wishes: Iterable[tuple[str, str]] = (), *, links_suffice: bool = False
) -> Columns:
    """Raises NoSuchColumnError when a wished column is missing, or when no column can hold the text.

    `links_suffice`: addresses will do in place of texts, since the pages can be fetched.
    """
    wished = {field: _find(present, field, name) for field, name in wishes}
    by_key: dict[str, str] = {}
    for name in present:
        by_key.setdefault(_key(name), name)
    taken = set(wished.values())
    chosen: dict[str, tuple[str, ...]] = {}
    for field, names in _guesses().items():
        found = tuple(by_key[key] for key in names if key in by_key and by_key[key] not in taken)
        chosen[field] = (wished[field],) if field in wished else found
    summaries = chosen.pop(SUMMARY)
    only_summary = not chosen["text"] and bool(summaries)
    if only_summary:
        chosen["text"] = summaries
    if not chosen["text"] and not (links_suffice and chosen["url"]):
        or_fetch = ", or read the linked pages with --fetch" if chosen["url"] else ""
        raise NoSuchColumnError(
            f"no column is known to hold the text; its columns are {named(present)}",
            f"say which one with --column text=COLUMN{or_fetch}",
        )
    return Columns(of=chosen, wished=frozenset(wished), only_summary=only_summary)


def has_text_column(present: Iterable[str]) -> bool:
    """True when a guess would find the text of an article among these names."""
    return not {_key(name) for name in present}.isdisjoint(_guesses()["text"])


def named(columns: Sequence[str]) -> str:
    """Their names for a message, not more than can be read."""
    shown = ", ".join(" ".join(name.split())[:60] or "(no name)" for name in columns[:COLUMNS_NAMED])
    more = len(columns) - COLUMNS_NAMED
    return (shown + (f" and {more} more" if more > 0 else "")) or "nothing"


def _find(present: Sequence[str], field: str, name: str) -> str:
    if name in present:
        return name
    alike = [column for column in present if column.strip().lower() == name.lower()]
    if alike:
        return alike[0]
    if name.partition(".")[0] in present and "." in name:
        return name  # a field inside an object, as in article.body
    raise NoSuchColumnError(
        f"has no column {name} for the {field}; its columns are {named(present)}",
        f"correct --column {field}={name}",
    )


def _key(name: str) -> str:
    return SIGNS.sub("", name).lower()


@lru_cache(maxsize=1)
def _guesses() -> Mapping[str, tuple[str, ...]]:
    written = tomllib.loads((files("communique.read") / "column_names.toml").read_text(encoding="utf-8"))
    return {field: tuple(written[field]) for field in (*FIELDS, SUMMARY)}
