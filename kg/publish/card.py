"""What a notebook shows of a graph: a short card in HTML, and the page in a frame. Words are text, never markup."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from html import escape

import networkx as nx

from kg.publish.rdf import visible
from kg.publish.summary import summary

#: How many entities and disputed situations a card names.
_ENTITIES = 8
_DISPUTED = 5


def in_words(graph: nx.MultiDiGraph) -> str:
    """``"1 document, 37 entities, 62 claims, 58 situations"``."""
    counts = dict(summary(graph).rows)
    names = {"documents": "document", "entities": "entity", "claims": "claim", "situations": "situation"}
    return ", ".join(f"{counts[many]:,} {one if counts[many] == 1 else many}" for many, one in names.items())


def card(graph: nx.MultiDiGraph, *, title: str, failures: int = 0) -> str:
    """How much there is, how sure it is, what is disputed, who is in it most."""
    found = summary(graph)
    statuses = " · ".join(f"{name.strip()} {count:,}" for name, count in found.rows if name.startswith(" "))
    parts = [
        f"<p><b>{_text(title)}</b><br>{_text(in_words(graph))}<br>{_text(statuses)}</p>",
        _list("In most claims", (f"{name} ({count})" for name, count in main_entities(graph))),
        _list("Disputed", found.disputed[:_DISPUTED], more=len(found.disputed) - _DISPUTED),
        f"<p>{failures:,} could not be read: see <code>graph.failures</code>.</p>" if failures else "",
    ]
    return f"<div>{''.join(parts)}</div>"


def main_entities(graph: nx.MultiDiGraph) -> list[tuple[str, int]]:
    """The entities with a name that are in most claims or make them, and in how many."""
    claims: Counter[str] = Counter()
    for node, data in graph.nodes(data=True):
        if data["kind"] == "claim":
            linked = dict.fromkeys(end for _, end, edge in graph.out_edges(node, data=True) if edge["kind"] != "about")
            claims.update(end for end in linked if graph.nodes[end].get("named"))
    order = sorted(claims.items(), key=lambda each: (-each[1], graph.nodes[each[0]]["label"], each[0]))
    return [(graph.nodes[node]["label"], count) for node, count in order[:_ENTITIES]]


def frame(page: str, *, height: int) -> str:
    """The page in a frame of its own, which can reach nothing of the notebook around it."""
    return (
        f'<iframe srcdoc="{escape(page)}" sandbox="allow-scripts allow-downloads" title="The graph as a page" '
        f'style="width:100%;height:{height}px;border:1px solid #ccc"></iframe>'
    )


def _list(head: str, items: Iterable[str], *, more: int = 0) -> str:
    lines = "".join(f"<li>{_text(item)}</li>" for item in items)
    rest = f"<li>… and {more:,} more</li>" if more > 0 else ""
    return f"<p>{head}:</p><ul>{lines}{rest}</ul>" if lines else ""


def _text(words: str) -> str:
    return escape(visible(words))
