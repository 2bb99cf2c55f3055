"""A record of any kind ↔ plain values for JSON, with nothing added and nothing lost: what a shard keeps of an outcome.

Bytes are left to the caller (a page's content has a column of its own). The types of the fields decide how they are read
back, so that a new field of a record needs nothing here.
"""

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


def to_plain(value: object) -> Any:
    """The value as dicts, lists, text, numbers, booleans and None. Raises TypeError for what no record holds."""
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, bytes):
        return None
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [to_plain(each) for each in value]
    if is_dataclass(value):
        return {field.name: to_plain(getattr(value, field.name)) for field in fields(value)}
    raise TypeError(f"{type(value).__name__} has no plain form")


def from_plain(kind: type[T], plain: Any) -> T:
    """The value of that type. Raises ValueError, TypeError or KeyError when the plain form is not one of it."""
    made: T = _read(kind, plain)
    return made


def _read(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in (Union, types.UnionType):
        if plain is None:
            return None
        return _read(next(each for each in get_args(kind) if each is not type(None)), plain)
    if origin is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return tuple(_read(inner[0], each) for each in plain)
        return tuple(_read(each, part) for each, part in zip(inner, plain, strict=True))
    if kind is bytes:
        return b""
    if kind in (str, bool, int, float):
        return plain
    if kind is datetime or kind is date:
        return kind.fromisoformat(plain)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(plain)
    return kind(**{name: _read(hint, plain[name]) for name, hint in _fields(kind).items() if name in plain})


@lru_cache(maxsize=128)
def _fields(kind: type[Any]) -> Mapping[str, Any]:
    hints = get_type_hints(kind)
    return {field.name: hints[field.name] for field in fields(kind)}
