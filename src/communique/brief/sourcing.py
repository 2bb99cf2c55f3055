"""Spans → quotations with outlet, day and address; ids → names. One object a section, so that articles are read once."""

from collections.abc import Iterable
from datetime import date

from communique.brief.asking import Asked
from communique.brief.digest import Words
from communique.brief.linking import words_address
from communique.brief.phrasing import QUOTE_LENGTH, day_words, quoted
from communique.records import Actor, Article, BlockKind, Claim, Position, Role, Span, Statement
from communique.records.outlet import outlet_of
from communique.records.reported import sentence_around
from communique.store import Record

SHORT = 40  # characters
Quotable = Claim | Statement | Position


class Sourcing:
    """Names and quotations for some records."""

    def __init__(self, record: Record, asked: Asked, coded: Iterable[Quotable], actors: Iterable[str] = ()) -> None:
        listed = list(coded)
        articles = sorted({each.article_id for each in listed})
        self._asked = asked
        self.articles: dict[str, Article] = record.articles_by_id(articles)
        roles = {role.actor_id for each in listed for role in _roles(each)}
        self._actors: dict[str, Actor] = record.actors_by_id(roles | set(actors))
        self._copies = {each for group in record.copy_groups(articles) for each in group.articles[1:]}

    def name(self, actor_id: str) -> str:
        """The actor's name; the id where the record knows nobody by it."""
        actor = self._actors.get(actor_id)
        return actor.name if actor else actor_id

    def names(self, ids: Iterable[str]) -> list[str]:
        """The names, each once."""
        return list(dict.fromkeys(self.name(each) for each in ids))

    def outlet(self, article_id: str) -> str:
        """Who published the article; copies count with what they were copied from, so they give nothing of their own."""
        article = self.articles.get(article_id)
        return outlet_of(article) if article else ""

    def is_copy(self, article_id: str) -> bool:
        """True for an article that repeats another of the record."""
        return article_id in self._copies

    def day(self, article_id: str) -> date | None:
        """The article's day of publication, None where unknown."""
        article = self.articles.get(article_id)
        return article.published.day if article and article.published else None

    def text(self, span: Span) -> str:
        """The words of a span; empty where the article is gone."""
        article = self.articles.get(span.article_id)
        return article.quote(span) if article else ""

    def words(self, each: Quotable, label: str = "") -> Words | None:
        """The quotation that a record stands on; None where its article is gone."""
        article = self.articles.get(each.article_id)
        if article is None:
            return None
        spans = _spans(each)
        first = article.published
        day = f", {day_words(first.day)}" if first else ""
        place = "" if article.url or self._asked.base else f", {article.source}"
        said = " […] ".join(article.quote(span) for span in spans)
        shown = article.quote(spans[0])
        if len(said) < SHORT:  # a few words are understood only in their sentence
            sentence = sentence_around(article.text, spans[0].start, spans[-1].end)
            if len(said) < len(sentence) <= QUOTE_LENGTH:
                said = shown = sentence
        return Words(
            quote=quoted(said),
            id=each.id,
            source=f"{outlet_of(article)}{day}{place}",
            href=words_address(article, shown, each.id, self._asked.base),
            label=label,
        )

    def best(self, claims: Iterable[Claim]) -> Claim | None:
        """The report to quote: no copy if there is another, no headline, not a few words only, the surer one."""
        return max(
            claims,
            key=lambda each: (
                not self.is_copy(each.article_id),
                not self._is_headline(each),
                _length(each) >= SHORT,
                each.confidence,
                each.id,
            ),
            default=None,
        )

    def _is_headline(self, claim: Claim) -> bool:
        article = self.articles.get(claim.article_id)
        blocks = article.blocks if article else ()
        return any(each.kind is BlockKind.TITLE and each.span.overlaps(claim.trigger) for each in blocks)


def _length(claim: Claim) -> int:
    span = _spans(claim)[0]
    return span.end - span.start


def _spans(each: Quotable) -> tuple[Span, ...]:
    if isinstance(each, Claim):
        return each.evidence[:1] or (each.trigger,)
    return each.content if isinstance(each, Statement) else (each.content,)


def _roles(each: Quotable) -> list[Role]:
    if isinstance(each, Claim):
        return [*each.actors, *each.recipients, *each.asserted_by]
    if isinstance(each, Statement):
        return [role for role in (each.speaker, each.addressee, each.reported_by) if role is not None]
    return [role for role in (each.party, *each.of, each.by, each.asserted_by) if role is not None]
