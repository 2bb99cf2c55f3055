"""A request's query → Filters, and back to a canonical address: one grammar for pages, API, exports and feeds.

`?actor=Russia&actor=NATO&type=CONSULT&since=2022-01&words=security` asks what the command line's options of the same names ask.
Each kind of list knows which names it takes. What is asked wrongly is told by name, all faults at once, as QueryError.
"""

import re
from calendar import monthrange
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlencode

from communique.codebook.files import yaml_files
from communique.records import (
    ActorKind,
    ConfigurationError,
    MeetingStatus,
    Severity,
    SpeechAct,
    Stance,
    StatementKind,
    Status,
    StorageError,
)
from communique.store import Filters, Record

LONGEST_VALUE = 200  # characters of one value; a cursor may be longer
LONGEST_CURSOR = 600
MOST_VALUES = 12  # of one name
DEFAULT_LIMIT = 100
HIGHEST_LIMIT = 1000

DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})(?:-([0-9]{1,2}))?)?")
CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")
ARTICLE_ID = re.compile(r"article-[0-9a-f]{16}")
TRUTHS = {"1": True, "true": True, "yes": True, "0": False, "false": False, "no": False}


class QueryError(ConfigurationError):
    """A query asks for what cannot be asked; `faults` are (name, reason) pairs, one for each wrong value.

    With `missing` nothing is wrong but that the article it names is not there.
    """

    def __init__(self, faults: Iterable[tuple[str, str]], *, missing: bool = False) -> None:
        self.faults = tuple(faults)
        self.missing = missing
        super().__init__("; ".join(f"{name}: {reason}" for name, reason in self.faults))


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The names that one kind of list takes. `types` and `statuses` are the names that fill those fields of Filters."""

    types: str | None = None
    statuses: str | None = None
    paged: bool = True
    names: frozenset[str] = frozenset()


DATED = frozenset({"actor", "since", "until", "source", "words", "article"})
GRAMMARS: Mapping[str, Grammar] = {
    "claims": Grammar(types="type", statuses="status", names=DATED | {"place", "confidence", "rejected"}),
    "events": Grammar(types="type", statuses="status", names=DATED | {"place"}),
    "statements": Grammar(types="kind", statuses="act", names=DATED),
    "positions": Grammar(types="issue", statuses="stance", names=DATED | {"rejected"}),
    "lines": Grammar(types="issue", statuses="stance", names=DATED),
    "meetings": Grammar(types="type", statuses="status", names=DATED | {"place"}),
    "actors": Grammar(types="kind", names=frozenset({"actor", "article", "words", "source"})),
    "articles": Grammar(types="type", statuses="status", names=DATED | {"place"}),
    "problems": Grammar(types="stage", statuses="severity", names=frozenset({"article"})),
    "review": Grammar(types="type", statuses="status", names=DATED | {"place"}),
    "sources": Grammar(paged=False),
}
CHOICES: Mapping[tuple[str, str], tuple[str, ...]] = {
    ("claims", "status"): tuple(Status),
    ("articles", "status"): tuple(Status),
    ("events", "status"): (*Status, "disputed"),
    ("review", "status"): tuple(Status),
    ("statements", "kind"): tuple(StatementKind),
    ("statements", "act"): tuple(SpeechAct),
    ("positions", "stance"): tuple(Stance),
    ("lines", "stance"): (*Stance, "changed", "owed"),
    ("meetings", "status"): tuple(MeetingStatus),
    ("actors", "kind"): tuple(ActorKind),
    ("problems", "severity"): tuple(Severity),
}
SEVERAL = frozenset(
    {"actor", "type", "status", "kind", "act", "issue", "stance", "stage", "severity", "place", "source"}
)
ORDER = (
    "actor", "type", "status", "kind", "act", "issue", "stance", "stage", "severity", "since", "until",
    "place", "source", "words", "article", "confidence", "rejected", "limit", "after",
)  # fmt: skip
EVENT_TYPED = frozenset(
    {"claims", "events", "articles", "review"}
)  # a meeting's `type` is its form (visit, phone), in any words
PAGING = frozenset({"limit", "after"})


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What is asked of one kind of list: as Filters, and as the (name, value) pairs of its canonical address."""

    kind: str
    filters: Filters
    pairs: tuple[tuple[str, str], ...]

    def values(self, name: str) -> tuple[str, ...]:
        """The values given for one name, as they were asked for."""
        return tuple(value for each, value in self.pairs if each == name)

    def query(self, **changes: str | int | Iterable[str] | None) -> str:
        """The canonical query string without `?`; a change replaces the values of its name, None takes it out.

        A new condition begins at the first page again: `after` is dropped unless it is among the changes.
        """
        if any(name != "after" for name in changes):
            changes = {"after": None} | changes
        kept: list[tuple[str, str]] = [pair for pair in self.pairs if pair[0] not in changes]
        for name, value in changes.items():
            values = [] if value is None else [str(value)] if isinstance(value, (str, int)) else list(value)
            kept += [(name, each) for each in values]
        kept.sort(key=_place)
        return urlencode(kept)

    @property
    def conditions(self) -> str:
        """The canonical query string without `limit` and `after`: what names the view itself."""
        return urlencode([pair for pair in self.pairs if pair[0] not in PAGING])


def read_view(
    record: Record,
    kind: str,
    pairs: Iterable[tuple[str, str]],
    *,
    strict: bool = True,
    default_limit: int | None = DEFAULT_LIMIT,
    extra: Iterable[str] = (),
) -> View:
    """The view that query parameters ask for (`request.query_params.multi_items()`). Raises QueryError.

    With `strict` an unknown name is a fault, unless it is among `extra`, and so is an empty value; else both are passed over
    (pages: addresses pick up names on their way, and a form is sent with what was left empty).
    `default_limit` None asks for everything (exports).
    """
    grammar = GRAMMARS[kind]
    allowed = names_of(kind)
    asked: dict[str, list[str]] = {}
    faults: list[tuple[str, str]] = []
    passed = set(extra)
    for name, value in pairs:
        known = "words" if name == "q" else name
        if known in passed:
            continue
        if known not in allowed:
            if strict:
                faults.append((name, f"is no parameter of this list; it takes {', '.join(allowed)}"))
            continue
        if not value.strip():
            if strict:
                faults.append((name, "is empty; leave it out"))
            continue
        fault = _unfit(known, value)
        if fault:
            faults.append((name, fault))
            continue
        asked.setdefault(known, []).append(value.strip())
    for name, values in asked.items():
        most = MOST_VALUES if name in SEVERAL else 1
        if len(values) > most:
            faults.append((name, f"is given {len(values)} times, more than {most}"))
        asked[name] = list(dict.fromkeys(values))
    reading = _Reading(record, kind, asked, faults)
    filters = Filters(
        actors=reading.several("actor"),
        types=reading.choices(grammar.types),
        statuses=reading.choices(grammar.statuses),
        since=reading.day("since", last=False),
        until=reading.day("until", last=True),
        article_id=reading.article(),
        words=reading.one("words"),
        places=reading.several("place"),
        sources=reading.several("source"),
        min_confidence=reading.share("confidence"),
        rejected=reading.truth("rejected"),
        after=reading.one("after"),
        limit=reading.limit(default_limit),
    )
    if faults:
        raise QueryError(faults, missing=reading.missing and len(faults) == 1)
    told = sorted(((name, value) for name, values in asked.items() for value in values), key=_place)
    return View(kind=kind, filters=filters, pairs=tuple(told))


@lru_cache(maxsize=64)
def names_of(kind: str) -> tuple[str, ...]:
    """The parameters that a kind of list takes, in canonical order."""
    grammar = GRAMMARS[kind]
    own = (
        grammar.names
        | (PAGING if grammar.paged else frozenset())
        | {each for each in (grammar.types, grammar.statuses) if each}
    )
    return tuple(name for name in ORDER if name in own)


@lru_cache(maxsize=1)
def event_type_names() -> tuple[str, ...]:
    """The event types of the codebook."""
    return tuple(sorted(Path(name).stem for name in yaml_files("types")))


def choices_of(kind: str, name: str) -> tuple[str, ...]:
    """The values that a parameter may have; empty when it is free text."""
    if name == "type" and kind in EVENT_TYPED:
        return event_type_names()
    return tuple(str(each) for each in CHOICES.get((kind, name), ()))


def _place(pair: tuple[str, str]) -> int:
    return ORDER.index(pair[0]) if pair[0] in ORDER else len(ORDER)


def _unfit(name: str, value: str) -> str | None:
    longest = LONGEST_CURSOR if name == "after" else LONGEST_VALUE
    if len(value) > longest:
        return f"is longer than {longest} characters"
    if CONTROL.search(value):
        return "holds characters that cannot be printed"
    return None


class _Reading:
    """The values of one query as fields of Filters; what cannot be read is added to `faults`."""

    def __init__(self, record: Record, kind: str, asked: dict[str, list[str]], faults: list[tuple[str, str]]) -> None:
        self._record = record
        self._kind = kind
        self._asked = asked
        self._faults = faults
        self.missing = False

    def several(self, name: str) -> tuple[str, ...]:
        return tuple(self._asked.get(name, ()))

    def one(self, name: str) -> str | None:
        return next(iter(self._asked.get(name, ())), None)

    def choices(self, name: str | None) -> tuple[str, ...]:
        if name is None or name not in self._asked:
            return ()
        known = choices_of(self._kind, name)
        found: list[str] = []
        for value in self._asked[name]:
            wanted = value if not known else value.upper() if name == "type" else value.lower()
            if known and wanted not in known and not (name == "type" and self._is_own_type(wanted)):
                self._faults.append((name, f"{value!r} is none of {', '.join(known)}"))
            found.append(wanted)
        self._asked[name] = list(dict.fromkeys(found))  # the canonical address has them as they are written here
        return tuple(self._asked[name])

    def _is_own_type(self, name: str) -> bool:
        """True for a type that is not the codebook's, but of which the record has claims: one of the user's own."""
        return self._record.count("claims", Filters(types=(name,), rejected=True)) > 0

    def day(self, name: str, *, last: bool) -> date | None:
        text = self.one(name)
        if text is None:
            return None
        match = DAY.fullmatch(text)
        try:
            if match is None:
                raise ValueError
            year = int(match[1])
            month = int(match[2] or (12 if last else 1))
            return date(year, month, int(match[3] or (monthrange(year, month)[1] if last else 1)))
        except ValueError:
            self._faults.append((name, f"{text!r} is no day; write 2022-01-10, 2022-01 or 2022"))
            return None

    def share(self, name: str) -> float | None:
        text = self.one(name)
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]?(\.[0-9]{1,6})?", text) or not 0 <= float(text) <= 1:
            self._faults.append((name, f"{text!r} is no number from 0 to 1"))
            return None
        return float(text)

    def truth(self, name: str) -> bool:
        text = self.one(name)
        if text is None:
            return False
        if text.lower() not in TRUTHS:
            self._faults.append((name, f"{text!r} is neither true nor false"))
        return TRUTHS.get(text.lower(), False)

    def limit(self, default: int | None) -> int | None:
        text = self.one("limit")
        if text is None:
            return default
        if not re.fullmatch(r"[0-9]{1,6}", text) or not 1 <= int(text) <= HIGHEST_LIMIT:
            self._faults.append(("limit", f"{text!r} is no number from 1 to {HIGHEST_LIMIT}"))
            return default
        return int(text)

    def article(self) -> str | None:
        text = self.one("article")
        if text is None or ARTICLE_ID.fullmatch(text):
            return text
        try:
            return self._record.find_article(text)
        except StorageError as error:
            if not str(error).startswith(f"{text}: "):  # not about what was asked, but about the file
                raise
            self.missing = True
            self._faults.append(("article", str(error).removeprefix(f"{text}: ")))
            return None
