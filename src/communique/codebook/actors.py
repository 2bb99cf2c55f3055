"""Organizations, bodies and groups by name (data/actors/*.yaml), and a user's own file in the same form.

A user's file is a YAML list; each entry has

    name: Ligue du Fleuve            # the name that the record shows
    aliases: [LdF, the River League] # every other name; names in capitals are found in capitals only
    kind: organization               # organization, body (part of a state), group or person
    sector: [REB, PTY]               # PLOVER codes, the primary one first
    country: MLI                     # ISO 3166-1 alpha-3, or null
    part_of: null                    # optional: the organization that it belongs to
    short: [the league]              # optional: how later sentences call it
    body: army                       # optional, for kind body: the key in institutions.yaml that it fills
    title: null                      # optional, for kind person: office
"""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from communique.codebook.files import parse_yaml, read_yaml, yaml_files
from communique.records import ActorKind, CodebookError, ConfigurationError

FIELDS = {"name", "aliases", "kind", "sector", "country", "part_of", "short", "body", "title"}
NEEDED = {"name", "kind", "sector", "country"}
STATE_SECTORS = ("COP", "GOV", "JUD", "LEG", "MIL", "PRM", "PTY", "REB", "SPY", "UAF", "UNK")
SOCIETY_SECTORS = ("AGR", "BUS", "CRM", "CVL", "EDU", "ELI", "JRN", "LAB", "MED", "REF", "OPP", "PRE", "REL", "SOC")
TOP_SECTORS = ("IGO", "UNO", "EUR", "NGO", "ISM", "IMG", "MNC")
SECTORS = frozenset((*STATE_SECTORS, *SOCIETY_SECTORS, *TOP_SECTORS))


@dataclass(frozen=True, slots=True, kw_only=True)
class ActorEntry:
    """A named actor of the codebook or of the user; `short` without the article "the"."""

    name: str
    aliases: tuple[str, ...]
    kind: ActorKind
    sectors: tuple[str, ...]
    country: str | None
    part_of: str | None = None
    short: tuple[str, ...] = ()
    body: str | None = None
    title: str | None = None


@lru_cache(maxsize=1)
def load_actors() -> tuple[ActorEntry, ...]:
    """The packaged actors, in file order. Raises CodebookError on a malformed entry."""
    return tuple(_entry(each, name) for name in yaml_files("actors") for each in read_yaml(name))


def load_user_actors(path: Path) -> tuple[ActorEntry, ...]:
    """A user's own actors. Raises ConfigurationError that names the file, the entry and the remedy."""
    try:
        entries = parse_yaml(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"actor file {path}: cannot be read ({error}); give a YAML file in UTF-8") from error
    except CodebookError as error:
        raise ConfigurationError(str(error)) from error
    if not isinstance(entries, list):
        raise ConfigurationError(f"actor file {path}: must be a list of entries; begin each with '- name:'")
    try:
        return tuple(_entry(each, str(path)) for each in entries)
    except CodebookError as error:
        raise ConfigurationError(str(error)) from error


def _entry(entry: Any, name: str) -> ActorEntry:
    if not isinstance(entry, dict) or not NEEDED <= set(entry) <= FIELDS:
        raise CodebookError(
            f"actor file {name}: entry {entry!r} needs {', '.join(sorted(NEEDED))} and may have {', '.join(sorted(FIELDS))}"
        )
    sectors = tuple(entry["sector"] or ())
    unknown = [each for each in sectors if each not in SECTORS]
    if unknown:
        raise CodebookError(f"actor file {name}: {entry['name']}: unknown sector {unknown[0]!r}; use a PLOVER code")
    try:
        kind = ActorKind(entry["kind"])
    except ValueError as error:
        raise CodebookError(
            f"actor file {name}: {entry['name']}: unknown kind {entry['kind']!r}; use {', '.join(ActorKind)}"
        ) from error
    return ActorEntry(
        name=str(entry["name"]),
        aliases=tuple(str(alias) for alias in entry.get("aliases") or ()),
        kind=kind,
        sectors=sectors,
        country=entry["country"],
        part_of=entry.get("part_of"),
        short=tuple(each.removeprefix("the ").removeprefix("The ").lower() for each in entry.get("short") or ()),
        body=entry.get("body"),
        title=entry.get("title"),
    )
