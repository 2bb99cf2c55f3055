"""Records → the ids of what they quote and name, wherever inside them it stands: to look all of it up at once."""

from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from functools import lru_cache
from typing import Any, get_args, get_type_hints

from communique.records import Role, Span


def mentioned_in(things: Iterable[object]) -> tuple[set[str], set[str]]:
    """(ids of the articles that spans are of, ids of the actors that stand in roles), anywhere inside the things."""
    articles: set[str] = set()
    actors: set[str] = set()
    waiting: list[Any] = list(things)
    while waiting:
        each = waiting.pop()
        kind: Any = type(each)
        if kind is Span:
            articles.add(each.article_id)
        elif kind is tuple or kind is list:
            waiting.extend(each)
        else:
            if kind is Role:
                actors.add(each.actor_id)
            for name in _holding(kind):
                value = getattr(each, name)
                if value is not None and value != ():
                    waiting.append(value)
    return articles, actors


@lru_cache(maxsize=256)
def _holding(kind: Any) -> tuple[str, ...]:
    """The fields of a record type that can hold further records; none for other types."""
    if not is_dataclass(kind):
        return ()
    hints = get_type_hints(kind)
    return tuple(each.name for each in fields(kind) if _holds_records(hints[each.name]))


def _holds_records(hint: Any) -> bool:
    return is_dataclass(hint) or any(_holds_records(part) for part in get_args(hint))
