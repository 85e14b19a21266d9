"""A table of claims, a row each, for spreadsheets and data frames: CSV and Parquet."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import networkx as nx

from kg.publish.addresses import visible

Row = dict[str, Any]

#: The columns, in their order, and what each holds; all but the numbers and dates are strings.
COLUMNS: dict[str, type] = {
    **dict.fromkeys(
        "who what whom when where source chain cue certainty polarity status sentence document title".split(), str
    ),
    "date": datetime.date,
    "begin": int,
    "end": int,
    **dict.fromkeys("recipient origin destination topic reason purpose instrument represents".split(), str),
    **dict.fromkeys("position kinship amount edtf".split(), str),
    "earliest": datetime.date,
    "latest": datetime.date,
    "confidence": float,
    **dict.fromkeys("trigger predicate label publisher url rule claim situation".split(), str),
}
#: Columns that are roles under a name that says more to people.
_ROLES = {"agent": "who", "patient": "whom", "place": "where"}
#: A column's name, and what it is called in the graph.
_FROM_CLAIM = {"what": "class", "when": "time_text", "begin": "sentence_begin", "end": "sentence_end"} | {
    name: name
    for name in (
        "position kinship amount edtf earliest latest cue certainty polarity confidence sentence trigger predicate rule"
    ).split()
}
_FROM_DOCUMENT = {"document": "name"} | {name: name for name in "title publisher url date".split()}
#: What a spreadsheet takes for a formula, with the apostrophes that may stand before it.
_FORMULA = re.compile(r"'*[\s]*[=+\-@\t\r\n＝＋－＠]")


def claims(graph: nx.MultiDiGraph) -> Iterator[Row]:
    """One row a claim, in the graph's order; what is not known is left out.

    Several who fill one role are joined by ``"; "``, those who relay a claim by ``" > "``, outermost first.
    ``begin`` and ``end`` are the sentence's place in the document's text, in code points.
    """
    for claim, data in graph.nodes(data=True):
        if data["kind"] != "claim":
            continue
        linked: dict[str, list[str]] = {}
        for _, target, edge in graph.out_edges(claim, data=True):
            linked.setdefault(edge.get("role", edge["kind"]), []).append(target)
        labels = {
            _ROLES.get(name, name): "; ".join(dict.fromkeys(graph.nodes[target]["label"] for target in targets))
            for name, targets in linked.items()
        }
        [document], [situation] = linked["document"], linked["about"]
        chain = " > ".join(graph.nodes[relay]["label"] for relay in json.loads(data.get("chain", "[]")))
        yield {
            **{name: labels[name] for name in labels.keys() & COLUMNS.keys()},
            **_taken(data, _FROM_CLAIM),
            **_taken(graph.nodes[document], _FROM_DOCUMENT),
            "label": graph.nodes[situation]["label"],
            "status": graph.nodes[situation]["status"],
            **({"chain": chain} if chain else {}),
            "claim": claim,
            "situation": situation,
        }


def _taken(data: Mapping[str, Any], names: Mapping[str, str]) -> Row:
    return {name: data[key] for name, key in names.items() if key in data}


def claims_csv(graph: nx.MultiDiGraph) -> Iterator[str]:
    """The table as CSV (RFC 4180, UTF-8), a line at a time; an empty cell is one that is not known.

    Text that a spreadsheet would take for a formula gets an apostrophe before it; see ``harmless``.
    """
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    for row in claims(graph):
        writer.writerow(_cell(row.get(name)) for name in COLUMNS)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _cell(value: object) -> object:
    return harmless(visible(value)) if isinstance(value, str) else value


def harmless(text: str) -> str:
    """The text so that no spreadsheet runs it: an apostrophe before what begins like a formula.

    To get the text back, take one apostrophe away wherever apostrophes (and spaces) stand before ``= + - @``, a tab or
    a line break; ``original`` does.

    >>> harmless("=cmd()"), harmless("'tis"), harmless("'=1")
    ("'=cmd()", "'tis", "''=1")
    """
    return f"'{text}" if _FORMULA.match(text) else text


def original(cell: str) -> str:
    """What a cell of the CSV said before ``harmless``.

    >>> original("'=cmd()"), original("'tis")
    ('=cmd()', "'tis")
    """
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell


def typed(graph: nx.MultiDiGraph) -> Iterator[Row]:
    """The same rows with every column and its type: dates, numbers, and text as it is; ``None`` if not known."""
    for row in claims(graph):
        yield {name: _VALUES[kind](row.get(name)) for name, kind in COLUMNS.items()}


def claims_parquet(graph: nx.MultiDiGraph) -> bytes:
    """The typed rows as Parquet."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {str: pa.string(), float: pa.float64(), int: pa.int64(), datetime.date: pa.date32()}
    schema = pa.schema([(name, types[kind]) for name, kind in COLUMNS.items()])
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(list(typed(graph)), schema=schema), sink, compression="zstd")
    return sink.getvalue()


_VALUES: dict[type, Callable[[Any], object]] = {
    str: lambda value: visible(value) if value is not None else None,
    float: lambda value: value,
    int: lambda value: value,
    datetime.date: lambda value: datetime.date.fromisoformat(value) if value else None,
}
