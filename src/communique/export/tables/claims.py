"""The table of claims: what one article reports, a row each."""

from communique.codebook.event_types import load_event_types
from communique.export import gathering
from communique.export.gathering import Known
from communique.export.scores import score_of
from communique.export.tables.column import INTEGER, REAL, TEXT, TEXTS, Column, Table
from communique.export.tables.parts import article_columns, role_columns, time_columns, words_columns
from communique.records import Article, Claim, Span


def _article(claim: Claim, known: Known) -> Article | None:
    return known.articles.get(claim.article_id)


def _quotation(claim: Claim, _: Known) -> Span:
    return claim.evidence[0] if claim.evidence else claim.trigger


def _event(claim: Claim, known: Known) -> str | None:
    event = known.events.get(claim.id)
    return event.id if event else None


CLAIMS: Table[Claim] = Table(
    kind="claims",
    title="Claims: what one article reports, in timeline order",
    read=gathering.claims,
    columns=(
        Column("id", TEXT, "Id of the claim.", lambda claim, _: claim.id),
        Column(
            "event_id", TEXT, "The event over all articles that it reports; empty before `communique link`.", _event
        ),
        Column("type", TEXT, "Event type of PLOVER 2.0, or of your own codebook.", lambda claim, _: claim.type),
        Column("plover_type", TEXT, "The PLOVER type that it stands under.", lambda claim, _: claim.plover_type),
        Column("modes", TEXTS, "Modes of the type.", lambda claim, _: claim.modes),
        Column("contexts", TEXTS, "PLOVER contexts.", lambda claim, _: claim.contexts),
        Column(
            "status",
            TEXT,
            "occurred, ongoing, scheduled, demanded, threatened, hypothetical, denied, asked or historical: whether it took place, "
            "as the words have it.",
            lambda claim, _: claim.status.value,
        ),
        Column(
            "meeting_type",
            TEXT,
            "What an announced event will be (CONSULT for a meeting).",
            lambda claim, _: claim.meeting_type,
        ),
        Column(
            "quad",
            INTEGER,
            "Quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.",
            lambda claim, _: load_event_types().quad(claim.plover_type),
        ),
        Column(
            "score",
            REAL,
            "Goldstein-like score of the PLOVER type or, where it has a mode, of the mode farthest from 0.",
            lambda claim, _: score_of(claim.plover_type, claim.modes),
        ),
        *role_columns("actors", lambda claim: claim.actors, "those who act"),
        *role_columns("recipients", lambda claim: claim.recipients, "those to whom it is done or said"),
        *role_columns(
            "asserted_by", lambda claim: claim.asserted_by, "the speakers who report it; none: the article itself"
        ),
        *time_columns(lambda claim: claim.date),
        Column("place", TEXT, "Name of the place.", lambda claim, _: claim.place.name if claim.place else None),
        Column(
            "place_precision",
            TEXT,
            "town, region, country or area.",
            lambda claim, _: claim.place.precision if claim.place else None,
        ),
        Column("region", TEXT, "First-level division.", lambda claim, _: claim.place.region if claim.place else None),
        Column(
            "country",
            TEXT,
            "Country of the place (ISO 3166-1 alpha-3).",
            lambda claim, _: claim.place.country if claim.place else None,
        ),
        Column(
            "latitude",
            REAL,
            "Of the place's centre, WGS 84 degrees.",
            lambda claim, _: claim.place.latitude if claim.place else None,
        ),
        Column(
            "longitude",
            REAL,
            "Of the place's centre, WGS 84 degrees.",
            lambda claim, _: claim.place.longitude if claim.place else None,
        ),
        Column(
            "geonames_id", INTEGER, "GeoNames id.", lambda claim, _: claim.place.geonames_id if claim.place else None
        ),
        *words_columns(
            "place_words", lambda claim, _: claim.place.span if claim.place else None, "The words that name the place"
        ),
        *words_columns("condition", lambda claim, _: claim.condition, "The words of a condition that it hangs on"),
        *words_columns("content", lambda claim, _: claim.content, "The words of what is demanded, promised or refused"),
        *words_columns("status_words", lambda claim, _: claim.status_span, "The words that decided the status"),
        Column("confidence", REAL, "Of the least certain field, 0 to 1.", lambda claim, _: claim.confidence),
        *article_columns(_article, "the article that reports it"),
        *words_columns("trigger", lambda claim, _: claim.trigger, "The words that name the event"),
        *words_columns("quotation", _quotation, "The clause that it stands on"),
    ),
)
