"""A record → a server that speaks the Model Context Protocol (modelcontextprotocol.io): the one place that imports its SDK.

It only reads: the record is opened for reading, and no tool changes anything. Errors that a model can mend go to the model
in one line; on standard output there is nothing but the protocol.
"""

import json
import logging
from typing import Any

import anyio
import anyio.to_thread
from mcp import types
from mcp.server.lowlevel import Server
from mcp.server.stdio import stdio_server

from communique import __version__
from communique.assist.tools import INSTRUCTIONS, TOOLS
from communique.records import CommuniqueError
from communique.store import Record

log = logging.getLogger(__name__)


def make_server(record: Record) -> Server[Any]:
    """The server of an open record."""

    async def list_tools(_: Any, __: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(
            tools=[
                types.Tool(
                    name=tool.name,
                    title=tool.title,
                    description=tool.told,
                    input_schema=tool.schema(),
                    annotations=types.ToolAnnotations(
                        read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
                    ),
                )
                for tool in TOOLS.values()
            ]
        )

    async def call_tool(_: Any, asked: types.CallToolRequestParams) -> types.CallToolResult:
        tool = TOOLS.get(asked.name)
        if tool is None:
            return _failed(f"{asked.name[:60]} is no tool; there are {', '.join(TOOLS)}")
        given = asked.arguments or {}
        try:
            answer = await anyio.to_thread.run_sync(lambda: tool.call(record, given))
        except CommuniqueError as error:
            return _failed(f"{tool.name}: {' '.join(str(error).split())}")
        except Exception:  # told to who runs the server; to the model only that it is not its mistake
            log.exception("%s failed", tool.name)
            return _failed(f"{tool.name}: the program failed at this; ask in another way, and tell the user of it")
        text = json.dumps(answer, ensure_ascii=False, separators=(",", ":"))
        clean = text.encode("utf-8", "replace").decode()  # a lone surrogate cannot be sent
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=clean)], structured_content=json.loads(clean)
        )

    return Server(
        "communique",
        version=__version__,
        title="Communiqué",
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
    )


def serve_stdio(record: Record) -> None:
    """Answers on standard input and output until the client hangs up."""

    async def serving() -> None:
        server = make_server(record)
        async with stdio_server() as (reading, writing):
            await server.run(reading, writing, server.create_initialization_options())

    anyio.run(serving)


def _failed(message: str) -> types.CallToolResult:
    return types.CallToolResult(content=[types.TextContent(type="text", text=message)], is_error=True)
