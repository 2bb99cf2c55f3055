"""A client session of the SDK with the server, in memory or over standard input and output."""

import hashlib
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any, TypeVar

import anyio
from mcp import Client

from communique.assist.server import make_server
from communique.store import Record

T = TypeVar("T")

Answers = Mapping[str, Any]


class Refused(Exception):
    """The tool gave an error."""


def in_session(record: Record, talk: Callable[[Client], Awaitable[T]]) -> T:
    """What `talk` gives of a session with a server in this process."""

    async def session() -> T:
        async with Client(make_server(record)) as client:
            return await talk(client)

    return anyio.run(session)


def ask(record: Record, tool: str, **arguments: object) -> Any:
    """The answer of one tool. Raises Refused with the text of an error."""

    async def talk(client: Client) -> Any:
        return await client.call_tool(tool, arguments)

    result = in_session(record, talk)
    if result.is_error:
        raise Refused(result.content[0].text)
    return result.structured_content


def citations(value: object) -> list[dict[str, Any]]:
    """Everything in an answer that quotes words."""
    found: list[dict[str, Any]] = []
    if isinstance(value, dict):
        found += [value] if "quotation" in value else []
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            found += citations(each)
    return found


def content_of(path: Path) -> dict[str, str]:
    """The hash of the record's file and of those beside it that SQLite has filled."""
    return {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest()
        for each in sorted(path.parent.glob(f"{path.name}*"))
        if each.stat().st_size and not each.name.endswith("-shm")
    }
