"""Offices with their holders and dates (data/offices/*.yaml): who was French president on a day.

A file names a `country` (ISO 3166-1 alpha-3) or an `organization`, and lists offices with titles, sector and holders. `from`
and `to` keep their precision ("2021-04" is the month); a holder without `to` is in office. `shared: true` marks an office
that several people hold at once; `surname` is given where it is not the last word of the name ("Xi Jinping").
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from communique.codebook.files import read_yaml, yaml_files
from communique.records import CodebookError

HOLDER_FIELDS = {"name", "from", "to", "aliases", "checked", "source", "note", "acting", "surname"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """`titles` as news writes them; `sectors` are PLOVER codes."""

    office: str
    titles: tuple[str, ...]
    sectors: tuple[str, ...]
    country: str | None
    organization: str | None
    shared: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Tenure:
    """One holder's time in one office: first and last possible day, None for an open end."""

    name: str
    surname: str
    aliases: tuple[str, ...]
    office: Office
    start: date | None
    end: date | None

    def covers(self, earliest: date | None, latest: date | None) -> bool:
        """True when some day of the range lies in the tenure; an unknown range is covered by none."""
        if earliest is None and latest is None:
            return False
        after_start = self.start is None or latest is None or latest >= self.start
        before_end = self.end is None or earliest is None or earliest <= self.end
        return after_start and before_end


@lru_cache(maxsize=1)
def load_tenures() -> tuple[Tenure, ...]:
    """Every tenure of every office, in file order. Raises CodebookError on a malformed file."""
    return tuple(tenure for name in yaml_files("offices") for tenure in _tenures(read_yaml(name), name))


def _tenures(entry: Any, name: str) -> list[Tenure]:
    try:
        found: list[Tenure] = []
        for each in entry["offices"]:
            sector = each.get("sector") or ()
            office = Office(
                office=each["office"],
                titles=tuple(dict.fromkeys([*each["titles"], each["office"]])),
                sectors=(sector,) if isinstance(sector, str) else tuple(sector),
                country=each.get("country", entry.get("country")),
                organization=each.get("organization", entry.get("organization")),
                shared=bool(each.get("shared")),
            )
            found += [_tenure(holder, office) for holder in each["holders"]]
        return found
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise CodebookError(f"codebook file {name}: {error!r}; see RUS.yaml for the form") from error


def _tenure(holder: dict[str, Any], office: Office) -> Tenure:
    unknown = set(holder) - HOLDER_FIELDS
    if unknown:
        raise ValueError(f"holder {holder.get('name')}: unknown key {sorted(unknown)[0]}")
    return Tenure(
        name=str(holder["name"]),
        surname=str(holder.get("surname") or str(holder["name"]).split()[-1]),
        aliases=tuple(str(alias) for alias in holder.get("aliases") or ()),
        office=office,
        start=_day(holder.get("from"), first=True),
        end=_day(holder.get("to"), first=False),
    )


def _day(value: Any, *, first: bool) -> date | None:
    """The first or last day of a year, a month or a day; None for none."""
    if value is None:
        return None
    parts = [int(part) for part in str(value).split("-")]
    year = parts[0]
    month = parts[1] if len(parts) > 1 else (1 if first else 12)
    day = parts[2] if len(parts) > 2 else (1 if first else monthrange(year, month)[1])
    return date(year, month, day)
