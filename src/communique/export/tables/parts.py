"""Columns that several tables have: the article, words with their offsets, roles, dates."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar

from communique.export.gathering import Known, address_of
from communique.export.tables.column import DAY, INTEGER, TEXT, TEXTS, Cell, Column
from communique.records import Article, DateRange, Role, Span, Timex, outlet_of

T = TypeVar("T")

NONE_UNLESS = "empty where unknown"


def article_columns(of: Callable[[T, Known], Article | None], whose: str) -> tuple[Column[T], ...]:
    """Where the article is to be found, and when it was published."""

    def told(value: Callable[[Article], str | None]) -> Callable[[T, Known], str | None]:
        def cell(thing: T, known: Known) -> str | None:
            article = of(thing, known)
            return value(article) if article else None

        return cell

    return (
        Column("article_id", TEXT, f"Id of {whose}.", told(lambda article: article.id)),
        Column(
            "article_address", TEXT, "Its address on the web, else its file or place in an archive.", told(address_of)
        ),
        Column("article_title", TEXT, f"Its title; {NONE_UNLESS}.", told(lambda article: article.title)),
        Column("outlet", TEXT, "Its outlet, in lower case.", told(outlet_of)),
        Column(
            "published",
            DAY,
            f"Its day of publication; {NONE_UNLESS}.",
            lambda thing, known: published(of(thing, known)),
        ),
    )


def published(article: Article | None) -> date | None:
    """The day of publication, or None."""
    return article.published.day if article and article.published else None


def words_columns(name: str, of: Callable[[T, Known], Span | None], what: str) -> tuple[Column[T], ...]:
    """Words of the article, and where they stand in it."""

    def start(thing: T, known: Known) -> int | None:
        span = of(thing, known)
        return span.start if span else None

    def end(thing: T, known: Known) -> int | None:
        span = of(thing, known)
        return span.end if span else None

    return (
        Column(
            name, TEXT, f"{what}, as they stand in the article.", lambda thing, known: known.quote(of(thing, known))
        ),
        Column(f"{name}_start", INTEGER, "Their first character in the article's text (code points from 0).", start),
        Column(f"{name}_end", INTEGER, "The character behind their last.", end),
    )


def role_columns(name: str, of: Callable[[T], Sequence[Role]], who: str) -> tuple[Column[T], ...]:
    """Names, ids, countries, sectors and words of those in a role; the lists run side by side."""

    def names(thing: T, known: Known) -> tuple[str, ...]:
        return tuple(known.name(role.actor_id) for role in of(thing))

    def countries(thing: T, known: Known) -> tuple[str, ...]:
        actors = (known.actors.get(role.actor_id) for role in of(thing))
        return tuple((actor.country or "") if actor else "" for actor in actors)

    def sectors(thing: T, known: Known) -> tuple[str, ...]:
        actors = (known.actors.get(role.actor_id) for role in of(thing))
        return tuple(" ".join(actor.sectors) if actor else "" for actor in actors)

    return (
        Column(name, TEXTS, f"Names of {who}.", names),
        Column(f"{name}_ids", TEXTS, "Their ids.", lambda thing, _: tuple(role.actor_id for role in of(thing))),
        Column(f"{name}_countries", TEXTS, "Their countries (ISO 3166-1 alpha-3; XKX for Kosovo).", countries),
        Column(
            f"{name}_sectors", TEXTS, "Their PLOVER sectors, each one's apart by spaces, the primary first.", sectors
        ),
        Column(
            f"{name}_words",
            TEXTS,
            "The words that name them; empty where they are carried over from elsewhere in the sentence.",
            lambda thing, known: tuple(known.quote(role.span) or "" for role in of(thing)),
        ),
    )


def name_columns(name: str, of: Callable[[T], Sequence[str]], who: str) -> tuple[Column[T], ...]:
    """Names, ids and countries of actors that stand for sides; the lists run side by side."""

    def countries(thing: T, known: Known) -> tuple[str, ...]:
        actors = (known.actors.get(each) for each in of(thing))
        return tuple((actor.country or "") if actor else "" for actor in actors)

    return (
        Column(name, TEXTS, f"Names of {who}.", lambda thing, known: tuple(map(known.name, of(thing)))),
        Column(f"{name}_ids", TEXTS, "Their ids.", lambda thing, _: tuple(of(thing))),
        Column(f"{name}_countries", TEXTS, "Their countries (ISO 3166-1 alpha-3; XKX for Kosovo).", countries),
    )


def one_role(role: Role | None) -> tuple[Role, ...]:
    """A role as a list of at most one."""
    return (role,) if role else ()


def range_columns(of: Callable[[T], DateRange | None]) -> tuple[Column[T], ...]:
    """The days between which it lies."""

    def value(part: Callable[[DateRange], Cell]) -> Callable[[T, Known], Cell]:
        def cell(thing: T, _: Known) -> Cell:
            dates = of(thing)
            return part(dates) if dates else None

        return cell

    return (
        Column(
            "first_day",
            DAY,
            "First possible day; empty where it is open or unknown.",
            value(lambda each: each.earliest),
        ),
        Column(
            "last_day",
            DAY,
            "Last possible day; a month's last where only the month is known.",
            value(lambda each: each.latest),
        ),
        Column(
            "date_precision",
            TEXT,
            "The finest unit that the words support: day, month, year …",
            value(lambda each: each.precision.value),
        ),
    )


def time_columns(of: Callable[[T], Timex | None]) -> tuple[Column[T], ...]:
    """A time expression: its days, TIMEX3 value and words."""

    def timed(part: Callable[[Timex], str | None]) -> Callable[[T, Known], str | None]:
        def cell(thing: T, _: Known) -> str | None:
            time = of(thing)
            return part(time) if time else None

        return cell

    def dates(thing: T) -> DateRange | None:
        time = of(thing)
        return time.dates if time else None

    def span(thing: T, _: Known) -> Span | None:
        time = of(thing)
        return time.span if time else None

    return (
        *range_columns(dates),
        Column("date_value", TEXT, "TIMEX3 value of the time expression (ISO-TimeML).", timed(lambda time: time.value)),
        Column("date_reason", TEXT, "What completed it, e.g. the publication day.", timed(lambda time: time.reason)),
        *words_columns("date_words", span, "The words that tell the time"),
    )
