"""`communique mcp` as an assistant starts it: only the protocol on standard output, nothing written, a clean end."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import anyio
from conversing import content_of
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client

from communique.assist.tools import TOOLS

COMMAND = ["-c", "from communique.cli.entry import main; main()", "mcp", "--record"]


def test_a_session_over_standard_input_and_output_changes_nothing(place: Path) -> None:
    before = content_of(place)

    async def session() -> list[Any]:
        parameters = StdioServerParameters(command=sys.executable, args=[*COMMAND, str(place)])
        async with stdio_client(parameters) as (reading, writing), ClientSession(reading, writing) as client:
            await client.initialize()
            answers = [
                await client.call_tool("search", {"words": "talks"}),
                await client.call_tool("timeline", {}),
                await client.call_tool("positions", {}),
                await client.call_tool("meetings", {}),
            ]
            event = answers[1].structured_content["results"][0]
            answers.append(await client.call_tool("explain", {"id": event["id"]}))
            answers.append(await client.call_tool("article", {"id": event["reports"][0]["article_id"]}))
            assert (await client.call_tool("timeline", {"since": "soon"})).is_error
            return answers

    answers = anyio.run(session)
    assert len(answers) == len(TOOLS)
    for answer in answers:
        assert not answer.is_error
        assert json.loads(answer.content[0].text) == answer.structured_content
    assert content_of(place) == before


def test_a_record_that_cannot_be_written_to_is_answered_from(place: Path) -> None:
    os.chmod(place, 0o444)
    done = _spoken(place, _initialize(), _call(2, "timeline", {}))
    assert [each["id"] for each in done] == [1, 2]
    assert done[1]["result"]["structuredContent"]["events_found"] > 0


def test_standard_output_has_the_protocol_only(place: Path) -> None:
    lines = (_initialize(), _call(2, "search", {}), "this is no message", _call(3, "explain", {"id": "zzz"}))
    answers = _spoken(place, *lines)
    assert all(each["jsonrpc"] == "2.0" for each in answers)
    assert [each["id"] for each in answers if "result" in each] == [1, 2, 3]


def test_without_a_record_there_is_one_line(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, *COMMAND, str(tmp_path / "none.db")], capture_output=True, text=True, input=""
    )
    assert done.returncode == 1
    assert done.stdout == ""
    assert "there is no record here yet" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "none.db").exists()


def _spoken(place: Path, *lines: str) -> list[dict[str, Any]]:
    """Every line of standard output, each a message, after these lines of standard input."""
    process = subprocess.Popen(
        [sys.executable, *COMMAND, str(place)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdin is not None
    assert process.stdout is not None
    answers: list[dict[str, Any]] = []
    for line in lines:
        process.stdin.write(line + "\n")
        process.stdin.flush()
        if line.startswith("{"):
            while not answers or answers[-1].get("id") != json.loads(line)["id"]:
                answers.append(json.loads(process.stdout.readline()))
    process.stdin.close()
    answers += [json.loads(line) for line in process.stdout]
    assert process.wait() == 0
    return answers


def _initialize() -> str:
    parameters = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "0"}}
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": parameters})


def _call(number: int, tool: str, arguments: dict[str, object]) -> str:
    parameters = {"name": tool, "arguments": arguments}
    return json.dumps({"jsonrpc": "2.0", "id": number, "method": "tools/call", "params": parameters})


def test_the_documentation_names_every_tool_and_argument() -> None:
    page = Path(__file__).parent.parent.parent / "docs" / "how-to" / "assistants.md"
    rows = [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = {row.split("`")[1]: set(row.rsplit("|", 2)[1].replace("`", "").replace(" ", "").split(",")) for row in rows}
    paged = {"limit", "cursor"}
    assert told == {tool.name: {each.name for each in tool.arguments} - paged for tool in TOOLS.values()}
