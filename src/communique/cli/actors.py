"""`communique actors` and `communique articles`: who stands in the record, and what was read."""

from collections.abc import Sequence

import typer
from rich.console import Console
from rich.text import Text

from communique.cli.nothing import nothing_found
from communique.cli.options import (
    ActorKinds,
    Actors,
    AsJson,
    InArticle,
    Limit,
    RecordFile,
    Since,
    Until,
    Words,
    filters,
    open_record,
)
from communique.cli.output import console, id_text, print_json, table
from communique.records import Article
from communique.store import CastEntry, Plain, Record, Texts, plain


def actors(
    context: typer.Context,
    actor: Actors = None,
    kind: ActorKinds = None,
    article: InArticle = None,
    words: Words = None,
    limit: Limit = None,
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """Everybody in the record, the most mentioned first."""
    with open_record(context, record) as opened:
        asked = filters(
            opened,
            actors=actor,
            types=[each.value for each in kind or ()],
            article=article,
            words=words,
            limit=limit,
        )
        found = opened.cast(asked)
        if json:
            print_json(cast_as_json(opened, found, asked.article_id))
        elif found:
            print_cast(opened, found, console())
        else:
            nothing_found(opened, "actors", asked)


def cast_as_json(record: Record, entries: Sequence[CastEntry], article_id: str | None) -> Plain:
    """Each actor with its counts and all its mentions (those of one article, where that was asked for)."""
    listed: list[Plain] = []
    for entry in entries:
        mentions = record.mentions_of(entry.actor.id, article_id)
        texts = Texts(record.articles_by_id(mention.span.article_id for mention in mentions), {})
        own = plain(entry.actor, texts)
        beside: dict[str, Plain] = {
            "mention_count": entry.mentions,
            "article_count": entry.articles,
            "mentions": plain(mentions, texts),
        }
        listed.append(own | beside if isinstance(own, dict) else own)
    return listed


def print_cast(record: Record, entries: Sequence[CastEntry], on: Console) -> None:
    """A table of actors."""
    short = record.short_ids(entry.actor.id for entry in entries)
    rows = [
        (
            id_text(short[entry.actor.id]),
            Text.assemble((entry.actor.name, "bold"), (f"\n{entry.actor.title}" if entry.actor.title else "", "dim")),
            entry.actor.kind.value,
            entry.actor.country or "",
            ", ".join(entry.actor.sectors),
            entry.actor.organization or "",
            Text(str(entry.mentions), justify="right"),
            Text(str(entry.articles), justify="right"),
        )
        for entry in entries
    ]
    columns = ("id", "name", "kind", "country", "sectors", "part of", "named", "articles")
    table(columns, rows, (6, None, 12, 7, 9, 18, 5, 8), on, spaced=False)


def articles(
    context: typer.Context,
    since: Since = None,
    until: Until = None,
    words: Words = None,
    limit: Limit = None,
    record: RecordFile = None,
    json: AsJson = False,
) -> None:
    """Every article that was read, by its day of publication."""
    with open_record(context, record) as opened:
        asked = filters(opened, since=since, until=until, words=words, limit=limit)
        found = opened.articles(asked)
        if json:
            print_json(plain(found, Texts({each.id: each for each in found}, {})))
        elif found:
            print_articles(opened, found, console())
        else:
            nothing_found(opened, "articles", asked)


def print_articles(record: Record, articles: Sequence[Article], on: Console) -> None:
    """A table of articles."""
    short = record.short_ids(article.id for article in articles)
    rows = [
        (
            id_text(short[article.id]),
            published(article),
            article.language or "?",
            Text(article.title or "without a title", style="bold"),
            Text(article.source, style="dim"),
        )
        for article in articles
    ]
    table(("id", "published", "language", "title", "source"), rows, (6, 12, 8, None, 30), on, spaced=False)


def published(article: Article) -> str:
    """The day, the bounds that the text sets, or `?`: never a guess."""
    if article.published is not None:
        return article.published.day.isoformat()
    if article.published_between is None:
        return "?"
    first, last = article.published_between
    if first is None or last is None:
        return f"after\n{first}" if first else f"before\n{last}" if last else "?"
    return f"between\n{first}\nand {last}"
