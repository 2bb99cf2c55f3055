"""Plain values → answers: JSON, with a tag by which a client asks only for what has changed, and strict queries."""

import json
from collections.abc import Collection, Iterable, Mapping

from fastapi import Request
from starlette.responses import Response

from communique.records import StorageError
from communique.serve.problems import RefusedError
from communique.serve.query import QueryError
from communique.store import Plain


def answer(
    content: "Plain | Mapping[str, Plain]",
    *,
    tag: str | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """The content as JSON."""
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    return Response(body, status, dict(headers or {}) | ({"etag": tag} if tag else {}), "application/json")


def tag_of(revision: str) -> str:
    """The weak entity tag of any answer that is made from the record as it is."""
    return f'W/"{revision}"'


def unchanged(request: Request, tag: str) -> Response | None:
    """304 when the client has the answer to this tag already."""
    given = [each.strip() for each in request.headers.get("if-none-match", "").split(",")]
    return Response(status_code=304, headers={"etag": tag}) if tag in given or given == ["*"] else None


def only(request: Request, names: Collection[str] = ()) -> None:
    """Refuses query parameters that mean nothing here. Raises QueryError."""
    told = f"it takes {', '.join(names)}" if names else "it takes none"
    unknown: Iterable[str] = dict.fromkeys(name for name in request.query_params if name not in names)
    faults = [(name, f"is no parameter here; {told}") for name in unknown]
    if faults:
        raise QueryError(faults)


def not_found(error: StorageError, asked: str) -> Exception:
    """The error to raise instead: 404 when it is about the id that was asked for, itself when the record cannot be read."""
    told = str(error)
    if told.startswith(f"{asked}: "):
        return RefusedError(404, told)
    return error
