"""Spans → citations: the exact words, their offsets, and the article's address, outlet and day. All that a claim stands on.

A quotation is always `text[start:end]` of the article; one that is too long to send ends early, at a word, and so does `end`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from communique.records import Actor, Article, DateRange, Role, Span, Status, Timex, outlet_of
from communique.store import Plain, Record
from communique.store.mentioned import mentioned_in

Item: TypeAlias = dict[str, Plain]

LONGEST_QUOTATION = 600  # characters

MEANINGS: Mapping[Status, str] = {
    Status.OCCURRED: "reported as having happened",
    Status.ONGOING: "reported as happening",
    Status.SCHEDULED: "announced for the future; not reported as having happened",
    Status.DEMANDED: "only demanded or asked for; not reported as having happened",
    Status.THREATENED: "only threatened; not reported as having happened",
    Status.HYPOTHETICAL: "only supposed (if, could, would); not reported as having happened",
    Status.DENIED: "denied; reported as not having happened or not being so",
    Status.ASKED: "only asked about; not reported as having happened",
    Status.HISTORICAL: "happened earlier and is recalled as background",
}
SPOKEN: Mapping[str, str] = {
    "ACCUSE": "what somebody is accused of",
    "AGREE": "what was agreed or promised",
    "REJECT": "what would follow from the refusal",
    "REQUEST": "what was asked for",
    "SUPPORT": "what was spoken for",
    "THREATEN": "what was threatened",
}
REAL = frozenset({Status.OCCURRED, Status.ONGOING, Status.HISTORICAL})


def meaning(status: Status, plover_type: str) -> str:
    """What the status says of an event of that type: of one that consists in words, that they were said and no more."""
    told = MEANINGS[status]
    if status in REAL and plover_type in SPOKEN:
        return f"{told}, as words only ({plover_type}): {SPOKEN[plover_type]} is not reported by it as done"
    return told


@dataclass(frozen=True, slots=True)
class Sources:
    """The articles and actors that some records name, and which articles are copies of an earlier one."""

    articles: Mapping[str, Article]
    actors: Mapping[str, Actor]
    copies: frozenset[str]

    def cite(self, span: Span) -> Item:
        """The words of the span and where they stand."""
        article = self.articles[span.article_id]
        shown = shortened(article, span)
        item: Item = {"quotation": article.quote(shown), "start": shown.start, "end": shown.end}
        if shown != span:
            item["goes_on_to"] = span.end
        return item | self.source(article)

    def source(self, article: Article) -> Item:
        """Where an article stands: what a reader needs to find it."""
        item: Item = {
            "article_id": article.id,
            "address": article.url or article.source,
            "outlet": outlet_of(article),
            "published": article.published.day.isoformat() if article.published else None,
        }
        if article.machine_translated != "none":
            item["machine_translated"] = article.machine_translated
        if article.id in self.copies:
            item["copy_of_an_earlier_report"] = True
        return item

    def names(self, ids: Iterable[str]) -> list[Plain]:
        """The actors' names, each once."""
        return list(dict.fromkeys(self.actors[each].name if each in self.actors else each for each in ids))

    def roles(self, roles: Iterable[Role]) -> list[Plain]:
        """The names of those in a role."""
        return self.names(role.actor_id for role in roles)


def sources_of(record: Record, things: Iterable[object], named: Iterable[str] = ()) -> Sources:
    """What the spans and roles anywhere inside the things stand for, and the actors with the ids `named`."""
    article_ids, actor_ids = mentioned_in(things)
    actor_ids |= set(named)
    groups = record.copy_groups(sorted(article_ids)) if article_ids else ()
    return Sources(
        record.articles_by_id(article_ids),
        record.actors_by_id(actor_ids),
        frozenset(each for group in groups for each in group.articles[1:]),
    )


def shortened(article: Article, span: Span, longest: int = LONGEST_QUOTATION) -> Span:
    """The span itself, or as much of it as may be sent, up to the end of a word."""
    if span.end - span.start <= longest:
        return span
    words = article.text[span.start : span.start + longest]
    kept = words[: words.rfind(" ")].rstrip() if " " in words[longest // 2 :] else words
    return article.span(span.start, span.start + len(kept))


def days(dates: DateRange | None) -> Item | None:
    """First and last possible day; None where none is known."""
    if dates is None:
        return None
    return {
        "first": dates.earliest.isoformat() if dates.earliest else None,
        "last": dates.latest.isoformat() if dates.latest else None,
        "precision": dates.precision.value,
    }


def time(timex: Timex | None) -> Item | None:
    """The days that a time expression names."""
    return days(timex.dates) if timex else None
