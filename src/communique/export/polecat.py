"""Happenings → the forty tab-separated columns of the POLECAT data set, one row each; and a twin with what they have no place for.

The columns are POLECAT's own, in its order (Halterman, Bagozzi, Beger, Schrodt and Scarborough 2023, "PLOVER and POLECAT"). Where
its column holds one value and ours several, they stand in one cell with `;` between, those of actors side by side: the second
country is the second actor's. A column that nothing in the record fills stays empty. Dates keep their precision (`2022-01`).
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from communique import __version__
from communique.codebook.country_codes import load_country_codes
from communique.codebook.event_types import load_event_types
from communique.export.choices import Choices
from communique.export.days import iso_of
from communique.export.happenings import Happening, Report, Taking, happenings
from communique.export.safe_text import one_line
from communique.export.scores import score_of
from communique.export.separated import write_rows
from communique.export.story import Story, stories
from communique.export.tables.column import Cell
from communique.records import Place, outlet_of
from communique.store import Filters, Record

FEATURE_TYPES = {
    "town": "PPL",
    "region": "ADM1",
    "country": "PCLI",
}  # GeoNames feature codes; an area has none for certain


@dataclass(frozen=True, slots=True)
class Row:
    """A happening, and who and what else its first report's article names."""

    happening: Happening
    story: Story = field(default_factory=Story)


@dataclass(frozen=True, slots=True)
class PolecatColumn:
    """POLECAT's name for it, what we write there, and how."""

    name: str
    description: str
    value: Callable[[Row], Cell]


def _joined(values: Sequence[str]) -> str:
    """The values in one cell, empty ones too, so that cells stay side by side; nothing where all are empty."""
    return ";".join(one_line(each).replace(";", ",") for each in values) if any(values) else ""


def _party_columns(role: str, of: Callable[[Happening], tuple[Taking, ...]]) -> Iterator[PolecatColumn]:
    def cells(value: Callable[[Taking], str]) -> Callable[[Row], Cell]:
        return lambda row: _joined([value(each) for each in of(row.happening)])

    yield PolecatColumn(f"{role} Name", "Names.", cells(lambda each: each.name))
    yield PolecatColumn(
        f"{role} Country", "ISO 3166-1 alpha-3 codes.", cells(lambda each: (each.actor and each.actor.country) or "")
    )
    yield PolecatColumn(f"{role} COW", "Correlates of War numbers of the countries.", cells(_cow))
    yield PolecatColumn(f"Primary {role} Sector", "First PLOVER sector of each.", cells(lambda each: _sectors(each)[0]))
    yield PolecatColumn(
        f"{role} Sectors", "All sectors, each one's apart by commas.", cells(lambda each: ",".join(_sectors(each)))
    )
    yield PolecatColumn(
        f"{role} Title", "Office as of the article's day.", cells(lambda each: (each.actor and each.actor.title) or "")
    )
    yield PolecatColumn(f"{role} Name Raw", "The words that name each.", cells(lambda each: each.quote))
    yield PolecatColumn(f"Wikipedia {role} ID", "Empty: the record knows none.", lambda _: "")


def _cow(taking: Taking) -> str:
    codes = load_country_codes().get((taking.actor and taking.actor.country) or "")
    return str(codes.cow) if codes and codes.cow is not None else ""


def _sectors(taking: Taking) -> tuple[str, ...]:
    return (taking.actor.sectors if taking.actor else ()) or ("",)


def _located(part: Callable[[Place], Cell]) -> Callable[[Row], Cell]:
    return lambda row: part(row.happening.place) if row.happening.place else None


def _town(place: Place) -> Cell:
    return _line(place.name) if place.precision == "town" else None


COLUMNS: tuple[PolecatColumn, ...] = (
    PolecatColumn("Event ID", "Id of the event (of the claim with --claims).", lambda row: row.happening.id),
    PolecatColumn(
        "Event Date", "ISO 8601 in as many parts as the words support: day, month, year or first/last.",
        lambda row: iso_of(row.happening.dates),
    ),
    PolecatColumn(
        "Event Type", "PLOVER 2.0 type; an announced CONSULT, SUPPORT, COOPERATE or AID is AGREE.",
        lambda row: row.happening.coded,
    ),
    PolecatColumn("Event Mode", "Modes.", lambda row: _joined(row.happening.modes)),
    PolecatColumn(
        "Intensity", "Goldstein-like score of the mode farthest from 0, else of the type.",
        lambda row: score_of(row.happening.coded, row.happening.modes),
    ),
    PolecatColumn("Quad Code", "Quad class, 1 to 4.", lambda row: load_event_types().quad(row.happening.coded)),
    PolecatColumn("Contexts", "Contexts.", lambda row: _joined(row.happening.contexts)),
    *_party_columns("Actor", lambda happening: happening.actors),
    *_party_columns("Recipient", lambda happening: happening.recipients),
    PolecatColumn("Placename", "Name of the place.", lambda row: _line(row.happening.place_name)),
    PolecatColumn("City", "The name again, where the place is a town.", _located(_town)),
    PolecatColumn("District", "Empty: the gazetteer has no second level.", lambda _: ""),
    PolecatColumn("Province", "First-level division.", _located(lambda place: _line(place.region))),
    PolecatColumn("Country", "ISO 3166-1 alpha-3 code of the place's country.", lambda row: row.happening.country),
    PolecatColumn("Latitude", "WGS 84 degrees of the place's centre.", _located(lambda place: place.latitude)),
    PolecatColumn("Longitude", "WGS 84 degrees of the place's centre.", _located(lambda place: place.longitude)),
    PolecatColumn("GeoNames ID", "GeoNames id.", _located(lambda place: place.geonames_id)),
    PolecatColumn("Raw Placename", "The words that name the place.", lambda row: _line(_raw_place(row.happening))),
    PolecatColumn(
        "Feature Type", "GeoNames feature code: PPL a town, ADM1 a region, PCLI a country; empty for an area.",
        _located(lambda place: FEATURE_TYPES.get(place.precision)),
    ),
    PolecatColumn("Source", "Outlet of the first report.", lambda row: _line(outlet_of(row.happening.first.article))),
    PolecatColumn("Publication Date", "Day on which the first report was published.", lambda row: _published(row.happening.first)),
    PolecatColumn("Story People", "Persons that the first report's article names.", lambda row: _joined(row.story.people)),
    PolecatColumn("Story Organizations", "Organizations and bodies that it names.", lambda row: _joined(row.story.organizations)),
    PolecatColumn("Story Locations", "Places of its claims.", lambda row: _joined(row.story.places)),
    PolecatColumn("Language", "ISO 639-1 code of its language.", lambda row: row.happening.first.article.language),
    PolecatColumn("Version", "The program's version.", lambda _: f"communique {__version__}"),
)  # fmt: skip


def write_polecat(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """A header and one row a happening; gives the number of rows."""
    rows = (
        [column.value(Row(happening, story)) for column in COLUMNS]
        for happening, story in stories(record, happenings(record, filters, choices or Choices()))
    )
    return write_rows(out, [column.name for column in COLUMNS], rows, delimiter="\t")


def _line(text: str | None) -> str | None:
    return one_line(text) if text else None


def _raw_place(happening: Happening) -> str | None:
    place = happening.place
    article = next(
        (each.article for each in happening.reports if place and each.article.id == place.span.article_id), None
    )
    return article.quote(place.span) if article and place else None


def _published(report: Report) -> Cell:
    return report.article.published.day if report.article.published else None
