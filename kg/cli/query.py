"""``kg query``: a graph that was built answers."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli import options, printing
from kg.errors import QueryError

if TYPE_CHECKING:
    import pyoxigraph as ox

    from kg.publish.sparql import NamedQuery


class Form(StrEnum):
    """How answers are printed."""

    table = "table"
    csv = "csv"
    tsv = "tsv"
    json = "json"
    xml = "xml"
    turtle = "turtle"
    markdown = "markdown"


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
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="PARAMETER=VALUE", help="Set a parameter of the query; can be given again."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List the queries that ship, with their parameters.")] = False,
    show: Annotated[
        str | None, typer.Option("--show", metavar="NAME", help="Print a query that ships, to learn from.")
    ] = None,
    store: Annotated[
        Path | None, typer.Option("--store", metavar="DIR", help="Ask a store of kg build --store instead of a file.")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="How the answer is printed.")] = Form.table,
) -> None:
    """Ask a graph that was built: in SPARQL, or by the name of a query that ships."""
    from kg.publish import answers, parameters, sparql
    from kg.publish.answer import in_words

    if listed or show is not None:
        _print_named(sparql.named_queries() if show is None else {}, show)
        return
    out, text = _asked(words or [], file, name)
    if store is not None and out is not None:
        raise QueryError(f"There are two graphs, {out} and {store}: leave one out.")
    values = _values(settings or [])
    graph = sparql.load(out or options.OUTPUT) if store is None else _stored(store)
    answer = sparql.query(graph, parameters.one_question(graph, text, name=name, values=values))
    if form is Form.table:
        printing.table(answer.variables, [[in_words(cell) for cell in row] for row in answer.rows])
    else:
        sys.stdout.write(answers.FORMS[form.value](answer))
    if not answer.complete:
        printing.complain(f"Only the first {len(answer.rows):,} rows are shown; make the query narrower.")


def _print_named(named: Mapping[str, NamedQuery], show: str | None) -> None:
    if show is not None:
        from kg.publish import sparql

        sys.stdout.write(sparql.named_query(show).text)
    width = max(map(len, named), default=0)
    for each in named.values():
        print(f"{each.name:<{width}}  {each.title}")
        for parameter in each.parameters:
            example = f' (--set {parameter.name}="{parameter.example}")' if parameter.example else ""
            print(f"{'':<{width}}    {parameter.name}: {parameter.comment}{example}")


def _values(settings: Sequence[str]) -> dict[str, str]:
    """``person=Thae Yong Ho`` and the like. Raises ``QueryError`` for one that is not so, or that comes twice."""
    values: dict[str, str] = {}
    for written in settings:
        key, equals, value = written.partition("=")
        if not (equals and key.strip() and value.strip()):
            raise QueryError(f'--set {written}: write the parameter and its value, as in --set person="Thae Yong Ho".')
        if key.strip() in values:
            raise QueryError(f"--set {key.strip()} is given twice: leave one out.")
        values[key.strip()] = value.strip()
    return values


def _stored(folder: Path) -> ox.Store:
    from kg import archive
    from kg.publish import sparql, stored

    if not archive.is_built(folder):
        printing.complain(f"The graph is older than the documents of the store: run kg build --store {folder}.")
    return stored.load(folder / sparql.STORED)


def _asked(words: Sequence[str], file: Path | None, name: str | None) -> tuple[Path | None, str | None]:
    """Where to ask, if that is said, and what, unless a name does. Raises ``QueryError`` unless there is one query."""
    given = [*words]
    text: str | None = None
    if file is None and name is None:
        if not given or (len(given) == 1 and Path(given[0]).exists()):
            raise QueryError("There is no query: write one in SPARQL, or name a file (-f) or one that ships (--name).")
        text = given.pop()
        _check_is_no_name(text)
    elif file is not None and name is not None:
        raise QueryError("There are two queries: leave out -f or --name.")
    elif file is not None:
        text = _text_of(file)
    elif name is not None:
        from kg.publish import sparql

        sparql.named_query(name)  # a wrong name is told before the graph is loaded
    if len(given) > 1:
        raise QueryError("There is more than one query or folder: put the query in quotation marks.")
    return Path(given[0]) if given else None, text


def _check_is_no_name(text: str) -> None:
    """Raises ``QueryError`` if somebody has written the name of a query that ships where a query goes."""
    from kg.publish import sparql

    if text in sparql.named_queries():
        raise QueryError(f"{text} is the name of a query that ships: ask it with --name {text}.")


def _text_of(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise QueryError(f"{file}: cannot be read ({error.strerror}); check its name.") from error
    except UnicodeDecodeError as error:
        raise QueryError(f"{file}: is not UTF-8 text; save it as UTF-8.") from error
