"""The record types → docs/reference/records.md: fields with their types, and what the docstrings say of them."""

import dataclasses
import enum
import inspect
import sys
from collections.abc import Iterator
from typing import Any

from communique import records
from reference_pages.markdown import cell, code, page_of, paragraphs, short_type, signature, table

HEAD = """# Record types

*Made from `src/communique/records/` by `python scripts/make_reference.py`.*

What the program keeps and gives out, in Python, in `--json`, in the API and in `communique export jsonl`. All records
are frozen; an id is
made of what the record is, so that the same words give the same id in every run. Offsets in a span are code points of
the article's cleaned text: the words
are `text[start:end]`.
"""


def page() -> str:
    """The page."""
    return page_of(_parts())


def _parts() -> Iterator[str]:
    yield HEAD
    for name, module in _modules():
        yield f"## {name}"
        yield from paragraphs(inspect.getdoc(module))
        for each in (getattr(records, exported) for exported in records.__all__):
            if inspect.getmodule(each) is module:
                yield from _described(each)


def _modules() -> Iterator[tuple[str, Any]]:
    """Each module of the room that hands something on, in the order in which the names come."""
    seen = {getattr(records, name).__module__: None for name in records.__all__}
    for name in sorted(seen):
        yield name.rsplit(".", 1)[1].replace("_", " ").capitalize(), sys.modules[name]


def _described(each: Any) -> Iterator[str]:
    yield f"### {each.__name__}"
    if inspect.isfunction(each):
        yield f"```python\n{signature(each.__name__, each)}\n```"
    yield from paragraphs(inspect.getdoc(each))
    if isinstance(each, type) and issubclass(each, enum.Enum):
        yield "One of " + ", ".join(code(member.value) for member in each) + "."
    elif dataclasses.is_dataclass(each):
        yield table(
            ("field", "type", "default"),
            ((code(field.name), code(short_type(field.type)), _default(field)) for field in dataclasses.fields(each)),
        )
        properties = [(name, found) for name, found in vars(each).items() if isinstance(found, property)]
        if properties:
            yield table(
                ("property", "meaning"),
                ((code(name), cell((found.fget.__doc__ or "").split("\n\n")[0])) for name, found in properties),
            )


def _default(field: dataclasses.Field[Any]) -> str:
    if field.default is not dataclasses.MISSING:
        return code(repr(field.default)) if not isinstance(field.default, enum.Enum) else code(field.default.value)
    return code("empty") if field.default_factory is not dataclasses.MISSING else ""
