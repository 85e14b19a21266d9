"""The two pages of a server: the explorer, and the page of questions."""

from __future__ import annotations

import re
from typing import Any

import networkx as nx

from kg.publish import page, sparql
from kg.publish.addresses import BASE, visible
from kg.publish.page.render import render_ask
from kg.publish.server.app import NEIGHBOURS, Pages, Rest
from kg.publish.vocabulary import ALL_PREFIXES, expand, shipped_classes, terms

#: How many entities and situations a page may have all of; of a larger graph it has a part, and asks for more.
MOST_IN_PAGE = 20_000
#: How many names are offered where one can be typed.
_MOST_NAMES = 2000


def pages(graph: nx.MultiDiGraph, *, title: str, max_nodes: int | None = None) -> Pages:
    """All that is given out of a graph but its answers; ``max_nodes`` are drawn at first."""
    base = str(graph.graph.get("base", BASE))
    things = sum(kind in {"entity", "situation"} for _, kind in graph.nodes(data="kind"))
    served = NEIGHBOURS if things > MOST_IN_PAGE else None
    explorer = page.render(
        graph, title=title, max_nodes=max_nodes or page.MAX_NODES, base=base, served=served, asks="/ask"
    )
    rest = Rest(page.parts(graph), page.names(graph)) if served else None
    return Pages(explorer, render_ask(ask_data(graph, base), title=title), rest)


def ask_data(graph: nx.MultiDiGraph, base: str) -> dict[str, Any]:
    """What the page of questions has to know: questions, words of the vocabulary, names to offer."""
    queries = [
        {
            "name": each.name,
            "title": each.title,
            "comment": each.comment,
            "text": each.text,
            "parameters": [parameter._asdict() for parameter in each.parameters],
        }
        for each in sparql.named_queries().values()
    ]
    own = {data["class"] for _, data in graph.nodes(data=True) if data["kind"] == "situation"}
    classes = sorted(own | shipped_classes())
    return {
        "base": base,
        "queries": queries,
        "words": _words(classes),
        "prefixes": dict(ALL_PREFIXES),
        "classes": classes,
        "statuses": [each.name for each in terms().values() if each.table.get("of") == "Status"],
        "names": _names(graph),
        "documents": [visible(data["label"]) for _, data in graph.nodes(data=True) if data["kind"] == "document"][
            :_MOST_NAMES
        ],
    }


def _words(classes: list[str]) -> list[tuple[str, str]]:
    """Each word of the vocabulary by its prefix, with what it means, then those of others that graphs use."""
    own = {name: str(each.table.get("definition", "")) for name, each in terms().items()}
    own = {name: "a class of events or states" for name in classes} | own
    others = sorted(set(re.findall(r"\b(?:rdfs|skos|prov|nif|schema):\w+", " ".join(_texts()))))
    return [*((f"kg:{name}", own[name]) for name in sorted(own)), *((name, str(expand(name))) for name in others)]


def _texts() -> list[str]:
    return [each.text for each in sparql.named_queries().values()]


def _names(graph: nx.MultiDiGraph) -> list[str]:
    """The names of those who are in the graph, those with most edges first."""
    named = [
        (-graph.degree(node), visible(data["label"]))
        for node, data in graph.nodes(data=True)
        if data["kind"] == "entity" and data["named"]
    ]
    return list(dict.fromkeys(label for _, label in sorted(named)))[:_MOST_NAMES]
