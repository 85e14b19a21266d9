"""The graph for Neo4j: two tables for ``neo4j-admin database import``, or a Cypher script.

Both give the same: every node has the label ``Kg``, one for its kind (``Document``, ``Entity``, ``Situation``,
``Claim``) and one for its class (``Person``, ``Defection``); relationships are called after what the edge is
(``ABOUT``, ``SOURCE``, ``MENTION``) or the role that it gives (``AGENT``, ``PLACE``). The script holds its data itself,
so that it also works where the server cannot see the files.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice

import networkx as nx

from kg.publish.addresses import visible

Scalar = str | int | float | bool
Properties = dict[str, Scalar]
#: Source, target, type, key, properties.
_Edge = tuple[str, str, str, str, Properties]

#: How many nodes or relationships a statement of the script has: few enough to be parsed quickly.
_BATCH = 200
_TYPES = {bool: ":boolean", int: ":long", float: ":double"}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*\Z")


def neo4j(graph: nx.MultiDiGraph, *, text: bool = True) -> dict[str, Iterable[str]]:
    """The files ``nodes.csv``, ``relationships.csv`` and ``import.cypher``; ``text=False`` leaves the articles out."""
    return {
        "nodes.csv": _nodes_csv(graph, text),
        "relationships.csv": _edges_csv(graph),
        "import.cypher": _script(graph, text),
    }


# ------------------------------------------------------------------ what is in both
def _nodes(graph: nx.MultiDiGraph, text: bool) -> Iterator[tuple[str, tuple[str, ...], Properties]]:
    """Id, labels and properties of each node."""
    for node, data in graph.nodes(data=True):
        properties = _properties(data, leave_out=() if text else ("text",))
        yield visible(node), _labels(data), properties


def _labels(data: Mapping[str, Scalar]) -> tuple[str, ...]:
    found = ["Kg", str(data["kind"]).capitalize()]
    if data["kind"] == "situation":
        found.append("State" if data["state"] else "Event")
    if data["kind"] in {"entity", "situation"}:
        found.append(str(data["class"]))
    return tuple(dict.fromkeys(found))


def _edges(graph: nx.MultiDiGraph) -> Iterator[_Edge]:
    for begin, end, key, data in graph.edges(keys=True, data=True):
        name = str(data["role"] if data["kind"] == "role" else data["kind"]).upper()
        properties = _properties(data, leave_out=("kind", "role"))
        yield visible(begin), visible(end), name, visible(key), properties


def _properties(data: Mapping[str, Scalar], *, leave_out: Iterable[str]) -> Properties:
    return {
        name: visible(value) if isinstance(value, str) else value
        for name, value in data.items()
        if name not in leave_out
    }


# ------------------------------------------------------------------ tables
def _nodes_csv(graph: nx.MultiDiGraph, text: bool) -> Iterator[str]:
    columns = _columns(properties for _, _, properties in _nodes(graph, text))
    head = ["id:ID", ":LABEL", *(name + kind for name, kind in columns.items())]
    rows = (
        [ident, ";".join(labels), *(_cell(properties.get(name)) for name in columns)]
        for ident, labels, properties in _nodes(graph, text)
    )
    return _csv(head, rows)


def _edges_csv(graph: nx.MultiDiGraph) -> Iterator[str]:
    columns = _columns(properties for *_, properties in _edges(graph))
    head = [":START_ID", ":END_ID", ":TYPE", "key", *(name + kind for name, kind in columns.items())]
    rows = (
        [begin, end, name, key, *(_cell(properties.get(column)) for column in columns)]
        for begin, end, name, key, properties in _edges(graph)
    )
    return _csv(head, rows)


def _columns(found: Iterable[Properties]) -> dict[str, str]:
    """Every property's name and the type that its column declares; text where values are of several types."""
    types: dict[str, set[type]] = {}
    for properties in found:
        for name, value in properties.items():
            types.setdefault(name, set()).add(type(value))
    return {name: _TYPES.get(min(kinds, key=str), "") if len(kinds) == 1 else "" for name, kinds in types.items()}


def _cell(value: Scalar | None) -> str:
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def _csv(head: list[str], rows: Iterable[list[str]]) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\n")
    for row in (head, *rows):
        writer.writerow(row)
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


# ------------------------------------------------------------------ the script
def _script(graph: nx.MultiDiGraph, text: bool) -> Iterator[str]:
    yield "CREATE CONSTRAINT kg_id IF NOT EXISTS FOR (n:Kg) REQUIRE n.id IS UNIQUE;\n"
    nodes: dict[tuple[str, ...], list[str]] = {}
    for ident, labels, properties in _nodes(graph, text):
        nodes.setdefault(labels, []).append(_map({"id": ident, "properties": properties}))
    for labels, rows in nodes.items():
        end = f"MERGE (n:Kg {{id: row.id}}) SET n += row.properties SET n:{':'.join(map(_name, labels))}"
        yield from _statements(rows, end)
    edges: dict[str, list[str]] = {}
    for begin, end, name, key, properties in _edges(graph):
        edges.setdefault(name, []).append(_map({"begin": begin, "end": end, "key": key, "properties": properties}))
    for name, rows in edges.items():
        ends = "MATCH (a:Kg {id: row.begin}) MATCH (b:Kg {id: row.end})"
        yield from _statements(
            rows, f"{ends} MERGE (a)-[r:{_name(name)} {{key: row.key}}]->(b) SET r += row.properties"
        )


def _statements(rows: Iterable[str], end: str) -> Iterator[str]:
    remaining = iter(rows)
    while batch := list(islice(remaining, _BATCH)):
        yield "\nUNWIND [\n  " + ",\n  ".join(batch) + f"\n] AS row\n{end};\n"


def _map(values: Mapping[str, Scalar | Properties]) -> str:
    return "{" + ", ".join(f"{_name(name)}: {_value(value)}" for name, value in values.items()) + "}"


def _value(value: Scalar | Properties) -> str:
    if isinstance(value, dict):
        return _map(value)
    return quoted(value) if isinstance(value, str) else _cell(value)


def _name(name: str) -> str:
    return name if _NAME.match(name) else "`" + name.replace("`", "``") + "`"


def quoted(text: str) -> str:
    r"""The text as a string of Cypher.

    ``\u0027`` and the like is replaced by some versions before the script is parsed, even after another
    backslash, so the two characters never stand beside one another: the string is put together of two.

    >>> print(quoted("it's"), quoted("a\\u0027"))
    'it\'s' 'a\\' + 'u0027'
    """
    escaped = "".join(_ESCAPES.get(character, character) for character in text)
    return "'" + re.sub(r"\\\\(?=[uU])", r"\\\\' + '", escaped) + "'"


_ESCAPES = {"\\": "\\\\", "'": "\\'", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
