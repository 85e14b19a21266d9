"""An answer as text: CSV and JSON as SPARQL 1.1 has them, Turtle, Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence

import pyoxigraph as ox

from kg.errors import QueryError
from kg.publish.answer import Answer, Cell, in_words
from kg.publish.vocabulary import ALL_PREFIXES

#: What Markdown would read as markup, pictures and links of other people's among it.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")


def as_csv(answer: Answer) -> str:
    """The SPARQL 1.1 results in CSV: a header line, values as they are, lines end in CRLF."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(answer.variables)
    writer.writerows([cell.value if cell else "" for cell in row] for row in answer.rows)
    return text.getvalue()


def as_json(answer: Answer) -> str:
    """The SPARQL 1.1 results in JSON."""
    bindings = [
        {name: _term(cell) for name, cell in zip(answer.variables, row, strict=True) if cell} for row in answer.rows
    ]
    results = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(results, ensure_ascii=False, indent=1) + "\n"


def _term(cell: Cell) -> dict[str, str]:
    term = {"type": cell.kind, "value": cell.value}
    if cell.language:
        term["xml:lang"] = cell.language
    elif cell.datatype:
        term["datatype"] = cell.datatype
    return term


def as_markdown(answer: Answer) -> str:
    """A table in Markdown, in columns of one width; nothing in a cell is read as markup."""
    lines = [list(answer.variables), *([_flat(in_words(cell)) for cell in row] for row in answer.rows)]
    widths = [max(3, *map(len, column)) for column in zip(*lines, strict=True)]
    head, *body = [_line(line, widths) for line in lines]
    return "\n".join([head, _line(["-" * width for width in widths], widths), *body]) + "\n"


def _flat(text: str) -> str:
    return _MARKUP.sub(r"\\\1", " ".join(text.split()))


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"


def as_turtle(answer: Answer) -> str:
    """The statements that CONSTRUCT or DESCRIBE gave, in Turtle.

    Raises ``QueryError`` for the rows of a SELECT, which are no statements.
    """
    if answer.form != "triples":
        raise QueryError(
            "SELECT and ASK give rows and no statements, so there is no Turtle of them; "
            "ask with CONSTRUCT or DESCRIBE, or choose table, csv, json or markdown."
        )
    triples = sorted({_triple(row) for row in answer.rows}, key=str)
    text = " ".join(map(str, triples))
    used = {prefix: namespace for prefix, namespace in ALL_PREFIXES.items() if namespace in text}
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode("utf-8")


def _triple(row: Sequence[Cell | None]) -> ox.Triple:
    subject, predicate, value = (_node(cell) for cell in row if cell)
    assert isinstance(subject, ox.NamedNode | ox.BlankNode)  # as RDF has it
    assert isinstance(predicate, ox.NamedNode)
    return ox.Triple(subject, predicate, value)


def _node(cell: Cell) -> ox.NamedNode | ox.BlankNode | ox.Literal:
    if cell.kind == "uri":
        return ox.NamedNode(cell.value)
    if cell.kind == "bnode":
        return ox.BlankNode(cell.value)
    if cell.language:
        return ox.Literal(cell.value, language=cell.language)
    return ox.Literal(cell.value, datatype=ox.NamedNode(cell.datatype) if cell.datatype else None)


#: What an answer can be written as.
FORMS: dict[str, Callable[[Answer], str]] = {
    "csv": as_csv,
    "json": as_json,
    "turtle": as_turtle,
    "markdown": as_markdown,
}
