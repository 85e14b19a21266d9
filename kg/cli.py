"""The command line: parses, prints, exits; decides nothing.

Everything heavy is imported inside the commands, so that ``kg --help`` answers at once.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.errors import InputError, KgError, QueryError

if TYPE_CHECKING:
    import datetime

    from kg.model import Failure, Reading
    from kg.publish.coverage import Sentence
    from kg.publish.summary import Summary

    Step = Callable[[Iterable[Reading]], Iterable[Reading]]

#: Exit statuses: some documents failed and the rest are done; wrong use, or nothing could be read.
SOME_FAILED, WRONG = 1, 2
#: How many disputed situations are named before "and N more".
_DISPUTED = 5
_OUTPUT = Path("output")

app = typer.Typer(
    name="kg",
    help="Reads news and builds a graph of who says what happened, how sure they are, and where it is written.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


class Text(StrEnum):
    """Whether the articles' whole texts go into the RDF."""

    all = "all"
    none = "none"


class Form(StrEnum):
    """How answers are printed."""

    table = "table"
    csv = "csv"
    json = "json"


Inputs = Annotated[
    list[str],
    typer.Argument(
        metavar="INPUT...", help="Text files, JSON lines (.jsonl), folders, globs, or - for standard input."
    ),
]
Date = Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="Publication date where the input has none.")]
Rules = Annotated[
    Path | None, typer.Option("--rules", metavar="FOLDER", help="Rules of your own, beside those that ship.")
]
Names = Annotated[
    Path | None, typer.Option("--names", metavar="FILE", help="Names of your own (CSV or TOML) that settle who is who.")
]
Model = Annotated[str | None, typer.Option(metavar="NAME", help="Another installed spaCy pipeline to read with.")]


@app.command()
def build(
    inputs: Inputs,
    output: Annotated[Path, typer.Option("-o", "--output", metavar="FOLDER", help="Where the files go.")] = _OUTPUT,
    date: Date = None,
    model: Model = None,
    rules: Rules = None,
    names: Names = None,
    base: Annotated[str | None, typer.Option(metavar="IRI", help="What the IRIs of all nodes begin with.")] = None,
    text: Annotated[Text, typer.Option(help="Whether the RDF holds the articles' whole texts.")] = Text.all,
    formats: Annotated[str | None, typer.Option(metavar="LIST", help="Of ttl,json,html; by default all.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="List the sentences that gave no claim.")] = False,
) -> None:
    """Read articles and write their graph: graph.ttl, graph.json and graph.html."""
    day = _day(date)
    from kg import pipeline
    from kg.publish import coverage, files, summary
    from kg.publish import formats as written

    options = written.options(base=base, text=text is Text.all, rules=rules)
    chosen = written.chosen(formats or written.DEFAULT)
    files.check_folder(output)
    failures: list[Failure] = []
    with _progress() as step:
        readings = list(step(_readings(inputs, day, failures, model=model, rules=rules, names=names)))
    graph = pipeline.build(readings)
    paths = files.write_all(output, written.contents(graph, chosen, options))
    _print_summary(summary.summary(graph))
    found = [sentence for reading in readings for sentence in coverage.sentences(reading)]
    _print_coverage(coverage.in_words(found), found if explain else [])
    print("Written: " + ", ".join(map(str, paths)))
    _finish(failures)


@app.command()
def annotate(
    inputs: Inputs,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="Where to write; else standard output.")
    ] = None,
    date: Date = None,
    model: Model = None,
    rules: Rules = None,
    names: Names = None,
) -> None:
    """Write what was read in each document, before any merging, as JSON lines."""
    day = _day(date)
    from kg.publish import files, notes

    failures: list[Failure] = []
    with _progress() as step:
        lines = (
            notes.as_line(reading)
            for reading in step(_readings(inputs, day, failures, model=model, rules=rules, names=names))
        )
        if output is not None:
            files.write_lines(output, lines)
        else:
            for line in lines:
                sys.stdout.write(line + "\n")
    _finish(failures)


@app.command()
def query(
    words: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[OUT] [QUERY]", help="What kg build wrote (by default output/), and a query in SPARQL."
        ),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("-f", "--file", metavar="FILE", help="Read the query from there.")
    ] = None,
    name: Annotated[str | None, typer.Option(metavar="NAME", help="Ask a query that ships; see --list.")] = None,
    show: Annotated[bool, typer.Option("--list", help="List the queries that ship.")] = False,
    form: Annotated[Form, typer.Option("--format", help="How the answer is printed.")] = Form.table,
) -> None:
    """Ask a graph that was built: in SPARQL, or by the name of a query that ships."""
    from kg.publish import answers, sparql

    if show:
        named = sparql.named_queries()
        for each in named.values():
            print(f"{each.name:<{max(map(len, named))}}  {each.title}")
        return
    out, text = _asked(words or [], file, name)
    answer = sparql.query(sparql.load(out), text)
    if form is Form.csv:
        sys.stdout.write(answers.as_csv(answer))
    elif form is Form.json:
        sys.stdout.write(answers.as_json(answer))
    else:
        _print_table(answer.variables, [[answers.in_words(cell) for cell in row] for row in answer.rows])
    if not answer.complete:
        _complain(f"Only the first {len(answer.rows):,} rows are shown; make the query narrower.")


def _asked(words: Sequence[str], file: Path | None, name: str | None) -> tuple[Path, str]:
    """Where to ask, and what. Raises ``QueryError`` unless there is one query."""
    given = [*words]
    if file is None and name is None:
        if not given or (len(given) == 1 and Path(given[0]).exists()):
            raise QueryError("There is no query: write one in SPARQL, or name a file (-f) or one that ships (--name).")
        text = given.pop()
    elif name is not None and file is None:
        from kg.publish import sparql

        text = sparql.named_query(name).text
    elif file is not None and name is None:
        text = _text_of(file)
    else:
        raise QueryError("There are two queries: leave out -f or --name.")
    if len(given) > 1:
        raise QueryError("There is more than one query or folder: put the query in quotation marks.")
    return Path(given[0]) if given else _OUTPUT, text


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(f"{file}: cannot be read ({error.strerror}); check its name.") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: is not UTF-8 text; save it as UTF-8.") from error


def _print_table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        _complain("No answer: nothing in the graph is like that.")
        return
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text as Plain

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for column in columns:
        table.add_column(Plain(column), overflow="fold")
    for row in rows:
        table.add_row(*(Plain(_printable(value)) for value in row))
    if sys.stdout.isatty():
        Console().print(table)
        return
    # where no one looks on, nothing is wrapped or padded, so that other tools get whole lines
    console = Console(width=10_000, file=io.StringIO())
    with console.capture() as written:
        console.print(table)
    print("\n".join(line.rstrip() for line in written.get().rstrip("\n").split("\n")))


def _day(written: str | None) -> datetime.date | None:
    if written is None:
        return None
    from kg.acquire import dates

    day = dates.field(written)
    if day is None:
        raise InputError(f"--date {written}: there is no such day; write it as YYYY-MM-DD.")
    return day


def _readings(
    inputs: Sequence[str],
    day: datetime.date | None,
    failures: list[Failure],
    *,
    model: str | None,
    rules: Path | None,
    names: Path | None,
) -> Iterator[Reading]:
    """What could be read; what could not is added to ``failures``. ``InputError`` if nothing could."""
    from kg import pipeline
    from kg.annotate.language import DEFAULT_MODEL
    from kg.model import Failure

    read = 0
    for item in pipeline.readings(inputs, date=day, model=model or DEFAULT_MODEL, rules=rules, names=names):
        if isinstance(item, Failure):
            failures.append(item)
        else:
            read += 1
            yield item
    if not read:
        raise InputError("\n".join([*_told(failures), "Nothing could be read."]))


@contextmanager
def _progress() -> Iterator[Step]:
    """A counter on the terminal while reading goes on; nothing where no one is watching."""
    if not sys.stderr.isatty():
        yield iter
        return
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    columns = (SpinnerColumn(), TextColumn("{task.completed} documents read"), TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)

        def step(readings: Iterable[Reading]) -> Iterator[Reading]:
            for reading in readings:
                yield reading
                progress.advance(task)

        yield step


def _print_summary(found: Summary) -> None:
    for name, count in found.rows:
        print(f"{name:<14}{count:>7,}")
    shown = found.disputed[:_DISPUTED]
    for label in shown:
        print(f"Disputed: {_printable(label)}")
    if len(found.disputed) > len(shown):
        print(f"... and {len(found.disputed) - len(shown)} more; ask: kg query --name disputed")


def _print_coverage(words: str, explained: Sequence[Sentence]) -> None:
    print(words)
    for sentence in explained:
        if sentence.gave != "classed":
            begin, end = sentence.span
            print(_printable(f"  {sentence.gave:<6}{sentence.document}:{begin}-{end}  {sentence.text}"))


def _told(failures: Iterable[Failure]) -> list[str]:
    return [f"{failure.document}: {failure.message}" for failure in failures]


def _finish(failures: Sequence[Failure]) -> None:
    """Say what failed, and leave with the status that tells so."""
    if failures:
        some = "1 document" if len(failures) == 1 else f"{len(failures)} documents"
        _complain("\n".join([f"{some} could not be read; the rest is done:", *_told(failures)]))
        raise typer.Exit(SOME_FAILED)


def _printable(text: str) -> str:
    """The text without what would steer a terminal: names and ids are other people's words."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode("ascii") for c in text)


def _complain(message: str) -> None:
    print("\n".join(map(_printable, message.split("\n"))), file=sys.stderr)


def main() -> None:
    """Run the command line; every error that is the user's comes out as its sentence alone."""
    for stream, errors in ((sys.stdout, "strict"), (sys.stderr, "backslashreplace")):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)
    try:
        app()
    except KgError as error:
        _complain(str(error))
        sys.exit(WRONG)
