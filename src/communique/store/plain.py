"""Records → plain values for JSON: the fields of the record type under their own names, so that the type documents them.

A span becomes `{"article_id", "start", "end", "quote"}`; a role also tells its actor's name and country; dates are ISO
8601, enums their value, bytes are left out (a page gives its size instead). Nothing is rounded and nothing is shortened.
"""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from enum import Enum
from typing import TypeAlias

from communique.records import Actor, Article, Role, Span

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[str, Plain] | None"


@dataclass(frozen=True, slots=True)
class Texts:
    """What ids inside records stand for: the articles that spans quote, the actors that roles name."""

    articles: Mapping[str, Article]
    actors: Mapping[str, Actor]


def plain(value: object, texts: Texts) -> Plain:
    """The value with everything inside it, in the form described above. Raises TypeError for what no record holds."""
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, bytes):
        return len(value)
    if isinstance(value, date):  # a datetime is a date
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [plain(each, texts) for each in value]
    if isinstance(value, Mapping):
        return {str(key): plain(each, texts) for key, each in value.items()}
    if isinstance(value, Span):
        article = texts.articles.get(value.article_id)
        quote = article.quote(value) if article else None
        return {"article_id": value.article_id, "start": value.start, "end": value.end, "quote": quote}
    if is_dataclass(value):
        own: dict[str, Plain] = {field.name: plain(getattr(value, field.name), texts) for field in fields(value)}
        if isinstance(value, Role):
            actor = texts.actors.get(value.actor_id)
            own |= {"name": actor.name if actor else None, "country": actor.country if actor else None}
        return own
    raise TypeError(f"{type(value).__name__} has no plain form")
