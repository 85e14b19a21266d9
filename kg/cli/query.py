"""``kg query``: a graph that was built answers."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.cli import options, printing
from kg.errors import QueryError


class Form(StrEnum):
    """How answers are printed."""

    table = "table"
    csv = "csv"
    json = "json"


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
        printing.table(answer.variables, [[answers.in_words(cell) for cell in row] for row in answer.rows])
    if not answer.complete:
        printing.complain(f"Only the first {len(answer.rows):,} rows are shown; make the query narrower.")


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
    return Path(given[0]) if given else options.OUTPUT, text


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(f"{file}: cannot be read ({error.strerror}); check its name.") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: is not UTF-8 text; save it as UTF-8.") from error
