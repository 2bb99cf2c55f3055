"""Happenings → tables in the form of GDELT 2.0: 61 columns an event, 16 a mention, tabs between, no header.

Columns and their order are those of "The GDELT Event Database Data Format Codebook V2.0" (19 February 2015). EventRootCode is
CAMEO's root by a crosswalk that is approximate (codebook/data/crosswalks/cameo.yaml); base and full code are the root's unspecified
one ("040"). What GDELT measures and we do not (tone, ethnic and religious codes) stays empty, and so does what is not known of a
date: an event in January has MonthYear and Year, but no SQLDATE.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from communique.codebook.country_codes import load_country_codes
from communique.codebook.crosswalks import load_crosswalk
from communique.codebook.event_types import load_event_types
from communique.export.choices import Choices
from communique.export.days import exact_day, iso_of
from communique.export.gathering import address_of
from communique.export.happenings import Happening, Report, Taking, happenings
from communique.export.safe_text import one_line
from communique.export.scores import score_of
from communique.export.separated import write_rows
from communique.export.tables.column import Cell
from communique.export.words import number_of
from communique.records import BlockKind, Claim, Role, outlet_of
from communique.records.reported import SENTENCE_END
from communique.store import Filters, Record

GEO_COLUMNS = ("Type", "Fullname", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
GEO_TYPES = {"country": 1, "town": 4, "region": 5}  # 2 and 3 are for the United States
GEO_TYPES_USA = {"country": 1, "town": 3, "region": 2}


@dataclass(frozen=True, slots=True)
class EventColumn:
    """A column of the event table."""

    name: str
    description: str
    value: Callable[[Happening], Cell]


@dataclass(frozen=True, slots=True)
class MentionColumn:
    """A column of the mention table."""

    name: str
    description: str
    value: Callable[[Happening, Report], Cell]


def root_code(happening: Happening) -> str:
    """CAMEO's root code, "01" to "20", by the approximate crosswalk."""
    return load_crosswalk("cameo").label(
        happening.coded, happening.modes, happening.status.value, happening.first.quote
    )


def _day(happening: Happening) -> str:
    day = exact_day(happening.dates)
    return f"{day:%Y%m%d}" if day else ""


def _month(happening: Happening) -> str:
    return iso_of(happening.dates).replace("-", "")[:6] if "/" not in iso_of(happening.dates)[:8] else ""


def _year(happening: Happening) -> str:
    dates = happening.dates
    known = dates is not None and dates.earliest and dates.latest and dates.earliest.year == dates.latest.year
    return str(dates.earliest.year) if dates and dates.earliest and known else ""


def _fraction(happening: Happening) -> str:
    """Year and the share of it that has gone, by the codebook's own formula (MONTH * 30 + DAY) / 365."""
    day = exact_day(happening.dates)
    return f"{day.year + (day.month * 30 + day.day) / 365:.4f}" if day else ""


def stamp(day: date | None) -> str:
    """YYYYMMDDHHMMSS of a day; hours and below are zeros, since we know none."""
    return f"{day:%Y%m%d}000000" if day else ""


def _actor_columns(name: str, of: Callable[[Happening], tuple[Taking, ...]]) -> Iterator[EventColumn]:
    def cell(value: Callable[[Taking], str]) -> Callable[[Happening], Cell]:
        return lambda each: value(of(each)[0]) if of(each) else ""

    def sector(number: int) -> Callable[[Taking], str]:
        return lambda each: each.actor.sectors[number] if each.actor and len(each.actor.sectors) > number else ""

    def country(each: Taking) -> str:
        return (each.actor and each.actor.country) or ""

    yield EventColumn(f"{name}Code", "Country and first sector.", cell(lambda each: country(each) + sector(0)(each)))
    yield EventColumn(f"{name}Name", "Name, in capitals.", cell(lambda each: one_line(each.name).upper()))
    yield EventColumn(f"{name}CountryCode", "ISO 3166-1 alpha-3 code.", cell(country))
    yield EventColumn(f"{name}KnownGroupCode", "Empty.", lambda _: "")
    yield EventColumn(f"{name}EthnicCode", "Empty.", lambda _: "")
    yield EventColumn(f"{name}Religion1Code", "Empty.", lambda _: "")
    yield EventColumn(f"{name}Religion2Code", "Empty.", lambda _: "")
    for number in range(3):
        yield EventColumn(f"{name}Type{number + 1}Code", "PLOVER sector, near CAMEO's role.", cell(sector(number)))


def _geo_columns(name: str, of: Callable[[Happening], Sequence[Cell]], what: str) -> Iterator[EventColumn]:
    for number, column in enumerate(GEO_COLUMNS):
        yield EventColumn(f"{name}Geo_{column}", what, lambda each, number=number: of(each)[number])  # type: ignore[misc]


def _no_place(_: Happening) -> Sequence[Cell]:
    return (0, *("",) * 7)


def _place(happening: Happening) -> Sequence[Cell]:
    place = happening.place
    if place is None:
        return _no_place(happening)
    types = GEO_TYPES_USA if place.country == "USA" else GEO_TYPES
    codes = load_country_codes().get(place.country or "")
    fullname = ", ".join(dict.fromkeys(one_line(part) for part in (place.name, place.region, place.country) if part))
    return (
        types.get(place.precision, 0),
        fullname,
        codes.fips if codes else "",
        "",
        "",
        place.latitude,
        place.longitude,
        place.geonames_id,
    )


def _in_lead(happening: Happening) -> int:
    """1 where the first report tells it in its title or first paragraph."""
    article, trigger = happening.first.article, happening.first.claim.trigger
    bodies = [block.span for block in article.blocks if block.kind is BlockKind.BODY]
    titles = [block.span for block in article.blocks if block.kind is BlockKind.TITLE]
    return int(any(span.covers(trigger) for span in (*titles, *bodies[:1])))


def _second(happening: Happening) -> tuple[Taking, ...]:
    """Whom it is done to; where there is nobody, the second of those who act together."""
    return happening.recipients or happening.actors[1:2]


def _added(happening: Happening) -> str:
    article = happening.first.article
    return stamp(article.fetched or (article.published.day if article.published else None))


EVENT_COLUMNS: tuple[EventColumn, ...] = (
    EventColumn("GLOBALEVENTID", "A number made from our id; the twin has both.", lambda each: number_of(each.id)),
    EventColumn("SQLDATE", "Day, where one is known: YYYYMMDD.", _day),
    EventColumn("MonthYear", "Month, where one is known: YYYYMM.", _month),
    EventColumn("Year", "Year, where one is known.", _year),
    EventColumn("FractionDate", "Year and the share of it that has gone, for a known day.", _fraction),
    *_actor_columns("Actor1", lambda each: each.actors),
    *_actor_columns("Actor2", _second),
    EventColumn("IsRootEvent", "1 where the first report tells it in title or first paragraph.", _in_lead),
    EventColumn("EventCode", "The root's unspecified code (040).", lambda each: f"{root_code(each)}0"),
    EventColumn("EventBaseCode", "The same.", lambda each: f"{root_code(each)}0"),
    EventColumn("EventRootCode", "CAMEO root code, approximate.", root_code),
    EventColumn("QuadClass", "PLOVER's quad class, 1 to 4.", lambda each: load_event_types().quad(each.coded)),
    EventColumn("GoldsteinScale", "PLOVER's Goldstein-like score.", lambda each: score_of(each.coded, each.modes)),
    EventColumn("NumMentions", "Claims that report it.", lambda each: len(each.reports)),
    EventColumn("NumSources", "Independent outlets that report it; copies count once.", lambda each: each.voices),
    EventColumn("NumArticles", "Articles that report it.", lambda each: each.articles),
    EventColumn("AvgTone", "Empty.", lambda _: ""),
    *_geo_columns("Actor1", _no_place, "Empty; the type is 0."),
    *_geo_columns("Actor2", _no_place, "Empty; the type is 0."),
    *_geo_columns("Action", _place, "The place: FIPS 10-4 country, GeoNames feature id; no ADM codes."),
    EventColumn("DATEADDED", "Day the first report was obtained, with zeros for the time.", _added),
    EventColumn("SOURCEURL", "Address of the first report.", lambda each: one_line(address_of(each.first.article))),
)


def _sentence(report: Report) -> int:
    """The number of the sentence, from 1, in title and body."""
    number = 1
    for block in report.article.blocks:
        if block.kind in (BlockKind.TITLE, BlockKind.BODY) and block.span.start <= report.claim.trigger.start:
            until = min(block.span.end, report.claim.trigger.start)
            number += len(SENTENCE_END.findall(report.article.text[block.span.start : until]))
            number += block.span.end <= report.claim.trigger.start
    return number


def _begin(of: Callable[[Claim], Sequence[Role]]) -> Callable[[Happening, Report], Cell]:
    """Where the words that name the first of them begin; -1 where none do."""

    def cell(_: Happening, report: Report) -> Cell:
        return next((role.span.start for role in of(report.claim) if role.span), -1)

    return cell


MENTION_COLUMNS: tuple[MentionColumn, ...] = (
    MentionColumn("GLOBALEVENTID", "As in the event table.", lambda each, _: number_of(each.id)),
    MentionColumn("EventTimeDate", "Day of the event, where one is known.", lambda each, _: stamp(exact_day(each.dates))),
    MentionColumn(
        "MentionTimeDate",
        "Day of publication.",
        lambda _, report: stamp(report.article.published.day if report.article.published else None),
    ),
    MentionColumn("MentionType", "1 an address on the web, 2 a citation.", lambda _, report: 1 if report.article.url else 2),
    MentionColumn("MentionSourceName", "Outlet.", lambda _, report: one_line(outlet_of(report.article))),
    MentionColumn("MentionIdentifier", "Address of the article.", lambda _, report: one_line(address_of(report.article))),
    MentionColumn("SentenceID", "Number of the sentence, from 1.", lambda _, report: _sentence(report)),
    MentionColumn("Actor1CharOffset", "Where the actor's words begin, -1: not named.", _begin(lambda claim: claim.actors)),
    MentionColumn("Actor2CharOffset", "Where the recipient's words begin, -1: not named.", _begin(lambda claim: claim.recipients)),
    MentionColumn("ActionCharOffset", "Where the words that name the event begin.", lambda _, report: report.claim.trigger.start),
    MentionColumn("InRawText", "1: our text is the article's own.", lambda *_: 1),
    MentionColumn("Confidence", "Of the least certain field, in per cent.", lambda _, report: round(report.claim.confidence * 100)),
    MentionColumn("MentionDocLen", "Characters of the article's text.", lambda _, report: len(report.article.text)),
    MentionColumn("MentionDocTone", "Empty.", lambda *_: ""),
    MentionColumn("MentionDocTranslationInfo", "Empty.", lambda *_: ""),
    MentionColumn("Extras", "Id of the claim.", lambda _, report: report.claim.id),
)  # fmt: skip


def write_gdelt(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """The event table; gives the number of events."""
    told = happenings(record, filters, choices or Choices())
    rows = ([column.value(each) for column in EVENT_COLUMNS] for each in told)
    return write_rows(out, (), rows, delimiter="\t", headed=False)


def write_mentions(record: Record, filters: Filters, out: BinaryIO, choices: Choices | None = None) -> int:
    """The mention table, one row a claim of every event; gives the number of mentions."""
    told = happenings(record, filters, choices or Choices())
    rows = ([column.value(each, report) for column in MENTION_COLUMNS] for each in told for report in each.reports)
    return write_rows(out, (), rows, delimiter="\t", headed=False)
