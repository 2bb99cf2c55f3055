"""What every list page shows around its rows: the conditions as chips and as a form, the next page, the same view as files."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from communique.serve.api.streaming import downloads_of
from communique.serve.query import PAGING, View, choices_of, names_of
from communique.store import Record

LABELS = {
    "actor": "Actor", "type": "Type", "status": "Status", "kind": "Kind", "act": "Speech act", "issue": "Issue",
    "stance": "Stance", "format": "Format", "stage": "Stage", "severity": "Severity", "since": "From", "until": "Until",
    "place": "Place", "source": "Outlet", "words": "Words", "article": "Article", "confidence": "At least as sure as",
    "rejected": "With rejected ones",
}  # fmt: skip
FIRST_FORMATS = {"csv": 0, "json": 1, "jsonl": 2}
FORMAT_NAMES = {"jsonl": "JSON lines", "geojson": "GeoJSON", "graphml": "GraphML", "atom": "Atom feed"}
NOT_IN_FORM = PAGING | {"article", "rejected", "confidence"}
PLACEHOLDERS = {
    "actor": "Russia, NATO, a name", "since": "2022-01-10, 2022-01", "until": "2022-01-31", "place": "Geneva, CHE",
    "source": "an outlet", "words": "in the article", "issue": "NATO enlargement", "format": "visit, phone …",
    "stage": "read, clean …",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Chip:
    """One condition that holds; `href` is the same view without it."""

    label: str
    value: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Control:
    """One field of the filter form. With `choices` it is a menu; `second` is the other side of a dyad."""

    name: str
    label: str
    value: str
    choices: tuple[str, ...] = ()
    placeholder: str = ""


def listing(record: Record, view: View, following: str | None, path: str) -> dict[str, Any]:
    """The common part of a list page's context; `following` is the cursor of the next page, None at the end."""
    return {
        "view": view,
        "path": path,
        "chips": tuple(_chips(record, view, path)),
        "controls": tuple(_controls(view)),
        "next_href": f"{path}?{view.query(after=following)}" if following else None,
        "formats": formats(view.kind, view.conditions),
    }


def formats(kind: str, conditions: str = "") -> Mapping[str, str]:
    """The addresses of exactly that view in every format that the list has, CSV and JSON first."""
    beside = f"&{conditions}" if conditions else ""
    ordered = sorted(
        {"json", *downloads_of(kind)}, key=lambda name: (FIRST_FORMATS.get(name, len(FIRST_FORMATS)), name)
    )
    return {FORMAT_NAMES.get(name, name.upper()): f"/api/{kind}?format={name}{beside}" for name in ordered}


def href(path: str, **values: str | int | None) -> str:
    """An address with a query of the values that are given."""
    query = urlencode([(name, value) for name, value in values.items() if value is not None])
    return f"{path}?{query}" if query else path


def _chips(record: Record, view: View, path: str) -> Iterator[Chip]:
    ids = [value for name, value in view.pairs if name == "actor" and value.startswith("actor-")]
    named = record.actors_by_id(ids) if ids else {}
    for name, value in view.pairs:
        if name in PAGING:
            continue
        rest = view.query(**{name: [each for each in view.values(name) if each != value] or None})
        shown = named[value].name if value in named else value
        yield Chip(label=LABELS[name], value=shown, href=f"{path}?{rest}" if rest else path)


def _controls(view: View) -> Iterator[Control]:
    for name in names_of(view.kind):
        if name in NOT_IN_FORM:
            continue
        given = view.values(name)
        choices = choices_of(view.kind, name)
        value = given[0] if given else ""
        yield Control(
            name=name, label=LABELS[name], value=value, choices=choices, placeholder=PLACEHOLDERS.get(name, "")
        )
        if name == "actor" and view.kind != "actors":
            other = given[1] if len(given) > 1 else ""
            yield Control(name=name, label="and actor", value=other, placeholder="for what passes between both")
