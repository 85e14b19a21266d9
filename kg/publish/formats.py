"""The formats that a graph is written in: one table, from a format's name to its file and its writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import networkx as nx

from kg.errors import InputError


class Options(NamedTuple):
    """What a writer may ask: the base of all IRIs, whether to give whole texts, and the classes of
    situations that there are (``None``: those that ship)."""

    base: str
    text: bool
    classes: frozenset[str] | None = None


def options(*, base: str | None, text: bool, rules: Path | None = None) -> Options:
    """The options, checked; ``rules`` is the user's folder of rules, whose classes count too.

    Raises ``InputError`` if the base is no absolute address, ``RulesError`` for wrong rules.
    """
    from kg.publish import rdf
    from kg.rules import schema

    base = rdf.BASE if base is None else base
    rdf.check_base(base)
    return Options(base, text, None if rules is None else frozenset(schema.load(rules).classes))


def _turtle(graph: nx.MultiDiGraph, options: Options) -> str:
    from kg.publish import rdf

    return rdf.to_turtle(graph, base=options.base, text=options.text, classes=options.classes)


def _node_link(graph: nx.MultiDiGraph, options: Options) -> str:
    from kg.publish import tables

    return tables.node_link(graph)


def _page(graph: nx.MultiDiGraph, options: Options) -> str:
    from kg.publish import page

    names = [data["label"] for _, data in graph.nodes(data=True) if data["kind"] == "document"]
    return page.render(graph, title=names[0] if len(names) == 1 else f"{len(names)} documents")


_FORMATS: dict[str, tuple[str, Callable[[nx.MultiDiGraph, Options], str]]] = {
    "ttl": ("graph.ttl", _turtle),
    "json": ("graph.json", _node_link),
    "html": ("graph.html", _page),
}
DEFAULT = ",".join(_FORMATS)


def chosen(written: str) -> list[str]:
    """The formats of ``ttl,json`` and the like, each once. Raises ``InputError`` for one that is not there."""
    names = list(dict.fromkeys(name.strip().lower() for name in written.split(",") if name.strip()))
    for name in names:
        if name not in _FORMATS:
            raise InputError(f'--formats: "{name}" is no format; choose from {", ".join(_FORMATS)}.')
    if not names:
        raise InputError(f"--formats: no format is named; choose from {', '.join(_FORMATS)}.")
    return names


def contents(graph: nx.MultiDiGraph, formats: Sequence[str], options: Options) -> dict[str, str]:
    """Each chosen format's file name and text."""
    return {file: write(graph, options) for file, write in (_FORMATS[name] for name in formats)}
