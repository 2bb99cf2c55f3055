"""The web API's OpenAPI description and the package's public names → docs/reference/api.md."""

import inspect
import tempfile
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import communique
from communique.run import Settings
from communique.serve import make_app
from reference_pages.markdown import cell, code, page_of, paragraphs, signature, table

HEAD = """# API

*Made from the program by `python scripts/make_reference.py`.*

## Web

`communique serve` answers these beside its pages ([how to serve](../how-to/serve.md)); `/openapi.json` describes them
to programs. A list comes in pages: `next` is the address of the
page behind it, null on the last. `format` gives the whole list in one of the [export
formats](exports.md) instead. Answers bear an `ETag`; with
`If-None-Match` an unchanged list costs 304. What goes wrong is `application/problem+json` (RFC 9457) and names each
parameter that was wrong. With tokens set,
send `Authorization: Bearer TOKEN`.
"""
PYTHON = """What `import communique` gives. The record types are described in [Record types](records.md).
"""


@lru_cache(maxsize=1)
def description() -> dict[str, Any]:
    """OpenAPI, of an application with every path (also those that write)."""
    with tempfile.TemporaryDirectory() as folder:
        app = make_app(Path(folder) / "none.db", settings=Settings(), write_token="only-for-the-documentation")
        return app.openapi()


def page() -> str:
    """The page."""
    return page_of(_parts())


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """(method, path, operation)."""
    for path, below in description()["paths"].items():
        for method, operation in below.items():
            yield method.upper(), path, operation


def _parts() -> Iterator[str]:
    yield HEAD
    yield table(
        ("request", "what it gives"),
        ((code(f"{method} {path}"), cell(each["summary"])) for method, path, each in operations()),
    )
    for method, path, operation in operations():
        yield f"### {method} {path}"
        yield from paragraphs(f"{operation['summary'].rstrip('.')}.")
        yield from paragraphs(operation.get("description"))
        rows = [_parameter(each) for each in operation.get("parameters", [])]
        if rows:
            yield table(("parameter", "in", "meaning"), rows)
        if "requestBody" in operation:
            yield from _body(operation["requestBody"])
    yield "## Python"
    yield PYTHON
    for name in sorted(getattr(communique, "__all__", ("__version__",))):
        yield from _name(name, getattr(communique, name))


def _parameter(each: dict[str, Any]) -> tuple[str, str, str]:
    schema = each.get("schema", {})
    several = " May be repeated." if schema.get("type") == "array" else ""
    inner = schema.get("items", schema)
    those = f" One of {', '.join(str(one) for one in inner['enum'])}." if "enum" in inner else ""
    default = f" Default: {schema['default']}." if schema.get("default") not in (None, [], "") else ""
    return code(each["name"]), each["in"], cell(f"{each.get('description', '')}{those}{several}{default}")


def _body(body: dict[str, Any]) -> Iterator[str]:
    for media, content in body.get("content", {}).items():
        schema = _resolved(content.get("schema", {}))
        yield f"Sent as `{media}`{':' if schema.get('properties') else '.'}"
        if schema.get("properties"):
            required = set(schema.get("required", ()))
            yield table(
                ("field", "needed", "meaning"),
                (
                    (code(name), "yes" if name in required else "", cell(_meaning(field)))
                    for name, field in schema["properties"].items()
                ),
            )


def _meaning(field: dict[str, Any]) -> str:
    field = _resolved(field)
    those = f" One of {', '.join(str(one) for one in field['enum'])}." if "enum" in field else ""
    return f"{field.get('description', '')}{those}".strip()


def _resolved(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        found: dict[str, Any] = description()["components"]["schemas"][schema["$ref"].rsplit("/", 1)[1]]
        return found
    return schema


def _name(name: str, found: Any) -> Iterator[str]:
    module = getattr(found, "__module__", "")
    if module.startswith("communique.records"):
        return
    yield f"### {name}"
    if not callable(found):
        yield f"{type(found).__name__}: {code(found)}" if isinstance(found, (str, int)) else cell(type(found).__name__)
        return
    yield f"```python\n{signature(name, found)}\n```"
    yield from paragraphs(inspect.getdoc(found))
    if inspect.isclass(found):
        rows = [
            (code(signature(each, member, bound=True)), cell((inspect.getdoc(member) or "").split("\n\n")[0]))
            for each, member in inspect.getmembers(found, callable)
            if not each.startswith("_") and inspect.getdoc(member) and _own(member)
        ]
        if rows:
            yield table(("method", "what it gives"), rows)


def _own(member: Any) -> bool:
    return str(getattr(member, "__module__", "")).startswith("communique")
