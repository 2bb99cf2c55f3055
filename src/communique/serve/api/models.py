"""Record types → the models that /openapi.json shows: made from the types themselves, so that both always agree.

What `store.plain` writes is what these models describe: every field, always there, nothing else. A span has its quotation, a role
its actor's name and country, content of a page its size in bytes.
"""

import types
from dataclasses import fields, is_dataclass
from functools import cache
from inspect import getdoc
from typing import Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel, ConfigDict, Field, create_model

from communique.records import Role, Span

EXACT = ConfigDict(extra="forbid")
BESIDE: dict[type, dict[str, Any]] = {  # what the plain form adds to the type's own fields
    Span: {"quote": (str | None, Field(description="the characters themselves"))},
    Role: {"name": (str | None, ...), "country": (str | None, ...)},
}


@cache
def model_of(kind: Any) -> type[BaseModel]:
    """The model of one record type."""
    hints = get_type_hints(kind)
    own: dict[str, Any] = {each.name: (described(hints[each.name]), ...) for each in fields(kind)}
    return create_model(kind.__name__, __config__=EXACT, __doc__=getdoc(kind), **(own | BESIDE.get(kind, {})))


def extended(name: str, kind: Any, doc: str, without: tuple[str, ...] = (), **more: Any) -> type[BaseModel]:
    """A model with the fields of a record type but those named in `without`, and `more`: name=type."""
    base = model_of(kind)
    kept: dict[str, Any] = {
        each: (field.annotation, ...) for each, field in base.model_fields.items() if each not in without
    }
    return create_model(
        name, __config__=EXACT, __doc__=doc, **(kept | {each: (hint, ...) for each, hint in more.items()})
    )


def joined(name: str, base: type[BaseModel], doc: str, **more: Any) -> type[BaseModel]:
    """A model with all fields of another, and `more`: name=type."""
    own: dict[str, Any] = {each: (field.annotation, ...) for each, field in base.model_fields.items()}
    return create_model(
        name, __config__=EXACT, __doc__=doc, **(own | {each: (hint, ...) for each, hint in more.items()})
    )


def page_of(name: str, item: type[BaseModel]) -> type[BaseModel]:
    """One page of a list."""
    return create_model(
        name,
        __config__=EXACT,
        __doc__="One page of a list, in its order.",
        items=(list[item], ...),  # type: ignore[valid-type]
        next=(str | None, Field(description="address of the next page, null on the last one")),
    )


def described(hint: Any) -> Any:
    """The type of a field as JSON has it."""
    origin, parts = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return Union[tuple(described(part) for part in parts)]  # noqa: UP007 - made from parts that are known only here
    if origin is tuple:
        if parts[1:] == (Ellipsis,):
            return list[described(parts[0])]  # type: ignore[misc]
        return tuple[tuple(described(part) for part in parts)]  # type: ignore[misc]
    if hint is bytes:
        return int
    return model_of(hint) if is_dataclass(hint) else hint  # type: ignore[arg-type]


class ProblemError(BaseModel):
    """One wrong parameter or field."""

    model_config = EXACT
    name: str
    reason: str


class ProblemDetails(BaseModel):
    """What went wrong (RFC 9457)."""

    model_config = EXACT
    type: str
    title: str
    status: int
    detail: str
    errors: list[ProblemError] = Field(default_factory=list)
