"""All formats by name: what the command line and the reading room offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import BinaryIO, Protocol

from communique.export.annotations import ANNOTATED, write_annotations
from communique.export.atom import write_atom
from communique.export.choices import Choices
from communique.export.ftm import write_ftm
from communique.export.gdelt import write_gdelt, write_mentions
from communique.export.geojson import write_geojson
from communique.export.ics import write_ics
from communique.export.json_lines import write_jsonl
from communique.export.parquet import write_parquet
from communique.export.plover import write_plover
from communique.export.polecat import write_polecat
from communique.export.separated import write_csv
from communique.export.tables.catalogue import TABLES
from communique.export.words import write_words
from communique.store import Filters, Record


class Write(Protocol):
    """Writes what the filters keep of the record into a binary file that is open for writing; gives the number of entries.

    Streams: memory stays flat. Raises StorageError for the record, OSError for the file.
    """

    def __call__(self, record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None, /) -> int: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """`kinds` are the kinds of records that it holds, the first unless another is asked for.

    `beside` are further files: the ending of the name → how it is written; those in `extended` only on demand. `binary`: no
    terminal shows it. `extra` is the package and the name of the extra that must be installed, None where none is needed.
    """

    name: str
    title: str
    media_type: str
    extension: str
    kinds: tuple[str, ...]
    write: Write
    beside: Mapping[str, Write]
    extended: Mapping[str, Write]
    binary: bool = False
    extra: tuple[str, str] | None = None

    @property
    def installed(self) -> bool:
        """False while the package that the format needs is missing."""
        return self.extra is None or find_spec(self.extra[0]) is not None


NONE: Mapping[str, Write] = {}
WORDS: Mapping[str, Write] = {".words.csv": write_words}
EVENT_KINDS = ("events", "claims")

FORMATS: dict[str, Format] = {
    each.name: each
    for each in (
        Format(
            name="csv",
            title="Comma-separated values (RFC 4180), a row a record",
            media_type="text/csv; charset=utf-8",
            extension=".csv",
            kinds=tuple(TABLES),
            write=write_csv,
            beside=NONE,
            extended=NONE,
        ),
        Format(
            name="jsonl",
            title="JSON lines, the whole record with every span",
            media_type="application/x-ndjson",
            extension=".jsonl",
            kinds=tuple(TABLES),
            write=write_jsonl,
            beside=NONE,
            extended=NONE,
        ),
        Format(
            name="parquet",
            title="Apache Parquet with typed columns",
            media_type="application/vnd.apache.parquet",
            extension=".parquet",
            kinds=tuple(TABLES),
            write=write_parquet,
            beside=NONE,
            extended=NONE,
            binary=True,
        ),
        Format(
            name="polecat",
            title="The forty tab-separated columns of POLECAT, a row an event",
            media_type="text/tab-separated-values; charset=utf-8",
            extension=".tsv",
            kinds=EVENT_KINDS,
            write=write_polecat,
            beside=NONE,
            extended=WORDS,
        ),
        Format(
            name="plover",
            title="PLOVER JSON, an object an event",
            media_type="application/json",
            extension=".plover.json",
            kinds=EVENT_KINDS,
            write=write_plover,
            beside=NONE,
            extended=NONE,
        ),
        Format(
            name="gdelt",
            title="Event and mention tables in the form of GDELT 2.0, with approximate CAMEO roots",
            media_type="text/tab-separated-values; charset=utf-8",
            extension=".gdelt.tsv",
            kinds=EVENT_KINDS,
            write=write_gdelt,
            beside={".mentions.tsv": write_mentions},
            extended=WORDS,
        ),
        Format(
            name="ics",
            title="Announced meetings as an iCalendar file (RFC 5545)",
            media_type="text/calendar; charset=utf-8",
            extension=".ics",
            kinds=("meetings",),
            write=write_ics,
            beside=NONE,
            extended=NONE,
        ),
        Format(
            name="geojson",
            title="Events with a place as GeoJSON (RFC 7946)",
            media_type="application/geo+json",
            extension=".geojson",
            kinds=EVENT_KINDS,
            write=write_geojson,
            beside=NONE,
            extended=NONE,
        ),
        Format(
            name="atom",
            title="The newest events as an Atom feed (RFC 4287)",
            media_type="application/atom+xml; charset=utf-8",
            extension=".atom",
            kinds=("events",),
            write=write_atom,
            beside=NONE,
            extended=NONE,
        ),
        Format(
            name="annotations",
            title="Every span as a W3C Web Annotation (JSON-LD)",
            media_type='application/ld+json; profile="http://www.w3.org/ns/anno.jsonld"',
            extension=".jsonld",
            kinds=ANNOTATED,
            write=write_annotations,
            beside=NONE,
            extended=NONE,
        ),
        Format(
            name="ftm",
            title="FollowTheMoney entities, one a line",
            media_type="application/x-ndjson",
            extension=".ftm.json",
            kinds=EVENT_KINDS,
            write=write_ftm,
            beside=NONE,
            extended=NONE,
            extra=("followthemoney", "ftm"),
        ),
    )
}
