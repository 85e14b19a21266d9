"""The graph as JSON and as a table of claims, for the tools that people have."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import networkx as nx

from kg.errors import InputError
from kg.publish.rdf import visible

_SURROGATE = re.compile("[\ud800-\udfff]")


def node_link(graph: nx.MultiDiGraph) -> str:
    """NetworkX's node-link JSON, a node and an edge a line, ending in a line break.

    ``networkx.node_link_graph(json.loads(text), edges="edges")`` gives the graph back.
    """
    head = {"directed": True, "multigraph": True, "graph": dict(graph.graph)}
    nodes = [{"id": node, **data} for node, data in graph.nodes(data=True)]
    edges = [{"source": a, "target": b, "key": key, **data} for a, b, key, data in graph.edges(keys=True, data=True)]
    start = _json(head).removesuffix("}")
    return f'{start},\n"nodes": {_lines(nodes)},\n"edges": {_lines(edges)}}}\n'


def read_node_link(path: Path) -> nx.MultiDiGraph:
    """The graph that ``node_link`` wrote into a file. Raises ``InputError`` if there is none or it is broken."""
    try:
        graph = nx.node_link_graph(json.loads(path.read_text(encoding="utf-8")), edges="edges")
    except FileNotFoundError:
        raise InputError(f'{path}: no such file; build a graph with the format json, as "kg build" does.') from None
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror or error}).") from None
    except (ValueError, KeyError, TypeError, AttributeError, nx.NetworkXError):
        raise InputError(f"{path}: this is not a graph that kg wrote; build it anew.") from None
    if not isinstance(graph, nx.MultiDiGraph) or not all("kind" in data for _, data in graph.nodes(data=True)):
        raise InputError(f"{path}: this is not a graph that kg wrote; build it anew.")
    return graph


def _lines(items: Sequence[Mapping[str, object]]) -> str:
    return "[" + ",".join(f"\n{_json(item)}" for item in items) + "]"


def _json(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    # half of a surrogate pair has no UTF-8; JSON can write it all the same
    return _SURROGATE.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


#: Columns of the table of claims.
CLAIM_COLUMNS = (
    "document date class predicate about status polarity certainty confidence source relayed_by cue agent patient "
    "recipient origin destination place topic reason purpose instrument represents position kinship amount "
    "time_text edtf earliest latest trigger sentence sentence_begin sentence_end rule claim situation"
).split()


def claims_csv(graph: nx.MultiDiGraph) -> str:
    """One row a claim: who, what, whom, when, where, source, certainty, status, sentence, offsets."""
    return _csv(CLAIM_COLUMNS, ([row.get(name, "") for name in CLAIM_COLUMNS] for row in _claims(graph)))


def _claims(graph: nx.MultiDiGraph) -> Iterable[dict[str, Any]]:
    for claim, data in graph.nodes(data=True):
        if data["kind"] != "claim":
            continue
        row = {name: value for name, value in data.items() if name in CLAIM_COLUMNS}
        linked: dict[str, list[str]] = {}
        for _, target, edge in graph.out_edges(claim, data=True):
            linked.setdefault(edge.get("role", edge["kind"]), []).append(target)
        for name, targets in linked.items():
            row[name] = "; ".join(dict.fromkeys(graph.nodes[target]["label"] for target in targets))
        situation = linked["about"][0]
        row["date"] = graph.nodes[linked["document"][0]].get("date", "")
        row |= {"claim": claim, "situation": situation, "status": graph.nodes[situation]["status"]}
        yield row


def _csv(columns: Iterable[str], rows: Iterable[Sequence[object]]) -> str:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer)
    writer.writerow(columns)
    writer.writerows([visible(value) if isinstance(value, str) else value for value in row] for row in rows)
    return buffer.getvalue()
