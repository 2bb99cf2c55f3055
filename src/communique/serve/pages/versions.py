"""The values that reports give a field, for a reader: names for ids and sides, days in words."""

import re
from datetime import date

from communique.codebook.countries import load_countries
from communique.records import LinkedEvent
from communique.serve.pages.dates import day_words
from communique.serve.pages.wording import Wording

ISO_DAY = re.compile(r"([0-9]{4})-(0[1-9]|1[0-2])(?:-(0[1-9]|[12][0-9]|3[01]))?")


def value_words(value: str, wording: Wording) -> str:
    """A field's value in words; `none` for an empty one."""
    parts = dict.fromkeys(_part(each.strip(), wording) for each in value.split(","))
    return ", ".join(parts) if value else "none"


def ids_in(event: LinkedEvent) -> list[str]:
    """The actor ids among the event's values: what `value_words` needs names for."""
    parts = [part.strip() for field in event.fields for each in field.values for part in each.value.split(",")]
    return [part for part in parts if part.startswith("actor-")]


def _part(part: str, wording: Wording) -> str:
    if part.startswith("actor-"):
        return wording.name(part).name
    dated = ISO_DAY.fullmatch(part)
    if dated is not None:
        first = date(int(dated[1]), int(dated[2]), int(dated[3] or 1))
        return day_words(first) if dated[3] else f"{first:%B %Y}"
    kind, _, name = part.partition(":")
    if kind == "country" and name in load_countries().by_code:
        return load_countries().by_code[name].name
    return name if kind == "organization" else part
