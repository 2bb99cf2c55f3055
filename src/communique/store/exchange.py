"""A coded article, or any record ↔ plain values for JSON, with nothing added and nothing lost: for shards, dumps, archives.

Fields stand under their own names; enums are their values, days ISO 8601, bytes base64. Inside a coded article a span of
its own text is `[start, end]`; any other span has the id of its article behind them. The types of the fields tell how they
are read back, so that a new field of a record needs nothing here.
"""

import base64
import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from communique.records import CodedArticle, Span

T = TypeVar("T")

AS_IT_IS = {str, int, float, bool, type(None)}


def coded_to_plain(coded: CodedArticle) -> dict[str, Any]:
    """Everything of one article, the page's bytes too. `coded_from_plain` gives an equal one back."""
    article = coded.article.id
    own = {field.name: to_plain(getattr(coded, field.name), article) for field in fields(coded)}
    return {"article_id": article} | own


def coded_from_plain(plain: Mapping[str, Any]) -> CodedArticle:
    """The coded article. Raises ValueError, TypeError or KeyError when the plain values are none."""
    hints = _fields(CodedArticle)
    article = plain["article_id"]
    return CodedArticle(**{name: _read(hint, plain[name], article) for name, hint in hints.items() if name in plain})


def to_plain(value: object, article_id: str | None = None) -> Any:
    """The value as dicts, lists, text, numbers, booleans and None. Raises TypeError for what no record holds."""
    kind = type(value)
    if kind in AS_IT_IS:
        return value
    if isinstance(value, Span):
        place: list[int | str] = [value.start, value.end]
        return place if value.article_id == article_id else [*place, value.article_id]
    if isinstance(value, tuple):
        return [to_plain(each, article_id) for each in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, bytes):
        return base64.b64encode(value).decode("ascii")
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(kind):
        return {name: to_plain(getattr(value, name), article_id) for name in _names(kind)}
    raise TypeError(f"{kind.__name__} has no plain form")


@lru_cache(maxsize=128)
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def from_plain(kind: type[T], plain: Any, article_id: str | None = None) -> T:
    """The record of that type. Raises ValueError, TypeError or KeyError when the plain form is not one of it."""
    made: T = _read(kind, plain, article_id)
    return made


def _read(kind: Any, plain: Any, article_id: str | None) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if plain is None:
            return None
        return _read(next(each for each in get_args(kind) if each is not type(None)), plain, article_id)
    if origin is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple([_read(inner[0], each, article_id) for each in plain])
        return tuple([_read(each, part, article_id) for each, part in zip(inner, plain, strict=True)])
    if kind is Span:
        start, end, *other = plain
        return Span(article_id=str(other[0] if other else article_id), start=start, end=end)
    if kind in (str, bool, int, float):
        return plain
    if kind is bytes:
        return base64.b64decode(plain, validate=True)
    if kind is datetime or kind is date:
        return kind.fromisoformat(plain)
    if issubclass(kind, Enum):
        return kind(plain)
    return kind(**{name: _read(hint, plain[name], article_id) for name, hint in _fields(kind).items() if name in plain})


@lru_cache(maxsize=128)
def _fields(kind: type[Any]) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
