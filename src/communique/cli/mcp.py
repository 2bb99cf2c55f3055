"""`communique mcp`: the record for a language model, over standard input and output."""

import contextlib
import sys

import typer

from communique.cli.options import RecordFile, open_record
from communique.cli.output import note


def mcp(context: typer.Context, record: RecordFile = None) -> None:
    """Answer a language model's questions, read-only (MCP over standard input and output)."""
    from communique.assist.server import serve_stdio

    with open_record(context, record) as opened:
        if sys.stdin.isatty():
            note(f"communique: {opened.path} for an assistant, which starts this itself (Ctrl-C ends it)")
        with contextlib.suppress(KeyboardInterrupt):  # that is how it is ended
            serve_stdio(opened)
