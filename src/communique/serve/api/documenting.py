"""The grammar of queries and the ways to fail → their part of /openapi.json, so that it says what the server does."""

from collections.abc import Iterable, Mapping
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from communique.serve.api.models import ProblemDetails
from communique.serve.problems import PROBLEM_TYPE
from communique.serve.query import (
    HIGHEST_LIMIT,
    LONGEST_CURSOR,
    LONGEST_VALUE,
    MOST_VALUES,
    SEVERAL,
    choices_of,
    names_of,
)

Schema = dict[str, Any]

SUMMARY = "A sourced record of who did or said what to whom, when, where and according to whom."
PRINTABLE = r"^[^\x00-\x1f\x7f-\x9f]*[^\s\x00-\x1f\x7f-\x9f][^\x00-\x1f\x7f-\x9f]*$"
DAY: Schema = {
    "anyOf": [
        {"type": "string", "format": "date"},
        {"type": "string", "pattern": "^[1-9][0-9]{3}(-(0[1-9]|1[0-2]))?$"},
    ]
}
ABOUT: Mapping[str, str] = {
    "actor": "Name, country code or id; given twice: only what happens between both.",
    "type": "Type of event, form of meeting; several are alternatives.",
    "status": "Status; several are alternatives.",
    "kind": "Kind; several are alternatives.",
    "act": "What is done by saying it; several are alternatives.",
    "issue": "An issue by its name; several are alternatives.",
    "stance": "Stance; several are alternatives.",
    "stage": "The part of the program that met it.",
    "severity": "Severity.",
    "since": "First day: 2022-01-10, 2022-01 or 2022.",
    "until": "Last day: 2022-01-10, 2022-01 or 2022.",
    "place": "Country (ISO alpha-3) or name of a place; several are alternatives.",
    "source": "Outlet; several are alternatives.",
    "words": "Only articles with all these words; a phrase in double quotes. `q` means the same.",
    "article": "Only this article: its id, path or words of its title.",
    "confidence": "Only what is at least so certain, 0 to 1.",
    "rejected": "Also what a person rejected.",
    "limit": "At most so many on a page.",
    "after": "Where the page before ended: the value that its `next` has.",
}
STATUSES: Mapping[int, str] = {
    304: "Nothing has changed since the ETag that was sent.",
    400: "The request is malformed.",
    401: "A token is needed.",
    403: "Not allowed.",
    404: "There is no such thing.",
    405: "The method is not possible here.",
    408: "The body did not arrive in time.",
    413: "Too large.",
    414: "The address is too long.",
    415: "Not a form that can be read.",
    422: "The request cannot be understood; `errors` names what is wrong.",
    429: "Too many requests.",
    503: "Not just now; try again.",
}


def parameters(kind: str) -> list[Schema]:
    """The query parameters of one list."""
    return [_parameter(kind, name) for name in names_of(kind)]


def failures(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """How a route may fail, besides the ways that are common to all."""
    told: dict[int | str, dict[str, Any]] = {}
    for status in sorted({*statuses, 401, 403, 414, 422, 429, 503}):
        told[status] = {"description": STATUSES[status]}
        if status != 304:
            told[status]["content"] = {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/ProblemDetails"}}}
    return told


def named_choice(name: str, about: str, values: Iterable[str]) -> Schema:
    """A query parameter with few values."""
    return {"name": name, "in": "query", "description": about, "schema": {"type": "string", "enum": list(values)}}


def document(app: FastAPI) -> Schema:
    """The whole of /openapi.json: what FastAPI gathers from the routes, the problem they share, and the token."""
    made = get_openapi(title=app.title, version=app.version, summary=SUMMARY, routes=app.routes)
    problem = ProblemDetails.model_json_schema(mode="serialization", ref_template="#/components/schemas/{model}")
    components = made.setdefault("components", {})
    components.setdefault("schemas", {}).update({**problem.pop("$defs", {}), "ProblemDetails": problem})
    components["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    for operations in made["paths"].values():
        for method, operation in operations.items():
            operation["security"] = [{"token": []}] if method != "get" else [{}, {"token": []}]
    return made


def _parameter(kind: str, name: str) -> Schema:
    value = _value(kind, name)
    told: Schema = {"name": name, "in": "query", "description": ABOUT[name], "schema": value}
    if name in SEVERAL:
        told["schema"] = {"type": "array", "items": value, "maxItems": MOST_VALUES}
        told["explode"] = True
    return told


def _value(kind: str, name: str) -> Schema:
    if name in ("since", "until"):
        return DAY
    if name == "limit":
        return {"type": "integer", "minimum": 1, "maximum": HIGHEST_LIMIT, "default": 100}
    if name == "confidence":
        return {"type": "number", "minimum": 0, "maximum": 1}
    if name == "rejected":
        return {"type": "boolean", "default": False}
    choices = choices_of(kind, name)
    if choices and name == "type":  # a user's codebook may add its own
        return {"type": "string", "maxLength": LONGEST_VALUE, "pattern": PRINTABLE, "examples": list(choices)}
    if choices:
        return {"type": "string", "enum": list(choices)}
    longest = LONGEST_CURSOR if name == "after" else LONGEST_VALUE
    return {"type": "string", "maxLength": longest, "pattern": PRINTABLE}
