"""The graph for tools that draw and measure networks: node-link JSON and GraphML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import networkx as nx

from kg.errors import InputError
from kg.publish import exchange
from kg.publish.addresses import visible

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
    exchange.settle(path.parent)
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


def graphml(graph: nx.MultiDiGraph, *, text: bool = True) -> str:
    """GraphML; ``text=False`` leaves the documents' texts out.

    ``networkx.read_graphml`` gives the nodes and edges back, each with its attributes. An edge's id is a number,
    because Gephi takes two edges of one id for one; the key that it has in the graph is its attribute ``key``.
    Characters that XML cannot hold are replaced one for one, so that offsets stay right.
    """
    plain = nx.MultiDiGraph(**_visible(graph.graph))
    for node, data in graph.nodes(data=True):
        attributes = _visible(data)
        if not text and data["kind"] == "document":
            del attributes["text"]
        plain.add_nodes_from([(visible(node), attributes)])
    plain.add_edges_from(
        (visible(begin), visible(end), f"e{i}", {**_visible(data), "key": visible(key)})
        for i, (begin, end, key, data) in enumerate(graph.edges(keys=True, data=True))
    )
    written = str(nx.GraphMLWriter(plain, prettyprint=True))  # generate_graphml breaks lines within texts
    written = written.replace("\r", "&#13;")  # an XML reader takes a bare one for a line feed
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'


def _visible(attributes: Mapping[str, object]) -> dict[str, object]:
    return {name: visible(value) if isinstance(value, str) else value for name, value in attributes.items()}
