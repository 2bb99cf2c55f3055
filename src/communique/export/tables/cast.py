"""The tables of actors and articles, a row each."""

from communique.export import gathering
from communique.export.gathering import address_of
from communique.export.tables.column import DAY, INTEGER, TEXT, TEXTS, Column, Table
from communique.export.tables.parts import published
from communique.records import Article, outlet_of
from communique.store import CastEntry

ACTORS: Table[CastEntry] = Table(
    kind="actors",
    title="Actors: everybody in the record, the most mentioned first",
    read=gathering.cast,
    columns=(
        Column("id", TEXT, "Id of the actor.", lambda entry, _: entry.actor.id),
        Column("name", TEXT, "Name.", lambda entry, _: entry.actor.name),
        Column("kind", TEXT, "state, body, organization, person or group.", lambda entry, _: entry.actor.kind.value),
        Column("country", TEXT, "Country (ISO 3166-1 alpha-3; XKX for Kosovo).", lambda entry, _: entry.actor.country),
        Column("sectors", TEXTS, "PLOVER sectors, the primary first.", lambda entry, _: entry.actor.sectors),
        Column(
            "organization",
            TEXT,
            "Organization that it belongs to or speaks for.",
            lambda entry, _: entry.actor.organization,
        ),
        Column("title", TEXT, "Office as of the latest article.", lambda entry, _: entry.actor.title),
        Column("mentions", INTEGER, "How often it is mentioned.", lambda entry, _: entry.mentions),
        Column("articles", INTEGER, "In how many articles.", lambda entry, _: entry.articles),
    ),
)

ARTICLES: Table[Article] = Table(
    kind="articles",
    title="Articles: what was read, by day of publication",
    read=gathering.articles,
    columns=(
        Column("id", TEXT, "Id of the article.", lambda article, _: article.id),
        Column(
            "address",
            TEXT,
            "Its address on the web, else its file or place in an archive.",
            lambda article, _: address_of(article),
        ),
        Column("source", TEXT, "Where it was read from.", lambda article, _: article.source),
        Column("title", TEXT, "Title.", lambda article, _: article.title),
        Column("outlet", TEXT, "Outlet, in lower case.", lambda article, _: outlet_of(article)),
        Column("authors", TEXTS, "Authors.", lambda article, _: article.authors),
        Column(
            "published",
            DAY,
            "Day of publication; empty where no candidate is trustworthy.",
            lambda article, _: published(article),
        ),
        Column(
            "published_from",
            TEXT,
            "What told the day: json-ld, meta, dateline …",
            lambda article, _: article.published.source if article.published else None,
        ),
        Column("modified", DAY, "Day of the last change that it tells.", lambda article, _: article.modified),
        Column("fetched", DAY, "Day it was obtained.", lambda article, _: article.fetched),
        Column("language", TEXT, "Language (ISO 639-1).", lambda article, _: article.language),
        Column("machine_translated", TEXT, "none, possible or likely.", lambda article, _: article.machine_translated),
        Column(
            "text",
            TEXT,
            "The cleaned text that all offsets count in, furniture included.",
            lambda article, _: article.text,
        ),
    ),
)
