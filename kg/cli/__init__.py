"""The command line: parses, prints, exits; decides nothing. A command a file.

Everything heavy is imported inside the commands, so that ``kg --help`` answers at once.
"""

from __future__ import annotations

import io
import os
import sys
from typing import Annotated

import typer

from kg.cli import annotate, build, correct, diff, merges, printing, query, remove, serve, status, validate
from kg.errors import KgError

#: Exit status: wrong use, or nothing could be read.
WRONG = 2
#: Exit status: the user stopped it (Ctrl-C), as shells have it for the signal.
STOPPED = 130

app = typer.Typer(
    name="kg",
    no_args_is_help=True,
    invoke_without_command=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
#: The commands, in the order in which ``kg --help`` lists them.
for command in (
    build.build,
    annotate.annotate,
    query.query,
    serve.serve,
    status.status,
    remove.remove,
    correct.correct,
    diff.diff,
    validate.validate,
):
    app.command()(command)
app.add_typer(merges.app, name="merges")


@app.callback()
def root(
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)] = False,
) -> None:
    """Reads news and builds a graph of who says what happened, how sure they are, and where it is written."""
    if version:
        import kg

        print(f"kg {kg.__version__}")
        raise typer.Exit


def main() -> None:
    """Run the command line; every error that is the user's comes out as its sentence alone."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    try:
        try:
            app()
        finally:
            sys.stdout.flush()  # a full disk is told here, and not by the interpreter on its way out
    except KgError as error:
        printing.complain(str(error))
        sys.exit(WRONG)
    except SystemExit as left:
        if left.code == STOPPED:
            printing.complain("Stopped. Files are written whole or not at all: what was there before still is.")
        raise
    except OSError as error:
        printing.complain(f"{error.filename or 'standard output'}: cannot be written ({error.strerror}).")
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)  # what is left in the buffer goes nowhere
        sys.exit(WRONG)
