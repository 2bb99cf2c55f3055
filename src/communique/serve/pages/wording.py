"""Ids → the words a page shows for them: names, outlets, quotations, addresses. One object a page, so that names are read once.

In: the record and the things a page is about. Out: `name(actor_id)`, `quote(span)` … and the addresses of what stands behind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from communique.codebook.event_types import load_event_types
from communique.records import Actor, Article, Claim, Meeting, Position, Role, Span, Statement
from communique.records.outlet import outlet_of
from communique.records.roles import roles_in
from communique.store import Record

QUOTE_LENGTH = 280  # characters of a quotation in a list; the article shows all
QUOTATION_MARKS = '“”"„«»'

Coded = Claim | Statement | Position | Meeting


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """An actor as a page shows it. `beside` tells namesakes apart: country, organization or office."""

    id: str
    name: str
    beside: str = ""

    @property
    def href(self) -> str:
        """The actor's page."""
        return f"/actors/{self.id}"


class Wording:
    """Names, outlets and quotations for some things of one record."""

    def __init__(self, record: Record, coded: Iterable[Coded] = (), actor_ids: Iterable[str] = ()) -> None:
        listed = list(coded)
        self.articles: dict[str, Article] = record.articles_by_id({each.article_id for each in listed})
        wanted = {role.actor_id for each in listed for role in roles_in(each)} | set(actor_ids)
        self.actors: dict[str, Actor] = record.actors_by_id(wanted)

    def name(self, actor_id: str) -> Name:
        """The actor's name; the id itself where nobody is known by it."""
        actor = self.actors.get(actor_id)
        if actor is None:
            return Name(id=actor_id, name=actor_id)
        return Name(id=actor.id, name=actor.name, beside=actor.title or actor.organization or actor.country or "")

    def names(self, ids: Iterable[str]) -> tuple[Name, ...]:
        """Names in order, each once, though several actors may bear it ("gunmen")."""
        return tuple({name.name: name for name in (self.name(each) for each in dict.fromkeys(ids))}.values())

    def role(self, role: Role | None) -> Name | None:
        """The name of who stands in a role, None for nobody."""
        return self.name(role.actor_id) if role else None

    def roles(self, roles: Iterable[Role]) -> tuple[Name, ...]:
        """The names of several roles."""
        return self.names(role.actor_id for role in roles)

    def outlet(self, article_id: str) -> str:
        """Who published the article."""
        article = self.articles.get(article_id)
        return outlet_of(article) if article else ""

    def quote(self, span: Span | None, most: int | None = QUOTE_LENGTH) -> str:
        """The words of a span in quotation marks, cut after a word where too long; empty for None."""
        article = self.articles.get(span.article_id) if span else None
        return quoted(article.quote(span), most) if article and span else ""

    def quotes(self, spans: Sequence[Span], most: int | None = QUOTE_LENGTH) -> str:
        """Several spans as one quotation with the gaps shown."""
        pieces = [self.articles[span.article_id].quote(span) for span in spans if span.article_id in self.articles]
        return quoted(" […] ".join(pieces), most) if pieces else ""


def quoted(words: str, most: int | None = None) -> str:
    """Words in quotation marks (their own where they bring some), line breaks folded."""
    folded = " ".join(words.split())
    if most is not None and len(folded) > most:
        folded = folded[:most].rpartition(" ")[0].rstrip(",;:–—- ") + " …"
    return folded if not folded or any(mark in folded for mark in QUOTATION_MARKS) else f"“{folded}”"


def quad_of(event_type: str) -> int:
    """The quad class of a type, 0 for one that the codebook does not know."""
    known = load_event_types().types.get(event_type)
    return known.quad if known else 0


def words_href(article_id: str, identity: str) -> str:
    """Where the words of a claim, statement or position stand."""
    return f"/articles/{article_id}#{identity}"
