"""An answer as text: CSV and JSON as SPARQL 1.1 has them, and cells that people can read."""

from __future__ import annotations

import csv
import io
import json

from kg.publish.sparql import Answer, Cell
from kg.publish.vocabulary import ALL_PREFIXES


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


def in_words(cell: Cell | None) -> str:
    """A cell for people: an IRI of a known vocabulary by its prefix, nothing where there is no value."""
    if cell is None:
        return ""
    if cell.kind == "uri":
        for prefix, namespace in ALL_PREFIXES.items():
            if cell.value.startswith(namespace):
                return f"{prefix}:{cell.value.removeprefix(namespace)}"
    return cell.value
