"""An answer as text: CSV, TSV, JSON and XML as SPARQL 1.1 has them, RDF, Markdown."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Sequence
from xml.sax.saxutils import escape, quoteattr

import pyoxigraph as ox

from kg.errors import QueryError
from kg.publish.answer import Answer, Cell, in_words
from kg.publish.vocabulary import ALL_PREFIXES

#: What Markdown would read as markup, pictures and links of other people's among it.
_MARKUP = re.compile(r"([\\`*_\[\]<>|~&])")

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


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
    results: dict[str, object] = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    if answer.form == "ask":
        results = {"head": {}, "boolean": is_true(answer)}
    return json.dumps(results, ensure_ascii=False, indent=1) + "\n"


def is_true(answer: Answer) -> bool:
    """What ASK gave."""
    [[cell]] = answer.rows
    return cell is not None and cell.value == "true"


def as_tsv(answer: Answer) -> str:
    """The SPARQL 1.1 results in TSV: terms as N-Triples writes them."""
    lines = [[f"?{name}" for name in answer.variables]]
    lines += [[str(_node(cell)).replace("\t", "\\t") if cell else "" for cell in row] for row in answer.rows]
    return "".join("\t".join(line) + "\n" for line in lines)


def as_xml(answer: Answer) -> str:
    """The SPARQL 1.1 results in XML. Raises ``QueryError`` for characters that XML cannot hold."""
    names = "" if answer.form == "ask" else "".join(f"<variable name={quoteattr(n)}/>" for n in answer.variables)
    if answer.form == "ask":
        body = f"<boolean>{'true' if is_true(answer) else 'false'}</boolean>"
    else:
        body = f"<results>{''.join(_result(answer.variables, row) for row in answer.rows)}</results>"
    text = f'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head>{names}</head>{body}</sparql>'
    if _NOT_XML.search(text):
        raise QueryError("the answer has control characters, which XML cannot hold; ask for JSON, CSV or TSV.")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'


def _result(names: Sequence[str], row: Sequence[Cell | None]) -> str:
    cells = zip(names, row, strict=True)
    bindings = (f"<binding name={quoteattr(name)}>{_xml_term(cell)}</binding>" for name, cell in cells if cell)
    return f"<result>{''.join(bindings)}</result>"


def _xml_term(cell: Cell) -> str:
    about = f" datatype={quoteattr(cell.datatype)}" if cell.datatype else ""
    about = f" xml:lang={quoteattr(cell.language)}" if cell.language else about
    # a reader of XML takes a bare carriage return for a line feed
    return f"<{cell.kind}{about}>{escape(cell.value, {chr(13): '&#13;'})}</{cell.kind}>"


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
    triples = _triples(answer)
    text = " ".join(map(str, triples))
    used = {prefix: namespace for prefix, namespace in ALL_PREFIXES.items() if namespace in text}
    return (ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=used) or b"").decode("utf-8")


def as_ntriples(answer: Answer) -> str:
    """What CONSTRUCT or DESCRIBE gave as N-Triples. Raises ``QueryError`` for rows."""
    return (ox.serialize(_triples(answer), format=ox.RdfFormat.N_TRIPLES) or b"").decode("utf-8")


def as_rdf_xml(answer: Answer) -> str:
    """What CONSTRUCT or DESCRIBE gave as RDF/XML. Raises ``QueryError`` for rows."""
    return (ox.serialize(_triples(answer), format=ox.RdfFormat.RDF_XML) or b"").decode("utf-8")


def _triples(answer: Answer) -> list[ox.Triple]:
    if answer.form != "triples":
        raise QueryError(
            "SELECT and ASK give rows and no statements, so there is no Turtle of them; "
            "ask with CONSTRUCT or DESCRIBE, or choose table, csv, tsv, json, xml or markdown."
        )
    return sorted({_triple(row) for row in answer.rows}, key=str)


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
    "tsv": as_tsv,
    "json": as_json,
    "xml": as_xml,
    "turtle": as_turtle,
    "markdown": as_markdown,
}
