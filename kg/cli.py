"""The command line: parses, prints, exits; decides nothing.

Everything heavy is imported inside the commands, so that ``kg --help`` answers at once.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from kg.errors import InputError, KgError

if TYPE_CHECKING:
    import datetime

    from kg.model import Failure, Reading

Step = Callable[[Iterable["Reading"]], Iterable["Reading"]]

#: Exit statuses: some documents failed and the rest are done; wrong use, or nothing could be read.
SOME_FAILED, WRONG = 1, 2

app = typer.Typer(
    name="kg",
    help="Reads news and builds a graph of who says what happened, how sure they are, and where it is written.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...", help="Text files, JSON lines (.jsonl), folders, globs, or - for standard input."
    ),
]
Date = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Publication date where the input has none.")]
Model = Annotated[str | None, typer.Option(metavar="NAME", help="Another installed spaCy pipeline to read with.")]


@app.command()
def annotate(
    inputs: Inputs,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; else standard output.")
    ] = None,
    date: Date = None,
    model: Model = None,
) -> None:
    """Write what was read in each document, before any merging, as JSON lines."""
    from kg.publish import files, notes

    failures: list[Failure] = []
    with _progress("read") as step:
        lines = (notes.as_line(reading) for reading in step(_readings(inputs, date, model, failures)))
        if output is not None:
            files.write_lines(output, lines)
        else:
            for line in lines:
                sys.stdout.write(line + "\n")
    _finish(failures)


def _readings(inputs: list[str], date: str | None, model: str | None, failures: list[Failure]) -> Iterator[Reading]:
    """What could be read; what could not is added to ``failures``. ``InputError`` if nothing could."""
    day = _day(date)  # before the imports, which take a second
    from kg import pipeline
    from kg.model import Failure

    read = 0
    for item in pipeline.readings(inputs, date=day, model=model or pipeline.DEFAULT_MODEL):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            read += 1
            yield item
    if not read:
        raise InputError("\n".join([*_told(failures), "Nothing could be read."]))


def _day(written: str | None) -> datetime.date | None:
    from kg.acquire import dates

    day = dates.field(written) if written is not None else None
    if written is not None and day is None:
        raise InputError(f"--date {_printable(written)}: there is no such day; write it as YYYY-MM-DD.")
    return day


@contextmanager
def _progress(verb: str) -> Iterator[Step]:
    """A counter on the terminal while work goes on; nothing where no one is watching."""
    if not sys.stderr.isatty():
        yield iter
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} documents " + verb), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(verb, total=None)

        def step(readings: Iterable[Reading]) -> Iterator[Reading]:
            for reading in readings:
                yield reading
                progress.advance(task)

        yield step


def _told(failures: Iterable[Failure]) -> list[str]:
    return [_printable(f"{failure.document}: {failure.message}") for failure in failures]


def _finish(failures: list[Failure]) -> None:
    """Say what failed, and leave with the status that tells so."""
    if failures:
        some = "1 document" if len(failures) == 1 else f"{len(failures)} documents"
        _complain("\n".join([f"{some} could not be read; the rest is done:", *_told(failures)]))
        raise typer.Exit(SOME_FAILED)


def _printable(text: str) -> str:
    """The text without what would steer a terminal: names and ids are other people's words."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _complain(message: str) -> None:
    print(message, file=sys.stderr)


def main() -> NoReturn:
    """Run the command line; every error that is the user's comes out as its sentence alone."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    try:
        app()
    except KgError as error:
        _complain(str(error))
    sys.exit(WRONG)
