"""The command line: `communique COMMAND`. Errors a user can meet end in one line on standard error, never in a traceback."""

import os
import signal
import sys
from pathlib import Path
from typing import Annotated

import typer

from communique import __version__
from communique.cli import (
    actors,
    brief,
    claims,
    codebook,
    demo,
    evaluate,
    events,
    explain,
    export,
    issues,
    judge,
    link,
    load,
    mcp,
    meetings,
    positions,
    problems,
    reading,
    serve,
    show,
    statements,
    timeline,
    watch,
)
from communique.cli.options import RecordFile
from communique.records import CommuniqueError

INTERRUPTED = 130
DEBUG = "COMMUNIQUE_DEBUG"
FROM_PYDANTIC = "Value error, "  # what its messages begin with

app = typer.Typer(
    name="communique",
    help="Turns messy news reports about diplomacy and conflict into a sourced record.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(reading.read)
app.command()(load.load)
app.command()(link.link)
app.command()(timeline.timeline)
app.command()(events.events)
app.command()(claims.claims)
app.command()(statements.statements)
app.command()(positions.positions)
app.command()(issues.issues)
app.command()(meetings.meetings)
app.command()(actors.actors)
app.command()(actors.articles)
app.command()(problems.problems)
app.command()(explain.explain)
app.command()(show.show)
app.command("export")(export.export_record)
app.command()(brief.brief)
app.add_typer(watch.app, name="watch")
app.command()(demo.demo)
app.command()(serve.serve)
app.command()(mcp.mcp)
app.add_typer(judge.app, name="judge")
app.add_typer(codebook.app, name="codebook")
app.add_typer(evaluate.app, name="evaluate")


def _print_version(asked: bool) -> None:
    if asked:
        sys.stdout.write(f"communique {__version__}\n")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    record: RecordFile = None,
    settings: Annotated[
        Path | None,
        typer.Option(
            envvar="COMMUNIQUE_SETTINGS",
            metavar="FILE",
            help="The settings (default: communique.toml, if there is one).",
        ),
    ] = None,
    version: Annotated[
        bool, typer.Option("--version", callback=_print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Turns messy news reports about diplomacy and conflict into a sourced record."""
    if context.invoked_subcommand is None:
        sys.stdout.write(context.get_help() + "\n")


def main() -> None:
    """The program. Ends with 0, 1 for an error, 2 for wrong use, 130 after Ctrl-C."""
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)  # `communique claims | head` ends without a word
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
    code = run(sys.argv[1:])
    try:
        sys.stdout.flush()
    except OSError as error:  # the output is a file on a full disk
        code = _fail(f"the output cannot be written ({error.strerror}); free some space or send it elsewhere", 1)
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # or Python would complain once more at its end
    sys.exit(code)


def run(arguments: list[str]) -> int:
    """The exit code of one command; the line that explains a failure is printed."""
    try:
        result = app(arguments, prog_name="communique", standalone_mode=False)
    except CommuniqueError as error:
        return _fail(str(error), 1)
    except typer.TyperException as error:
        context = getattr(error, "ctx", None)
        asked = context.command_path if context is not None else "communique"
        return _fail(f"{error.format_message().replace(FROM_PYDANTIC, '')} (see `{asked} --help`)", error.exit_code)
    except (KeyboardInterrupt, typer.Abort):
        result = INTERRUPTED
    except (
        OSError
    ) as error:  # most often the output's: the record's and the documents' own are told by those who use them
        about = f"{error.filename}: " if error.filename else "the output cannot be written: "
        return _fail(f"{about}{error.strerror or error}; check it and run the command again", 1)
    except Exception as error:
        if os.environ.get(DEBUG):
            raise
        told = f"the program failed ({type(error).__name__}: {error}); please report it as a fault"
        return _fail(f"{told}, with what {DEBUG}=1 shows", 1)
    if result == INTERRUPTED:
        return _fail("stopped by Ctrl-C; what was stored before is sound, run it again for the rest", INTERRUPTED)
    return result if isinstance(result, int) else 0


def _fail(message: str, code: int) -> int:
    sys.stderr.write(f"communique: {' '.join(message.split())}\n")
    return code


if __name__ == "__main__":
    main()
